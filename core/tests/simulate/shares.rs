//! Whatever a router draws lots by, the parts of a whole are the whole.

use multi_isp::Router;
use multi_isp::pcc::Ratio;
use multi_isp::simulate::{Cell, WhatIf, what_if};
use proptest::prelude::*;

/// Three lines, a table for each.
const ROUTER: &str = "# 2026-01-05 10:00:00 by RouterOS 7.22.3
/interface bridge add name=bridge
/routing table add disabled=no fib name=t1
/routing table add disabled=no fib name=t2
/ip address add address=192.168.88.1/24 interface=bridge
/ip address add address=192.0.2.2/30 interface=ether1
/ip address add address=192.0.2.6/30 interface=ether2
/ip address add address=192.0.2.10/30 interface=ether3
/ip firewall nat add action=masquerade chain=srcnat out-interface=!bridge
/ip route add gateway=192.0.2.1,192.0.2.9
/ip route add distance=2 gateway=192.0.2.5
/ip route add gateway=192.0.2.5 routing-table=t1
/ip route add gateway=192.0.2.9 routing-table=t2
";

/// Rules that draw lots, and what they do with those that win.
const LOTS: [&str; 7] = [
    "random=33",
    "random=50",
    "nth=3,1",
    "nth=2,2",
    "per-connection-classifier=both-addresses:3/1",
    "per-connection-classifier=src-address:1000/7",
    "per-connection-classifier=dst-port:4294967295/5",
];
const PRIZES: [&str; 5] = [
    "action=mark-routing new-routing-mark=t1 passthrough=no",
    "action=mark-routing new-routing-mark=t2",
    "action=mark-packet new-packet-mark=q",
    "action=accept",
    "action=drop",
];

fn router(rules: &[(&str, &str)]) -> Router {
    let mut text = String::from(ROUTER);
    for (lot, prize) in rules {
        // Mangle cannot drop.
        let (menu, chain) = match *prize {
            "action=drop" => ("filter", "forward"),
            _ => ("mangle", "prerouting"),
        };
        text += &format!("/ip firewall {menu} add chain={chain} in-interface=bridge {lot} {prize}\n");
    }
    Router::from_export(text.as_bytes(), None).unwrap()
}

fn sum(cell: &Cell) -> f64 {
    let parts = cell.shares.iter().chain([&cell.inside, &cell.lost]);
    parts
        .map(|part: &Ratio| part.numerator() as f64 / part.denominator() as f64)
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn parts_are_the_whole_or_it_is_said(
        rules in prop::collection::vec((prop::sample::select(&LOTS), prop::sample::select(&PRIZES)), 0..6),
    ) {
        let matrix = what_if(&router(&rules), &WhatIf::default());
        let is_cut = matrix.unmodelled.iter().any(|note| note.contains("more than"));
        for state in &matrix.states {
            for cell in state.new.iter().chain(&state.established) {
                let sum = sum(cell);
                prop_assert!((sum - 1.0).abs() < 1e-9 || is_cut && sum < 1.0, "{sum}: {cell:?}\n{rules:?}\n{matrix}");
            }
        }
    }
}

#[test]
fn what_changes_no_way_splits_none() {
    let marks = [("random=50", "action=mark-packet new-packet-mark=q"); 12];
    let matrix = what_if(&router(&marks), &WhatIf::default());
    assert_eq!(matrix.unmodelled, [""; 0]);
    assert_eq!(sum(&matrix.states[0].new[0]), 1.0);
}

#[test]
fn of_more_lines_than_are_looked_at_it_is_said() {
    let mut text = String::from(
        "/interface bridge add name=bridge\n/ip address add address=192.168.88.1/24 interface=bridge\n",
    );
    let mut gateways = Vec::new();
    for line in 1..=8 {
        text += &format!(
            "/ip address add address=192.0.2.{}/30 interface=ether{line}\n",
            line * 4 + 2
        );
        gateways.push(format!("192.0.2.{}", line * 4 + 1));
    }
    text += &format!(
        "/ip firewall nat add action=masquerade chain=srcnat out-interface=!bridge\n/ip route add gateway={}\n",
        gateways.join(",")
    );
    let matrix = what_if(
        &Router::from_export(text.as_bytes(), None).unwrap(),
        &WhatIf::default(),
    );
    assert_eq!((matrix.lines.len(), sum(&matrix.states[0].new[0])), (8, 1.0));
    assert!(
        matrix
            .unmodelled
            .iter()
            .any(|note| note.starts_with("of 8 lines only 6 are taken to fail")),
        "{:?}",
        matrix.unmodelled
    );
}
