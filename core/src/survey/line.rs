//! What already stands on the port of a line.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::defaults::is_default_route;
use super::{foreign_enabled, tag_of};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::{Access, Line};

/// What a router has for a line, whoever made it.
#[derive(Clone, Debug)]
pub struct Existing<'a> {
    /// The DHCP client on the line's interface that somebody else made.
    pub client: Option<&'a Row>,
    /// What makes the line's interface a slave of a bridge.
    pub bridged: Option<Bridged<'a>>,
    /// Enabled static default routes of the main table over the line.
    pub default_routes: Vec<&'a Row>,
    /// The line's own address is on its interface already.
    pub has_address: bool,
    /// The distance of the default that the router has over the line today; `None` where it has none.
    pub default_distance: Option<u8>,
    /// The next hop: configured for a static line, from the lease (where the picture of the router has it) for DHCP.
    pub gateway: Option<Ipv4Addr>,
}

/// What the router has on the line's interface.
pub fn existing<'a>(router: &'a Router, line: &Line) -> Existing<'a> {
    let gateway = match line.access() {
        Access::Static { gateway, .. } => Some(*gateway),
        Access::Dhcp => leased_gateway(router, line.interface().as_bytes()),
    };
    let client = client(router, line.interface().as_bytes());
    let client = client.filter(|row| tag_of("/ip/dhcp-client", row).is_none());
    let default_routes = default_routes(router, line, gateway);
    Existing {
        client,
        bridged: bridge_of(router, line.interface().as_bytes()),
        default_distance: default_distance(client, &default_routes),
        default_routes,
        has_address: has_address(router, line),
        gateway,
    }
}

/// The DHCP client on an interface, ours or not; an enabled one before a disabled one.
pub fn client<'a>(router: &'a Router, interface: &[u8]) -> Option<&'a Row> {
    let clients = || {
        router
            .table("/ip/dhcp-client")
            .iter()
            .filter(|row| row.is("interface", interface))
    };
    clients().find(|row| !row.disabled()).or_else(|| clients().next())
}

/// What makes an interface a slave of a bridge: its own bridge port, or its place in a list that is one.
#[derive(Clone, Copy, Debug)]
pub struct Bridged<'a> {
    /// The enabled bridge port row that holds it.
    pub port: &'a Row,
    /// Its membership in the interface list that `port` names instead of it, from 6.41 on \[D:328068\].
    pub member: Option<&'a Row>,
}

impl<'a> Bridged<'a> {
    /// The bridge.
    pub fn bridge(&self) -> Option<&'a Value> {
        self.port.get("bridge")
    }

    /// The menu and the row without which the interface is free.
    pub fn bond(&self) -> (&'static str, &'a Row) {
        match self.member {
            Some(member) => (LIST_MEMBERS, member),
            None => (BRIDGE_PORTS, self.port),
        }
    }
}

/// What makes an interface a slave of a bridge, if it is one.
pub fn bridge_of<'a>(router: &'a Router, interface: &[u8]) -> Option<Bridged<'a>> {
    let enabled = |menu| router.table(menu).iter().filter(|row| !row.disabled());
    let itself = enabled(BRIDGE_PORTS).find(|row| row.is("interface", interface));
    let by_list = || {
        let memberships = enabled(LIST_MEMBERS).filter(|row| row.is("interface", interface));
        memberships
            .filter_map(|member| Some((member, member.get("list")?)))
            .find_map(|(member, list)| {
                let port = enabled(BRIDGE_PORTS).find(|row| row.is("interface", list))?;
                Some(Bridged {
                    port,
                    member: Some(member),
                })
            })
    };
    itself.map(|port| Bridged { port, member: None }).or_else(by_list)
}

/// The gateway that a live router reports for a bound client.
fn leased_gateway(router: &Router, interface: &[u8]) -> Option<Ipv4Addr> {
    let client = client(router, interface)?;
    client.live("gateway")?.to_text().parse().ok()
}

/// The least distance of the default that a client adds and of static ones.
fn default_distance(client: Option<&Row>, routes: &[&Row]) -> Option<u8> {
    let number = |row: &Row, property| row.effective(property)?.to_text().parse::<u8>().ok();
    let adds_one = client.filter(|row| !row.disabled() && adds_default(row));
    let added = adds_one.and_then(|row| number(row, "default-route-distance"));
    routes
        .iter()
        .filter_map(|row| number(row, "distance"))
        .chain(added)
        .min()
}

/// Whether a DHCP client adds a default route.
pub fn adds_default(client: &Row) -> bool {
    !client.is("add-default-route", "no")
}

fn default_routes<'a>(router: &'a Router, line: &Line, gateway: Option<Ipv4Addr>) -> Vec<&'a Row> {
    let leads_over_line = |row: &&Row| {
        row.get("gateway")
            .is_some_and(|value| leads_over(value.as_bytes(), line, gateway))
    };
    foreign_enabled(router, "/ip/route")
        .filter(|row| is_default_route(row))
        .filter(leads_over_line)
        .collect()
}

/// Whether a `gateway=` (`192.0.2.1`, `192.0.2.1%ether1`, `ether1`) leads over the line.
fn leads_over(value: &[u8], line: &Line, gateway: Option<Ipv4Addr>) -> bool {
    let mut parts = value.splitn(2, |byte| *byte == b'%');
    let (hop, pin) = (parts.next().unwrap_or_default(), parts.next());
    let is_interface = |name: &[u8]| name == line.interface().as_bytes();
    let is_hop =
        || core::str::from_utf8(hop).ok().and_then(|text| text.parse().ok()) == gateway && gateway.is_some();
    pin.map_or_else(|| is_interface(hop) || is_hop(), is_interface)
}

fn has_address(router: &Router, line: &Line) -> bool {
    let Access::Static { address, .. } = line.access() else {
        return false;
    };
    let address = address.to_string();
    foreign_enabled(router, "/ip/address")
        .any(|row| row.is("interface", line.interface()) && row.is("address", &address))
}

const BRIDGE_PORTS: &str = "/interface/bridge/port";
const LIST_MEMBERS: &str = "/interface/list/member";
