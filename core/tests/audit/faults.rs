//! Every fault of the field's table (ROUTEROS §4) is found by a rule, or there is a reason why not.

use std::collections::BTreeSet;

use multi_isp::rulebook::entries;

use crate::shared::shared;

/// What becomes of a row of the table.
enum Found {
    /// By these rules.
    By(&'static [&'static str]),
    /// By none, because.
    Not(&'static str),
}

use Found::{By, Not};

/// The rows by their numbers, each with the name that the table gives it first.
#[rustfmt::skip] // a row a text line
const TABLE: [(usize, &str, Found); 55] = [
    (1, "FASTTRACK_WITH_MARKS", By(&["fasttrack-with-marks", "fasttrack-lost", "fasttrack-with-foreign-mark"])),
    (2, "TARGET_SCOPE_TOO_LOW_V7", By(&["target-scope-too-low"])),
    (3, "TABLE_MISSING_V7", By(&["routing-table-missing"])),
    (4, "V6_SYNTAX_ON_V7", By(&["not-in-version"])),
    (5, "MARK_ROUTING_UNSCOPED", By(&["mark-routing-unscoped", "local-nets-not-excluded"])),
    (6, "LOCAL_NETS_NOT_EXCLUDED", By(&["local-nets-not-excluded"])),
    (7, "NO_MAIN_DEFAULT", By(&["no-main-default"])),
    (8, "DHCP_STATIC_GATEWAY", By(&["dhcp-gateway-static"])),
    (9, "DHCP_DEFAULT_DISTANCE_CLASH", By(&["unchecked-default-first", "accidental-ecmp", "isp1-default-too-far"])),
    (10, "NAT_MISSING_FOR_WAN", By(&["nat-missing"])),
    (11, "SAME_GATEWAY_NO_PIN", By(&["same-gateway", "gateway-not-pinned"])),
    (12, "ETHERNET_IFACE_GATEWAY", By(&["ethernet-interface-gateway"])),
    (13, "STALE_CONNECTIONS_ON_FAILOVER", By(&["stale-connections"])),
    (14, "PROBE_SHARED", By(&["probe-shared", "probe-is-resolver", "probe-is-local", "probe-in-use"])),
    (15, "WAN_PORT_IN_BRIDGE", By(&["slave-port-named", "wan-port-on-bridge", "isp1-client-on-bridge"])),
    (16, "MGMT_PATH_AT_RISK", By(&["management-pinned"])),
    (17, "GUARD_UNAVAILABLE", By(&["guard-not-possible", "scheduler-not-allowed", "not-allowed-by-device-mode"])),
    (18, "SAFE_MODE_LIMIT", Not("no script of ours uses safe mode, and no router shows whether somebody else does")),
    (19, "RECURSIVE_IFACE_GATEWAY_V6", By(&["v6-recursion-over-interface", "check-not-possible"])),
    (20, "RECURSIVE_PERCENT_IFACE_V6", By(&["v6-recursion-over-interface", "check-not-possible"])),
    (21, "PROBE_NO_BLACKHOLE", By(&["probe-without-guard"])),
    (22, "SINGLE_PROBE", By(&["single-probe"])),
    (23, "BLACKHOLE_SCOPE_LOW", By(&["guard-scope-low"])),
    (24, "TABLE_WITHOUT_BACKUP", By(&["table-without-backup", "line-loss-not-covered"])),
    (25, "DNS_REDIRECT_WITH_PCC", By(&["redirect-marked"])),
    (26, "HOTSPOT_NO_GUARD", By(&["hotspot-unguarded", "hotspot-auth-without-hotspot"])),
    (27, "DSTNAT_REPLY_PATH", By(&["dstnat-reply-path"])),
    (28, "MARK_ORDER", By(&["mark-order", "pcc-without-no-mark", "routing-mark-overwritten"])),
    (29, "PCC_PASSTHROUGH_NO", By(&["pcc-passthrough-no"])),
    (30, "PCC_BUCKETS_INCOMPLETE", By(&["pcc-buckets-incomplete"])),
    (31, "PCC_BUCKETS_TOO_MANY", By(&["pcc-buckets-too-many"])),
    (32, "PCC_PORTS_STICKINESS", By(&["pcc-by-ports"])),
    (33, "METERED_LINE_IN_PCC", By(&["metered-line-in-pcc"])),
    (34, "BLANKET_MASQUERADE", By(&["blanket-masquerade"])),
    (35, "RP_FILTER_STRICT", By(&["rp-filter-strict"])),
    (36, "DETECT_INTERNET_ON", By(&["detect-internet-on"])),
    (37, "FOREIGN_PCC_RULES", By(&["existing-multi-wan", "existing-multi-wan-kept", "existing-multi-wan-replaced", "foreign-marks"])),
    (38, "ROUTING_RULES_WITH_MANGLE", By(&["routing-rule-behind-mangle"])),
    (39, "WAN_SUBNET_OVERLAPS_LAN", By(&["line-overlaps-lan", "lines-overlap"])),
    (40, "WAN_NO_LINK", By(&["line-without-address", "isp1-down"])),
    (41, "WAN_NOT_IN_WAN_LIST", By(&["line-outside-wan-list", "wan-in-lan-list", "line-outside-firewall", "new-line-outside-firewall", "no-firewall"])),
    (42, "WG_RESPONDER_MULTIWAN", By(&["wireguard-responder"])),
    (43, "MSS_CLAMP_MISSING", By(&["mss-clamp-missing"])),
    (44, "PEER_DNS_MULTI", By(&["peer-dns-of-many", "dns-from-one-isp"])),
    (45, "NETWATCH_THR_AVG", By(&["netwatch-threshold-tight"])),
    (46, "IPV6_NOT_COVERED", By(&["ipv6-not-covered"])),
    (47, "DANGLING_REFERENCE", By(&["dangling-reference"])),
    (48, "INVALID_ANNOTATION", By(&["row-invalid"])),
    (49, "UNSUPPORTED_ARG_FOR_VERSION", By(&["not-in-version"])),
    (50, "VERSION_UNKNOWN", By(&["version-unknown", "version-too-old", "version-unconfirmed"])),
    (51, "CHECK_GATEWAY_ON_P2P", By(&["check-gateway-on-interface"])),
    (52, "ECMP_ACCIDENTAL", By(&["accidental-ecmp"])),
    (53, "LEASE_IP_DUPLICATE", By(&["lease-ip-duplicate"])),
    (54, "FLAP_TIMER_TOO_FAST", By(&["check-gateway-too-fast"])),
    (55, "NO_CLOCK_GUARD", By(&["no-clock"])),
];

/// What a portal's page checks before it applies (PRODUCT.md); line speeds are a field that the reader of a site asks for.
const PRODUCT: [(&str, &str); 10] = [
    ("Free Access active", "free-access-active"),
    ("fewer than 2 ports", "too-few-lines"),
    ("more than 4 ports", "too-many-lines"),
    ("duplicate port", "duplicate-port"),
    ("port not found on the router", "port-not-found"),
    ("router online and reachable", "router-unreachable"),
    ("port on a bridge", "wan-port-on-bridge"),
    ("both ISPs share the same gateway address", "same-gateway"),
    ("hotspot port as WAN", "hotspot-port-as-wan"),
    ("LAN port as WAN", "port-in-use"),
];

/// The commonest faults of 257 published configurations, with how many have each, by the rules that find them.
const COMMONEST: [(usize, &str, &[&str]); 7] = [
    (
        86,
        "mark-routing with passthrough where a later rule can mark again",
        &["routing-mark-overwritten"],
    ),
    (62, "PCC without `no-mark` or `new`", &["pcc-without-no-mark"]),
    (45, "blanket masquerade", &["blanket-masquerade"]),
    (
        36,
        "a probe that something else pings too and that no blackhole guards",
        &["probe-without-guard"],
    ),
    (32, "no output-chain mark", &["router-replies-unmarked"]),
    (25, "no inbound connection mark", &["dstnat-reply-path"]),
    (
        16,
        "several defaults and none with check-gateway",
        &["dead-gateway-not-noticed"],
    ),
];

/// What the kinds of lines and of customers bring along.
const KINDS: [(&str, &[&str]); 13] = [
    (
        "USB modem missing or on a wrong port",
        &["modem-port-missing", "modem-not-seen"],
    ),
    ("APN missing", &["apn-missing"]),
    ("dial on demand", &["dial-on-demand"]),
    ("metered line in PCC", &["metered-line-in-pcc"]),
    ("what probes cost", &["probes-over-metered"]),
    (
        "PPPoE customers outside the LAN list",
        &["pppoe-customers-unmarked"],
    ),
    ("WAN outside the firewall's WAN list", &["line-outside-wan-list"]),
    ("IPv6 past the plan", &["ipv6-not-covered"]),
    ("management path at risk", &["management-pinned"]),
    (
        "device-mode",
        &["not-allowed-by-device-mode", "scheduler-not-allowed"],
    ),
    ("version too old", &["version-too-old"]),
    ("clock", &["no-clock"]),
    ("traffic that is lost", &["line-loss-not-covered"]),
];

#[test]
fn what_the_product_and_the_field_ask_for_is_there() {
    let codes: BTreeSet<&str> = entries().map(|entry| entry.code.as_str()).collect();
    let rules = PRODUCT.iter().map(|(what, code)| (*what, *code));
    let rules = rules.chain(
        COMMONEST
            .iter()
            .flat_map(|(_, what, codes)| codes.iter().map(|code| (*what, *code))),
    );
    let rules = rules.chain(
        KINDS
            .iter()
            .flat_map(|(what, codes)| codes.iter().map(|code| (*what, *code))),
    );
    let missing: Vec<_> = rules.filter(|(_, code)| !codes.contains(code)).collect();
    assert!(missing.is_empty(), "{missing:?}");

    let site = br#"{"schema": "multi-isp/site/1", "mode": "load_balance", "lines": [
        {"id": "a", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100}, {"id": "b", "interface": "ether2", "access": {"type": "dhcp"}}]}"#;
    let errors = multi_isp::Site::from_json(site).unwrap_err();
    let [fault] = errors.diagnostics() else {
        panic!("{errors}")
    };
    assert_eq!(
        (fault.code.as_str(), fault.subjects[0].name()),
        ("missing-field", "lines[1].mbps")
    );
}

#[test]
fn every_row_has_its_rules_or_a_reason() {
    let codes: BTreeSet<&str> = entries().map(|entry| entry.code.as_str()).collect();
    for (place, (number, name, found)) in TABLE.iter().enumerate() {
        assert_eq!(place + 1, *number, "{name}");
        match found {
            By(rules) => {
                let missing: Vec<_> = rules.iter().filter(|rule| !codes.contains(*rule)).collect();
                assert!(
                    missing.is_empty() && !rules.is_empty(),
                    "{number} {name}: no rule {missing:?}"
                );
            }
            Not(reason) => assert!(reason.len() > 40, "{name}: {reason}"),
        }
    }
}

/// The table is the one beside the repository, row by row.
#[test]
fn the_rows_are_those_of_the_facts() {
    let Some(path) = shared("ROUTEROS.md") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().filter_map(|text| {
        let mut cells = text.strip_prefix('|')?.split('|').map(str::trim);
        let number: usize = cells.next()?.trim_start_matches('★').parse().ok()?;
        let name = cells.next()?.split([' ', '/']).next()?;
        Some((number, name.to_owned()))
    });
    let rows: Vec<(usize, String)> = rows.filter(|(_, name)| name.contains('_')).collect();
    let own: Vec<(usize, String)> = TABLE
        .iter()
        .map(|(number, name, _)| (*number, (*name).to_owned()))
        .collect();
    assert_eq!(rows, own);
}
