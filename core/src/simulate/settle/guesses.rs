//! Leases that nobody told, from what the router itself says of its providers.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::clients::{dhcp_clients, read_lease, variables};
use super::live::Around;
use crate::routeros::router::{Router, Row};
use crate::routeros::syntax::Script;
use crate::routeros::value::Value;
use crate::simulate::network::Network;
use crate::simulate::network::uplinks::gateways;
use crate::simulate::scenario::{Lease, Scenario};
use crate::survey::interfaces::enabled;
use crate::survey::networks::parse;

/// What is assumed of clients and gateways where nothing else tells which belong together.
pub(crate) const BY_ORDER: &str = "by the order of clients and routes";

/// A gateway, and what makes it that of a client.
type Told = (Ipv4Addr, &'static str);

/// What is known of the leases of clients that have none.
pub(super) struct Guesses {
    /// The gateways that the router says itself, by the interface of the client.
    told: BTreeMap<Value, Told>,
    /// The gateways of routes that are in no network and of no client so far, one of each network, in the order of the routes.
    unknown: Vec<Ipv4Addr>,
    /// How many clients nothing is told of.
    untold: usize,
    /// Whether their order decides.
    is_ordered: bool,
    /// The networks for benchmarks that are in use.
    taken: BTreeSet<u8>,
}

impl Guesses {
    pub(super) fn of(router: &Router, scenario: &Scenario) -> Self {
        let clients = dhcp_clients(router).filter(|row| read_lease(row).is_none());
        let clients: Vec<(&Row, &Value)> = clients
            .filter_map(|row| Some((row, row.get("interface")?)))
            .filter(|(_, interface)| scenario.lease(interface.as_bytes()).is_none())
            .collect();
        let mut unknown = unknown(router, scenario);
        let told = clients.iter().filter_map(|(row, interface)| {
            let told = pinned(router, interface)
                .or_else(|| left_by_script(router, row, interface))
                .or_else(|| within_route(router, interface, &unknown))?;
            Some(((*interface).clone(), told))
        });
        let told: BTreeMap<Value, Told> = told.collect();
        unknown.retain(|gateway| !told.values().any(|(known, _)| same_network(*known, *gateway)));
        let given = enabled(router, ADDRESSES).filter_map(|row| Some(parse(row.get("address")?)?.addr()));
        let guessed = told
            .values()
            .map(|(gateway, _)| *gateway)
            .chain(unknown.iter().copied());
        Self {
            untold: clients.len().saturating_sub(told.len()),
            taken: given.chain(guessed).filter_map(benchmark).collect(),
            told,
            unknown,
            is_ordered: false,
        }
    }

    /// A lease for a DHCP client, and why this one: by what the router says of it; else, where as many gateways are unknown as
    /// clients, by their order; else one of a network for benchmarks (RFC 2544).
    pub(super) fn lease(&mut self, interface: &Value) -> (Lease, &'static str) {
        if let Some((gateway, because)) = self.told.get(interface) {
            return (beside(*gateway), because);
        }
        let is_even = self.unknown.len() == self.untold;
        self.untold = self.untold.saturating_sub(1);
        if !is_even || self.unknown.is_empty() {
            return (self.any(24), "made up");
        }
        self.is_ordered |= self.unknown.len() > 1;
        let because = match self.is_ordered {
            false => "the only one of the routes that is in no known network",
            true => BY_ORDER,
        };
        (beside(self.unknown.remove(0)), because)
    }

    /// Both ends of a session: nothing depends on them, so nothing is said.
    pub(super) fn session(&mut self) -> Lease {
        self.any(32)
    }

    fn any(&mut self, length: u8) -> Lease {
        let free = (1..u8::MAX)
            .find(|number| !self.taken.contains(number))
            .unwrap_or(u8::MAX);
        self.taken.insert(free);
        let address = Ipv4Addr::new(198, 18, free, 2);
        Lease {
            address: Ipv4Net::new(address, length).unwrap_or(address.into()),
            gateway: Ipv4Addr::new(198, 18, free, 1),
        }
    }
}

/// The gateways of routes that are in no network that the router was read with or that somebody told.
fn unknown(router: &Router, scenario: &Scenario) -> Vec<Ipv4Addr> {
    let usual = Scenario::default();
    let network = Network::of(router, &usual);
    // A probe whose route waits for a lease is no gateway of a provider.
    let routed: BTreeSet<Ipv4Addr> = router
        .table(ROUTES)
        .iter()
        .filter_map(|row| parse(row.get("dst-address")?))
        .filter(|prefix| prefix.prefix_len() == 32)
        .map(|prefix| prefix.addr())
        .collect();
    let leased: Vec<Ipv4Net> = dhcp_clients(router)
        .filter_map(|row| {
            scenario
                .lease(row.get("interface")?.as_bytes())
                .cloned()
                .or_else(|| read_lease(row))
        })
        .map(|lease| lease.address)
        .collect();
    let is_known = |hop: &Ipv4Addr| {
        routed.contains(hop)
            || network.addresses().any(|address| address.connected.contains(hop))
            || leased.iter().any(|lease| lease.contains(hop))
    };
    let mut unknown: Vec<Ipv4Addr> = Vec::new();
    let hops = enabled(router, ROUTES).flat_map(gateways).filter_map(host);
    for hop in hops.filter(|hop| !is_known(hop)) {
        if !unknown.iter().any(|known| same_network(*known, hop)) {
            unknown.push(hop);
        }
    }
    unknown
}

/// `gateway=192.0.2.1%ether1`
fn pinned(router: &Router, interface: &Value) -> Option<Told> {
    let hops = enabled(router, ROUTES).flat_map(gateways);
    let mut pinned = hops.filter_map(|hop| {
        let at = memchr::memchr(b'%', hop)?;
        let is_own = hop.get(at.saturating_add(1)..)? == interface.as_bytes();
        host(hop).filter(|_| is_own)
    });
    Some((pinned.next()?, "which a route names for it"))
}

/// What its lease script wrote into routes when it last ran: the gateways of those that it would write another into.
fn left_by_script(router: &Router, client: &Row, interface: &Value) -> Option<Told> {
    let script = client.get("script").filter(|script| !script.is_empty())?;
    let lease = beside(OTHER);
    let scenario = Scenario::default();
    let script = Script::parse_lenient(script.as_bytes());
    let around = Around { scenario: &scenario };
    let written = router
        .run_with(&script, &variables(interface, &lease, true), &around)
        .router;
    let table = router.table(ROUTES);
    let mut left = written.table(ROUTES).iter().filter_map(|row| {
        let is_written = gateways(row).filter_map(host).any(|gateway| gateway == OTHER);
        let before = table
            .by_id(row.id())
            .filter(|before| is_written && !before.disabled())?;
        gateways(before).find_map(host)
    });
    Some((left.next()?, "which its lease script maintains"))
}

/// `dst-address=192.0.2.0/24 gateway=ether1` beside a route by `192.0.2.1`.
fn within_route(router: &Router, interface: &Value, unknown: &[Ipv4Addr]) -> Option<Told> {
    let over = enabled(router, ROUTES).filter(|row| row.get("gateway") == Some(interface));
    let mut nets = over.filter_map(|row| parse(row.get("dst-address")?));
    let gateway = nets.find_map(|net| unknown.iter().find(|gateway| is_of(net, **gateway)))?;
    Some((*gateway, "in a network that a route leads to over it"))
}

fn is_of(net: Ipv4Net, gateway: Ipv4Addr) -> bool {
    net.prefix_len() > 0 && net.contains(&gateway)
}

/// The address that a gateway begins with.
fn host(hop: &[u8]) -> Option<Ipv4Addr> {
    let end = memchr::memchr2(b'%', b'@', hop).unwrap_or(hop.len());
    core::str::from_utf8(hop.get(..end)?).ok()?.parse().ok()
}

/// The number of a network for benchmarks.
fn benchmark(address: Ipv4Addr) -> Option<u8> {
    match address.octets() {
        [198, 18, number, _] => Some(number),
        _ => None,
    }
}

/// A lease in the same /24 as the gateway.
fn beside(gateway: Ipv4Addr) -> Lease {
    let [a, b, c, last] = gateway.octets();
    let own = if last == 2 { 3 } else { 2 };
    let address = Ipv4Addr::new(a, b, c, own);
    Lease {
        address: Ipv4Net::new(address, 24).unwrap_or(address.into()),
        gateway,
    }
}

fn same_network(one: Ipv4Addr, other: Ipv4Addr) -> bool {
    one.octets().get(..3) == other.octets().get(..3)
}

/// A gateway that no router has (RFC 2544).
const OTHER: Ipv4Addr = Ipv4Addr::new(198, 19, 255, 1);

const ADDRESSES: &str = "/ip/address";
const ROUTES: &str = "/ip/route";
