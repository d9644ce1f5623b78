//! Interface lists and the address list: who is a customer, what is a line, what is local.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::{DesiredLine, DesiredRow, Needs};
use crate::routeros::value::Value;
use crate::site::Access;
use crate::survey::lists::{InterfaceLists, Member};
use crate::survey::{ComeIn, Role, foreign_enabled, is_of_main, name};

/// The subject of the list of customers' interfaces.
const LAN: &str = "lan";
/// The subject of the list of what is no customers' interface: lines, other ways to a provider, VPNs.
const OUTSIDE: &str = "outside";
/// The subject of the list of addresses that are never balanced.
const LOCAL: &str = "local";

/// Networks that are never reached over a line: private [RFC 1918], carrier-grade NAT [RFC 6598], link-local, multicast.
const NEVER_BALANCED: [&str; 6] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
    "169.254.0.0/16",
    "224.0.0.0/4",
];

/// The rows of `/interface/list`, `/interface/list/member` and `/ip/firewall/address-list`.
pub(super) fn rows(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let mut rows = firewall_memberships(needs);
    if needs.marks() {
        rows.extend(traffic_list(needs));
        rows.extend(local(needs));
    }
    rows
}

/// The matcher of packets that come from a customer.
pub(super) fn from_customer(needs: &Needs<'_>) -> (&'static str, Value) {
    let value = match needs.customers.come_in {
        ComeIn::Over(_) => name(LAN),
        ComeIn::NotOver(_) => ["!", &name(OUTSIDE)].concat(),
    };
    ("in-interface-list", Value::from(value))
}

/// The matcher of packets to destinations that are never balanced.
pub(super) fn to_local() -> (&'static str, Value) {
    ("dst-address-list", Value::from(name(LOCAL)))
}

/// The matcher of packets to any other destination.
pub(super) fn not_to_local() -> (&'static str, Value) {
    ("dst-address-list", Value::from(["!", &name(LOCAL)].concat()))
}

/// A new line joins the lists by which the router's own rules know ISP 1.
fn firewall_memberships(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let known = InterfaceLists::foreign(needs.router);
    let is_member = |line: &DesiredLine<'_>, list: &Value| {
        known.has(list.as_bytes(), Member::of(line.line.interface().as_bytes()))
    };
    let of_line = |line: &&DesiredLine<'_>| {
        let missing = needs.firewall_lists.iter().filter(|list| !is_member(line, list));
        let row = |(index, list): (usize, &Value)| {
            let row = DesiredRow::new(Role::Firewall, line.id(), index.saturating_add(1));
            row.with("list", list.clone()).with("interface", line.interface())
        };
        missing.enumerate().map(row).collect::<Vec<_>>()
    };
    needs.lines.iter().flat_map(|line| of_line(&line)).collect()
}

/// The one list that tells customers' packets from others: of their interfaces, or of all that are not.
fn traffic_list(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let (list, interfaces) = match &needs.customers.come_in {
        ComeIn::Over(interfaces) => (LAN, interfaces),
        ComeIn::NotOver(interfaces) => (OUTSIDE, interfaces),
    };
    let line = |interface: &Value| needs.lines.iter().find(|line| line.interface() == *interface);
    let mut numbers = 1..;
    let members = interfaces.iter().map(|interface| {
        let row = match line(interface) {
            Some(line) => DesiredRow::new(Role::Member, line.id(), 1),
            None => DesiredRow::site(Role::Member, numbers.next().unwrap_or_default()),
        };
        row.with("list", name(list)).with("interface", interface.clone())
    });
    core::iter::once(DesiredRow::site(Role::List, 1).named(list))
        .chain(members)
        .collect()
}

/// Destinations that are never balanced: private networks, the router's own public ones, its customers', the management's
/// far ends.
fn local(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let mut networks: Vec<Ipv4Net> = NEVER_BALANCED
        .iter()
        .filter_map(|text| text.parse().ok())
        .collect();
    let others = connected(needs)
        .chain(routed(needs))
        .chain(needs.site.management().iter().copied());
    for network in others {
        if !networks.iter().any(|known| known.contains(&network)) {
            networks.push(network);
        }
    }
    let pools = pools(needs)
        .into_iter()
        .filter(|(first, _)| !networks.iter().any(|known| known.contains(first)));
    let pools: Vec<String> = pools.map(|(_, range)| range).collect();
    let addresses = networks.iter().map(ToString::to_string).chain(pools);
    let row = |(number, address): (usize, String)| {
        DesiredRow::site(Role::Local, number)
            .with("list", name(LOCAL))
            .with("address", address)
    };
    (1..).zip(addresses).map(row).collect()
}

/// The networks of the router's addresses and of the lines'.
fn connected<'a>(needs: &'a Needs<'_>) -> impl Iterator<Item = Ipv4Net> + 'a {
    let addresses = foreign_enabled(needs.router, "/ip/address").filter_map(|row| row.get("address"));
    let today = addresses.filter_map(|value| value.to_text().parse::<Ipv4Net>().ok());
    let lines = needs.lines.iter().filter_map(|line| match line.line.access() {
        Access::Static { address, .. } => Some(*address),
        _ => None,
    });
    today.chain(lines).map(|address| address.trunc())
}

/// The networks that static routes lead to, the internet left out: customers behind a router of their own.
fn routed<'a>(needs: &'a Needs<'_>) -> impl Iterator<Item = Ipv4Net> + 'a {
    let routes = foreign_enabled(needs.router, "/ip/route").filter(|row| is_of_main(row));
    let networks = routes.filter_map(|row| row.get("dst-address")?.to_text().parse::<Ipv4Net>().ok());
    networks.filter(|network| network.prefix_len() > 0)
}

/// The address ranges that the router hands to customers, each with its first address.
fn pools(needs: &Needs<'_>) -> Vec<(Ipv4Addr, String)> {
    let ranges = foreign_enabled(needs.router, "/ip/pool").filter_map(|row| row.get("ranges"));
    let ranges = ranges.flat_map(|value| {
        value
            .to_text()
            .split(',')
            .map(|range| range.trim().to_string())
            .collect::<Vec<_>>()
    });
    ranges
        .filter_map(|range| Some((range.split('-').next()?.parse().ok()?, range)))
        .collect()
}
