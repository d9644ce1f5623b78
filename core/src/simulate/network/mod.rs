//! What a router stands in: which of its interfaces are up, which addresses they have, who answers behind them.

pub(super) mod uplinks;

use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::scenario::{Condition, Noticed, Scenario};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::routeros::version::Version;
use crate::survey::bridge_of;
use crate::survey::interfaces::{Interface, InterfaceKind, enabled, is_seen, listed, unlisted};
use crate::survey::lists::{InterfaceLists, Member};
use crate::survey::networks::parse;

/// A router whose clients have what the providers give them, and the lines around it.
#[derive(Debug)]
pub(crate) struct Network<'a> {
    router: &'a Router,
    scenario: &'a Scenario,
    is_v7: bool,
    lists: InterfaceLists<'a>,
    interfaces: Vec<Interface<'a>>,
    /// Those of interfaces that are up.
    addresses: Vec<Address<'a>>,
    /// Those of interfaces that are down.
    silent: Vec<Address<'a>>,
    uplinks: Vec<Value>,
}

/// An address of the router.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Address<'a> {
    pub(crate) interface: &'a Value,
    /// The address.
    pub(crate) own: Ipv4Addr,
    /// What is reached by it: its network, or the other end of a session.
    pub(crate) connected: Ipv4Net,
    pub(crate) row: &'a Row,
}

impl<'a> Network<'a> {
    pub(crate) fn of(router: &'a Router, scenario: &'a Scenario) -> Self {
        let mut network = Self {
            router,
            scenario,
            is_v7: is_v7(router),
            lists: InterfaceLists::today(router),
            interfaces: listed(router).into_iter().chain(unlisted(router)).collect(),
            addresses: Vec::new(),
            silent: Vec::new(),
            uplinks: uplinks::of(router),
        };
        let addresses = enabled(router, ADDRESSES).filter_map(Address::of);
        (network.addresses, network.silent) =
            addresses.partition(|address| network.is_up(address.interface.as_bytes()));
        network
    }

    pub(crate) fn router(&self) -> &'a Router {
        self.router
    }

    /// Whether the router has RouterOS 7; where its version is not known, routes that only RouterOS 6 can have speak against it.
    pub(crate) fn is_v7(&self) -> bool {
        self.is_v7
    }

    /// How far the router has come since the lines failed.
    pub(crate) fn noticed(&self) -> Noticed {
        self.scenario.noticed
    }

    /// The addresses of interfaces that are up.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &Address<'a>> {
        self.addresses.iter()
    }

    /// Whether an address is the router's own; broadcasts of its networks count, for no route takes them further.
    pub(crate) fn is_own(&self, address: Ipv4Addr) -> bool {
        self.addresses().any(|known| known.own == address)
    }

    /// The lines whose address or network a host is in, up or down.
    pub(crate) fn lines_of(&self, host: Ipv4Addr) -> impl Iterator<Item = &'a Value> {
        let all = self.addresses.iter().chain(&self.silent);
        let of_line = all.filter(move |known| {
            let is_near = known.connected.prefix_len() < 32 && known.connected.contains(&host);
            (known.own == host || is_near) && self.is_uplink(known.interface.as_bytes())
        });
        of_line.map(|known| known.interface)
    }

    /// The interfaces that lead to providers, by their names, each once.
    pub(crate) fn uplinks(&self) -> &[Value] {
        &self.uplinks
    }

    /// Whether an interface leads to a provider: the router says so, or the scenario.
    pub(crate) fn is_uplink(&self, interface: &[u8]) -> bool {
        let mut named = self.scenario.lines();
        named.any(|(line, _)| line.as_bytes() == interface) || self.is_found(interface)
    }

    /// Whether an interface stands upon one that leads to a provider, as the address that two routers share on a line (VRRP)
    pub(crate) fn stands_upon_uplink(&self, interface: &[u8]) -> bool {
        let mut name = interface;
        for _ in 0..DEEPEST {
            let row = self.interface(name).and_then(|known| known.row);
            match row.and_then(|row| row.get("interface")) {
                Some(below) if self.is_uplink(below.as_bytes()) => return true,
                Some(below) => name = below.as_bytes(),
                None => return false,
            }
        }
        false
    }

    fn is_found(&self, interface: &[u8]) -> bool {
        self.uplinks.iter().any(|uplink| uplink.as_bytes() == interface)
    }

    /// Whether an interface runs: it is enabled, and so is what it stands upon, and the scenario does not take it down.
    pub(crate) fn is_up(&self, interface: &[u8]) -> bool {
        self.is_up_within(interface, DEEPEST)
    }

    fn is_up_within(&self, interface: &[u8], depth: usize) -> bool {
        let row = self.interface(interface).and_then(|known| known.row);
        let is_cut = match self.said_of(interface) {
            Condition::Up | Condition::UpstreamDead => false,
            Condition::LinkDown => true,
            Condition::NoLease => self.is_session(interface),
            // Whoever keeps a PPP session open sees that nobody is there (ROUTEROS-BEHAVIOUR §2).
            Condition::GatewayDead => self.is_kept_alive(interface) && self.noticed() >= Noticed::Checks,
        };
        if is_cut || row.is_some_and(Row::disabled) {
            return false;
        }
        let slaves = row
            .and_then(|row| row.get("slaves"))
            .map_or(&b""[..], Value::as_bytes);
        let mut slaves = slaves
            .split(|byte| *byte == b',')
            .filter(|slave| !slave.is_empty())
            .peekable();
        if slaves.peek().is_some() && slaves.all(|slave| self.said_of(slave) == Condition::LinkDown) {
            return false;
        }
        let below = row.and_then(|row| row.get("interface"));
        match (below, depth.checked_sub(1)) {
            (Some(below), Some(depth)) => self.is_up_within(below.as_bytes(), depth),
            _ => true,
        }
    }

    /// How the line is that an interface belongs to. Where the address is static, no lease can be missing.
    pub(crate) fn condition(&self, interface: &[u8]) -> Condition {
        match self.said_of(interface) {
            Condition::NoLease if !self.has_client(interface) => Condition::Up,
            condition => condition,
        }
    }

    /// What the scenario says of an interface, else of what it stands upon: a session is named by its port, too.
    fn said_of(&self, interface: &[u8]) -> Condition {
        let mut name = interface;
        for _ in 0..DEEPEST {
            let said = self.scenario.condition(name);
            let row = self.interface(name).and_then(|known| known.row);
            match row.and_then(|row| row.get("interface")) {
                Some(below) if said == Condition::Up => name = below.as_bytes(),
                _ => return said,
            }
        }
        Condition::Up
    }

    /// Whether a provider gives an interface its address.
    fn has_client(&self, interface: &[u8]) -> bool {
        let mut leased = enabled(self.router, "/ip/dhcp-client").filter_map(|row| row.get("interface"));
        self.is_session(interface) || leased.any(|leased| leased.as_bytes() == interface)
    }

    /// Whether what leaves by an interface for `target` is answered.
    pub(crate) fn answers(&self, interface: &[u8], target: Ipv4Addr) -> bool {
        if !self.is_up(interface) {
            return false;
        }
        let is_neighbour = || {
            let mut own = self.addresses.iter();
            own.any(|known| known.interface.as_bytes() == interface && known.connected.contains(&target))
        };
        !self.is_uplink(interface)
            || match self.condition(interface) {
                Condition::Up => true,
                Condition::UpstreamDead => is_neighbour(),
                Condition::LinkDown | Condition::NoLease | Condition::GatewayDead => false,
            }
    }

    /// The interfaces that the router has without its customers' sessions, by their names.
    pub(crate) fn interfaces(&self) -> impl Iterator<Item = &'a Value> {
        self.interfaces.iter().map(|known| known.name)
    }

    pub(crate) fn kind(&self, interface: &[u8]) -> Option<InterfaceKind> {
        let known = self.interface(interface).map(|known| known.kind);
        known.or_else(|| interface.starts_with(SESSION).then_some(InterfaceKind::Pppoe))
    }

    /// Whether an interface leads to one neighbour alone: a gateway that names it needs no address.
    pub(crate) fn is_point_to_point(&self, interface: &[u8]) -> bool {
        self.kind(interface).is_some_and(InterfaceKind::leads_away)
    }

    /// Whether rows of the router name an interface, be it listed or not: an export leaves out what is as the factory made it.
    pub(crate) fn is_known(&self, interface: &Value) -> bool {
        let mut addresses = self.addresses.iter().chain(&self.silent);
        addresses.any(|address| address.interface == interface)
            || self.has_interface(interface.as_bytes())
            || is_seen(self.router, interface.as_bytes())
    }

    /// Whether the router has an interface of that name.
    pub(crate) fn has_interface(&self, interface: &[u8]) -> bool {
        self.kind(interface).is_some()
    }

    /// The bridge or bonding that an interface is a port of: packets come in and leave by that.
    pub(crate) fn master(&self, interface: &[u8]) -> Option<&'a Value> {
        let bridge = bridge_of(self.router, interface).and_then(|on| on.bridge());
        bridge.or_else(|| {
            let mut bondings = enabled(self.router, "/interface/bonding");
            bondings.find_map(|row| {
                let mut slaves = row.get("slaves")?.as_bytes().split(|byte| *byte == b',');
                slaves.any(|slave| slave == interface).then(|| row.get("name"))?
            })
        })
    }

    /// Whether an interface is in an interface list.
    pub(crate) fn is_in_list(&self, list: &[u8], interface: &[u8]) -> bool {
        let joins = self.lists_of_session(interface);
        self.lists.has(
            list,
            Member {
                interface,
                joins: &joins,
            },
        )
    }

    /// The lists that the profile of a customer's session puts its interface in.
    fn lists_of_session(&self, interface: &[u8]) -> Vec<Value> {
        if !interface.starts_with(SESSION) {
            return Vec::new();
        }
        let profiles = enabled(self.router, "/interface/pppoe-server/server").map(|server| {
            server
                .get("default-profile")
                .map_or(&b"default"[..], Value::as_bytes)
        });
        let lists = profiles.filter_map(|name| {
            let profile = self.router.table("/ppp/profile").find_by("name", name)?;
            profile.get("interface-list").cloned()
        });
        lists.collect()
    }

    fn is_session(&self, interface: &[u8]) -> bool {
        self.kind(interface)
            .is_some_and(|kind| kind.is_ppp() || kind == InterfaceKind::Lte)
    }

    fn is_kept_alive(&self, interface: &[u8]) -> bool {
        self.kind(interface).is_some_and(InterfaceKind::is_ppp)
    }

    fn interface(&self, name: &[u8]) -> Option<&Interface<'a>> {
        self.interfaces.iter().find(|known| known.name.as_bytes() == name)
    }
}

impl<'a> Address<'a> {
    fn of(row: &'a Row) -> Option<Self> {
        let net = parse(row.get("address")?)?;
        let other_end = || row.get("network")?.to_text().parse::<Ipv4Addr>().ok();
        let connected = match net.prefix_len() {
            32 => Ipv4Net::from(other_end().unwrap_or(net.addr())),
            _ => net.trunc(),
        };
        Some(Self {
            interface: row.get("interface")?,
            own: net.addr(),
            connected,
            row,
        })
    }
}

fn is_v7(router: &Router) -> bool {
    let only_v6 = |row: &Row| row.get("routing-mark").is_some() || row.get("type").is_some();
    match router.version() {
        Some(version) => version >= Version::new(7, 0, 0),
        None => !router.table("/ip/route").iter().any(only_v6),
    }
}

const ADDRESSES: &str = "/ip/address";

/// Interfaces of customers' sessions are called so: `<pppoe-jo>`.
pub(in crate::simulate) const SESSION: &[u8] = b"<";

/// Interfaces upon interfaces.
const DEEPEST: usize = 8;
