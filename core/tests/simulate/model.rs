//! A second model of which routes are active, slow and written from the facts alone.
//!
//! It does not look for the active routes: it is told which they are, says of every route alone what follows from that, and that
//! must be the same. Nothing may lean on itself.

use std::collections::BTreeSet;
use std::net::Ipv4Addr;

use multi_isp::simulate::{Condition, Noticed};

/// A world as small as the facts need.
#[derive(Clone, Debug)]
pub struct World {
    pub is_v7: bool,
    pub noticed: Noticed,
    /// The interfaces with what is connected to each, and how the line is.
    pub lines: Vec<(&'static str, Net, Condition)>,
    /// The tables that exist besides main.
    pub tables: Vec<&'static str>,
    /// What somebody wrote.
    pub routes: Vec<Route>,
}

pub type Net = (Ipv4Addr, u8);

#[derive(Clone, Debug)]
pub struct Route {
    pub table: &'static str,
    pub to: Net,
    pub gateways: Vec<Gateway>,
    pub distance: u8,
    pub scope: u8,
    pub target_scope: u8,
    pub is_checked: bool,
    pub is_blackhole: bool,
    pub is_connected: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Gateway {
    Host(Ipv4Addr, &'static str),
    Pinned(Ipv4Addr, &'static str),
    Interface(&'static str),
    Gone,
}

/// Where packets leave by.
pub type Ways = BTreeSet<(&'static str, Option<Ipv4Addr>)>;

/// What every route comes to, in the order of the world's routes.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    pub is_active: Vec<bool>,
    pub scopes: Vec<u8>,
    /// Where each of them leads; nowhere, if it cannot be active.
    pub ways: Vec<Ways>,
}

pub const SESSION: &str = "pppoe-out1";

const CONNECTED_SCOPE: u8 = 10;

impl World {
    /// What every route comes to by what other routes come to. A picture is right if it follows from itself.
    pub fn follows(&self, picture: &Picture) -> Picture {
        let all: Vec<Route> = self.routes.iter().cloned().chain(self.connected()).collect();
        let (mut active, mut scopes) = (picture.is_active.clone(), picture.scopes.clone());
        active.resize(all.len(), true);
        scopes.resize(all.len(), CONNECTED_SCOPE);
        let table = Table {
            world: self,
            all: &all,
            active,
            scopes,
        };
        let usable: Vec<bool> = (0..all.len()).map(|at| table.is_usable(at)).collect();
        let is_best = |at: usize| {
            let is_better = |other: usize| {
                (all[other].table, all[other].to) == (all[at].table, all[at].to)
                    && usable[other]
                    && all[other].distance < all[at].distance
            };
            usable[at] && !(0..all.len()).any(is_better)
        };
        let led = |at: usize| {
            if usable[at] {
                table.ways(at, &[])
            } else {
                Ways::new()
            }
        };
        let ours = 0..self.routes.len();
        Picture {
            is_active: ours.clone().map(is_best).collect(),
            scopes: ours
                .clone()
                .map(|at| {
                    if usable[at] {
                        table.scope(at)
                    } else {
                        all[at].scope
                    }
                })
                .collect(),
            ways: ours.map(led).collect(),
        }
    }

    /// Whether a route could come to hang on itself: its gateways are in the prefix of another route, and so on.
    pub fn has_loops(&self) -> bool {
        let hangs_on = |one: &Route, other: &Route| {
            let is_in = |gateway: &Gateway| match gateway {
                Gateway::Host(host, table) => *table == other.table && holds(other.to, *host),
                _ => false,
            };
            other.scope <= one.target_scope && one.gateways.iter().any(is_in)
        };
        let is_rival = |one: &Route, other: &Route| (one.table, one.to) == (other.table, other.to);
        // A route of whose prefix one is active hangs on what any of that prefix hangs on.
        let next = |from: &Route| -> Vec<&Route> {
            let rivals = self.routes.iter().filter(|rival| is_rival(rival, from));
            let found = rivals.flat_map(|rival| self.routes.iter().filter(|other| hangs_on(rival, other)));
            found.collect()
        };
        self.routes.iter().any(|start| {
            let (mut reached, mut at) = (next(start), 0);
            while let Some(route) = reached.get(at).copied() {
                let more = next(route)
                    .into_iter()
                    .filter(|it| !reached.iter().any(|known| is_rival(known, it)));
                let more: Vec<&Route> = more.collect();
                reached.extend(more);
                at += 1;
            }
            reached.iter().any(|route| is_rival(route, start))
        })
    }

    /// The network of every interface that is up: distance 0, scope 10.
    fn connected(&self) -> impl Iterator<Item = Route> {
        let up = self.lines.iter().filter(|(name, ..)| self.is_up(name));
        up.map(|(name, net, _)| Route {
            table: "main",
            to: *net,
            gateways: vec![Gateway::Interface(name)],
            distance: 0,
            scope: CONNECTED_SCOPE,
            target_scope: 10,
            is_checked: false,
            is_blackhole: false,
            is_connected: true,
        })
    }

    fn condition(&self, interface: &str) -> Condition {
        self.lines
            .iter()
            .find(|(name, ..)| *name == interface)
            .map_or(Condition::Up, |(.., condition)| *condition)
    }

    /// A session needs its lease, and ends when its keepalive is not answered.
    fn is_up(&self, interface: &str) -> bool {
        match self.condition(interface) {
            Condition::Up | Condition::UpstreamDead => true,
            Condition::LinkDown => false,
            Condition::NoLease => interface != SESSION,
            Condition::GatewayDead => interface != SESSION || self.noticed == Noticed::AtOnce,
        }
    }

    fn answers(&self, interface: &str, target: Ipv4Addr) -> bool {
        let is_near = self
            .lines
            .iter()
            .any(|(name, net, _)| *name == interface && holds(*net, target));
        match self.condition(interface) {
            Condition::Up => true,
            Condition::UpstreamDead => is_near,
            _ => false,
        }
    }
}

/// The routes of a world, some of which are active.
struct Table<'a> {
    world: &'a World,
    all: &'a [Route],
    active: Vec<bool>,
    scopes: Vec<u8>,
}

impl Table<'_> {
    fn is_usable(&self, at: usize) -> bool {
        let route = &self.all[at];
        let has_table = route.table == "main" || self.world.tables.contains(&route.table);
        has_table && route.distance < 255 && (route.is_blackhole || !self.ways(at, &[]).is_empty())
    }

    /// v7 puts a route above the one that its gateway is found by.
    fn scope(&self, at: usize) -> u8 {
        let above = self
            .found_by(at)
            .into_iter()
            .map(|by| self.scopes[by].saturating_add(1))
            .max();
        self.all[at]
            .scope
            .max(above.filter(|_| self.world.is_v7).unwrap_or(0))
    }

    /// Where the gateways of a route that are any good lead; a route that is looked for already leads nowhere.
    fn ways(&self, at: usize, looked_for: &[usize]) -> Ways {
        if self.all[at].is_blackhole || looked_for.contains(&at) {
            return Ways::new();
        }
        let gateways = self.all[at].gateways.iter();
        gateways
            .flat_map(|gateway| self.over(at, *gateway, looked_for))
            .collect()
    }

    fn over(&self, at: usize, gateway: Gateway, looked_for: &[usize]) -> Ways {
        let route = &self.all[at];
        let path = [looked_for, &[at]].concat();
        let ways: Ways = match gateway {
            Gateway::Gone => Ways::new(),
            Gateway::Interface(_) if self.world.is_v7 && route.is_checked => Ways::new(),
            Gateway::Interface(interface) => Ways::from([(interface, None)]),
            Gateway::Pinned(host, interface) => Ways::from([(interface, Some(host))]),
            Gateway::Host(host, table) => {
                let by = self.longest(at, host, table).into_iter();
                by.flat_map(|by| self.through(by, host, &path)).collect()
            }
        };
        let ways: Ways = ways
            .into_iter()
            .filter(|(interface, _)| self.world.is_up(interface))
            .collect();
        let asked = match gateway {
            Gateway::Host(host, _) | Gateway::Pinned(host, _) => Some(host),
            Gateway::Interface(_) | Gateway::Gone => None,
        };
        let is_answered = |host: Ipv4Addr| {
            ways.iter()
                .any(|(interface, _)| self.world.answers(interface, host))
        };
        let is_asked = route.is_checked && self.world.noticed != Noticed::AtOnce;
        if is_asked && asked.is_some_and(|host| !is_answered(host)) {
            Ways::new()
        } else {
            ways
        }
    }

    /// Where a host is that was found by a route. v6 finds none by a route that names an interface, connected ones aside.
    fn through(&self, by: usize, host: Ipv4Addr, path: &[usize]) -> Ways {
        let route = &self.all[by];
        if route.is_blackhole || path.contains(&by) {
            return Ways::new();
        }
        let names_interface =
            |gateway: &Gateway| matches!(gateway, Gateway::Interface(_) | Gateway::Pinned(..));
        let gateways = route
            .gateways
            .iter()
            .filter(|it| self.world.is_v7 || route.is_connected || !names_interface(it));
        let ways = gateways.flat_map(|gateway| self.over(by, *gateway, path));
        // Over Ethernet somebody must be named; a session leads to one alone.
        ways.map(|(interface, next)| {
            let is_named = route.is_connected || interface != SESSION;
            (interface, next.or(is_named.then_some(host)))
        })
        .collect()
    }

    /// The active routes with the longest prefix, among those that a route may look through.
    fn longest(&self, at: usize, host: Ipv4Addr, table: &str) -> Vec<usize> {
        let may = |by: &usize| {
            *by != at
                && self.active[*by]
                && self.all[*by].table == table
                && holds(self.all[*by].to, host)
                && self.scopes[*by] <= self.all[at].target_scope
        };
        let may: Vec<usize> = (0..self.all.len()).filter(may).collect();
        let longest = may.iter().map(|by| self.all[*by].to.1).max();
        may.into_iter()
            .filter(|by| Some(self.all[*by].to.1) == longest)
            .collect()
    }

    /// The routes that the gateways of a route are found by, if they lead anywhere.
    fn found_by(&self, at: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for gateway in &self.all[at].gateways {
            if self.over(at, *gateway, &[]).is_empty() || self.all[at].is_blackhole {
                continue;
            }
            match *gateway {
                Gateway::Host(host, table) => {
                    let by = self.longest(at, host, table).into_iter();
                    found.extend(by.filter(|by| !self.through(*by, host, &[at]).is_empty()));
                }
                Gateway::Pinned(host, interface) => {
                    let is_of_it = |by: &usize| {
                        let route = &self.all[*by];
                        route.is_connected
                            && route.gateways == [Gateway::Interface(interface)]
                            && holds(route.to, host)
                            && self.scopes[*by] <= self.all[at].target_scope
                    };
                    found.extend((0..self.all.len()).filter(is_of_it));
                }
                Gateway::Interface(_) | Gateway::Gone => {}
            }
        }
        found
    }
}

pub fn holds((network, length): Net, host: Ipv4Addr) -> bool {
    let mask = u32::MAX.checked_shl(32 - u32::from(length)).unwrap_or(0);
    network.to_bits() & mask == host.to_bits() & mask
}
