//! The status as JSON: it says what its schema says, comes back as it went, and what is wrong with one is told field by field.

use multi_isp::site::Site;
use multi_isp::status::{Evidence, SiteStatus, Style};
use serde_json::Value;

use super::sentences::{DOWN, READY, SHAKY, UNKNOWN, UP, failover, shared_by};
use crate::json_schema::{faults, faults_of_text};

fn all() -> [SiteStatus; 3] {
    let site = br#"{"schema":"multi-isp/site/1","mode":"failover","lines":[
        {"id":"a","label":{"hex":"cff0"},"interface":"ether1","access":{"type":"dhcp"},"mbps":100}]}"#;
    let mut told = failover(&[(UP, 1), (READY, 0), (SHAKY, 0), (DOWN, 0), (UNKNOWN, 0)]);
    told.lines[3].detail.push(Evidence {
        menu: "/interface".into(),
        row: "ether4".into(),
        property: "running".into(),
        value: "false".into(),
    });
    [
        SiteStatus::unreachable(&Site::from_json(site).unwrap()),
        told,
        shared_by(&[(UP, 2, 3), (UP, 1, 3)]),
    ]
}

#[test]
fn it_conforms_to_its_schema_and_comes_back() {
    for status in all() {
        for style in [Style::Unicode, Style::Ascii] {
            let json = status.to_json(style);
            assert_eq!(faults_of_text(SiteStatus::JSON_SCHEMA, &json), [""; 0], "{json}");
            assert_eq!(SiteStatus::from_json(json.as_bytes()).unwrap(), status);
        }
    }
}

#[test]
fn what_is_wrong_is_told_and_the_schema_refuses_it_too() {
    let [_, told, _] = all();
    let right = told.to_json(Style::Ascii);
    for (from, to, code, field) in [
        ("status/1", "status/2", "unknown-schema", "schema"),
        (r#""failover""#, r#""fail""#, "unknown-value", "mode"),
        (r#""applied""#, r#""appl""#, "unknown-value", "setup"),
        (r#""active""#, r#""alive""#, "unknown-value", "lines[0].state"),
        (
            r#""no_link""#,
            r#""no_cable""#,
            "unknown-value",
            "lines[3].reason",
        ),
        (
            r#""offline","reason":"no_link""#,
            r#""offline""#,
            "missing-field",
            "lines[3].reason",
        ),
        (
            r#""share":"1""#,
            r#""share":"-1""#,
            "unknown-value",
            "lines[0].share",
        ),
        (r#""share":"1""#, r#""share":1"#, "wrong-type", "lines[0].share"),
        (
            r#""active""#,
            r#""active","reason":"no_link""#,
            "unknown-value",
            "lines[0].reason",
        ),
        (
            r#""share":"1""#,
            r#""share":"3/2""#,
            "unknown-value",
            "lines[0].share",
        ),
        (
            r#""share":"1""#,
            r#""part":"1""#,
            "unknown-field",
            "lines[0].part",
        ),
        (
            r#""running""#,
            r#"true"#,
            "wrong-type",
            "lines[3].detail[0].property",
        ),
    ] {
        assert!(right.contains(from), "{from}");
        let wrong = right.replacen(from, to, 1);
        let errors = SiteStatus::from_json(wrong.as_bytes()).unwrap_err();
        let told: Vec<(&str, &str)> = errors
            .diagnostics()
            .iter()
            .map(|fault| (fault.code.as_str(), fault.subjects[0].name()))
            .collect();
        assert!(told.contains(&(code, field)), "{to}: {told:?}");
        let document: Value = serde_json::from_str(&wrong).unwrap();
        // That a line which is offline has a reason and no other has, that a share is at most the whole, and that ids differ, only the
        // reader says.
        let is_schema_silent =
            code == "missing-field" || to.contains("3/2") || to.contains("isp2") || to.contains("active\",");
        assert_eq!(
            faults(SiteStatus::JSON_SCHEMA, &document).is_empty(),
            is_schema_silent,
            "{to}"
        );
    }
}
