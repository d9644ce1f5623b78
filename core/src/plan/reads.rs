//! What has to be read of a router for a plan.

use alloc::vec::Vec;

use crate::routeros::schema;
use crate::routeros::version::Version;

/// The menus to read over REST or the API before [`plan_apply`](super::plan_apply), [`plan_disable`](super::plan_disable),
/// [`verify`](super::verify) or [`preflight`](crate::preflight()) of a router of that version; each whole, with
/// [`Router::from_rest`](crate::Router::from_rest) or [`Router::from_api`](crate::Router::from_api).
///
/// A router may say that it has no such menu, as of a package that is not installed; any other refusal is found where it is read. For a status a few rows are enough
/// ([`status_reads`](crate::status_reads)); an audit looks at more than this, and wants an export.
///
/// # Example
///
/// ```
/// use multi_isp::{Version, plan_reads};
///
/// let menus = plan_reads(Version::new(7, 22, 3));
/// assert!(menus.contains(&"/ip/dhcp-client") && menus.contains(&"/routing/rule"));
/// assert!(!plan_reads(Version::new(6, 49, 10)).contains(&"/routing/table"));
/// ```
pub fn plan_reads(version: Version) -> Vec<&'static str> {
    let is_there = |path: &&str| schema::menu(path).is_some_and(|menu| !menu.existence(version).is_no());
    READS.iter().copied().filter(is_there).collect()
}

const READS: &[&str] = &[
    "/interface",
    "/interface/bonding",
    "/interface/bridge",
    "/interface/bridge/host",
    "/interface/bridge/port",
    "/interface/bridge/vlan",
    "/interface/detect-internet",
    "/interface/ethernet",
    "/interface/l2tp-client",
    "/interface/list",
    "/interface/list/member",
    "/interface/lte",
    "/interface/lte/apn",
    "/interface/ppp-client",
    "/interface/pppoe-client",
    "/interface/pppoe-server/server",
    "/interface/veth",
    "/interface/vlan",
    "/interface/wifi",
    "/interface/wireguard",
    "/interface/wireless",
    "/ip/address",
    "/ip/dhcp-client",
    "/ip/dhcp-server",
    "/ip/dhcp-server/network",
    "/ip/dns",
    "/ip/firewall/address-list",
    "/ip/firewall/filter",
    "/ip/firewall/mangle",
    "/ip/firewall/nat",
    "/ip/firewall/raw",
    "/ip/hotspot",
    "/ip/pool",
    "/ip/route",
    "/ip/route/rule",
    "/ip/settings",
    "/ipv6/address",
    "/ipv6/dhcp-client",
    "/ipv6/settings",
    "/ppp/profile",
    "/routing/rule",
    "/routing/settings",
    "/routing/table",
    "/system/device-mode",
    "/system/resource",
    "/system/scheduler",
    "/system/script",
    "/tool/netwatch",
    "/user/group",
];
