//! Which interfaces a router has, of which kind, and which rows name them.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use serde::Serialize;

use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;

/// What an interface is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InterfaceKind {
    /// A copper port.
    Ethernet,
    /// A port for an optical module, by its factory name: `sfp1`, `sfp-sfpplus1`, `qsfp28-1-1`.
    Sfp,
    /// A radio, or a virtual one upon it.
    Wireless,
    /// An LTE or 5G modem that is an interface of its own.
    Lte,
    /// A VLAN upon another interface.
    Vlan,
    /// Several ports as one.
    Bonding,
    /// A PPPoE client.
    Pppoe,
    /// A dial-up client, as of a 3G stick.
    Ppp,
    /// A PPP session within IP: L2TP, PPTP, SSTP or OpenVPN.
    PppTunnel,
    /// A tunnel without a session: WireGuard, GRE, EoIP, IPIP, VXLAN, VPLS, ZeroTier.
    Tunnel,
    /// A bridge.
    Bridge,
    /// Any other.
    Other,
}

impl InterfaceKind {
    /// Whether firewall rules mean it by `all-ethernet`.
    pub fn is_ethernet(self) -> bool {
        matches!(self, InterfaceKind::Ethernet | InterfaceKind::Sfp)
    }

    /// Whether it leads to a provider or through a VPN: no customer is plugged in there.
    pub fn leads_away(self) -> bool {
        self.is_ppp() || matches!(self, InterfaceKind::Lte | InterfaceKind::Tunnel)
    }

    /// Whether firewall rules mean it by `all-ppp`.
    pub fn is_ppp(self) -> bool {
        matches!(
            self,
            InterfaceKind::Pppoe | InterfaceKind::Ppp | InterfaceKind::PppTunnel
        )
    }
}

/// An interface of a router.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Interface<'a> {
    pub(crate) name: &'a Value,
    pub(crate) kind: InterfaceKind,
    /// Its own row; `None` where a compact export leaves it out, because it is as the factory made it.
    pub(crate) row: Option<&'a Row>,
}

/// The interfaces that the router lists, in the order of [`MENUS`], each once.
pub(crate) fn listed(router: &Router) -> Vec<Interface<'_>> {
    let mut listed = Vec::new();
    let mut known = BTreeSet::new();
    for &(menu, kind) in MENUS {
        for row in router.table(menu) {
            if let Some(name) = name_of(row).filter(|name| !name.is_empty() && known.insert(*name)) {
                let kind = if kind == InterfaceKind::Ethernet {
                    factory_kind(row.live("default-name").unwrap_or(name).as_bytes()).unwrap_or(kind)
                } else {
                    kind
                };
                let row = Some(row);
                listed.push(Interface { name, kind, row });
            }
        }
    }
    listed
}

/// The interfaces that a compact export leaves out and yet names.
///
/// Only what is as the factory made it is left out, so such an interface has its factory name, and that says its kind.
pub(crate) fn unlisted(router: &Router) -> Vec<Interface<'_>> {
    if router.ports_known() {
        return Vec::new();
    }
    let listed = listed(router);
    let is_taken = |name: &Value| {
        listed.iter().any(|known| {
            known.name == name
                || known
                    .row
                    .and_then(|row| row.live("default-name"))
                    .is_some_and(|default| default == name)
        })
    };
    let mut unlisted: Vec<Interface<'_>> = Vec::new();
    for name in mentioned(router) {
        if let Some(kind) = factory_kind(name.as_bytes())
            && !is_taken(name)
            && !unlisted.iter().any(|known| known.name == name)
        {
            let row = None;
            unlisted.push(Interface { name, kind, row });
        }
    }
    unlisted
}

/// Names of all interfaces that the router lists, in the order of [`MENUS`].
pub(crate) fn names(router: &Router) -> Vec<&Value> {
    listed(router)
        .into_iter()
        .map(|interface| interface.name)
        .collect()
}

/// The interface of that name, listed or as the factory made it.
pub(crate) fn find<'a>(router: &'a Router, name: &[u8]) -> Option<Interface<'a>> {
    let is_named = |interface: &Interface<'_>| interface.name.as_bytes() == name;
    let mut listed = listed(router).into_iter();
    listed
        .find(is_named)
        .or_else(|| unlisted(router).into_iter().find(is_named))
}

/// What kind of interface it is, if the router lists it.
pub(crate) fn kind_of(router: &Router, interface: &[u8]) -> Option<InterfaceKind> {
    let mut listed = listed(router).into_iter();
    listed
        .find(|known| known.name.as_bytes() == interface)
        .map(|known| known.kind)
}

/// Whether the router has, or any row of it mentions, an interface of that name.
///
/// RouterOS refuses rows that name an interface it does not have, and prints `*1F` where one is gone.
pub(crate) fn is_seen(router: &Router, interface: &[u8]) -> bool {
    kind_of(router, interface).is_some() || mentioned(router).any(|name| name.as_bytes() == interface)
}

/// The ports that a switch chip joins with another: its master, or its slaves. Until 6.40 a `master-port` says so; later a
/// bridge does.
pub(crate) fn switched<'a>(router: &'a Router, port: &'a [u8]) -> impl Iterator<Item = &'a Value> {
    let rows = router.table("/interface/ethernet").iter();
    rows.filter_map(move |row| {
        let (name, master) = (name_of(row)?, row.get("master-port")?);
        match (name.as_bytes() == port, master.as_bytes() == port) {
            (true, _) => Some(master).filter(|master| *master != "none"),
            (false, true) => Some(name),
            (false, false) => None,
        }
    })
}

/// Enabled rows of a menu.
pub(crate) fn enabled<'a>(router: &'a Router, menu: &str) -> impl Iterator<Item = &'a Row> {
    router.table(menu).iter().filter(|row| !row.disabled())
}

/// Whether a row sets a property to exactly these bytes: names have one spelling.
pub(crate) fn is_set_to(row: &Row, property: &str, value: &[u8]) -> bool {
    row.get(property).is_some_and(|own| own.as_bytes() == value)
}

fn mentioned(router: &Router) -> impl Iterator<Item = &Value> {
    router
        .menus()
        .flat_map(|menu| router.table(menu))
        .flat_map(|row| MENTIONS.iter().filter_map(|property| row.get(property)))
}

/// Name of an interface: ports that were never renamed are known by their default name.
fn name_of(row: &Row) -> Option<&Value> {
    row.get("name")
        .or_else(|| row.get("default-name"))
        .or_else(|| row.live("default-name"))
}

/// The kind that a factory name, letters and then numbers, stands for.
fn factory_kind(name: &[u8]) -> Option<InterfaceKind> {
    let is_factory_name = |stem: &str| {
        name.strip_prefix(stem.as_bytes())
            .is_some_and(|rest| rest.first().is_some_and(u8::is_ascii_digit))
    };
    FACTORY_NAMES
        .iter()
        .find(|(stem, _)| is_factory_name(stem))
        .map(|&(_, kind)| kind)
}

/// What names of the factory begin with, before their number.
const FACTORY_NAMES: &[(&str, InterfaceKind)] = &[
    ("ether", InterfaceKind::Ethernet),
    ("combo", InterfaceKind::Ethernet),
    ("sfp", InterfaceKind::Sfp),
    ("sfp-sfpplus", InterfaceKind::Sfp),
    ("sfpplus", InterfaceKind::Sfp),
    ("sfp28-", InterfaceKind::Sfp),
    ("qsfp", InterfaceKind::Sfp),
    ("qsfpplus", InterfaceKind::Sfp),
    ("qsfp28-", InterfaceKind::Sfp),
    ("wlan", InterfaceKind::Wireless),
    ("wifi", InterfaceKind::Wireless),
    ("lte", InterfaceKind::Lte),
];

/// Menus whose rows are interfaces; `/interface` has them all and is read last: what has no menu of its own is a port.
const MENUS: &[(&str, InterfaceKind)] = &[
    ("/interface/ethernet", InterfaceKind::Ethernet),
    ("/interface/bridge", InterfaceKind::Bridge),
    ("/interface/vlan", InterfaceKind::Vlan),
    ("/interface/bonding", InterfaceKind::Bonding),
    ("/interface/wireless", InterfaceKind::Wireless),
    ("/interface/wifi", InterfaceKind::Wireless),
    ("/interface/wifiwave2", InterfaceKind::Wireless),
    ("/interface/lte", InterfaceKind::Lte),
    ("/interface/pppoe-client", InterfaceKind::Pppoe),
    ("/interface/ppp-client", InterfaceKind::Ppp),
    ("/interface/l2tp-client", InterfaceKind::PppTunnel),
    ("/interface/pptp-client", InterfaceKind::PppTunnel),
    ("/interface/sstp-client", InterfaceKind::PppTunnel),
    ("/interface/ovpn-client", InterfaceKind::PppTunnel),
    ("/interface/l2tp-server", InterfaceKind::PppTunnel),
    ("/interface/pptp-server", InterfaceKind::PppTunnel),
    ("/interface/sstp-server", InterfaceKind::PppTunnel),
    ("/interface/ovpn-server", InterfaceKind::PppTunnel),
    ("/interface/wireguard", InterfaceKind::Tunnel),
    ("/interface/gre", InterfaceKind::Tunnel),
    ("/interface/gre6", InterfaceKind::Tunnel),
    ("/interface/eoip", InterfaceKind::Tunnel),
    ("/interface/eoipv6", InterfaceKind::Tunnel),
    ("/interface/ipip", InterfaceKind::Tunnel),
    ("/interface/ipipv6", InterfaceKind::Tunnel),
    ("/interface/6to4", InterfaceKind::Tunnel),
    ("/interface/vxlan", InterfaceKind::Tunnel),
    ("/interface/vpls", InterfaceKind::Tunnel),
    ("/zerotier/interface", InterfaceKind::Tunnel),
    ("/interface/macvlan", InterfaceKind::Other),
    ("/interface/veth", InterfaceKind::Other),
    ("/interface/vrrp", InterfaceKind::Other),
    ("/interface", InterfaceKind::Ethernet),
];

/// Properties by which rows name interfaces.
const MENTIONS: &[&str] = &["interface", "in-interface", "out-interface"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_row_names_is_there() {
        let export = b"/interface ethernet\nset [ find default-name=ether1 ] name=fiber\n\
            set [ find default-name=ether2 ] comment=roof\n/interface list\nadd name=ether-lan\n\
            /interface bridge\nadd name=bridge\n/interface bridge port\nadd bridge=bridge interface=ether10\n\
            add bridge=bridge interface=ether-lan\n/ip dhcp-client\nadd interface=sfp-sfpplus1\n";
        let router = Router::from_export(export, None).unwrap();
        let seen =
            ["fiber", "ether1", "ether2", "ether10", "ether8"].map(|port| is_seen(&router, port.as_bytes()));
        assert_eq!(seen, [true, false, true, true, false]);
        assert_eq!(
            names(&router),
            ["fiber", "ether2", "bridge"]
                .map(Value::from)
                .iter()
                .collect::<Vec<_>>()
        );
        assert_eq!(kind_of(&router, b"fiber"), Some(InterfaceKind::Ethernet));
        let unlisted: Vec<_> = unlisted(&router)
            .into_iter()
            .map(|port| (port.name.to_text(), port.kind))
            .collect();
        assert_eq!(
            unlisted,
            [
                ("ether10".into(), InterfaceKind::Ethernet),
                ("sfp-sfpplus1".into(), InterfaceKind::Sfp)
            ],
            "a list is no port"
        );
    }
}
