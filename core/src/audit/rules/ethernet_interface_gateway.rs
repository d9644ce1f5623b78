#![doc = include_str!("ethernet_interface_gateway.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::ROUTES;
use crate::audit::routing::parts;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::rule::property_subject;
use crate::simulate::{Activity, RouteKind, RouteState, Why};
use crate::survey::interfaces::{Interface, InterfaceKind, enabled, find, is_set_to};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("ethernet-interface-gateway"),
    level: Level::Error,
    page: include_str!("ethernet_interface_gateway.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let defaults = view
        .static_routes()
        .filter(|(route, _)| route.prefix.prefix_len() == 0 && is_meant(route));
    defaults
        .filter_map(|(route, row)| finding(view, route, row))
        .collect()
}

/// Whether it is used, or would be but for its check
fn is_meant(route: &RouteState) -> bool {
    let is_dead = matches!(route.activity, Activity::Inactive(why) if why != Why::NothingToCheck);
    route.kind == RouteKind::Unicast && !is_dead
}

fn finding(view: &View<'_>, route: &RouteState, row: &Row) -> Option<Diagnostic> {
    let mut named = parts(&route.gateway).filter_map(|part| find(view.router(), part));
    let interface = named.find(|known| asks_for_mac(view, known))?;
    let name = interface.name.to_text();
    let (message, help) = match route.activity {
        Activity::Inactive(_) => (
            format!(
                "the default over `{name}` is never used: an interface has no address that the check could ask"
            ),
            "name the address of the next hop",
        ),
        _ => (
            format!(
                "the default over `{name}` names no next hop: the router asks there for the MAC address of every host in the internet"
            ),
            "name the address of the next hop; it works without only where the provider's router answers for all hosts (proxy ARP)",
        ),
    };
    Some(
        RULE.finding(message)
            .with_help(help)
            .about(property_subject(ROUTES, row, "gateway")),
    )
}

/// Whether neighbours are told apart by MAC addresses there; a bridge without ports is where some send what they want to lose
fn asks_for_mac(view: &View<'_>, interface: &Interface<'_>) -> bool {
    let has_ports = || {
        enabled(view.router(), "/interface/bridge/port")
            .any(|row| is_set_to(row, "bridge", interface.name.as_bytes()))
    };
    match interface.kind {
        InterfaceKind::Bridge => has_ports(),
        kind => ASKING.contains(&kind),
    }
}

const ASKING: [InterfaceKind; 5] = [
    InterfaceKind::Ethernet,
    InterfaceKind::Sfp,
    InterfaceKind::Wireless,
    InterfaceKind::Vlan,
    InterfaceKind::Bonding,
];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines, two_lines_v6};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd gateway=ether1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "the default over `ether1` names no next hop: the router asks there for the MAC address of every host in the internet",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    "/interface vlan\nadd interface=ether3 name=vlan35 vlan-id=35\n/ip address\nadd address=100.64.9.2/24 interface=vlan35\n",
                    "/ip route\nadd check-gateway=ping gateway=vlan35\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "the default over `vlan35` is never used: an interface has no address that the check could ask",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    "/ip route\nadd gateway=192.0.2.1 routing-mark=to-isp1\nadd gateway=ether2 routing-mark=to-isp2\nadd gateway=192.0.2.1\n"
                )),
                says: &[
                    "the default over `ether2` names no next hop: the router asks there for the MAC address of every host in the internet",
                ],
                fix: &[],
            },
        ],
        passed: &[
            ("next hops with addresses", Export(two_lines!(defaults!()))),
            (
                "a session, which has one neighbour",
                Export(two_lines!(
                    "/interface pppoe-client\nadd disabled=no interface=ether3 name=pppoe-out1 user=office\n/ip route\nadd gateway=pppoe-out1\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a next hop that is pinned to its interface, and one outside the line's network that is found there",
                Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1%ether1\nadd dst-address=100.64.0.1/32 gateway=ether2 scope=10\nadd distance=2 gateway=100.64.0.1 target-scope=11\n"
                )),
            ),
            (
                "a bridge without ports behind all lines, where packets end",
                Export(two_lines!(
                    "/interface bridge\nadd name=nowhere\n",
                    defaults!(),
                    "add distance=250 gateway=nowhere\n"
                )),
            ),
        ],
    }
};
