//! Every matcher, as it is and turned round.

#![cfg(test)]

use std::collections::BTreeSet;

use super::*;
use crate::routeros::schema;
use crate::simulate::firewall::{draws, matchers, rule};
use crate::simulate::packet::Translated;

#[test]
fn no_property_is_passed_over() {
    let modelled: Vec<&str> = matchers::MODELLED.iter().map(|(name, ..)| *name).collect();
    let kinds: [&[&str]; 4] = [rule::ARGUMENTS, &modelled, &draws::DRAWN, UNMODELLED];
    let mut seen = BTreeSet::new();
    for menu in Menu::ALL {
        for property in schema::menu(menu.path()).unwrap().properties() {
            let name = property.name();
            let of = kinds.iter().filter(|names| names.contains(&name)).count();
            assert_eq!(of, 1, "{name} of {} must be of one kind", menu.path());
            seen.insert(name);
        }
    }
    let all: BTreeSet<&str> = kinds.iter().flat_map(|names| names.iter().copied()).collect();
    assert_eq!(seen, all, "no other names");
}

/// Matchers of which nothing is modelled: what a packet carries, how fast it comes, when, how large it is.
const UNMODELLED: &[&str] = &[
    "connection-bytes",
    "connection-limit",
    "connection-rate",
    "connection-type",
    "content",
    "dscp",
    "dst-limit",
    "in-bridge-port",
    "in-bridge-port-list",
    "ingress-priority",
    "layer7-protocol",
    "limit",
    "out-bridge-port",
    "out-bridge-port-list",
    "p2p",
    "packet-size",
    "priority",
    "psd",
    "realm",
    "src-mac-address",
    "tcp-mss",
    "time",
    "tls-host",
    "tos",
    "ttl",
];

#[test]
fn what_is_not_modelled_is_told_where_everything_else_matches() {
    for property in UNMODELLED {
        let rule = format!("add chain=prerouting action=drop {property}=1 in-interface=bridge");
        let told = walk(&rule, PREROUTING, &customer(), &known());
        assert_eq!(told.verdict, "accept");
        assert_eq!(
            told.unmodelled,
            [format!(
                "line 29 of /ip firewall mangle: `{property}` is not modelled; the rule is taken not to match"
            )]
        );
        assert_eq!(told.events.len(), 1);
        let elsewhere = rule.replace("bridge", "ether1");
        let passed = walk(&elsewhere, PREROUTING, &customer(), &known());
        assert_eq!(
            (passed.unmodelled.len(), passed.events.len()),
            (0, 0),
            "{property} does not matter there"
        );
    }
    let odd = walk(
        "add chain=prerouting action=drop routing-table=x",
        PREROUTING,
        &customer(),
        &known(),
    );
    assert_eq!(
        odd.unmodelled.len(),
        1,
        "nor is a property that the schema does not hold"
    );
    let odd = walk(
        "add chain=prerouting action=drop nth=1,1,0",
        PREROUTING,
        &customer(),
        &known(),
    );
    let told =
        "line 29 of /ip firewall mangle: `1,1,0` of `nth` is not understood; the rule is taken not to match";
    assert_eq!(odd.unmodelled, [told]);
}

#[test]
fn interfaces_are_matched_by_name_kind_and_list() {
    let packet = customer();
    let fitting = "in-interface=bridge in-interface-list=LAN in-interface-list=ALL in-interface-list=all";
    fit(&packet, &known(), fitting);
    fit(
        &packet,
        &known(),
        "in-interface-list=static in-interface=!all-ethernet in-interface=!all-ppp",
    );
    fit_not(
        &packet,
        &known(),
        "in-interface=ether1 in-interface-list=WAN in-interface-list=none",
    );
    fit_not(
        &packet,
        &known(),
        "in-interface-list=dynamic out-interface=ether1 out-interface-list=WAN",
    );
    let from = |interface: &str| Packet {
        in_interface: Some(Value::from(interface)),
        ..customer()
    };
    fit(
        &from("ether1"),
        &known(),
        "in-interface=all-ethernet in-interface-list=!LAN",
    );
    fit(
        &from("pppoe-out1"),
        &known(),
        "in-interface=all-ppp in-interface-list=WAN",
    );
    fit(&from("vlan7"), &known(), "in-interface=all-vlan");
    fit(
        &from("<pppoe-jo>"),
        &known(),
        "in-interface=all-ppp in-interface-list=dynamic in-interface-list=!static",
    );
    let out = Packet {
        out_interface: Some(Value::from("ether1")),
        ..customer()
    };
    fit(&out, &known(), "out-interface=ether1 out-interface-list=WAN");
    let own = Packet {
        in_interface: None,
        ..customer()
    };
    fit_not(&own, &known(), "in-interface=bridge in-interface-list=all");
}

#[test]
fn addresses_are_matched_by_range_list_and_type() {
    let (packet, known) = (customer(), known());
    fit(
        &packet,
        &known,
        "src-address=192.168.88.0/24 src-address=192.168.88.10 dst-address=0.0.0.0/0",
    );
    fit(
        &packet,
        &known,
        "dst-address=203.0.113.70-203.0.113.80 src-address-type=unicast \
        dst-address-type=unicast",
    );
    fit_not(
        &packet,
        &known,
        "dst-address=203.0.113.81-203.0.113.90 src-address=192.168.88.11 \
        dst-address-type=local",
    );
    fit(
        &packet,
        &known,
        "dst-address-type=unicast,local dst-address-type=!local,broadcast",
    );
    let to = |address: [u8; 4]| Packet {
        destination: address.into(),
        ..customer()
    };
    fit(
        &to([192, 168, 88, 1]),
        &known,
        "dst-address-type=local dst-address-type=!unicast",
    );
    fit(&to([127, 0, 0, 1]), &known, "dst-address-type=local");
    fit(
        &to([192, 168, 88, 255]),
        &known,
        "dst-address-type=broadcast dst-address-type=!local",
    );
    fit(&to([255; 4]), &known, "dst-address-type=broadcast");
    fit(&to([224, 0, 0, 5]), &known, "dst-address-type=multicast");
    assert_eq!(
        fits_as("dst-address-type=blackhole", &packet, &known),
        None,
        "that is a matter of routes"
    );
    assert_eq!(
        fits_as("dst-address-type=!unicast,blackhole", &packet, &known),
        Some(false)
    );
    assert_eq!(fits_as("src-address=jo", &packet, &known), None);
}

#[test]
fn marks_are_matched_and_so_is_their_absence() {
    let (packet, connection) = (customer(), known());
    fit(
        &packet,
        &connection,
        "connection-mark=no-mark routing-mark=main packet-mark=no-mark connection-mark=!x",
    );
    let packet = Packet {
        routing_mark: Some(Value::from("to-isp1")),
        packet_mark: Some(Value::from("voip")),
        ..customer()
    };
    let marked = Connection {
        mark: Some(Value::from("via-isp1")),
        ..known()
    };
    fit(
        &packet,
        &marked,
        "connection-mark=via-isp1 routing-mark=to-isp1 packet-mark=voip",
    );
    fit_not(
        &packet,
        &marked,
        "connection-mark=no-mark routing-mark=main packet-mark=no-mark connection-mark=x",
    );
}

#[test]
fn states_are_those_of_the_connection() {
    let new = Connection::default();
    fit(
        &customer(),
        &new,
        "connection-state=new connection-state=!established,related \
        connection-nat-state=!srcnat,dstnat",
    );
    fit_not(
        &customer(),
        &new,
        "connection-state=established,related,untracked connection-state=invalid",
    );
    fit(
        &customer(),
        &known(),
        "connection-state=established,related connection-state=!new",
    );
    let translated = Translated {
        was: [192, 168, 88, 10].into(),
        was_port: None,
        address: [192, 0, 2, 2].into(),
        port: None,
    };
    let translated = Connection {
        destination: Some(translated),
        ..known()
    };
    fit(
        &customer(),
        &translated,
        "connection-nat-state=dstnat connection-nat-state=!srcnat \
        connection-nat-state=srcnat,dstnat",
    );
    fit_not(&customer(), &translated, "connection-nat-state=ein-dnat");
    let untracked = Connection {
        is_untracked: true,
        ..known()
    };
    fit(
        &customer(),
        &untracked,
        "connection-state=untracked connection-state=!established",
    );
}

#[test]
fn protocols_ports_and_flags_are_those_of_the_packet() {
    let (packet, new) = (customer(), Connection::default());
    fit(
        &packet,
        &new,
        "protocol=tcp protocol=6 protocol=!udp protocol=!icmp",
    );
    fit(
        &packet,
        &new,
        "dst-port=80,443 dst-port=400-500 src-port=!1-1024 port=443 port=40000",
    );
    fit_not(&packet, &new, "dst-port=40000 src-port=443 port=80");
    assert_eq!(fits_as("tcp-flags=syn", &packet, &new), Some(true));
    assert_eq!(fits_as("tcp-flags=syn,!ack", &packet, &new), Some(true));
    assert_eq!(fits_as("tcp-flags=!syn,!fin", &packet, &new), Some(false));
    assert_eq!(fits_as("tcp-flags=syn", &packet, &known()), Some(false));
    assert_eq!(fits_as("tcp-flags=ack,!fin", &packet, &known()), Some(true));
    assert_eq!(fits_as("tcp-flags=psh", &packet, &known()), None);
    assert_eq!(fits_as("icmp-options=8:0", &packet, &new), Some(false));
    assert_eq!(
        fits_as("icmp-options=!8:0", &packet, &new),
        Some(false),
        "that is no ICMP"
    );
    let ping = Packet {
        protocol: Protocol::Icmp,
        source_port: None,
        destination_port: None,
        ..customer()
    };
    fit(
        &ping,
        &new,
        "protocol=icmp protocol=1 icmp-options=8:0 icmp-options=8 icmp-options=8:0-255 \
        icmp-options=!3:4",
    );
    for no_port in ["dst-port=53", "dst-port=!53", "port=!1", "tcp-flags=!syn"] {
        assert_eq!(fits_as(no_port, &ping, &new), Some(false), "{no_port}");
    }
    let pong = Packet {
        direction: Direction::Reply,
        ..ping
    };
    fit(&pong, &new, "icmp-options=0:0 icmp-options=!8:0");
}

#[test]
fn hotspots_ipsec_and_options_are_matched_as_far_as_they_are_known() {
    let of = |logged_in| Packet {
        logged_in,
        ..customer()
    };
    let hotspot = |items: &str, logged_in| fits_as(&format!("hotspot={items}"), &of(logged_in), &known());
    assert_eq!(hotspot("auth", Some(true)), Some(true));
    assert_eq!(hotspot("!auth", Some(true)), Some(false));
    assert_eq!(hotspot("auth", Some(false)), Some(false));
    assert_eq!(hotspot("!auth", Some(false)), Some(true));
    assert_eq!(
        hotspot("auth", None),
        Some(false),
        "where no hotspot is, nobody has logged in"
    );
    assert_eq!(hotspot("!auth", None), Some(true));
    assert_eq!(hotspot("from-client,!auth", Some(false)), Some(true));
    assert_eq!(hotspot("from-client,!auth", Some(true)), Some(false));
    assert_eq!(hotspot("to-client", Some(true)), Some(false));
    assert_eq!(hotspot("http", Some(true)), None);
    assert_eq!(
        hotspot("local-dst,!auth", Some(true)),
        Some(false),
        "whatever its destination, he has logged in"
    );
    assert_eq!(hotspot("http", None), Some(false));
    let fixed = [
        "ipsec-policy=out,none",
        "ipsec-policy=in,none",
        "fragment=no",
        "ipv4-options=none",
    ];
    for matcher in fixed {
        assert_eq!(fits_as(matcher, &customer(), &known()), Some(true), "{matcher}");
    }
    for matcher in ["ipsec-policy=in,ipsec", "fragment=yes", "ipv4-options=any"] {
        assert_eq!(fits_as(matcher, &customer(), &known()), Some(false), "{matcher}");
    }
}
