#![doc = include_str!("accidental_ecmp.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::menus::ROUTES;
use crate::audit::routing::leaves_by;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::property_subject;
use crate::simulate::{Activity, RouteKind, RouteState};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("accidental-ecmp"),
    level: Level::Warning,
    page: include_str!("accidental_ecmp.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() || view.has_vrfs() || hashes(view) {
        return Vec::new();
    }
    let active: Vec<&RouteState> = view
        .routes()
        .iter()
        .filter(|route| is_active_default(route))
        .collect();
    let mut tables: Vec<&Value> = active.iter().map(|route| &route.table).collect();
    tables.sort_unstable();
    tables.dedup();
    let of_table = |table: &Value| -> Vec<&RouteState> {
        active
            .iter()
            .copied()
            .filter(|route| route.table == *table)
            .collect()
    };
    tables
        .into_iter()
        .filter_map(|table| finding(view, table, &of_table(table)))
        .collect()
}

fn is_active_default(route: &RouteState) -> bool {
    route.prefix.prefix_len() == 0 && route.kind == RouteKind::Unicast && route.activity == Activity::Active
}

/// The active defaults of a table, where a client added one of them, and they lead over several lines
fn finding(view: &View<'_>, table: &Value, active: &[&RouteState]) -> Option<Diagnostic> {
    let is_client = |route: &&RouteState| route.row.menu != ROUTES;
    let lines = lines(view, active);
    let (first, others) = lines.split_first()?;
    let is_chosen = active.iter().all(|route| says_distance(view, route))
        || active.iter().any(|route| is_wanted(view, route));
    if others.is_empty() || !active.iter().any(is_client) || is_chosen {
        return None;
    }
    let names: Vec<String> = others
        .iter()
        .map(|line| format!("`{}`", line.to_text()))
        .collect();
    let what = match view.is_v7() {
        true => "connections are spread over them by chance",
        false => "which of them is used is left to chance",
    };
    let found = RULE
        .finding(format!(
            "the defaults of table `{}` over `{}` and {} have one distance, {}: {what}",
            table.to_text(),
            first.to_text(),
            names.join(" and "),
            active.first()?.distance
        ))
        .with_help("give each line a distance of its own: a client has it as `default-route-distance`");
    Some(
        active
            .iter()
            .fold(found, |found, route| found.about(subject(view, route))),
    )
}

/// The lines of routes that lead over one each
fn lines<'r>(view: &View<'_>, active: &[&'r RouteState]) -> Vec<&'r Value> {
    let mut lines: Vec<&Value> = Vec::new();
    for line in active.iter().filter_map(|route| view.line_of(route)) {
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    lines
}

/// Whether somebody wrote the distance: an export leaves out the one that all have by default, so who writes it for each chose it
fn says_distance(view: &View<'_>, route: &RouteState) -> bool {
    let row = view.row(&route.row);
    row.is_some_and(|row| DISTANCES.iter().any(|property| row.get(property).is_some()))
}

/// Whether somebody says that this is what he wants
fn is_wanted(view: &View<'_>, route: &RouteState) -> bool {
    let comment = view.row(&route.row).and_then(|row| row.text("comment"));
    let comment = comment.map(|comment| comment.to_lowercase()).unwrap_or_default();
    INTENT.iter().any(|word| comment.contains(word))
}

/// Whether somebody chose by what connections are spread
fn hashes(view: &View<'_>) -> bool {
    let policy = |row: &Row| row.get("ipv4-multipath-hash-policy").cloned();
    let mut policies = view.rows("/ip/settings").filter_map(policy);
    policies.any(|policy| policy != *"l3")
}

fn subject(view: &View<'_>, route: &RouteState) -> Subject {
    let property = if route.row.menu == ROUTES {
        "distance"
    } else {
        "default-route-distance"
    };
    let of_row = |row: &Row| property_subject(&route.row.menu, row, property);
    let line = || {
        leaves_by(route)
            .map(|line| line.to_text().into_owned())
            .unwrap_or_default()
    };
    view.row(&route.row)
        .map_or_else(|| Subject::interface(line()), of_row)
}

/// Words of comments by which people say that several lines are meant to share
const INTENT: [&str; 3] = ["balanc", "ecmp", "multipath"];

const DISTANCES: [&str; 2] = ["distance", "default-route-distance"];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, two_lines};

    macro_rules! clients {
        ($version:expr, $first:expr, $second:expr) => {
            concat!(
                "# 2026-01-05 10:00:00 by RouterOS ", $version, "\n/interface bridge\nadd name=bridge\n",
                "/ip address\nadd address=192.168.88.1/24 interface=bridge\n",
                "/ip dhcp-client\nadd disabled=no interface=ether1", $first, "\nadd disabled=no interface=ether2", $second,
                "\n/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\nadd action=masquerade chain=srcnat out-interface=ether2\n"
            )
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(clients!("7.22.1", "", "")),
                says: &[
                    "the defaults of table `main` over `ether1` and `ether2` have one distance, 1: connections are spread over them by chance",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(clients!("6.49.10", "", "")),
                says: &[
                    "the defaults of table `main` over `ether1` and `ether2` have one distance, 1: which of them is used is left to chance",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    "/interface pppoe-client\nadd add-default-route=yes disabled=no interface=ether3 name=pppoe-out1 user=office\n",
                    "/interface list member\nadd interface=pppoe-out1 list=WAN\n/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "the defaults of table `main` over `ether1` and `pppoe-out1` have one distance, 1: connections are spread over them by chance",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a distance for each",
                Export(clients!("7.22.1", "", " default-route-distance=2")),
            ),
            (
                "one that adds none",
                Export(clients!("7.22.1", "", " add-default-route=no")),
            ),
            (
                "two static routes, as ECMP is written",
                Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1\nadd gateway=198.51.100.1\n"
                )),
            ),
            (
                "one route with both gateways",
                Export(two_lines!("/ip route\nadd gateway=192.0.2.1,198.51.100.1\n")),
            ),
            (
                "clients of which each is told its distance",
                Export(clients!(
                    "7.22.1",
                    " default-route-distance=1",
                    " default-route-distance=1"
                )),
            ),
            (
                "a comment that says so",
                Export(clients!("7.22.1", " comment=\"load balancing\"", "")),
            ),
            (
                "a client in a VRF, whose default is there",
                Export(concat!(
                    clients!("7.22.1", "", ""),
                    "/ip vrf\nadd interfaces=ether2 name=guests\n"
                )),
            ),
            (
                "a hash that somebody chose",
                Export(concat!(
                    clients!("7.22.1", "", ""),
                    "/ip settings\nset ipv4-multipath-hash-policy=l4\n"
                )),
            ),
        ],
    }
};
