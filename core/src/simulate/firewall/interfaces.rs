//! Which interfaces a matcher means.

use alloc::boxed::Box;
use alloc::sync::Arc;

use super::Pass;
use super::check::{Check, Meant, Reader};
use super::fits::Fits;
use crate::routeros::value::Value;
use crate::simulate::network::{Network, SESSION};
use crate::survey::InterfaceKind;

/// The side of the router that a matcher is about.
type Side = for<'p> fn(&'p Pass<'_>) -> Option<&'p Value>;

/// `in-interface`, `out-interface`: a name, or all of a kind.
pub(super) fn interface<'a>(reader: &mut Reader<'_, 'a>, value: &'a [u8], side: Side) -> Option<Check<'a>> {
    let Some(&(_, is_of_it)) = KINDS.iter().find(|(name, _)| name.as_bytes() == value) else {
        // A rule that names a port of a bridge matches nothing; packets that it would be about come from the bridge.
        let master = reader.network.master(value);
        return Some(Box::new(move |pass| {
            let meant = |interface: &Value| interface.as_bytes() == value || Some(interface) == master;
            Fits::from(side(pass).is_some_and(meant))
        }));
    };
    let of_kind =
        move |network: &Network<'_>, interface: &[u8]| network.kind(interface).is_some_and(is_of_it);
    let network = reader.network;
    let meant = reader.interfaces.kinds.entry(value);
    let meant = Arc::clone(meant.or_insert_with(|| of_all(network, |interface| of_kind(network, interface))));
    Some(Box::new(move |pass| {
        check(&meant, side(pass), |interface| of_kind(pass.network, interface))
    }))
}

/// `in-interface-list`, `out-interface-list`.
pub(super) fn list<'a>(reader: &mut Reader<'_, 'a>, value: &'a [u8], side: Side) -> Option<Check<'a>> {
    let network = reader.network;
    let meant = reader.interfaces.lists.entry(value);
    let meant =
        Arc::clone(meant.or_insert_with(|| of_all(network, |interface| is_in(network, value, interface))));
    Some(Box::new(move |pass| {
        check(&meant, side(pass), |interface| {
            is_in(pass.network, value, interface)
        })
    }))
}

/// A packet that the router sends or receives itself has no interface on that side, and so none that is meant: `!ether1` matches
/// it, as in iptables (unconfirmed; RouterOS refuses such rules in most chains).
fn check(meant: &Meant<'_>, interface: Option<&Value>, otherwise: impl Fn(&[u8]) -> bool) -> Fits {
    Fits::from(interface.is_some_and(|interface| {
        let known = meant.get(interface.as_bytes()).copied();
        known.unwrap_or_else(|| otherwise(interface.as_bytes()))
    }))
}

fn of_all<'a>(network: &Network<'a>, is_meant: impl Fn(&[u8]) -> bool) -> Meant<'a> {
    let names = network.interfaces().map(Value::as_bytes);
    Arc::new(names.map(|name| (name, is_meant(name))).collect())
}

/// Customers' sessions are the interfaces that the router makes itself: they are those of the list `dynamic` \[D:47579180\].
fn is_in(network: &Network<'_>, list: &[u8], interface: &[u8]) -> bool {
    match list {
        b"dynamic" => interface.starts_with(SESSION),
        b"static" => !interface.starts_with(SESSION),
        _ => network.is_in_list(list, interface),
    }
}

type IsKind = fn(InterfaceKind) -> bool;

/// What stands for all interfaces of a kind (`/console/inspect` of 7.22.3).
const KINDS: [(&str, IsKind); 4] = [
    ("all-ethernet", InterfaceKind::is_ethernet),
    ("all-ppp", InterfaceKind::is_ppp),
    ("all-vlan", |kind| kind == InterfaceKind::Vlan),
    ("all-wireless", |kind| kind == InterfaceKind::Wireless),
];

/// Whether a value stands for all interfaces of a kind.
pub(super) fn is_kind(value: &[u8]) -> bool {
    KINDS.iter().any(|(name, _)| name.as_bytes() == value)
}
