//! What already stands on the port of a line.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::defaults::{SESSIONS, added_distance, is_default_route, is_of_main, network_to};
use super::interfaces::is_set_to;
use super::{foreign_enabled, lease, tag_of};
use crate::routeros::router::{Router, Row};
use crate::routeros::schema;
use crate::routeros::value::Value;
use crate::site::{Access, Apn, Line, Text};

/// What a router has for a line, whoever made it.
#[derive(Clone, Debug)]
pub struct Existing<'a> {
    /// What somebody else made to bring the line up.
    pub client: Option<Client<'a>>,
    /// What makes the line's port a slave of a bridge.
    pub bridged: Option<Bridged<'a>>,
    /// Enabled static default routes of the main table over the line.
    pub default_routes: Vec<&'a Row>,
    /// The line's own address is on its interface already.
    pub has_address: bool,
    /// The distance of the default that the router has over the line today; `None` where it has none.
    pub default_distance: Option<u8>,
    /// The next hop: configured for a static line, from the lease (where the picture of the router has it) for DHCP; `None`
    /// for a point-to-point line, which needs none.
    pub gateway: Option<Ipv4Addr>,
}

/// A row that brings a line up and may add its default route: a DHCP client, a PPPoE or PPP client, that of a tunnel, or the
/// APN profile of a modem.
#[derive(Clone, Copy, Debug)]
pub struct Client<'a> {
    /// The row's menu.
    pub menu: &'static str,
    /// The row.
    pub row: &'a Row,
}

impl Client<'_> {
    /// Whether it adds a default route while it is up. The client of a tunnel does so only where it is told to.
    pub fn adds_default(self) -> bool {
        self.row
            .effective("add-default-route")
            .is_some_and(|adds| *adds != "no")
    }

    /// Whether it is known to have a say at which distance it adds its default: no command tree holds the clients of PPTP, SSTP
    /// and OpenVPN.
    pub fn has_distance(self) -> bool {
        schema::menu(self.menu).is_some_and(|menu| menu.property("default-route-distance").is_some())
    }

    /// The distance at which it adds a default, if it does; `None` for 255, which is never used.
    pub fn distance(self) -> Option<u8> {
        added_distance(self.row)
    }

    /// The distance of the default that it adds; `None` where it adds none.
    fn default_distance(self) -> Option<u8> {
        if self.row.disabled() || !self.adds_default() {
            return None;
        }
        self.distance()
    }
}

/// What the router has for a line.
pub fn existing<'a>(router: &'a Router, line: &Line) -> Existing<'a> {
    let gateway = match line.access() {
        Access::Static { gateway, .. } => Some(*gateway),
        Access::Dhcp => lease::gateway(router, line),
        Access::Pppoe(_) | Access::Lte(_) | Access::Ppp(_) | Access::Tunnel => None,
    };
    let client = foreign_client(router, line);
    let default_routes = default_routes(router, line, gateway);
    Existing {
        client,
        bridged: bridge_of(router, port_of(router, line)),
        default_distance: default_distance(client, &default_routes),
        default_routes,
        has_address: has_address(router, line),
        gateway,
    }
}

/// The port that a line is plugged into: what a client of somebody else dials over, else what the site says.
pub fn port_of<'a>(router: &'a Router, line: &'a Line) -> &'a [u8] {
    let client = foreign_client(router, line).map(|client| client.row);
    let port = match line.access() {
        Access::Pppoe(_) => client.and_then(|row| row.get("interface")),
        Access::Ppp(_) => client.and_then(|row| row.get("port")),
        _ => None,
    };
    port.map_or(line.port().as_bytes(), Value::as_bytes)
}

fn foreign_client<'a>(router: &'a Router, line: &Line) -> Option<Client<'a>> {
    let (menu, row) = match line.access() {
        Access::Dhcp | Access::Static { .. } => {
            (DHCP_CLIENTS, dhcp_client(router, line.interface().as_bytes()))
        }
        Access::Pppoe(_) => (PPPOE_CLIENTS, session(router, PPPOE_CLIENTS, line)),
        Access::Ppp(_) => (PPP_CLIENTS, session(router, PPP_CLIENTS, line)),
        Access::Lte(wanted) => (APN_PROFILES, apn_profile(router, line, wanted.as_ref())),
        Access::Tunnel => SESSIONS
            .into_iter()
            .filter(|menu| ![PPPOE_CLIENTS, PPP_CLIENTS].contains(menu))
            .map(|menu| (menu, session(router, menu, line)))
            .find(|(_, row)| row.is_some())?,
    };
    let row = row.filter(|row| tag_of(menu, row).is_none())?;
    Some(Client { menu, row })
}

/// The client that is the interface of a line.
fn session<'a>(router: &'a Router, menu: &str, line: &Line) -> Option<&'a Row> {
    router.table(menu).find_by("name", line.interface().as_bytes())
}

/// The APN profile that the modem of a line uses today, unless the site asks for another access point.
fn apn_profile<'a>(router: &'a Router, line: &Line, wanted: Option<&Apn>) -> Option<&'a Row> {
    let modem = modem(router, line)?;
    let profiles = modem.get("apn-profiles").map_or(&b"default"[..], Value::as_bytes);
    let first = profiles.split(|byte| *byte == b',').next()?;
    let profile = router.table(APN_PROFILES).find_by("name", first)?;
    let has = |property: &str, wanted: Option<&Text>| {
        wanted.is_none_or(|wanted| profile.is(property, wanted.as_bytes()))
    };
    let fits = wanted.is_none_or(|apn| has("apn", Some(&apn.name)) && has("user", apn.user.as_ref()));
    fits.then_some(profile)
}

/// The modem of an LTE line, where the picture of the router has it: a compact export leaves out what was never touched.
pub fn modem<'a>(router: &'a Router, line: &Line) -> Option<&'a Row> {
    router.table(MODEMS).find_by("name", line.interface().as_bytes())
}

/// The DHCP client on an interface, ours or not; an enabled one before a disabled one.
pub fn dhcp_client<'a>(router: &'a Router, interface: &[u8]) -> Option<&'a Row> {
    let clients = || {
        router
            .table(DHCP_CLIENTS)
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
    let itself = enabled(BRIDGE_PORTS).find(|row| is_set_to(row, "interface", interface));
    let by_list = || {
        let memberships = enabled(LIST_MEMBERS).filter(|row| is_set_to(row, "interface", interface));
        memberships
            .filter_map(|member| Some((member, member.get("list")?)))
            .find_map(|(member, list)| {
                let port = enabled(BRIDGE_PORTS).find(|row| is_set_to(row, "interface", list.as_bytes()))?;
                Some(Bridged {
                    port,
                    member: Some(member),
                })
            })
    };
    itself.map(|port| Bridged { port, member: None }).or_else(by_list)
}

/// The least distance of the default that a client adds and of static ones.
fn default_distance(client: Option<Client<'_>>, routes: &[&Row]) -> Option<u8> {
    let distance = |row: &&Row| row.effective("distance")?.to_text().parse::<u8>().ok();
    let added = client.and_then(Client::default_distance);
    routes.iter().filter_map(distance).chain(added).min()
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

/// Whether the router reaches a gateway over a line as its neighbour, by rows of somebody else: over a network that it is in,
/// or by a host route of at most that scope.
pub fn is_on_link(router: &Router, line: &Line, gateway: Ipv4Addr, scope: u8) -> bool {
    let host = [&gateway.to_string(), "/32"].concat();
    let near = |row: &Row| {
        let own = row
            .effective("scope")
            .and_then(|own| own.to_text().parse::<u8>().ok());
        own.is_some_and(|own| own <= scope)
    };
    let over_line = |row: &Row| {
        row.get("gateway")
            .is_some_and(|hop| leads_over(hop.as_bytes(), line, None))
    };
    let is_connected =
        |row: &Row| row.is("interface", line.interface()) && network_to(row, gateway).is_some();
    foreign_enabled(router, "/ip/address").any(is_connected)
        || foreign_enabled(router, "/ip/route")
            .any(|row| row.is("dst-address", &host) && is_of_main(row) && near(row) && over_line(row))
}

/// Whether a `gateway=` (`192.0.2.1`, `192.0.2.1%ether1`, `ether1`) leads over the line.
pub(super) fn leads_over(value: &[u8], line: &Line, gateway: Option<Ipv4Addr>) -> bool {
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

const DHCP_CLIENTS: &str = "/ip/dhcp-client";
const PPPOE_CLIENTS: &str = "/interface/pppoe-client";
const PPP_CLIENTS: &str = "/interface/ppp-client";
const APN_PROFILES: &str = "/interface/lte/apn";
const MODEMS: &str = "/interface/lte";
const BRIDGE_PORTS: &str = "/interface/bridge/port";
const LIST_MEMBERS: &str = "/interface/list/member";
