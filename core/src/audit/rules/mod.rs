//! Every rule of audit, a file and a page each.

use super::Rule;
#[cfg(test)]
use super::testing;

/// Declares the rules in the order in which their findings are told, and in tests holds each to its cases.
macro_rules! rules {
    ($($rule:ident,)*) => {
        $(pub mod $rule;)*

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
}
