//! What a rule of network address translation makes of an address.

use core::net::Ipv4Addr;

use super::parse::{Span, range, span};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::simulate::packet::Packet;

/// What a rule says of addresses and ports \[D:3211299\].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Recipe {
    kind: Kind,
    /// `to-addresses`; none where only ports change.
    to: Option<Span>,
    /// The first of `to-ports`.
    port: Option<u16>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    DstNat,
    Masquerade,
    Netmap,
    Redirect,
    /// `same` is it too: which of several addresses a client gets decides no way.
    SrcNat,
}

/// What a rule makes of a packet; of several addresses or ports that it may choose from, the first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Translation {
    /// The source becomes the address of the interface that the packet leaves by.
    Masquerade { port: Option<u16> },
    /// The source becomes this; without an address, only its port changes.
    SrcNat {
        address: Option<Ipv4Addr>,
        port: Option<u16>,
    },
    /// The destination becomes this; without an address, only its port changes.
    DstNat {
        address: Option<Ipv4Addr>,
        port: Option<u16>,
    },
    /// The destination becomes the router.
    Redirect { port: Option<u16> },
    /// The source in `srcnat`, else the destination, becomes the address at the same place in another network.
    Netmap {
        address: Option<Ipv4Addr>,
        port: Option<u16>,
    },
}

impl Recipe {
    /// None of other actions, and where `to-addresses` or `to-ports` are not understood.
    pub(super) fn of(row: &Row) -> Option<Self> {
        let kind = match row.get("action")?.as_bytes() {
            b"dst-nat" => Kind::DstNat,
            b"masquerade" => Kind::Masquerade,
            b"netmap" => Kind::Netmap,
            b"redirect" => Kind::Redirect,
            b"same" | b"src-nat" => Kind::SrcNat,
            _ => return None,
        };
        let said = |property| {
            row.get(property)
                .map(Value::as_bytes)
                .filter(|value| !value.is_empty())
        };
        let to = match said("to-addresses") {
            Some(addresses) => Some(span(addresses)?),
            None => None,
        };
        let port = match said("to-ports") {
            Some(ports) => Some(range(ports)?.0),
            None => None,
        };
        // `0.0.0.0` is the default, and no address.
        let to = to.filter(|to| !to.last.is_unspecified());
        Some(Self { kind, to, port })
    }

    /// What becomes of a packet in a chain that was begun as `chain`.
    pub(super) fn apply(self, chain: &str, packet: &Packet) -> Translation {
        let (address, port) = (self.to.map(|to| to.first), self.port);
        match self.kind {
            Kind::Masquerade => Translation::Masquerade { port },
            Kind::Redirect => Translation::Redirect { port },
            Kind::SrcNat => Translation::SrcNat { address, port },
            Kind::DstNat => Translation::DstNat { address, port },
            Kind::Netmap => {
                let old = if SOURCE_CHAINS.contains(&chain) {
                    packet.source
                } else {
                    packet.destination
                };
                let address = self.to.map(|to| mapped(to, old));
                Translation::Netmap { address, port }
            }
        }
    }
}

impl Translation {
    pub(crate) fn port(&self) -> Option<u16> {
        match self {
            Self::Masquerade { port }
            | Self::SrcNat { port, .. }
            | Self::DstNat { port, .. }
            | Self::Redirect { port }
            | Self::Netmap { port, .. } => *port,
        }
    }
}

/// "A static 1:1 mapping of one set of IP addresses to another": the host bits stay.
fn mapped(to: Span, old: Ipv4Addr) -> Ipv4Addr {
    let hosts = to.last.to_bits() ^ to.first.to_bits();
    Ipv4Addr::from_bits(to.first.to_bits() & !hosts | old.to_bits() & hosts)
}

/// Chains of nat in which sources are translated; RouterOS 7 has `input` too \[D:3211299\].
const SOURCE_CHAINS: [&str; 2] = ["srcnat", "input"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn netmap_keeps_the_host_bits() {
        let to = |text: &str| span(text.as_bytes()).unwrap();
        let old = Ipv4Addr::new(192, 168, 88, 37);
        assert_eq!(mapped(to("10.7.7.0/24"), old), Ipv4Addr::new(10, 7, 7, 37));
        assert_eq!(
            mapped(to("10.7.7.0-10.7.7.255"), old),
            Ipv4Addr::new(10, 7, 7, 37)
        );
        assert_eq!(mapped(to("10.7.7.9"), old), Ipv4Addr::new(10, 7, 7, 9));
    }
}
