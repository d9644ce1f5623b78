#![doc = include_str!("customers_unknown.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::{MANGLE, ROUTES};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("customers-unknown"),
    level: Level::Note,
    page: include_str!("customers_unknown.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let forwards = [MANGLE, ROUTES]
        .iter()
        .any(|menu| view.rows(menu).next().is_some());
    if !forwards || view.customers().next().is_some() {
        return Vec::new();
    }
    let lines = match view.lines().is_empty() {
        true => " and no line to the internet",
        false => "",
    };
    let found = RULE
        .finding(format!(
            "no network of customers{lines} was found: what the router forwards could not be followed"
        ))
        .with_help("audit the whole configuration, with `/ip address` and the clients of the lines")
        .about(Subject::menu("/ip address"));
    [found].into()
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, marks, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(concat!("# 2026-01-05 10:00:00 by RouterOS 7.22.1\n", marks!())),
                says: &[
                    "no network of customers and no line to the internet was found: what the router forwards could not be followed",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/ip dhcp-client\nadd interface=ether1\n/ip route\nadd distance=5 gateway=192.0.2.1\n",
                ),
                says: &["no network of customers was found: what the router forwards could not be followed"],
                fix: &[],
            },
        ],
        passed: &[
            ("a router with a LAN", Export(two_lines!(defaults!()))),
            (
                "a switch, which forwards nothing",
                Export(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n/interface bridge port\nadd bridge=bridge interface=ether2\n",
                ),
            ),
        ],
    }
};
