//! The DHCP clients of a router, and what their scripts are told.

use alloc::string::{String, ToString};

use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::simulate::scenario::Lease;
use crate::survey::bridge_of;
use crate::survey::interfaces::enabled;
use crate::survey::networks::parse;

/// The DHCP clients that can run: none does on a port of a bridge (ROUTEROS §2g).
pub(super) fn dhcp_clients(router: &Router) -> impl Iterator<Item = &Row> {
    enabled(router, DHCP_CLIENTS).filter(|row| {
        row.get("interface")
            .is_some_and(|interface| bridge_of(router, interface.as_bytes()).is_none())
    })
}

/// The lease that a live router was read with.
pub(super) fn read_lease(row: &Row) -> Option<Lease> {
    Some(Lease {
        address: parse(row.live("address")?)?,
        gateway: row.live("gateway")?.to_text().parse().ok()?,
    })
}

/// The variables that RouterOS gives to the script of a client \[D:24805500\].
pub(super) fn variables(interface: &Value, lease: &Lease, is_bound: bool) -> [(&'static str, Value); 7] {
    let text = |value: String| match is_bound {
        true => Value::from(value),
        false => Value::default(),
    };
    [
        ("bound", Value::from(if is_bound { "1" } else { "0" })),
        ("interface", interface.clone()),
        ("gateway-address", text(lease.gateway.to_string())),
        ("server-address", text(lease.gateway.to_string())),
        ("lease-address", text(lease.address.addr().to_string())),
        ("vendor-specific", Value::default()),
        ("lease-options", Value::default()),
    ]
}

pub(super) const DHCP_CLIENTS: &str = "/ip/dhcp-client";
