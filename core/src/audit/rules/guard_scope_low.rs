#![doc = include_str!("guard_scope_low.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::ROUTES;
use crate::audit::probes::{has_gateway, host};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::Row;
use crate::rule::property_subject;
use crate::simulate::{RouteKind, RouteState};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("guard-scope-low"),
    level: Level::Warning,
    page: include_str!("guard_scope_low.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let guards = view
        .static_routes()
        .filter(|(route, _)| route.kind != RouteKind::Unicast && route.table == *"main");
    guards
        .filter_map(|(route, row)| finding(view, route, row))
        .collect()
}

fn finding(view: &View<'_>, route: &RouteState, row: &Row) -> Option<Diagnostic> {
    let host = host(route)?;
    let over = view
        .static_routes()
        .filter(|(other, _)| other.kind == RouteKind::Unicast && has_gateway(other, host));
    let targets = over.filter_map(|(_, row)| row.effective("target-scope")?.to_text().parse::<u8>().ok());
    let furthest = targets.max()?;
    let found = RULE
        .finding(format!(
            "the guard of `{host}` has scope {}: while the route to `{host}` is gone, routes with target-scope {furthest} take it for the way to their gateway",
            route.scope
        ))
        .with_help("give the guard the usual scope, 30")
        .about(property_subject(ROUTES, row, "scope"))
        .fixed_by(fix(view, row, furthest));
    (route.scope <= furthest).then_some(found)
}

fn fix(view: &View<'_>, row: &Row, furthest: u8) -> Option<Fix> {
    let set = || {
        view.set(
            "keep gateways from being found by the guard",
            (ROUTES, row),
            &[("scope", "30")],
        )
    };
    (furthest < USUAL_SCOPE).then(set)?
}

/// The scope of a route that names none
const USUAL_SCOPE: u8 = 30;

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, two_lines, two_lines_v6};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.11/32 gateway=192.0.2.1 scope=10\n",
                    "add blackhole comment=guard distance=254 dst-address=203.0.113.10/32 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping gateway=203.0.113.11 target-scope=11\n",
                    "add check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "the guard of `203.0.113.10` has scope 10: while the route to `203.0.113.10` is gone, routes with target-scope 11 take it for the way to their gateway",
                ],
                fix: &["/ip route set [find where comment=\"guard\"] scope=30"],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.11/32 gateway=192.0.2.1 scope=10\n",
                    "add comment=guard distance=20 dst-address=203.0.113.10/32 scope=10 type=blackhole\n",
                    "add check-gateway=ping gateway=203.0.113.10\nadd check-gateway=ping gateway=203.0.113.11\n",
                    "add check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "the guard of `203.0.113.10` has scope 10: while the route to `203.0.113.10` is gone, routes with target-scope 10 take it for the way to their gateway",
                ],
                fix: &["/ip route set [find where comment=\"guard\"] scope=30"],
            },
        ],
        passed: &[
            (
                "the usual scope",
                Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.11/32 gateway=192.0.2.1 scope=10\n",
                    "add blackhole distance=254 dst-address=203.0.113.10/32\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping gateway=203.0.113.11 target-scope=11\n",
                    "add check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a blackhole of a host that is no gateway",
                Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=198.51.100.1\nadd blackhole dst-address=203.0.113.66/32 scope=10\n"
                )),
            ),
        ],
    }
};
