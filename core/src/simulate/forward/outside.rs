//! What becomes of a packet behind the interface that it left by.

use core::net::Ipv4Addr;

use super::Way;
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::simulate::packet::Direction;
use crate::simulate::routes::Hop;
use crate::simulate::trace::{Cause, End};
use crate::survey::InterfaceKind;
use crate::survey::interfaces::enabled;
use crate::survey::networks::parse;

impl Way<'_, '_> {
    pub(super) fn outside(&mut self, hop: &Hop<'_>) -> End {
        let network = &self.situation.network;
        let interface = hop.interface;
        if let Some(cause) = self.astray(hop) {
            return self.lost(cause);
        }
        if !network.is_uplink(interface) {
            return End::Host {
                interface: Value::from(hop.interface),
            };
        }
        let destination = self.packet.destination;
        if let Some(cause) = self.unanswerable(hop) {
            return self.lost(cause);
        }
        if !network.answers(interface, destination) {
            return self.lost(Cause::LineDead);
        }
        End::Internet {
            line: Value::from(hop.interface),
        }
    }

    /// Says what of the way out is not followed.
    pub(super) fn doubt_what_is_beyond(&mut self, hop: &Hop<'_>) {
        let network = &self.situation.network;
        let is_tunnel = |kind| matches!(kind, InterfaceKind::Tunnel | InterfaceKind::PppTunnel);
        if network.kind(hop.interface).is_some_and(is_tunnel) {
            let name = text(hop.interface);
            let doubt =
                alloc::format!("what the tunnel {name} runs over is not followed: it is taken to work");
            self.log.unmodelled(doubt);
        }
        let covers = |row: &Row| {
            let net = |property: &str| parse(row.get(property)?);
            let to = net("dst-address").filter(|net| net.prefix_len() > 0);
            !row.is("action", "none")
                && net("src-address").is_some_and(|net| net.contains(&self.packet.source))
                && to.is_some_and(|net| net.contains(&self.packet.destination))
        };
        if enabled(network.router(), "/ip/ipsec/policy").any(covers) {
            let destination = self.packet.destination;
            let doubt =
                alloc::format!("an IPsec policy covers what goes to {destination}, and is not followed");
            self.log.unmodelled(doubt);
        }
    }

    /// Why the packet is not where it should be.
    fn astray(&self, hop: &Hop<'_>) -> Option<Cause> {
        let network = &self.situation.network;
        let (interface, destination) = (hop.interface, self.packet.destination);
        if hop.asks_for_mac && network.is_uplink(interface) && !self.is_neighbour(interface, destination) {
            return Some(Cause::AsksForMac);
        }
        if network.is_own(destination) {
            return Some(Cause::NotReceived);
        }
        let is_sent_out = network.is_uplink(interface) && !self.is_neighbour(interface, destination);
        (is_sent_out && self.is_inside(interface, destination)).then_some(Cause::SentOut)
    }

    /// Whether a host is in a network behind another interface: one of the router's own, or one that main leads to inside.
    fn is_inside(&self, interface: &[u8], host: Ipv4Addr) -> bool {
        let network = &self.situation.network;
        let is_connected = || {
            let mut own = network.addresses();
            own.any(|own| own.connected.contains(&host) && own.interface.as_bytes() != interface)
        };
        let is_routed = || {
            let route = self.situation.fib.lookup(b"main", host, None);
            route.is_some_and(|route| {
                let leads_inside = route.hops.iter().all(|hop| !network.is_uplink(hop.interface));
                route.prefix.prefix_len() > 0 && !route.hops.is_empty() && leads_inside
            })
        };
        is_connected() || is_routed()
    }

    /// Why nobody can answer to the source that the packet leaves with.
    fn unanswerable(&mut self, hop: &Hop<'_>) -> Option<Cause> {
        let network = &self.situation.network;
        let source = self.packet.source;
        let mut lines = network.lines_of(source).peekable();
        if lines.peek().is_some() {
            let is_other = lines.all(|line| line.as_bytes() != hop.interface);
            return is_other.then_some(match self.packet.direction {
                Direction::Original => Cause::WrongSource,
                Direction::Reply => Cause::WrongLine,
            });
        }
        let is_translated = self.connection.source.is_some_and(|to| to.address == source);
        if is_translated && self.connection.is_masqueraded {
            return Some(Cause::WrongSource);
        }
        if is_private(source) {
            if let Some(gateway) = hop.next_hop.filter(|gateway| is_private(*gateway)) {
                let doubt = alloc::format!(
                    "whether {gateway} translates what comes with a source like {source} is not known: it is taken not to"
                );
                self.log.unmodelled(doubt);
            }
            return Some(Cause::Untranslated);
        }
        let known = alloc::format!(
            "whether the provider of {} routes {source} is not known: it is taken to",
            text(hop.interface)
        );
        self.log.unmodelled(known);
        None
    }

    fn is_neighbour(&self, interface: &[u8], address: Ipv4Addr) -> bool {
        let mut own = self.situation.network.addresses();
        own.any(|known| known.interface.as_bytes() == interface && known.connected.contains(&address))
    }
}

fn text(interface: &[u8]) -> alloc::borrow::Cow<'_, str> {
    alloc::string::String::from_utf8_lossy(interface)
}

/// Addresses that no provider routes: RFC 1918, RFC 6598, link-local.
fn is_private(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_private() || address.is_link_local() || (first == 100 && (64..128).contains(&second))
}
