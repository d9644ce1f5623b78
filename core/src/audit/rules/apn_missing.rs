#![doc = include_str!("apn_missing.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::{APN_PROFILES, PPP_CLIENTS};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::rule::property_subject;
use crate::survey::InterfaceKind;
use crate::survey::interfaces::listed;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("apn-missing"),
    level: Level::Warning,
    page: include_str!("apn_missing.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let clients = view.rows(PPP_CLIENTS).filter(|row| has_none(row));
    let clients = clients.filter_map(|row| Some((PPP_CLIENTS, row, row.text("name")?)));
    let profiles = profiles(view).into_iter().filter(|row| {
        has_none(row) && row.get("use-network-apn").is_some() && row.is("use-network-apn", "no")
    });
    let profiles = profiles.filter_map(|row| Some((APN_PROFILES, row, row.text("name")?)));
    clients
        .chain(profiles)
        .map(|(menu, row, name)| finding(menu, row, &name))
        .collect()
}

/// What is not said is at its default, which is no empty one
fn has_none(row: &Row) -> bool {
    row.get("apn").is_some_and(|apn| apn.is_empty())
}

/// The profiles of modems that are in use
fn profiles<'a>(view: &View<'a>) -> Vec<&'a Row> {
    let router = view.router();
    let modems = listed(router)
        .into_iter()
        .filter(|known| known.kind == InterfaceKind::Lte);
    let modems: Vec<&Row> = modems
        .filter_map(|known| known.row)
        .filter(|row| !row.disabled())
        .collect();
    let names = |modem: &Row| {
        modem
            .text("apn-profiles")
            .map_or_else(|| "default".into(), alloc::borrow::Cow::into_owned)
    };
    let used: Vec<_> = modems.into_iter().map(names).collect();
    let is_used = |row: &&Row| {
        row.text("name")
            .is_some_and(|name| used.iter().any(|used| used.split(',').any(|used| *used == *name)))
    };
    view.rows(APN_PROFILES).filter(is_used).collect()
}

fn finding(menu: &str, row: &Row, name: &str) -> Diagnostic {
    RULE.finding(format!(
        "`{name}` dials without an APN: most mobile networks give no address then"
    ))
    .with_help("set `apn` to the access point of the provider; it stands in the papers of the SIM card")
    .about(property_subject(menu, row, "apn"))
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, with_lte, with_ppp};

    Cases {
        flagged: &[
            Flagged {
                router: Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/interface ppp-client\nadd apn=\"\" dial-on-demand=no disabled=no name=ppp-out1 port=usb1\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n"
                )),
                says: &["`ppp-out1` dials without an APN: most mobile networks give no address then"],
                fix: &[],
            },
            Flagged {
                router: Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/interface lte apn\nadd apn=\"\" name=fleet use-network-apn=no\n",
                    "/interface lte\nset [ find default-name=lte1 ] apn-profiles=fleet name=lte1\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n"
                )),
                says: &["`fleet` dials without an APN: most mobile networks give no address then"],
                fix: &[],
            },
        ],
        passed: &[
            ("an APN", Export(with_ppp!(""))),
            (
                "a client that does not say, and has the default, `internet`",
                Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n",
                    "/interface ppp-client\nadd dial-on-demand=no disabled=no name=ppp-out1 port=usb1\n"
                )),
            ),
            (
                "a modem that takes what the network says, and a profile that is not in use",
                Export(with_lte!(
                    "/interface lte apn\nadd apn=\"\" name=spare use-network-apn=no\nset [ find default=yes ] apn=\"\" use-network-apn=yes\n"
                )),
            ),
        ],
    }
};
