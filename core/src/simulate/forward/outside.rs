//! What becomes of a packet behind the interface that it left by.

use core::net::Ipv4Addr;

use super::Way;
use crate::routeros::value::Value;
use crate::simulate::packet::Direction;
use crate::simulate::routes::Hop;
use crate::simulate::trace::{Cause, End};

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
        if let Some(cause) = self.unanswerable(interface) {
            return self.lost(cause);
        }
        if !network.answers(interface, destination) {
            return self.lost(Cause::LineDead);
        }
        End::Internet {
            line: Value::from(hop.interface),
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
    fn unanswerable(&mut self, interface: &[u8]) -> Option<Cause> {
        let network = &self.situation.network;
        let source = self.packet.source;
        let is_of_line = |address: Ipv4Addr| {
            let mut own = network.addresses();
            own.any(|known| {
                known.interface.as_bytes() == interface && is_of(known.own, known.connected, address)
            })
        };
        if is_of_line(source) {
            return None;
        }
        if self.packet.direction == Direction::Reply {
            return Some(Cause::WrongLine);
        }
        if self
            .connection
            .source
            .is_some_and(|translated| translated.address == source)
        {
            return Some(Cause::WrongSource);
        }
        if network.is_own(source) && !is_private(source) {
            return Some(Cause::WrongSource);
        }
        if is_private(source) || network.is_own(source) {
            return Some(Cause::Untranslated);
        }
        let known = alloc::format!(
            "whether the provider of {} routes {source} is not known",
            text(interface)
        );
        self.log.unmodelled(known);
        None
    }

    fn is_neighbour(&self, interface: &[u8], address: Ipv4Addr) -> bool {
        let mut own = self.situation.network.addresses();
        own.any(|known| known.interface.as_bytes() == interface && known.connected.contains(&address))
    }
}

/// Whether an address is the router's own or of its network there.
fn is_of(own: Ipv4Addr, connected: ipnet::Ipv4Net, address: Ipv4Addr) -> bool {
    own == address || (connected.prefix_len() < 32 && connected.contains(&address))
}

fn text(interface: &[u8]) -> alloc::borrow::Cow<'_, str> {
    alloc::string::String::from_utf8_lossy(interface)
}

/// Addresses that no provider routes: RFC 1918, RFC 6598, link-local.
fn is_private(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_private() || address.is_link_local() || (first == 100 && (64..128).contains(&second))
}
