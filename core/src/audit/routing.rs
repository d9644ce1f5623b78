//! Routes as rules ask about them: which line they leave by, whether anything checks them, what becomes of them when a line fails.

use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::View;
use super::menus::{ADDRESSES, DHCP_CLIENTS, ROUTES};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::simulate::{Activity, Condition, ROUTE_MAKERS, RouteState, Scenario, routes, settle};
use crate::survey::interfaces::enabled;
use crate::survey::switching;

impl<'a> View<'a> {
    /// The routes some time after one line failed, the router having noticed all that it can
    pub(super) fn routes_while(&self, line: &Value, failure: Condition) -> Vec<RouteState> {
        let scenario = Scenario::default().with_line(line.clone(), failure);
        routes(&settle(self.router(), &scenario), &scenario)
    }

    /// Whether the router surely runs RouterOS 7: of one whose version is not known something must say so that 6 cannot have
    pub(super) fn is_surely_v7(&self) -> bool {
        match self.router().version() {
            Some(version) => version.major >= 7,
            None => {
                self.is_v7()
                    && (self.rows("/routing/table").next().is_some()
                        || self.rows(ROUTES).any(|row| row.get("routing-table").is_some()))
            }
        }
    }

    /// Whether all of the router seems to have been read: its version and its addresses are known, as they are not of a part of an
    /// export that somebody pasted
    pub(super) fn is_whole(&self) -> bool {
        let has_addresses = || !self.router().table(ADDRESSES).is_empty();
        self.router().version().is_some() && (self.router().ports_known() || has_addresses())
    }

    /// Whether there are VRFs: networks may be in several of them at once, and the default of a client is in that of its interface
    pub(super) fn has_vrfs(&self) -> bool {
        VRFS.iter().any(|menu| self.rows(menu).next().is_some())
    }

    /// Whether a dead route of a table is of any consequence: there is more than one line, or nothing else leads out
    pub(super) fn is_needed(&self, route: &RouteState) -> bool {
        let is_rival = |other: &RouteState| {
            other.table == route.table && other.prefix.prefix_len() == 0 && is_usable(other)
        };
        self.has_lines() || !self.routes().iter().any(is_rival)
    }

    /// Whether routes may come from where nobody here looks: routing protocols, VRFs, scripts, be they only there to be run by hand
    pub(super) fn may_gain_routes(&self) -> bool {
        let router = self.router();
        let has_makers = ROUTE_MAKERS
            .iter()
            .any(|menu| enabled(router, menu).next().is_some());
        let sources = LATENT.iter().flat_map(|(menu, property)| {
            let rows = enabled(router, menu);
            rows.filter_map(|row| row.text(property))
        });
        let mut sources = sources.map(|source| switching::read(router, &source));
        has_makers || self.is_steered() || sources.any(|script| script.steers)
    }

    /// The line that all packets of a route leave by; none where it has several, or leads to none
    pub(super) fn line_of<'r>(&self, route: &'r RouteState) -> Option<&'r Value> {
        leaves_by(route).filter(|interface| self.is_line(interface.as_bytes()))
    }
}

/// The interface that all packets of a route leave by
pub(super) fn leaves_by(route: &RouteState) -> Option<&Value> {
    let (first, others) = route.hops.split_first()?;
    let is_same = others.iter().all(|hop| hop.interface == first.interface);
    is_same.then_some(&first.interface)
}

/// Whether a route could be used
pub(super) fn is_usable(route: &RouteState) -> bool {
    !matches!(route.activity, Activity::Inactive(_))
}

/// Whether both are the same route, at whichever time
pub(super) fn is_same(one: &RouteState, other: &RouteState) -> bool {
    one.row.menu == other.row.menu && one.row.id == other.row.id && one.table == other.table
}

/// Whether a row says that its gateway is checked
pub(super) fn is_checked(row: &Row) -> bool {
    let check = row.get("check-gateway").map(Value::as_bytes);
    check.is_some_and(|check| CHECKS.contains(&check))
}

/// A `gateway` in its parts
pub(super) fn parts(gateway: &Value) -> impl Iterator<Item = &[u8]> {
    let parts = gateway.as_bytes().split(|byte| *byte == b',');
    parts.filter(|part| !part.is_empty())
}

/// What stands before and behind the sign of a pinned gateway: `192.0.2.1%ether1`
pub(super) fn pinned(gateway: &[u8]) -> Option<(Ipv4Addr, &[u8])> {
    let at = gateway.iter().position(|byte| *byte == b'%')?;
    let host = core::str::from_utf8(gateway.get(..at)?).ok()?.parse().ok()?;
    Some((host, gateway.get(at.saturating_add(1)..)?))
}

/// The address that a gateway consists of alone
pub(super) fn alone(gateway: &[u8]) -> Option<Ipv4Addr> {
    core::str::from_utf8(gateway).ok()?.parse().ok()
}

/// VRFs of RouterOS 7, and of RouterOS 6
const VRFS: [&str; 2] = ["/ip/vrf", "/ip/route/vrf"];

/// Where scripts stand that run when a lease comes, or when somebody runs them
const LATENT: [(&str, &str); 2] = [(DHCP_CLIENTS, "script"), ("/system/script", "source")];

const CHECKS: [&[u8]; 3] = [b"arp", b"bfd", b"ping"];
