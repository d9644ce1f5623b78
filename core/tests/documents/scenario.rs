//! What is assumed of the world around a router, and what is asked of all states of its lines.

use multi_isp::simulate::{Condition, Lease, Noticed, Protocol, SOMEBODY, SOMEWHERE, Source, Traffic};
use multi_isp::{Scenario, WhatIf};

use super::Kind;
use super::Who::{Both, Reader};

const SCENARIO: Kind<Scenario> = Kind {
    read: Scenario::from_json,
    name: Scenario::SCHEMA,
    schema: Scenario::JSON_SCHEMA,
};

const WHAT_IF: Kind<WhatIf> = Kind {
    read: WhatIf::from_json,
    name: WhatIf::SCHEMA,
    schema: WhatIf::JSON_SCHEMA,
};

fn traffic(fields: &str) -> Traffic {
    SCENARIO.read(&format!(r#""traffic": {{{fields}}}"#)).traffic
}

#[test]
fn what_is_not_said_is_as_usual() {
    SCENARIO.is_strict("");
    WHAT_IF.is_strict("");
    assert_eq!(SCENARIO.read(""), Scenario::default());
    let nulls = r#""lines": null, "leases": null, "noticed": null, "traffic": null"#;
    assert_eq!(SCENARIO.read(nulls), Scenario::default());
    assert_eq!(traffic(""), Traffic::default());
    assert_eq!(WHAT_IF.read(""), WhatIf::default());
    let nulls = r#""lines": null, "failures": null, "management": null, "scenario": null"#;
    assert_eq!(WHAT_IF.read(nulls), WhatIf::default());
}

#[test]
fn a_scenario_with_every_field() {
    let scenario = SCENARIO.read(
        r#""lines": [{"interface": "ether1", "condition": "gateway_dead"}, {"interface": {"hex": "CF"}, "condition": "up"}],
        "leases": [{"interface": "ether2", "address": "198.51.100.2/24", "gateway": "198.51.100.1"}],
        "noticed": "checks",
        "traffic": {"from": {"type": "interface", "interface": "vlan7", "source": "10.0.0.9"}, "to": "192.0.2.9",
            "protocol": "udp", "port": 53, "established": true, "logged_in": false}"#,
    );
    let lease = Lease {
        address: "198.51.100.2/24".parse().unwrap(),
        gateway: "198.51.100.1".parse().unwrap(),
    };
    let traffic = Traffic {
        from: Source::Interface {
            interface: "vlan7".into(),
            source: Some("10.0.0.9".parse().unwrap()),
        },
        to: Some("192.0.2.9".parse().unwrap()),
        protocol: Protocol::Udp,
        port: Some(53),
        established: true,
        logged_in: false,
    };
    let expected = Scenario::default()
        .with_line("ether1", Condition::GatewayDead)
        .with_line(vec![0xCF], Condition::Up)
        .with_lease("ether2", lease)
        .with_traffic(traffic)
        .at(Noticed::Checks);
    assert_eq!(scenario, expected);
}

#[test]
fn where_traffic_goes_depends_on_where_it_comes_from() {
    let inside = traffic(r#""from": {"type": "router"}"#);
    assert_eq!((inside.from, inside.to), (Source::Router, Some(SOMEWHERE)));
    let outside = traffic(r#""from": {"type": "internet", "line": "ether2"}"#);
    assert_eq!(
        (outside.from, outside.to),
        (Source::internet("ether2", Some(SOMEBODY)), None)
    );
    let outside = traffic(
        r#""from": {"type": "internet", "line": "ether2", "source": "192.0.2.7"}, "to": "192.0.2.8""#,
    );
    assert_eq!(
        outside.from,
        Source::internet("ether2", Some("192.0.2.7".parse().unwrap()))
    );
    assert_eq!(outside.to, Some("192.0.2.8".parse().unwrap()));
    assert_eq!(traffic(r#""from": {"type": "lan"}"#), Traffic::default());
    let ping = traffic(r#""protocol": "icmp""#);
    assert_eq!((ping.protocol, ping.port), (Protocol::Icmp, None));
}

#[test]
fn faults_of_a_scenario_stand_where_they_are() {
    for (fields, fault, who) in [
        (
            r#""lines": {"ether1": "up"}"#,
            ["wrong-type", "lines", r#"{"ether1": "up"}"#],
            Both,
        ),
        (
            r#""lines": [{"interface": "ether1", "condition": "dead"}]"#,
            ["unknown-value", "lines[0].condition", r#""dead""#],
            Both,
        ),
        (
            r#""lines": [{"interface": 1, "condition": "up"}]"#,
            ["wrong-type", "lines[0].interface", "1"],
            Both,
        ),
        (
            r#""lines": [{"interface": {"hex": "C"}, "condition": "up"}]"#,
            ["unknown-value", "lines[0].interface.hex", r#""C""#],
            Both,
        ),
        (
            r#""lines": [{"interface": "a", "condition": "up"}, {"interface": {"hex": "61"}, "condition": "no_lease"}]"#,
            [
                "duplicate-interface",
                "lines[1]",
                r#"{"interface": {"hex": "61"}, "condition": "no_lease"}"#,
            ],
            Reader,
        ),
        (
            r#""leases": [{"interface": "a", "address": "10.0.0.2", "gateway": "10.0.0.1"}]"#,
            ["unknown-value", "leases[0].address", r#""10.0.0.2""#],
            Both,
        ),
        (
            r#""noticed": "late""#,
            ["unknown-value", "noticed", r#""late""#],
            Both,
        ),
        (
            r#""traffic": {"from": "lan"}"#,
            ["wrong-type", "traffic.from", r#""lan""#],
            Both,
        ),
        (
            r#""traffic": {"from": {"type": "wan"}}"#,
            ["unknown-value", "traffic.from.type", r#""wan""#],
            Both,
        ),
        (
            r#""traffic": {"from": {"type": "lan", "line": "a"}}"#,
            ["unknown-field", "traffic.from.line", r#""line""#],
            Both,
        ),
        (
            r#""traffic": {"from": {"type": "internet"}}"#,
            ["missing-field", "traffic.from.line", r#"{"type": "internet"}"#],
            Both,
        ),
        (
            r#""traffic": {"port": 65536}"#,
            ["unknown-value", "traffic.port", "65536"],
            Both,
        ),
        (
            r#""traffic": {"protocol": "icmp", "port": 8}"#,
            ["unknown-value", "traffic.port", "8"],
            Reader,
        ),
        (
            r#""traffic": {"to": "example.org"}"#,
            ["unknown-value", "traffic.to", r#""example.org""#],
            Both,
        ),
    ] {
        SCENARIO.refuses(fields, fault, who);
    }
}

#[test]
fn a_question_with_every_field() {
    let asked = WHAT_IF.read(
        r#""lines": ["ether2", {"hex": "CF"}], "failures": ["no_lease", "link_down"], "management": "192.0.2.50",
        "scenario": {"schema": "multi-isp/scenario/1", "noticed": "at_once"}"#,
    );
    let expected = WhatIf {
        lines: vec!["ether2".into(), vec![0xCF].into()],
        failures: vec![Condition::NoLease, Condition::LinkDown],
        management: Some("192.0.2.50".parse().unwrap()),
        scenario: Scenario::default().at(Noticed::AtOnce),
    };
    assert_eq!(asked, expected);
    let short = WHAT_IF.document(r#""scenario": {"noticed": "at_once"}"#);
    assert_eq!(
        WhatIf::from_json(short.as_bytes()).unwrap().scenario,
        expected.scenario
    );
    for (fields, fault, who) in [
        (
            r#""failures": ["up"]"#,
            ["unknown-value", "failures[0]", r#""up""#],
            Reader,
        ),
        (
            r#""management": ["192.0.2.50"]"#,
            ["wrong-type", "management", r#"["192.0.2.50"]"#],
            Both,
        ),
        (
            r#""scenario": {"schema": "multi-isp/scenario/1", "colour": 1}"#,
            ["unknown-field", "scenario.colour", r#""colour""#],
            Both,
        ),
        (
            r#""scenario": {"schema": "multi-isp/scenario/2"}"#,
            ["unknown-schema", "scenario.schema", r#""multi-isp/scenario/2""#],
            Both,
        ),
    ] {
        WHAT_IF.refuses(fields, fault, who);
    }
}
