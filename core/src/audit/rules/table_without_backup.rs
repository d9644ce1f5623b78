#![doc = include_str!("table_without_backup.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::routing::{is_usable, leaves_by};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::routeros::value::Value;
use crate::rule::row_subject;
use crate::simulate::{RouteKind, RouteState};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("table-without-backup"),
    level: Level::Note,
    page: include_str!("table_without_backup.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() || view.is_steered() || view.is_planned() {
        return Vec::new();
    }
    let marking = view
        .mangle("mark-routing")
        .filter_map(|row| row.get("new-routing-mark"));
    let rules = RULES
        .iter()
        .flat_map(|menu| view.rows(menu))
        .filter(|row| row.is("action", "lookup"));
    let mut tables: Vec<&Value> = marking.chain(rules.filter_map(|row| row.get("table"))).collect();
    tables.retain(|table| **table != "main");
    tables.sort_unstable();
    tables.dedup();
    tables
        .into_iter()
        .filter_map(|table| finding(view, table))
        .collect()
}

fn finding(view: &View<'_>, table: &Value) -> Option<Diagnostic> {
    let all = view
        .routes()
        .iter()
        .filter(|route| route.prefix.prefix_len() == 0 && route.table == *table);
    let all: Vec<&RouteState> = all.collect();
    let line = view.line_of(all.first()?)?;
    let is_alone = all
        .iter()
        .all(|route| route.kind == RouteKind::Unicast && is_usable(route) && leaves_by(route) == Some(line));
    let in_main =
        |route: &RouteState| is_usable(route) && view.line_of(route).is_some_and(|other| other != line);
    if !is_alone || is_last(view, table) || !view.defaults("main").any(in_main) {
        return None;
    }
    let (table, name) = (table.to_text(), line.to_text());
    let found = RULE
        .finding(format!("table `{table}` leads over `{name}` alone: while `{name}` is down, what is meant for it goes by the main table"))
        .with_help(format!("add defaults over the other lines to table `{table}`, with higher distances, where their order should be another than that of the main table"));
    let about = |found: Diagnostic, route: &&RouteState| match view.row(&route.row) {
        Some(row) => found.about(row_subject(&route.row.menu, row)),
        None => found.about(Subject::interface(name.clone())),
    };
    Some(all.iter().fold(found, about))
}

/// Whether a rule forbids that what is not found in the table is looked for in main
fn is_last(view: &View<'_>, table: &Value) -> bool {
    let mut rules = RULES.iter().flat_map(|menu| view.rows(menu));
    rules.any(|row| row.get("table") == Some(table) && row.is("action", "lookup-only-in-table"))
}

/// Routing rules of RouterOS 7, and of RouterOS 6
const RULES: [&str; 2] = ["/routing/rule", "/ip/route/rule"];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, marks, pcc, pcc_v6, two_lines, two_lines_v6,
    };

    macro_rules! lone {
        () => {
            concat!(
                "/routing table\nadd fib name=to-isp1\nadd fib name=to-isp2\n",
                "/ip route\nadd check-gateway=ping gateway=192.0.2.1 routing-table=to-isp1\nadd check-gateway=ping gateway=198.51.100.1 routing-table=to-isp2\n"
            )
        };
    }
    const SAYS: &[&str] = &[
        "table `to-isp1` leads over `ether1` alone: while `ether1` is down, what is meant for it goes by the main table",
        "table `to-isp2` leads over `ether2` alone: while `ether2` is down, what is meant for it goes by the main table",
    ];
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(defaults!(), lone!(), marks!())),
                says: SAYS,
                fix: &[],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    defaults!(),
                    "/ip route\nadd check-gateway=ping gateway=192.0.2.1 routing-mark=to-isp1\nadd check-gateway=ping gateway=198.51.100.1 routing-mark=to-isp2\n",
                    marks!()
                )),
                says: SAYS,
                fix: &[],
            },
        ],
        passed: &[
            ("backups", Export(two_lines!(defaults!(), pcc!()))),
            (
                "backups on RouterOS 6",
                Export(two_lines_v6!(defaults!(), pcc_v6!())),
            ),
            (
                "a table that should end there: a rule forbids the fallback",
                Export(two_lines!(
                    defaults!(),
                    lone!(),
                    "/routing rule\nadd action=lookup-only-in-table src-address=192.168.88.50/32 table=to-isp2\n"
                )),
            ),
            (
                "a table that should end there: a blackhole stands behind",
                Export(two_lines!(
                    defaults!(),
                    lone!(),
                    "add blackhole distance=254 routing-table=to-isp2\n/routing rule\nadd action=lookup src-address=192.168.88.50/32 table=to-isp2\n"
                )),
            ),
            (
                "tables that nothing goes by",
                Export(two_lines!(defaults!(), lone!())),
            ),
        ],
    }
};
