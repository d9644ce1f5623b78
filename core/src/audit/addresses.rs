//! The addresses of lines, and the gateways that routes name for them: what is written, and what leases say where they were read.

use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::View;
use super::menus::{ADDRESSES, ROUTES};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::survey::dhcp_client;
use crate::survey::interfaces::{enabled, is_set_to};
use crate::survey::networks::parse;

impl View<'_> {
    /// The addresses of a line with their networks, each once
    pub(super) fn addresses(&self, line: &Value) -> Vec<Ipv4Net> {
        let own =
            enabled(self.router(), ADDRESSES).filter(|row| is_set_to(row, "interface", line.as_bytes()));
        let own = own.filter_map(|row| parse(row.get("address")?));
        let client = dhcp_client(self.router(), line.as_bytes()).filter(|client| !client.disabled());
        let lease = client.and_then(|client| parse(client.live("address")?));
        let mut addresses: Vec<Ipv4Net> = own.chain(lease).collect();
        addresses.sort();
        addresses.dedup();
        addresses
    }

    /// The networks of a line that have other hosts
    pub(super) fn networks(&self, line: &Value) -> Vec<Ipv4Net> {
        let mut networks = self.addresses(line);
        networks.retain(|network| network.prefix_len() < 32);
        networks
    }

    /// The gateways of a line: those that its lease or a route pinned to it names, and those that routes name in its networks
    pub(super) fn gateways_of(&self, line: &Value) -> Vec<Ipv4Addr> {
        let networks = self.networks(line);
        let client = dhcp_client(self.router(), line.as_bytes()).filter(|client| !client.disabled());
        let leased = client.and_then(|client| client.live("gateway")?.to_text().parse().ok());
        let written = self
            .rows(ROUTES)
            .flat_map(hops)
            .filter(|(gateway, pin)| match pin {
                Some(pin) => *pin == line.as_bytes(),
                None => networks.iter().any(|network| network.contains(gateway)),
            });
        let written = written.map(|(gateway, _)| gateway);
        leased.into_iter().chain(written).collect()
    }

    /// The gateways that routes name without the interface that they are behind
    pub(super) fn unpinned(&self) -> impl Iterator<Item = Ipv4Addr> {
        let hops = self.rows(ROUTES).flat_map(hops);
        hops.filter(|(_, pin)| pin.is_none()).map(|(gateway, _)| gateway)
    }
}

/// An address that is in use within an organisation only, so that nobody in the internet can answer to it (RFC 1918, RFC 6598)
pub(super) fn is_inner(address: Ipv4Addr) -> bool {
    address.is_private() || matches!(address.octets(), [100, 64..=127, ..])
}

/// The gateways of a route that are addresses, each with the interface that it is pinned to
fn hops(row: &Row) -> Vec<(Ipv4Addr, Option<&[u8]>)> {
    let all = row.get("gateway").map_or(&b""[..], Value::as_bytes);
    let hops = all.split(|byte| *byte == b',').filter_map(|hop| {
        let mut parts = hop
            .split(|byte| *byte == b'@')
            .next()?
            .splitn(2, |byte| *byte == b'%');
        let gateway = core::str::from_utf8(parts.next()?).ok()?.parse().ok()?;
        Some((gateway, parts.next()))
    });
    hops.collect()
}
