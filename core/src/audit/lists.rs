//! Interface lists as firewall rules name them: those of lines, those of LANs.

use alloc::vec::Vec;

use super::menus::{DHCP_CLIENTS, LIST_MEMBERS};
use super::outages::base_of;
use super::{View, fix};
use crate::diagnostic::Fix;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::survey::interfaces::{InterfaceKind, enabled, is_set_to, kind_of};
use crate::survey::lists::InterfaceLists;

impl<'a> View<'a> {
    /// The interface lists of a router
    pub(super) fn interface_lists(&self) -> InterfaceLists<'a> {
        InterfaceLists::today(self.router())
    }

    /// Whether an interface serves customers: a DHCP server or a hotspot runs on it, or on what stands upon it (a VLAN, an address that
    /// routers share), or it is a bridge of ports on which nobody asks for an address
    pub(super) fn is_serving(&self, interface: &[u8]) -> bool {
        let is_it = |name: &Value| {
            let below = base_of(self.router(), name);
            name.as_bytes() == interface || below.iter().any(|name| name.as_bytes() == interface)
        };
        let serves = |row: &Row| row.get("interface").is_some_and(is_it);
        let of = |row: &Row, property: &str| is_set_to(row, property, interface);
        let has_ports = enabled(self.router(), "/interface/bridge/port").any(|row| of(row, "bridge"));
        let has_client = enabled(self.router(), DHCP_CLIENTS).any(|row| of(row, "interface"));
        let is_server = SERVERS
            .iter()
            .any(|menu| enabled(self.router(), menu).any(serves));
        is_server || (has_ports && !has_client)
    }

    /// Whether customers are behind an interface: it serves them, or is a bridge, and leads to no provider
    pub(super) fn is_lan(&self, interface: &[u8]) -> bool {
        let is_bridge = || kind_of(self.router(), interface) == Some(InterfaceKind::Bridge);
        self.is_serving(interface) || (!self.is_line(interface) && is_bridge())
    }

    /// The row that makes an interface a member of a list; none where it is one by way of another list
    pub(super) fn membership(&self, list: &[u8], interface: &[u8]) -> Option<&'a Row> {
        let is =
            |row: &Row, name: &str, value: &[u8]| row.get(name).is_some_and(|own| own.as_bytes() == value);
        self.rows(LIST_MEMBERS)
            .find(|row| is(row, "list", list) && is(row, "interface", interface))
    }

    /// Makes a line a member of a list
    pub(super) fn join(&self, list: &Value, line: &Value) -> Option<Fix> {
        let (list, line) = (list.to_text(), line.to_text());
        let what = alloc::format!("make `{line}` a member of `{list}`");
        self.fix(what, |router| join(router, &list, &line))
    }

    /// Takes an interface out of a list that it is a member of by itself
    pub(super) fn leave(&self, list: &Value, interface: &Value) -> Option<Fix> {
        let row = self.membership(list.as_bytes(), interface.as_bytes())?;
        let what = alloc::format!("take `{}` out of `{}`", interface.to_text(), list.to_text());
        self.fix(what, |router| fix::remove(router, LIST_MEMBERS, row))
    }

    /// Whether a list has lines and nothing else
    pub(super) fn is_of_lines(&self, members: &[Value]) -> bool {
        !members.is_empty() && members.iter().all(|member| self.is_line(member.as_bytes()))
    }
}

fn join(router: &mut Router, list: &str, line: &str) {
    fix::add(router, LIST_MEMBERS, &[("interface", line), ("list", list)], None);
}

/// The interface lists that a rule names, each with whether it is negated
pub(super) fn named_lists(row: &Row) -> Vec<(bool, Value)> {
    let named = LISTS.iter().filter_map(|matcher| row.get(matcher));
    let named = named.filter(|list| !list.is_empty());
    named
        .map(|list| match list.as_bytes().strip_prefix(b"!") {
            Some(bare) => (true, Value::from(bare)),
            None => (false, list.clone()),
        })
        .collect()
}

/// Matchers that name interface lists
pub(super) const LISTS: [&str; 2] = ["in-interface-list", "out-interface-list"];

const SERVERS: [&str; 2] = ["/ip/dhcp-server", "/ip/hotspot"];
