#![doc = include_str!("../../preflight/rules/same_gateway.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::audit::menus::{ADDRESSES, ROUTES};
use crate::audit::routing::{alone, leaves_by, parts};
use crate::audit::{Rule, View};
use crate::diagnostic::Diagnostic;
use crate::preflight::rules::same_gateway;
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::property_subject;
use crate::simulate::{Activity, RouteState};

/// The rule
pub const RULE: Rule = same_gateway::RULE.found_by(check);

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if view.has_vrfs() {
        return Vec::new();
    }
    let mut named: Vec<(Ipv4Addr, Vec<&Row>)> = Vec::new();
    for (route, row) in view.static_routes() {
        for gateway in parts(&route.gateway).filter_map(alone) {
            match named.iter_mut().find(|(known, _)| *known == gateway) {
                Some((_, rows)) => rows.push(row),
                None => named.push((gateway, [row].into())),
            }
        }
    }
    named
        .iter()
        .filter_map(|(gateway, rows)| finding(view, *gateway, rows))
        .collect()
}

fn finding(view: &View<'_>, gateway: Ipv4Addr, rows: &[&Row]) -> Option<Diagnostic> {
    let near = near(view, gateway);
    if near.len() < 2 || !near.iter().any(|interface| view.is_line(interface.as_bytes())) {
        return None;
    }
    let names: Vec<String> = near
        .iter()
        .map(|interface| format!("`{}`", interface.to_text()))
        .collect();
    let found = same_gateway::RULE
        .finding(format!("gateway `{gateway}` is in networks of {}: packets for it leave by any of them", names.join(" and ")))
        .with_help("pin each route to its interface, with the gateway as `address%interface`, or renumber one of the networks");
    Some(rows.iter().fold(found, |found, row| {
        found.about(property_subject(ROUTES, row, "gateway"))
    }))
}

/// The interfaces of the smallest connected networks that hold a gateway, each once
fn near<'v>(view: &'v View<'_>, gateway: Ipv4Addr) -> Vec<&'v Value> {
    let is_near = |route: &&RouteState| {
        route.row.menu == ADDRESSES && route.activity == Activity::Active && route.prefix.contains(&gateway)
    };
    let near: Vec<&RouteState> = view.routes().iter().filter(is_near).collect();
    let longest = near.iter().map(|route| route.prefix.prefix_len()).max();
    let of_longest = near
        .iter()
        .filter(|route| Some(route.prefix.prefix_len()) == longest);
    let mut interfaces: Vec<&Value> = of_longest.filter_map(|route| leaves_by(route)).collect();
    interfaces.sort_unstable();
    interfaces.dedup();
    interfaces
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    macro_rules! modems {
        ($routes:expr) => {
            concat!(
                "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.168.1.2/24 interface=ether1\n",
                "add address=192.168.1.3/24 interface=ether2\n",
                "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\nadd action=masquerade chain=srcnat out-interface=ether2\n",
                "/ip route\n",
                $routes
            )
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(modems!(
                    "add check-gateway=ping gateway=192.168.1.1\nadd check-gateway=ping distance=2 gateway=192.168.1.1\n"
                )),
                says: &[
                    "gateway `192.168.1.1` is in networks of `ether1` and `ether2`: packets for it leave by any of them",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    "/ip address\nadd address=192.0.2.130/24 interface=bridge\n",
                    "/ip route\nadd check-gateway=ping gateway=192.0.2.1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "gateway `192.0.2.1` is in networks of `bridge` and `ether1`: packets for it leave by any of them",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "gateways that are pinned",
                Export(modems!(
                    "add check-gateway=ping gateway=192.168.1.1%ether1\nadd check-gateway=ping distance=2 gateway=192.168.1.1%ether2\n"
                )),
            ),
            (
                "networks of two VRFs",
                Export(modems!(
                    "add check-gateway=ping gateway=192.168.1.1\n/ip vrf\nadd interfaces=ether2 name=guests\n"
                )),
            ),
            ("a gateway each", Export(two_lines!(defaults!()))),
            (
                "a smaller network within a large one",
                Export(two_lines!(
                    "/ip address\nadd address=192.0.0.1/16 interface=bridge\n",
                    defaults!()
                )),
            ),
            (
                "two addresses of one network on one interface",
                Export(two_lines!(
                    "/ip address\nadd address=192.0.2.3/24 interface=ether1\n",
                    defaults!()
                )),
            ),
        ],
    }
};
