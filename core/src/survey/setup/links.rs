//! Which routes lead over the lines of a site.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::role;
use crate::routeros::router::{Router, Row, RowId};
use crate::routeros::value::Value;
use crate::site::{Line, Site};
use crate::survey::defaults::hops;
use crate::survey::line::leads_over;
use crate::survey::{Client, Existing, existing};

/// The lines of a site on a router.
pub(super) struct Links<'a> {
    router: &'a Router,
    lines: Vec<(&'a Line, Existing<'a>)>,
}

impl<'a> Links<'a> {
    pub(super) fn of(site: &'a Site, router: &'a Router) -> Self {
        let lines = site.lines().iter();
        Self {
            router,
            lines: lines.map(|line| (line, existing(router, line))).collect(),
        }
    }

    /// Whether every gateway of a route is one of a line. A next hop of which nothing tells where it is counts as one: it may be
    /// that of a lease.
    pub(super) fn lead_over_lines(&self, row: &Row) -> bool {
        let hops = hops(self.router, row);
        !hops.is_empty()
            && hops.iter().all(|(gateway, interface)| {
                self.line_of(gateway, *interface).is_some() || interface.is_none()
            })
    }

    /// The line that a gateway is of, by its place among them.
    fn line_of(&self, gateway: &[u8], interface: Option<&[u8]>) -> Option<usize> {
        self.lines.iter().position(|(line, known)| {
            leads_over(gateway, line, known.gateway)
                || interface.is_some_and(|interface| interface == line.interface().as_bytes())
        })
    }

    /// Whether it is the default of ISP 1 that a plan sets behind its own.
    pub(super) fn steps_back(&self, row: &Row) -> bool {
        let own = self.lines.first().map(|(_, known)| &known.default_routes);
        own.is_some_and(|own| own.iter().map(|row| row.id()).any(|id: RowId| id == row.id()))
    }

    /// Whether it may be the default of ISP 1 itself: over a neighbour there, or one of which no lease tells where it is.
    pub(super) fn may_be_of_primary(&self, row: &Row) -> bool {
        let hops = hops(self.router, row);
        let [(gateway, interface)] = hops.as_slice() else {
            return false;
        };
        let is_primary = self.line_of(gateway, *interface).is_none_or(|line| line == 0);
        let is_far = |host: &Value| {
            let mut routes = self.router.table("/ip/route").iter();
            routes.any(|row| role::host(row).as_ref() == Some(host))
        };
        is_primary && !hosts(row).iter().any(is_far)
    }

    /// The lines that the router has something for: a default, a client or an address.
    pub(super) fn known(&self) -> usize {
        let is_known = |known: &Existing<'_>| {
            known.default_distance.is_some() || known.client.is_some() || known.has_address
        };
        self.lines.iter().filter(|(_, known)| is_known(known)).count()
    }

    /// What brings the lines up.
    pub(super) fn clients(&self) -> impl Iterator<Item = Client<'a>> {
        self.lines.iter().filter_map(|(_, known)| known.client)
    }

    /// Whether a host is the next hop of a line.
    pub(super) fn is_next_hop(&self, host: &Value) -> bool {
        let mut gateways = self.lines.iter().filter_map(|(_, known)| known.gateway);
        gateways.any(|gateway| *host == gateway.to_string().as_str())
    }
}

/// The addresses that a route names as its gateways.
pub(super) fn hosts(row: &Row) -> Vec<Value> {
    let gateways = row.get("gateway").map(Value::as_bytes).unwrap_or_default();
    let addresses = gateways.split(|byte| *byte == b',').filter_map(|gateway| {
        let address = gateway.split(|byte| b"%@".contains(byte)).next()?;
        core::str::from_utf8(address).ok()?.parse::<Ipv4Addr>().ok()
    });
    addresses
        .map(|address| Value::from(address.to_string()))
        .collect()
}
