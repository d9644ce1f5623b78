//! What a router has by way of interfaces: which exist, on which bridge, in which lists.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::{Access, Line};
use crate::survey::{Bridged, bridge_of, line_lists};

/// Enabled rows of a menu
pub(super) fn enabled<'a>(router: &'a Router, menu: &str) -> impl Iterator<Item = &'a Row> {
    router.table(menu).iter().filter(|row| !row.disabled())
}

/// Whether the router has, or any row of it mentions, an interface of that name
///
/// RouterOS refuses rows that name an interface it does not have, and prints `*1F` where one is gone.
pub(super) fn is_seen(router: &Router, interface: &[u8]) -> bool {
    kind_of(router, interface).is_some() || {
        let mut rows = router.menus().flat_map(|menu| router.table(menu));
        rows.any(|row| {
            MENTIONS
                .iter()
                .any(|property| is_set_to(row, property, interface))
        })
    }
}

/// Names of all interfaces that the router lists, in the order of [`MENUS`]
pub(super) fn names(router: &Router) -> Vec<&Value> {
    let mut names: Vec<&Value> = Vec::new();
    for (menu, _) in MENUS {
        let unknown = router
            .table(menu)
            .iter()
            .filter_map(name_of)
            .filter(|name| !names.contains(name));
        let unknown: Vec<_> = unknown.collect();
        names.extend(unknown);
    }
    names
}

/// What kind of interface it is, if the router lists it
pub(super) fn kind_of(router: &Router, interface: &[u8]) -> Option<Kind> {
    let is_named = |row: &Row| name_of(row).is_some_and(|name| name.as_bytes() == interface);
    MENUS
        .iter()
        .find(|(menu, _)| router.table(menu).iter().any(is_named))
        .map(|&(_, kind)| kind)
}

/// What holds the address of a line on the bridge of its port, where that is so: the line works over the bridge today
pub(super) fn runs_on<'a>(router: &'a Router, line: &Line) -> Option<(Bridged<'a>, &'static str)> {
    let bridged = bridge_of(router, line.interface().as_bytes())?;
    let bridge = bridged.bridge()?.as_bytes();
    let on_bridge = |row: &&Row| is_set_to(row, "interface", bridge);
    let (menu, what) = match line.access() {
        Access::Dhcp => ("/ip/dhcp-client", "DHCP client"),
        Access::Static { .. } => ("/ip/address", "address"),
    };
    let is_of_line = |row: &Row| match line.access() {
        Access::Dhcp => true,
        Access::Static { address, .. } => row.is("address", alloc::format!("{address}")),
    };
    enabled(router, menu)
        .filter(on_bridge)
        .any(is_of_line)
        .then_some((bridged, what))
}

/// An interface as a member of lists, some of which it is still to join
#[derive(Clone, Debug)]
pub(super) struct Member<'a> {
    interface: &'a [u8],
    joins: Vec<Value>,
}

impl<'a> Member<'a> {
    pub(super) fn of(interface: &'a [u8]) -> Self {
        Self {
            interface,
            joins: Vec::new(),
        }
    }

    /// A new line as it will be: applying makes it a member of those lists of `primary` that firewall rules name
    pub(super) fn joining(interface: &'a [u8], router: &Router, primary: &[u8]) -> Self {
        Self {
            interface,
            joins: line_lists(router, primary),
        }
    }

    pub(super) fn interface(&self) -> &'a [u8] {
        self.interface
    }

    /// Whether it is in a list: named there, or by way of a list that this one includes and none that it excludes
    pub(super) fn is_in(&self, router: &Router, list: &[u8]) -> bool {
        self.look_up(router, list, &mut BTreeMap::new())
    }

    /// Each list is looked at once: they may include each other in circles
    fn look_up<'r>(&self, router: &'r Router, list: &'r [u8], known: &mut BTreeMap<&'r [u8], bool>) -> bool {
        if let Some(&is_in) = known.get(list) {
            return is_in;
        }
        known.insert(list, false);
        let mut any_of = |lists: Option<&'r Value>| {
            let lists = lists.map(Value::as_bytes).unwrap_or_default();
            lists
                .split(|&byte| byte == b',')
                .any(|list| self.look_up(router, list, known))
        };
        let row = router
            .table("/interface/list")
            .iter()
            .find(|row| is_set_to(row, "name", list));
        let is_in = match list {
            b"all" | b"static" => true,
            b"none" | b"dynamic" | b"" => false,
            _ if self.is_named(router, list) => true,
            _ => row.is_some_and(|row| !any_of(row.get("exclude")) && any_of(row.get("include"))),
        };
        known.insert(list, is_in);
        is_in
    }

    fn is_named(&self, router: &Router, list: &[u8]) -> bool {
        let names = |row: &Row| is_set_to(row, "list", list) && is_set_to(row, "interface", self.interface);
        self.joins.iter().any(|joined| joined.as_bytes() == list)
            || enabled(router, "/interface/list/member").any(names)
    }
}

/// Kinds of interfaces that firewall rules can name as a whole
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Ethernet,
    Ppp,
    Vlan,
    Wireless,
    Other,
}

/// Whether a row sets a property to exactly these bytes: names have one spelling
pub(super) fn is_set_to(row: &Row, property: &str, value: &[u8]) -> bool {
    row.get(property).is_some_and(|own| own.as_bytes() == value)
}

/// Name of an interface: ports that were never renamed are known by their default name
fn name_of(row: &Row) -> Option<&Value> {
    row.get("name")
        .or_else(|| row.get("default-name"))
        .or_else(|| row.live("default-name"))
}

/// Menus whose rows are interfaces; `/interface` has them all and is read last: what has no menu of its own is a port
const MENUS: &[(&str, Kind)] = &[
    ("/interface/ethernet", Kind::Ethernet),
    ("/interface/bridge", Kind::Other),
    ("/interface/vlan", Kind::Vlan),
    ("/interface/bonding", Kind::Other),
    ("/interface/wireless", Kind::Wireless),
    ("/interface/wifi", Kind::Wireless),
    ("/interface/wifiwave2", Kind::Wireless),
    ("/interface/lte", Kind::Other),
    ("/interface/pppoe-client", Kind::Ppp),
    ("/interface/ppp-client", Kind::Ppp),
    ("/interface/l2tp-client", Kind::Ppp),
    ("/interface/pptp-client", Kind::Ppp),
    ("/interface/sstp-client", Kind::Ppp),
    ("/interface/ovpn-client", Kind::Ppp),
    ("/interface/wireguard", Kind::Other),
    ("/interface/gre", Kind::Other),
    ("/interface/eoip", Kind::Other),
    ("/interface/ipip", Kind::Other),
    ("/interface/vxlan", Kind::Other),
    ("/interface/macvlan", Kind::Other),
    ("/interface/veth", Kind::Other),
    ("/interface/vrrp", Kind::Other),
    ("/interface", Kind::Ethernet),
];

/// Properties by which rows name interfaces
const MENTIONS: &[&str] = &["interface", "in-interface", "out-interface"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::router;

    #[test]
    fn lists_are_members_then_exclusions_then_inclusions() {
        let router = router(&[
            "/interface/list name=A",
            "/interface/list name=B include=A",
            "/interface/list name=C include=B exclude=A",
            "/interface/list name=L include=L",
            "/interface/list/member list=A interface=ether1",
            "/interface/list/member list=C interface=ether1",
            "/interface/list/member list=A interface=ether2",
            "/interface/list/member list=A interface=ether3 disabled=yes",
        ]);
        let lists = |interface: &'static str| {
            let member = Member::of(interface.as_bytes());
            ["A", "B", "C", "L", "all", "none"].map(|list| member.is_in(&router, list.as_bytes()))
        };
        assert_eq!(lists("ether1"), [true, true, true, false, true, false]);
        assert_eq!(lists("ether2"), [true, true, false, false, true, false]);
        assert_eq!(lists("ether3"), [false, false, false, false, true, false]);
    }

    #[test]
    fn what_a_row_names_is_there() {
        let router = router(&[
            "/interface/ethernet default-name=ether1 name=fiber",
            "/interface/ethernet default-name=ether2",
            "/ip/dhcp-client interface=ether7",
        ]);
        let seen =
            ["fiber", "ether1", "ether2", "ether7", "ether8"].map(|port| is_seen(&router, port.as_bytes()));
        assert_eq!(seen, [true, false, true, true, false]);
        assert_eq!(
            names(&router),
            ["fiber", "ether2"].map(Value::from).iter().collect::<Vec<_>>()
        );
        assert_eq!(kind_of(&router, b"fiber"), Some(Kind::Ethernet));
    }
}
