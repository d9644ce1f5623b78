//! What is wrong with which line, how long ago, and what is sent.

use alloc::collections::BTreeMap;
use alloc::string::String;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::Serialize;

use super::packet::Protocol;
use crate::routeros::value::Value;

/// How an internet line is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// It works.
    #[default]
    Up,
    /// The cable is unplugged, the session or the modem's registration is gone: the interface is not running.
    LinkDown,
    /// The link is up, but the provider gives no address: the lease ran out, the session does not come up. A static address stays.
    NoLease,
    /// Address and link are there, and the provider's gateway does not answer. Of a point-to-point line, nothing answers.
    GatewayDead,
    /// The gateway answers, and nothing behind it.
    UpstreamDead,
}

/// How far the router has come since the lines failed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Noticed {
    /// What it learns at once: links and leases.
    AtOnce,
    /// And what `check-gateway` finds within its time.
    Checks,
    /// And what netwatch finds, its scripts having run.
    #[default]
    Everything,
}

/// What a provider gave to a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The router's address, with the length of its network; of a session, 32.
    pub address: Ipv4Net,
    /// The provider's gateway, or the other end of the session.
    pub gateway: Ipv4Addr,
}

/// Where traffic comes from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Source {
    /// A customer: a host of the first LAN, else somebody who dialled in to the PPPoE server.
    #[default]
    Lan,
    /// A host behind an interface, which may be one of a session (`<pppoe-jo>`).
    Interface {
        /// The interface.
        interface: Value,
        /// The host; one of the network of the interface where it is not given.
        source: Option<Ipv4Addr>,
    },
    /// The router itself.
    Router,
    /// The internet, over a line, to the router's address there.
    Internet {
        /// The interface of the line.
        line: Value,
        /// Who sends it.
        source: Ipv4Addr,
    },
}

/// Traffic whose way is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traffic {
    /// Where it comes from.
    pub from: Source,
    /// Where it goes; of traffic from the internet, `None` is the router's address on that line.
    pub to: Option<Ipv4Addr>,
    /// By which protocol.
    pub protocol: Protocol,
    /// To which port; of ICMP and others, none.
    pub port: Option<u16>,
    /// Whether the connection was open before the lines failed.
    pub established: bool,
    /// Of a customer of a hotspot, whether he has logged in.
    pub logged_in: bool,
}

/// What is assumed of the world around a router.
///
/// # Example
/// ```
/// use multi_isp::simulate::{Condition, Scenario};
///
/// let scenario = Scenario::default().with_line("ether1", Condition::GatewayDead);
/// assert_eq!(scenario.condition(b"ether1"), Condition::GatewayDead);
/// assert_eq!(scenario.condition(b"ether2"), Condition::Up, "what is not said works");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scenario {
    lines: BTreeMap<Value, Condition>,
    leases: BTreeMap<Value, Lease>,
    /// How far the router has come since.
    pub noticed: Noticed,
    /// What is sent.
    pub traffic: Traffic,
}

impl Scenario {
    /// The scenario with a line in a condition; the line is named by the interface that packets leave by, or by its port.
    #[must_use]
    pub fn with_line(mut self, interface: impl Into<Value>, condition: Condition) -> Self {
        self.lines.insert(interface.into(), condition);
        self
    }

    /// The scenario with what a provider gives to the client of an interface, instead of what the router was read with.
    #[must_use]
    pub fn with_lease(mut self, interface: impl Into<Value>, lease: Lease) -> Self {
        self.leases.insert(interface.into(), lease);
        self
    }

    /// The same with other traffic.
    #[must_use]
    pub fn with_traffic(mut self, traffic: Traffic) -> Self {
        self.traffic = traffic;
        self
    }

    /// The same at another time since the failure.
    #[must_use]
    pub fn at(mut self, noticed: Noticed) -> Self {
        self.noticed = noticed;
        self
    }

    /// How a line is.
    pub fn condition(&self, interface: &[u8]) -> Condition {
        let mut lines = self.lines.iter();
        lines
            .find_map(|(name, condition)| (name.as_bytes() == interface).then_some(*condition))
            .unwrap_or_default()
    }

    /// The lines of which something is said.
    pub fn lines(&self) -> impl Iterator<Item = (&Value, Condition)> {
        self.lines.iter().map(|(name, condition)| (name, *condition))
    }

    pub(super) fn lease(&self, interface: &[u8]) -> Option<&Lease> {
        let mut leases = self.leases.iter();
        leases.find_map(|(name, lease)| (name.as_bytes() == interface).then_some(lease))
    }

    /// The same with all lines up, as before they failed.
    pub(super) fn healthy(&self) -> Self {
        Self {
            lines: BTreeMap::new(),
            ..self.clone()
        }
    }
}

impl Source {
    /// The internet, over a line; somebody there where it is not said who.
    pub fn internet(line: impl Into<Value>, source: Option<Ipv4Addr>) -> Self {
        Self::Internet {
            line: line.into(),
            source: source.unwrap_or(SOMEBODY),
        }
    }

    /// The interface that is named.
    pub(super) fn interface(&self) -> Option<&Value> {
        match self {
            Self::Lan | Self::Router => None,
            Self::Interface { interface, .. } => Some(interface),
            Self::Internet { line, .. } => Some(line),
        }
    }
}

impl Traffic {
    /// A new connection.
    pub fn new(from: Source, to: Ipv4Addr, protocol: Protocol, port: Option<u16>) -> Self {
        Self {
            from,
            to: Some(to),
            protocol,
            port,
            established: false,
            logged_in: true,
        }
    }

    /// A page that is opened from there (TCP, port 443): one of a host in the internet; from the internet, one of the router, at its
    /// address on that line.
    pub fn of(from: Source) -> Self {
        let usual = Self::default();
        Self {
            to: usual.to.filter(|_| !matches!(from, Source::Internet { .. })),
            from,
            ..usual
        }
    }

    /// The same, open before the lines failed.
    #[must_use]
    pub fn established(mut self) -> Self {
        self.established = true;
        self
    }
}

/// A customer opens a page of a host in the internet.
impl Default for Traffic {
    fn default() -> Self {
        Self::new(Source::Lan, SOMEWHERE, Protocol::Tcp, Some(443))
    }
}

impl Condition {
    /// All of them, the best first.
    pub const ALL: [Self; 5] = [
        Self::Up,
        Self::LinkDown,
        Self::NoLease,
        Self::GatewayDead,
        Self::UpstreamDead,
    ];

    /// As JSON names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::LinkDown => "link_down",
            Self::NoLease => "no_lease",
            Self::GatewayDead => "gateway_dead",
            Self::UpstreamDead => "upstream_dead",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|condition| condition.as_str() == text)
    }

    /// For people, as `link down`.
    pub fn told(self) -> String {
        self.as_str().replace('_', " ")
    }
}

impl Noticed {
    /// All of them, the earliest first.
    pub const ALL: &'static [Self] = &[Self::AtOnce, Self::Checks, Self::Everything];

    /// As JSON names it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AtOnce => "at_once",
            Self::Checks => "checks",
            Self::Everything => "everything",
        }
    }
}

/// A host that stands for the internet (TEST-NET-3, RFC 5737), which no router has a route of its own to.
pub const SOMEWHERE: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 80);

/// A host that stands for whoever comes from there (TEST-NET-3 too).
pub const SOMEBODY: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 200);
