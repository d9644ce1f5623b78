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
    line_loss_not_covered,
    nat_missing,
    fasttrack_with_marks,
    mark_order,
    mark_routing_unscoped,
    local_nets_not_excluded,
    redirect_marked,
    no_main_default,
    routing_table_missing,
    target_scope_too_low,
    v6_recursion_over_interface,
    check_gateway_on_interface,
    ethernet_interface_gateway,
    unchecked_default_first,
    probe_shared,
    probe_is_local,
    rp_filter_strict,
    pcc_passthrough_no,
    hotspot_unguarded,
    hotspot_auth_without_hotspot,
    modem_port_missing,
    pcc_buckets_incomplete,
    dead_gateway_not_noticed,
    dstnat_reply_path,
    router_replies_unmarked,
    stale_connections,
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
    table_without_backup,
    blanket_masquerade,
    dead_upstream_not_noticed,
    routing_mark_overwritten,
    pcc_without_no_mark,
    mark_never_set,
    pppoe_customers_unmarked,
    metered_line_in_pcc,
    wireguard_responder,
    mss_clamp_missing,
    dial_on_demand,
    apn_missing,
    netwatch_threshold_tight,
    peer_dns_of_many,
    pcc_buckets_too_many,
    pcc_by_ports,
    probes_over_metered,
}
