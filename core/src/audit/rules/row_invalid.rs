#![doc = include_str!("row_invalid.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::slaves::namings;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::routeros::router::Row;
use crate::rule::{row_subject, typed};
use crate::survey::defaults::live_is;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("row-invalid"),
    level: Level::Warning,
    page: include_str!("row_invalid.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let known = namings(view);
    let is_known = |menu: &str, row: &Row| {
        known
            .iter()
            .any(|naming| naming.menu == menu && naming.row.id() == row.id())
    };
    let mut found = Vec::new();
    for menu in view.router().menus() {
        let rows = view.rows(menu).filter(|row| !is_known(menu, row));
        found.extend(rows.filter_map(|row| finding(menu, row)));
    }
    found.extend(view.router().unexported().iter().map(|menu| missing(menu)));
    found
}

/// A menu that is not in the export
fn missing(menu: &str) -> Diagnostic {
    let menu = typed(menu);
    RULE.finding(format!(
        "RouterOS could not export `{menu}`: nothing of it is judged"
    ))
    .with_help("export again, or read the router live")
    .about(Subject::menu(menu))
}

fn finding(menu: &str, row: &Row) -> Option<Diagnostic> {
    let found = RULE
        .finding(message(menu, row)?)
        .with_help("mend what the row names, or remove the row")
        .about(row_subject(menu, row));
    Some(found)
}

fn message(menu: &str, row: &Row) -> Option<String> {
    let name = typed(menu);
    let remark = row.remark().map(|remark| remark.to_text());
    let is_fault = |remark: &str| FAULTS.iter().any(|fault| remark.contains(fault));
    if let Some(remark) = remark.filter(|remark| is_fault(remark)) {
        return Some(format!(
            "RouterOS says that a row of `{name}` does not work: `{remark}`"
        ));
    }
    // Of firewall rules the flag is not reliable (ROUTEROS §3.4).
    let is_flagged = live_is(row, "invalid", true) && !menu.contains("/firewall/");
    is_flagged.then(|| format!("RouterOS flags a row of `{name}` as invalid: it does nothing"))
}

/// What RouterOS says of rows that do not work (ROUTEROS §3.2, §4.1)
const FAULTS: [&str; 2] = [
    "in/out-interface matcher not possible when interface",
    "can not run on slave or passthrough interface!",
];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, Source::Rest, defaults, two_lines};

    Cases {
        flagged: &[
            // The bridge is a switch chip's: no row says what the port is a slave of.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/ip dhcp-client\n# DHCP client can not run on slave or passthrough interface!\nadd interface=ether3\n"
                )),
                says: &[
                    "RouterOS says that a row of `/ip dhcp-client` does not work: `DHCP client can not run on slave or passthrough interface!`",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "#error exporting \"/ip/firewall/filter\" (timeout)\n/system identity\nset name=r1\n"
                )),
                says: &["RouterOS could not export `/ip firewall filter`: nothing of it is judged"],
                fix: &[],
            },
            Flagged {
                router: Rest(
                    r#"{"/ip/dhcp-server": [{".id": "*1", "name": "lan", "interface": "vlan9", "disabled": "false", "invalid": "true"}]}"#,
                ),
                says: &["RouterOS flags a row of `/ip dhcp-server` as invalid: it does nothing"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "what somebody wrote above a row",
                Export(two_lines!(
                    defaults!(),
                    "/ip dhcp-client\n# the modem in the attic\nadd interface=ether3\n"
                )),
            ),
            (
                "a remark on a row that is disabled",
                Export(two_lines!(
                    defaults!(),
                    "/ip dhcp-client\n# DHCP client can not run on slave or passthrough interface!\nadd disabled=yes interface=ether3\n"
                )),
            ),
            (
                "a firewall rule with a flag that means nothing",
                Rest(
                    r#"{"/ip/firewall/filter": [{".id": "*1", "chain": "input", "action": "accept", "invalid": "true", "disabled": "false"}]}"#,
                ),
            ),
        ],
    }
};
