//! The listings of the folder of facts, with a LAN, addresses and translation put around them.

use multi_isp::Router;
use multi_isp::routeros::version::Version;

use super::hand::{examine, expect, open};
use crate::shared::shared;

/// A LAN, two lines with the gateways of the listings, and the lists and the fasttrack rule that every router has.
const AROUND: &str = "\
/interface bridge add name=bridge
/interface bridge port add bridge=bridge interface=ether3
/interface list add name=WAN
/ip address add address=192.168.88.1/24 interface=bridge
/ip address add address=192.0.2.2/30 interface=ether1
/ip firewall filter add chain=forward action=fasttrack-connection connection-state=established,related
/ip firewall filter add chain=forward action=accept connection-state=established,related
";
const STATIC: &str = "/ip address add address=198.51.100.2/30 interface=ether2\n";
const SESSION: &str = "/interface pppoe-client add name=pppoe-out1 interface=ether2 disabled=no\n";
const MASQUERADE: &str = "/ip firewall nat add chain=srcnat out-interface=!bridge action=masquerade\n";

fn listing(name: &str) -> Option<String> {
    let path = shared("examples-routeros")?.join(name);
    Some(std::fs::read_to_string(path).unwrap())
}

fn router(parts: &[&str], version: Version) -> Router {
    let export = [&[AROUND], parts].concat().concat();
    Router::from_export(export.as_bytes(), Some(version)).unwrap_or_else(|error| panic!("{error}"))
}

const V6: Version = Version::new(6, 49, 10);
const V7: Version = Version::new(7, 22, 0);

#[test]
fn simple_failover_sees_its_gateways_alone() {
    let Some(listing) = listing("v7_simple_failover.rsc") else {
        return;
    };
    let matrix = examine("v7_simple_failover", &router(&[STATIC, MASQUERADE, &listing], V7));
    expect(&matrix, "all up", "customer", "ether1");
    expect(&matrix, "link down: ether1", "customer", "ether2");
    // Count 2, interval 10 s, timeout 1 s.
    expect(
        &matrix,
        "gateway dead: ether1",
        "customer",
        "ether2, out for up to 21 s",
    );
    expect(
        &matrix,
        "upstream dead: ether1",
        "customer",
        "LOST: the line is dead",
    );
}

#[test]
fn recursive_failover_sees_what_is_behind() {
    for (name, version, time) in [("v7", V7, 21), ("v6", V6, 30)] {
        let Some(listing) = listing(&format!("{name}_recursive_failover.rsc")) else {
            return;
        };
        let matrix = examine(name, &router(&[STATIC, MASQUERADE, &listing], version));
        let after = format!("ether2, out for up to {time} s");
        expect(&matrix, "link down: ether1", "customer", "ether2");
        expect(&matrix, "gateway dead: ether1", "customer", &after);
        expect(&matrix, "upstream dead: ether1", "customer", &after);
        // The masquerade of the old line holds as long as its link does.
        let lost = "LOST: it leaves with the address of another line";
        assert_eq!(
            open(&matrix, "upstream dead: ether1", "customer"),
            lost,
            "{matrix}"
        );
        assert_eq!(matrix.unmodelled, [""; 0]);
    }
}

/// With `target-scope=10` no default of the listing resolves on RouterOS 7 (ROUTEROS §0, fact 1).
#[test]
fn recursion_needs_its_target_scope() {
    let Some(listing) = listing("v7_recursive_failover.rsc") else {
        return;
    };
    let listing = listing.replace("target-scope=11", "target-scope=10");
    let matrix = examine("target-scope=10", &router(&[STATIC, MASQUERADE, &listing], V7));
    expect(&matrix, "all up", "customer", "LOST: no table has a route");
}

#[test]
fn pcc_falls_over_by_its_tables() {
    let Some(listing) = listing("v7_pcc_2to1_failover.rsc") else {
        return;
    };
    let matrix = examine("v7_pcc_2to1", &router(&[SESSION, &listing], V7));
    assert_eq!(matrix.lines, ["ether1", "pppoe-out1"]);
    expect(&matrix, "all up", "customer", "ether1 66.7 %, pppoe-out1 33.3 %");
    expect(&matrix, "all up", "router", "ether1");
    expect(
        &matrix,
        "upstream dead: ether1",
        "customer",
        "pppoe-out1, out for up to 21 s",
    );
    expect(
        &matrix,
        "upstream dead: pppoe-out1",
        "customer",
        "ether1, out for up to 21 s",
    );
    expect(&matrix, "link down: pppoe-out1", "customer", "ether1");
}

/// The same without the words that keep marked connections off the fast path: their second packet takes main (§4, row 1).
#[test]
fn pcc_needs_fasttrack_to_leave_marks_alone() {
    let Some(listing) = listing("v7_pcc_2to1_failover.rsc") else {
        return;
    };
    let listing = listing.replace("/ip firewall filter set", "# /ip firewall filter set");
    let matrix = examine("fasttracked", &router(&[SESSION, &listing], V7));
    let told = "ether1 66.7 %, LOST 33.3 %: it leaves with the address of another line";
    expect(&matrix, "all up", "customer", told);
}

/// The routes of RouterOS 6 with the marks of 7.
#[test]
fn pcc_of_6_falls_over_by_its_tables() {
    let (Some(routes), Some(marks)) = (
        listing("v6_pcc_failover.rsc"),
        listing("v7_pcc_2to1_failover.rsc"),
    ) else {
        return;
    };
    let is_shared = |line: &&str| line.starts_with("/interface list") || line.starts_with("/ip firewall");
    let marks: Vec<&str> = marks.lines().filter(is_shared).collect();
    let marks = marks.join("\n").replace("pppoe-out1", "ether2") + "\n";
    let matrix = examine("v6_pcc", &router(&[STATIC, &marks, &routes], V6));
    assert_eq!(matrix.lines, ["ether1", "ether2"]);
    expect(&matrix, "all up", "customer", "ether1 66.7 %, ether2 33.3 %");
    expect(
        &matrix,
        "upstream dead: ether1",
        "customer",
        "ether2, out for up to 30 s",
    );
    expect(
        &matrix,
        "gateway dead: ether2",
        "customer",
        "ether1, out for up to 30 s",
    );
}
