#![doc = include_str!("dangling_reference.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::rule::{property_subject, typed};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("dangling-reference"),
    level: Level::Warning,
    page: include_str!("dangling_reference.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for menu in view.router().menus() {
        let of_row = |row| {
            REFERENCES
                .into_iter()
                .filter_map(move |property| finding(menu, row, property))
        };
        found.extend(view.rows(menu).flat_map(of_row));
    }
    found
}

fn finding(menu: &str, row: &Row, property: &str) -> Option<Diagnostic> {
    // The lists of addresses have names alone.
    if property == "list" && !menu.starts_with("/interface/") {
        return None;
    }
    let value = row.get(property)?;
    let mut parts = value.as_bytes().split(|byte| b",%@!".contains(byte));
    let gone = core::str::from_utf8(parts.find(|part| is_gone(part))?).ok()?;
    let found = RULE
        .finding(format!(
            "`{property}` of a row of `{}` refers to `{gone}`, which was deleted",
            typed(menu)
        ))
        .with_help("name what is meant, or remove the row")
        .about(property_subject(menu, row, property));
    Some(found)
}

/// `*1F`
fn is_gone(part: &[u8]) -> bool {
    let digits = part.strip_prefix(b"*").unwrap_or_default();
    !digits.is_empty() && digits.iter().all(u8::is_ascii_hexdigit)
}

/// Properties that name rows of other menus, which RouterOS knows by their ids
const REFERENCES: [&str; 18] = [
    "address-pool",
    "bridge",
    "gateway",
    "in-bridge-port",
    "in-bridge-port-list",
    "in-interface",
    "in-interface-list",
    "interface",
    "list",
    "new-routing-mark",
    "out-bridge-port",
    "out-bridge-port-list",
    "out-interface",
    "out-interface-list",
    "pool",
    "routing-mark",
    "routing-table",
    "table",
];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines, two_lines_v6};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "add distance=3 gateway=*1F\nadd distance=4 dst-address=10.0.0.0/8 gateway=192.0.2.9%*A\n"
                )),
                says: &[
                    "`gateway` of a row of `/ip route` refers to `*1F`, which was deleted",
                    "`gateway` of a row of `/ip route` refers to `*A`, which was deleted",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    defaults!(),
                    "/interface list member\nadd interface=*10 list=WAN\n",
                    "/ip firewall filter\nadd action=accept chain=forward in-interface=!*F00012\n"
                )),
                says: &[
                    "`interface` of a row of `/interface list member` refers to `*10`, which was deleted",
                    "`in-interface` of a row of `/ip firewall filter` refers to `*F00012`, which was deleted",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a comment, a disabled row, and how an export addresses a row",
                Export(two_lines!(
                    defaults!(),
                    "add comment=*1F disabled=yes gateway=*1F\n/ip firewall filter\nadd action=log chain=input comment=*16 log-prefix=*16\n"
                )),
            ),
            (
                "an address list and a name that begin with a star",
                Export(two_lines!(
                    defaults!(),
                    "/ip firewall address-list\nadd address=10.0.0.1 list=*1\n/ip firewall filter\nadd action=accept chain=input src-address-list=*1\n"
                )),
            ),
        ],
    }
};
