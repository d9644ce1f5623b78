//! What sources say of versions before the first command tree (7.9), and of menus that no tree here holds.

use super::{Existence, Version};

/// Whether a cited fact says that a property (empty: the menu itself) is there in `version`.
pub(super) fn existence(menu: &str, property: &str, version: Version) -> Existence {
    let mut facts = FACTS
        .iter()
        .filter(|fact| fact.menu == menu && fact.properties.split(' ').any(|own| own == property));
    let Some(first) = facts.next() else {
        return Existence::Unconfirmed;
    };
    let inside = |fact: &Fact| (fact.since..fact.until).contains(&version);
    match core::iter::once(first).chain(facts).find(|fact| inside(fact)) {
        Some(fact) => Existence::Yes(fact.source),
        // A tree says more of what came later than a changelog can.
        None if version >= first.until && first.until == TREE => Existence::Unconfirmed,
        None => Existence::No(first.source),
    }
}

/// Properties (empty: the menu itself) that were there from `since` until just before `until`.
struct Fact {
    menu: &'static str,
    properties: &'static str,
    since: Version,
    until: Version,
    source: &'static str,
}

/// From here on the trees speak.
const TREE: Version = super::OLDEST;

const V6: Version = Version::new(6, 40, 0);
const V7: Version = Version::new(7, 0, 0);

const fn since(menu: &'static str, properties: &'static str, since: Version, source: &'static str) -> Fact {
    Fact {
        menu,
        properties,
        since,
        until: TREE,
        source,
    }
}

const fn v6_only(menu: &'static str, properties: &'static str, source: &'static str) -> Fact {
    Fact {
        menu,
        properties,
        since: Version::new(0, 0, 0),
        until: V7,
        source,
    }
}

/// `changelog` is MikroTik's, `exports` are 247 real exports (48,399 rows) of 4.x to 7.18, `[A]` is the field table
/// of community.routeros.
const FACTS: &[Fact] = &[
    since("/interface/list", "", Version::new(6, 36, 0), "changelog 6.36"),
    since(
        "/interface/list/member",
        "",
        Version::new(6, 36, 0),
        "changelog 6.36",
    ),
    since(
        "/interface/list",
        "comment name",
        Version::new(6, 36, 0),
        "exports of 6.41 on",
    ),
    since(
        "/interface/list/member",
        "comment interface list",
        Version::new(6, 36, 0),
        "exports of 6.41 on",
    ),
    since("/interface/lte/apn", "", Version::new(6, 41, 0), "changelog 6.41"),
    since(
        "/interface/lte/apn",
        "add-default-route default-route-distance use-peer-dns",
        Version::new(6, 41, 0),
        "changelog 6.41",
    ),
    since("/ip/dhcp-client", "", V6, "exports"),
    since(
        "/ip/dhcp-client",
        "script",
        Version::new(6, 39, 0),
        "changelog 6.39",
    ),
    since(
        "/ip/dhcp-client",
        "default-route-distance",
        Version::new(3, 11, 0),
        "changelog 3.11",
    ),
    since(
        "/ip/dhcp-client",
        "add-default-route comment disabled interface use-peer-dns use-peer-ntp",
        V6,
        "exports",
    ),
    since(
        "/ip/dhcp-client",
        "allow-reconfigure check-gateway",
        Version::new(7, 19, 0),
        "inspect trees",
    ),
    since(
        "/ip/dhcp-client",
        "default-route-tables",
        Version::new(7, 18, 0),
        "inspect trees",
    ),
    since("/ip/route", "", V6, "exports"),
    since(
        "/ip/route",
        "check-gateway comment disabled distance dst-address gateway pref-src scope target-scope",
        V6,
        "exports",
    ),
    since("/ip/route", "blackhole routing-table", V7, "[A]"),
    v6_only("/ip/route", "routing-mark type", "[A]"),
    v6_only("/ip/route/rule", "", "[A]"),
    v6_only(
        "/ip/route/rule",
        "action comment disabled dst-address interface routing-mark src-address table",
        "[A]",
    ),
    since("/routing/table", "", V7, "[A]"),
    since("/routing/table", "comment disabled fib name", V7, "[A]"),
    since("/routing/rule", "", V7, "[A] [D:30474256]"),
    since("/routing/settings", "", Version::new(7, 12, 0), "inspect trees"),
    since(
        "/ip/settings",
        "ipv4-multipath-hash-policy",
        Version::new(7, 16, 0),
        "inspect trees",
    ),
    since("/ip/firewall/mangle", "", V6, "exports"),
    since(
        "/ip/firewall/mangle",
        "action chain comment connection-mark connection-state disabled dst-address dst-address-list dst-address-type \
         in-interface in-interface-list jump-target new-connection-mark new-routing-mark out-interface passthrough \
         per-connection-classifier protocol src-address src-address-list",
        V6,
        "exports",
    ),
    since("/ip/firewall/nat", "", V6, "exports"),
    since(
        "/ip/firewall/nat",
        "action chain comment disabled dst-address dst-port in-interface ipsec-policy out-interface out-interface-list \
         protocol src-address to-addresses to-ports",
        V6,
        "exports",
    ),
    since("/ip/firewall/filter", "", V6, "exports"),
    since(
        "/ip/firewall/filter",
        "action chain comment connection-mark connection-state disabled dst-address dst-port in-interface \
         in-interface-list out-interface protocol src-address",
        V6,
        "exports",
    ),
    since("/ip/firewall/address-list", "", V6, "exports"),
    since(
        "/ip/firewall/address-list",
        "address comment disabled list",
        V6,
        "exports",
    ),
    since("/ip/address", "", V6, "exports"),
    since(
        "/ip/address",
        "address comment disabled interface network",
        V6,
        "exports of 6.33 on",
    ),
    since("/interface/bridge", "", V6, "exports"),
    since(
        "/interface/bridge",
        "admin-mac auto-mac comment name",
        V6,
        "exports",
    ),
    since("/interface/bridge/port", "", V6, "exports"),
    since(
        "/interface/bridge/port",
        "bridge comment interface",
        V6,
        "exports",
    ),
    since("/interface/pppoe-client", "", V6, "exports"),
    since(
        "/interface/pppoe-client",
        "add-default-route comment default-route-distance disabled interface name password use-peer-dns user",
        V6,
        "exports",
    ),
    since("/ip/dns/static", "", V6, "exports"),
    since("/ip/dns/static", "address comment name", V6, "exports"),
    since("/system/scheduler", "", V6, "exports of 4.x to 6.49.6"),
    since(
        "/system/scheduler",
        "comment interval name on-event policy start-date start-time",
        V6,
        "exports of 4.x to 6.49.6",
    ),
    since("/system/script", "", V6, "exports"),
    since(
        "/system/script",
        "comment",
        Version::new(6, 27, 0),
        "changelog 6.27",
    ),
    since(
        "/system/script",
        "dont-require-permissions",
        Version::new(6, 43, 0),
        "changelog 6.43",
    ),
    since("/system/script", "name owner policy source", V6, "exports"),
    since("/tool/netwatch", "", V6, "exports"),
    since(
        "/tool/netwatch",
        "comment",
        Version::new(6, 45, 0),
        "exports of 6.45 on",
    ),
    since(
        "/tool/netwatch",
        "down-script host interval timeout up-script",
        V6,
        "exports",
    ),
    since("/tool/netwatch", "type", Version::new(7, 4, 0), "[D:8323208]"),
];
