//! The routes that a router could have: its addresses, the static rows, and what its clients add.

use alloc::collections::BTreeSet;
use alloc::vec;
use alloc::vec::Vec;

use ipnet::Ipv4Net;

use super::super::network::uplinks::gateways;
use super::super::network::{Address, Network};
use super::gateway::{Gateway, address, split};
use super::{Activity, Check, MAIN, Origin, Route, RouteKind, Why};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::survey::bridge_of;
use crate::survey::defaults::{SESSIONS, added_distance, apn_profile};
use crate::survey::interfaces::{InterfaceKind, enabled, listed};
use crate::survey::networks::parse;

/// The tables that packets can be forwarded by, sorted: v7 lists them, those of v6 spring from the marks of routes
/// (`ROUTEROS` §2c).
pub(super) fn tables<'a>(network: &Network<'a>) -> Vec<&'a [u8]> {
    let mut tables: Vec<&[u8]> = if network.is_v7() {
        let listed = enabled(network.router(), "/routing/table").filter(|row| row.is("fib", "yes"));
        listed
            .filter_map(|row| Some(row.get("name")?.as_bytes()))
            .collect()
    } else {
        statics(network).map(table_of).collect()
    };
    tables.push(MAIN);
    tables.sort_unstable();
    tables.dedup();
    tables
}

/// All of them, connected ones first: on standby, or inactive for ever.
pub(super) fn of<'a>(network: &Network<'a>, tables: &[&[u8]]) -> Vec<Route<'a>> {
    let mut routes = connected(network);
    routes.extend(statics(network).filter_map(|row| of_row(network, row)));
    routes.extend(leased(network));
    routes.extend(sessions(network));
    routes.extend(modems(network));
    for route in &mut routes {
        if !tables.contains(&route.table) {
            route.activity = Activity::Inactive(Why::NoTable);
        } else if route.distance == u8::MAX {
            route.activity = Activity::Inactive(Why::NeverUsed);
        }
    }
    routes
}

/// The networks of addresses: scope 10, distance 0 (`ROUTEROS` §2b). Two addresses of a network on one interface make one
/// route, and one on an interface that is gone (`*16`) none.
fn connected<'a>(network: &Network<'a>) -> Vec<Route<'a>> {
    let mut seen = BTreeSet::new();
    let fresh = network
        .addresses()
        .filter(|known| !known.interface.as_bytes().starts_with(b"*"))
        .filter(|known| seen.insert((known.connected, known.interface.as_bytes())));
    let route = |known: &Address<'a>| Route {
        origin: Origin::Connected,
        prefix: known.connected,
        distance: 0,
        gateways: vec![Gateway::over(known.interface.as_bytes())],
        scope: CONNECTED_SCOPE,
        ..Route::new("/ip/address", known.row)
    };
    fresh.map(route).collect()
}

/// Rows of somebody; those that the router made itself follow from its addresses and clients.
fn statics<'a>(network: &Network<'a>) -> impl Iterator<Item = &'a Row> {
    enabled(network.router(), ROUTES).filter(|row| !row.dynamic())
}

/// v7 names the table `routing-table`, v6 `routing-mark`; a flag or a `type` says that nothing is sent on (`ROUTEROS` §0).
fn of_row<'a>(network: &Network<'a>, row: &'a Row) -> Option<Route<'a>> {
    let prefix = match row.get("dst-address") {
        None => Ipv4Net::default(),
        Some(text) => parse(text)?.trunc(),
    };
    Some(Route {
        table: table_of(row),
        prefix,
        distance: number(row, "distance").unwrap_or(1),
        kind: kind_of(row),
        gateways: gateways(row).map(|text| Gateway::parse(network, text)).collect(),
        scope: number(row, "scope").unwrap_or(STATIC_SCOPE),
        target_scope: number(row, "target-scope").unwrap_or(TARGET_SCOPE),
        check: check_of(row),
        ..Route::new(ROUTES, row)
    })
}

fn table_of(row: &Row) -> &[u8] {
    let table = row.get("routing-table").or_else(|| row.get("routing-mark"));
    table.map_or(MAIN, Value::as_bytes)
}

fn kind_of(row: &Row) -> RouteKind {
    if row.is("blackhole", "yes") {
        return RouteKind::Blackhole;
    }
    match row.get("type").map(Value::as_bytes) {
        Some(b"blackhole") => RouteKind::Blackhole,
        Some(b"unreachable") => RouteKind::Unreachable,
        Some(b"prohibit") => RouteKind::Prohibit,
        _ => RouteKind::Unicast,
    }
}

fn check_of(row: &Row) -> Check {
    match row.get("check-gateway").map(Value::as_bytes) {
        Some(b"ping") => Check::Ping,
        Some(b"arp") => Check::Arp,
        Some(b"bfd") => Check::Bfd,
        _ => Check::None,
    }
}

/// The defaults of DHCP clients that have a lease, in each table that they name as `table[:distance]` [D:24805500]. A client on
/// a port of a bridge does not run (`ROUTEROS` §2g).
fn leased<'a>(network: &Network<'a>) -> Vec<Route<'a>> {
    let router = network.router();
    let clients = enabled(router, DHCP_CLIENTS).filter(|row| !row.is("add-default-route", "no"));
    let bound = clients.filter_map(|row| {
        let interface = row.get("interface")?.as_bytes();
        let runs = network.is_up(interface) && bridge_of(router, interface).is_none();
        let is_bound = row.live("status").is_none_or(|status| *status == "bound");
        let gateway = row.live("gateway").filter(|_| runs && is_bound)?.as_bytes();
        address(gateway).map(|_| (row, Gateway::parse(network, gateway)))
    });
    bound
        .flat_map(|(row, gateway)| defaults_over(row, gateway))
        .collect()
}

fn defaults_over<'a>(row: &'a Row, gateway: Gateway<'a>) -> impl Iterator<Item = Route<'a>> {
    let tables = row.get("default-route-tables").map_or(MAIN, Value::as_bytes);
    let tables = tables
        .split(|byte| *byte == b',')
        .filter(|table| !table.is_empty());
    tables.filter_map(move |table| {
        let (table, own) = split(table, b':');
        let own = own.and_then(|text| core::str::from_utf8(text).ok()?.parse().ok());
        Some(Route {
            origin: Origin::Client,
            table: if table == b"default" { MAIN } else { table },
            distance: own.or_else(|| added_distance(row))?,
            gateways: vec![gateway],
            check: check_of(row),
            ..Route::new(DHCP_CLIENTS, row)
        })
    })
}

/// The defaults of sessions that are up lead over the interface (`ROUTEROS` §2h).
fn sessions<'a>(network: &Network<'a>) -> impl Iterator<Item = Route<'a>> {
    let clients = SESSIONS.iter().flat_map(|menu| {
        let rows = enabled(network.router(), menu).filter(|row| row.is("add-default-route", "yes"));
        rows.map(move |row| (*menu, row))
    });
    clients.filter_map(|(menu, row)| {
        let interface = row.get("name")?.as_bytes();
        over(network, (menu, row), interface, added_distance(row)?)
    })
}

/// The defaults of LTE modems: the first of a modem's APN profiles says whether and at which distance (`ROUTEROS` §2h).
fn modems<'a>(network: &Network<'a>) -> impl Iterator<Item = Route<'a>> {
    let router = network.router();
    let modems = listed(router).into_iter();
    let modems = modems.filter(|known| known.kind == InterfaceKind::Lte);
    modems.filter_map(move |modem| {
        let row = modem.row.filter(|row| !row.disabled())?;
        let profile = apn_profile(router, row);
        let distance = added_distance(&profile).filter(|_| !profile.is("add-default-route", "no"))?;
        over(network, ("/interface/lte", row), modem.name.as_bytes(), distance)
    })
}

fn over<'a>(
    network: &Network<'a>,
    (menu, row): (&'static str, &'a Row),
    interface: &'a [u8],
    distance: u8,
) -> Option<Route<'a>> {
    network.is_up(interface).then(|| Route {
        origin: Origin::Client,
        distance,
        gateways: vec![Gateway::over(interface)],
        ..Route::new(menu, row)
    })
}

impl<'a> Route<'a> {
    /// A default of the main table, as RouterOS makes one where nothing else is said (`ROUTEROS` §2b, §3.2).
    fn new(menu: &'static str, row: &'a Row) -> Self {
        Self {
            origin: Origin::Static,
            menu,
            row,
            table: MAIN,
            prefix: Ipv4Net::default(),
            distance: 1,
            kind: RouteKind::Unicast,
            gateways: Vec::new(),
            reached: Vec::new(),
            activity: Activity::Standby,
            scope: STATIC_SCOPE,
            target_scope: TARGET_SCOPE,
            check: Check::None,
        }
    }
}

fn number(row: &Row, property: &str) -> Option<u8> {
    row.text(property)?.parse().ok()
}

pub(super) const ROUTES: &str = "/ip/route";
const DHCP_CLIENTS: &str = "/ip/dhcp-client";

const CONNECTED_SCOPE: u8 = 10;
const STATIC_SCOPE: u8 = 30;
const TARGET_SCOPE: u8 = 10;
