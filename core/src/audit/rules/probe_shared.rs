#![doc = include_str!("probe_shared.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::audit::menus::ROUTES;
use crate::audit::probes::{has_gateway, host};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::property_subject;
use crate::simulate::{Activity, Condition, RouteKind, RouteState, Why};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("probe-shared"),
    level: Level::Error,
    page: include_str!("probe_shared.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() || view.is_steered() {
        return Vec::new();
    }
    let mut hosts: Vec<Ipv4Addr> = view.probes().iter().map(|probe| probe.host).collect();
    hosts.sort_unstable();
    hosts.dedup();
    hosts.into_iter().filter_map(|host| of_host(view, host)).collect()
}

fn of_host(view: &View<'_>, host: Ipv4Addr) -> Option<Diagnostic> {
    let routes: Vec<(&RouteState, &Row)> = to(view, host).collect();
    let mut lines: Vec<&Value> = routes
        .iter()
        .flat_map(|(route, _)| &route.hops)
        .map(|hop| &hop.interface)
        .collect();
    lines.retain(|line| view.is_line(line.as_bytes()));
    lines.sort_unstable();
    lines.dedup();
    let (first, others) = lines.split_first()?;
    if others.is_empty() || !lines.iter().any(|line| is_kept(view, host, line)) {
        return None;
    }
    let names: Vec<String> = others
        .iter()
        .map(|line| format!("`{}`", line.to_text()))
        .collect();
    let found = RULE
        .finding(format!(
            "`{host}` tells the health of both `{}` and {}: when one is dead behind its link, traffic does not leave it for the other",
            first.to_text(),
            names.join(" and ")
        ))
        .with_help("give each line probe hosts of its own");
    Some(routes.iter().fold(found, |found, (_, row)| {
        found.about(property_subject(ROUTES, row, "dst-address"))
    }))
}

/// The routes of the main table to a host alone
fn to<'v, 'a>(view: &'v View<'a>, to: Ipv4Addr) -> impl Iterator<Item = (&'v RouteState, &'a Row)> {
    let routes = view.static_routes();
    routes.filter(move |(route, _)| {
        host(route) == Some(to) && route.table == *"main" && route.kind == RouteKind::Unicast
    })
}

/// Whether traffic is kept on a dead line by its probe, or left with no default although others work
fn is_kept(view: &View<'_>, host: Ipv4Addr, line: &Value) -> bool {
    let is_kept = |failure: Condition| {
        let then = view.routes_while(line, failure);
        let defaults = || {
            then.iter()
                .filter(|route| route.prefix.prefix_len() == 0 && route.table == *"main")
        };
        let mut active = defaults()
            .filter(|route| route.activity == Activity::Active)
            .peekable();
        let failed = |route: &RouteState| {
            has_gateway(route, host) && route.activity == Activity::Inactive(Why::CheckFailed)
        };
        match active.peek() {
            None => defaults().any(failed),
            Some(_) => active
                .any(|route| has_gateway(route, host) && route.hops.iter().any(|hop| hop.interface == *line)),
        }
    };
    FAILURES.into_iter().any(is_kept)
}

/// How a line fails that still has its link
const FAILURES: [Condition; 2] = [Condition::GatewayDead, Condition::UpstreamDead];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, two_lines, two_lines_v6};

    const SAYS: &[&str] = &[
        "`203.0.113.10` tells the health of both `ether1` and `ether2`: when one is dead behind its link, traffic does not leave it for the other",
    ];
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.10/32 gateway=198.51.100.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping distance=2 gateway=203.0.113.10 target-scope=11\n"
                )),
                says: SAYS,
                fix: &[],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd distance=2 dst-address=203.0.113.10/32 gateway=198.51.100.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10\nadd check-gateway=ping distance=2 gateway=203.0.113.10\n"
                )),
                says: SAYS,
                fix: &[],
            },
        ],
        passed: &[
            (
                "a host for each",
                Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.11/32 gateway=198.51.100.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping distance=2 gateway=203.0.113.11 target-scope=11\n"
                )),
            ),
            (
                "a second way to the host, while the other line has a probe of its own",
                Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd distance=2 dst-address=203.0.113.10/32 gateway=198.51.100.1 scope=10\n",
                    "add dst-address=203.0.113.11/32 gateway=198.51.100.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping distance=2 gateway=203.0.113.11 target-scope=11\n"
                )),
            ),
            (
                "the guard of a probe",
                Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd blackhole distance=254 dst-address=203.0.113.10/32\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
        ],
    }
};
