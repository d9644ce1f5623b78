//! The routing tables of a router as it is: which routes there are, which of them resolve, which are active.

mod candidates;
mod gateway;
mod notes;
mod resolve;
mod select;
mod state;
#[cfg(test)]
mod tests;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::Serialize;

pub(crate) use notes::ROUTE_MAKERS;
pub use state::{Activity, NextHop, RouteState, routes};

use self::gateway::Gateway;
use super::network::Network;
use crate::routeros::router::Row;

/// The routing tables of a router.
#[derive(Debug)]
pub(crate) struct Fib<'a> {
    routes: Vec<Route<'a>>,
    /// By table, the longest prefix first.
    selected: Vec<Selected<'a>>,
    notes: Vec<String>,
}

/// A route that the router could have.
#[derive(Clone, Debug)]
pub(crate) struct Route<'a> {
    pub(crate) origin: Origin,
    /// The menu of `row`.
    pub(crate) menu: &'static str,
    /// The static route, the address that is connected, the client that adds it.
    pub(crate) row: &'a Row,
    pub(crate) table: &'a [u8],
    pub(crate) prefix: Ipv4Net,
    /// 0 to 255: the lowest is in force.
    pub(crate) distance: u8,
    pub(crate) kind: RouteKind,
    pub(crate) gateways: Vec<Gateway<'a>>,
    /// Of each gateway where packets leave by, or why it leads nowhere.
    pub(crate) reached: Vec<Result<Vec<Hop<'a>>, Why>>,
    pub(crate) activity: Activity,
    scope: u8,
    target_scope: u8,
    check: Check,
}

/// Where a route comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Origin {
    Connected,
    Static,
    /// A client adds it while it is up.
    Client,
}

/// What a route does with packets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RouteKind {
    /// It sends them on.
    #[default]
    Unicast,
    /// It drops them without a word.
    Blackhole,
    /// It drops them and says that the host cannot be reached; RouterOS 6.
    Unreachable,
    /// It drops them and says that it is forbidden; RouterOS 6.
    Prohibit,
}

/// Why a route or one of its gateways is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Why {
    /// Its table does not exist, or is none to forward by.
    NoTable,
    /// Its distance is 255.
    NeverUsed,
    /// It names no gateway, or an interface that the router does not have.
    NoGateway,
    /// Its interface does not run.
    InterfaceDown,
    /// No active route leads to its gateway within its target scope.
    Unresolved,
    /// The route to its gateway sends nothing on.
    Refused,
    /// RouterOS 6: the route to its gateway names an interface.
    ThroughInterface,
    /// Its gateway does not answer the check.
    CheckFailed,
    /// RouterOS 7: its gateway is an interface, which no check can ask.
    NothingToCheck,
    /// It would make itself impossible: it never comes to rest.
    Unsettled,
}

/// Where packets leave by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hop<'a> {
    pub(crate) interface: &'a [u8],
    /// The neighbour that they are handed to; none where it is the destination itself, or the one that a point-to-point
    /// interface leads to.
    pub(crate) next_hop: Option<Ipv4Addr>,
    /// The gateway is the name of an Ethernet-like interface: the router asks there for the MAC address of each destination.
    pub(crate) asks_for_mac: bool,
    /// The route whose gateway it is.
    pub(crate) route: usize,
    /// The routes that the gateway was found by, one after the other.
    pub(crate) through: Vec<usize>,
}

/// All active routes of a prefix.
#[derive(Clone, Debug)]
pub(crate) struct Selected<'a> {
    pub(crate) table: &'a [u8],
    pub(crate) prefix: Ipv4Net,
    pub(crate) distance: u8,
    pub(crate) kind: RouteKind,
    /// Their indices.
    pub(crate) routes: Vec<usize>,
    /// The members of the ECMP route, each as likely as the other; none of routes that send nothing on.
    pub(crate) hops: Vec<Hop<'a>>,
}

/// How the gateway of a route is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Check {
    None,
    Ping,
    Arp,
    Bfd,
}

impl<'a> Fib<'a> {
    pub(crate) fn of(network: &Network<'a>) -> Self {
        let tables = candidates::tables(network);
        let mut routes = candidates::of(network, &tables);
        resolve::settle(network, &mut routes);
        let selected = select::selected(&routes);
        let notes = notes::of(network, &routes, &selected);
        Self {
            routes,
            selected,
            notes,
        }
    }

    /// The active routes of the longest prefix that holds a destination; `suppressed` leaves out prefixes of that length and
    /// shorter ones, as `min-prefix` of a routing rule does.
    pub(crate) fn lookup(
        &self,
        table: &[u8],
        destination: Ipv4Addr,
        suppressed: Option<u8>,
    ) -> Option<&Selected<'a>> {
        let start = self.selected.partition_point(|known| known.table < table);
        let of_table = self.selected.get(start..)?.iter();
        of_table
            .take_while(|known| known.table == table)
            .take_while(|known| suppressed.is_none_or(|length| known.prefix.prefix_len() > length))
            .find(|known| known.prefix.contains(&destination))
    }

    pub(crate) fn routes(&self) -> &[Route<'a>] {
        &self.routes
    }

    /// What is assumed, and what the router has and nobody here knows, in sentences.
    pub(crate) fn notes(&self) -> &[String] {
        &self.notes
    }
}

impl fmt::Display for RouteKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Unicast => "unicast",
            Self::Blackhole => "blackhole",
            Self::Unreachable => "unreachable",
            Self::Prohibit => "prohibit",
        })
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoTable => "its table does not exist",
            Self::NeverUsed => "distance 255 is never used",
            Self::NoGateway => "it names no gateway that there is",
            Self::InterfaceDown => "its interface is down",
            Self::Unresolved => "no active route leads to its gateway within its target-scope",
            Self::Refused => "the route to its gateway sends nothing on",
            Self::ThroughInterface => {
                "the route to its gateway names an interface, which RouterOS 6 does not resolve through"
            }
            Self::CheckFailed => "its gateway does not answer the check",
            Self::NothingToCheck => "its gateway is an interface, which no check can ask",
            Self::Unsettled => "it would make itself impossible",
        })
    }
}

impl Route<'_> {
    fn is_active(&self) -> bool {
        self.activity == Activity::Active
    }
}

const MAIN: &[u8] = b"main";
