//! What a line's interface is part of: a bridge that it works over, the lists that firewall rules name.

use alloc::vec::Vec;

use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::{Access, Line};
use crate::survey::interfaces::{enabled, is_set_to};
use crate::survey::lists::{self, InterfaceLists};
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

/// The interface that must be there before anything is applied: the line's own, or what its client is to dial over; nothing for a
/// dial-up client that is made, whose port is no interface
pub(super) fn must_exist<'a>(router: &'a Router, line: &'a Line) -> Option<&'a [u8]> {
    match line.access() {
        Access::Ppp(Some(_)) => None,
        Access::Pppoe(Some(_)) => Some(port_of(router, line)),
        _ => Some(line.interface().as_bytes()),
    }
}

/// Whether no report says that routes resolve through such an interface; for PPPoE there are several (`ROUTEROS-BEHAVIOUR` §2)
pub(super) fn probes_are_unconfirmed(access: &Access) -> bool {
    access.is_point_to_point() && !matches!(access, Access::Pppoe(_))
}

/// An interface as a member of lists, some of which it is still to join
#[derive(Clone, Debug)]
pub(super) struct Member<'a> {
    interface: &'a [u8],
    joins: Vec<Value>,
    lists: InterfaceLists<'a>,
}

impl<'a> Member<'a> {
    pub(super) fn of(interface: &'a [u8], router: &'a Router) -> Self {
        Self {
            interface,
            joins: Vec::new(),
            lists: InterfaceLists::today(router),
        }
    }

    /// A new line as it will be: applying makes it a member of those lists of `primary` that firewall rules name
    pub(super) fn joining(interface: &'a [u8], router: &'a Router, primary: &[u8]) -> Self {
        Self {
            joins: line_lists(router, primary),
            ..Self::of(interface, router)
        }
    }

    pub(super) fn interface(&self) -> &'a [u8] {
        self.interface
    }

    /// Whether it is in a list
    pub(super) fn is_in(&self, list: &[u8]) -> bool {
        self.lists.has(
            list,
            lists::Member {
                interface: self.interface,
                joins: &self.joins,
            },
        )
    }
}
