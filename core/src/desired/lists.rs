//! Interface lists and the address list: who is a customer, what is a line, what is local.

use alloc::string::ToString;
use alloc::vec::Vec;

use ipnet::Ipv4Net;

use super::{DesiredLine, DesiredRow, Needs};
use crate::routeros::value::Value;
use crate::site::Access;
use crate::survey::{Customers, Role, foreign_enabled, name};

/// The subject of the list of customers' interfaces.
const LAN: &str = "lan";
/// The subject of the list of the lines' interfaces.
const WAN: &str = "wan";
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
    let value = match needs.customers {
        Customers::Interfaces(_) => name(LAN),
        Customers::NotALine => ["!", &name(WAN)].concat(),
    };
    ("in-interface-list", Value::from(value))
}

/// The matcher of packets to destinations that are never balanced.
pub(super) fn to_local() -> (&'static str, Value) {
    ("dst-address-list", Value::from(name(LOCAL)))
}

/// A new line joins the lists by which the router's own rules know ISP 1.
fn firewall_memberships(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let is_member = |line: &DesiredLine<'_>, list: &Value| {
        foreign_enabled(needs.router, "/interface/list/member")
            .any(|row| row.is("list", list) && row.is("interface", line.line.interface()))
    };
    let of_line = |line: &&DesiredLine<'_>| {
        let missing = needs.firewall_lists.iter().filter(|list| !is_member(line, list));
        let row = |(index, list): (usize, &Value)| {
            let row = DesiredRow::new(Role::Firewall, line.id(), index.saturating_add(1));
            row.with("list", list.clone()).with("interface", line.interface())
        };
        missing.enumerate().map(row).collect::<Vec<_>>()
    };
    needs
        .lines
        .iter()
        .filter(|line| !line.is_primary)
        .flat_map(|line| of_line(&line))
        .collect()
}

/// The one list that tells customers' packets from others: of their interfaces, or of the lines'.
fn traffic_list(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let member = |row: DesiredRow, list: &str, interface: Value| {
        row.with("list", name(list)).with("interface", interface)
    };
    match &needs.customers {
        Customers::Interfaces(interfaces) => {
            let members = interfaces.iter().enumerate().map(|(index, interface)| {
                member(
                    DesiredRow::site(Role::Member, index.saturating_add(1)),
                    LAN,
                    interface.clone(),
                )
            });
            core::iter::once(DesiredRow::site(Role::List, 1).named(LAN))
                .chain(members)
                .collect()
        }
        Customers::NotALine => {
            let members = needs
                .lines
                .iter()
                .map(|line| member(DesiredRow::new(Role::Member, line.id(), 1), WAN, line.interface()));
            core::iter::once(DesiredRow::site(Role::List, 1).named(WAN))
                .chain(members)
                .collect()
        }
    }
}

/// Destinations that are never balanced: private networks, the router's own public ones, the management's far ends.
fn local(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let fixed = NEVER_BALANCED.iter().filter_map(|text| text.parse().ok());
    let mut networks: Vec<Ipv4Net> = fixed.collect();
    for network in connected(needs).chain(needs.site.management().iter().copied()) {
        if !networks.iter().any(|known| known.contains(&network)) {
            networks.push(network);
        }
    }
    let row = |(index, network): (usize, Ipv4Net)| {
        let row = DesiredRow::site(Role::Local, index.saturating_add(1));
        row.with("list", name(LOCAL)).with("address", network.to_string())
    };
    networks.into_iter().enumerate().map(row).collect()
}

/// The networks of the router's addresses and of the lines'.
fn connected<'a>(needs: &'a Needs<'_>) -> impl Iterator<Item = Ipv4Net> + 'a {
    let addresses = foreign_enabled(needs.router, "/ip/address").filter_map(|row| row.get("address"));
    let today = addresses.filter_map(|value| value.to_text().parse::<Ipv4Net>().ok());
    let lines = needs.lines.iter().filter_map(|line| match line.line.access() {
        Access::Static { address, .. } => Some(*address),
        Access::Dhcp => None,
    });
    today.chain(lines).map(|address| address.trunc())
}
