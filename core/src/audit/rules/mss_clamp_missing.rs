#![doc = include_str!("mss_clamp_missing.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::marks::bare;
use crate::audit::menus::PPPOE_CLIENTS;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::rule::{property_subject, row_subject};
use crate::survey::lists::{InterfaceLists, Member};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("mss-clamp-missing"),
    level: Level::Warning,
    page: include_str!("mss_clamp_missing.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    view.rows(PPPOE_CLIENTS)
        .filter_map(|client| finding(view, client))
        .collect()
}

fn finding(view: &View<'_>, client: &Row) -> Option<Diagnostic> {
    let name = client.text("name").filter(|name| view.is_line(name.as_bytes()))?;
    let profile = view
        .router()
        .table(PROFILES)
        .find_by("name", client.effective("profile")?.as_bytes())?;
    let is_off = profile.get(CHANGE).is_some() && profile.is(CHANGE, "no");
    if !is_off
        || has_full_size(client)
        || view
            .mangle("change-mss")
            .any(|rule| clamps(view, rule, name.as_bytes()))
    {
        return None;
    }
    let found = RULE
        .finding(format!("nothing makes the segments of TCP fit `{name}`, whose packets are smaller than those of a LAN: some sites hang"))
        .with_help(format!("set `{CHANGE}=yes` in the PPP profile, or clamp in mangle with `new-mss=clamp-to-pmtu`"))
        .about(property_subject(PROFILES, profile, CHANGE))
        .about(row_subject(PPPOE_CLIENTS, client))
        .fixed_by(view.set("let the profile change the size", (PROFILES, profile), &[(CHANGE, "yes")]));
    Some(found)
}

/// Whether its packets are as large as those of Ethernet
fn has_full_size(client: &Row) -> bool {
    let size = client.text("max-mtu").and_then(|size| size.parse::<u16>().ok());
    size.is_some_and(|size| size >= ETHERNET)
}

/// Whether a rule changes the size of what goes over a line, as far as its interfaces tell
fn clamps(view: &View<'_>, rule: &Row, line: &[u8]) -> bool {
    let lists = InterfaceLists::today(view.router());
    let names = |property: &str| rule.get(property).filter(|value| !value.is_empty()).map(bare);
    let mut by_name = ["in-interface", "out-interface"]
        .into_iter()
        .filter_map(names)
        .peekable();
    let mut by_list = ["in-interface-list", "out-interface-list"]
        .into_iter()
        .filter_map(names)
        .peekable();
    let is_for_all = by_name.peek().is_none() && by_list.peek().is_none();
    is_for_all
        || by_name.any(|(is_negated, name)| is_negated || name == line || name.starts_with(KINDS))
        || by_list.any(|(is_negated, list)| is_negated || lists.has(list, Member::of(line)))
}

const PROFILES: &str = "/ppp/profile";
const CHANGE: &str = "change-tcp-mss";

/// Bytes of a packet in an Ethernet frame
const ETHERNET: u16 = 1500;

/// `all-ppp` and its like
const KINDS: &[u8] = b"all-";

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export};

    macro_rules! dsl {
        ($($more:expr),*) => {
            concat!(
                "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                $($more,)*
                "/ip address\nadd address=192.168.88.1/24 interface=bridge\n",
                "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=pppoe-out1\n"
            )
        };
    }
    const SAYS: &[&str] = &[
        "nothing makes the segments of TCP fit `pppoe-out1`, whose packets are smaller than those of a LAN: some sites hang",
    ];
    Cases {
        flagged: &[
            Flagged {
                router: Export(dsl!(
                    "/ppp profile\nadd change-tcp-mss=no name=dsl\n",
                    "/interface pppoe-client\nadd add-default-route=yes disabled=no interface=ether1 name=pppoe-out1 profile=dsl user=jo\n"
                )),
                says: SAYS,
                fix: &["/ppp profile set [find where name=\"dsl\"] change-tcp-mss=yes"],
            },
            // A clamp for a tunnel alone.
            Flagged {
                router: Export(dsl!(
                    "/ppp profile\nadd change-tcp-mss=no name=dsl\n",
                    "/interface pppoe-client\nadd add-default-route=yes disabled=no interface=ether1 name=pppoe-out1 profile=dsl user=jo\n",
                    "/interface wireguard\nadd listen-port=13231 name=wg1\n",
                    "/ip firewall mangle\nadd action=change-mss chain=forward new-mss=clamp-to-pmtu out-interface=wg1 protocol=tcp tcp-flags=syn\n"
                )),
                says: SAYS,
                fix: &["/ppp profile set [find where name=\"dsl\"] change-tcp-mss=yes"],
            },
        ],
        passed: &[
            (
                "a profile as the factory makes it",
                Export(dsl!(
                    "/interface pppoe-client\nadd add-default-route=yes disabled=no interface=ether1 name=pppoe-out1 user=jo\n"
                )),
            ),
            (
                "a clamp in mangle",
                Export(dsl!(
                    "/ppp profile\nadd change-tcp-mss=no name=dsl\n",
                    "/interface pppoe-client\nadd add-default-route=yes disabled=no interface=ether1 name=pppoe-out1 profile=dsl user=jo\n",
                    "/ip firewall mangle\nadd action=change-mss chain=forward new-mss=clamp-to-pmtu out-interface=all-ppp protocol=tcp tcp-flags=syn\n"
                )),
            ),
            (
                "a session with packets of full size",
                Export(dsl!(
                    "/ppp profile\nadd change-tcp-mss=no name=dsl\n",
                    "/interface pppoe-client\nadd add-default-route=yes disabled=no interface=ether1 max-mru=1500 max-mtu=1500 name=pppoe-out1 profile=dsl user=jo\n"
                )),
            ),
        ],
    }
};
