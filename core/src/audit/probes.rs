//! Hosts that tell whether a line works: what defaults lead over, and the host routes that pin them to a line.

use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::View;
use super::menus::ROUTES;
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::simulate::{RouteKind, RouteState};
use crate::survey::interfaces;

/// A host that defaults lead over, pinned to a line by a route of its own
#[derive(Clone, Debug)]
pub(super) struct Probe<'v, 'a> {
    pub(super) host: Ipv4Addr,
    /// The host route
    pub(super) route: &'v RouteState,
    /// The row of that route
    pub(super) row: &'a Row,
    /// The defaults whose gateway it is, each with its row
    pub(super) defaults: Vec<(&'v RouteState, &'a Row)>,
}

impl<'a> View<'a> {
    /// The probes of a router, in the order of their routes
    pub(super) fn probes(&self) -> Vec<Probe<'_, 'a>> {
        let routes = || self.static_routes();
        let of_host = |(route, row): (&'_ RouteState, &'a Row)| {
            let host = host(route).filter(|_| route.kind == RouteKind::Unicast)?;
            let leads_over = |route: &RouteState| route.prefix.prefix_len() == 0 && has_gateway(route, host);
            let defaults: Vec<_> = routes().filter(|(route, _)| leads_over(route)).collect();
            (!defaults.is_empty()).then_some((host, defaults, row))
        };
        let mut probes = Vec::new();
        for (route, row) in routes() {
            if let Some((host, defaults, row)) = of_host((route, row)) {
                probes.push(Probe {
                    host,
                    route,
                    row,
                    defaults,
                });
            }
        }
        probes
    }

    /// The routes that somebody wrote, each with its row
    pub(super) fn static_routes(&self) -> impl Iterator<Item = (&RouteState, &'a Row)> {
        let routes = self.routes().iter();
        let of_rows = routes.filter(|route| route.row.menu == ROUTES);
        of_rows.filter_map(|route| Some((route, self.row(&route.row)?)))
    }

    /// The probes of the main table, each with its line: not a gateway outside the line's network, which has a route over an Ethernet
    /// interface, nor a hop that stands for several probes
    pub(super) fn line_probes<'v>(&'v self) -> Vec<(&'v Value, Probe<'v, 'a>)> {
        let of_line = |probe: Probe<'v, 'a>| {
            let is_probe = |host| {
                self.static_routes()
                    .any(|(route, _)| self::host(route) == Some(host))
            };
            let stands_for_others =
                gateways(probe.route).any(|gateway| gateway != probe.host && is_probe(gateway));
            let is_meant =
                probe.route.table == *"main" && !stands_for_others && !self.is_on_link(probe.route);
            let line = self.line_of(probe.route).filter(|_| is_meant)?;
            Some((line, probe))
        };
        self.probes().into_iter().filter_map(of_line).collect()
    }

    /// The same without those that are the next hop themselves
    pub(super) fn far_probes(&self) -> Vec<(&Value, Probe<'_, 'a>)> {
        let mut probes = self.line_probes();
        probes.retain(|(_, probe)| !has_gateway(probe.route, probe.host));
        probes
    }

    /// Whether a route leads over an interface where neighbours are told apart, and names none
    fn is_on_link(&self, route: &RouteState) -> bool {
        let leads_away = |interface: &Value| {
            interfaces::find(self.router(), interface.as_bytes()).is_some_and(|known| known.kind.leads_away())
        };
        route
            .hops
            .iter()
            .any(|hop| hop.address.is_none() && !leads_away(&hop.interface))
    }

    /// The default routes of a table, static ones and those of clients
    pub(super) fn defaults(&self, table: &'static str) -> impl Iterator<Item = &RouteState> {
        let routes = self.routes().iter();
        routes.filter(move |route| {
            route.prefix.prefix_len() == 0 && route.kind == RouteKind::Unicast && route.table == *table
        })
    }

    /// Whether a default route of any table leaves by an interface: a client may also get an address only to be managed by
    pub(super) fn leads_out(&self, interface: &[u8]) -> bool {
        let leaves_by =
            |route: &RouteState| route.hops.iter().any(|hop| hop.interface.as_bytes() == interface);
        let mut defaults = self
            .routes()
            .iter()
            .filter(|route| route.prefix.prefix_len() == 0);
        defaults.any(leaves_by)
    }
}

/// The host that a route leads to, where it leads to one alone
pub(super) fn host(route: &RouteState) -> Option<Ipv4Addr> {
    (route.prefix.prefix_len() == 32).then(|| route.prefix.addr())
}

/// Whether a host is one of the gateways that a route names
pub(super) fn has_gateway(route: &RouteState, host: Ipv4Addr) -> bool {
    gateways(route).any(|gateway| gateway == host)
}

/// The addresses among the gateways that a route names
pub(super) fn gateways(route: &RouteState) -> impl Iterator<Item = Ipv4Addr> {
    let parts = route.gateway.as_bytes().split(|byte| *byte == b',');
    parts.filter_map(|part| {
        let host = part.split(|byte| b"%@".contains(byte)).next()?;
        core::str::from_utf8(host).ok()?.parse().ok()
    })
}
