#![doc = include_str!("check_gateway_on_interface.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::ROUTES;
use crate::audit::routing::{is_checked, parts};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::Row;
use crate::rule::property_subject;
use crate::simulate::{Activity, RouteState, Why};
use crate::survey::interfaces::{InterfaceKind, find};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("check-gateway-on-interface"),
    level: Level::Error,
    page: include_str!("check_gateway_on_interface.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.is_surely_v7() {
        return Vec::new();
    }
    let unasked = Activity::Inactive(Why::NothingToCheck);
    let dead = view
        .static_routes()
        .filter(|(route, _)| route.activity == unasked && view.is_needed(route));
    dead.filter_map(|(route, row)| finding(view, route, row))
        .collect()
}

/// Of an Ethernet interface another rule speaks: there more is wrong than the check
fn finding(view: &View<'_>, route: &RouteState, row: &Row) -> Option<Diagnostic> {
    let mut named = parts(&route.gateway).filter_map(|part| find(view.router(), part));
    let interface = named.find(|known| known.kind.leads_away())?;
    let name = interface.name.to_text();
    let found = RULE
        .finding(format!("the route to `{}` over `{name}` is never used: an interface has no address that the check could ask", route.prefix))
        .with_help(help(interface.kind))
        .about(property_subject(ROUTES, row, "check-gateway"))
        .fixed_by(fix(view, route, row));
    Some(found)
}

fn help(kind: InterfaceKind) -> &'static str {
    match kind.is_ppp() {
        true => {
            "leave `check-gateway` out: the session's own keepalive watches it; what is behind it is checked by a far host with a route over the interface"
        }
        false => {
            "leave `check-gateway` out; what is behind the interface is checked by a far host with a route over it"
        }
    }
}

/// None where the route would then hide the check of another one over the same interface
fn fix(view: &View<'_>, route: &RouteState, row: &Row) -> Option<Fix> {
    let rivals = view
        .routes()
        .iter()
        .filter(|other| other.table == route.table && other.prefix == route.prefix && other.row != route.row);
    let mut checked = rivals.filter(|other| view.row(&other.row).is_some_and(is_checked));
    let is_hiding = |other: &RouteState| other.hops.iter().any(|hop| hop.interface == route.gateway);
    if checked.any(is_hiding) {
        return None;
    }
    let what = format!("use the route over `{}` without a check", route.gateway.to_text());
    view.set(what, (ROUTES, row), &[("check-gateway", "")])
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, two_lines, two_lines_v6};

    macro_rules! session {
        () => {
            "/interface pppoe-client\nadd disabled=no interface=ether3 name=pppoe-out1 user=office\n/interface list member\nadd interface=pppoe-out1 list=WAN\n"
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    session!(),
                    "/ip route\nadd check-gateway=ping gateway=pppoe-out1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "the route to `0.0.0.0/0` over `pppoe-out1` is never used: an interface has no address that the check could ask",
                ],
                fix: &[
                    "/ip route set [find where check-gateway=ping and gateway=pppoe-out1 and comment=\"\" and dynamic=no] check-gateway=none",
                ],
            },
            // The one default that there is.
            Flagged {
                router: Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/interface lte\nset [ find default-name=lte1 ] name=lte1\n/interface lte apn\nset [ find default=yes ] add-default-route=no\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=lte1\n",
                    "/ip route\nadd check-gateway=ping comment=mobile gateway=lte1\n"
                )),
                says: &[
                    "the route to `0.0.0.0/0` over `lte1` is never used: an interface has no address that the check could ask",
                ],
                fix: &["/ip route set [find where comment=\"mobile\"] check-gateway=none"],
            },
        ],
        passed: &[
            (
                "no check",
                Export(two_lines!(
                    session!(),
                    "/ip route\nadd gateway=pppoe-out1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "RouterOS 6, of which nobody knows",
                Export(two_lines_v6!(
                    session!(),
                    "/ip route\nadd check-gateway=ping gateway=pppoe-out1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a far host over the interface",
                Export(two_lines!(
                    session!(),
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=pppoe-out1 scope=10\nadd dst-address=203.0.113.11/32 gateway=pppoe-out1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=12\nadd check-gateway=ping gateway=203.0.113.11 target-scope=12\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
        ],
    }
};
