//! What providers give to the clients of a router.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::Settled;
use super::clients::{DHCP_CLIENTS, dhcp_clients, read_lease, variables};
use super::guesses::Guesses;
use crate::routeros::router::{Router, Row, RowId};
use crate::routeros::value::Value;
use crate::simulate::network::SESSION;
use crate::simulate::plain;
use crate::simulate::scenario::{Lease, Scenario};
use crate::survey::interfaces::{InterfaceKind, enabled, find, listed};

/// A client, and what its provider gives it.
#[derive(Clone, Debug)]
pub(super) struct Assigned {
    pub(super) interface: Value,
    /// The row of a DHCP client; a session has none that a lease is written to.
    client: Option<RowId>,
    lease: Lease,
    /// Whether the router was read with it: its script has run.
    is_old: bool,
}

/// What every client of the router gets, and what of it is assumed.
pub(super) fn assign(router: &Router, scenario: &Scenario, assumed: &mut Vec<String>) -> Vec<Assigned> {
    // Most routers need none.
    let mut guesses: Option<Guesses> = None;
    let guess = || Guesses::of(router, scenario);
    let mut assigned = Vec::new();
    for row in dhcp_clients(router) {
        let Some(interface) = row.get("interface") else {
            continue;
        };
        let read = read_lease(row);
        let given = scenario
            .lease(interface.as_bytes())
            .cloned()
            .or_else(|| read.clone());
        let lease = given.unwrap_or_else(|| {
            let (lease, because) = guesses.get_or_insert_with(guess).lease(interface);
            assumed.push(format!(
                "{} has the lease {} with gateway {}, {because}",
                plain(interface),
                lease.address,
                lease.gateway
            ));
            lease
        });
        assigned.push(Assigned {
            interface: interface.clone(),
            client: Some(row.id()),
            is_old: read.as_ref() == Some(&lease),
            lease,
        });
    }
    for interface in sessions(router) {
        if has_address(router, interface) && scenario.lease(interface.as_bytes()).is_none() {
            continue;
        }
        let given = scenario.lease(interface.as_bytes()).cloned();
        assigned.push(Assigned {
            interface: interface.clone(),
            client: None,
            lease: given.unwrap_or_else(|| guesses.get_or_insert_with(guess).session()),
            is_old: false,
        });
    }
    assigned
}

/// Takes away what the router made itself of leases and routes: it is derived anew.
pub(super) fn forget_derived(router: &mut Router) {
    let leased: BTreeSet<Value> = dhcp_clients(router)
        .filter_map(|row| row.get("interface").cloned())
        .collect();
    let from_peers: BTreeSet<Value> = router
        .table(ADDRESSES)
        .iter()
        .filter_map(|row| {
            row.get("interface")
                .filter(|interface| has_peer(router, interface))
                .cloned()
        })
        .collect();
    take_addresses(router, |interface| {
        leased.contains(interface) || !from_peers.contains(interface)
    });
}

/// Whether the other end of an interface gives it its address: a session's, a modem's, a VPN's. Any other is that of a DHCP
/// client, and goes with it.
fn has_peer(router: &Router, interface: &Value) -> bool {
    let kind = || find(router, interface.as_bytes()).map(|known| known.kind);
    interface.as_bytes().starts_with(SESSION) || kind().is_some_and(InterfaceKind::leads_away)
}

/// Gives a client its lease, and runs its script where it has not run for it.
pub(super) fn bind(settled: &mut Settled, assigned: &Assigned, scenario: &Scenario) {
    let Assigned { interface, lease, .. } = assigned;
    let network = (lease.address.prefix_len() == 32).then_some(lease.gateway);
    give_address(&mut settled.router, interface, lease.address, network);
    let Some(row) = assigned
        .client
        .and_then(|id| settled.router.row_mut(DHCP_CLIENTS, id))
    else {
        return;
    };
    row.set_live("status", "bound");
    row.set_live("address", lease.address.to_string());
    row.set_live("gateway", lease.gateway.to_string());
    if !assigned.is_old {
        run_script(settled, assigned, true, scenario);
    }
}

/// Takes a lease away, and runs the script of its client.
pub(super) fn release(settled: &mut Settled, assigned: &Assigned, scenario: &Scenario) {
    take_addresses(&mut settled.router, |interface| *interface == assigned.interface);
    let Some(row) = assigned
        .client
        .and_then(|id| settled.router.row_mut(DHCP_CLIENTS, id))
    else {
        return;
    };
    row.set_live("status", "searching...");
    row.unset_live("address");
    row.unset_live("gateway");
    run_script(settled, assigned, false, scenario);
}

pub(super) fn give_address(
    router: &mut Router,
    interface: &Value,
    address: Ipv4Net,
    network: Option<Ipv4Addr>,
) {
    let mut row = router.new_row(ADDRESSES);
    row.set("address", address.to_string());
    row.set("interface", interface.clone());
    if let Some(network) = network {
        row.set("network", network.to_string());
    }
    row.set_live("dynamic", "true");
    if !router.table(ADDRESSES).iter().any(|known| *known == row) {
        router.push(ADDRESSES, row);
    }
}

/// Takes away the addresses that the router made itself on some interfaces.
fn take_addresses(router: &mut Router, is_meant: impl Fn(&Value) -> bool) {
    let is_gone = |row: &&Row| row.dynamic() && row.get("interface").is_some_and(&is_meant);
    let gone = router.table(ADDRESSES).iter().filter(is_gone);
    let gone: Vec<_> = gone.map(|row| (String::from(ADDRESSES), row.id())).collect();
    router.remove(&gone);
}

fn run_script(settled: &mut Settled, assigned: &Assigned, is_bound: bool, scenario: &Scenario) {
    let Assigned {
        interface,
        lease,
        client,
        ..
    } = assigned;
    let table = settled.router.table(DHCP_CLIENTS);
    let row = client.and_then(|id| table.by_id(id));
    let script = row
        .and_then(|row| row.get("script"))
        .filter(|script| !script.is_empty());
    let Some(script) = script.cloned() else { return };
    let variables = variables(interface, lease, is_bound);
    let what = format!("the lease script of {}", plain(interface));
    settled.run(&what, &script, &variables, scenario);
}

/// The interfaces of sessions with a provider.
fn sessions(router: &Router) -> impl Iterator<Item = &Value> {
    let is_session = |kind: InterfaceKind| kind.is_ppp() || kind == InterfaceKind::Lte;
    listed(router)
        .into_iter()
        .filter(move |known| is_session(known.kind) && known.row.is_none_or(|row| !row.disabled()))
        .map(|known| known.name)
}

fn has_address(router: &Router, interface: &Value) -> bool {
    enabled(router, ADDRESSES).any(|row| row.get("interface") == Some(interface))
        || dhcp_clients(router).any(|row| row.get("interface") == Some(interface))
}

const ADDRESSES: &str = "/ip/address";
