//! Sites that followed each other on a router and left somebody without internet for a while, or with other shares than the plan
//! said; each was found by the sequences that are made up.

use multi_isp::routeros::router::Router;
use multi_isp::routeros::version::Version;
use multi_isp::site::Site;

use super::sequences::{Reading, Sequence, Tried};
use crate::office::{MASQUERADE, OFFICE};

/// Applies sites that share one mode, each with its lines, one after the other, and takes all away again.
fn judge(reading: Reading, rows: &[&str], mode: &str, sites: &[&[&str]]) {
    let export = [OFFICE, &rows.concat()].concat();
    let router = Router::from_export(export.as_bytes(), Version::parse("7.9")).unwrap();
    let site = |lines: &&[&str]| {
        let lines = lines.join(",");
        let json = format!(r#"{{"schema":"multi-isp/site/1","mode":"{mode}","lines":[{lines}]}}"#);
        Site::from_json(json.as_bytes()).unwrap()
    };
    let sites: Vec<Site> = sites.iter().map(site).collect();
    let judged = Sequence::of(&router, reading, Tried::All).go(&sites);
    assert_eq!(
        judged.unwrap_or_else(|error| panic!("{error}")).plans,
        sites.len()
    );
}

const FIRST: &str = r#"{"id":"a","interface":"ether1","access":{"type":"dhcp"},"mbps":100}"#;
const CLIENT: &str = "/ip dhcp-client add disabled=no interface=ether1\n/interface list member add interface=ether1 list=WAN\n";
const FIXED: &str = "/ip address add address=198.51.100.2/30 interface=ether1\n\
    /ip route add dst-address=0.0.0.0/0 gateway=198.51.100.1\n\
    /interface list member add interface=ether1 list=WAN\n";

/// The first line with a static address.
fn fixed(health: &str) -> String {
    format!(
        r#"{{"id":"a","interface":"ether1","access":{{"type":"static","address":"198.51.100.2/30","gateway":"198.51.100.1"}},"mbps":100,"health":"{health}"}}"#
    )
}

const SECOND: &str = r#"{"id":"b","interface":"ether2","access":{"type":"dhcp"},"mbps":100}"#;

#[test]
fn a_line_keeps_its_old_port_until_the_new_one_is_in_use() {
    let moved = r#"{"id":"b","interface":"ether5","access":{"type":"dhcp"},"mbps":100}"#;
    let named = "/ip firewall nat add action=masquerade chain=srcnat out-interface=ether1\n";
    for nat in [MASQUERADE, named] {
        for reading in [Reading::Live, Reading::Export] {
            judge(
                reading,
                &[CLIENT, nat],
                "load_balance",
                &[&[FIRST, SECOND], &[FIRST, moved]],
            );
        }
    }
}

#[test]
fn a_line_keeps_its_old_address_until_the_new_one_is_in_use() {
    let line = |port, address, gateway| {
        format!(
            r#"{{"id":"b","interface":"{port}","access":{{"type":"static","address":"{address}","gateway":"{gateway}"}},"mbps":100}}"#
        )
    };
    let old = line("ether2", "203.0.113.6/29", "203.0.113.1");
    for new in [
        line("ether2", "203.0.113.14/29", "203.0.113.9"),
        line("ether5", "203.0.113.14/29", "203.0.113.9"),
    ] {
        judge(
            Reading::Live,
            &[CLIENT, MASQUERADE],
            "load_balance",
            &[&[FIRST, &old], &[FIRST, &new]],
        );
    }
}

/// What came in over the old port of a line was marked for its table, which led out of the new one.
#[test]
fn lines_change_their_ports_with_each_other() {
    let third = r#"{"id":"c","interface":"ether5","access":{"type":"dhcp"},"mbps":100}"#;
    let turned = [
        r#"{"id":"b","interface":"ether5","access":{"type":"dhcp"},"mbps":100}"#,
        r#"{"id":"c","interface":"ether2","access":{"type":"dhcp"},"mbps":100}"#,
    ];
    let sites: [&[&str]; 2] = [&[FIRST, SECOND, third], &[FIRST, turned[0], turned[1]]];
    for mode in ["load_balance", "load_balance_failover"] {
        judge(Reading::Live, &[CLIENT, MASQUERADE], mode, &sites);
    }
}

/// The second probe of a line kept its default over the old port beside the one over the new.
#[test]
fn a_line_moves_and_is_not_checked_any_more() {
    let second = |port, health| {
        format!(
            r#"{{"id":"b","interface":"{port}","access":{{"type":"dhcp"}},"mbps":100,"health":"{health}"}}"#
        )
    };
    let sites = [("ether2", "internet"), ("ether5", "link")]
        .map(|(port, health)| [fixed(health), second(port, health)]);
    let sites = sites.each_ref().map(|[first, second]| [first.as_str(), second]);
    for reading in [Reading::Live, Reading::Export] {
        judge(
            reading,
            &[FIXED, MASQUERADE],
            "load_balance_failover",
            &[&sites[0], &sites[1]],
        );
    }
}

/// An export shows no lease, and so nobody knew whose the static default was: it stayed the last resort.
#[test]
fn a_static_default_comes_back_though_a_lease_is_not_shown() {
    let second = r#"{"id":"b","interface":"ether2","access":{"type":"dhcp"},"mbps":100,"health":"link"}"#;
    judge(
        Reading::Export,
        &[FIXED, MASQUERADE],
        "failover",
        &[&[&fixed("internet"), second], &[&fixed("link"), second]],
    );
}

/// The client of a line was switched off before: it was switched off again when the line came first.
#[test]
fn a_line_whose_client_was_switched_off_comes_first() {
    let dial =
        "/interface ppp-client add add-default-route=no apn=internet disabled=yes name=ppp-old port=usb1\n";
    let lease = "/ip dhcp-client add disabled=yes interface=ether2\n";
    let dialled = r#"{"id":"b","interface":"ppp-old","access":{"type":"ppp"},"mbps":100}"#;
    for (rows, second) in [(dial, dialled), (lease, SECOND)] {
        judge(
            Reading::Live,
            &[CLIENT, MASQUERADE, rows],
            "load_balance",
            &[&[FIRST, second], &[second, FIRST]],
        );
    }
}

/// A metered line that is nearer in the main table took the part of a line that was dead.
#[test]
fn a_metered_line_stands_in_when_no_other_is_up() {
    let metered = r#"{"id":"b","interface":"ether2","access":{"type":"dhcp"},"mbps":10,"metered":true}"#;
    let third = r#"{"id":"c","interface":"ether5","access":{"type":"dhcp"},"mbps":100}"#;
    judge(
        Reading::Live,
        &[CLIENT, MASQUERADE],
        "load_balance",
        &[&[FIRST, metered, third]],
    );
}

/// The new port of a line is dead from the beginning: the others carry.
#[test]
fn checks_come_and_go() {
    let sites = ["manual", "internet", "link", "gateway"].map(|health| {
        ["a", "b"].map(|id| {
            let port = if id == "a" { "ether1" } else { "ether2" };
            format!(
                r#"{{"id":"{id}","interface":"{port}","access":{{"type":"dhcp"}},"mbps":100,"health":"{health}"}}"#
            )
        })
    });
    let sites: Vec<Vec<&str>> = sites
        .iter()
        .map(|lines| lines.iter().map(String::as_str).collect())
        .collect();
    let sites: Vec<&[&str]> = sites.iter().map(Vec::as_slice).collect();
    for mode in ["failover", "load_balance_failover"] {
        judge(Reading::Export, &[CLIENT, MASQUERADE], mode, &sites);
    }
}
