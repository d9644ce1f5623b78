//! What the trees do not say: how values are compared, what they refer to, cited defaults, older menus.

/// How the values of properties are compared where neither their default nor their completions tell: menus (all
/// where empty), names, kind. The first entry that fits counts.
pub const KINDS: &[(&str, &str, &str)] = &[
    ("/ip/route /ipv6/route", "blackhole", "flag"),
    ("/routing/table", "fib", "flag"),
    (
        "/ip/address /ip/route /ipv6/address /ipv6/route /ip/dhcp-server/network",
        "address dst-address network",
        "prefix",
    ),
    ("/ip/route /ipv6/route", "gateway", "list"),
    ("/interface/veth", "address", "list"),
    ("/interface/wireguard/peers", "allowed-address", "set"),
    (
        "",
        "name comment source script on-event on-up on-down up-script down-script test-script lease-script",
        "text",
    ),
    (
        "",
        "user password service-name ac-name apn list address-list src-address-list dst-address-list",
        "text",
    ),
    (
        "",
        "chain jump-target log-prefix new-connection-mark new-packet-mark new-routing-mark",
        "text",
    ),
    (
        "",
        "private-key public-key preshared-key identity host-name domain regexp content contents",
        "text",
    ),
    (
        "",
        "interface bridge in-interface out-interface in-interface-list out-interface-list routing-table table",
        "text",
    ),
    (
        "",
        "default-name profile pool address-pool local-pool remote-pool ssid caller-id server dns-name",
        "text",
    ),
    (
        "",
        "src-address dst-address to-addresses address network",
        "prefix",
    ),
    (
        "",
        "mac-address admin-mac src-mac-address orig-mac-address",
        "mac",
    ),
    (
        "",
        "connection-state connection-nat-state policy topics tagged untagged vlan-ids allow authentication",
        "set",
    ),
    (
        "",
        "login-by src-port dst-port port any-port to-ports slaves interfaces protocol-mode advertise",
        "set",
    ),
    (
        "",
        "servers dns-server ntp-server wins-server default-route-tables dns",
        "list",
    ),
    ("", "max-limit limit-at burst-limit burst-threshold", "rate"),
    ("", "cache-size", "size"),
    (
        "",
        "interval timeout start-delay startup-delay lease-time",
        "duration",
    ),
];

/// Hard references: menus (prefixes), properties, target. RouterOS refuses a name that is not there
/// (ROUTEROS-BEHAVIOUR §13); the lists of a firewall rule's addresses and jump targets are soft.
pub const REFERENCES: &[(&str, &str, &str)] = &[
    ("/ip/route /ipv6/route", "routing-table", "Refers::RoutingTable"),
    ("/routing/rule", "table", "Refers::RoutingTable"),
    (
        "/ip/firewall/mangle /ipv6/firewall/mangle",
        "new-routing-mark",
        "Refers::RoutingTable",
    ),
    (
        "/ip /ipv6",
        "in-interface-list out-interface-list",
        "Refers::InterfaceList",
    ),
    ("/interface/list/member", "list", "Refers::InterfaceList"),
    (
        "/ip/firewall /ipv6/firewall",
        "in-interface out-interface",
        "Refers::Interface",
    ),
    (
        "/ip/dhcp-client /ip/dhcp-server /ip/address /ip/hotspot /ipv6/address /ipv6/dhcp-client /interface/pppoe-client \
         /interface/vlan /interface/list/member /interface/pppoe-server/server /interface/wireguard/peers",
        "interface",
        "Refers::Interface",
    ),
    (
        "/interface/bridge/port /interface/bridge/vlan",
        "interface bridge",
        "Refers::Interface",
    ),
];

/// Defaults that `defaults.json` lacks: menu, property, value, source, or `unconfirmed` where none is at hand.
pub const CITED: &[(&str, &str, &str, &str)] = &[
    ("/ip/route", "distance", "1", "[D:328084]"),
    (
        "/ip/route",
        "scope",
        "30",
        "[D:328084]; noise in exports, ROUTEROS §3.2",
    ),
    (
        "/ip/route",
        "target-scope",
        "10",
        "[D:328084]; noise in exports, ROUTEROS §3.2",
    ),
    (
        "/ip/route",
        "dst-address",
        "0.0.0.0/0",
        "compact exports of v6 leave it out of a default route",
    ),
    ("/ip/route", "pref-src", "", "noise in exports, ROUTEROS §3.2"),
    (
        "/ip/route",
        "check-gateway",
        "none",
        "[M:cli-reference/ip/route.md]",
    ),
    (
        "/ip/firewall/mangle",
        "passthrough",
        "yes",
        "defaults.json from 7.19, manual for all",
    ),
    ("/ip/firewall/filter", "action", "accept", "unconfirmed"),
    ("/ip/firewall/nat", "action", "accept", "[D:3211299]"),
    ("/ip/firewall/raw", "action", "accept", "unconfirmed"),
    ("/ip/firewall/mangle", "action", "accept", "[D:48660587]"),
    ("/interface/lte/apn", "add-default-route", "yes", "changelog 6.41"),
    ("/interface/lte/apn", "use-peer-dns", "yes", "changelog 6.41"),
    (
        "/interface/lte/apn",
        "default-route-distance",
        "2",
        "changelog 6.41",
    ),
    // `defaults.json` says "no", as of a property that is left out while no default is added.
    (
        "/interface/l2tp-client",
        "default-route-distance",
        "1",
        "unconfirmed",
    ),
    (
        "/routing/settings",
        "check-gateway-ping-interval",
        "10s",
        "inspect tree, ROUTEROS §2a",
    ),
    (
        "/routing/settings",
        "check-gateway-ping-timeout",
        "1s",
        "inspect tree, ROUTEROS §2a",
    ),
    (
        "/routing/settings",
        "check-gateway-ping-count",
        "2",
        "verbose export, ROUTEROS-BEHAVIOUR §3",
    ),
    (
        "/routing/settings",
        "single-process",
        "no",
        "verbose export, ROUTEROS-BEHAVIOUR §3",
    ),
    ("/tool/netwatch", "interval", "10s", "[D:8323208]"),
    ("/tool/netwatch", "startup-delay", "5m", "[D:8323208]"),
    ("/tool/netwatch", "start-delay", "3s", "[D:8323208]"),
    ("/ip/dns", "allow-remote-requests", "no", "unconfirmed"),
    ("/ip/route/rule", "action", "lookup", "defaults.json"),
    ("/ip/route/rule", "disabled", "no", "defaults.json"),
    ("/ip/route/rule", "table", "main", "defaults.json"),
    ("/ppp/secret", "disabled", "no", "exports"),
    ("/ip/dhcp-server/lease", "disabled", "no", "exports"),
    ("/ip/hotspot/user", "disabled", "no", "exports"),
];

/// Defaults that were others before a version: menu, property, value, version, source.
pub const EARLIER: &[(&str, &str, &str, &str, &str)] = &[
    (
        "/ip/dhcp-client",
        "disabled",
        "yes",
        "7.0",
        "42 of 44 v6 rows print disabled=no, ROUTEROS-BEHAVIOUR §15",
    ),
    (
        "/interface/pppoe-client",
        "default-route-distance",
        "0",
        "6.41.1",
        "changelog 6.41.1",
    ),
];

const ROWS: &str = "add comment disable enable find get print remove set unset";

/// Menus that no tree here has: path, commands, properties. Their rows are known from exports.
pub const OLDER: &[(&str, &str, &str)] = &[
    (
        "/ip/dhcp-server/lease",
        ROWS,
        "address address-lists allow-dual-stack-queue always-broadcast block-access client-id comment dhcp-option \
         dhcp-option-set disabled insert-queue-before lease-time mac-address parent-queue queue-type rate-limit \
         server use-src-mac",
    ),
    (
        "/ip/hotspot/user",
        ROWS,
        "address comment disabled email limit-bytes-in limit-bytes-out limit-bytes-total limit-uptime mac-address \
         name password profile routes server",
    ),
    (
        "/ip/hotspot/user/profile",
        "add find get print remove set",
        "add-mac-cookie address-list address-pool idle-timeout incoming-filter keepalive-timeout mac-cookie-timeout \
         name on-login on-logout open-status-page outgoing-filter parent-queue queue-type rate-limit \
         session-timeout shared-users status-autorefresh transparent-proxy",
    ),
    (
        "/ip/route/rule",
        "add comment disable enable find get move print remove set unset",
        "action comment disabled dst-address interface routing-mark src-address table",
    ),
    (
        "/ppp/secret",
        ROWS,
        "caller-id comment disabled ipv6-routes limit-bytes-in limit-bytes-out local-address name password profile \
         remote-address remote-ipv6-prefix routes service",
    ),
];
