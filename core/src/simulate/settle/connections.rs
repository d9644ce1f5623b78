//! Open connections, for the scripts of a router that remove some of them when a line fails.
//!
//! A row stands for all connections with one mark and one translated source: scripts tell them by nothing else that lasts.

use alloc::collections::BTreeSet;
use alloc::format;
use core::net::Ipv4Addr;

use memchr::memmem;

use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::simulate::network::Network;
use crate::simulate::scenario::Scenario;
use crate::survey::interfaces::enabled;

/// Whether scripts of the router do anything with connections.
pub(crate) fn are_touched(router: &Router) -> bool {
    SCRIPTS.iter().any(|(menu, properties)| {
        let texts = |row: &'_ Row| {
            properties
                .iter()
                .any(|property| row.get(property).is_some_and(is_about_connections))
        };
        enabled(router, menu).any(texts)
    })
}

fn is_about_connections(script: &Value) -> bool {
    WAYS.iter()
        .any(|way| memmem::find(script.as_bytes(), way.as_bytes()).is_some())
}

/// Opens a connection of every mark over every line.
pub(super) fn open(router: &mut Router) {
    let scenario = Scenario::default();
    let network = Network::of(router, &scenario);
    let over_line = |interface: &Value| network.is_uplink(interface.as_bytes());
    let addresses: BTreeSet<Ipv4Addr> = network
        .addresses()
        .filter(|address| over_line(address.interface))
        .map(|address| address.own)
        .collect();
    let marks: BTreeSet<Option<Value>> = enabled(router, "/ip/firewall/mangle")
        .map(|row| row.get("new-connection-mark").cloned())
        .chain([None])
        .collect();
    for address in addresses {
        for mark in &marks {
            router.push(CONNECTIONS, connection(router, mark.as_ref(), address));
        }
    }
}

fn connection(router: &Router, mark: Option<&Value>, address: Ipv4Addr) -> Row {
    let mut row = router.new_row(CONNECTIONS);
    row.set_live("dynamic", "true");
    for (name, value) in TRAITS {
        row.set_live(name, *value);
    }
    row.set_live("reply-dst-address", format!("{address}:50000"));
    if let Some(mark) = mark {
        row.set_live("connection-mark", mark.clone());
    }
    row
}

/// Whether connections of that mark and translated source are still known.
pub(crate) fn is_open(router: &Router, mark: Option<&Value>, address: Ipv4Addr) -> bool {
    let translated = format!("{address}:50000");
    router.table(CONNECTIONS).iter().any(|row| {
        row.live("connection-mark") == mark
            && row
                .live("reply-dst-address")
                .is_some_and(|own| *own == translated.as_str())
    })
}

/// Takes away the connections that a router was read with.
pub(super) fn forget(router: &mut Router) {
    let gone = router
        .table(CONNECTIONS)
        .iter()
        .map(|row| (CONNECTIONS.into(), row.id()));
    let gone: alloc::vec::Vec<_> = gone.collect();
    router.remove(&gone);
}

const CONNECTIONS: &str = "/ip/firewall/connection";

/// Where scripts stand.
const SCRIPTS: [(&str, &[&str]); 4] = [
    ("/system/script", &["source"]),
    ("/system/scheduler", &["on-event"]),
    ("/tool/netwatch", &["up-script", "down-script"]),
    ("/ip/dhcp-client", &["script"]),
];

/// How scripts write the menu.
const WAYS: [&str; 2] = ["firewall connection", "firewall/connection"];

/// What an open connection of a customer has.
const TRAITS: &[(&str, &str)] = &[
    ("protocol", "tcp"),
    ("tcp-state", "established"),
    ("timeout", "23h59m"),
    ("src-address", "192.168.88.10:50000"),
    ("dst-address", "203.0.113.80:443"),
    ("reply-src-address", "203.0.113.80:443"),
    ("srcnat", "true"),
    ("seen-reply", "true"),
    ("assured", "true"),
    ("confirmed", "true"),
];
