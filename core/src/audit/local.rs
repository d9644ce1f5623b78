//! What customers send to the router itself and to its inner networks, and what becomes of it.

use alloc::rc::Rc;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use super::View;
use super::menus::{ADDRESSES, MANGLE};
use super::outages::base_of;
use super::view::{is_lost_by, lost};
use crate::diagnostic::Fix;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::simulate::{Cause, Class, Protocol, RouteKind, Trace, Traffic, Way};
use crate::survey::networks::parse;

/// Traffic of customers that is sent out although it is for the router, or for one of its networks
pub(super) struct SentOut {
    /// Where it comes in
    pub(super) from: Value,
    pub(super) way: Way,
}

impl<'a> View<'a> {
    /// The way of customers' traffic to an inner destination that is lost for that cause
    pub(super) fn sent_out(
        &self,
        class: &Class,
        to: Ipv4Addr,
        service: (Protocol, Option<u16>),
        cause: &Cause,
    ) -> Option<SentOut> {
        self.sent_out_to(class, &[to], service, cause).pop()?
    }

    /// The same for each of these destinations
    pub(super) fn sent_out_to(
        &self,
        class: &Class,
        to: &[Ipv4Addr],
        (protocol, port): (Protocol, Option<u16>),
        cause: &Cause,
    ) -> Vec<Option<SentOut>> {
        let traffic = |to: &Ipv4Addr| Traffic::new(class.traffic.from.clone(), *to, protocol, port);
        let traffic: Vec<Traffic> = to.iter().map(traffic).collect();
        let sent_out = |trace: Rc<Trace>| {
            let way = lost(&trace).find(|way| is_lost_by(way, cause)).cloned()?;
            let from = way.packets.first()?.from.clone()?;
            Some(SentOut { from, way })
        };
        self.traces(&traffic, None).into_iter().map(sent_out).collect()
    }

    /// The router's own addresses on networks that are no line, in the order of their rows
    pub(super) fn inner_addresses(&self) -> Vec<(Ipv4Net, &'a Value)> {
        let rows = self.rows(ADDRESSES);
        let addresses = rows.filter_map(|row| Some((parse(row.get("address")?)?, row.get("interface")?)));
        addresses
            .filter(|(_, interface)| !self.is_outside(interface))
            .collect()
    }

    /// Whether an interface is a line, stands upon one, or is an address that routers share (VRRP) on the port of one
    fn is_outside(&self, interface: &Value) -> bool {
        let is_line = |name: &Value| self.is_line(name.as_bytes());
        let is_port = |name: &&Value| {
            self.lines()
                .iter()
                .any(|line| base_of(self.router(), line).contains(name))
        };
        let below = base_of(self.router(), interface);
        let is_shared = self.router().table("/interface/vrrp").named(interface).is_some();
        is_line(interface)
            || below.iter().any(|name| is_line(name))
            || (is_shared && below.iter().any(is_port))
    }

    /// A host of every inner network: those of the router's addresses, and those that routes lead to over no line, as through
    /// a VPN
    pub(super) fn inner_hosts(&self) -> Vec<(Ipv4Net, Ipv4Addr)> {
        self.all_inner_hosts().take(MOST_NETWORKS).collect()
    }

    pub(super) fn all_inner_hosts(&self) -> impl Iterator<Item = (Ipv4Net, Ipv4Addr)> {
        let connected = self
            .inner_addresses()
            .into_iter()
            .map(|(address, _)| (address.trunc(), address.addr()));
        let routed = self.static_routes().map(|(route, _)| route).filter(|route| {
            let is_inside = route
                .hops
                .iter()
                .all(|hop| !self.is_line(hop.interface.as_bytes()));
            let is_net = (8..32).contains(&route.prefix.prefix_len());
            is_net
                && is_inside
                && !route.hops.is_empty()
                && route.kind == RouteKind::Unicast
                && route.table == *"main"
        });
        let routed = routed.map(|route| (route.prefix, route.prefix.network()));
        let host = |(network, own): (Ipv4Net, Ipv4Addr)| {
            let mut hosts = network.hosts().skip(1).chain(network.hosts());
            Some((network, hosts.find(|host| *host != own)?))
        };
        connected
            .chain(routed)
            .filter(|(network, _)| network.prefix_len() < 31)
            .filter_map(host)
    }

    /// Rules before all others of prerouting that leave packets of an interface alone, one for each of the `matchers`, where they
    /// mend what `is_faulty` finds
    pub(super) fn leave_alone<const N: usize>(
        &self,
        what: &str,
        from: &Value,
        matchers: &[[(&str, &str); N]],
        is_faulty: impl Fn(&View<'_>) -> bool,
    ) -> Option<Fix> {
        let from = from.to_text();
        // The interface of a session comes and goes: no rule can name it.
        let is_named = !from.starts_with('<');
        let rows = self.router().table(MANGLE).iter();
        let mut chain = rows.filter(|row| !row.dynamic() && row.is("chain", "prerouting"));
        let first = chain.next().filter(|_| is_named)?;
        let edit = |router: &mut Router| {
            for matchers in matchers {
                let mut values = alloc::vec![
                    ("chain", "prerouting"),
                    ("action", "accept"),
                    ("in-interface", &*from)
                ];
                values.extend_from_slice(matchers);
                super::fix::add(router, MANGLE, &values, Some(first));
            }
        };
        let mends = |mended: &Router| !is_faulty(&View::of(mended));
        self.fix_if(what, edit, mends)
    }

    /// The rules that gave the packets of a way their routing marks
    pub(super) fn routing_marks_of(&self, way: &Way) -> Vec<&'a Row> {
        let rows = self.rows_of_way(way).into_iter();
        let marks = rows.filter(|(menu, row)| menu == MANGLE && row.is("action", "mark-routing"));
        marks.map(|(_, row)| row).collect()
    }
}

/// Inner networks that are looked at: where there are more, they are alike
pub(super) const MOST_NETWORKS: usize = 64;
