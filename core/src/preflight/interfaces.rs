//! What a line's interface is part of: a bridge that it works over, the lists that firewall rules name.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::{Access, Line};
use crate::survey::interfaces::{enabled, is_set_to};
use crate::survey::{Bridged, bridge_of, line_lists, port_of};

/// What holds the address of a line on the bridge of its port, where that is so: the line works over the bridge today
pub(super) fn runs_on<'a>(router: &'a Router, line: &Line) -> Option<(Bridged<'a>, &'static str)> {
    let bridged = bridge_of(router, port_of(router, line))?;
    let bridge = bridged.bridge()?.as_bytes();
    let on_bridge = |row: &&Row| is_set_to(row, "interface", bridge);
    let (menu, what) = match line.access() {
        Access::Dhcp => ("/ip/dhcp-client", "DHCP client"),
        Access::Static { .. } => ("/ip/address", "address"),
        Access::Pppoe(_) => ("/interface/pppoe-client", "PPPoE client"),
        Access::Lte(_) | Access::Ppp(_) | Access::Tunnel => return None,
    };
    let is_of_line = |row: &Row| match line.access() {
        Access::Static { address, .. } => row.is("address", alloc::format!("{address}")),
        Access::Pppoe(_) => row.is("name", line.interface()),
        _ => true,
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
}
