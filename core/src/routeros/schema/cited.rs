//! What sources say of versions before the first command tree (7.9), and of menus that no tree here holds.
//!
//! `[A]` is the field table of community.routeros, `ROUTEROS` and `ROUTEROS-BEHAVIOUR` are the collected facts with their own
//! sources; an export is named by its version, with the forum thread that it stands in where it stands in one.

use super::{Existence, Version};

/// Whether a cited fact says that a property (empty: the menu itself) is there in `version`.
pub(super) fn existence(menu: &str, property: &str, version: Version) -> Existence {
    of(FACTS, menu, property, version)
}

/// Whether a cited fact says that a live router tells that of a row.
pub(super) fn live(menu: &str, name: &str, version: Version) -> Existence {
    of(LIVE, menu, name, version)
}

/// Whether a cited fact speaks of that property or live value, in whatever version.
pub(super) fn names(menu: &str, name: &str) -> bool {
    let mut own = FACTS.iter().chain(LIVE).filter(|fact| fact.menu == menu);
    own.any(|fact| fact.properties.split(' ').any(|property| property == name))
}

fn of(facts: &'static [Fact], menu: &str, property: &str, version: Version) -> Existence {
    let facts = || {
        let own = facts.iter().filter(|fact| fact.menu == menu);
        own.filter(|fact| fact.properties.split(' ').any(|own| own == property))
    };
    if let Some(fact) = facts().find(|fact| (fact.since..fact.until).contains(&version)) {
        return Existence::Yes(fact.source);
    }
    // A tree says more of what came later than a changelog can.
    match facts().find(|fact| fact.excludes(version)) {
        Some(fact) => Existence::No(fact.source),
        None => Existence::Unconfirmed,
    }
}

/// Properties (empty: the menu itself) that were there from `since` until just before `until`.
struct Fact {
    menu: &'static str,
    properties: &'static str,
    since: Version,
    until: Version,
    /// Whether it came with `since`; else it was seen then, and may be older.
    came: bool,
    source: &'static str,
}

impl Fact {
    fn excludes(&self, version: Version) -> bool {
        (self.came && version < self.since) || (self.until < TREE && version >= self.until)
    }
}

/// From here on the trees speak.
const TREE: Version = super::OLDEST;

const V6: Version = Version::new(6, 40, 0);
const V7: Version = Version::new(7, 0, 0);

/// What came with a version.
const fn since(menu: &'static str, properties: &'static str, since: Version, source: &'static str) -> Fact {
    Fact {
        menu,
        properties,
        since,
        until: TREE,
        came: true,
        source,
    }
}

/// What was seen in a version, and is in the first tree.
const fn seen(menu: &'static str, properties: &'static str, since: Version, source: &'static str) -> Fact {
    Fact {
        menu,
        properties,
        since,
        until: TREE,
        came: false,
        source,
    }
}

const fn v6_only(menu: &'static str, properties: &'static str, source: &'static str) -> Fact {
    Fact {
        menu,
        properties,
        since: Version::new(0, 0, 0),
        until: V7,
        came: false,
        source,
    }
}

const fn v(major: u16, minor: u16, patch: u16) -> Version {
    Version::new(major, minor, patch)
}

/// What was there, by menu; a list that begins with a blank names the menu itself, too.
#[rustfmt::skip]
const FACTS: &[Fact] = &[
    seen("/interface/bridge", " admin-mac auto-mac comment name", v(6, 40, 4), "public export of 6.40.4"),
    seen("/interface/bridge/port", " bridge comment interface", v(6, 40, 4), "public export of 6.40.4"),
    seen("/interface/bridge/port", "disabled", v(6, 48, 6), "export of 6.48.6 [F:163038]"),
    since("/interface/l2tp-client", "default-route-distance", v(6, 2, 0), "[D:2031631]"),
    since("/interface/list", " name", v(6, 36, 0), "changelog 6.36"),
    seen("/interface/list", "comment", v(6, 40, 4), "public export of 6.40.4"),
    since("/interface/list/member", " interface list", v(6, 36, 0), "changelog 6.36"),
    seen("/interface/list/member", "comment", v(6, 40, 4), "public export of 6.40.4"),
    seen("/interface/lte", " apn-profiles mac-address mtu name", v(6, 42, 7), "export of 6.42.7 [F:1113411]"),
    seen("/interface/lte", "allow-roaming band", v(7, 1, 0), "export of 7.1rc6 [F:153357]"),
    since("/interface/lte/apn", " add-default-route default-route-distance use-peer-dns", v(6, 41, 0), "changelog 6.41"),
    seen("/interface/lte/apn", "apn name passthrough-interface passthrough-mac", v(6, 42, 7), "export of 6.42.7 [F:1113411]"),
    seen("/interface/lte/apn", "ip-type", v(7, 1, 0), "export of 7.1rc6 [F:153357]"),
    seen("/interface/ppp-client", " \
        add-default-route allow apn data-channel dial-command dial-on-demand info-channel keepalive-timeout \
        max-mru max-mtu modem-init mrru name null-modem password phone pin port profile use-peer-dns user", v(5, 22, 0), "print of 5.22 [F:61304]"),
    seen("/interface/pppoe-client", " comment", V6, "ROUTEROS-BEHAVIOUR §4"),
    seen("/interface/pppoe-client", "default-route-distance", v(6, 41, 1), "changelog 6.41.1"),
    seen("/interface/pppoe-client", "\
        add-default-route disabled interface keepalive-timeout max-mru max-mtu name password user", v(6, 42, 6), "public export of 6.42.6"),
    seen("/ip/address", " address disabled interface network", v(6, 40, 8), "public export of 6.40.8"),
    seen("/ip/address", "comment", v(6, 33, 0), "ROUTEROS-BEHAVIOUR §4"),
    seen("/ip/dhcp-client", " comment", V6, "ROUTEROS-BEHAVIOUR §4"),
    seen("/ip/dhcp-client", "add-default-route", v(6, 0, 0), "changelog 6.0rc12"),
    since("/ip/dhcp-client", "allow-reconfigure check-gateway", v(7, 19, 0), "inspect trees"),
    since("/ip/dhcp-client", "default-route-distance", v(3, 11, 0), "changelog 3.11"),
    since("/ip/dhcp-client", "default-route-tables", v(7, 18, 0), "inspect trees"),
    seen("/ip/dhcp-client", "dhcp-options disabled interface", v(6, 40, 4), "public export of 6.40.4"),
    since("/ip/dhcp-client", "script", v(6, 39, 0), "changelog 6.39"),
    seen("/ip/dhcp-client", "use-peer-dns use-peer-ntp", v(6, 48, 6), "export of 6.48.6 [F:163038]"),
    seen("/ip/dns", " allow-remote-requests servers", v(6, 40, 8), "public export of 6.40.8"),
    seen("/ip/dns", "use-doh-server verify-doh-cert", v(6, 47, 3), "configuration of 6.47.3"),
    seen("/ip/dns/static", " address name", v(6, 40, 4), "public export of 6.40.4"),
    seen("/ip/dns/static", "comment", V6, "ROUTEROS-BEHAVIOUR §4"),
    seen("/ip/firewall/address-list", " comment", V6, "ROUTEROS-BEHAVIOUR §4"),
    seen("/ip/firewall/address-list", "address list", v(6, 40, 4), "public export of 6.40.4"),
    seen("/ip/firewall/address-list", "disabled", v(6, 47, 3), "configuration of 6.47.3"),
    seen("/ip/firewall/connection", "", V6, "ROUTEROS §2i"),
    seen("/ip/firewall/filter", " comment", V6, "ROUTEROS-BEHAVIOUR §4"),
    seen("/ip/firewall/filter", "\
        action chain connection-nat-state connection-state disabled dst-address-list in-interface-list \
        ipsec-policy protocol src-address-list", v(6, 40, 4), "public export of 6.40.4"),
    seen("/ip/firewall/filter", "address-list address-list-timeout dst-port in-interface", v(6, 40, 8), "public export of 6.40.8"),
    seen("/ip/firewall/filter", "out-interface-list", v(6, 47, 3), "configuration of 6.47.3"),
    seen("/ip/firewall/filter", "dst-address jump-target src-address", v(6, 48, 6), "export of 6.48.6 [F:163038]"),
    seen("/ip/firewall/filter", "dst-address-type port reject-with tcp-flags", v(6, 49, 6), "public export of 6.49.6"),
    seen("/ip/firewall/filter", "log log-prefix out-interface", v(7, 1, 0), "export of 7.1rc6 [F:153357]"),
    seen("/ip/firewall/mangle", " comment", V6, "ROUTEROS-BEHAVIOUR §4"),
    seen("/ip/firewall/mangle", "\
        action chain connection-mark connection-state dst-address-list dst-address-type dst-port hotspot \
        in-interface in-interface-list jump-target new-connection-mark new-routing-mark passthrough \
        per-connection-classifier protocol", V6, "ROUTEROS §2c"),
    seen("/ip/firewall/mangle", "new-packet-mark packet-mark src-address src-address-list", v(6, 40, 8), "public export of 6.40.8"),
    seen("/ip/firewall/mangle", "new-mss tcp-flags", v(6, 42, 6), "public export of 6.42.6"),
    seen("/ip/firewall/mangle", "disabled dst-address", v(6, 48, 6), "export of 6.48.6 [F:163038]"),
    seen("/ip/firewall/nat", " comment", V6, "ROUTEROS-BEHAVIOUR §4"),
    seen("/ip/firewall/nat", "\
        action chain ipsec-policy out-interface out-interface-list src-address", v(6, 40, 4), "public export of 6.40.4"),
    seen("/ip/firewall/nat", "disabled dst-address to-addresses", v(6, 40, 8), "public export of 6.40.8"),
    seen("/ip/firewall/nat", "dst-port jump-target protocol src-address-list to-ports", v(6, 48, 6), "export of 6.48.6 [F:163038]"),
    seen("/ip/firewall/nat", "dst-address-list dst-address-type log-prefix", v(6, 49, 6), "public export of 6.49.6"),
    seen("/ip/route", " comment", V6, "ROUTEROS-BEHAVIOUR §4"),
    seen("/ip/route", "check-gateway distance dst-address gateway scope target-scope", V6, "ROUTEROS §2b"),
    seen("/ip/route", "disabled", V6, "ROUTEROS §2g"),
    seen("/ip/route", "pref-src", v(6, 48, 6), "print of 6.48.6"),
    seen("/ip/route", "suppress-hw-offload", v(7, 1, 0), "export of 7.1rc6 [F:153357]"),
    since("/ip/route", "blackhole routing-table", V7, "[A]"),
    v6_only("/ip/route", "routing-mark type", "[A]"),
    v6_only("/ip/route/rule", " action comment disabled dst-address interface routing-mark src-address table", "[A]"),
    seen("/ip/settings", " rp-filter", v(6, 47, 3), "configuration of 6.47.3"),
    since("/ip/settings", "ipv4-multipath-hash-policy", v(7, 16, 0), "inspect trees"),
    since("/routing/rule", "", V7, "[A] [D:30474256]"),
    since("/routing/settings", "", v(7, 12, 0), "inspect trees"),
    since("/routing/table", " comment disabled fib name", V7, "[A]"),
    seen("/system/scheduler", " comment interval name on-event policy start-date start-time", V6, "ROUTEROS-BEHAVIOUR §4, §5"),
    since("/system/script", "comment", v(6, 27, 0), "changelog 6.27"),
    since("/system/script", "dont-require-permissions", v(6, 43, 0), "changelog 6.43"),
    seen("/system/script", " name policy source", v(5, 9, 0), "export of 5.9"),
    seen("/system/script", "owner", v(6, 48, 6), "export of 6.48.6 [F:163038]"),
    seen("/tool/netwatch", "", V6, "ROUTEROS-BEHAVIOUR §10"),
    seen("/tool/netwatch", "comment", v(6, 45, 0), "ROUTEROS-BEHAVIOUR §4"),
    seen("/tool/netwatch", "down-script host interval timeout up-script", v(7, 1, 0), "export of 7.1rc6 [F:153357]"),
    since("/tool/netwatch", "type", v(7, 4, 0), "[D:8323208]"),
];

/// What only a live router knows: real rows of `print detail` and `print terse`, and of REST (ROUTEROS §3.3, §3.4).
#[rustfmt::skip]
const LIVE: &[Fact] = &[
    seen("/interface/lte/apn", "default", v(6, 42, 7), "export of 6.42.7 [F:1113411]"),
    seen("/ip/dhcp-client", "gateway status", V6, "ROUTEROS §2g, §3.3"),
    seen("/ip/firewall/connection", "srcnat timeout", V6, "ROUTEROS §2i"),
    v6_only("/ip/route", "gateway-status", "ROUTEROS §3.3"),
    seen("/ip/route", "active", V6, "ROUTEROS §3.3"),
    since("/ip/route", "immediate-gw inactive", V7, "ROUTEROS §3.3, §3.4"),
];
