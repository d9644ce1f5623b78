//! ISP 1: the line that carries internet today.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::net::Ipv4Addr;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::defaults::{DefaultRoute, active, activity_is_known, configured, network_to};
use super::dhcp_client;
use super::interfaces::{InterfaceKind, enabled, find, is_set_to};
use crate::document::written;
use crate::routeros::router::Router;
use crate::routeros::value::Value;

/// The line that carries internet today, as the router has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DetectedLine {
    /// The interface that the default route leaves by: `ether1`, `pppoe-out1`.
    pub interface: Value,
    /// How it gets its address.
    pub access: DetectedAccess,
    /// What says that it is this one.
    pub basis: Basis,
}

/// How a line that works today gets its address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum DetectedAccess {
    /// From a DHCP client, also that of an LTE stick.
    Dhcp {
        /// The gateway of the lease, where it is known.
        gateway: Option<Ipv4Addr>,
    },
    /// It was typed.
    Static {
        /// The address as the router has it, `198.51.100.2/30`.
        address: Option<Value>,
        /// The next hop; `None` where the route names an interface only.
        gateway: Option<Ipv4Addr>,
    },
    /// From a PPPoE client, which is the line's interface.
    Pppoe {
        /// The interface that it dials over.
        over: Option<Value>,
    },
    /// From an LTE or 5G modem.
    Lte,
    /// From a dial-up modem.
    Ppp,
    /// Over a tunnel.
    Tunnel,
}

/// What says that a line is the one that works today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The router says that its default route is active.
    Active,
    /// The router balances over several active default routes; this is the first.
    FirstOfActive,
    /// Nothing else has a default route.
    OnlyDefault,
    /// No default route has a lower distance.
    LowestDistance,
    /// Others have the same distance; this is the first.
    FirstOfEqual,
    /// The router says that no default route is active; this is the one that should be.
    NoneActive,
}

/// The line that carries internet today: ISP 1 of a set-up form.
///
/// Of several default routes of the main table the active one counts where the picture of the router says which is
/// active. Else it is that with the lowest distance, one that is up before one that is known to be down. A gateway is followed over its
/// network, its lease or the routes to it. [`Basis`] says how sure that is; on a router that is on a backup line now, it
/// is the backup. `None` where nothing leads out.
///
/// # Example
///
/// ```
/// use multi_isp::{Router, detect_line};
/// use multi_isp::survey::DetectedAccess;
///
/// let export = b"/interface pppoe-client\nadd add-default-route=yes disabled=no interface=ether1 name=pppoe-out1 user=jo\n";
/// let line = detect_line(&Router::from_export(export, None)?).unwrap();
/// assert_eq!(line.interface, "pppoe-out1");
/// assert_eq!(line.access, DetectedAccess::Pppoe { over: Some("ether1".into()) });
/// assert_eq!(line.basis.to_string(), "it has the only default route");
/// assert_eq!(detect_line(&Router::from_export(b"", None)?), None);
/// # Ok::<(), multi_isp::routeros::read::ReadError>(())
/// ```
pub fn detect_line(router: &Router) -> Option<DetectedLine> {
    let (route, basis) = in_force(router)?;
    Some(DetectedLine {
        interface: Value::from(route.interface),
        access: access(router, &route),
        basis,
    })
}

impl DetectedLine {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/detected-line/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("detected-line.schema.json");

    /// The line as a JSON document.
    pub fn to_json(&self) -> String {
        written::document(Self::SCHEMA, self)
    }
}

/// The default route that packets take, as far as the picture of the router tells.
fn in_force(router: &Router) -> Option<(DefaultRoute<'_>, Basis)> {
    let active = active(router);
    if let Some(first) = active.first() {
        let alone = over_one_interface(&active);
        let basis = if alone {
            Basis::Active
        } else {
            Basis::FirstOfActive
        };
        return Some((*first, basis));
    }
    let configured = configured(router);
    let rank = |route: &DefaultRoute<'_>| (route.down, route.distance);
    let best = *configured.iter().min_by_key(|route| rank(route))?;
    let equal: Vec<_> = configured
        .iter()
        .filter(|route| rank(route) == rank(&best))
        .copied()
        .collect();
    let basis = if activity_is_known(router) {
        Basis::NoneActive
    } else if over_one_interface(&configured) {
        Basis::OnlyDefault
    } else if over_one_interface(&equal) {
        Basis::LowestDistance
    } else {
        Basis::FirstOfEqual
    };
    Some((best, basis))
}

fn over_one_interface(routes: &[DefaultRoute<'_>]) -> bool {
    let first = routes.first().map(|route| route.interface);
    routes.iter().all(|route| Some(route.interface) == first)
}

fn access(router: &Router, route: &DefaultRoute<'_>) -> DetectedAccess {
    let gateway = route.gateway;
    let addresses = || {
        enabled(router, "/ip/address")
            .filter(|row| is_set_to(row, "interface", route.interface) && !row.dynamic())
    };
    let towards_gateway =
        || addresses().find(|row| gateway.is_some_and(|gateway| network_to(row, gateway).is_some()));
    let client = dhcp_client(router, route.interface).filter(|row| !row.disabled());
    if let Some(client) = client.filter(|_| towards_gateway().is_none()) {
        let leased = client
            .live("gateway")
            .and_then(|value| value.to_text().parse().ok());
        return DetectedAccess::Dhcp {
            gateway: leased.or(gateway),
        };
    }
    let interface = find(router, route.interface);
    match interface.map_or(InterfaceKind::Other, |known| known.kind) {
        InterfaceKind::Pppoe => DetectedAccess::Pppoe {
            over: interface.and_then(|known| known.row?.get("interface")).cloned(),
        },
        InterfaceKind::Lte => DetectedAccess::Lte,
        InterfaceKind::Ppp => DetectedAccess::Ppp,
        InterfaceKind::PppTunnel | InterfaceKind::Tunnel => DetectedAccess::Tunnel,
        _ => DetectedAccess::Static {
            address: towards_gateway()
                .or_else(|| addresses().next())
                .and_then(|row| row.get("address"))
                .cloned(),
            gateway,
        },
    }
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Basis::Active => "its default route is active",
            Basis::FirstOfActive => "several default routes are active at once, it has the first",
            Basis::OnlyDefault => "it has the only default route",
            Basis::LowestDistance => "its default route has the lowest distance",
            Basis::FirstOfEqual => "several default routes have the lowest distance, it has the first",
            Basis::NoneActive => "no default route is active, its own comes first",
        })
    }
}

/// `{"interface": .., "access": {"kind": ..}, "basis": .., "message": ..}`.
impl Serialize for DetectedLine {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut line = serializer.serialize_struct("DetectedLine", 4)?;
        line.serialize_field("interface", &self.interface)?;
        line.serialize_field("access", &self.access)?;
        line.serialize_field("basis", &self.basis)?;
        line.serialize_field("message", &self.basis.to_string())?;
        line.end()
    }
}
