//! A packet → where it ends: the hooks of the router in their order (ROUTEROS §2).
//!
//! ```text
//!  in --raw--> tracking --> mangle --> dst-nat --> routing --+--> mangle, filter (input) --> router
//!                                                            '--> mangle, filter (forward) --.
//!  router --> routing --> raw, mangle, dst-nat, filter (output) --> routing again -----------+--> mangle (postrouting) --> src-nat --> out
//! ```

mod hosts;
mod outside;
mod routing;

use alloc::string::String;
use core::net::Ipv4Addr;

pub(super) use self::hosts::{begin, customers};
use self::routing::Decision;
use super::choices::{Choices, explore};
use super::firewall::{Firewall, Menu, Pass, Translation, Verdict};
use super::network::Network;
use super::packet::{Connection, Direction, Packet, Protocol, Translated};
use super::routes::{Fib, Hop};
use super::scenario::{Scenario, Source, Traffic};
use super::settle::connections;
use super::trace::{Cause, End, Endpoint, Log, Stage, What};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;

/// A router in a scenario, ready to take packets.
#[derive(Debug)]
pub(crate) struct Situation<'a> {
    pub(super) network: Network<'a>,
    pub(super) fib: Fib<'a>,
    pub(super) firewall: Firewall<'a>,
    /// Whether scripts of the router remove connections.
    pub(super) removes_connections: bool,
}

/// One packet's way through a router.
pub(super) struct Way<'w, 'a> {
    situation: &'w Situation<'a>,
    packet: Packet,
    connection: &'w mut Connection,
    choices: &'w mut Choices,
    log: &'w mut Log,
}

/// The end of a way, or what goes on.
type Step<T = ()> = Result<T, End>;

impl<'a> Situation<'a> {
    pub(crate) fn of(router: &'a Router, scenario: &'a Scenario) -> Self {
        let network = Network::of(router, scenario);
        Self {
            fib: Fib::of(&network),
            firewall: Firewall::of(&network),
            removes_connections: connections::are_touched(router),
            network,
        }
    }
}

/// Whether a ping of the router's own is answered, whichever way it goes.
pub(super) fn is_answered(situation: &Situation<'_>, host: Ipv4Addr) -> bool {
    let traffic = Traffic::new(Source::Router, host, Protocol::Icmp, None);
    let (ends, _) = explore(MOST_PINGS, |choices| {
        let mut connection = Connection::default();
        let Ok(packet) = begin(situation, &traffic) else {
            return false;
        };
        let (_, end) = send(situation, packet, &mut connection, choices, &mut Log::default());
        matches!(end, End::Internet { .. } | End::Host { .. } | End::Router)
    });
    ends.iter().all(|(_, is_answered)| *is_answered)
}

/// Sends a packet on its way; the packet as it is at its end, and the end.
pub(super) fn send(
    situation: &Situation<'_>,
    packet: Packet,
    connection: &mut Connection,
    choices: &mut Choices,
    log: &mut Log,
) -> (Packet, End) {
    let mut way = Way {
        situation,
        packet,
        connection,
        choices,
        log,
    };
    let Err(end) = way.go() else {
        return (way.packet, End::Router);
    };
    if !matches!(end, End::Lost { .. }) && !way.connection.is_untracked {
        way.connection.is_known = true;
    }
    (way.packet, end)
}

impl<'w, 'a> Way<'w, 'a> {
    /// Goes all the way; there is always an end.
    fn go(&mut self) -> Step {
        self.connection.is_untracked = false;
        if self.packet.in_interface.is_none() {
            return self.go_out();
        }
        if self.connection.is_fasttracked {
            return self.go_fast();
        }
        self.pass_reverse_filter()?;
        self.pass(Menu::Raw, "prerouting")?;
        self.pass(Menu::Mangle, "prerouting")?;
        self.translate_destination("dstnat")?;
        match self.decide() {
            Decision::Local => self.receive(),
            _ if self.is_set("/ip/settings", "ip-forward", "no") => Err(self.lost(Cause::NotForwarding)),
            decision => {
                let hop = self.hop(decision)?;
                self.leave_by(hop);
                self.pass(Menu::Mangle, "forward")?;
                self.pass(Menu::Filter, "forward")?;
                self.hand_over(hop)
            }
        }
    }

    /// Of what the router sends itself, the route is chosen before mangle, for the source, and once more where mangle marks
    /// it; the source stays as it was ([F:213121]).
    fn go_out(&mut self) -> Step {
        let decision = self.decide();
        let hop = self.hop(decision)?;
        self.leave_by(hop);
        if self.packet.direction == Direction::Original {
            self.choose_source(hop)?;
        }
        self.pass(Menu::Raw, "output")?;
        self.pass(Menu::Mangle, "output")?;
        self.translate_destination("output")?;
        self.pass(Menu::Filter, "output")?;
        let decision = self.decide();
        let hop = self.hop(decision)?;
        self.leave_by(hop);
        self.hand_over(hop)
    }

    /// The fast path: no chains, the main table, and the translations of the connection \[D:328227\].
    fn go_fast(&mut self) -> Step {
        self.log.add(|| Stage::Tracking, || What::FastPath);
        self.translate_known_destination();
        match self.decide_in_main() {
            Decision::Local => Err(End::Router),
            decision => {
                let hop = self.hop(decision)?;
                self.leave_by(hop);
                self.translate_known_source();
                Err(self.outside(hop))
            }
        }
    }

    fn receive(&mut self) -> Step {
        self.pass(Menu::Mangle, "input")?;
        self.pass(Menu::Filter, "input")?;
        Err(End::Router)
    }

    fn hand_over(&mut self, hop: &Hop<'_>) -> Step {
        self.doubt_what_is_beyond(hop);
        self.pass(Menu::Mangle, "postrouting")?;
        self.translate_source()?;
        Err(self.outside(hop))
    }

    /// Walks a chain; it ends the way or goes on.
    fn pass(&mut self, menu: Menu, chain: &'static str) -> Step {
        match self.walk(menu, chain) {
            Verdict::Accept | Verdict::Translate(..) => Ok(()),
            Verdict::Drop(_) => Err(self.lost(Cause::Dropped)),
        }
    }

    fn walk(&mut self, menu: Menu, chain: &'static str) -> Verdict<'a> {
        let mut pass = Pass {
            network: &self.situation.network,
            packet: &mut self.packet,
            connection: self.connection,
            choices: self.choices,
            log: self.log,
        };
        self.situation.firewall.walk(menu, chain, &mut pass)
    }

    /// Whether a setting of the router has a value.
    fn is_set(&self, menu: &str, property: &str, value: &str) -> bool {
        let settings = self.situation.network.router().table(menu).rows().first();
        settings.is_some_and(|row| row.is(property, value))
    }

    /// `rp-filter=strict` drops what would not go back the way it came.
    fn pass_reverse_filter(&mut self) -> Step {
        let is_strict = self.is_set("/ip/settings", "rp-filter", "strict");
        let comes_back = || {
            let back = self.situation.fib.lookup(b"main", self.packet.source, None);
            back.is_some_and(|route| {
                let mut hops = route.hops.iter();
                hops.any(|hop| {
                    self.packet
                        .in_interface
                        .as_ref()
                        .is_some_and(|own| own.as_bytes() == hop.interface)
                })
            })
        };
        if is_strict && !comes_back() {
            return Err(self.lost(Cause::ReverseFilter));
        }
        Ok(())
    }

    /// Destination NAT: the rules see the first packet of a connection alone; of the others, what they made of it holds.
    fn translate_destination(&mut self, chain: &'static str) -> Step {
        if self.connection.is_untracked {
            return Ok(());
        }
        if self.connection.is_known || self.packet.direction == Direction::Reply {
            self.translate_known_destination();
            return Ok(());
        }
        let (row, to) = match self.walk(Menu::Nat, chain) {
            Verdict::Translate(row, translation) => (Some(row), self.destination_of(&translation)),
            Verdict::Drop(_) => return Err(self.lost(Cause::Dropped)),
            Verdict::Accept => (None, None),
        };
        let to = match to {
            Some(to) => Some(to),
            None => self.kept_by_hotspot()?,
        };
        if let Some(to) = to {
            self.connection.destination = Some(Translated {
                was: self.packet.destination,
                was_port: self.packet.destination_port,
                address: to.address,
                port: to.port,
            });
            self.packet.destination = to.address;
            self.packet.destination_port = to.port;
            self.tell_translation(chain, row, What::Destination { to });
        }
        Ok(())
    }

    fn destination_of(&self, translation: &Translation) -> Option<Endpoint> {
        let address = match translation {
            Translation::DstNat { address, .. } | Translation::Netmap { address, .. } => {
                address.unwrap_or(self.packet.destination)
            }
            Translation::Redirect { .. } => {
                self.own_address(self.packet.in_interface.as_ref()?.as_bytes())?
            }
            Translation::Masquerade { .. } | Translation::SrcNat { .. } => return None,
        };
        Some(Endpoint {
            address,
            port: translation.port().or(self.packet.destination_port),
        })
    }

    /// A hotspot takes what customers send who have not logged in, to show them its page: names and pages; the rest is dropped
    /// (ROUTEROS §2c, the redirect trap, and §2k).
    fn kept_by_hotspot(&mut self) -> Step<Option<Endpoint>> {
        const DNS: u16 = 64872;
        const PAGE: u16 = 64873;
        let own = self
            .packet
            .in_interface
            .as_ref()
            .and_then(|own| self.own_address(own.as_bytes()));
        let Some(address) = own.filter(|_| self.packet.logged_in == Some(false)) else {
            return Ok(None);
        };
        if self.situation.network.is_own(self.packet.destination) {
            return Ok(None);
        }
        let port = match (self.packet.protocol, self.packet.destination_port) {
            (_, Some(53)) => DNS,
            (Protocol::Tcp, Some(80 | 443)) => PAGE,
            _ => return Err(self.lost(Cause::NotLoggedIn)),
        };
        Ok(Some(Endpoint {
            address,
            port: Some(port),
        }))
    }

    /// What a connection's translations make of the destination of a packet that is not its first.
    fn translate_known_destination(&mut self) {
        let known = match self.packet.direction {
            Direction::Original => self.connection.destination.map(|to| (to.address, to.port)),
            Direction::Reply => self.connection.source.map(|to| (to.was, to.was_port)),
        };
        if let Some((address, port)) = known.filter(|(address, _)| *address != self.packet.destination) {
            self.packet.destination = address;
            self.packet.destination_port = port;
            let to = Endpoint { address, port };
            self.log.add(|| Stage::Tracking, || What::Destination { to });
        }
    }

    /// The same of the source.
    fn translate_known_source(&mut self) {
        let known = match self.packet.direction {
            Direction::Original => self.connection.source.map(|to| (to.address, to.port)),
            Direction::Reply => self.connection.destination.map(|to| (to.was, to.was_port)),
        };
        if let Some((address, port)) = known.filter(|(address, _)| *address != self.packet.source) {
            self.packet.source = address;
            self.packet.source_port = port;
            let to = Endpoint { address, port };
            self.log.add(|| Stage::Tracking, || What::Source { to });
        }
    }

    /// Source NAT, of the first packet by the rules.
    fn translate_source(&mut self) -> Step {
        if self.connection.is_untracked {
            return Ok(());
        }
        if self.connection.is_known || self.packet.direction == Direction::Reply {
            self.translate_known_source();
            return Ok(());
        }
        let (row, translation) = match self.walk(Menu::Nat, "srcnat") {
            Verdict::Accept => return Ok(()),
            Verdict::Drop(_) => return Err(self.lost(Cause::Dropped)),
            Verdict::Translate(row, translation) => (row, translation),
        };
        let Some(address) = self.source_of(&translation)? else {
            return Ok(());
        };
        self.connection.is_masqueraded = matches!(translation, Translation::Masquerade { .. });
        self.connection.source = Some(Translated {
            was: self.packet.source,
            was_port: self.packet.source_port,
            address,
            port: self.packet.source_port,
        });
        self.packet.source = address;
        let to = Endpoint::source(&self.packet);
        self.tell_translation("srcnat", Some(row), What::Source { to });
        Ok(())
    }

    fn source_of(&self, translation: &Translation) -> Step<Option<Ipv4Addr>> {
        match translation {
            Translation::Masquerade { .. } => {
                let out = self.packet.out_interface.as_ref();
                let own = out.and_then(|out| self.own_address(out.as_bytes()));
                own.map(Some).ok_or_else(|| self.lost(Cause::NoSource))
            }
            Translation::SrcNat { address, .. } | Translation::Netmap { address, .. } => {
                Ok(Some(address.unwrap_or(self.packet.source)))
            }
            Translation::DstNat { .. } | Translation::Redirect { .. } => Ok(None),
        }
    }

    fn tell_translation(&mut self, chain: &'static str, row: Option<&Row>, what: What) {
        let stage = || Stage::Chain {
            table: "nat",
            chain: String::from(chain),
        };
        match row {
            Some(row) => self.log.add_row(stage, "/ip/firewall/nat", row, || what),
            None => self.log.add(stage, || what),
        }
    }

    /// The address that the router uses on an interface: the first that it has there.
    fn own_address(&self, interface: &[u8]) -> Option<Ipv4Addr> {
        let mut addresses = self.situation.network.addresses();
        addresses.find_map(|address| (address.interface.as_bytes() == interface).then_some(address.own))
    }

    fn choose_source(&mut self, hop: &Hop<'_>) -> Step {
        let route = self.situation.fib.routes().get(hop.route);
        let preferred = route.and_then(|route| route.row.text("pref-src")?.parse().ok());
        let own = preferred.or_else(|| self.own_address(hop.interface));
        // An interface without an address of its own borrows another's.
        let any = || {
            self.situation
                .network
                .addresses()
                .next()
                .map(|address| address.own)
        };
        let address = own.or_else(any).ok_or_else(|| self.lost(Cause::NoSource))?;
        self.packet.source = address;
        self.log.add(|| Stage::Routing, || What::OwnSource { address });
        Ok(())
    }

    fn leave_by(&mut self, hop: &Hop<'_>) {
        self.packet.out_interface = Some(Value::from(hop.interface));
    }

    fn lost(&self, cause: Cause) -> End {
        End::Lost {
            line: self.packet.out_interface.clone(),
            cause,
        }
    }
}

/// Ways of a ping that are tried.
const MOST_PINGS: usize = 16;
