//! The document of a state: what is refused, and how that is told.

use multi_isp::alerts::{AlertOptions, AlertState, alerts};
use multi_isp::status::State;

use super::{DOWN, status};
use crate::json_schema::faults;

const WHOLE: &str = r#"{
  "schema": "multi-isp/alert-state/1",
  "router": {"up": true, "since": null, "differs_since": null, "told": {"up": true, "at": null}},
  "all_lines": {"up": false, "since": 7, "differs_since": null, "told": {"up": false, "at": 7}},
  "lines": [
    {"id": "isp1", "up": false, "since": 5, "differs_since": 6, "told": {"up": true, "at": 3}},
    {"id": "isp2", "up": false, "since": 18446744073709551615, "differs_since": null, "told": null}
  ]
}"#;

#[test]
fn what_is_written_is_read_again() {
    let state = AlertState::from_json(WHOLE.as_bytes()).unwrap();
    assert_eq!(state.changed_at("isp1"), Some(6));
    assert_eq!(state.changed_at("isp2"), Some(u64::MAX));
    let written: serde_json::Value = serde_json::from_str(&state.to_json()).unwrap();
    let whole: serde_json::Value = serde_json::from_str(WHOLE).unwrap();
    assert_eq!(written, whole);
}

#[test]
fn a_state_reads_well() {
    let options = AlertOptions::default();
    let first = status(&[State::Active, State::Standby]);
    let (state, _) = alerts(&AlertState::default(), &first, 100, &options);
    let (state, _) = alerts(&state, &status(&[DOWN, State::Active]), 145, &options);
    assert_eq!(
        state.to_json(),
        concat!(
            r#"{"schema":"multi-isp/alert-state/1","#,
            r#""router":{"up":true,"since":null,"differs_since":null,"told":{"up":true,"at":null}},"#,
            r#""all_lines":{"up":true,"since":null,"differs_since":null,"told":{"up":true,"at":null}},"#,
            r#""lines":[{"id":"isp1","up":false,"since":145,"differs_since":null,"told":{"up":false,"at":145}},"#,
            r#"{"id":"isp2","up":true,"since":null,"differs_since":null,"told":{"up":true,"at":null}}]}"#
        )
    );
}

#[test]
fn what_a_state_refuses_its_schema_refuses_too() {
    let judged = |json: &str| {
        let document = serde_json::from_str(json).unwrap();
        (
            AlertState::from_json(json.as_bytes()).is_ok(),
            faults(AlertState::JSON_SCHEMA, &document).is_empty(),
        )
    };
    assert_eq!(judged(WHOLE), (true, true));
    for (from, to) in [
        ("state/1", "state/2"),
        (r#""isp1""#, "1"),
        (r#""isp1", "up": false"#, r#""isp1", "up": 0"#),
        (r#""isp1", "up": false,"#, r#""isp1","#),
        (r#""id": "isp1", "#, ""),
        (r#""since": 5"#, r#""since": -5"#),
        (r#""since": 5"#, r#""since": 5.5"#),
        (r#""since": 5"#, r#""since": "5""#),
        (r#""told": null"#, r#""told": false"#),
        (r#""told": null"#, r#""told": {"at": 5}"#),
        (r#""told": null"#, r#""told": {"up": true, "by": "sms"}"#),
        (r#""told": null"#, r#""told": null, "label": "ISP 1""#),
        (r#""router""#, r#""routers""#),
        (r#""lines""#, r#""line""#),
    ] {
        assert!(WHOLE.contains(from), "{from}");
        assert_eq!(judged(&WHOLE.replacen(from, to, 1)), (false, false), "{to}");
    }
}

#[test]
fn faults_have_code_place_and_help() {
    for (from, to, code, at) in [
        ("state/1", "state/2", "unknown-schema", "2:13"),
        (r#""since": 5"#, r#""since": -5"#, "unknown-value", "6:42"),
        (r#""up": true,"#, r#""up": "yes","#, "wrong-type", "3:20"),
        (r#""router""#, r#""routers""#, "unknown-field", "3:3"),
        (
            r#""router""#,
            r#""lines": [], "router""#,
            "duplicate-field",
            "3:12",
        ),
        (r#"{"id": "isp1", "#, "{", "missing-field", "6:5"),
        (r#""isp2""#, r#""isp1""#, "duplicate-line-id", "7:12"),
        ("]\n}", "]\n", "invalid-json", "9:1"),
    ] {
        let json = WHOLE.replacen(from, to, 1);
        let errors = AlertState::from_json(json.as_bytes()).unwrap_err();
        let fault = &errors.diagnostics()[0];
        let place = fault.place.unwrap();
        assert_eq!(
            (fault.code.as_str(), place.to_string().as_str()),
            (code, at),
            "{errors}"
        );
        assert!(fault.help.is_some());
        assert!(errors.render(Some(json.as_bytes())).contains(code));
    }
    assert!(AlertState::from_json(b"\xff").is_err());
    assert!(AlertState::from_json(b"[]").is_err());
}
