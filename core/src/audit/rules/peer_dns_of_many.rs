#![doc = include_str!("peer_dns_of_many.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::menus::{APN_PROFILES, DHCP_CLIENTS};
use crate::audit::{Rule, View, fix};
use crate::diagnostic::{Code, Diagnostic, Fix, Level, Subject};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::property_subject;
use crate::survey::InterfaceKind;
use crate::survey::defaults::{SESSIONS, apn_profile};
use crate::survey::interfaces::listed;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("peer-dns-of-many"),
    level: Level::Warning,
    page: include_str!("peer_dns_of_many.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() {
        return Vec::new();
    }
    let mut givers: Vec<Giver<'_>> = Vec::new();
    for giver in dhcp_clients(view).chain(sessions(view)).chain(modems(view)) {
        if view.leads_out(giver.line.as_bytes()) && !givers.iter().any(|known| known.line == giver.line) {
            givers.push(giver);
        }
    }
    if givers.len() < 2 {
        Vec::new()
    } else {
        [finding(view, &givers)].into()
    }
}

/// A client that takes the resolvers of its provider
struct Giver<'a> {
    line: &'a Value,
    menu: &'static str,
    /// None where it is as the factory made it, and an export leaves it out
    row: Option<&'a Row>,
}

fn dhcp_clients<'a>(view: &View<'a>) -> impl Iterator<Item = Giver<'a>> {
    let rows = view
        .rows(DHCP_CLIENTS)
        .filter_map(|row| Some((row, row.get("interface")?)));
    let taking = rows.filter(|(row, line)| row.is(USE, "yes") && view.is_line(line.as_bytes()));
    taking.map(|(row, line)| Giver {
        line,
        menu: DHCP_CLIENTS,
        row: Some(row),
    })
}

fn sessions<'a>(view: &View<'a>) -> impl Iterator<Item = Giver<'a>> {
    let rows = SESSIONS
        .iter()
        .flat_map(|menu| view.rows(menu).map(|row| (*menu, row)));
    let named = rows.filter_map(|(menu, row)| Some((menu, row, row.get("name")?)));
    // Newer values than `yes` and `no` take them, too.
    let takes = |row: &Row| row.effective(USE).is_some_and(|value| *value != "no");
    let taking = named.filter(move |(_, row, line)| takes(row) && view.is_line(line.as_bytes()));
    taking.map(|(menu, row, line)| Giver {
        line,
        menu,
        row: Some(row),
    })
}

fn modems<'a>(view: &View<'a>) -> impl Iterator<Item = Giver<'a>> {
    let router = view.router();
    let modems = listed(router)
        .into_iter()
        .filter(|known| known.kind == InterfaceKind::Lte);
    let modems = modems.filter(|known| view.is_line(known.name.as_bytes()));
    modems.filter_map(|modem| {
        let profile = apn_profile(router, modem.row?);
        let row = router
            .table(APN_PROFILES)
            .by_id(profile.id())
            .filter(|row| **row == *profile);
        let is_passed_on = profile.get("passthrough-interface").is_some();
        (!is_passed_on && profile.is(USE, "yes")).then_some(Giver {
            line: modem.name,
            menu: APN_PROFILES,
            row,
        })
    })
}

fn finding(view: &View<'_>, givers: &[Giver<'_>]) -> Diagnostic {
    let names: Vec<String> = givers
        .iter()
        .map(|giver| format!("`{}`", giver.line.to_text()))
        .collect();
    let found = RULE
        .finding(format!(
            "the router asks the resolvers of every provider ({}) over whichever line is up, and many answer their own customers alone",
            names.join(", ")
        ))
        .with_help("set `use-peer-dns=no` on all of them, and two public resolvers in `/ip dns`")
        .fixed_by(mend(view, givers));
    givers.iter().fold(found, |found, giver| {
        found.about(match giver.row {
            Some(row) => property_subject(giver.menu, row, USE),
            None => Subject::interface(giver.line.to_text()),
        })
    })
}

/// Only where the router has others
fn mend(view: &View<'_>, givers: &[Giver<'_>]) -> Option<Fix> {
    let mut settings = view.rows("/ip/dns");
    let has_others = settings.any(|row| row.get("servers").is_some_and(|servers| !servers.is_empty()));
    let rows: Option<Vec<_>> = givers
        .iter()
        .map(|giver| Some((giver.menu, giver.row?)))
        .collect();
    let rows = rows.filter(|_| has_others)?;
    view.fix("ask the resolvers of `/ip dns` alone", |router| {
        rows.iter()
            .for_each(|(menu, row)| fix::set(router, menu, row, &[(USE, "no")]));
    })
}

const USE: &str = "use-peer-dns";

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export};

    /// Two lines of providers who give addresses, and a LAN
    macro_rules! two_clients {
        ($($more:expr),*) => {
            concat!(
                "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                $($more,)*
                "/ip address\nadd address=192.168.88.1/24 interface=bridge\n",
                "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n"
            )
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_clients!(
                    "/ip dns\nset servers=9.9.9.9,1.1.1.1\n",
                    "/ip dhcp-client\nadd disabled=no interface=ether1\nadd default-route-distance=2 disabled=no interface=ether2 use-peer-dns=yes\n"
                )),
                says: &[
                    "the router asks the resolvers of every provider (`ether1`, `ether2`) over whichever line is up, and many answer their own customers alone",
                ],
                fix: &[
                    "/ip dhcp-client set [find where interface=\"ether1\"] use-peer-dns=no",
                    "/ip dhcp-client set [find where interface=\"ether2\"] use-peer-dns=no",
                ],
            },
            // A dial-up client takes them unless it is told not to; the router has no others.
            Flagged {
                router: Export(two_clients!(
                    "/interface ppp-client\nadd default-route-distance=2 dial-on-demand=no disabled=no name=ppp-out1 port=usb1\n",
                    "/ip dhcp-client\nadd disabled=no interface=ether1\n"
                )),
                says: &[
                    "the router asks the resolvers of every provider (`ether1`, `ppp-out1`) over whichever line is up, and many answer their own customers alone",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a client that only gives the router an address, to be managed by",
                Export(two_clients!(
                    "/ip dhcp-client\nadd disabled=no interface=ether1\nadd add-default-route=no disabled=no interface=ether5\n"
                )),
            ),
            (
                "those of one line",
                Export(two_clients!(
                    "/ip dhcp-client\nadd disabled=no interface=ether1\nadd default-route-distance=2 disabled=no interface=ether2 use-peer-dns=no\n"
                )),
            ),
            (
                "a PPPoE client, which takes none unless it is told to",
                Export(two_clients!(
                    "/interface pppoe-client\nadd add-default-route=yes default-route-distance=2 disabled=no interface=ether2 name=pppoe-out1\n",
                    "/ip dhcp-client\nadd disabled=no interface=ether1\n"
                )),
            ),
            (
                "a client that is disabled",
                Export(two_clients!(
                    "/ip dhcp-client\nadd disabled=no interface=ether1\nadd default-route-distance=2 disabled=yes interface=ether2\n",
                    "/ip route\nadd distance=3 gateway=192.168.1.1%ether2\n"
                )),
            ),
        ],
    }
};
