#![doc = include_str!("../../preflight/rules/lines_overlap.md")]

use alloc::vec::Vec;

use ipnet::Ipv4Net;

use crate::audit::{Rule, View};
use crate::diagnostic::{Diagnostic, Subject};
use crate::preflight::rules::lines_overlap;
use crate::routeros::value::Value;
use crate::rule::every_two;

/// The rule
pub const RULE: Rule = lines_overlap::RULE.found_by(check);

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if view.has_vrfs() {
        return Vec::new();
    }
    let pairs = every_two(view.lines());
    pairs
        .filter_map(|(one, other)| finding(view, one, other))
        .collect()
}

fn finding(view: &View<'_>, one: &Value, other: &Value) -> Option<Diagnostic> {
    let network = shared(view, one, other)?;
    // One next hop for both is another fault.
    let (ours, theirs) = (view.gateways_of(one), view.gateways_of(other));
    let pinned = |hop: &core::net::Ipv4Addr| !view.unpinned().any(|own| own == *hop);
    if ours.iter().any(|hop| theirs.contains(hop) && pinned(hop)) {
        return None;
    }
    let (one, other) = (one.to_text(), other.to_text());
    Some(
        lines_overlap::finding(&one, &other, network)
            .with_help(
                "pin each gateway to its interface, as `192.0.2.1%ether1`, or give one modem another LAN",
            )
            .about(Subject::interface(one.clone()))
            .about(Subject::interface(other.clone())),
    )
}

/// The network that two lines share and that a route looks for its gateway in, without the interface
fn shared(view: &View<'_>, one: &Value, other: &Value) -> Option<Ipv4Net> {
    let others = view.networks(other);
    let is_unclear = |both: &Ipv4Net| view.unpinned().any(|gateway| both.contains(&gateway));
    let smaller = |network: Ipv4Net| {
        let overlapping = others
            .iter()
            .filter(move |other| network.contains(*other) || other.contains(&network));
        overlapping.map(move |other| if network.contains(other) { *other } else { network })
    };
    let mut both = view.networks(one).into_iter().flat_map(smaller);
    both.find(is_unclear).map(|network| network.trunc())
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, Source::Rest};

    macro_rules! lines {
        ($first:literal, $second:literal, $routes:literal) => {
            concat!(
                "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=",
                $first,
                " interface=ether1\nadd address=",
                $second,
                " interface=ether2\n/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n/ip route\n",
                $routes
            )
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(lines!(
                    "192.0.2.2/24",
                    "192.0.2.3/24",
                    "add gateway=192.0.2.1%ether1\nadd distance=2 gateway=192.0.2.254%ether2\nadd distance=3 gateway=192.0.2.254\n"
                )),
                says: &["lines `ether1`, `ether2` share a network, `192.0.2.0/24`"],
                fix: &[],
            },
            Flagged {
                router: Rest(
                    r#"{"/ip/dhcp-client": [
                            {".id": "*1", "interface": "ether1", "status": "bound", "address": "100.64.3.4/10", "gateway": "100.64.0.1", "add-default-route": "no", "disabled": "false"},
                            {".id": "*2", "interface": "ether2", "status": "bound", "address": "100.64.9.8/16", "gateway": "100.64.0.2", "add-default-route": "no", "disabled": "false"}],
                        "/ip/route": [
                            {".id": "*3", "dst-address": "0.0.0.0/0", "gateway": "100.64.0.1", "distance": "1"},
                            {".id": "*4", "dst-address": "0.0.0.0/0", "gateway": "100.64.0.2", "distance": "2"}]}"#,
                ),
                says: &["lines `ether2`, `ether1` share a network, `100.64.0.0/16`"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "gateways that are pinned",
                Export(lines!(
                    "192.0.2.2/24",
                    "192.0.2.3/24",
                    "add gateway=192.0.2.1%ether1\nadd distance=2 gateway=192.0.2.254%ether2\n"
                )),
            ),
            (
                "networks that only begin alike",
                Export(lines!(
                    "192.0.2.2/25",
                    "192.0.2.130/25",
                    "add gateway=192.0.2.1\nadd distance=2 gateway=192.0.2.129\n"
                )),
            ),
        ],
    }
};
