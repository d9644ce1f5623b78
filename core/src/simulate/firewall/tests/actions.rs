//! What rules do with packets, and which rules do nothing.

#![cfg(test)]

use std::vec;

use super::*;
use crate::simulate::packet::State;

#[test]
fn rules_are_gone_through_in_their_order_with_jumps_and_returns() {
    let rules = "add chain=prerouting action=jump jump-target=mine comment=1\n\
        add chain=prerouting action=mark-packet new-packet-mark=last comment=2\n\
        add chain=prerouting action=jump jump-target=nobody-has-it comment=3\n\
        add chain=prerouting action=log comment=4\n\
        add chain=mine action=passthrough comment=5\n\
        add chain=mine action=mark-packet new-packet-mark=never in-interface=ether1 comment=6\n\
        add chain=mine action=jump jump-target=inner comment=7\n\
        add chain=mine action=return comment=8\n\
        add chain=mine action=accept comment=9\n\
        add chain=inner action=mark-connection new-connection-mark=c comment=10\n\
        add chain=inner action=mark-packet new-packet-mark=off disabled=yes comment=11\n";
    let walked = walk(rules, PREROUTING, &customer(), &known());
    let order: Vec<&str> = walked
        .events
        .iter()
        .filter_map(|event| event.split(' ').next())
        .collect();
    assert_eq!(order, ["1", "5", "7", "10", "8", "2", "3", "4"]);
    assert_eq!(walked.verdict, "accept");
    assert_eq!(walked.packet.packet_mark, Some(Value::from("last")));
    assert_eq!(walked.connection.mark, Some(Value::from("c")));
    let nothing = walk(rules, (Menu::Mangle, "postrouting"), &customer(), &known());
    assert_eq!((nothing.verdict.as_str(), nothing.events.len()), ("accept", 0));
}

#[test]
fn marks_end_the_walk_where_they_say_so() {
    let rules = "add chain=prerouting action=mark-connection new-connection-mark=c passthrough=yes\n\
        add chain=prerouting connection-mark=c action=mark-routing new-routing-mark=to-isp1 passthrough=no\n\
        add chain=prerouting action=mark-packet new-packet-mark=p\n";
    let walked = walk(rules, PREROUTING, &customer(), &Connection::default());
    assert_eq!(walked.packet.routing_mark, Some(Value::from("to-isp1")));
    assert_eq!(walked.packet.packet_mark, None, "passthrough=no");
    let rules = "add chain=prerouting action=mark-connection new-connection-mark=no-mark\n\
        add chain=prerouting action=mark-routing new-routing-mark=main\nadd chain=prerouting action=change-mss new-mss=clamp-to-pmtu\n";
    let marked = Connection {
        mark: Some(Value::from("c")),
        ..known()
    };
    let packet = Packet {
        routing_mark: Some(Value::from("to-isp1")),
        ..customer()
    };
    let walked = walk(rules, PREROUTING, &packet, &marked);
    assert_eq!((walked.connection.mark, walked.packet.routing_mark), (None, None));
    assert_eq!(walked.events.len(), 3);
}

#[test]
fn filters_drop_accept_and_fasttrack() {
    let rules = "add chain=forward action=fasttrack-connection connection-state=established,related\n\
        add chain=forward action=accept connection-state=established,related,untracked\n\
        add chain=forward action=drop connection-state=invalid\n\
        add chain=forward action=drop in-interface-list=WAN connection-state=new connection-nat-state=!dstnat comment=defconf\n";
    let new = walk(rules, FORWARD, &customer(), &Connection::default());
    assert_eq!(
        (
            new.verdict.as_str(),
            new.connection.is_fasttracked,
            new.events.len()
        ),
        ("accept", false, 0)
    );
    let second = walk(rules, FORWARD, &customer(), &known());
    assert!(second.connection.is_fasttracked);
    assert_eq!(second.events.len(), 2, "the next rules are still gone through");
    let ping = Packet {
        protocol: Protocol::Icmp,
        ..customer()
    };
    assert!(
        !walk(rules, FORWARD, &ping, &known()).connection.is_fasttracked,
        "TCP and UDP alone"
    );
    let outside = Packet {
        in_interface: Some(Value::from("ether1")),
        ..customer()
    };
    assert_eq!(
        walk(rules, FORWARD, &outside, &Connection::default()).verdict,
        "drop defconf"
    );
    for action in ["reject", "tarpit"] {
        let rule = format!("add chain=forward action={action} comment=x");
        assert_eq!(walk(&rule, FORWARD, &customer(), &known()).verdict, "drop x");
    }
    let mangle = walk(
        "add chain=prerouting action=fasttrack-connection",
        PREROUTING,
        &customer(),
        &known(),
    );
    assert!(mangle.connection.is_fasttracked, "mangle has that action too");
}

#[test]
fn raw_keeps_packets_from_tracking() {
    let rules = "add chain=prerouting action=notrack src-address=192.168.88.0/24\nadd chain=prerouting action=drop src-address=10.0.0.0/8 comment=bogon";
    let raw = (Menu::Raw, "prerouting");
    let walked = walk(rules, raw, &customer(), &known());
    assert_eq!(walked.connection.state(), State::Untracked);
    let bogon = Packet {
        source: [10, 0, 0, 1].into(),
        ..customer()
    };
    assert_eq!(walk(rules, raw, &bogon, &known()).verdict, "drop bogon");
}

#[test]
fn actions_that_are_not_modelled_are_told() {
    let told = walk(
        "add chain=prerouting action=route route-dst=192.0.2.1",
        PREROUTING,
        &customer(),
        &known(),
    );
    let sentence = "line 29 of /ip firewall mangle: the action `route` is not modelled; the packet goes on";
    assert_eq!(
        (told.verdict.as_str(), told.unmodelled),
        ("accept", vec![String::from(sentence)])
    );
    let told = walk(
        "add chain=prerouting action=add-src-to-address-list address-list=x",
        PREROUTING,
        &customer(),
        &known(),
    );
    assert_eq!(told.unmodelled.len(), 1);
    let told = walk(
        "add chain=srcnat action=endpoint-independent-nat",
        (Menu::Nat, "srcnat"),
        &customer(),
        &known(),
    );
    assert_eq!((told.verdict.as_str(), told.unmodelled.len()), ("accept", 1));
}

#[test]
fn rules_of_nat_say_what_becomes_of_addresses() {
    let of = |chain: &str, rule: &str| {
        walk(
            &format!("add chain={chain} {rule}"),
            (Menu::Nat, chain),
            &customer(),
            &Connection::default(),
        )
    };
    let masquerade = of("srcnat", "action=masquerade");
    assert_eq!(
        (masquerade.verdict.as_str(), masquerade.events.len()),
        ("Masquerade { port: None }", 0)
    );
    assert_eq!(
        of("srcnat", "action=src-nat to-addresses=192.0.2.9").verdict,
        "SrcNat { address: Some(192.0.2.9), port: None }"
    );
    assert_eq!(
        of("srcnat", "action=same to-addresses=192.0.2.8/30").verdict,
        "SrcNat { address: Some(192.0.2.8), port: None }"
    );
    assert_eq!(
        of(
            "dstnat",
            "action=dst-nat to-addresses=192.168.88.5 to-ports=8000-8010"
        )
        .verdict,
        "DstNat { address: Some(192.168.88.5), port: Some(8000) }"
    );
    assert_eq!(
        of("dstnat", "action=dst-nat to-ports=8080").verdict,
        "DstNat { address: None, port: Some(8080) }"
    );
    assert_eq!(
        of("dstnat", "action=redirect to-ports=53").verdict,
        "Redirect { port: Some(53) }"
    );
    assert_eq!(
        of("srcnat", "action=netmap to-addresses=10.7.7.0/24").verdict,
        "Netmap { address: Some(10.7.7.10), port: None }"
    );
    assert_eq!(
        of("dstnat", "action=netmap to-addresses=10.7.7.0/24").verdict,
        "Netmap { address: Some(10.7.7.80), port: None }"
    );
    assert_eq!(of("srcnat", "action=accept").verdict, "accept");
    let odd = of("srcnat", "action=src-nat to-addresses=example.com");
    assert_eq!((odd.verdict.as_str(), odd.unmodelled.len()), ("accept", 1));
}

#[test]
fn rows_that_cannot_work_match_nothing_and_say_so_where_they_would() {
    let invalid = |matcher: &str, packet: &Packet| {
        let rule = format!("add chain=prerouting action=drop {matcher}");
        let walked = walk(&rule, PREROUTING, packet, &known());
        assert_eq!(
            (walked.verdict.as_str(), walked.unmodelled.len()),
            ("accept", 0),
            "{matcher}"
        );
        walked.events.into_iter().next().unwrap_or_default()
    };
    let at = |interface: &str| Packet {
        in_interface: Some(Value::from(interface)),
        ..customer()
    };
    assert_eq!(
        invalid("in-interface=ether4", &at("ether4")),
        r#" Invalid { why: "ether4 is a port of bridge" }"#
    );
    assert_eq!(
        invalid("in-interface=!ether6", &customer()),
        r#" Invalid { why: "ether6 is a port of bond1" }"#
    );
    assert_eq!(
        invalid("in-interface=!gone", &customer()),
        r#" Invalid { why: "there is no interface gone" }"#
    );
    assert_eq!(
        invalid("in-interface-list=!*16", &customer()),
        r#" Invalid { why: "its in-interface-list was deleted" }"#
    );
    assert_eq!(
        invalid("in-interface=ether4", &at("bridge")),
        r#" Invalid { why: "ether4 is a port of bridge" }"#,
        "what came in by the port comes from the bridge"
    );
    assert_eq!(
        invalid("in-interface=ether4", &at("ether9")),
        "",
        "it does not match anyway"
    );
    let marks = |table: &str, router: &str| {
        let export = format!(
            "{router}/ip firewall mangle\nadd chain=prerouting action=mark-routing new-routing-mark={table}"
        );
        let router = Router::from_export(export.as_bytes(), None).unwrap();
        let mut ends = walk_router(&router, PREROUTING, &customer(), &known());
        ends.remove(0).1.packet.routing_mark
    };
    assert_eq!(marks("to-isp1", ROUTER), Some(Value::from("to-isp1")));
    assert_eq!(marks("to-isp3", ROUTER), None, "RouterOS 7 has no such table");
    assert_eq!(marks("*400", ROUTER), None);
    let six = "# by RouterOS 6.49.6\n";
    assert_eq!(
        marks("to-isp3", six),
        Some(Value::from("to-isp3")),
        "RouterOS 6 makes tables of marks"
    );
}

#[test]
fn live_rows_that_the_router_flags_match_nothing() {
    let rest = r#"{"/ip/firewall/filter": [{".id": "*1", "chain": "forward", "action": "drop", "invalid": "true"},
        {".id": "*2", "chain": "forward", "action": "drop", "in-interface": "ether9", "invalid": "false", "dynamic": "false"}]}"#;
    let router = Router::from_rest(rest.as_bytes(), None).unwrap();
    let walked = walk_router(&router, FORWARD, &customer(), &known()).remove(0).1;
    assert_eq!(walked.verdict, "accept");
    assert_eq!(walked.events, [r#" Invalid { why: "the router says so" }"#]);
}

#[test]
fn chains_that_jump_in_circles_come_to_an_end() {
    let circle = "add chain=prerouting action=jump jump-target=a\nadd chain=a action=jump jump-target=b\n\
        add chain=b action=jump jump-target=a";
    let walked = walk(circle, PREROUTING, &customer(), &known());
    assert_eq!((walked.verdict.as_str(), walked.unmodelled.len()), ("accept", 1));
    let doubling: String = (0..40)
        .map(|at| format!("add chain=c{at} action=jump jump-target=c{0}\nadd chain=c{at} action=jump jump-target=c{0}\n", at + 1))
        .collect();
    let walked = walk(
        &format!("{doubling}add chain=c40 action=passthrough"),
        (Menu::Mangle, "c0"),
        &customer(),
        &known(),
    );
    assert_eq!((walked.verdict.as_str(), walked.unmodelled.len()), ("accept", 1));
}
