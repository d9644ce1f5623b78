#![doc = include_str!("not_in_version.md")]

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::{DHCP_CLIENTS, ROUTES};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::routeros::schema;
use crate::routeros::version::Version;
use crate::rule::{property_subject, row_subject, typed};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("not-in-version"),
    level: Level::Error,
    page: include_str!("not_in_version.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let Some(version) = view.router().version() else {
        return Vec::new();
    };
    let of_menu = |menu: &&'static str| lacking(view, menu, version);
    let lacking = MENUS.iter().flat_map(of_menu);
    lacking
        .map(|(what, rows)| finding(version, what, &rows))
        .collect()
}

/// A menu, or a property of it
type What = (&'static str, Option<&'static str>);

/// What rows of a menu have that the version has not
fn lacking<'a>(view: &View<'a>, menu: &'static str, version: Version) -> BTreeMap<What, Vec<&'a Row>> {
    let mut found: BTreeMap<What, Vec<&Row>> = BTreeMap::new();
    let Some(known) = schema::menu(menu) else {
        return found;
    };
    for row in view.rows(menu).filter(|row| row.place().is_some()) {
        if known.existence(version).is_no() {
            found.entry((menu, None)).or_default().push(row);
            continue;
        }
        let is_set =
            |name: &&&'static str| row.get(name).is_some() && known.has_property(name, version).is_no();
        for name in PROPERTIES.iter().filter(is_set) {
            found.entry((menu, Some(*name))).or_default().push(row);
        }
    }
    found
}

fn finding(version: Version, (menu, property): What, rows: &[&Row]) -> Diagnostic {
    let place = typed(menu);
    let (what, help) = match property {
        Some(name) => (
            format!(
                "RouterOS {version} has no `{name}` in `{place}`: it refuses the row, and an import stops there"
            ),
            "write the rows as the version has them; RouterOS 7 calls a table by `routing-table`, and has `blackhole` for a type",
        ),
        None => (
            format!(
                "RouterOS {version} has no menu `{place}`: it refuses the row, and an import stops there"
            ),
            "write the rows as the version has them; routing rules and tables stand in `/routing` of RouterOS 7",
        ),
    };
    let subject = |row: &Row| match property {
        Some(name) => property_subject(menu, row, name),
        None => row_subject(menu, row),
    };
    let found = RULE.finding(what).with_help(help);
    rows.iter()
        .take(SHOWN)
        .fold(found, |found, row| found.about(subject(row)))
}

/// Menus that decide where packets go, and differ between RouterOS 6 and 7
const MENUS: [&str; 5] = [
    ROUTES,
    "/ip/route/rule",
    "/routing/table",
    "/routing/rule",
    DHCP_CLIENTS,
];

/// Properties that one of the two has, or that came with some version (ROUTEROS §1.1)
const PROPERTIES: [&str; 9] = [
    "allow-reconfigure",
    "blackhole",
    "check-gateway",
    "default-route-tables",
    "routing-mark",
    "routing-table",
    "suppress-hw-offload",
    "type",
    "vrf-interface",
];

/// Rows that are told
const SHOWN: usize = 8;

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, pcc, pcc_v6, two_lines, two_lines_v6,
    };

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1 routing-mark=isp1\nadd dst-address=10.0.0.0/8 type=blackhole\n",
                    defaults!()
                )),
                says: &[
                    "RouterOS 7.22.1 has no `routing-mark` in `/ip route`: it refuses the row, and an import stops there",
                    "RouterOS 7.22.1 has no `type` in `/ip route`: it refuses the row, and an import stops there",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    "/routing table\nadd fib name=isp1\n/ip route\nadd gateway=192.0.2.1 routing-table=isp1\n",
                    defaults!()
                )),
                says: &[
                    "RouterOS 6.49.10 has no `routing-table` in `/ip route`: it refuses the row, and an import stops there",
                    "RouterOS 6.49.10 has no menu `/routing table`: it refuses the row, and an import stops there",
                ],
                fix: &[],
            },
            // Came with 7.18.
            Flagged {
                router: Export(
                    "# 2024-01-05 10:00:00 by RouterOS 7.16.2\n/ip dhcp-client\nadd default-route-tables=main,isp1 interface=ether1\n",
                ),
                says: &[
                    "RouterOS 7.16.2 has no `default-route-tables` in `/ip dhcp-client`: it refuses the row, and an import stops there",
                ],
                fix: &[],
            },
        ],
        passed: &[
            ("tables of RouterOS 7", Export(two_lines!(defaults!(), pcc!()))),
            (
                "marks of RouterOS 6",
                Export(two_lines_v6!(defaults!(), pcc_v6!())),
            ),
            (
                "a version that is not known",
                Export(
                    "/ip route\nadd gateway=192.0.2.1 routing-mark=isp1\nadd gateway=192.0.2.1 routing-table=isp2\n",
                ),
            ),
        ],
    }
};
