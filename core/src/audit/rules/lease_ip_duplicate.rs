#![doc = include_str!("../../preflight/rules/lease_ip_duplicate.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::{Rule, View};
use crate::diagnostic::{Diagnostic, Subject};
use crate::preflight::rules::lease_ip_duplicate;
use crate::routeros::value::Value;
use crate::rule::every_two;

/// The rule
pub const RULE: Rule = lease_ip_duplicate::RULE.found_by(check);

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
    let others = view.addresses(other);
    let is_other = |own: &core::net::Ipv4Addr| others.iter().any(|other| other.addr() == *own);
    let address = view.addresses(one).iter().map(|own| own.addr()).find(is_other)?;
    let (one, other) = (one.to_text(), other.to_text());
    Some(
        lease_ip_duplicate::finding(&format!("`{one}`, `{other}`"), address)
            .about(Subject::interface(one.clone()))
            .about(Subject::interface(other.clone())),
    )
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, Source::Rest};

    macro_rules! lines {
        ($first:literal, $second:literal) => {
            concat!(
                "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=",
                $first,
                " interface=ether1\nadd address=",
                $second,
                " interface=ether2\n/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n",
                "/ip route\nadd gateway=192.168.1.1%ether1\nadd distance=2 gateway=192.168.1.1%ether2\n"
            )
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(lines!("192.168.1.2/24", "192.168.1.2/30")),
                says: &["lines `ether1`, `ether2` have one address, `192.168.1.2`"],
                fix: &[],
            },
            Flagged {
                router: Rest(
                    r#"{"/ip/dhcp-client": [
                        {".id": "*1", "interface": "ether1", "status": "bound", "address": "192.168.1.2/24", "gateway": "192.168.1.1", "disabled": "false"},
                        {".id": "*2", "interface": "ether2", "status": "bound", "address": "192.168.1.2/24", "gateway": "192.168.1.1", "disabled": "false"}]}"#,
                ),
                says: &["lines `ether1`, `ether2` have one address, `192.168.1.2`"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "two addresses of one network",
                Export(lines!("192.168.1.2/24", "192.168.1.3/24")),
            ),
            (
                "clients whose leases an export does not show",
                Export(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/ip dhcp-client\nadd interface=ether1\nadd default-route-distance=2 interface=ether2\n",
                ),
            ),
        ],
    }
};
