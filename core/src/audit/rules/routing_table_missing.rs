#![doc = include_str!("routing_table_missing.md")]

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::{MANGLE, ROUTES};
use crate::audit::{Rule, View, fix};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::property_subject;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("routing-table-missing"),
    level: Level::Error,
    page: include_str!("routing_table_missing.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let has_tables = view.router().table(TABLES).iter().any(|row| !row.dynamic());
    if !view.is_surely_v7() || !(has_tables || view.is_whole()) {
        return Vec::new();
    }
    let mut named: BTreeMap<&Value, Vec<Named<'_>>> = BTreeMap::new();
    for (menu, property) in NAMING {
        for row in view.rows(menu) {
            if let Some(table) = row.get(property).filter(|table| !table.is_empty()) {
                named.entry(table).or_default().push((menu, property, row));
            }
        }
    }
    named
        .iter()
        .filter_map(|(table, named)| finding(view, table, named))
        .collect()
}

/// A row that names a table by a property
type Named<'a> = (&'static str, &'static str, &'a Row);

fn finding(view: &View<'_>, table: &Value, named: &[Named<'_>]) -> Option<Diagnostic> {
    let text = table.to_text();
    let (message, help) = match state(view, table) {
        State::Usable => return None,
        // Routes may be collected where nobody forwards by them.
        State::NotForwarding if named.iter().all(|(menu, ..)| *menu == ROUTES) => return None,
        State::NotForwarding => (
            format!("table `{text}` has no `fib`: nothing is forwarded by its routes"),
            format!("set `fib` for table `{text}`"),
        ),
        State::Disabled => (
            format!("table `{text}` is disabled: nothing is forwarded by its routes"),
            format!("enable table `{text}`, or take away what names it"),
        ),
        State::Missing => (
            format!(
                "there is no table `{text}`: RouterOS 7 refuses what names it, and an import stops there"
            ),
            format!("add table `{text}` with `fib` in `/routing table`"),
        ),
    };
    let found = RULE
        .finding(message)
        .with_help(help)
        .fixed_by(fix(view, table, named));
    Some(named.iter().fold(found, |found, (menu, property, row)| {
        found.about(property_subject(menu, row, property))
    }))
}

/// How a table is
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Usable,
    NotForwarding,
    Disabled,
    Missing,
}

/// A VRF has a table of its own
fn state(view: &View<'_>, table: &Value) -> State {
    let is_vrf = || {
        view.router()
            .table("/ip/vrf")
            .find_by("name", table.as_bytes())
            .is_some()
    };
    if *table == "main" || is_vrf() {
        return State::Usable;
    }
    match view.router().table(TABLES).find_by("name", table.as_bytes()) {
        None => State::Missing,
        Some(row) if row.dynamic() => State::Usable,
        Some(row) if row.disabled() => State::Disabled,
        Some(row) if row.is("fib", "yes") => State::Usable,
        Some(_) => State::NotForwarding,
    }
}

/// None for a table that is there, one that is gone (`*16`), and one that no route has: that would be empty
fn fix(view: &View<'_>, table: &Value, named: &[Named<'_>]) -> Option<Fix> {
    let text = table.to_text();
    let is_known = view
        .router()
        .table(TABLES)
        .find_by("name", table.as_bytes())
        .is_some();
    let has_route = named.iter().any(|(menu, ..)| *menu == ROUTES);
    if text.starts_with('*') || !has_route || is_known {
        return None;
    }
    view.fix(format!("make table `{text}`"), |router| {
        fix::add(router, TABLES, &[("name", &text), ("fib", "yes")], None)
    })
}

const TABLES: &str = "/routing/table";

/// Where tables are named
const NAMING: [(&str, &str); 3] = [
    (ROUTES, "routing-table"),
    (MANGLE, "new-routing-mark"),
    ("/routing/rule", "table"),
];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged,
        Source::{Export, Rest},
        defaults, pcc, pcc_v6, two_lines, two_lines_v6,
    };

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/routing table\nadd fib name=to-isp1\n",
                    "/ip route\nadd gateway=192.0.2.1 routing-table=to-isp1\nadd distance=2 gateway=198.51.100.1 routing-table=to-isp1\n",
                    "add gateway=198.51.100.1 routing-table=to-isp2\nadd distance=2 gateway=192.0.2.1 routing-table=to-isp2\n",
                )),
                says: &[
                    "there is no table `to-isp2`: RouterOS 7 refuses what names it, and an import stops there",
                ],
                fix: &["/routing table add name=to-isp2 fib"],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/routing table\nadd name=to-isp2\n",
                    "/ip route\nadd gateway=198.51.100.1 routing-table=to-isp2\nadd distance=2 gateway=192.0.2.1 routing-table=to-isp2\n",
                    "/routing rule\nadd action=lookup src-address=198.51.100.2/32 table=to-isp2\n",
                )),
                says: &["table `to-isp2` has no `fib`: nothing is forwarded by its routes"],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/routing table\nadd disabled=yes fib name=to-isp2\n",
                    "/ip route\nadd gateway=198.51.100.1 routing-table=to-isp2\nadd distance=2 gateway=192.0.2.1 routing-table=to-isp2\n",
                )),
                says: &["table `to-isp2` is disabled: nothing is forwarded by its routes"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "tables as REST tells them",
                Rest(
                    r#"{"/interface": [{".id": "*1", "name": "ether1", "type": "ether"}],
                    "/ip/address": [{".id": "*1", "address": "192.0.2.2/24", "interface": "ether1"}],
                    "/routing/table": [{".id": "*0", "name": "main", "fib": "", "dynamic": "true"}, {".id": "*1", "name": "to-isp1", "fib": "", "disabled": "false"}],
                    "/ip/route": [{".id": "*5", "dst-address": "0.0.0.0/0", "gateway": "192.0.2.1", "routing-table": "main"},
                        {".id": "*6", "dst-address": "0.0.0.0/0", "gateway": "192.0.2.1", "routing-table": "to-isp1"}]}"#,
                ),
            ),
            ("tables that are there", Export(two_lines!(defaults!(), pcc!()))),
            (
                "RouterOS 6, where routes make them",
                Export(two_lines_v6!(defaults!(), pcc_v6!())),
            ),
            (
                "a part of an export",
                Export(
                    "/ip route\nadd gateway=192.0.2.1\nadd gateway=192.0.2.1 routing-table=to-isp1\nadd distance=2 gateway=198.51.100.1\n",
                ),
            ),
            (
                "the table of a VRF, and one where routes are only collected",
                Export(two_lines!(
                    defaults!(),
                    "/ip vrf\nadd interfaces=ether9 name=guests\n/routing table\nadd name=feed\n",
                    "/ip route\nadd gateway=198.51.100.1@main routing-table=guests\nadd gateway=198.51.100.1 routing-table=feed\n"
                )),
            ),
        ],
    }
};
