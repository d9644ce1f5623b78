//! The addresses of lines.

use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::interfaces::enabled;
use super::{dhcp_client, tag_of};
use crate::routeros::router::Router;
use crate::routeros::value::Value;
use crate::site::{Access, Line};

/// The addresses of a line with their networks, each once: the one that the site gives it, that of its lease, and what the router
/// has on its interface. An export shows no lease and no address of a session.
pub(crate) fn line_addresses(router: &Router, line: &Line) -> Vec<Ipv4Net> {
    let given = match line.access() {
        Access::Static { address, .. } => Some(*address),
        _ => None,
    };
    let lease = dhcp_client(router, line.interface().as_bytes())
        .filter(|client| !client.disabled())
        .and_then(|client| parse(client.live("address")?));
    let own = enabled(router, ADDRESSES)
        .filter(|row| tag_of(ADDRESSES, row).is_none() && row.is("interface", line.interface()))
        .filter_map(|row| parse(row.get("address")?));
    let mut addresses: Vec<Ipv4Net> = given.into_iter().chain(lease).chain(own).collect();
    addresses.sort();
    addresses.dedup();
    addresses
}

/// An address with its network; a single one where none is written.
pub(crate) fn parse(value: &Value) -> Option<Ipv4Net> {
    let text = value.to_text();
    let alone = || text.parse::<Ipv4Addr>().ok().map(Ipv4Net::from);
    text.parse().ok().or_else(alone)
}

const ADDRESSES: &str = "/ip/address";
