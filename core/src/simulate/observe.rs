//! The router as somebody would read it a while after lines failed: with what only a live router tells.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::network::Network;
use super::routes::{Activity, Fib, Origin, Route};
use super::scenario::{Noticed, Scenario};
use super::settle;
use super::settle::watches;
use crate::routeros::router::{Router, Row, RowId};
use crate::routeros::value::Value;
use crate::survey::interfaces::{InterfaceKind, unlisted};

/// The router as a portal would read it some time after lines failed: its clients have what the providers give them, and every
/// interface, route and netwatch tells how it is, by the names of REST and the API.
///
/// # Example
/// ```
/// use multi_isp::simulate::{Condition, Scenario, observe};
/// use multi_isp::Router;
///
/// let export = b"# 2026-01-05 10:00:00 by RouterOS 7.22.3\n\
///     /ip address\nadd address=192.0.2.2/24 interface=ether1\n/ip route\nadd gateway=192.0.2.1 check-gateway=ping\n";
/// let router = Router::from_export(export, None)?;
/// let seen = observe(&router, &Scenario::default().with_line("ether1", Condition::GatewayDead));
/// let route = &seen.table("/ip/route").rows()[0];
/// assert_eq!(route.live("inactive").unwrap(), "true");
/// assert_eq!(route.live("immediate-gw").unwrap(), "");
/// # Ok::<(), multi_isp::routeros::read::ReadError>(())
/// ```
pub fn observe(router: &Router, scenario: &Scenario) -> Router {
    let settled = settle(router, scenario);
    let network = Network::of(&settled, scenario);
    let fib = Fib::of(&network);
    let mut seen = settled.clone();
    tell_interfaces(&mut seen, &network);
    tell_routes(&mut seen, &fib, network.is_v7());
    tell_watches(&mut seen, &settled, scenario);
    seen
}

fn tell_interfaces(seen: &mut Router, network: &Network<'_>) {
    for known in unlisted(network.router()) {
        let menu = menu_of(known.kind);
        let mut row = seen.new_row(menu);
        row.set("name", known.name.clone());
        seen.push(menu, row);
    }
    let menus: Vec<String> = seen.interface_menus().map(String::from).collect();
    for menu in menus {
        tell(seen, &menu, |row| {
            let name = row.get("name")?;
            Some(alloc::vec![("running", said(network.is_up(name.as_bytes())))])
        });
    }
}

/// The menu of an interface that is as the factory made it.
fn menu_of(kind: InterfaceKind) -> &'static str {
    match kind {
        InterfaceKind::Lte => "/interface/lte",
        InterfaceKind::Wireless => "/interface/wireless",
        _ => "/interface/ethernet",
    }
}

/// Routes of somebody tell how they are; those that the router makes of its addresses and clients come beside them.
fn tell_routes(seen: &mut Router, fib: &Fib<'_>, is_v7: bool) {
    let is_derived = |row: &&Row| row.dynamic();
    let derived = seen.table(ROUTES).iter().filter(is_derived);
    let derived: Vec<(String, RowId)> = derived.map(|row| (ROUTES.to_string(), row.id())).collect();
    seen.remove(&derived);
    tell(seen, ROUTES, |row| {
        let route = fib.routes().iter().find(|route| route.is_static(row));
        Some(live(route, is_v7))
    });
    let made = fib.routes().iter().filter(|route| route.origin != Origin::Static);
    let made: Vec<Row> = made.map(|route| row_of(seen, route, is_v7)).collect();
    for row in made {
        seen.push(ROUTES, row);
    }
}

fn row_of(router: &Router, route: &Route<'_>, is_v7: bool) -> Row {
    let mut row = router.new_row(ROUTES);
    row.set("dst-address", route.prefix.to_string());
    row.set("gateway", route.gateway());
    row.set("distance", route.distance.to_string());
    if route.table != b"main" {
        let table = if is_v7 { "routing-table" } else { "routing-mark" };
        row.set(table, Value::from(route.table));
    }
    row.set_live("dynamic", "true");
    for (name, value) in live(Some(route), is_v7) {
        row.set_live(name, value);
    }
    row
}

/// What a router tells of a route: 7 `inactive` and `immediate-gw`, 6 `gateway-status`; flags only where they are set
/// (`ROUTEROS` §3.3, §3.4). One that is disabled has no way.
pub(super) fn live(route: Option<&Route<'_>>, is_v7: bool) -> Vec<(&'static str, Value)> {
    let activity = route.map(|route| route.activity);
    let is_usable = matches!(activity, Some(Activity::Active | Activity::Standby));
    let flags = [
        ("active", activity == Some(Activity::Active)),
        ("inactive", is_v7 && !is_usable),
    ];
    let flags = flags.into_iter().filter(|(_, is_set)| *is_set);
    let flags = flags.map(|(name, is_set)| (name, said(is_set)));
    let way = route.map(|route| match is_v7 {
        true => ("immediate-gw", route.immediate_gw()),
        false => ("gateway-status", route.gateway_status()),
    });
    flags.chain(way).collect()
}

/// Netwatch tells what it found when it last looked.
fn tell_watches(seen: &mut Router, settled: &Router, scenario: &Scenario) {
    let healthy = scenario.healthy();
    let scenario = match scenario.noticed {
        Noticed::Everything => scenario,
        Noticed::AtOnce | Noticed::Checks => &healthy,
    };
    tell(seen, NETWATCH, |row| {
        let host = row.text("host")?.parse().ok()?;
        let status = match row.disabled() {
            true => "unknown",
            false if watches::answers(settled, scenario, host) => "up",
            false => "down",
        };
        Some(alloc::vec![("status", Value::from(status))])
    });
}

/// Writes live values into every row of a menu of which there is something to tell.
fn tell(router: &mut Router, menu: &str, told: impl Fn(&Row) -> Option<Vec<(&'static str, Value)>>) {
    let rows = router.table(menu).iter();
    let told: Vec<_> = rows.filter_map(|row| Some((row.id(), told(row)?))).collect();
    for (id, values) in told {
        let Some(row) = router.row_mut(menu, id) else {
            continue;
        };
        for (name, value) in values {
            row.set_live(name, value);
        }
    }
}

pub(super) fn said(is_so: bool) -> Value {
    Value::from(if is_so { "true" } else { "false" })
}

const ROUTES: &str = "/ip/route";
const NETWATCH: &str = "/tool/netwatch";
