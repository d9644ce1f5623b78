//! The packets of one connection, one after the other, and what becomes of it.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::choices::Choices;
use super::forward::{Situation, begin, send};
use super::packet::{Connection, Direction, Packet};
use super::scenario::{Source, Traffic};
use super::settle::connections;
use super::trace::{Cause, End, Endpoint, Event, Log, PacketTrace, Stage, Verdict, Way, What};
use crate::pcc::Ratio;
use crate::routeros::value::Value;

/// A connection on its way through a router that may change meanwhile.
pub(super) struct Life<'l> {
    traffic: &'l Traffic,
    choices: &'l mut Choices,
    log: Log,
    connection: Connection,
    packets: Vec<PacketTrace>,
    /// The line that it goes over.
    line: Option<Value>,
    anew: bool,
}

/// The packets that tell: a question, its answer, and both once more, for what the fast path does with an open connection.
const PACKETS: [Direction; 4] = [
    Direction::Original,
    Direction::Reply,
    Direction::Original,
    Direction::Reply,
];

impl<'l> Life<'l> {
    pub(super) fn new(traffic: &'l Traffic, choices: &'l mut Choices, is_wanted: bool) -> Self {
        Self {
            traffic,
            choices,
            log: Log::new(is_wanted),
            connection: Connection::default(),
            packets: Vec::new(),
            line: None,
            anew: false,
        }
    }

    /// Opens the connection while all lines are up where it is an old one, and then lives now.
    pub(super) fn live(mut self, before: &Situation<'_>, now: &Situation<'_>) -> (Way, Vec<String>) {
        let verdict = self.go(before, now);
        let way = Way {
            share: Ratio::ONE,
            packets: self.packets,
            verdict,
        };
        (way, self.log.take_unmodelled())
    }

    fn go(&mut self, before: &Situation<'_>, now: &Situation<'_>) -> Verdict {
        if self.traffic.established {
            let opened = self.exchange(before);
            if matches!(opened, Verdict::Lost { .. }) {
                return opened;
            }
            self.packets.clear();
            self.forget(now);
        }
        self.exchange(now)
    }

    /// Masquerade takes its connections away when their interface goes down or loses the address \[D:3211299\], and so may a
    /// script of the router.
    fn forget(&mut self, now: &Situation<'_>) {
        let Some(translated) = self.connection.source else {
            return;
        };
        let (mark, address) = (self.connection.mark.as_ref(), translated.address);
        let because = if self.connection.is_masqueraded && !now.network.is_own(address) {
            format!("masquerade lost the address {address}")
        } else if now.removes_connections && !connections::is_open(now.network.router(), mark, address) {
            String::from("a script removed it")
        } else {
            return;
        };
        self.connection = Connection::default();
        self.line = None;
        self.anew = true;
        self.log.add(|| Stage::Tracking, || What::Forgotten { because });
    }

    fn exchange(&mut self, situation: &Situation<'_>) -> Verdict {
        let first = match begin(situation, self.traffic) {
            Ok(packet) => packet,
            Err(cause) => {
                return Verdict::Lost {
                    line: self.incoming(),
                    cause,
                };
            }
        };
        let mut next = first.clone();
        for direction in PACKETS {
            let packet = match direction {
                Direction::Original => first.clone(),
                Direction::Reply => next.clone(),
            };
            let (left, end) = self.send(situation, packet);
            match self.judge(situation, &left, end, direction) {
                Err(verdict) => return verdict,
                Ok(answer) => next = answer,
            }
        }
        Verdict::Works {
            line: self.line.clone().or_else(|| self.incoming()),
            anew: self.anew,
        }
    }

    fn send(&mut self, situation: &Situation<'_>, packet: Packet) -> (Packet, End) {
        let mut trace = PacketTrace {
            direction: packet.direction,
            state: self.connection.state(),
            from: packet.in_interface.clone(),
            source: Endpoint::source(&packet),
            destination: Endpoint::destination(&packet),
            protocol: packet.protocol,
            events: Vec::new(),
            end: End::Router,
        };
        let (left, end) = send(
            situation,
            packet,
            &mut self.connection,
            self.choices,
            &mut self.log,
        );
        if self.log.is_wanted {
            trace.events = self.log.take_events();
            trace.source.address = own_source(&trace.events).unwrap_or(trace.source.address);
            trace.end = end.clone();
            self.packets.push(trace);
        }
        (left, end)
    }

    /// The answer to a packet, or what becomes of the connection where there is none.
    fn judge(
        &mut self,
        situation: &Situation<'_>,
        left: &Packet,
        end: End,
        direction: Direction,
    ) -> Result<Packet, Verdict> {
        let lost = |line, cause| Err(Verdict::Lost { line, cause });
        let (line, host) = match end {
            End::Lost { line, cause } => return lost(line, cause),
            End::Internet { line } => (Some(line.clone()), Some(line)),
            End::Host { interface } if self.is_answered_directly(situation, left, &interface) => {
                return lost(None, Cause::AnswersDirectly);
            }
            End::Host { interface } => (None, Some(interface)),
            End::Router => (None, None),
        };
        if let Some(line) = line {
            match (&self.traffic.from, &self.line) {
                (Source::Internet { line: came, .. }, _) if *came != line => {
                    return lost(Some(line), Cause::WrongLine);
                }
                // What comes from inside is answered inside.
                (Source::Lan | Source::Interface { .. } | Source::Router, _)
                    if direction == Direction::Reply =>
                {
                    return lost(Some(line), Cause::WrongLine);
                }
                (_, Some(known)) if *known != line && direction == Direction::Original => {
                    return lost(Some(line), Cause::WrongSource);
                }
                _ => self.line = Some(line),
            }
        }
        Ok(answer(left, host))
    }

    /// Whether a host that a connection was sent on to is in the network of the one that opened it: the answer does not come
    /// by the router, which alone could put the address back that was asked.
    fn is_answered_directly(&self, situation: &Situation<'_>, left: &Packet, interface: &Value) -> bool {
        let mut own = situation.network.addresses();
        self.connection.destination.is_some()
            && own.any(|own| {
                own.interface == interface
                    && own.connected.contains(&left.source)
                    && own.connected.contains(&left.destination)
                    && own.own != left.source
            })
    }

    fn incoming(&self) -> Option<Value> {
        match &self.traffic.from {
            Source::Internet { line, .. } => Some(line.clone()),
            _ => None,
        }
    }
}

/// The source that the router chose for what it sends itself.
fn own_source(events: &[Event]) -> Option<Ipv4Addr> {
    events.iter().find_map(|event| match event.what {
        What::OwnSource { address } => Some(address),
        _ => None,
    })
}

/// What answers a packet: it comes in where that went out.
fn answer(packet: &Packet, from: Option<Value>) -> Packet {
    Packet {
        in_interface: from,
        out_interface: None,
        source: packet.destination,
        destination: packet.source,
        source_port: packet.destination_port,
        destination_port: packet.source_port,
        protocol: packet.protocol,
        direction: match packet.direction {
            Direction::Original => Direction::Reply,
            Direction::Reply => Direction::Original,
        },
        routing_mark: None,
        packet_mark: None,
        logged_in: packet.logged_in,
    }
}
