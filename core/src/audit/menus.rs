//! The menus that more than one question of the audit reads.

pub(super) const ADDRESSES: &str = "/ip/address";
pub(super) const APN_PROFILES: &str = "/interface/lte/apn";
pub(super) const DHCP_CLIENTS: &str = "/ip/dhcp-client";
pub(super) const FILTER: &str = "/ip/firewall/filter";
pub(super) const LIST_MEMBERS: &str = "/interface/list/member";
pub(super) const MANGLE: &str = "/ip/firewall/mangle";
pub(super) const NAT: &str = "/ip/firewall/nat";
pub(super) const NETWATCH: &str = "/tool/netwatch";
pub(super) const PPP_CLIENTS: &str = "/interface/ppp-client";
pub(super) const PPPOE_CLIENTS: &str = "/interface/pppoe-client";
pub(super) const ROUTES: &str = "/ip/route";
