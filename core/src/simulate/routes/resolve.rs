//! Which gateways lead anywhere, by the routes that are active, and which routes are active, by the gateways that do.
//!
//! One follows from the other, so this goes in rounds: it begins with the connected routes, looks for the gateways of one route
//! after the other by those that are active then, takes the best routes of each prefix, and ends when a round changes nothing.
//! Routes that make themselves impossible change for ever; they are taken out, and named. Where none hangs on itself there are
//! no such routes, and the order does not matter.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;
use core::cmp::Reverse;
use core::net::Ipv4Addr;

use super::super::network::Network;
use super::super::scenario::Noticed;
use super::gateway::{Gateway, Target};
use super::{Activity, Check, Hop, Origin, Route, RouteKind, Why};

/// Says of each route whether it is active, and of each gateway where it leads.
pub(super) fn settle<'a>(network: &Network<'a>, routes: &mut [Route<'a>]) {
    let standings = Resolver::of(network, routes).standings();
    for (route, standing) in routes.iter_mut().zip(standings) {
        route.activity = standing.activity(route);
        route.scope = standing.scope;
        route.reached = standing.members;
    }
}

/// How a route stands in a round.
#[derive(Clone, Debug, PartialEq)]
struct Standing<'a> {
    /// Of each gateway.
    members: Vec<Result<Vec<Hop<'a>>, Why>>,
    /// Through which other routes may be found by it.
    scope: u8,
    is_active: bool,
}

struct Resolver<'n, 'a> {
    network: &'n Network<'a>,
    routes: &'n [Route<'a>],
    /// Routes that a gateway may be found by, the longest prefix first.
    leading: Vec<(usize, &'n Route<'a>)>,
    /// Routes of one prefix of one table.
    rivals: Vec<Vec<usize>>,
}

impl<'n, 'a> Resolver<'n, 'a> {
    fn of(network: &'n Network<'a>, routes: &'n [Route<'a>]) -> Self {
        let furthest = routes.iter().map(|route| route.target_scope).max().unwrap_or(0);
        let mut ordered: Vec<(usize, &Route<'a>)> = (0..).zip(routes).collect();
        ordered.sort_by_key(|(_, route)| (route.table, Reverse(route.prefix.prefix_len()), route.prefix));
        let rivals = ordered
            .chunk_by(|(_, one), (_, other)| (one.table, one.prefix) == (other.table, other.prefix))
            .map(|rivals| rivals.iter().map(|(index, _)| *index).collect());
        Self {
            network,
            routes,
            rivals: rivals.collect(),
            leading: ordered
                .iter()
                .filter(|(_, route)| route.scope <= furthest)
                .copied()
                .collect(),
        }
    }

    fn standings(&self) -> Vec<Standing<'a>> {
        let mut restless = BTreeSet::new();
        loop {
            match self.rounds(&restless) {
                Ok(standings) => return standings,
                Err(more) => restless.extend(more),
            }
        }
    }

    /// The standings when nothing changes any more; else the routes that do.
    fn rounds(&self, barred: &BTreeSet<usize>) -> Result<Vec<Standing<'a>>, BTreeSet<usize>> {
        let mut standings: Vec<Standing<'a>> = (0..)
            .zip(self.routes)
            .map(|(index, route)| self.first(index, route, barred))
            .collect();
        for rivals in &self.rivals {
            self.select(rivals, &mut standings);
        }
        let searching = |(index, route): &(usize, &Route<'a>)| route.is_searched() && !barred.contains(index);
        let searching: Vec<(usize, &Route<'a>)> = (0..).zip(self.routes).filter(searching).collect();
        // Each level of recursion rests two rounds after the one below it.
        let enough = self.routes.len().saturating_mul(2).saturating_add(4);
        for _ in 0..enough {
            if self.round(&searching, &mut standings).is_empty() {
                return Ok(standings);
            }
        }
        Err((0..enough)
            .flat_map(|_| self.round(&searching, &mut standings))
            .collect())
    }

    /// How a route stands before anything is looked for.
    fn first(&self, index: usize, route: &Route<'a>, barred: &BTreeSet<usize>) -> Standing<'a> {
        let refused = |why| Standing {
            members: vec![Err(why); route.gateways.len()],
            scope: route.scope,
            is_active: false,
        };
        match route.activity {
            Activity::Inactive(why) => refused(why),
            _ if barred.contains(&index) => refused(Why::Unsettled),
            _ if route.is_searched() => refused(Why::Unresolved),
            _ => self.judged(index, route, &[]),
        }
    }

    /// Looks for the gateways of one route after the other by those that are active then; gives back the routes that changed.
    fn round(&self, searching: &[(usize, &Route<'a>)], standings: &mut [Standing<'a>]) -> Vec<usize> {
        let mut changed = Vec::new();
        for (index, route) in searching {
            let judged = self.judged(*index, route, standings);
            if let Some(standing) = standings.get_mut(*index).filter(|known| **known != judged) {
                *standing = judged;
                changed.push(*index);
                if let Some(rivals) = self.rivals.iter().find(|rivals| rivals.contains(index)) {
                    self.select(rivals, standings);
                }
            }
        }
        changed
    }

    /// The routes of the least distance among those of a prefix that lead anywhere are active, all of them [D:26476608].
    fn select(&self, rivals: &[usize], standings: &mut [Standing<'a>]) {
        let usable = rivals.iter().filter_map(|index| {
            let (route, standing) = (self.routes.get(*index)?, standings.get(*index)?);
            standing.is_usable(route).then_some((*index, route.distance))
        });
        let usable: Vec<(usize, u8)> = usable.collect();
        let least = usable.iter().map(|(_, distance)| *distance).min();
        for index in rivals {
            if let Some(standing) = standings.get_mut(*index) {
                let is_best = |(known, distance): &(usize, u8)| known == index && Some(*distance) == least;
                standing.is_active = usable.iter().any(is_best);
            }
        }
    }

    fn judged(&self, index: usize, route: &Route<'a>, standings: &[Standing<'a>]) -> Standing<'a> {
        let gateways = route.gateways.iter().filter(|_| route.kind == RouteKind::Unicast);
        let members: Vec<_> = gateways
            .map(|gateway| {
                let hops = self.reached(index, route, gateway, standings)?;
                self.checked(route, gateway, &hops).map_or(Ok(hops), Err)
            })
            .collect();
        let hops = members.iter().flatten().flatten();
        let found_by = hops.filter_map(|hop| standings.get(*hop.through.first()?));
        // v7 gives a route a higher scope than the one that it is found by [D:328084]; v6 does not (`ROUTEROS` §2b). Of routes
        // over an interface, which are found by none, that is not confirmed.
        let above = found_by.map(|standing| standing.scope.saturating_add(1)).max();
        let above = above.filter(|_| self.network.is_v7()).unwrap_or(0);
        Standing {
            scope: route.scope.max(above),
            is_active: standings.get(index).is_some_and(|standing| standing.is_active),
            members,
        }
    }

    fn reached(
        &self,
        index: usize,
        route: &Route<'a>,
        gateway: &Gateway<'a>,
        standings: &[Standing<'a>],
    ) -> Result<Vec<Hop<'a>>, Why> {
        let over = |interface: &'a [u8]| {
            let hop = Hop {
                interface,
                next_hop: gateway.address(),
                asks_for_mac: false,
                route: index,
                through: Vec::new(),
            };
            self.network
                .is_up(interface)
                .then_some(hop)
                .ok_or(Why::InterfaceDown)
        };
        match gateway.target {
            Target::Nothing => Err(Why::NoGateway),
            Target::Interface(interface) => Ok(vec![Hop {
                asks_for_mac: route.origin != Origin::Connected && !self.network.is_point_to_point(interface),
                ..over(interface)?
            }]),
            Target::Pinned(address, interface) => {
                let of_interface = |known: &&(usize, &Route<'a>)| {
                    let (_, route) = known;
                    let over = route.gateways.first().map(|gateway| gateway.text);
                    route.origin == Origin::Connected && over == Some(interface)
                };
                let mut found = self.leading_to(address, super::MAIN, route, standings);
                Ok(vec![Hop {
                    through: found
                        .find(of_interface)
                        .map(|(index, _)| *index)
                        .into_iter()
                        .collect(),
                    ..over(interface)?
                }])
            }
            Target::Address(address, table) => self.found((index, route), address, table, standings),
        }
    }

    /// Where an address is behind: by the active routes of the longest prefix among those in scope, which are several where two
    /// networks overlap (`ROUTEROS` §2f).
    fn found(
        &self,
        (index, route): (usize, &Route<'a>),
        address: Ipv4Addr,
        table: &[u8],
        standings: &[Standing<'a>],
    ) -> Result<Vec<Hop<'a>>, Why> {
        // A route is never found by itself.
        let mut known = self
            .leading_to(address, table, route, standings)
            .filter(|(by, _)| *by != index)
            .peekable();
        let longest = known.peek().map(|(_, by)| by.prefix.prefix_len());
        let (mut hops, mut why) = (Vec::new(), Why::Unresolved);
        for (by, found) in known.take_while(|(_, by)| Some(by.prefix.prefix_len()) == longest) {
            match self.inherited((*by, found), address, standings) {
                Ok(of_it) => hops.extend(of_it.into_iter().filter(|hop| !hop.through.contains(&index))),
                Err(refused) => why = refused,
            }
        }
        hops.truncate(MOST);
        for hop in &mut hops {
            hop.route = index;
        }
        if hops.is_empty() { Err(why) } else { Ok(hops) }
    }

    /// The active routes in scope that hold an address, the longest prefix first. A gateway is looked for through routes whose
    /// scope is at most the route's target scope (`ROUTEROS` §2b).
    fn leading_to(
        &self,
        address: Ipv4Addr,
        table: &[u8],
        route: &Route<'a>,
        standings: &[Standing<'a>],
    ) -> impl Iterator<Item = &(usize, &'n Route<'a>)> {
        self.leading.iter().filter(move |(index, known)| {
            let is_in_scope = |it: &Standing<'a>| it.is_active && it.scope <= route.target_scope;
            known.prefix.contains(&address)
                && known.table == table
                && standings.get(*index).is_some_and(is_in_scope)
        })
    }

    /// Where a route leads that an address was found by.
    fn inherited(
        &self,
        (by, found): (usize, &Route<'a>),
        address: Ipv4Addr,
        standings: &[Standing<'a>],
    ) -> Result<Vec<Hop<'a>>, Why> {
        if found.kind != RouteKind::Unicast {
            return Err(Why::Refused);
        }
        let is_connected = found.origin == Origin::Connected;
        let members = standings.get(by).map_or(&[][..], |standing| &standing.members);
        let (mut hops, mut why) = (Vec::new(), Why::Unresolved);
        for (gateway, member) in found.gateways.iter().zip(members) {
            // v6 finds nothing through a route that names an interface, but for the connected ones: two independent reports
            // (ROUTEROS-BEHAVIOUR §2).
            if !self.network.is_v7() && !is_connected && gateway.names_interface() {
                why = Why::ThroughInterface;
                continue;
            }
            hops.extend(member.iter().flatten().map(|hop| {
                let is_neighbour = is_connected || !self.network.is_point_to_point(hop.interface);
                Hop {
                    next_hop: hop.next_hop.or_else(|| is_neighbour.then_some(address)),
                    asks_for_mac: false,
                    through: core::iter::once(by).chain(hop.through.iter().copied()).collect(),
                    ..*hop
                }
            }));
        }
        if hops.is_empty() { Err(why) } else { Ok(hops) }
    }

    /// What the check finds, where it finds fault. Until it has had its time it finds what it found before the lines failed.
    fn checked(&self, route: &Route<'a>, gateway: &Gateway<'a>, hops: &[Hop<'a>]) -> Option<Why> {
        let target = match (route.check, gateway.address()) {
            (Check::None, _) => return None,
            // Of PPPoE from the field, of the others likely (ROUTEROS-BEHAVIOUR §2); of Ethernet measured on 7.24 (`ROUTEROS` §2b).
            (_, None) if self.network.is_v7() => return Some(Why::NothingToCheck),
            (_, None) => return None,
            (_, Some(target)) => target,
        };
        let is_known = match route.check {
            Check::Ping => true,
            Check::Arp => !is_recursive(self.routes, hops),
            Check::Bfd | Check::None => false,
        };
        let answers = || hops.iter().any(|hop| self.network.answers(hop.interface, target));
        let fails = is_known && self.network.noticed() >= Noticed::Checks && !answers();
        fails.then_some(Why::CheckFailed)
    }
}

/// Whether a gateway was found by another route than a connected one.
pub(super) fn is_recursive(routes: &[Route<'_>], hops: &[Hop<'_>]) -> bool {
    led_by(routes, hops).any(|route| route.origin != Origin::Connected)
}

/// The routes that a gateway was found by.
pub(super) fn led_by<'n, 'a>(
    routes: &'n [Route<'a>],
    hops: &'n [Hop<'a>],
) -> impl Iterator<Item = &'n Route<'a>> {
    let through = hops.iter().flat_map(|hop| &hop.through);
    through.filter_map(|index| routes.get(*index))
}

impl Standing<'_> {
    /// Routes that send nothing on are always usable.
    fn is_usable(&self, route: &Route<'_>) -> bool {
        let leads = || match route.kind {
            RouteKind::Unicast => self.members.iter().any(Result::is_ok),
            _ => !self.members.contains(&Err(Why::Unsettled)),
        };
        !matches!(route.activity, Activity::Inactive(_)) && leads()
    }

    fn activity(&self, route: &Route<'_>) -> Activity {
        if self.is_active {
            return Activity::Active;
        }
        if self.is_usable(route) {
            return Activity::Standby;
        }
        let mut found = self
            .members
            .iter()
            .filter_map(|member| member.as_ref().err().copied());
        match route.activity {
            Activity::Inactive(why) => Activity::Inactive(why),
            _ => Activity::Inactive(found.next().unwrap_or(Why::NoGateway)),
        }
    }
}

impl Route<'_> {
    /// Whether other routes decide where a gateway of it leads.
    fn is_searched(&self) -> bool {
        let found =
            |gateway: &Gateway<'_>| matches!(gateway.target, Target::Address(..) | Target::Pinned(..));
        self.kind == RouteKind::Unicast
            && !matches!(self.activity, Activity::Inactive(_))
            && self.gateways.iter().any(found)
    }
}

/// Routes over routes, each with several members, would have more of them than anybody can count.
const MOST: usize = 64;
