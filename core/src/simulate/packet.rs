//! A packet on its way, and the connection that the router takes it to belong to.

use core::fmt;
use core::net::Ipv4Addr;

use serde::Serialize;

use crate::routeros::value::Value;

/// A protocol above IP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Protocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
    /// ICMP.
    Icmp,
}

/// Which way of its connection a packet goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// As the first one.
    Original,
    /// Back.
    Reply,
}

/// What connection tracking says of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// The first of its connection.
    New,
    /// Of a connection that is known.
    Established,
    /// `notrack` keeps it from connection tracking.
    Untracked,
}

/// A packet as the router has it at some point of its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Packet {
    /// Where it came in; none of what the router sends itself.
    pub(crate) in_interface: Option<Value>,
    /// Where it goes out, once that is decided.
    pub(crate) out_interface: Option<Value>,
    pub(crate) source: Ipv4Addr,
    pub(crate) destination: Ipv4Addr,
    pub(crate) protocol: Protocol,
    /// Of ICMP none.
    pub(crate) source_port: Option<u16>,
    pub(crate) destination_port: Option<u16>,
    pub(crate) direction: Direction,
    pub(crate) routing_mark: Option<Value>,
    pub(crate) packet_mark: Option<Value>,
    /// Of a customer of a hotspot, whether he has logged in; none where his network has no hotspot.
    pub(crate) logged_in: Option<bool>,
}

/// A connection as the router tracks it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Connection {
    /// Whether its first packet has gone all its way.
    pub(crate) is_known: bool,
    /// Whether raw keeps the packet that is on its way from connection tracking.
    pub(crate) is_untracked: bool,
    pub(crate) mark: Option<Value>,
    /// What its source became, as other hosts see it.
    pub(crate) source: Option<Translated>,
    /// What its destination became.
    pub(crate) destination: Option<Translated>,
    /// Whether that is the address of the interface, which a masquerade follows.
    pub(crate) is_masqueraded: bool,
    pub(crate) is_fasttracked: bool,
}

/// An address and a port in place of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Translated {
    /// What stood there before.
    pub(crate) was: Ipv4Addr,
    pub(crate) was_port: Option<u16>,
    pub(crate) address: Ipv4Addr,
    pub(crate) port: Option<u16>,
}

impl Connection {
    pub(crate) fn state(&self) -> State {
        match self.is_known {
            _ if self.is_untracked => State::Untracked,
            true => State::Established,
            false => State::New,
        }
    }
}

impl Protocol {
    /// As RouterOS calls it, and its number.
    pub(crate) fn names(self) -> [&'static str; 2] {
        let number = match self {
            Self::Tcp => "6",
            Self::Udp => "17",
            Self::Icmp => "1",
        };
        [self.as_str(), number]
    }

    /// All of them.
    pub const ALL: &'static [Self] = &[Self::Tcp, Self::Udp, Self::Icmp];

    /// As RouterOS and JSON call it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Tcp => "tcp",
            Self::Udp => "udp",
            Self::Icmp => "icmp",
        }
    }

    /// Whether it has ports.
    pub fn has_ports(self) -> bool {
        self != Self::Icmp
    }
}

impl fmt::Display for Protocol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
