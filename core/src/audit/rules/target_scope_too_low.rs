#![doc = include_str!("target_scope_too_low.md")]

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::audit::menus::ROUTES;
use crate::audit::probes::{gateways, host};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::rule::property_subject;
use crate::simulate::{Activity, RouteState, Why};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("target-scope-too-low"),
    level: Level::Error,
    page: include_str!("target_scope_too_low.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let unresolved = view
        .static_routes()
        .filter(|(route, _)| route.activity == Activity::Inactive(Why::Unresolved));
    unresolved
        .filter_map(|(route, row)| finding(view, route, row))
        .collect()
}

fn finding(view: &View<'_>, route: &RouteState, row: &Row) -> Option<Diagnostic> {
    let target = row.effective("target-scope")?.to_text().parse::<u8>().ok()?;
    let (gateway, reach) =
        gateways(route).find_map(|gateway| Some((gateway, out_of_reach(view, gateway, target)?)))?;
    let scope = reach.scope;
    let (whose, more) = match reach.is_raised {
        true => (
            format!("RouterOS 7 gives the route to `{gateway}`"),
            String::new(),
        ),
        false => (
            format!("the route to `{gateway}` has"),
            format!(", or give the route to `{gateway}` a `scope` of 10"),
        ),
    };
    let what = format!("let the route to `{gateway}` be found");
    let found = RULE
        .finding(format!(
            "the route to `{}` over `{gateway}` stays inactive: {whose} scope {scope}, and target-scope {target} looks no further",
            route.prefix
        ))
        .with_help(format!("set its `target-scope` to {scope}{more}"))
        .about(property_subject(ROUTES, row, "target-scope"))
        .fixed_by(view.set(what, (ROUTES, row), &[("target-scope", &scope.to_string())]));
    Some(found)
}

/// A route to a gateway that is not looked for
struct Reach {
    scope: u8,
    /// Whether the router gives it a higher scope than the one that is written
    is_raised: bool,
}

/// The usable host route to a gateway, where its scope is above what is looked for
fn out_of_reach(view: &View<'_>, gateway: Ipv4Addr, target: u8) -> Option<Reach> {
    let mut to_gateway = view
        .static_routes()
        .filter(|(route, _)| host(route) == Some(gateway));
    let (route, row) = to_gateway.find(|(route, _)| matches!(route.activity, Activity::Active))?;
    let reach = Reach {
        scope: route.scope,
        is_raised: !row.is("scope", route.scope.to_string()),
    };
    (route.scope > target).then_some(reach)
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, two_lines, two_lines_v6};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=10\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "the route to `0.0.0.0/0` over `203.0.113.10` stays inactive: RouterOS 7 gives the route to `203.0.113.10` scope 11, and target-scope 10 looks no further",
                ],
                fix: &[
                    "/ip route set [find where check-gateway=ping and gateway=203.0.113.10 and comment=\"\" and dynamic=no] target-scope=11",
                ],
            },
            // The probe has the scope of every route, 30.
            Flagged {
                router: Export(two_lines_v6!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1\n",
                    "add check-gateway=ping comment=\"ISP 1\" gateway=203.0.113.10\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "the route to `0.0.0.0/0` over `203.0.113.10` stays inactive: the route to `203.0.113.10` has scope 30, and target-scope 10 looks no further",
                ],
                fix: &["/ip route set [find where comment=\"ISP 1\"] target-scope=30"],
            },
        ],
        passed: &[
            (
                "the scopes of RouterOS 7",
                Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "the scopes of RouterOS 6",
                Export(two_lines_v6!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=10\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a gateway that nothing leads to, whatever the scope",
                Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=203.0.113.10 target-scope=10\n"
                )),
            ),
        ],
    }
};
