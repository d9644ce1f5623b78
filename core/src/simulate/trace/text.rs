//! A trace as a network engineer would write it.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use core::fmt;

use super::{Cause, End, Endpoint, Event, PacketTrace, Stage, Trace, Verdict, What};
use crate::pcc::Ratio;
use crate::routeros::value::Value;
use crate::simulate::notes;
use crate::simulate::packet::{Direction, State};
use crate::simulate::plain;

impl fmt::Display for Trace {
    /// Every way with its packets; what was assumed and what is not known stands at the end.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, way) in (1..).zip(&self.ways) {
            match self.ways.len() {
                1 => writeln!(f, "{}", way.verdict)?,
                all => writeln!(f, "way {number} of {all}, {}: {}", of_all(way.share), way.verdict)?,
            }
            for (number, packet) in (1..).zip(&way.packets) {
                write!(f, "\n  packet {number}, {packet}")?;
            }
            if number < self.ways.len() {
                writeln!(f)?;
            }
        }
        if self.cut {
            writeln!(f, "\nand more ways than are followed")?;
        }
        notes(f, "assumed", &self.assumed)?;
        notes(f, "not modelled", &self.unmodelled)
    }
}

fn of_all(share: Ratio) -> String {
    format!("{} ({share}) of all such connections", share.percent())
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Works { line: None, .. } => f.write_str("works, and leaves by no line"),
            Self::Works {
                line: Some(line),
                anew: false,
            } => write!(f, "works over {}", plain(line)),
            Self::Works {
                line: Some(line),
                anew: true,
            } => {
                write!(
                    f,
                    "is lost, and works over {} once it is opened anew",
                    plain(line)
                )
            }
            Self::Lost { line, cause } => {
                f.write_str("lost")?;
                if let Some(line) = line {
                    write!(f, " over {}", plain(line))?;
                }
                write!(f, ": {cause}")
            }
        }
    }
}

impl PacketTrace {
    /// The packet as it comes in: `new: tcp 192.168.88.20:50000 -> 203.0.113.80:443, from bridge`.
    pub fn headline(&self) -> String {
        let kind = match (self.direction, self.state) {
            (Direction::Original, State::New) => "new",
            (Direction::Original, State::Established) => "established",
            (Direction::Original, State::Untracked) => "untracked",
            (Direction::Reply, _) => "answer",
        };
        let from = self
            .from
            .as_ref()
            .map_or(Cow::Borrowed("the router itself"), Value::to_text);
        let (source, destination) = (self.source, self.destination);
        format!("{kind}: {} {source} -> {destination}, from {from}", self.protocol)
    }
}

impl fmt::Display for PacketTrace {
    /// The packet, then a text line for everything that happened to it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.headline())?;
        self.events
            .iter()
            .try_for_each(|event| writeln!(f, "    {event}"))?;
        writeln!(f, "    {}", self.end)
    }
}

impl fmt::Display for Endpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.port {
            Some(port) => write!(f, "{}:{port}", self.address),
            None => write!(f, "{}", self.address),
        }
    }
}

impl fmt::Display for Event {
    /// Where, what, and by which row: `mangle prerouting  connection mark via-isp1  (line 41, "PCC 3/0")`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let stage = self.stage.to_string();
        write!(f, "{stage:<STAGE$}  {}", self.what)?;
        match &self.row {
            Some(row) => write!(f, "  ({row})"),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Chain { table, chain } => write!(f, "{table} {chain}"),
            Self::Routing => f.write_str("routing"),
            Self::Tracking => f.write_str("connection"),
            Self::Outside => f.write_str("outside"),
        }
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Action { action } => f.write_str(action),
            Self::Jump { target } => write!(f, "jump to {target}"),
            Self::ConnectionMark { mark } if mark.is_empty() => f.write_str("connection mark taken away"),
            Self::ConnectionMark { mark } => write!(f, "connection mark {}", plain(mark)),
            Self::RoutingMark { mark } => write!(f, "routing mark {}", plain(mark)),
            Self::PacketMark { mark } => write!(f, "packet mark {}", plain(mark)),
            Self::OwnSource { address } => write!(f, "its source is {address}"),
            Self::Source { to } => write!(f, "source becomes {to}"),
            Self::Destination { to } => write!(f, "destination becomes {to}"),
            Self::FastTrack => f.write_str("fasttrack from now on"),
            Self::FastPath => f.write_str("fasttracked: no mangle, no filter, the main table"),
            Self::Forgotten { because } => write!(f, "forgotten: {because}"),
            Self::Lookup { table, because } => match *because {
                "mark" => write!(f, "marked for table {table}"),
                "rule" => write!(f, "the rule says table {table}"),
                _ => write!(f, "table {table}"),
            },
            Self::NoRouteIn { table } => write!(f, "no route in {table}"),
            Self::Local => f.write_str("the router's own address"),
            Self::Inactive {
                prefix,
                distance,
                gateway,
                reason,
            } => write!(f, "not {prefix} distance {distance} via {gateway}: {reason}"),
            Self::Refuses { prefix, kind } => write!(f, "{prefix} is {kind}"),
            Self::Invalid { why } => write!(f, "invalid, matches nothing: {why}"),
            Self::Unmodelled { property } => write!(f, "not modelled: {property}"),
            Self::Route {
                prefix,
                distance,
                gateway,
                interface,
                next_hop,
                members,
                ..
            } => {
                write!(f, "{prefix} distance {distance} via ")?;
                let hop = hop(interface, *next_hop);
                match *gateway == hop || next_hop.is_some_and(|next_hop| *gateway == next_hop.to_string()) {
                    true => write!(f, "{hop}")?,
                    false => write!(f, "{gateway} -> {hop}")?,
                }
                match members {
                    0 | 1 => Ok(()),
                    members => write!(f, ", one of {members} next hops"),
                }
            }
        }
    }
}

fn hop(interface: &Value, next_hop: Option<core::net::Ipv4Addr>) -> String {
    match next_hop {
        Some(next_hop) => format!("{next_hop}%{}", plain(interface)),
        None => plain(interface),
    }
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Internet { line } => write!(f, "leaves by {}", plain(line)),
            Self::Host { interface } => write!(f, "reaches a host behind {}", plain(interface)),
            Self::Router => f.write_str("reaches the router"),
            Self::Lost {
                line: Some(line),
                cause,
            } => write!(f, "LOST behind {}: {cause}", plain(line)),
            Self::Lost { line: None, cause } => write!(f, "LOST: {cause}"),
        }
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoRoute => "no table has a route",
            Self::Refused { kind } => return write!(f, "the route or rule is {kind}"),
            Self::Dropped => "a firewall rule drops it",
            Self::LineDead => "the line is dead",
            Self::Untranslated => "it leaves with a private source that nobody can answer to",
            Self::WrongSource => "it leaves with the address of another line",
            Self::WrongLine => "the answer leaves by another line than the question came by",
            Self::AsksForMac => {
                "the gateway is an Ethernet interface: the router asks for the host's MAC address, and nobody answers"
            }
            Self::SentOut => "it is for an inner network, and is sent out to the provider",
            Self::NotReceived => "it is for the router itself, and is sent out to the provider",
            Self::NotForwarding => "`ip-forward=no`: the router sends nothing on",
            Self::AnswersDirectly => {
                "the host answers the other one itself, with an address that nobody asked: hairpin NAT is missing"
            }
            Self::NoInterface => "the router has no interface of that name",
            Self::ReverseFilter => "`rp-filter=strict`, and the way back is over another interface",
            Self::NotLoggedIn => "the hotspot keeps it until the customer has logged in",
            Self::NoSource => "there is no address to send it from",
        })
    }
}

/// As wide as `mangle prerouting`.
const STAGE: usize = 17;
