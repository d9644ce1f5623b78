//! Every rule of audit, a file and a page each.

pub mod accidental_ecmp;
pub mod apn_missing;
pub mod blanket_masquerade;
pub mod check_gateway_on_interface;
pub mod check_gateway_too_fast;
pub mod customers_unknown;
pub mod dangling_reference;
pub mod dead_gateway_not_noticed;
pub mod dead_upstream_not_noticed;
pub mod detect_internet_on;
pub mod dhcp_gateway_static;
pub mod dial_on_demand;
pub mod dstnat_reply_path;
pub mod ethernet_interface_gateway;
pub mod fasttrack_with_marks;
pub mod guard_scope_low;
pub mod hotspot_auth_without_hotspot;
pub mod hotspot_unguarded;
pub mod ipv6_not_covered;
pub mod lease_ip_duplicate;
pub mod line_loss_not_covered;
pub mod line_outside_firewall;
pub mod line_outside_wan_list;
pub mod line_overlaps_lan;
pub mod line_without_address;
pub mod lines_overlap;
pub mod local_nets_not_excluded;
pub mod management_pinned;
pub mod mark_never_set;
pub mod mark_order;
pub mod mark_routing_unscoped;
pub mod metered_line_in_pcc;
pub mod modem_port_missing;
pub mod mss_clamp_missing;
pub mod nat_missing;
pub mod netwatch_threshold_tight;
pub mod no_clock;
pub mod no_firewall;
pub mod no_main_default;
pub mod not_all_followed;
pub mod not_allowed_by_device_mode;
pub mod not_in_version;
pub mod pcc_buckets_incomplete;
pub mod pcc_buckets_too_many;
pub mod pcc_by_ports;
pub mod pcc_passthrough_no;
pub mod pcc_without_no_mark;
pub mod peer_dns_of_many;
pub mod pppoe_customers_unmarked;
pub mod probe_is_local;
pub mod probe_is_resolver;
pub mod probe_shared;
pub mod probe_without_guard;
pub mod probes_over_metered;
pub mod redirect_marked;
pub mod router_replies_unmarked;
pub mod routing_mark_overwritten;
pub mod routing_mark_without_route;
pub mod routing_rule_behind_mangle;
pub mod routing_table_missing;
pub mod row_invalid;
pub mod rp_filter_strict;
pub mod same_gateway;
pub mod single_probe;
pub mod slave_port_named;
pub mod stale_connections;
pub mod table_without_backup;
pub mod target_scope_too_low;
pub mod unchecked_default_first;
pub mod v6_recursion_over_interface;
pub mod version_too_old;
pub mod version_unknown;
pub mod wan_in_lan_list;
pub mod wireguard_responder;

use super::Rule;
#[cfg(test)]
use super::testing;

/// Registers the rules in the order in which their findings are told, and in tests holds each to its cases.
macro_rules! rules {
    ($($rule:ident,)*) => {
        /// All rules, in the order in which their findings are told
        pub const RULES: &[Rule] = &[$($rule::RULE,)*];

        #[cfg(test)]
        mod cases {
            $(
                #[test]
                fn $rule() {
                    super::testing::hold(&super::$rule::RULE, &super::$rule::CASES);
                }
            )*
        }
    };
}

rules! {
    version_too_old,
    not_in_version,
    line_loss_not_covered,
    nat_missing,
    fasttrack_with_marks,
    mark_order,
    pcc_passthrough_no,
    mark_routing_unscoped,
    local_nets_not_excluded,
    redirect_marked,
    hotspot_unguarded,
    no_main_default,
    routing_table_missing,
    target_scope_too_low,
    v6_recursion_over_interface,
    check_gateway_on_interface,
    ethernet_interface_gateway,
    unchecked_default_first,
    probe_shared,
    probe_is_local,
    pcc_buckets_incomplete,
    hotspot_auth_without_hotspot,
    rp_filter_strict,
    line_outside_firewall,
    wan_in_lan_list,
    slave_port_named,
    line_overlaps_lan,
    modem_port_missing,
    row_invalid,
    dangling_reference,
    dead_gateway_not_noticed,
    stale_connections,
    dstnat_reply_path,
    router_replies_unmarked,
    same_gateway,
    accidental_ecmp,
    dhcp_gateway_static,
    routing_rule_behind_mangle,
    routing_mark_without_route,
    probe_is_resolver,
    probe_without_guard,
    guard_scope_low,
    single_probe,
    check_gateway_too_fast,
    management_pinned,
    routing_mark_overwritten,
    pcc_without_no_mark,
    mark_never_set,
    pcc_buckets_too_many,
    pppoe_customers_unmarked,
    metered_line_in_pcc,
    blanket_masquerade,
    no_firewall,
    line_outside_wan_list,
    lines_overlap,
    lease_ip_duplicate,
    line_without_address,
    peer_dns_of_many,
    wireguard_responder,
    mss_clamp_missing,
    dial_on_demand,
    apn_missing,
    netwatch_threshold_tight,
    detect_internet_on,
    ipv6_not_covered,
    not_allowed_by_device_mode,
    dead_upstream_not_noticed,
    table_without_backup,
    pcc_by_ports,
    probes_over_metered,
    no_clock,
    version_unknown,
    customers_unknown,
    not_all_followed,
}
