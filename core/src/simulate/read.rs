//! Scenarios and questions as JSON documents.

use alloc::format;
use alloc::vec::Vec;

use super::packet::Protocol;
use super::scenario::{Condition, Lease, Noticed, Scenario, Source, Traffic};
use super::what_if::WhatIf;
use crate::diagnostic::Code;
use crate::document::{Document, DocumentErrors, Fields, Node, SMALL};
use crate::routeros::value::Value;

impl Scenario {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/scenario/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("scenario.schema.json");

    /// The scenario of a JSON document, schema `multi-isp/scenario/1`. What it leaves out is as in [`Scenario::default`], the
    /// destination of its traffic as in [`Traffic::of`].
    ///
    /// # Errors
    ///
    /// All that is wrong with it: `too-large`, `not-utf8`, `invalid-json`, `unknown-schema`, `unknown-field`, `duplicate-field`,
    /// `missing-field`, `wrong-type`, `unknown-value`, `duplicate-interface`.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::Scenario;
    /// use multi_isp::simulate::Condition;
    ///
    /// let scenario = Scenario::from_json(br#"{"schema": "multi-isp/scenario/1",
    ///     "lines": [{"interface": "ether1", "condition": "gateway_dead"}],
    ///     "traffic": {"from": {"type": "internet", "line": "ether2"}, "port": 8291}}"#)?;
    /// assert_eq!(scenario.condition(b"ether1"), Condition::GatewayDead);
    /// assert_eq!(scenario.traffic.to, None, "it goes to the router's address there");
    /// # Ok::<(), multi_isp::DocumentErrors>(())
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        let (mut document, root) = Document::open(json, SMALL)?;
        let scenario = scenario(&mut document, &root);
        document.finish(Some(scenario))
    }
}

impl WhatIf {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/what-if-options/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("what-if-options.schema.json");

    /// What a JSON document asks, schema `multi-isp/what-if-options/1`. What it leaves out is as in [`WhatIf::default`].
    ///
    /// # Errors
    ///
    /// Those of [`Scenario::from_json`].
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::WhatIf;
    /// use multi_isp::simulate::Condition;
    ///
    /// let json = br#"{"schema": "multi-isp/what-if-options/1", "failures": ["no_lease"]}"#;
    /// let asked = WhatIf::from_json(json)?;
    /// assert_eq!(asked, WhatIf { failures: vec![Condition::NoLease], ..WhatIf::default() });
    /// # Ok::<(), multi_isp::DocumentErrors>(())
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        let (mut document, root) = Document::open(json, SMALL)?;
        let asked = what_if(&mut document, &root);
        document.finish(Some(asked))
    }
}

fn what_if<'a>(document: &mut Document<'a>, root: &Node<'a>) -> WhatIf {
    let fields = document.fields(root, &["schema", "lines", "failures", "management", "scenario"]);
    document.schema(&fields, WhatIf::SCHEMA, "question");
    let usual = WhatIf::default();
    let lines = document.given(&fields, "lines", |document, node| document.list(node, name));
    let failures = document.given(&fields, "failures", |document, node| document.list(node, failure));
    let management = document.given(&fields, "management", Document::address);
    let scenario = document.given(&fields, "scenario", |document, node| {
        Some(scenario(document, node))
    });
    WhatIf {
        lines: lines.unwrap_or(usual.lines),
        failures: failures.unwrap_or(usual.failures),
        management: management.or(usual.management),
        scenario: scenario.unwrap_or(usual.scenario),
    }
}

/// What of it could be read.
fn scenario<'a>(document: &mut Document<'a>, root: &Node<'a>) -> Scenario {
    let fields = document.fields(root, &["schema", "lines", "leases", "noticed", "traffic"]);
    document.schema(&fields, Scenario::SCHEMA, "scenario");
    let lines = of_interfaces(document, &fields, "lines", line);
    let leases = of_interfaces(document, &fields, "leases", lease);
    let noticed = document.given(&fields, "noticed", |document, node| {
        document.word(node, Noticed::ALL, Noticed::as_str)
    });
    let traffic = document.given(&fields, "traffic", traffic);
    let mut scenario = Scenario::default();
    for (interface, condition) in lines {
        scenario = scenario.with_line(interface, condition);
    }
    for (interface, lease) in leases {
        scenario = scenario.with_lease(interface, lease);
    }
    scenario.noticed = noticed.unwrap_or(scenario.noticed);
    scenario.traffic = traffic.unwrap_or(scenario.traffic);
    scenario
}

/// The items of a list, each about an interface, and no two about the same.
fn of_interfaces<'a, T>(
    document: &mut Document<'a>,
    fields: &Fields<'a>,
    name: &str,
    item: fn(&mut Document<'a>, &Node<'a>) -> Option<(Value, T)>,
) -> Vec<(Value, T)> {
    let nodes = document.given(fields, name, Document::items).unwrap_or_default();
    let mut items: Vec<(Value, T)> = Vec::new();
    for node in nodes {
        let Some((interface, about)) = item(document, &node) else {
            continue;
        };
        if items.iter().any(|(earlier, _)| *earlier == interface) {
            let message = "is about the interface of an earlier one";
            document.fault(DUPLICATE_INTERFACE, &node.path, message, "keep one of the two");
        }
        items.push((interface, about));
    }
    items
}

fn line<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<(Value, Condition)> {
    let fields = document.fields(node, &["interface", "condition"]);
    let interface = document.needed(&fields, "interface", name);
    let condition = document.needed(&fields, "condition", |document, node| {
        document.word(node, &Condition::ALL, Condition::as_str)
    });
    Some((interface?, condition?))
}

fn lease<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<(Value, Lease)> {
    let fields = document.fields(node, &["interface", "address", "gateway"]);
    let interface = document.needed(&fields, "interface", name);
    let address = document.needed(&fields, "address", Document::interface_address);
    let gateway = document.needed(&fields, "gateway", Document::address);
    let lease = Lease {
        address: address?,
        gateway: gateway?,
    };
    Some((interface?, lease))
}

fn failure<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Condition> {
    let [_, failures @ ..] = Condition::ALL;
    document.word(node, &failures, Condition::as_str)
}

fn traffic<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Traffic> {
    let fields = document.fields(node, TRAFFIC_FIELDS);
    let from = document.given(&fields, "from", source);
    let usual = Traffic::of(from.unwrap_or_default());
    let to = document.given(&fields, "to", Document::address);
    let protocol = document.given(&fields, "protocol", |document, node| {
        document.word(node, Protocol::ALL, Protocol::as_str)
    });
    let protocol = protocol.unwrap_or(usual.protocol);
    let port = document.given(&fields, "port", |document, node| {
        document.number(node, "a port, from 0 to 65535", |text| text.parse().ok())
    });
    if let Some(node) = fields.optional("port").filter(|_| !protocol.has_ports()) {
        let message = format!("is given for `{protocol}`, which has no ports");
        document.fault(UNKNOWN_VALUE, &node.path, message, "leave it out");
    }
    let established = document.given(&fields, "established", Document::flag);
    let logged_in = document.given(&fields, "logged_in", Document::flag);
    Some(Traffic {
        to: to.or(usual.to),
        protocol,
        port: port.or(usual.port).filter(|_| protocol.has_ports()),
        established: established.unwrap_or(usual.established),
        logged_in: logged_in.unwrap_or(usual.logged_in),
        from: usual.from,
    })
}

fn source<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Source> {
    let fields = document.any_fields(node);
    let kind = document.required(&fields, "type")?;
    let kind = document.named(&kind, SOURCES)?;
    document.refuse_others(&fields, kind.fields());
    match kind {
        SourceKind::Lan => Some(Source::Lan),
        SourceKind::Router => Some(Source::Router),
        SourceKind::Interface => {
            let interface = document.needed(&fields, "interface", name);
            let source = document.given(&fields, "source", Document::address);
            Some(Source::Interface {
                interface: interface?,
                source,
            })
        }
        SourceKind::Internet => {
            let line = document.needed(&fields, "line", name);
            let source = document.given(&fields, "source", Document::address);
            Some(Source::internet(line?, source))
        }
    }
}

#[derive(Clone, Copy)]
enum SourceKind {
    Lan,
    Router,
    Interface,
    Internet,
}

impl SourceKind {
    fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Lan | Self::Router => &["type"],
            Self::Interface => &["type", "interface", "source"],
            Self::Internet => &["type", "line", "source"],
        }
    }
}

fn name<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Value> {
    document.text(node).map(Value::from)
}

const SOURCES: &[(&str, SourceKind)] = &[
    ("lan", SourceKind::Lan),
    ("router", SourceKind::Router),
    ("interface", SourceKind::Interface),
    ("internet", SourceKind::Internet),
];
const TRAFFIC_FIELDS: &[&str] = &["from", "to", "protocol", "port", "established", "logged_in"];

const DUPLICATE_INTERFACE: Code = Code::new("duplicate-interface");
const UNKNOWN_VALUE: Code = Code::new("unknown-value");
