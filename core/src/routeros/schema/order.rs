//! The order in which an export lists the menus.

/// Sorts menus as an export does: first those that define what others name, then all others by path.
///
/// The two groups, and bridge < ethernet < vlan < interface list < lte apn < pool < dhcp-server < ppp profile < clients <
/// queue < routing table < snmp community < logging action < user group in the first, were the same in 247 real
/// exports of v6 and v7; where the others of the first group stand among these is unconfirmed.
///
/// # Example
/// ```
/// use multi_isp::routeros::schema::export_order;
///
/// let mut menus = ["/ip/address", "/ip/pool", "/interface/bridge/port", "/interface/bridge"];
/// menus.sort_by_key(|menu| export_order(menu));
/// assert_eq!(menus, ["/interface/bridge", "/ip/pool", "/interface/bridge/port", "/ip/address"]);
/// ```
pub fn export_order(menu: &str) -> (usize, &str) {
    let rank = FIRST.iter().position(|first| *first == menu);
    (rank.unwrap_or(FIRST.len()), menu)
}

const FIRST: [&str; 37] = [
    "/interface/bridge",
    "/interface/ethernet",
    "/disk",
    "/interface/lte",
    "/interface/wireless",
    "/interface/wifi",
    "/interface/veth",
    "/interface/wireguard",
    "/interface/bonding",
    "/interface/vlan",
    "/interface/ethernet/switch",
    "/interface/list",
    "/interface/lte/apn",
    "/interface/wireless/security-profiles",
    "/ip/dhcp-client/option",
    "/ip/dhcp-server/option",
    "/ip/firewall/layer7-protocol",
    "/ip/hotspot/profile",
    "/ip/hotspot/user/profile",
    "/ip/ipsec/profile",
    "/ip/ipsec/peer",
    "/ip/ipsec/proposal",
    "/ip/pool",
    "/ip/dhcp-server",
    "/ip/hotspot",
    "/port",
    "/ppp/profile",
    "/interface/l2tp-client",
    "/interface/ppp-client",
    "/interface/pppoe-client",
    "/queue/type",
    "/queue/tree",
    "/queue/simple",
    "/routing/table",
    "/snmp/community",
    "/system/logging/action",
    "/user/group",
];
