#![doc = include_str!("../../preflight/rules/line_overlaps_lan.md")]

use alloc::vec::Vec;

use ipnet::Ipv4Net;

use crate::audit::menus::ADDRESSES;
use crate::audit::{Rule, View};
use crate::diagnostic::{Diagnostic, Subject};
use crate::preflight::rules::line_overlaps_lan;
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::row_subject;
use crate::survey::interfaces::find;
use crate::survey::networks::parse;

/// The rule
pub const RULE: Rule = line_overlaps_lan::RULE.found_by(check);

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if view.has_vrfs() {
        return Vec::new();
    }
    let lines = view.lines().iter();
    lines.filter_map(|line| overlap(view, line)).collect()
}

/// The first network of customers whose hosts a line takes, the router's own address there among them
fn overlap(view: &View<'_>, line: &Value) -> Option<Diagnostic> {
    let networks = view.networks(line);
    // In a LAN that is larger, only hosts in the network of the line are lost: there may be none.
    let is_in = |lan: &Ipv4Net| {
        let mut networks = networks.iter();
        networks.any(|network| lan.contains(network) && network.contains(&lan.addr()))
    };
    let mut lans = view.rows(ADDRESSES).filter(|row| is_of_lan(view, row));
    let (row, lan) = lans.find_map(|row| {
        let lan = parse(row.get("address")?).filter(is_in)?;
        Some((row, lan))
    })?;
    let (name, interface) = (line.to_text(), row.text("interface")?);
    Some(
        line_overlaps_lan::finding(&name, &interface, lan.trunc())
            .about(Subject::interface(name.clone()))
            .about(row_subject(ADDRESSES, row)),
    )
}

fn is_of_lan(view: &View<'_>, row: &Row) -> bool {
    row.get("interface").is_some_and(|interface| {
        let own = find(view.router(), interface.as_bytes()).and_then(|known| known.row);
        let is_off = own.is_some_and(Row::disabled);
        !is_off && !view.is_line(interface.as_bytes()) && view.is_lan(interface.as_bytes())
    })
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, Source::Rest, two_lines};

    macro_rules! modem {
        ($address:literal, $gateway:literal) => {
            concat!(
                "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\nadd address=",
                $address,
                " interface=ether2\n/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n",
                "/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=",
                $gateway,
                "%ether2\n"
            )
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(modem!("192.168.88.2/24", "192.168.88.254")),
                says: &["line `ether2`: its network is that of `bridge`, `192.168.88.0/24`"],
                fix: &[],
            },
            // A lease, read live.
            Flagged {
                router: Rest(
                    r#"{"/interface/bridge": [{".id": "*1", "name": "bridge"}],
                        "/ip/dhcp-client": [{".id": "*2", "interface": "ether2", "status": "bound", "address": "192.168.88.30/25", "gateway": "192.168.88.1", "disabled": "false"}],
                        "/ip/address": [{".id": "*3", "address": "192.168.88.1/24", "interface": "bridge"},
                                        {".id": "*4", "address": "192.168.88.30/25", "interface": "ether2", "dynamic": "true"}]}"#,
                ),
                says: &["line `ether2`: its network is that of `bridge`, `192.168.88.0/24`"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a larger network around that of the customers, with its gateway outside",
                Export(modem!("192.168.1.2/16", "192.168.1.1")),
            ),
            (
                "a small network within a large one, where nobody may be",
                Export(modem!("192.168.88.202/30", "192.168.88.201")),
            ),
            (
                "networks side by side",
                Export(modem!("192.168.8.2/24", "192.168.8.1")),
            ),
            (
                "lines that share a network: no customers are there",
                Export(two_lines!(
                    "/ip address\nadd address=192.0.2.77/24 interface=ether2\n/ip route\nadd gateway=192.0.2.1%ether1\nadd distance=2 gateway=192.0.2.1%ether2\n"
                )),
            ),
        ],
    }
};
