#![doc = include_str!("no_main_default.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::menus::ROUTES;
use crate::audit::routing::is_usable;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::{row_subject, typed};
use crate::survey::defaults::is_of_main;
use crate::survey::interfaces::{InterfaceKind, unlisted};
use crate::survey::networks::parse;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("no-main-default"),
    level: Level::Error,
    page: include_str!("no_main_default.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let has_default =
        || view.defaults("main").next().is_some() || view.router().table(ROUTES).iter().any(leads_out);
    if !view.has_lines() || !view.is_whole() || has_default() || may_be_added(view) {
        return Vec::new();
    }
    let used: Vec<(&Value, &Row)> = view
        .static_routes()
        .filter_map(|(route, row)| {
            let is_used = route.prefix.prefix_len() == 0 && is_usable(route) && is_named(view, &route.table);
            is_used.then_some((&route.table, row))
        })
        .collect();
    finding(&used).into_iter().collect()
}

/// Whether mangle or a routing rule sends packets to a table
fn is_named(view: &View<'_>, table: &Value) -> bool {
    let mut marking = view.mangle("mark-routing");
    let mut rules = RULES.iter().flat_map(|menu| view.rows(menu));
    marking.any(|row| row.get("new-routing-mark") == Some(table))
        || rules.any(|row| row.get("table") == Some(table))
}

/// Whether a route of the main table leads everywhere, or to one half of the internet, be it disabled
fn leads_out(row: &Row) -> bool {
    let prefix = row.get("dst-address").map(parse);
    let is_wide = prefix.is_none_or(|prefix| prefix.is_some_and(|prefix| prefix.prefix_len() <= 1));
    is_wide && is_of_main(row)
}

/// Whether the default may come from where nobody here looks; a modem as the factory made it adds one, too
fn may_be_added(view: &View<'_>) -> bool {
    let has_modem = || {
        unlisted(view.router())
            .iter()
            .any(|known| known.kind == InterfaceKind::Lte)
    };
    view.may_gain_routes() || has_modem()
}

fn finding(used: &[(&Value, &Row)]) -> Option<Diagnostic> {
    let mut tables: Vec<&Value> = used.iter().map(|(table, _)| *table).collect();
    tables.sort_unstable();
    tables.dedup();
    let names: Vec<String> = tables
        .iter()
        .map(|table| format!("`{}`", table.to_text()))
        .collect();
    let found = RULE
        .finding(format!(
            "the main table has no default, {} {}: the router itself, and all that is not marked, has no internet",
            names.join(" and "),
            if names.len() == 1 { "has one" } else { "have" }
        ))
        .with_help("add a default over each line to the main table, with a distance of its own")
        .about(Subject::menu(typed(ROUTES)));
    let found = used
        .iter()
        .fold(found, |found, (_, row)| found.about(row_subject(ROUTES, row)));
    (!used.is_empty()).then_some(found)
}

/// Routing rules of RouterOS 7, and of RouterOS 6
const RULES: [&str; 2] = ["/routing/rule", "/ip/route/rule"];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, marks, pcc, tables, tables_v6, two_lines, two_lines_v6,
    };

    const SAYS: &[&str] = &[
        "the main table has no default, `to-isp1` and `to-isp2` have: the router itself, and all that is not marked, has no internet",
    ];
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(pcc!())),
                says: SAYS,
                fix: &[],
            },
            Flagged {
                router: Export(two_lines_v6!(tables_v6!(), marks!())),
                says: SAYS,
                fix: &[],
            },
        ],
        passed: &[
            ("defaults of main", Export(two_lines!(defaults!(), pcc!()))),
            (
                "a client that adds it",
                Export(two_lines!(
                    pcc!(),
                    "/ip dhcp-client\nadd default-route-distance=5 interface=ether3\n"
                )),
            ),
            (
                "one that is disabled: somebody may have done that for now",
                Export(two_lines!(
                    pcc!(),
                    "/ip route\nadd disabled=yes gateway=192.0.2.1\n"
                )),
            ),
            ("tables that nothing goes by", Export(two_lines!(tables!()))),
            (
                "halves of the internet",
                Export(two_lines!(
                    pcc!(),
                    "/ip route\nadd dst-address=0.0.0.0/1 gateway=192.0.2.1\nadd dst-address=128.0.0.0/1 gateway=192.0.2.1\n"
                )),
            ),
        ],
    }
};
