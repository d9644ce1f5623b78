#![doc = include_str!("v6_recursion_over_interface.md")]

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::audit::menus::{ADDRESSES, ROUTES};
use crate::audit::probes::gateways;
use crate::audit::routing::{is_usable, parts, pinned};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::Row;
use crate::rule::property_subject;
use crate::simulate::{Activity, RouteState, Why};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("v6-recursion-over-interface"),
    level: Level::Error,
    page: include_str!("v6_recursion_over_interface.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let dead: Vec<(&RouteState, &Row)> = view
        .static_routes()
        .filter(|(route, _)| is_dead(view, route))
        .collect();
    let through = view
        .static_routes()
        .filter(|(route, _)| names_interface(route) && is_usable(route));
    through
        .filter_map(|(route, row)| finding(view, route, row, &dead))
        .collect()
}

fn is_dead(view: &View<'_>, route: &RouteState) -> bool {
    route.activity == Activity::Inactive(Why::ThroughInterface) && view.is_needed(route)
}

fn names_interface(route: &RouteState) -> bool {
    parts(&route.gateway)
        .any(|part| core::str::from_utf8(part).is_ok_and(|part| part.parse::<Ipv4Addr>().is_err()))
}

/// The routes whose gateways are found by one that names an interface
fn finding(
    view: &View<'_>,
    route: &RouteState,
    row: &Row,
    dead: &[(&RouteState, &Row)],
) -> Option<Diagnostic> {
    let hangs =
        |(other, _): &&(&RouteState, &Row)| gateways(other).any(|gateway| is_found_by(view, gateway, route));
    let hanging: Vec<_> = dead.iter().filter(hangs).collect();
    let (first, _) = hanging.first()?;
    let (over, named) = (first.gateway.to_text(), route.gateway.to_text());
    let found = RULE
        .finding(format!(
            "the route to `{}` over `{over}` stays inactive: RouterOS 6 finds no gateway through the route to `{}`, which names an interface, `{named}`",
            first.prefix, route.prefix
        ))
        .with_help("give that route the address of its next hop alone; where there is none, check the line in another way")
        .about(property_subject(ROUTES, row, "gateway"))
        .fixed_by(fix(view, route, row));
    Some(hanging.iter().fold(found, |found, (_, row)| {
        found.about(property_subject(ROUTES, row, "gateway"))
    }))
}

/// Whether a gateway is looked for by a route: no longer prefix that is usable holds it
fn is_found_by(view: &View<'_>, gateway: Ipv4Addr, route: &RouteState) -> bool {
    let leads = view
        .routes()
        .iter()
        .filter(|other| other.table == *"main" && is_usable(other) && other.prefix.contains(&gateway));
    let longest = leads.map(|other| other.prefix.prefix_len()).max();
    route.prefix.contains(&gateway) && longest == Some(route.prefix.prefix_len())
}

/// The next hop alone, where it is pinned to the one interface that has a network for it
fn fix(view: &View<'_>, route: &RouteState, row: &Row) -> Option<Fix> {
    let (host, interface) = pinned(route.gateway.as_bytes())?;
    let near = view
        .routes()
        .iter()
        .filter(|other| other.row.menu == ADDRESSES && other.prefix.contains(&host));
    let near: Vec<&RouteState> = near.collect();
    let is_alone =
        |other: &&RouteState| other.gateway.as_bytes() == interface && view.row(&other.row).is_some();
    let is_certain = !near.is_empty() && near.iter().all(is_alone);
    let host: String = host.to_string();
    let what = format!(
        "find the route to `{}` by the address of its next hop",
        route.prefix
    );
    is_certain.then(|| view.set(what, (ROUTES, row), &[("gateway", &host)]))?
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, two_lines, two_lines_v6};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines_v6!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1%ether1 scope=10\n",
                    "add dst-address=203.0.113.11/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10\nadd check-gateway=ping gateway=203.0.113.11\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "the route to `0.0.0.0/0` over `203.0.113.10` stays inactive: RouterOS 6 finds no gateway through the route to `203.0.113.10/32`, which names an interface, `192.0.2.1%ether1`",
                ],
                fix: &[
                    "/ip route set [find where dst-address=203.0.113.10/32 and gateway=192.0.2.1%ether1 and scope=10 and comment=\"\" and dynamic=no] gateway=192.0.2.1",
                ],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    "/interface pppoe-client\nadd disabled=no interface=ether3 name=pppoe-out1 user=office\n",
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=pppoe-out1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "the route to `0.0.0.0/0` over `203.0.113.10` stays inactive: RouterOS 6 finds no gateway through the route to `203.0.113.10/32`, which names an interface, `pppoe-out1`",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "probes by the address of the next hop",
                Export(two_lines_v6!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a default that is pinned itself: RouterOS 6 takes that",
                Export(two_lines_v6!(
                    "/ip route\nadd check-gateway=ping gateway=192.0.2.1%ether1\nadd distance=2 gateway=198.51.100.1%ether2\n"
                )),
            ),
            (
                "RouterOS 7",
                Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1%ether1 scope=10\nadd dst-address=203.0.113.11/32 gateway=192.0.2.1%ether1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping gateway=203.0.113.11 target-scope=11\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
        ],
    }
};
