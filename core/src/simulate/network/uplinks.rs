//! The interfaces that lead to providers.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::Address;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::survey::bridge_of;
use crate::survey::interfaces::{self, InterfaceKind, enabled, listed};
use crate::survey::networks::parse;

/// The interfaces that lead to providers: those of clients, and those of default routes and of the host routes that their next
/// hops are found by; in the order in which the router lists its interfaces.
pub(super) fn of(router: &Router) -> Vec<Value> {
    let found = clients(router).into_iter().chain(hops(router));
    let uplinks: BTreeSet<Value> = found.collect();
    let listed = interfaces::names(router);
    let place = |name: &Value| {
        listed
            .iter()
            .position(|known| *known == name)
            .unwrap_or(usize::MAX)
    };
    let mut uplinks: Vec<Value> = uplinks.into_iter().collect();
    uplinks.sort_by_key(place);
    uplinks
}

/// The interfaces of clients that run.
fn clients(router: &Router) -> Vec<Value> {
    let leases = enabled(router, DHCP_CLIENTS)
        .filter_map(|row| row.get("interface"))
        .filter(|interface| bridge_of(router, interface.as_bytes()).is_none());
    let interfaces = listed(router);
    let sessions = interfaces.iter().filter(|known| {
        let adds_default = || known.row.is_some_and(|row| row.is("add-default-route", "yes"));
        known.row.is_none_or(|row| !row.disabled())
            && match known.kind {
                InterfaceKind::Pppoe | InterfaceKind::Ppp | InterfaceKind::Lte => true,
                InterfaceKind::PppTunnel => adds_default(),
                _ => false,
            }
    });
    let sessions = sessions.map(|known| known.name);
    leases.chain(sessions).cloned().collect()
}

/// The interfaces that next hops of routes to everywhere are behind.
fn hops(router: &Router) -> Vec<Value> {
    let routes: Vec<(Ipv4Net, &Row)> = router.table(ROUTES).iter().filter_map(destination).collect();
    let everywhere = routes.iter().filter(|(to, _)| to.prefix_len() == 0);
    // A script may have disabled the default of a line that is dead: it is a line all the same, unless it is a LAN.
    let serves =
        |gateway: &&[u8]| interface_of(router, gateway).is_some_and(|interface| is_lan(router, &interface));
    let is_meant = |row: &Row, gateway: &&[u8]| !row.disabled() || !serves(gateway);
    let mut wanted: Vec<&[u8]> = everywhere
        .flat_map(|(_, row)| gateways(row).filter(move |gateway| is_meant(row, gateway)))
        .collect();
    let mut found = Vec::new();
    // A next hop that is itself found by a route is followed; each once.
    let mut at = 0;
    while let Some(gateway) = wanted.get(at).copied() {
        at = at.saturating_add(1);
        found.extend(interface_of(router, gateway));
        // A route to it alone comes before a network that holds it.
        let Some(host) = address(gateway) else { continue };
        let through = routes.iter().filter(|(to, _)| *to == Ipv4Net::from(host));
        for next in through.flat_map(|(_, row)| gateways(row)) {
            if !wanted.contains(&next) {
                wanted.push(next);
            }
        }
    }
    found
}

/// Whether a router gives addresses on an interface.
fn is_lan(router: &Router, interface: &Value) -> bool {
    enabled(router, "/ip/dhcp-server").any(|row| row.get("interface") == Some(interface))
}

/// Where a route leads: everywhere, where it does not say.
fn destination(row: &Row) -> Option<(Ipv4Net, &Row)> {
    let to = match row.get("dst-address") {
        Some(to) => parse(to)?,
        None => Ipv4Net::default(),
    };
    Some((to, row))
}

fn address(text: &[u8]) -> Option<Ipv4Addr> {
    core::str::from_utf8(text).ok()?.parse().ok()
}

/// The parts of a route's `gateway`.
pub(crate) fn gateways(row: &Row) -> impl Iterator<Item = &[u8]> {
    let all = row.get("gateway").map_or(&b""[..], Value::as_bytes);
    all.split(|byte| *byte == b',')
        .filter(|gateway| !gateway.is_empty())
}

/// The interface that a `gateway` is behind: it names one, or the address is in a network of one.
fn interface_of(router: &Router, gateway: &[u8]) -> Option<Value> {
    let mut parts = gateway.splitn(2, |byte| *byte == b'%');
    let (hop, pin) = (parts.next()?, parts.next());
    if let Some(pin) = pin {
        return Some(Value::from(pin));
    }
    let Some(hop) = address(hop) else {
        return interfaces::find(router, hop).map(|known| known.name.clone());
    };
    let addresses = enabled(router, "/ip/address").filter_map(Address::of);
    let mut near = addresses.filter(|address| address.connected.contains(&hop));
    near.next().map(|address| address.interface.clone())
}

const DHCP_CLIENTS: &str = "/ip/dhcp-client";
const ROUTES: &str = "/ip/route";
