//! What happened to packets on their way: the rules that matched, the tables and routes, the end.

mod mermaid;
mod text;

use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use serde::Serialize;

use super::packet::{Direction, Packet, Protocol, State};
use super::routes::Why;
use super::row::RowRef;
use crate::document::written;
use crate::pcc::Ratio;
use crate::routeros::router::Row;
use crate::routeros::value::Value;

/// What a router does with a connection.
///
/// Where nobody can know beforehand which way it goes - its bucket, the member of an ECMP route - there is a [`Way`] for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Trace {
    /// The kind of this document as JSON: [`Trace::SCHEMA`].
    pub schema: &'static str,
    /// The ways that it can go; their shares are 1 together, unless there are more than were followed.
    pub ways: Vec<Way>,
    /// Whether there are more ways than were followed.
    pub cut: bool,
    /// What was assumed because the router was not read with it, in sentences.
    pub assumed: Vec<String>,
    /// What the router has and the simulator does not know, in sentences; its effect is not in the trace.
    pub unmodelled: Vec<String>,
}

/// That of nothing.
impl Default for Trace {
    fn default() -> Self {
        Self {
            schema: Self::SCHEMA,
            ways: Vec::new(),
            cut: false,
            assumed: Vec::new(),
            unmodelled: Vec::new(),
        }
    }
}

impl Trace {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/trace/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("trace.schema.json");

    /// The trace as a JSON document.
    pub fn to_json(&self) -> String {
        written::json(self)
    }
}

/// One way that a connection can go.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The part of all such connections that goes this way.
    pub share: Ratio,
    /// The packets of the connection one after the other, up to the first that is lost.
    pub packets: Vec<PacketTrace>,
    /// What becomes of the connection.
    pub verdict: Verdict,
}

/// What becomes of a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    /// It works.
    Works {
        /// The line that it goes over; none where it stays inside.
        line: Option<Value>,
        /// Whether it had to be opened anew, with another address: the old one is dead.
        anew: bool,
    },
    /// A packet of it is lost.
    Lost {
        /// The line that it would go over, where it came so far.
        line: Option<Value>,
        /// Why.
        cause: Cause,
    },
}

/// One packet's way.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PacketTrace {
    /// Which way of the connection it goes.
    pub direction: Direction,
    /// What connection tracking says of it.
    pub state: State,
    /// Where it comes in; none of what the router sends.
    pub from: Option<Value>,
    /// Its source as it comes in.
    pub source: Endpoint,
    /// Its destination as it comes in.
    pub destination: Endpoint,
    /// Its protocol.
    pub protocol: Protocol,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// Where it ends.
    pub end: End,
}

/// An address and, of protocols that have them, a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Endpoint {
    /// The address.
    pub address: Ipv4Addr,
    /// The port.
    pub port: Option<u16>,
}

/// Where a packet ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "end", rename_all = "snake_case")]
pub enum End {
    /// Behind a line: in the internet, or in the provider's network.
    Internet {
        /// The line that it left by.
        line: Value,
    },
    /// At a host of the router's own networks.
    Host {
        /// The interface that it left by.
        interface: Value,
    },
    /// At the router itself.
    Router,
    /// Nowhere.
    Lost {
        /// The interface that it left by, where it did.
        line: Option<Value>,
        /// Why.
        cause: Cause,
    },
}

/// Why a packet is lost.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Cause {
    /// No table that is looked in has a route.
    NoRoute,
    /// The route says so: `blackhole`, `unreachable`, `prohibit`; or a routing rule does.
    Refused {
        /// Which.
        kind: String,
    },
    /// A firewall rule drops it.
    Dropped,
    /// The line does not work, and the router has not noticed or has nothing else.
    LineDead,
    /// It leaves with a source that no host in the internet can answer to.
    Untranslated,
    /// It leaves by a line with the address of another: its translation is older than the switch.
    WrongSource,
    /// The answer leaves by another line than the question came in by.
    WrongLine,
    /// The route has an Ethernet interface as gateway: the router asks for the host's MAC address, and nobody answers.
    AsksForMac,
    /// It is for an inner network, and a marked table sends it out.
    SentOut,
    /// It is for the router itself, and a marked table sends it out.
    NotReceived,
    /// `ip-forward=no`: the router sends nothing on.
    NotForwarding,
    /// A host was asked by way of the router by another one of its own network, and answers that one itself, with an address
    /// that nobody asked.
    AnswersDirectly,
    /// There is no such interface.
    NoInterface,
    /// `rp-filter=strict` and another line is the way back.
    ReverseFilter,
    /// The hotspot keeps it until the customer has logged in.
    NotLoggedIn,
    /// The line has no address to send it from.
    NoSource,
}

/// What happened to a packet at one point.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Where.
    pub stage: Stage,
    /// The row that did it.
    pub row: Option<RowRef>,
    /// What.
    #[serde(flatten)]
    pub what: What,
}

/// Where on its way a packet is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Stage {
    /// The chains of a firewall menu.
    Chain {
        /// `raw`, `mangle`, `nat`, `filter`.
        table: &'static str,
        /// The chain.
        chain: String,
    },
    /// The choice of the route.
    Routing,
    /// Connection tracking.
    Tracking,
    /// Outside of the router.
    Outside,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
#[non_exhaustive]
pub enum What {
    /// A rule with an action that ends nothing and changes nothing on the way: `log`, `passthrough`, `accept` ...
    Action {
        /// The action.
        action: String,
    },
    /// The rule sends the packet through another chain.
    Jump {
        /// Which.
        target: String,
    },
    /// The connection is marked.
    ConnectionMark {
        /// The mark; empty where it is taken away.
        mark: Value,
    },
    /// The packet is marked for a table.
    RoutingMark {
        /// The mark.
        mark: Value,
    },
    /// The packet is marked.
    PacketMark {
        /// The mark.
        mark: Value,
    },
    /// The router chooses the source of what it sends itself; it stays, whatever mangle says later.
    OwnSource {
        /// This.
        address: Ipv4Addr,
    },
    /// The source becomes another.
    Source {
        /// This.
        to: Endpoint,
    },
    /// The destination becomes another.
    Destination {
        /// This.
        to: Endpoint,
    },
    /// The connection takes the fast path from now on: no mangle, no filter, the main table.
    FastTrack,
    /// The packet is on the fast path.
    FastPath,
    /// The connection tracking knew the connection, and forgot it.
    Forgotten {
        /// Why.
        because: String,
    },
    /// A table is looked in.
    Lookup {
        /// Which.
        table: String,
        /// Why this one: `mark`, `rule`, `main`.
        because: &'static str,
    },
    /// The table has no route for it.
    NoRouteIn {
        /// Which.
        table: String,
    },
    /// The address is the router's own.
    Local,
    /// A route is taken.
    Route {
        /// Its prefix.
        prefix: String,
        /// Its distance.
        distance: u8,
        /// Its `gateway`.
        gateway: String,
        /// The routes that its next hop is found by, the last one connected.
        through: Vec<RowRef>,
        /// The interface that the packet leaves by.
        interface: Value,
        /// The neighbour that it is handed to; none where the interface leads to one alone.
        next_hop: Option<Ipv4Addr>,
        /// How many next hops the route has in all.
        members: usize,
    },
    /// A nearer route would take it, and cannot.
    Inactive {
        /// Its prefix.
        prefix: String,
        /// Its distance.
        distance: u8,
        /// Its `gateway`.
        gateway: String,
        /// Why.
        reason: Why,
    },
    /// A route takes the packet and gives it to nobody.
    Refuses {
        /// Its prefix.
        prefix: String,
        /// `blackhole`, `unreachable`, `prohibit`, `drop`.
        kind: String,
    },
    /// The rule would match, but RouterOS flags it as one that cannot work.
    Invalid {
        /// Why.
        why: String,
    },
    /// Something that the simulator does not know.
    Unmodelled {
        /// What.
        property: String,
    },
}

/// Takes down what happens to a packet.
#[derive(Debug, Default)]
pub(crate) struct Log {
    /// Nothing is taken down where nobody wants to read it.
    pub(crate) is_wanted: bool,
    events: Vec<Event>,
    /// What is not known is always told.
    unmodelled: Vec<String>,
}

impl Log {
    pub(crate) fn new(is_wanted: bool) -> Self {
        Self {
            is_wanted,
            ..Self::default()
        }
    }

    /// Takes down that something happened by no row.
    pub(crate) fn add(&mut self, stage: impl FnOnce() -> Stage, what: impl FnOnce() -> What) {
        self.push(stage, || None, what);
    }

    /// Takes down what a row did.
    pub(crate) fn add_row(
        &mut self,
        stage: impl FnOnce() -> Stage,
        menu: &str,
        row: &Row,
        what: impl FnOnce() -> What,
    ) {
        self.push(stage, || Some(RowRef::of(menu, row)), what);
    }

    fn push(
        &mut self,
        stage: impl FnOnce() -> Stage,
        row: impl FnOnce() -> Option<RowRef>,
        what: impl FnOnce() -> What,
    ) {
        if self.is_wanted {
            self.events.push(Event {
                stage: stage(),
                row: row(),
                what: what(),
            });
        }
    }

    /// Takes down what the simulator does not know, once.
    pub(crate) fn unmodelled(&mut self, what: String) {
        if !self.unmodelled.contains(&what) {
            self.unmodelled.push(what);
        }
    }

    /// The events of the packet that ends here; the next one begins.
    pub(crate) fn take_events(&mut self) -> Vec<Event> {
        core::mem::take(&mut self.events)
    }

    pub(crate) fn take_unmodelled(&mut self) -> Vec<String> {
        core::mem::take(&mut self.unmodelled)
    }
}

impl Endpoint {
    pub(crate) fn source(packet: &Packet) -> Self {
        Self {
            address: packet.source,
            port: packet.source_port,
        }
    }

    pub(crate) fn destination(packet: &Packet) -> Self {
        Self {
            address: packet.destination,
            port: packet.destination_port,
        }
    }
}
