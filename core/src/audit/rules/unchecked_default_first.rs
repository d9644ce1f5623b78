#![doc = include_str!("unchecked_default_first.md")]

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::audit::menus::ROUTES;
use crate::audit::routing::{is_checked, is_same, is_usable, leaves_by};
use crate::audit::view::lost;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Evidence, Fix, Level};
use crate::routeros::router::Row;
use crate::routeros::schema;
use crate::routeros::value::Value;
use crate::rule::property_subject;
use crate::simulate::{Activity, Condition, RouteState, Why};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("unchecked-default-first"),
    level: Level::Error,
    page: include_str!("unchecked_default_first.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() || view.has_vrfs() || view.is_steered() {
        return Vec::new();
    }
    view.lines().iter().flat_map(|line| of_line(view, line)).collect()
}

/// The unchecked defaults that keep traffic on a line while a check of it has failed, and another line stands by
fn of_line(view: &View<'_>, line: &Value) -> Vec<Diagnostic> {
    let (checked, unchecked): (Vec<_>, Vec<_>) = over(view, line).partition(|(_, row)| is_checked(row));
    let least = checked.iter().map(|(route, _)| route.distance).max();
    let is_before = |route: &RouteState| least.is_some_and(|least| route.distance <= least);
    let mut before = unchecked
        .into_iter()
        .filter(|(route, _)| is_before(route))
        .peekable();
    if before.peek().is_none() {
        return Vec::new();
    }
    let then = FAILURES.map(|failure| (failure, view.routes_while(line, failure)));
    let hiding = before.filter_map(|(route, row)| {
        let hidden = |(failure, then): &(Condition, Vec<RouteState>)| {
            let checked = checked.iter().copied();
            let checked = checked.filter(|(checked, _)| route.distance <= checked.distance);
            let checked = checked
                .filter(|(checked, _)| has_failed(then, checked))
                .min_by_key(|(checked, _)| checked.distance)?;
            (holds(then, route) && stands_by(then, line)).then_some((*failure, checked))
        };
        let (failure, checked) = then.iter().find_map(hidden)?;
        Some(finding(view, line, (route, row), checked).shown_by(evidence(view, line, failure)))
    });
    hiding.collect()
}

/// The usable defaults of the main table that lead over a line alone
fn over<'v, 'a>(view: &'v View<'a>, line: &Value) -> impl Iterator<Item = (&'v RouteState, &'a Row)> {
    let defaults = view
        .defaults("main")
        .filter(move |route| is_usable(route) && leaves_by(route) == Some(line));
    defaults.filter_map(|route| Some((route, view.row(&route.row)?)))
}

fn has_failed(then: &[RouteState], route: &RouteState) -> bool {
    let failed = Activity::Inactive(Why::CheckFailed);
    then.iter()
        .any(|other| is_same(other, route) && other.activity == failed)
}

fn holds(then: &[RouteState], route: &RouteState) -> bool {
    then.iter()
        .any(|other| is_same(other, route) && other.activity == Activity::Active)
}

/// Whether a default over another line waits behind
fn stands_by(then: &[RouteState], line: &Value) -> bool {
    let is_default = |route: &RouteState| route.table == *"main" && route.prefix.prefix_len() == 0;
    let leads_elsewhere = |route: &RouteState| route.hops.iter().all(|hop| hop.interface != *line);
    let mut standing = then
        .iter()
        .filter(|route| route.activity == Activity::Standby && is_default(route));
    standing.any(|route| !route.hops.is_empty() && leads_elsewhere(route))
}

fn finding(
    view: &View<'_>,
    line: &Value,
    (route, row): (&RouteState, &Row),
    (checked, its): (&RouteState, &Row),
) -> Diagnostic {
    let name = line.to_text();
    let property = property(&route.row.menu);
    RULE.finding(format!(
        "when the gateway of `{name}` fails, traffic stays on it: a default over it that nothing checks has distance {}, the checked one {}",
        route.distance, checked.distance
    ))
    .with_help(format!("raise its `{property}` behind those of all other defaults"))
    .about(property_subject(&route.row.menu, row, property))
    .about(property_subject(&checked.row.menu, its, "check-gateway"))
    .fixed_by(fix(view, &name, route, row))
}

/// A customer's connection that is lost meanwhile
fn evidence(view: &View<'_>, line: &Value, failure: Condition) -> Vec<Evidence> {
    let mut customers = view.customers();
    let shown = customers.find_map(|class| {
        let trace = view.trace(&class.traffic, Some((line, failure)));
        let way = lost(&trace).next()?;
        Some(view.evidence(way))
    });
    shown.unwrap_or_default()
}

/// Of a client that has a say at which distance it adds its default, and not one for each table; which other one a static route
/// should have, nobody can tell
fn fix(view: &View<'_>, name: &str, route: &RouteState, row: &Row) -> Option<Fix> {
    let menu = route.row.menu.as_str();
    let has_property = schema::menu(menu).is_some_and(|menu| menu.property(OF_CLIENT).is_some());
    let has_own = |tables: &Value| tables.as_bytes().contains(&b':');
    if menu == ROUTES || !has_property || row.get("default-route-tables").is_some_and(has_own) {
        return None;
    }
    let furthest = view.defaults("main").map(|route| route.distance).max()?;
    let behind = furthest.checked_add(1)?.max(BEHIND);
    let what = format!("let the default of the client of `{name}` stand behind all others");
    (behind < u8::MAX).then(|| view.set(what, (menu, row), &[(OF_CLIENT, &behind.to_string())]))?
}

fn property(menu: &str) -> &'static str {
    if menu == ROUTES { "distance" } else { OF_CLIENT }
}

const OF_CLIENT: &str = "default-route-distance";

/// A distance that no plan by hand has
const BEHIND: u8 = 200;

/// How a line fails that still has its link
const FAILURES: [Condition; 2] = [Condition::GatewayDead, Condition::UpstreamDead];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    macro_rules! leased {
        ($client:expr, $routes:expr) => {
            concat!(
                "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=198.51.100.2/24 interface=ether2\n",
                "/ip dhcp-client\nadd interface=ether1",
                $client,
                "\n/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\nadd action=masquerade chain=srcnat out-interface=ether2\n",
                "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1%ether1 scope=10\n",
                "add dst-address=203.0.113.11/32 gateway=192.0.2.1%ether1 scope=10\n",
                $routes
            )
        };
    }
    Cases {
        flagged: &[
            // The client adds its default at distance 1.
            Flagged {
                router: Export(leased!(
                    "",
                    concat!(
                        "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping gateway=203.0.113.11 target-scope=11\n",
                        "add distance=2 gateway=198.51.100.1\n"
                    )
                )),
                says: &[
                    "when the gateway of `ether1` fails, traffic stays on it: a default over it that nothing checks has distance 1, the checked one 1",
                ],
                fix: &["/ip dhcp-client set [find where interface=\"ether1\"] default-route-distance=200"],
            },
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1\nadd check-gateway=ping distance=2 gateway=192.0.2.1\nadd distance=3 gateway=198.51.100.1\n"
                )),
                says: &[
                    "when the gateway of `ether1` fails, traffic stays on it: a default over it that nothing checks has distance 1, the checked one 2",
                ],
                fix: &[],
            },
        ],
        passed: &[
            ("a check of every default", Export(two_lines!(defaults!()))),
            (
                "an unchecked default of the same line behind the other line",
                Export(leased!(
                    " default-route-distance=200",
                    concat!(
                        "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping gateway=203.0.113.11 target-scope=11\n",
                        "add distance=2 gateway=198.51.100.1\n"
                    )
                )),
            ),
            (
                "nothing that could take over",
                Export(leased!(
                    "",
                    "add check-gateway=ping distance=2 gateway=203.0.113.10 target-scope=11\n"
                )),
            ),
            (
                "a client that checks its gateway itself",
                Export(two_lines!(
                    "/ip route\nadd check-gateway=arp gateway=192.0.2.1\nadd check-gateway=ping distance=2 gateway=192.0.2.1\nadd distance=3 gateway=198.51.100.1\n"
                )),
            ),
            (
                "netwatch that takes the unchecked default away",
                Export(two_lines!(
                    "/ip route\nadd comment=first gateway=192.0.2.1\nadd check-gateway=ping distance=2 gateway=192.0.2.1\nadd distance=3 gateway=198.51.100.1\n",
                    "/tool netwatch\nadd down-script=\"/ip route disable [find where comment=first]\" host=203.0.113.10 up-script=\"/ip route enable [find where comment=first]\"\n"
                )),
            ),
        ],
    }
};
