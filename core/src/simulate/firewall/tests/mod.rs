//! Every matcher and every family of actions on routers of a few rows.

#![cfg(test)]

mod actions;
mod draws;
mod lists;
mod matchers;

use std::panic;

use super::*;
use crate::pcc::Ratio;
use crate::routeros::router::Router;
use crate::simulate::choices::explore;
use crate::simulate::packet::Direction;
use crate::simulate::scenario::Scenario;

/// A LAN on a bridge, two lines, a session, a VLAN.
const ROUTER: &str = "# by RouterOS 7.22.3\n\
    /interface bridge\nadd name=bridge\n\
    /interface vlan\nadd name=vlan7 interface=ether2 vlan-id=7\n\
    /interface pppoe-client\nadd name=pppoe-out1 interface=ether3 disabled=no\n\
    /interface bonding\nadd name=bond1 slaves=ether6,ether7\n\
    /interface list\nadd name=WAN\nadd name=LAN\nadd name=ALL include=WAN,LAN\n\
    /interface list member\nadd list=WAN interface=ether1\nadd list=WAN interface=pppoe-out1\nadd list=LAN interface=bridge\n\
    /interface bridge port\nadd bridge=bridge interface=ether4\n\
    /routing table\nadd name=to-isp1 fib\nadd name=to-isp2 fib\n\
    /ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n\
    /ip route\nadd gateway=192.0.2.1\n";

/// A packet from a customer to a web server.
fn customer() -> Packet {
    Packet {
        in_interface: Some(Value::from("bridge")),
        out_interface: None,
        source: [192, 168, 88, 10].into(),
        destination: [203, 0, 113, 80].into(),
        protocol: Protocol::Tcp,
        source_port: Some(40_000),
        destination_port: Some(443),
        direction: Direction::Original,
        routing_mark: None,
        packet_mark: None,
        logged_in: None,
    }
}

fn known() -> Connection {
    Connection {
        is_known: true,
        ..Connection::default()
    }
}

/// The end of one way of a packet.
#[derive(Clone, Debug, PartialEq)]
struct Walked {
    verdict: String,
    packet: Packet,
    connection: Connection,
    events: Vec<String>,
    unmodelled: Vec<String>,
}

/// Every way of a packet through a chain of rules, with its share.
#[track_caller]
fn walk_all(
    rules: &str,
    (menu, chain): (Menu, &str),
    packet: &Packet,
    connection: &Connection,
) -> Vec<(Ratio, Walked)> {
    let export = format!("{ROUTER}{}\n{rules}\n", menu.told());
    let router =
        Router::from_export(export.as_bytes(), None).unwrap_or_else(|error| panic!("{}", error.render()));
    walk_router(&router, (menu, chain), packet, connection)
}

fn walk_router(
    router: &Router,
    (menu, chain): (Menu, &str),
    packet: &Packet,
    connection: &Connection,
) -> Vec<(Ratio, Walked)> {
    let scenario = Scenario::default();
    let network = Network::of(router, &scenario);
    let firewall = Firewall::of(&network);
    let (ends, cut) = explore(10_000, |choices| {
        let (mut packet, mut connection, mut log) = (packet.clone(), connection.clone(), Log::new(true));
        let mut pass = Pass {
            network: &network,
            packet: &mut packet,
            connection: &mut connection,
            choices,
            log: &mut log,
        };
        let verdict = match firewall.walk(menu, chain, &mut pass) {
            Verdict::Accept => String::from("accept"),
            Verdict::Drop(row) => format!("drop {}", row.text("comment").unwrap_or_default()),
            Verdict::Translate(_, translation) => format!("{translation:?}"),
        };
        let events = log.take_events().into_iter().map(|event| {
            let comment = event.row.and_then(|row| row.comment).unwrap_or_default();
            format!("{} {:?}", comment.to_text(), event.what)
        });
        Walked {
            verdict,
            events: events.collect(),
            unmodelled: log.take_unmodelled(),
            packet,
            connection,
        }
    });
    assert!(!cut);
    ends
}

/// The one way of a packet.
#[track_caller]
fn walk(rules: &str, at: (Menu, &str), packet: &Packet, connection: &Connection) -> Walked {
    let mut ends = walk_all(rules, at, packet, connection);
    assert_eq!(ends.len(), 1, "{ends:?}");
    ends.remove(0).1
}

const PREROUTING: (Menu, &str) = (Menu::Mangle, "prerouting");
const FORWARD: (Menu, &str) = (Menu::Filter, "forward");

/// Whether a packet fits a matcher of a mangle rule; none where that is not known.
#[track_caller]
fn fits_as(matcher: &str, packet: &Packet, connection: &Connection) -> Option<bool> {
    let rule = format!("add chain=prerouting action=mark-packet new-packet-mark=hit {matcher}");
    let walked = walk(&rule, PREROUTING, packet, connection);
    let hit = walked.packet.packet_mark == Some(Value::from("hit"));
    if !walked.unmodelled.is_empty() {
        assert!(!hit, "what is not known does not match: {matcher}");
        return None;
    }
    Some(hit)
}

/// Checks matchers that fit a packet, and that they do not when they are turned round.
#[track_caller]
fn fit(packet: &Packet, connection: &Connection, fitting: &str) {
    for matcher in fitting.split(' ') {
        assert_eq!(fits_as(matcher, packet, connection), Some(true), "{matcher}");
        let turned = turn(matcher);
        assert_eq!(fits_as(&turned, packet, connection), Some(false), "{turned}");
    }
}

/// Checks matchers that do not fit a packet, and that they do when they are turned round.
#[track_caller]
fn fit_not(packet: &Packet, connection: &Connection, others: &str) {
    let turned: Vec<String> = others.split(' ').map(turn).collect();
    fit(packet, connection, &turned.join(" "));
}

fn turn(matcher: &str) -> String {
    match matcher.split_once("=!") {
        Some((property, value)) => format!("{property}={value}"),
        None => matcher.replacen('=', "=!", 1),
    }
}
