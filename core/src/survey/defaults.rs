//! The default routes of a router, and the interface that each leaves by.

use alloc::borrow::Cow;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::interfaces::{InterfaceKind, enabled, find, listed};
use super::{dhcp_client, tag_of};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;

/// A default route of the main table, or a client that adds one while it is up.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DefaultRoute<'a> {
    /// The interface that it leaves by.
    pub(crate) interface: &'a [u8],
    /// The address behind it, where it is told.
    pub(crate) gateway: Option<Ipv4Addr>,
    /// 1 to 255: the lowest is in force.
    pub(crate) distance: u8,
    /// Whether the interface has no link, or its client no lease, as far as that is known.
    pub(crate) down: bool,
}

/// Default routes that a live router says are in force; more than one where it balances over them.
pub(crate) fn active(router: &Router) -> Vec<DefaultRoute<'_>> {
    enabled(router, ROUTES)
        .filter(|row| is_default_route(row) && live_is(row, "active", true))
        .filter_map(|row| of_route(router, row))
        .collect()
}

/// Whether the picture of the router says which routes are in force.
pub(crate) fn activity_is_known(router: &Router) -> bool {
    router
        .table(ROUTES)
        .iter()
        .any(|row| live_is(row, "active", true))
}

/// Default routes by configuration: those of clients, then static ones.
pub(crate) fn configured(router: &Router) -> Vec<DefaultRoute<'_>> {
    let routes = enabled(router, ROUTES).filter(|row| !row.dynamic() && is_default_route(row));
    of_clients(router, |_, _| true)
        .chain(routes.filter_map(|row| of_route(router, row)))
        .collect()
}

/// Whether a route row is a default of the main table; one without `dst-address` leads everywhere.
pub(crate) fn is_default_route(row: &Row) -> bool {
    let is_everything = row.get("dst-address").is_none() || row.is("dst-address", "0.0.0.0/0");
    let is_unicast = row.get("blackhole").is_none() && row.get("type").is_none_or(|kind| *kind == "unicast");
    is_everything && is_unicast && is_of_main(row)
}

/// Whether a route row is of the main table: v7 names another one as its routing table, v6 as its routing mark.
pub(crate) fn is_of_main(row: &Row) -> bool {
    row.is("routing-table", "main") && row.get("routing-mark").is_none_or(|mark| *mark == "main")
}

/// Default routes that clients of somebody else add while they are up.
pub(crate) fn of_foreign_clients(router: &Router) -> impl Iterator<Item = DefaultRoute<'_>> {
    of_clients(router, |menu, row| tag_of(menu, row).is_none())
}

/// Which rows of a menu are meant.
type IsMeant = fn(&str, &Row) -> bool;

fn of_clients(router: &Router, is_meant: IsMeant) -> impl Iterator<Item = DefaultRoute<'_>> {
    dhcp(router, is_meant)
        .chain(sessions(router, is_meant))
        .chain(modems(router, is_meant))
}

fn dhcp(router: &Router, is_meant: IsMeant) -> impl Iterator<Item = DefaultRoute<'_>> {
    let in_main = |row: &&Row| {
        row.get("default-route-tables").is_none_or(|tables| {
            let mut tables = tables.as_bytes().split(|&byte| byte == b',');
            tables.any(|table| [&b"main"[..], b"default"].contains(&before(table, b':')))
        })
    };
    enabled(router, DHCP_CLIENTS)
        .filter(move |row| is_meant(DHCP_CLIENTS, row) && !row.is("add-default-route", "no"))
        .filter(in_main)
        .filter_map(|row| {
            let gateway = row.live("gateway").and_then(|value| address(value.as_bytes()));
            default_over(router, row.get("interface")?.as_bytes(), row)
                .map(|route| DefaultRoute { gateway, ..route })
        })
}

fn sessions(router: &Router, is_meant: IsMeant) -> impl Iterator<Item = DefaultRoute<'_>> {
    SESSIONS
        .iter()
        .flat_map(move |menu| enabled(router, menu).filter(move |row| is_meant(menu, row)))
        .filter(|row| row.is("add-default-route", "yes"))
        .filter_map(|row| default_over(router, row.get("name")?.as_bytes(), row))
}

/// LTE modems: the first of a modem's APN profiles says whether and at which distance; an export leaves the factory's out.
fn modems(router: &Router, is_meant: IsMeant) -> impl Iterator<Item = DefaultRoute<'_>> {
    let modems = listed(router).into_iter();
    let modems = modems.filter(|known| known.kind == InterfaceKind::Lte);
    modems.filter_map(move |modem| {
        let profile = apn_profile(router, modem.row.filter(|row| !row.disabled())?);
        let adds = is_meant(APN_PROFILES, &profile) && !profile.is("add-default-route", "no");
        adds.then(|| default_over(router, modem.name.as_bytes(), &profile))?
    })
}

/// The first APN profile of a modem.
pub(crate) fn apn_profile<'a>(router: &'a Router, modem: &Row) -> Cow<'a, Row> {
    let profiles = modem.get("apn-profiles").map_or(&b"default"[..], Value::as_bytes);
    router
        .table(APN_PROFILES)
        .find_by("name", before(profiles, b','))
        .map_or_else(|| Cow::Owned(router.new_row(APN_PROFILES)), Cow::Borrowed)
}

/// What a client adds, whose row says at which distance.
fn default_over<'a>(router: &Router, interface: &'a [u8], row: &Row) -> Option<DefaultRoute<'a>> {
    Some(DefaultRoute {
        interface,
        gateway: None,
        distance: added_distance(row)?,
        down: is_down(router, interface),
    })
}

fn of_route<'a>(router: &'a Router, row: &'a Row) -> Option<DefaultRoute<'a>> {
    let (interface, gateway) = next_hop(router, row, DEEPEST)?;
    Some(DefaultRoute {
        interface,
        gateway,
        distance: distance(row, "distance")?,
        down: is_down(router, interface) || is_usable(router, row) == Some(false),
    })
}

/// Whether a route could be used now: `None` where the picture of the router does not tell.
///
/// v7 calls a dead one `inactive` and names no way for it, v6 says in words that its gateways are unreachable. A healthy one that stands
/// by is neither active nor inactive (`ROUTEROS` §3.5); where 7 prints flags alone, it is one that has none of the two.
pub(crate) fn is_usable(router: &Router, row: &Row) -> Option<bool> {
    if row.disabled() || live_is(row, "inactive", true) {
        return Some(false);
    }
    let way = row.live("immediate-gw").map(|way| !way.is_empty());
    let told = way.or_else(|| row.live("gateway-status").map(is_reached));
    let is_flagged = || {
        let is_v7 = router.version().is_some_and(|version| version.major >= 7);
        live_is(row, "active", true) || (is_v7 && activity_is_known(router))
    };
    told.or_else(|| is_flagged().then_some(true))
}

/// Whether one of the gateways of a v6 route is reached.
fn is_reached(status: &Value) -> bool {
    let mut gateways = status.as_bytes().split(|byte| *byte == b',');
    gateways.any(|gateway| !gateway.is_empty() && !gateway.ends_with(b"unreachable"))
}

/// The distance of the default that a client adds.
pub(crate) fn added_distance(row: &Row) -> Option<u8> {
    distance(row, "default-route-distance")
}

/// `None` for 255, the distance of a route that is never used.
fn distance(row: &Row, property: &str) -> Option<u8> {
    let text = row.effective(property);
    let distance = text.and_then(|text| text.to_text().parse().ok()).unwrap_or(1);
    (distance < u8::MAX).then_some(distance)
}

/// Whether an interface has no link, or its client no lease, as far as that is known.
pub(crate) fn is_down(router: &Router, interface: &[u8]) -> bool {
    let row = find(router, interface).and_then(|known| known.row);
    let has_no_link = row.is_some_and(|row| row.disabled() || live_is(row, "running", false));
    let has_no_lease = dhcp_client(router, interface)
        .filter(|client| !client.disabled())
        .and_then(|client| client.live("status"))
        .is_some_and(lacks_lease);
    has_no_link || has_no_lease
}

/// Whether a DHCP client says that it has no lease. One that is renewing or rebinding has it still (RFC 2131 §4.4.5); the words are
/// the manual's, with dots behind those of a state that goes on: unconfirmed.
pub(crate) fn lacks_lease(status: &Value) -> bool {
    let mut words = ["searching", "requesting", "stopped", "error"].iter();
    words.any(|word| status.as_bytes().starts_with(word.as_bytes()))
}

/// The interface that a route leaves by and the neighbour there.
type NextHop<'a> = (&'a [u8], Option<Ipv4Addr>);

/// What the live router says, else what the gateway comes to.
fn next_hop<'a>(router: &'a Router, row: &'a Row, depth: u8) -> Option<NextHop<'a>> {
    if let Some(resolved) = resolved(row) {
        return Some(resolved);
    }
    hop(router, before(row.get("gateway")?.as_bytes(), b','), depth)
}

/// What one gateway of a route comes to: `192.0.2.1`, `192.0.2.1%ether1`, `9.9.9.9@main`, `pppoe-out1`.
fn hop<'a>(router: &'a Router, gateway: &'a [u8], depth: u8) -> Option<NextHop<'a>> {
    let gateway = before(gateway, b'@');
    let pin = after(gateway, b'%');
    let Some(neighbour) = address(pin) else {
        return Some((pin, address(before(gateway, b'%'))));
    };
    let beside = |interface| (interface, Some(neighbour));
    connected(router, neighbour)
        .map(beside)
        .or_else(|| recursive(router, neighbour, depth))
        .or_else(|| by_elimination(router).map(beside))
}

/// The gateways that a route names, each with the interface that it comes to where that is told.
pub(crate) fn hops<'a>(router: &'a Router, row: &'a Row) -> Vec<(&'a [u8], Option<&'a [u8]>)> {
    let gateways = row.get("gateway").map(Value::as_bytes).unwrap_or_default();
    let gateways = gateways.split(|&byte| byte == b',').filter(|hop| !hop.is_empty());
    let mut hops: Vec<_> = gateways
        .map(|gateway| {
            let interface = hop(router, gateway, DEEPEST).map(|(interface, _)| interface);
            (before(gateway, b'@'), interface)
        })
        .collect();
    if let ([(_, interface)], Some((resolved, _))) = (hops.as_mut_slice(), resolved(row)) {
        *interface = Some(resolved);
    }
    hops
}

/// The interfaces that a route leaves by, one for each of its gateways that leads anywhere: those that the live router names, else
/// those that the gateways come to.
pub(crate) fn ways<'a>(router: &'a Router, row: &'a Row) -> Vec<&'a [u8]> {
    let told = |text: &'a Value, read: fn(&'a [u8]) -> Option<NextHop<'a>>| -> Vec<&'a [u8]> {
        let gateways = text.as_bytes().split(|byte| *byte == b',');
        gateways
            .filter_map(read)
            .map(|(interface, _)| interface)
            .collect()
    };
    if let Some(text) = row.live("immediate-gw") {
        return told(text, immediate);
    }
    if let Some(text) = row.live("gateway-status") {
        return told(text, reached);
    }
    let hops = hops(router, row).into_iter();
    hops.filter_map(|(_, interface)| interface).collect()
}

/// What a live router says that a route comes to: the first of several; `None` also for one that leads nowhere.
fn resolved(row: &Row) -> Option<NextHop<'_>> {
    let immediate = row.live("immediate-gw").map(|text| immediate(text.as_bytes()));
    immediate.unwrap_or_else(|| reached(row.live("gateway-status")?.as_bytes()))
}

/// v7: `192.0.2.1%ether1` or `pppoe-out1`.
fn immediate(text: &[u8]) -> Option<NextHop<'_>> {
    let first = before(text, b',');
    let gateway = address(before(first, b'%'));
    let interface = if gateway.is_some() {
        after(first, b'%')
    } else {
        first
    };
    (!interface.is_empty()).then_some((interface, gateway))
}

/// v6: `192.0.2.1 reachable via  ether1`, `9.9.9.9 recursive via 192.0.2.1 ether1` or `pppoe-out1 reachable`. Names of
/// interfaces may hold blanks.
fn reached(text: &[u8]) -> Option<NextHop<'_>> {
    let first = before(text, b',');
    if let Some((gateway, interface)) = split(first, b" reachable via ") {
        return Some((interface.trim_ascii_start(), address(before(gateway, b'%'))));
    }
    if let Some((_, hop)) = split(first, b" recursive via ") {
        let (neighbour, interface) = split(hop.trim_ascii_start(), b" ")?;
        return Some((interface.trim_ascii_start(), address(neighbour)));
    }
    let interface = first.strip_suffix(b" reachable")?;
    Some((interface, None))
}

/// The interface of the smallest network that holds an address; or of the lease whose gateway it is.
fn connected(router: &Router, gateway: Ipv4Addr) -> Option<&[u8]> {
    let network = |row: &Row| network_to(row, gateway);
    let by_address = enabled(router, "/ip/address")
        .filter_map(|row| Some((network(row)?, row.get("interface")?)))
        .max_by_key(|(length, _)| *length)
        .map(|(_, interface)| interface.as_bytes());
    let by_lease = || {
        let is_gateway = |row: &&Row| {
            let leased = row.live("gateway").and_then(|value| address(value.as_bytes()));
            leased == Some(gateway)
        };
        let client = enabled(router, DHCP_CLIENTS).find(is_gateway)?;
        Some(client.get("interface")?.as_bytes())
    };
    by_address.or_else(by_lease)
}

/// How many bits an address row has in common with a neighbour; `None` for one that is no neighbour.
pub(crate) fn network_to(row: &Row, neighbour: Ipv4Addr) -> Option<u8> {
    let text = row.text("address")?;
    let own = network(&text)?;
    let is_peer = || row.text("network").and_then(|peer| peer.parse().ok()) == Some(neighbour);
    if own.prefix_len() == 32 {
        return is_peer().then_some(32);
    }
    (own.contains(&neighbour) && own.addr() != neighbour).then(|| own.prefix_len())
}

/// Where a route to the gateway itself leads: a probe, or a gateway outside the line's network. One of ours that is disabled
/// waits for its lease, and leads there all the same.
fn recursive(router: &Router, gateway: Ipv4Addr, depth: u8) -> Option<NextHop<'_>> {
    let depth = depth.checked_sub(1)?;
    let length = |row: &Row| {
        let text = row.text("dst-address")?;
        let network = network(&text)?;
        (network.prefix_len() > 0 && network.contains(&gateway)).then(|| network.prefix_len())
    };
    let routes = router
        .table(ROUTES)
        .iter()
        .filter(|row| !row.disabled() || tag_of(ROUTES, row).is_some());
    let (_, route) = routes
        .filter(|row| is_of_main(row) && row.get("gateway").is_some())
        .filter_map(|row| Some((length(row)?, row)))
        .max_by_key(|(length, _)| *length)?;
    next_hop(router, route, depth)
}

/// A gateway that nothing explains is that of the one DHCP client which adds no default route itself.
fn by_elimination(router: &Router) -> Option<&[u8]> {
    let mut silent = enabled(router, DHCP_CLIENTS).filter(|row| row.is("add-default-route", "no"));
    let only = silent.next().filter(|_| silent.next().is_none())?;
    Some(only.get("interface")?.as_bytes())
}

/// Whether a live router says that something is so, or is not.
pub(crate) fn live_is(row: &Row, name: &str, is_so: bool) -> bool {
    let words = if is_so { ["true", "yes"] } else { ["false", "no"] };
    row.live(name)
        .is_some_and(|value| words.iter().any(|word| *value == *word))
}

fn address(text: &[u8]) -> Option<Ipv4Addr> {
    core::str::from_utf8(text).ok()?.parse().ok()
}

/// A network, or one host.
fn network(text: &str) -> Option<Ipv4Net> {
    let host = || text.parse::<Ipv4Addr>().ok().map(Ipv4Net::from);
    text.parse().ok().or_else(host)
}

fn before(text: &[u8], end: u8) -> &[u8] {
    text.split(|&byte| byte == end).next().unwrap_or_default()
}

fn split<'a>(text: &'a [u8], sign: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let place = text.windows(sign.len()).position(|window| window == sign)?;
    let behind = text.get(place.saturating_add(sign.len())..)?;
    Some((text.get(..place)?, behind))
}

fn after(text: &[u8], start: u8) -> &[u8] {
    text.rsplit(|&byte| byte == start).next().unwrap_or_default()
}

const ROUTES: &str = "/ip/route";
const APN_PROFILES: &str = "/interface/lte/apn";
const DHCP_CLIENTS: &str = "/ip/dhcp-client";

/// Clients whose row is their interface and says whether they add a default route.
pub(crate) const SESSIONS: [&str; 6] = [
    "/interface/pppoe-client",
    "/interface/ppp-client",
    "/interface/l2tp-client",
    "/interface/pptp-client",
    "/interface/sstp-client",
    "/interface/ovpn-client",
];

/// How many routes a gateway may hang on one after the other; real ones hang on one or two.
const DEEPEST: u8 = 8;
