//! Every rule of preflight, a file and a page each.

use super::Rule;

pub mod access_does_not_fit;
pub mod check_not_possible;
pub mod client_not_as_described;
pub mod client_not_found;
pub mod client_script_broken;
pub mod client_with_tables;
pub mod default_route_not_of_a_line;
pub mod detect_internet_on;
pub mod dns_from_one_isp;
pub mod duplicate_port;
pub mod dynamic_client;
pub mod existing_multi_wan;
pub mod existing_multi_wan_kept;
pub mod existing_multi_wan_replaced;
pub mod fasttrack_lost;
pub mod fasttrack_with_foreign_mark;
pub mod foreign_marks;
pub mod free_access_active;
pub mod gateway_not_pinned;
pub mod gateway_outside_network;
pub mod gateway_outside_shared;
pub mod gateway_unresolvable;
pub mod guard_not_possible;
pub mod hotspot_port_as_wan;
pub mod ipv6_not_covered;
pub mod isp1_client_on_bridge;
pub mod isp1_default_too_far;
pub mod isp1_down;
pub mod isp1_not_as_described;
pub mod isp1_not_seen;
pub mod isp1_not_the_line_of_today;
pub mod lease_ip_duplicate;
pub mod line_overlaps_lan;
pub mod lines_overlap;
pub mod modem_not_seen;
pub mod modem_without_profiles;
pub mod new_line_outside_firewall;
pub mod no_firewall;
pub mod nothing_balanced;
pub mod password_not_compared;
pub mod password_not_given;
pub mod plan_not_confirmed;
pub mod port_in_use;
pub mod port_not_found;
pub mod port_not_seen;
pub mod probe_in_use;
pub mod probes_over_modem;
pub mod record_missing;
pub mod report_not_possible;
pub mod router_unreachable;
pub mod row_lost;
pub mod rp_filter_strict;
pub mod same_gateway;
pub mod scheduler_not_allowed;
pub mod secret_not_seen;
pub mod session_may_restart;
pub mod too_few_lines;
pub mod too_many_lines;
pub mod version_unconfirmed;
pub mod wan_port_on_bridge;

/// All rules, in the order in which their findings are told
pub const RULES: &[Rule] = &[
    router_unreachable::RULE,
    free_access_active::RULE,
    isp1_down::RULE,
    row_lost::RULE,
    record_missing::RULE,
    plan_not_confirmed::RULE,
    guard_not_possible::RULE,
    too_few_lines::RULE,
    too_many_lines::RULE,
    duplicate_port::RULE,
    nothing_balanced::RULE,
    port_not_found::RULE,
    isp1_client_on_bridge::RULE,
    isp1_not_as_described::RULE,
    isp1_default_too_far::RULE,
    isp1_not_the_line_of_today::RULE,
    access_does_not_fit::RULE,
    client_not_found::RULE,
    client_not_as_described::RULE,
    modem_without_profiles::RULE,
    modem_not_seen::RULE,
    dynamic_client::RULE,
    client_script_broken::RULE,
    client_with_tables::RULE,
    port_in_use::RULE,
    line_overlaps_lan::RULE,
    gateway_outside_shared::RULE,
    gateway_unresolvable::RULE,
    new_line_outside_firewall::RULE,
    existing_multi_wan::RULE,
    default_route_not_of_a_line::RULE,
    fasttrack_with_foreign_mark::RULE,
    foreign_marks::RULE,
    rp_filter_strict::RULE,
    scheduler_not_allowed::RULE,
    report_not_possible::RULE,
    wan_port_on_bridge::RULE,
    port_not_seen::RULE,
    isp1_not_seen::RULE,
    no_firewall::RULE,
    detect_internet_on::RULE,
    same_gateway::RULE,
    check_not_possible::RULE,
    gateway_not_pinned::RULE,
    gateway_outside_network::RULE,
    session_may_restart::RULE,
    probes_over_modem::RULE,
    lines_overlap::RULE,
    lease_ip_duplicate::RULE,
    hotspot_port_as_wan::RULE,
    existing_multi_wan_kept::RULE,
    existing_multi_wan_replaced::RULE,
    fasttrack_lost::RULE,
    probe_in_use::RULE,
    dns_from_one_isp::RULE,
    ipv6_not_covered::RULE,
    password_not_given::RULE,
    password_not_compared::RULE,
    secret_not_seen::RULE,
    version_unconfirmed::RULE,
];
