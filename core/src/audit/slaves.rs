//! Rows that name a port which is a slave of a bridge or a bonding: RouterOS runs no client there, and matches no rule.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::View;
use super::menus::{DHCP_CLIENTS, FILTER, MANGLE, NAT, ROUTES};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::{named, typed};
use crate::simulate::Activity;
use crate::survey::bridge_of;
use crate::survey::interfaces::enabled;

/// A row that names a port which is a slave
pub(super) struct Naming<'a> {
    pub(super) menu: &'static str,
    pub(super) row: &'a Row,
    pub(super) property: &'static str,
    pub(super) port: Value,
    pub(super) master: Value,
    /// What becomes of the row
    pub(super) what: String,
}

/// The rows that name a slave port and do not work for it
pub(super) fn namings<'a>(view: &View<'a>) -> Vec<Naming<'a>> {
    let clients = clients(view).into_iter();
    clients.chain(rules(view)).chain(pins(view)).collect()
}

fn clients<'a>(view: &View<'a>) -> Vec<Naming<'a>> {
    let idle = view
        .rows(DHCP_CLIENTS)
        .filter(|row| row.live("status").is_none_or(|status| *status != "bound"));
    let named = idle.filter_map(|row| {
        let port = row.get("interface")?;
        Some(Naming {
            menu: DHCP_CLIENTS,
            row,
            property: "interface",
            port: port.clone(),
            master: master(view, port.as_bytes())?,
            what: format!("the DHCP client on `{}` does not run", port.to_text()),
        })
    });
    named.collect()
}

/// Rules match no slave port, negated or not; where a bridge hands its packets to the firewall, nothing is said
fn rules<'a>(view: &View<'a>) -> Vec<Naming<'a>> {
    if view.rows(BRIDGES).any(|row| row.is("use-ip-firewall", "yes")) {
        return Vec::new();
    }
    let of_menu = |menu: &'static str| view.rows(menu).map(move |row| (menu, row));
    let rows = FIREWALL.into_iter().flat_map(of_menu);
    let of_row = |(menu, row): (&'static str, &'a Row)| {
        let naming = move |property: &'static str| {
            let value = row.get(property)?.as_bytes();
            let port = value.strip_prefix(b"!").unwrap_or(value);
            Some(Naming {
                menu,
                row,
                property,
                port: Value::from(port),
                master: master(view, port)?,
                what: format!("rule {} of `{}` matches nothing", named(row), typed(menu)),
            })
        };
        MATCHERS.into_iter().find_map(naming)
    };
    rows.filter_map(of_row).collect()
}

/// Routes that are pinned to a slave port, as far as they stay inactive
fn pins<'a>(view: &View<'a>) -> Vec<Naming<'a>> {
    let inactive = view
        .static_routes()
        .filter(|(route, _)| matches!(route.activity, Activity::Inactive(_)));
    let named = inactive.filter_map(|(route, row)| {
        let gateway = row.get("gateway")?.as_bytes();
        let mut parts = gateway.splitn(2, |byte| *byte == b'%');
        let port = parts.nth(1)?;
        Some(Naming {
            menu: ROUTES,
            row,
            property: "gateway",
            port: Value::from(port),
            master: master(view, port)?,
            what: format!(
                "the route to `{}` over `{}` stays inactive",
                route.prefix,
                Value::from(gateway).to_text()
            ),
        })
    });
    named.collect()
}

/// The enabled bridge or bonding that a port is a slave of
fn master(view: &View<'_>, port: &[u8]) -> Option<Value> {
    let router = view.router();
    if let Some(bridge) = bridge_of(router, port).and_then(|bridged| bridged.bridge()) {
        let row = router
            .table("/interface/bridge")
            .find_by("name", bridge.as_bytes());
        return row.filter(|row| !row.disabled()).map(|_| bridge.clone());
    }
    let slaves = |row: &Row| {
        row.get("slaves")
            .map_or(Vec::new(), |slaves| slaves.as_bytes().to_vec())
    };
    let mut bondings = enabled(router, "/interface/bonding");
    let bonding = bondings.find(|row| slaves(row).split(|byte| *byte == b',').any(|slave| slave == port))?;
    bonding.get("name").cloned()
}

const BRIDGES: &str = "/interface/bridge/settings";

const FIREWALL: [&str; 4] = [FILTER, MANGLE, NAT, "/ip/firewall/raw"];

const MATCHERS: [&str; 2] = ["in-interface", "out-interface"];
