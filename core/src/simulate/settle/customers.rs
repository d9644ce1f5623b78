//! Customers who dialled in to the router's own PPPoE server.

use core::net::Ipv4Addr;

use super::leases::give_address;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::survey::interfaces::enabled;

/// Opens the session of a customer, where a server runs: a host behind an interface of its own.
pub(super) fn dial_in(router: &mut Router) {
    let Some(server) = enabled(router, "/interface/pppoe-server/server").next() else {
        return;
    };
    let profile = server
        .get("default-profile")
        .map_or(&b"default"[..], Value::as_bytes);
    let profile = router.table("/ppp/profile").find_by("name", profile);
    let of_profile = |property: &str| profile.and_then(|row| row.get(property));
    let own = of_profile("local-address").and_then(|local| address(router, local));
    let remote = secrets(router).find_map(|row| row.get("remote-address"));
    let remote = of_profile("remote-address")
        .or(remote)
        .and_then(|remote| address(router, remote));
    let (usual_own, usual_remote) = USUAL;
    let own = own.unwrap_or(usual_own);
    give_address(
        router,
        &Value::from(SESSION),
        own.into(),
        Some(remote.unwrap_or(usual_remote)),
    );
}

fn secrets(router: &Router) -> impl Iterator<Item = &Row> {
    enabled(router, "/ppp/secret")
}

/// The address that a property names, else the last of a pool: the first ones are often the router's.
fn address(router: &Router, value: &Value) -> Option<Ipv4Addr> {
    let text = value.to_text();
    let of_pool = || {
        let pool = router.table("/ip/pool").named(value)?;
        let ranges = pool.text("ranges")?;
        let range = ranges.split(',').next()?;
        range.rsplit('-').next()?.parse().ok()
    };
    text.parse().ok().or_else(of_pool)
}

/// As RouterOS calls the interface of a session.
const SESSION: &str = "<pppoe-customer>";

/// Both ends of a session of which nothing is said.
const USUAL: (Ipv4Addr, Ipv4Addr) = (Ipv4Addr::new(10, 255, 255, 1), Ipv4Addr::new(10, 255, 255, 254));
