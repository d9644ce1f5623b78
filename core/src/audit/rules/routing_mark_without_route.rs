#![doc = include_str!("routing_mark_without_route.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::marks::bare;
use crate::audit::menus::{MANGLE, ROUTES};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::property_subject;
use crate::survey::interfaces::enabled;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("routing-mark-without-route"),
    level: Level::Warning,
    page: include_str!("routing_mark_without_route.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() || !view.is_whole() || view.may_gain_routes() {
        return Vec::new();
    }
    let marking: Vec<(&Value, &Row)> = view
        .mangle("mark-routing")
        .filter_map(|row| Some((row.get("new-routing-mark")?, row)))
        .collect();
    let mut marks: Vec<&Value> = marking.iter().map(|(mark, _)| *mark).collect();
    marks.sort_unstable();
    marks.dedup();
    marks.retain(|mark| is_table(view, mark) && !has_route(view, mark) && !is_matched(view, mark));
    let of_mark = |mark: &Value| -> Vec<&Row> {
        marking
            .iter()
            .filter(|(own, _)| *own == mark)
            .map(|(_, row)| *row)
            .collect()
    };
    marks
        .into_iter()
        .map(|mark| finding(mark, &of_mark(mark)))
        .collect()
}

fn finding(mark: &Value, rows: &[&Row]) -> Diagnostic {
    let name = mark.to_text();
    let found = RULE
        .finding(format!(
            "packets are marked for `{name}`, and no route has that table: they leave by the main table"
        ))
        .with_help(format!(
            "add a default to table `{name}`, or mark for one that is there"
        ));
    rows.iter().fold(found, |found, row| {
        found.about(property_subject(MANGLE, row, "new-routing-mark"))
    })
}

/// Of RouterOS 7 another rule tells where the table itself is missing
fn is_table(view: &View<'_>, mark: &Value) -> bool {
    let is_listed = || {
        view.rows("/routing/table")
            .any(|row| row.get("name") == Some(mark))
    };
    *mark != "main" && !mark.is_empty() && (!view.is_v7() || is_listed())
}

/// Whether a route has that table, be it disabled: something may enable it
fn has_route(view: &View<'_>, mark: &Value) -> bool {
    let is_own = |row: &Row| TABLES.iter().any(|name| row.get(name) == Some(mark));
    let has_static = || view.router().table(ROUTES).iter().any(is_own);
    has_static() || view.routes().iter().any(|route| route.table == *mark)
}

/// Whether something else than a table goes by the mark: a routing rule, a filter, a queue
fn is_matched(view: &View<'_>, mark: &Value) -> bool {
    let menus = view.router().menus().filter(|menu| *menu != ROUTES);
    let mut rows = menus.flat_map(|menu| enabled(view.router(), menu));
    rows.any(|row| {
        row.get("routing-mark")
            .is_some_and(|own| bare(own).1 == mark.as_bytes())
    })
}

/// How routes name their table: RouterOS 7, RouterOS 6
const TABLES: [&str; 2] = ["routing-table", "routing-mark"];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, pcc, pcc_v6, tables, two_lines, two_lines_v6,
    };

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines_v6!(
                    defaults!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting in-interface=bridge new-routing-mark=to-isp3 passthrough=no src-address=192.168.88.50\n",
                )),
                says: &[
                    "packets are marked for `to-isp3`, and no route has that table: they leave by the main table",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/routing table\nadd fib name=to-isp3\n",
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp3 passthrough=no src-address=192.168.88.50\n",
                )),
                says: &[
                    "packets are marked for `to-isp3`, and no route has that table: they leave by the main table",
                ],
                fix: &[],
            },
        ],
        passed: &[
            ("marks with routes", Export(two_lines!(defaults!(), pcc!()))),
            (
                "marks with routes on RouterOS 6",
                Export(two_lines_v6!(defaults!(), pcc_v6!())),
            ),
            (
                "a mark that a routing rule goes by",
                Export(two_lines_v6!(
                    defaults!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting in-interface=bridge new-routing-mark=voice passthrough=no src-address=192.168.88.50\n",
                    "/ip route rule\nadd action=lookup routing-mark=voice table=main\n",
                )),
            ),
            (
                "a route that is disabled: something may enable it",
                Export(two_lines_v6!(
                    defaults!(),
                    "add disabled=yes gateway=198.51.100.1 routing-mark=voice\n",
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting in-interface=bridge new-routing-mark=voice passthrough=no src-address=192.168.88.50\n",
                )),
            ),
        ],
    }
};
