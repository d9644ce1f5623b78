//! What the router prints of its routes.

use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;
use serde::Serialize;

use super::super::network::Network;
use super::super::row::RowRef;
use super::super::scenario::Scenario;
use super::gateway::Gateway;
use super::{Fib, Hop, Route, RouteKind, Why};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;

/// A route as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RouteState {
    /// The static route, the address that is connected, or the client that adds it.
    pub row: RowRef,
    /// Its table.
    pub table: Value,
    /// The destinations that it is for.
    #[serde(serialize_with = "as_text")]
    pub prefix: Ipv4Net,
    /// 0 to 255: the lowest is in force.
    pub distance: u8,
    /// Gateways of other routes are found by it if their target scope is at least this: its own scope, or, in RouterOS 7, one more
    /// than that of the route which its gateway is found by, if that is more.
    pub scope: u8,
    /// What it does with packets.
    pub kind: RouteKind,
    /// Its gateways as they are written, with commas between them.
    pub gateway: Value,
    /// Whether it is in force.
    #[serde(flatten)]
    pub activity: Activity,
    /// Where its packets leave by, each as likely as the other.
    pub hops: Vec<NextHop>,
}

/// Whether a route is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(tag = "activity", content = "why", rename_all = "snake_case")]
pub enum Activity {
    /// It is; with others of its prefix and distance, where there are some.
    Active,
    /// It could be, and another of its prefix has a lower distance.
    Standby,
    /// It cannot be.
    Inactive(Why),
}

/// Where packets of a route leave by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct NextHop {
    /// The interface.
    pub interface: Value,
    /// The neighbour that they are handed to; none where it is the destination itself, or where the interface leads to one
    /// alone.
    pub address: Option<Ipv4Addr>,
}

/// The routes of a router as it stands: those of its addresses, static ones, and those that its clients add.
///
/// Clients of a router that was read without their leases add none: [`settle`](crate::simulate::settle) gives them some.
///
/// # Example
/// ```
/// use multi_isp::Router;
/// use multi_isp::simulate::{Activity, Condition, Scenario, routes};
///
/// let export = b"/ip address\nadd address=192.0.2.2/24 interface=ether1\nadd address=198.51.100.2/24 interface=ether2\n\
///     /ip route\nadd gateway=192.0.2.1\nadd gateway=198.51.100.1 distance=2\n";
/// let router = Router::from_export(export, None)?;
/// let unplugged = Scenario::default().with_line("ether1", Condition::LinkDown);
/// let activity = |scenario: &Scenario| routes(&router, scenario).pop().map(|backup| backup.activity);
/// assert_eq!(activity(&Scenario::default()), Some(Activity::Standby));
/// assert_eq!(activity(&unplugged), Some(Activity::Active));
/// # Ok::<(), multi_isp::ReadError>(())
/// ```
pub fn routes(router: &Router, scenario: &Scenario) -> Vec<RouteState> {
    let fib = Fib::of(&Network::of(router, scenario));
    fib.routes().iter().map(RouteState::of).collect()
}

impl RouteState {
    fn of(route: &Route<'_>) -> Self {
        Self {
            row: RowRef::of(route.menu, route.row),
            table: Value::from(route.table),
            prefix: route.prefix,
            distance: route.distance,
            scope: route.scope,
            kind: route.kind,
            gateway: route.gateway(),
            activity: route.activity,
            hops: route.hops().map(NextHop::of).collect(),
        }
    }
}

impl NextHop {
    fn of(hop: &Hop<'_>) -> Self {
        Self {
            interface: Value::from(hop.interface),
            address: hop.next_hop,
        }
    }
}

impl<'a> Route<'a> {
    /// Whether it is the route of that row.
    pub(crate) fn is_static(&self, row: &Row) -> bool {
        self.menu == "/ip/route" && self.row.id() == row.id()
    }

    /// Its gateways as they are written, with commas between them.
    pub(crate) fn gateway(&self) -> Value {
        let gateways: Vec<&[u8]> = self.gateways.iter().map(|gateway| gateway.text).collect();
        Value::from(gateways.join(&b','))
    }

    /// Where its packets leave by.
    pub(crate) fn hops(&self) -> impl Iterator<Item = &Hop<'a>> {
        self.reached.iter().flatten().flatten()
    }

    /// What v7 prints as `immediate-gw`: `192.0.2.1%ether1`, `pppoe-out1`; nothing of a route that leads nowhere
    /// (`ROUTEROS` §3.4, ROUTEROS-BEHAVIOUR §2).
    pub(crate) fn immediate_gw(&self) -> Value {
        let gateways: Vec<Vec<u8>> = self.hops().map(Hop::immediate).collect();
        Value::from(gateways.join(&b','))
    }

    /// What v6 prints as `gateway-status` (`ROUTEROS` §3.3).
    pub(crate) fn gateway_status(&self) -> Value {
        let gateways = self.gateways.iter().zip(&self.reached);
        let told: Vec<Vec<u8>> = gateways.map(|(gateway, hops)| gateway.status(hops)).collect();
        Value::from(told.join(&b','))
    }
}

impl Hop<'_> {
    fn immediate(&self) -> Vec<u8> {
        match self.next_hop {
            Some(address) => [address_text(address).as_bytes(), b"%", self.interface].concat(),
            None => self.interface.to_vec(),
        }
    }
}

impl Gateway<'_> {
    fn status(&self, hops: &Result<Vec<Hop<'_>>, Why>) -> Vec<u8> {
        let Some(hop) = hops.as_ref().ok().and_then(|hops| hops.first()) else {
            return [self.text, b" unreachable"].concat();
        };
        match hop.next_hop.filter(|_| self.address().is_some()) {
            None => [self.text, b" reachable"].concat(),
            Some(address) if hop.through.len() > 1 => {
                let via = address_text(address);
                [self.text, b" recursive via ", via.as_bytes(), b" ", hop.interface].concat()
            }
            Some(_) => [self.text, b" reachable via  ", hop.interface].concat(),
        }
    }
}

fn address_text(address: Ipv4Addr) -> String {
    alloc::format!("{address}")
}

fn as_text<S: serde::Serializer>(prefix: &Ipv4Net, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(prefix)
}
