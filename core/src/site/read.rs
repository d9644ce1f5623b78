//! JSON document -> draft -> site.

use alloc::format;
use core::net::Ipv4Addr;
use core::time::Duration;

use ipnet::Ipv4Net;

use super::{
    Access, Apn, Classifier, Dial, Dns, Health, Lan, LineDraft, Mbps, Mode, Modem, Secret, Site, SiteDraft,
    Spread, StaleConnections, Text, Webhook,
};
use crate::document::{Document, DocumentErrors, Fields, Frames, HEX, Limit, Node};

pub(super) fn site(json: &[u8]) -> Result<Site, DocumentErrors> {
    read(json).map_err(|errors| errors.framed(FRAMES))
}

fn read(json: &[u8]) -> Result<Site, DocumentErrors> {
    let (mut document, root) = Document::open(json, LIMIT)?;
    let built = draft(&mut document, &root).build();
    if let Err(errors) = &built {
        document.add_unless_explained(errors.diagnostics());
    }
    DocumentErrors::unless_empty(document.into_faults())?;
    built
}

/// Draft of what could be read
fn draft<'a>(document: &mut Document<'a>, root: &Node<'a>) -> SiteDraft {
    let fields = document.fields(root, SITE_FIELDS);
    document.schema(&fields, Site::SCHEMA, "site");
    let mode = document.required(&fields, "mode");
    let mode = mode.and_then(|node| document.word(&node, Mode::ALL, Mode::as_str));
    let lines = document
        .required(&fields, "lines")
        .and_then(|node| document.items(&node));
    let lines = lines
        .unwrap_or_default()
        .iter()
        .map(|node| line(document, node))
        .collect();

    let mut draft = SiteDraft::new(mode.unwrap_or(Mode::Failover), lines);
    if let Some(node) = fields.optional("health") {
        set(
            &mut draft.health,
            document.word(&node, Health::ALL, Health::as_str),
        );
    }
    if let Some(node) = fields.optional("lan") {
        let interfaces = document.list(&node, text_of);
        set(&mut draft.lan, interfaces.map(Lan::Interfaces));
    }
    if let Some(node) = fields.optional("management") {
        set(&mut draft.management, document.list(&node, prefix));
    }
    if let Some(node) = fields.optional("dns") {
        set(
            &mut draft.dns,
            document.list(&node, Document::address).map(Dns::Servers),
        );
    }
    if let Some(node) = fields.optional("classifier") {
        set(
            &mut draft.classifier,
            document.word(&node, Classifier::ALL, Classifier::as_str),
        );
    }
    if let Some(node) = fields.optional("max_buckets") {
        set(
            &mut draft.max_buckets,
            document.number(&node, "a whole number", |text| text.parse().ok()),
        );
    }
    if let Some(node) = fields.optional("spread") {
        set(
            &mut draft.spread,
            document.word(&node, Spread::ALL, Spread::as_str),
        );
    }
    if let Some(node) = fields.optional("replies") {
        set(&mut draft.replies, document.flag(&node));
    }
    if let Some(node) = fields.optional("stale_connections") {
        set(
            &mut draft.stale_connections,
            document.word(&node, StaleConnections::ALL, StaleConnections::as_str),
        );
    }
    draft.webhook = fields
        .optional("webhook")
        .and_then(|node| webhook(document, &node));
    draft
}

fn webhook<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Webhook> {
    let fields = document.fields(node, WEBHOOK_FIELDS);
    let url = fields.optional("url").and_then(|node| document.string(&node));
    let mut webhook = Webhook {
        url: url.map(Secret::from),
        interval: Webhook::USUAL,
    };
    if let Some(node) = fields.optional("interval") {
        let seconds = document.number(&node, "a whole number of seconds", |text| text.parse().ok());
        set(&mut webhook.interval, seconds.map(Duration::from_secs));
    }
    Some(webhook)
}

fn line<'a>(document: &mut Document<'a>, node: &Node<'a>) -> LineDraft {
    let fields = document.fields(node, LINE_FIELDS);
    let id = document
        .required(&fields, "id")
        .and_then(|node| document.string(&node));
    let interface = document
        .required(&fields, "interface")
        .and_then(|node| text_of(document, &node));
    let access = document
        .required(&fields, "access")
        .and_then(|node| access(document, &node));
    let mbps = document
        .required(&fields, "mbps")
        .and_then(|node| speed(document, &node));

    let mut draft = LineDraft::new(
        id.unwrap_or_default(),
        interface.unwrap_or_default(),
        access.unwrap_or(Access::Dhcp),
        mbps.unwrap_or(Mbps::MAX),
    );
    draft.label = fields.optional("label").and_then(|node| text_of(document, &node));
    if let Some(node) = fields.optional("metered") {
        set(&mut draft.metered, document.flag(&node));
    }
    draft.health = fields
        .optional("health")
        .and_then(|node| document.word(&node, Health::ALL, Health::as_str));
    draft.probes = fields
        .optional("probes")
        .and_then(|node| document.list(&node, Document::address));
    draft
}

fn access<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Access> {
    let fields = document.any_fields(node);
    let kind = document.required(&fields, "type")?;
    let word = document.string(&kind)?;
    let Some((_, known)) = ACCESS_FIELDS.iter().find(|(kind, _)| *kind == word) else {
        let words = Access::WORDS.join("`, `");
        document.unknown_value(&kind, &word, &format!("write one of `{words}`"));
        return None;
    };
    document.refuse_others(&fields, known);
    // Any field beside `type` describes what is to be made: the others that it takes are needed then.
    let is_described = known
        .iter()
        .any(|name| *name != "type" && fields.optional(name).is_some());
    match word.as_str() {
        "static" => fixed(document, &fields),
        "pppoe" if is_described => dial(document, &fields).map(|dial| Access::Pppoe(Some(dial))),
        "pppoe" => Some(Access::Pppoe(None)),
        "lte" if is_described => apn(document, &fields).map(|apn| Access::Lte(Some(apn))),
        "lte" => Some(Access::Lte(None)),
        "ppp" if is_described => modem(document, &fields).map(|modem| Access::Ppp(Some(modem))),
        "ppp" => Some(Access::Ppp(None)),
        "tunnel" => Some(Access::Tunnel),
        _ => Some(Access::Dhcp),
    }
}

fn fixed<'a>(document: &mut Document<'a>, fields: &Fields<'a>) -> Option<Access> {
    let own = document
        .required(fields, "address")
        .and_then(|node| document.interface_address(&node));
    let gateway = document
        .required(fields, "gateway")
        .and_then(|node| document.address(&node));
    Some(Access::Static {
        address: own?,
        gateway: gateway?,
    })
}

fn dial<'a>(document: &mut Document<'a>, fields: &Fields<'a>) -> Option<Dial> {
    let (port, user) = (
        required_text(document, fields, "port"),
        required_text(document, fields, "user"),
    );
    Some(Dial {
        password: text(document, fields, "password").map(Secret::from),
        service: text(document, fields, "service"),
        port: port?,
        user: user?,
    })
}

fn apn<'a>(document: &mut Document<'a>, fields: &Fields<'a>) -> Option<Apn> {
    let name = required_text(document, fields, "apn");
    Some(Apn {
        user: text(document, fields, "user"),
        password: text(document, fields, "password").map(Secret::from),
        name: name?,
    })
}

fn modem<'a>(document: &mut Document<'a>, fields: &Fields<'a>) -> Option<Modem> {
    let (port, apn) = (required_text(document, fields, "port"), apn(document, fields));
    Some(Modem {
        pin: text(document, fields, "pin").map(Secret::from),
        phone: text(document, fields, "phone"),
        data_channel: channel(document, fields, "data_channel"),
        info_channel: channel(document, fields, "info_channel"),
        port: port?,
        apn: apn?,
    })
}

fn required_text<'a>(document: &mut Document<'a>, fields: &Fields<'a>, name: &str) -> Option<Text> {
    document
        .required(fields, name)
        .and_then(|node| text_of(document, &node))
}

fn text<'a>(document: &mut Document<'a>, fields: &Fields<'a>, name: &str) -> Option<Text> {
    fields.optional(name).and_then(|node| text_of(document, &node))
}

fn text_of<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Text> {
    document.text(node).map(Text::from)
}

fn channel<'a>(document: &mut Document<'a>, fields: &Fields<'a>, name: &str) -> Option<u8> {
    let node = fields.optional(name)?;
    document.number(&node, "a whole number from 0 to 255", |text| text.parse().ok())
}

fn speed<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Mbps> {
    let what = "Mbps from 0.001 to 1000000 with at most three decimals";
    document.number(node, what, |text| text.parse().ok())
}

/// A prefix, or an address for itself
fn prefix<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Ipv4Net> {
    document.parsed(
        node,
        "an IPv4 address or prefix; the plan leaves IPv6 alone",
        |text| {
            text.parse()
                .ok()
                .or_else(|| text.parse::<Ipv4Addr>().ok().map(Ipv4Net::from))
        },
    )
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

const SITE_FIELDS: &[&str] = &[
    "schema",
    "mode",
    "lines",
    "health",
    "lan",
    "management",
    "dns",
    "classifier",
    "max_buckets",
    "spread",
    "replies",
    "stale_connections",
    "webhook",
];
const WEBHOOK_FIELDS: &[&str] = &["url", "interval"];
const LINE_FIELDS: &[&str] = &[
    "id",
    "label",
    "interface",
    "access",
    "mbps",
    "metered",
    "health",
    "probes",
];
/// Types of access with their fields
const ACCESS_FIELDS: &[(&str, &[&str])] = &[
    ("dhcp", &["type"]),
    ("static", STATIC_FIELDS),
    ("pppoe", PPPOE_FIELDS),
    ("lte", LTE_FIELDS),
    ("ppp", PPP_FIELDS),
    ("tunnel", &["type"]),
];
const STATIC_FIELDS: &[&str] = &["type", "address", "gateway"];
const PPPOE_FIELDS: &[&str] = &["type", "port", "user", "password", "service"];
const LTE_FIELDS: &[&str] = &["type", "apn", "user", "password"];
const PPP_FIELDS: &[&str] = &[
    "type",
    "port",
    "apn",
    "user",
    "password",
    "pin",
    "phone",
    "data_channel",
    "info_channel",
];

/// Those of a [`Secret`], and one that somebody may take for such a field, are not shown.
const FRAMES: Frames = Frames::Public {
    known: &[
        SITE_FIELDS,
        LINE_FIELDS,
        WEBHOOK_FIELDS,
        STATIC_FIELDS,
        PPPOE_FIELDS,
        LTE_FIELDS,
        PPP_FIELDS,
        &[HEX],
    ],
    secret: &["password", "pin", "url", "webhook"],
};

/// A site has to fit into a script on the router, whose pieces are 28 kB
const LIMIT: Limit = Limit {
    bytes: 65_536,
    help: "that of four lines has about 1000",
};

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;
    use std::string::String;
    use std::{format, vec};

    use super::*;

    const LINES: &str = r#"[{"id":"isp1","interface":"ether1","access":{"type":"dhcp"},"mbps":100}]"#;

    fn document(fields: &str) -> String {
        format!(r#"{{"schema":"multi-isp/site/1","mode":"failover","lines":{LINES}{fields}}}"#)
    }

    /// Code, field and marked text of each fault
    fn faults(json: &str) -> Vec<(String, String, String)> {
        let errors = Site::from_json(json.as_bytes()).unwrap_err();
        let fault = |fault: &crate::diagnostic::Diagnostic| {
            let place = fault.place.unwrap();
            let marked = &json[place.offset..place.offset + place.length];
            (
                fault.code.as_str().into(),
                fault
                    .subjects
                    .first()
                    .map(|field| field.name().into())
                    .unwrap_or_default(),
                marked.into(),
            )
        };
        errors.diagnostics().iter().map(fault).collect()
    }

    fn one(code: &str, field: &str, marked: &str) -> Vec<(String, String, String)> {
        vec![(code.into(), field.into(), marked.into())]
    }

    #[test]
    fn each_kind_of_fault_marks_what_it_means() {
        for (fields, code, field, marked) in [
            (r#","mods":1"#, "unknown-field", "mods", r#""mods""#),
            (
                r#","replies":true,"replies":true"#,
                "duplicate-field",
                "replies",
                "true",
            ),
            (r#","replies":"yes""#, "wrong-type", "replies", r#""yes""#),
            (r#","health":"ping""#, "unknown-value", "health", r#""ping""#),
            (
                r#","stale_connections":"all""#,
                "unknown-value",
                "stale_connections",
                r#""all""#,
            ),
            (r#","lan":"all""#, "wrong-type", "lan", r#""all""#),
            (r#","lan":[1]"#, "wrong-type", "lan[0]", "1"),
            (r#","dns":["one.one"]"#, "unknown-value", "dns[0]", r#""one.one""#),
            (r#","dns":[]"#, "empty-list", "dns", "[]"),
            (
                r#","management":["2001:db8::1"]"#,
                "unknown-value",
                "management[0]",
                r#""2001:db8::1""#,
            ),
            (r#","max_buckets":1.5"#, "unknown-value", "max_buckets", "1.5"),
            (
                r#","max_buckets":400"#,
                "invalid-bucket-limit",
                "max_buckets",
                "400",
            ),
            (
                r#","lan":[{"hex":"CF0"}]"#,
                "unknown-value",
                "lan[0].hex",
                r#""CF0""#,
            ),
        ] {
            assert_eq!(faults(&document(fields)), one(code, field, marked), "{fields}");
        }
    }

    #[test]
    fn a_field_that_could_not_be_read_has_one_fault() {
        let line = r#"{"id":7,"interface":"ether1","access":{"type":"dhcp","gateway":"10.0.0.1"},"mbps":0}"#;
        let json = format!(r#"{{"schema":"multi-isp/site/1","mode":"failover","lines":[{line},[]]}}"#);
        let found: Vec<_> = faults(&json)
            .into_iter()
            .map(|(code, field, _)| (code, field))
            .collect();
        let expected = [
            ("wrong-type", "lines[0].id"),
            ("unknown-field", "lines[0].access.gateway"),
            ("unknown-value", "lines[0].mbps"),
            ("wrong-type", "lines[1]"),
        ];
        assert_eq!(found, expected.map(|(code, field)| (code.into(), field.into())));
    }

    #[test]
    fn what_is_missing_marks_its_parent() {
        let json = r#"{"schema":"multi-isp/site/1","mode":"failover","lines":[{"id":"isp1"}]}"#;
        let found = faults(json);
        let fields: Vec<_> = found
            .iter()
            .map(|(code, field, _)| (code.as_str(), field.as_str()))
            .collect();
        let missing = ["interface", "access", "mbps"].map(|name| format!("lines[0].{name}"));
        assert_eq!(
            fields,
            missing.each_ref().map(|field| ("missing-field", field.as_str()))
        );
        assert!(found.iter().all(|(_, _, marked)| marked == r#"{"id":"isp1"}"#));
    }

    #[test]
    fn half_a_sign_and_a_file_name_are_told_as_what_they_are() {
        let halved = Site::from_json(br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
            {"id": "fiber", "label": "\ud800", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 1}]}"#);
        let errors = halved.unwrap_err();
        let found = &errors.diagnostics()[0];
        assert_eq!(found.code.as_str(), "unknown-value");
        assert!(
            found.message.ends_with("half a surrogate pair stands in it"),
            "{}",
            found.message
        );
        let named = Site::from_json(b"sites/home.json").unwrap_err();
        assert!(
            named.diagnostics()[0]
                .help
                .as_ref()
                .is_some_and(|help| help.ends_with("not the name of its file"))
        );
    }

    #[test]
    fn another_schema_is_refused() {
        assert_eq!(
            faults(r#"{"schema":"multi-isp/site/2","mode":"failover","lines":[]}"#),
            one("unknown-schema", "schema", r#""multi-isp/site/2""#)
        );
        assert_eq!(faults("[]"), one("wrong-type", "document", "[]"));
    }

    #[test]
    fn what_is_no_json_says_where() {
        let errors = Site::from_json(b"{\n  \"mode\": failover\n}").unwrap_err();
        assert_eq!(
            errors.render(Some(b"{\n  \"mode\": failover\n}")),
            "error[invalid-json]: the document is no JSON: expected ident\n --> 2:13\n  |\n2 |   \"mode\": failover\n  |             ^\nhelp: mend it there; the fields may be right\n"
        );
        let errors = Site::from_json(b"{\"mode\": \"\xCF\"}").unwrap_err();
        assert_eq!(errors.diagnostics()[0].place.unwrap().column, 11);
    }

    #[test]
    fn bytes_of_any_encoding_go_in_and_come_out() {
        let json = document(r#","lan":[{"hex":"CFf0"},"b\u00fcro"]"#);
        let site = Site::from_json(json.as_bytes()).unwrap();
        assert_eq!(
            *site.lan(),
            Lan::Interfaces(vec![b"\xCF\xF0".to_vec().into(), "büro".into()])
        );
        assert_eq!(Site::from_json(site.to_json().as_bytes()), Ok(site));
    }

    #[test]
    fn null_is_absent() {
        let site = Site::from_json(document(r#","health":null,"dns":null"#).as_bytes()).unwrap();
        assert_eq!((site.health(), site.dns()), (Health::Internet, &Dns::Keep));
        assert_eq!(
            faults(&document(r#","mods":null"#)),
            one("unknown-field", "mods", r#""mods""#)
        );
    }
}
