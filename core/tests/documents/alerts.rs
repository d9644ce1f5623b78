//! What is told, how it is written, and what was read and told before.

use multi_isp::alerts::{AlertKind, AlertLine, Template};
use multi_isp::status::{Reason, SiteStatus, Style};
use multi_isp::{Alert, AlertOptions, Log, Messages, replay};

use super::Kind;
use super::Who::{Both, Reader};

const OPTIONS: Kind<AlertOptions> = Kind {
    read: AlertOptions::from_json,
    name: AlertOptions::SCHEMA,
    schema: AlertOptions::JSON_SCHEMA,
};

const MESSAGES: Kind<Messages> = Kind {
    read: Messages::from_json,
    name: Messages::SCHEMA,
    schema: Messages::JSON_SCHEMA,
};

const ALERT: Kind<Alert> = Kind {
    read: Alert::from_json,
    name: Alert::SCHEMA,
    schema: Alert::JSON_SCHEMA,
};

const LOG: Kind<Log> = Kind {
    read: Log::from_json,
    name: Log::SCHEMA,
    schema: Log::JSON_SCHEMA,
};

#[test]
fn options_of_alerts() {
    OPTIONS.is_strict("");
    assert_eq!(OPTIONS.read(""), AlertOptions::default());
    let expected = AlertOptions {
        enabled: false,
        down_after: 60,
        up_after: u64::MAX,
        router: false,
        all_lines: false,
        reminder: 3_600.try_into().ok(),
        quiet: ["lte".to_owned(), "dsl".to_owned()].into(),
    };
    let fields = r#""enabled": false, "down_after": 60, "up_after": 18446744073709551615, "router": false, "all_lines": false,
        "reminder": 3600, "quiet": ["lte", "dsl", "lte"]"#;
    assert_eq!(OPTIONS.read(fields), expected);
    let nulls = r#""enabled": null, "down_after": null, "up_after": null, "router": null, "all_lines": null, "reminder": null, "quiet": null"#;
    assert_eq!(OPTIONS.read(nulls), AlertOptions::default());
    for (fields, fault) in [
        (r#""enabled": 1"#, ["wrong-type", "enabled", "1"]),
        (r#""down_after": "60""#, ["wrong-type", "down_after", r#""60""#]),
        (r#""up_after": -1"#, ["unknown-value", "up_after", "-1"]),
        (r#""reminder": 0"#, ["unknown-value", "reminder", "0"]),
        (r#""quiet": ["lte", 7]"#, ["wrong-type", "quiet[1]", "7"]),
    ] {
        OPTIONS.refuses(fields, fault, Both);
    }
}

#[test]
fn how_messages_are_written() {
    MESSAGES.is_strict("");
    assert_eq!(MESSAGES.read(""), Messages::default());
    let template = Template::parse(AlertKind::LinesBack, "{router} 🟢 back").unwrap();
    let expected = Messages::new(Style::Ascii).in_one_segment().with(template);
    let fields = r#""style": "ascii", "one_segment": true, "templates": [{"kind": "lines_back", "text": "{router} \ud83d\udfe2 back"}]"#;
    assert_eq!(MESSAGES.read(fields), expected);
    let two = r#""templates": [{"kind": "lines_back", "text": "a"}, {"kind": "lines_back", "text": "b"}]"#;
    for (fields, fault, who) in [
        (r#""style": "sms""#, ["unknown-value", "style", r#""sms""#], Both),
        (
            r#""templates": {"lines_back": "a"}"#,
            ["wrong-type", "templates", r#"{"lines_back": "a"}"#],
            Both,
        ),
        (
            r#""templates": [{"kind": "back", "text": "a"}]"#,
            ["unknown-value", "templates[0].kind", r#""back""#],
            Both,
        ),
        (
            two,
            [
                "duplicate-template",
                "templates[1]",
                r#"{"kind": "lines_back", "text": "b"}"#,
            ],
            Reader,
        ),
        (
            r#""templates": [{"kind": "lines_back", "text": "\u00e9\n🟢\"{rooter}"}]"#,
            ["unknown-placeholder", "templates[0].text", "{rooter}"],
            Reader,
        ),
        (
            r#""templates": [{"kind": "lines_back", "text": "a} b"}]"#,
            ["stray-brace", "templates[0].text", "}"],
            Reader,
        ),
        (
            r#""templates": [{"kind": "lines_back", "text": ""}]"#,
            ["empty-template", "templates[0].text", ""],
            Reader,
        ),
    ] {
        MESSAGES.refuses(fields, fault, who);
    }
}

#[test]
fn an_alert_is_read_as_it_was_written() {
    let line = AlertLine {
        id: "lte".into(),
        label: "LTE é".into(),
        interface: "lte1".into(),
        reason: Some(Reason::NoAddress),
    };
    let down = Alert {
        kind: AlertKind::LineDown,
        reminder: true,
        line: Some(line.clone()),
        at: 90,
        since: 45,
    };
    let up = Alert {
        kind: AlertKind::LineUp,
        line: Some(AlertLine { reason: None, ..line }),
        ..down.clone()
    };
    let back = Alert {
        kind: AlertKind::LinesBack,
        line: None,
        ..down.clone()
    };
    for alert in [down, up, back] {
        assert_eq!(Alert::from_json(alert.to_json().as_bytes()), Ok(alert));
    }
}

#[test]
fn faults_of_an_alert_stand_where_they_are() {
    let with = |kind: &str, line: &str, since: &str| {
        format!(r#""kind": {kind}, "reminder": false, "line": {line}, "at": 90, "since": {since}"#)
    };
    let (line, down) = (
        r#"{"id": "a", "label": "A", "interface": "e", "reason": null}"#,
        r#""line_down""#,
    );
    ALERT.is_strict(&with(down, line, "90"));
    let lost = line.replace("null", r#""lost""#);
    for (fields, fault, who) in [
        (
            with(r#""line_lost""#, line, "90"),
            ["unknown-value", "kind", r#""line_lost""#],
            Both,
        ),
        (
            with(r#""lines_back""#, line, "90"),
            ["unknown-value", "line", line],
            Reader,
        ),
        (with(down, line, "91"), ["unknown-value", "since", "91"], Reader),
        (
            with(down, &lost, "90"),
            ["unknown-value", "line.reason", r#""lost""#],
            Both,
        ),
        (with(down, line, "-1"), ["unknown-value", "since", "-1"], Both),
    ] {
        ALERT.refuses(&fields, fault, who);
    }
    let nobody = ALERT.document(&with(down, "null", "90"));
    assert_eq!(ALERT.faults(&nobody), [["missing-field", "line", &nobody]]);
}

const STATUS: &str = r#"{"schema": "multi-isp/status/1", "mode": "failover", "setup": "applied", "sentence": "", "detail": [],
    "lines": [{"id": "a", "label": "A", "interface": "e", "state": "active", "share": "1",
    "badge": {"colour": "green", "label": "Active", "tooltip": ""}, "detail": []}]}"#;

#[test]
fn a_log_of_readings() {
    LOG.is_strict(r#""readings": []"#);
    assert_eq!(LOG.read(r#""readings": []"#), Log::default());
    let log = LOG.read(&format!(r#""readings": [{{"at": 45, "status": {STATUS}}}]"#));
    assert_eq!(log.readings[0].at, 45);
    assert_eq!(
        log.readings[0].status,
        SiteStatus::from_json(STATUS.as_bytes()).unwrap()
    );
    let odd = STATUS.replace("\"failover\"", "\"fail\"");
    let old = STATUS.replace("status/1", "status/0");
    for (readings, fault) in [
        (
            format!(r#"{{"at": 1, "status": {STATUS}}}, {{"at": 2, "status": {odd}}}"#),
            ["unknown-value", "readings[1].status.mode", r#""fail""#],
        ),
        (
            format!(r#"{{"at": 1.5, "status": {STATUS}}}"#),
            ["unknown-value", "readings[0].at", "1.5"],
        ),
        (
            format!(r#"{{"at": 1, "status": {old}}}"#),
            [
                "unknown-schema",
                "readings[0].status.schema",
                r#""multi-isp/status/0""#,
            ],
        ),
        (
            r#"{"at": 1}"#.into(),
            ["missing-field", "readings[0].status", r#"{"at": 1}"#],
        ),
    ] {
        LOG.refuses(&format!(r#""readings": [{readings}]"#), fault, Both);
    }
}

#[test]
fn a_week_of_readings_is_read() {
    let readings: Vec<String> = (0..13_440)
        .map(|at| format!(r#"{{"at": {}, "status": {STATUS}}}"#, at * 45))
        .collect();
    let json = LOG.document(&format!(r#""readings": [{}]"#, readings.join(",")));
    let log = Log::from_json(json.as_bytes()).unwrap();
    assert_eq!(log.readings.len(), 13_440);
    assert_eq!(replay(&log.readings, &AlertOptions::default()).alerts, []);
    let errors = Log::from_json(&vec![b' '; 67_108_865]).unwrap_err();
    assert_eq!(errors.diagnostics()[0].code.as_str(), "too-large");
}
