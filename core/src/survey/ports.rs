//! The port list of a set-up form: what can become a line, and what it is today.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::defaults::{DefaultRoute, configured};
use super::interfaces::{Interface, InterfaceKind, enabled, is_set_to, listed, switched, unlisted};
use super::{bridge_of, detect_line, dhcp_client, hotspot_interfaces};
use crate::document::written;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;

/// The interfaces of a router that could be lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PortList {
    /// Whether these are all: a compact export leaves out ports as the factory made them that nothing names
    /// ([`Router::ports_known`]).
    pub complete: bool,
    /// The ports, by kind and then by number.
    pub ports: Vec<Port>,
}

/// An interface as a set-up form lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Port {
    /// Its name on the router.
    pub name: Value,
    /// What it is.
    pub kind: InterfaceKind,
    /// What it is used for today, the weightiest first; empty for a port that is free.
    pub reasons: Vec<PortReason>,
}

/// Whether a port can become a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PortState {
    /// Nothing speaks against it.
    Free,
    /// It can be chosen; its reasons say what that would change, or what is to be done before.
    Usable,
    /// It is not offered.
    Taken,
}

/// What a port is used for today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum PortReason {
    /// It is the line that works today.
    IsIspOne,
    /// It was chosen for another line.
    Chosen,
    /// ISP 1 comes in through it: the port of a PPPoE client, a bridge, a bonding or a VLAN.
    CarriesIspOne {
        /// The interface of ISP 1.
        interface: Value,
    },
    /// What was chosen for another line comes in through it.
    CarriesChosen {
        /// The interface that was chosen.
        interface: Value,
    },
    /// It is a slave of a bonding.
    BondingSlave {
        /// The bonding.
        bonding: Value,
    },
    /// A switch chip joins it with another, on RouterOS 6.40.
    Switched {
        /// Its master, or the first of its slaves.
        #[serde(rename = "port")]
        with: Value,
    },
    /// A PPPoE client dials over it.
    CarriesPppoe {
        /// The client.
        client: Value,
    },
    /// It has an address that no default route leads over: customers or management are behind it.
    Addressed {
        /// The address, as `192.168.88.1/24`.
        address: Value,
    },
    /// It runs a server for customers.
    Serves {
        /// Which.
        service: Service,
    },
    /// It is on a bridge.
    OnBridge {
        /// The bridge.
        bridge: Value,
    },
    /// It is on a bridge with a hotspot.
    HotspotBridge {
        /// The bridge.
        bridge: Value,
    },
    /// It is a line already.
    HasDefaultRoute {
        /// The distance of its default route.
        distance: u8,
    },
    /// It has a DHCP client, which adds no default route.
    HasDhcpClient,
    /// VLANs stand upon it.
    CarriesVlan {
        /// The first of them.
        vlan: Value,
    },
    /// It is disabled.
    Disabled,
    /// Nothing is connected to it, as the live router says.
    NoLink,
}

/// A server that runs on a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    /// Addresses for a network.
    Dhcp,
    /// PPPoE sessions of customers.
    Pppoe,
    /// A hotspot.
    Hotspot,
    /// An access point.
    Wireless,
}

/// The interfaces of a router that could be lines, by kind and then by number, and what each is used for today.
///
/// Bridges are none. `chosen` are the interfaces of other lines of the same form: they are listed as taken.
///
/// # Example
///
/// ```
/// use multi_isp::survey::PortState;
/// use multi_isp::{Router, ports};
///
/// let export = b"/interface bridge\nadd name=bridge\n/interface bridge port\nadd bridge=bridge interface=ether3\n\
///     /interface ethernet\nset [ find default-name=ether2 ] comment=roof\n/ip dhcp-client\nadd interface=ether1\n";
/// let router = Router::from_export(export, None)?;
/// let list = ports(&router, &[]);
/// assert!(!list.complete, "a compact export does not list all");
/// let shown: Vec<String> = list.ports.iter().map(|port| port.to_string()).collect();
/// assert_eq!(shown, ["`ether1` is ISP 1", "`ether2` is free", "`ether3` is on bridge `bridge`, from where applying takes it"]);
///
/// let chosen = ports(&router, &["ether2".into()]);
/// let offered: Vec<_> = chosen.ports.iter().filter(|port| port.state() != PortState::Taken).map(|port| &port.name).collect();
/// assert_eq!(offered, ["ether3"]);
/// # Ok::<(), multi_isp::routeros::read::ReadError>(())
/// ```
pub fn ports(router: &Router, chosen: &[Value]) -> PortList {
    let isp1 = detect_line(router).map(|line| line.interface);
    let survey = Survey {
        router,
        chosen,
        below_isp1: isp1.iter().flat_map(|isp1| below(router, isp1)).collect(),
        below_chosen: chosen.iter().flat_map(|one| below(router, one)).collect(),
        isp1: isp1.as_ref(),
        defaults: configured(router),
        hotspots: hotspot_interfaces(router),
    };
    let interfaces = listed(router).into_iter().chain(unlisted(router));
    let mut ports: Vec<Port> = interfaces
        .filter(|interface| !matches!(interface.kind, InterfaceKind::Bridge | InterfaceKind::Other))
        .map(|interface| survey.port(interface))
        .collect();
    ports.sort_by_cached_key(|port| (port.kind, natural(&port.name)));
    PortList {
        complete: router.ports_known(),
        ports,
    }
}

impl PortList {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/ports/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("ports.schema.json");

    /// The list as a JSON document: a form has names, states and sentences from it.
    pub fn to_json(&self) -> String {
        written::document(Self::SCHEMA, self)
    }
}

impl Port {
    /// Whether it can become a line.
    pub fn state(&self) -> PortState {
        let states = self.reasons.iter().map(PortReason::state);
        states.max().unwrap_or(PortState::Free)
    }
}

/// The port and the weightiest reason: `` `ether2` is on bridge `bridge` ``.
impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.name.to_text();
        match self.reasons.first() {
            Some(reason) => write!(f, "`{name}` {reason}"),
            None => write!(f, "`{name}` is free"),
        }
    }
}

/// `{"name": .., "kind": .., "state": .., "reasons": [{"code": .., .., "message": ..}]}`.
impl Serialize for Port {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let told: Vec<Told<'_>> = self.reasons.iter().map(Told::of).collect();
        let mut port = serializer.serialize_struct("Port", 4)?;
        port.serialize_field("name", &self.name)?;
        port.serialize_field("kind", &self.kind)?;
        port.serialize_field("state", &self.state())?;
        port.serialize_field("reasons", &told)?;
        port.end()
    }
}

impl PortReason {
    /// What the reason makes of a port.
    pub fn state(&self) -> PortState {
        match self {
            PortReason::IsIspOne
            | PortReason::Chosen
            | PortReason::CarriesIspOne { .. }
            | PortReason::CarriesChosen { .. }
            | PortReason::BondingSlave { .. }
            | PortReason::Switched { .. }
            | PortReason::CarriesPppoe { .. }
            | PortReason::Addressed { .. }
            | PortReason::Serves { .. } => PortState::Taken,
            PortReason::OnBridge { .. }
            | PortReason::HotspotBridge { .. }
            | PortReason::HasDefaultRoute { .. }
            | PortReason::HasDhcpClient
            | PortReason::CarriesVlan { .. }
            | PortReason::Disabled
            | PortReason::NoLink => PortState::Usable,
        }
    }
}

/// The end of a sentence that begins with the port.
impl fmt::Display for PortReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PortReason::IsIspOne => f.write_str("is ISP 1"),
            PortReason::Chosen => f.write_str("is chosen for another line"),
            PortReason::CarriesIspOne { interface } => {
                write!(f, "carries `{}`, which is ISP 1", interface.to_text())
            }
            PortReason::CarriesChosen { interface } => {
                write!(
                    f,
                    "carries `{}`, which is chosen for another line",
                    interface.to_text()
                )
            }
            PortReason::BondingSlave { bonding } => write!(f, "is a slave of `{}`", bonding.to_text()),
            PortReason::Switched { with } => write!(f, "is switched together with `{}`", with.to_text()),
            PortReason::CarriesPppoe { client } => {
                write!(f, "carries the PPPoE client `{}`", client.to_text())
            }
            PortReason::Addressed { address } => {
                write!(
                    f,
                    "has the address `{}` of the router's own network",
                    address.to_text()
                )
            }
            PortReason::Serves { service } => write!(f, "runs {service}"),
            PortReason::OnBridge { bridge } => write!(
                f,
                "is on bridge `{}`, from where applying takes it",
                bridge.to_text()
            ),
            PortReason::HotspotBridge { bridge } => write!(
                f,
                "is on the hotspot's bridge `{}`, from where applying takes it",
                bridge.to_text()
            ),
            PortReason::HasDefaultRoute { distance } => {
                write!(
                    f,
                    "is a line already: it has a default route of distance {distance}"
                )
            }
            PortReason::HasDhcpClient => f.write_str("has a DHCP client already"),
            PortReason::CarriesVlan { vlan } => write!(f, "carries the VLAN `{}`", vlan.to_text()),
            PortReason::Disabled => f.write_str("is disabled, enable it before applying"),
            PortReason::NoLink => f.write_str("has no link"),
        }
    }
}

impl fmt::Display for Service {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Service::Dhcp => "a DHCP server",
            Service::Pppoe => "a PPPoE server",
            Service::Hotspot => "a hotspot",
            Service::Wireless => "an access point",
        })
    }
}

/// A reason with its sentence.
#[derive(Serialize)]
struct Told<'a> {
    #[serde(flatten)]
    reason: &'a PortReason,
    message: String,
}

impl<'a> Told<'a> {
    fn of(reason: &'a PortReason) -> Self {
        Self {
            reason,
            message: reason.to_string(),
        }
    }
}

/// What is looked up once for all ports.
struct Survey<'a> {
    router: &'a Router,
    chosen: &'a [Value],
    isp1: Option<&'a Value>,
    /// The interfaces that ISP 1 comes in through, each with that of ISP 1.
    below_isp1: Vec<(&'a Value, &'a Value)>,
    below_chosen: Vec<(&'a Value, &'a Value)>,
    defaults: Vec<DefaultRoute<'a>>,
    hotspots: Vec<Value>,
}

impl Survey<'_> {
    fn port(&self, interface: Interface<'_>) -> Port {
        let name = interface.name;
        let is_isp1 = self.isp1 == Some(name);
        let is_chosen = self.chosen.contains(name);
        let line = is_isp1.then_some(PortReason::IsIspOne);
        let chosen = is_chosen.then_some(PortReason::Chosen);
        // What a line is used for follows from its being one.
        let uses = (!is_isp1).then(|| self.uses(&interface)).into_iter().flatten();
        let mut reasons: Vec<PortReason> = line
            .into_iter()
            .chain(chosen)
            .chain(uses)
            .chain(state_of(&interface))
            .collect();
        reasons.sort_by_key(|reason| core::cmp::Reverse(reason.state()));
        Port {
            name: name.clone(),
            kind: interface.kind,
            reasons,
        }
    }

    /// What speaks against a port that is not ISP 1, the weightiest first.
    fn uses(&self, interface: &Interface<'_>) -> Vec<PortReason> {
        let (router, name) = (self.router, interface.name);
        let upper = |lines: &[(&Value, &Value)]| {
            let mut lines = lines.iter();
            lines
                .find(|(below, _)| *below == name)
                .map(|(_, line)| (*line).clone())
        };
        let default = self
            .defaults
            .iter()
            .find(|route| route.interface == name.as_bytes());
        let has_client = dhcp_client(router, name.as_bytes()).is_some_and(|row| !row.disabled());
        let address = enabled(router, "/ip/address")
            .find(|row| on(row, name) && !row.dynamic())
            .filter(|_| default.is_none())
            .and_then(|row| row.get("address"));
        let reasons = [
            upper(&self.below_isp1).map(|interface| PortReason::CarriesIspOne { interface }),
            upper(&self.below_chosen).map(|interface| PortReason::CarriesChosen { interface }),
            bonding_of(router, name).map(|bonding| PortReason::BondingSlave { bonding }),
            switched(router, name.as_bytes())
                .next()
                .map(|with| PortReason::Switched { with: with.clone() }),
            first_upon(router, "/interface/pppoe-client", name)
                .map(|client| PortReason::CarriesPppoe { client }),
            address.cloned().map(|address| PortReason::Addressed { address }),
            self.service(interface)
                .map(|service| PortReason::Serves { service }),
            self.bridge(name),
            default.map(|route| PortReason::HasDefaultRoute {
                distance: route.distance,
            }),
            (has_client && default.is_none()).then_some(PortReason::HasDhcpClient),
            first_upon(router, "/interface/vlan", name).map(|vlan| PortReason::CarriesVlan { vlan }),
        ];
        reasons.into_iter().flatten().collect()
    }

    fn bridge(&self, name: &Value) -> Option<PortReason> {
        let bridge = bridge_of(self.router, name.as_bytes())?.bridge()?.clone();
        Some(if self.hotspots.contains(&bridge) {
            PortReason::HotspotBridge { bridge }
        } else {
            PortReason::OnBridge { bridge }
        })
    }

    fn service(&self, interface: &Interface<'_>) -> Option<Service> {
        let name = interface.name;
        let runs = |menu: &str| enabled(self.router, menu).any(|row| on(row, name));
        if runs("/interface/pppoe-server/server") {
            Some(Service::Pppoe)
        } else if self.hotspots.contains(name) {
            Some(Service::Hotspot)
        } else if runs("/ip/dhcp-server") {
            Some(Service::Dhcp)
        } else {
            is_access_point(self.router, interface).then_some(Service::Wireless)
        }
    }
}

/// Whether the port could carry anything now.
fn state_of(interface: &Interface<'_>) -> Option<PortReason> {
    let row = interface.row?;
    let has_no_link = row.live("running").is_some_and(|running| *running == "false");
    if row.disabled() {
        Some(PortReason::Disabled)
    } else {
        has_no_link.then_some(PortReason::NoLink)
    }
}

/// Whether a radio serves stations rather than being one; a disabled radio serves nobody.
fn is_access_point(router: &Router, interface: &Interface<'_>) -> bool {
    let Some(row) = interface.row.filter(|row| !row.disabled()) else {
        return false;
    };
    let of_profile = || {
        let profile = row.get("configuration")?;
        let profiles = router.table("/interface/wifi/configuration");
        profiles.find_by("name", profile)?.get("mode")
    };
    let mode = row
        .get("mode")
        .or_else(|| row.get("configuration.mode"))
        .or_else(of_profile);
    interface.kind == InterfaceKind::Wireless
        && mode.is_none_or(|mode| !mode.as_bytes().starts_with(b"station"))
}

/// The interfaces that another comes in through, each with that other: the port below a VLAN or a PPPoE client, the
/// slaves of a bonding, the ports of a bridge, and what is below them.
fn below<'a>(router: &'a Router, upper: &'a Value) -> Vec<(&'a Value, &'a Value)> {
    let all: Vec<_> = listed(router).into_iter().chain(unlisted(router)).collect();
    let mut found: Vec<&Value> = alloc::vec![upper];
    let mut looked_at = 0;
    while let Some(&one) = found.get(looked_at) {
        let carries = |below: &Value| {
            bonding_of(router, below).is_some_and(|bonding| bonding == *one)
                || bridge_of(router, below.as_bytes()).and_then(|on| on.bridge()) == Some(one)
                || STACKED.iter().any(|menu| {
                    enabled(router, menu).any(|row| is_set_to(row, "name", one.as_bytes()) && on(row, below))
                })
        };
        for interface in &all {
            if !found.contains(&interface.name) && carries(interface.name) {
                found.push(interface.name);
            }
        }
        looked_at = looked_at.saturating_add(1);
    }
    found.into_iter().skip(1).map(|below| (below, upper)).collect()
}

/// The bonding that a port is a slave of.
fn bonding_of(router: &Router, port: &Value) -> Option<Value> {
    let is_slave = |row: &&Row| {
        let slaves = row.get("slaves").map(Value::as_bytes).unwrap_or_default();
        slaves
            .split(|&byte| byte == b',')
            .any(|slave| slave == port.as_bytes())
    };
    let bonding = enabled(router, "/interface/bonding").find(is_slave)?;
    bonding.get("name").cloned()
}

/// The first interface of a menu that stands upon another.
fn first_upon(router: &Router, menu: &str, below: &Value) -> Option<Value> {
    enabled(router, menu)
        .find(|row| on(row, below))?
        .get("name")
        .cloned()
}

fn on(row: &Row, interface: &Value) -> bool {
    is_set_to(row, "interface", interface.as_bytes())
}

/// A name so that `ether2` comes before `ether10`.
fn natural(name: &Value) -> (Vec<u8>, u64, Vec<u8>) {
    let bytes = name.as_bytes();
    let digits = bytes
        .iter()
        .rev()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let (stem, number) = bytes
        .split_at_checked(bytes.len().saturating_sub(digits))
        .unwrap_or_default();
    let number = core::str::from_utf8(number)
        .ok()
        .and_then(|text| text.parse().ok());
    (stem.to_vec(), number.unwrap_or_default(), bytes.to_vec())
}

/// Menus of interfaces that stand upon the one that they name.
const STACKED: [&str; 2] = ["/interface/vlan", "/interface/pppoe-client"];
