//! Who sends the first packet: customers, the router, hosts in the internet.

use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::Situation;
use crate::routeros::value::Value;
use crate::simulate::network::{Address, Network, SESSION};
use crate::simulate::packet::{Direction, Packet};
use crate::simulate::scenario::{SOMEWHERE, Source, Traffic};
use crate::simulate::trace::Cause;
use crate::survey::hotspot_interfaces;
use crate::survey::interfaces::enabled;
use crate::survey::networks::parse;

/// Where a packet comes in, and from whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Origin {
    pub(crate) interface: Option<Value>,
    pub(crate) source: Ipv4Addr,
}

/// The first packet of traffic.
pub(crate) fn begin(situation: &Situation<'_>, traffic: &Traffic) -> Result<Packet, Cause> {
    let network = &situation.network;
    if traffic
        .from
        .interface()
        .is_some_and(|name| !network.is_known(name))
    {
        return Err(Cause::NoInterface);
    }
    let origin = origin(network, &traffic.from).ok_or(match &traffic.from {
        Source::Internet { .. } => Cause::LineDead,
        Source::Lan | Source::Interface { .. } | Source::Router => Cause::NoSource,
    })?;
    let line = match &traffic.from {
        Source::Internet { line, .. } => Some(line),
        _ => None,
    };
    let on_line = || {
        line.and_then(|line| address_on(network, line))
            .map(|address| address.own)
    };
    let destination = traffic.to.or_else(on_line).unwrap_or(SOMEWHERE);
    let has_ports = traffic.protocol.has_ports();
    Ok(Packet {
        logged_in: origin
            .interface
            .as_ref()
            .filter(|interface| has_hotspot(network, interface))
            .map(|_| traffic.logged_in),
        in_interface: origin.interface,
        out_interface: None,
        source: origin.source,
        destination,
        protocol: traffic.protocol,
        source_port: has_ports.then_some(SOURCE_PORT),
        destination_port: traffic.port.filter(|_| has_ports),
        direction: Direction::Original,
        routing_mark: None,
        packet_mark: None,
    })
}

fn origin(network: &Network<'_>, from: &Source) -> Option<Origin> {
    match from {
        Source::Router => Some(Origin {
            interface: None,
            source: Ipv4Addr::UNSPECIFIED,
        }),
        Source::Internet { line, source } => {
            let is_up = network.answers(line.as_bytes(), *source);
            is_up.then(|| Origin {
                interface: Some(line.clone()),
                source: *source,
            })
        }
        Source::Interface { interface, source } => {
            let host = source.or_else(|| host_of(network, address_on(network, interface)?));
            Some(Origin {
                interface: Some(interface.clone()),
                source: host?,
            })
        }
        Source::Lan => customers(network).into_iter().next(),
    }
}

/// The customers: whoever dialled in, and a host of every network that serves customers, and of those beside them that are in the
/// router's list `LAN`; where none serves, of every network that leads to no provider.
pub(crate) fn customers(network: &Network<'_>) -> Vec<Origin> {
    let router = network.router();
    let serves = |address: &&Address<'_>| {
        SERVERS
            .iter()
            .any(|menu| enabled(router, menu).any(|row| row.get("interface") == Some(address.interface)))
    };
    let is_session = |address: &&Address<'_>| address.interface.as_bytes().starts_with(SESSION);
    let is_inside = |address: &&Address<'_>| {
        let name = address.interface.as_bytes();
        !network.is_uplink(name) && !network.is_point_to_point(name) && address.connected.prefix_len() < 31
    };
    let of = |address: &Address<'_>, source| Origin {
        interface: Some(address.interface.clone()),
        source,
    };
    let host = |address: &Address<'_>| Some(of(address, host_of(network, address)?));
    let sessions = network.addresses().filter(is_session);
    let mut customers: Vec<Origin> = sessions.map(|own| of(own, own.connected.addr())).collect();
    let inside = || network.addresses().filter(is_inside);
    customers.extend(inside().filter(serves).filter_map(host));
    let is_listed = |address: &&Address<'_>| network.is_in_list(b"LAN", address.interface.as_bytes());
    if customers.is_empty() {
        let is_upon_line = |address: &&Address<'_>| network.stands_upon_uplink(address.interface.as_bytes());
        customers.extend(inside().filter(|address| !is_upon_line(address)).filter_map(host));
    } else {
        customers.extend(inside().filter(is_listed).filter_map(host));
    }
    let mut seen: Vec<Option<Value>> = Vec::new();
    customers.retain(|customer| {
        let is_new = !seen.contains(&customer.interface);
        seen.push(customer.interface.clone());
        is_new
    });
    customers
}

/// Somebody else in the network of an address, who is no server of forwarded ports.
fn host_of(network: &Network<'_>, address: &Address<'_>) -> Option<Ipv4Addr> {
    let near = address.connected;
    if near.prefix_len() == 32 {
        return Some(near.addr());
    }
    let servers: Vec<Ipv4Net> = enabled(network.router(), "/ip/firewall/nat")
        .filter_map(|row| parse(row.get("to-addresses")?))
        .collect();
    let is_server = |host: &Ipv4Addr| servers.iter().any(|server| server.contains(host));
    let mut hosts = near
        .hosts()
        .skip(SOME_HOST.min(hosts_in(near)))
        .chain(near.hosts());
    hosts.find(|host| *host != address.own && !is_server(host))
}

fn hosts_in(network: Ipv4Net) -> usize {
    let bits = u32::from(32_u8.saturating_sub(network.prefix_len()));
    1_usize.checked_shl(bits).unwrap_or(usize::MAX).saturating_sub(3)
}

fn address_on<'n, 'a>(network: &'n Network<'a>, interface: &Value) -> Option<&'n Address<'a>> {
    network.addresses().find(|address| address.interface == interface)
}

fn has_hotspot(network: &Network<'_>, interface: &Value) -> bool {
    hotspot_interfaces(network.router()).contains(interface)
}

/// Menus whose rows serve the customers of an `interface`.
const SERVERS: [&str; 2] = ["/ip/dhcp-server", "/ip/hotspot"];

/// A host behind the router's own and the first leases.
const SOME_HOST: usize = 9;

/// What a client sends from.
const SOURCE_PORT: u16 = 50_000;
