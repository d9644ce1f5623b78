//! Documents that core writes: of the bundled cases each is what its schema says, its members in that order, and shows no secret
//! but where it says so.

use multi_isp::alerts::{AlertState, Reading};
use multi_isp::plan::{Options, changes, plan_apply, plan_disable};
use multi_isp::routeros::router::Unknown;
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;
use multi_isp::site::Mbps;
use multi_isp::status::SiteStatus;
use multi_isp::{
    AlertOptions, DetectedLine, Difference, Entry, Import, Messages, Outcome, PhaseScript, Plan, PortList,
    Replay, Router, SetupRow, Split, SplitOptions, StatusRead, Table, alerts, detect_line, entries,
    existing_setup, ports, replay, site_of, split, status, status_reads,
};
use serde_json::{Value, json};

use crate::examples::{Case, case, cases, router};
use crate::json_schema::faults_of_text;

#[track_caller]
fn conforms(schema: &str, json: &str) -> Value {
    assert_eq!(faults_of_text(schema, json), Vec::<String>::new(), "{json}");
    serde_json::from_str(json).unwrap()
}

fn plan(case: &Case) -> Plan {
    plan_apply(&case.site, &case.router, &Options::default()).unwrap()
}

fn run(router: &Router, script: &[u8]) -> Outcome {
    router.run(&Script::parse(script).unwrap(), &Unknown)
}

#[test]
fn what_a_form_needs_conforms() {
    for case in cases() {
        let list = ports(&case.router, &[]);
        let document = conforms(PortList::JSON_SCHEMA, &list.to_json());
        assert_eq!(document["complete"], case.router.ports_known());
        assert_eq!(document["ports"].as_array().unwrap().len(), list.ports.len());
        let line = detect_line(&case.router).unwrap();
        let document = conforms(DetectedLine::JSON_SCHEMA, &line.to_json());
        assert_eq!(document["interface"], *line.interface.to_text());
        conforms(
            SetupRow::JSON_SCHEMA,
            &SetupRow::all_to_json(&existing_setup(&case.site, &case.router)),
        );
    }
}

#[test]
fn rows_of_a_set_up_by_hand_say_what_they_do() {
    let by_hand = router("routers/two-isps-by-hand-7.16.rsc");
    let site = case("two-fibers").site;
    let json = SetupRow::all_to_json(&existing_setup(&site, &by_hand));
    let document = conforms(SetupRow::JSON_SCHEMA, &json);
    let first = &document["rows"][0];
    assert_eq!(
        (&first["role"], &first["what"]),
        (&json!("default"), &json!("default route")),
        "{json}"
    );
    assert!(first["row"]["place"]["line"].is_u64(), "{json}");
}

#[test]
fn a_split_conforms() {
    let speeds = |mbps: &[u32]| -> Vec<Mbps> { mbps.iter().filter_map(|mbps| Mbps::new(*mbps)).collect() };
    for mbps in [&[][..], &[100], &[100, 50], &[700, 600], &[1, 10_000]] {
        let found = split(&speeds(mbps), &SplitOptions::default());
        conforms(Split::JSON_SCHEMA, &found.to_json());
    }
    assert_eq!(
        split(&speeds(&[100, 50]), &SplitOptions::default()).to_json(),
        concat!(
            r#"{"schema":"multi-isp/split/1","denominator":3,"#,
            r#""parts":[{"buckets":2,"asked":"2/3","reached":"2/3"},{"buckets":1,"asked":"1/3","reached":"1/3"}],"#,
            r#""assignment":[0,1,0],"worst_absolute_error":"0","worst_relative_error":"0"}"#
        )
    );
}

#[test]
fn what_is_sent_conforms() {
    for case in cases() {
        let plan = plan(&case);
        let scripts = plan.phase_scripts();
        let document = conforms(PhaseScript::JSON_SCHEMA, &PhaseScript::all_to_json(&scripts));
        let sent: Vec<&str> = document["scripts"]
            .as_array()
            .unwrap()
            .iter()
            .map(|part| part["script"].as_str().unwrap())
            .collect();
        let written: Vec<String> = scripts
            .iter()
            .map(|part| String::from_utf8(part.script.clone()).unwrap())
            .collect();
        assert_eq!(sent, written, "{}", case.name);
        let document = conforms(Import::JSON_SCHEMA, &plan.import("flash/multi isp.rsc").to_json());
        assert_eq!(
            document["dry_run"].is_null(),
            plan.version() < Version::new(7, 16, 0)
        );
    }
}

#[test]
fn what_a_router_says_conforms() {
    for case in cases() {
        let outcome = run(&case.router, &plan(&case).script());
        let document = conforms(Outcome::JSON_SCHEMA, &outcome.to_json());
        assert!(document["error"].is_null(), "{}", case.name);
        for menu in outcome.router.menus() {
            let table = outcome.router.table(menu);
            let document = conforms(Table::JSON_SCHEMA, &table.to_json());
            assert_eq!(document["rows"].as_array().unwrap().len(), table.len());
        }
        let differences = case.router.diff(&outcome.router);
        let document = conforms(Difference::JSON_SCHEMA, &Difference::all_to_json(&differences));
        assert_eq!(
            document["differences"].as_array().unwrap().len(),
            differences.len()
        );
        // What it was made for has moved, for it ran.
        let moved = plan(&case).still_valid(&outcome.router).unwrap_err();
        let moved = conforms(Difference::JSON_SCHEMA, &moved.to_json());
        assert_eq!(moved["versions"], Value::Null);
    }
}

#[test]
fn a_script_that_stops_says_where_and_what_it_did() {
    let script = b":log info message=\"one \\CF\"\n:put two\n/tool fetch url=\"https://x.example\" http-data=three\n/ip route remove 7\n";
    let json = run(&Router::new(Version::new(7, 22, 3)), script).to_json();
    let document = conforms(Outcome::JSON_SCHEMA, &json);
    assert_eq!(document["error"]["code"], "script-stops");
    assert_eq!(document["error"]["place"]["line"], 4);
    assert_eq!(
        document["log"][0],
        json!({"topic": "info", "message": {"hex": "6f6e6520cf"}})
    );
    assert_eq!(document["output"], json!(["two"]));
    assert_eq!(
        document["requests"][0],
        json!({"url": "https://x.example", "data": "three"})
    );
}

#[test]
fn a_router_of_another_version_has_moved() {
    let router = |version: &str| {
        let export =
            format!("# 2026-01-05 10:00:00 by RouterOS {version}\n/ip dhcp-client\nadd interface=ether1\n");
        Router::from_export(export.as_bytes(), None).unwrap()
    };
    let plan = plan_disable(&router("7.22.3"), &Options::default()).unwrap();
    let moved = plan.still_valid(&router("7.23")).unwrap_err();
    let document = conforms(Difference::JSON_SCHEMA, &moved.to_json());
    assert_eq!(document["versions"], json!({"before": "7.22.3", "after": "7.23"}));
}

#[test]
fn differences_show_what_became_of_each_row_and_no_secrets() {
    let router = |rows: &str| Router::from_export(rows.as_bytes(), None).unwrap();
    let before = router(
        "/interface pppoe-client\nadd name=wan interface=ether1 user=jo password=hunter2\n\
         /ip firewall filter\nadd chain=input comment=a\nadd chain=input comment=b\nadd chain=input comment=c\n",
    );
    let after = router(
        "/interface pppoe-client\nadd name=wan interface=ether1 user=al password=hunter3\n\
         /ip firewall filter\nadd chain=input comment=c\nadd chain=input comment=a\n\
         /ip route\nadd gateway=192.0.2.1\n",
    );
    let json = Difference::all_to_json(&before.diff(&after));
    let document = conforms(Difference::JSON_SCHEMA, &json);
    assert!(!json.contains("hunter"), "{json}");
    let told: Vec<(&str, &str)> = document["differences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| {
            (
                found["kind"].as_str().unwrap(),
                found["command"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            (
                "changed",
                "/interface pppoe-client add name=wan interface=ether1 user=jo password=\"(secret)\""
            ),
            ("removed", "/ip firewall filter add chain=input comment=b"),
            ("moved", "/ip firewall filter add chain=input comment=c"),
            ("added", "/ip route add gateway=192.0.2.1"),
        ]
    );
    assert_eq!(
        document["differences"][0]["properties"],
        json!([
            {"name": "password", "before": "(secret)", "after": "(secret)"},
            {"name": "user", "before": "jo", "after": "al"}
        ])
    );
    assert!(!changes(&before, &after).is_ok_and(|commands| commands.is_empty()));
}

#[test]
fn what_has_to_be_read_conforms() {
    for case in cases() {
        for version in [Version::new(6, 49, 10), Version::new(7, 22, 3)] {
            let reads = status_reads(&case.site, version);
            let document = conforms(StatusRead::JSON_SCHEMA, &StatusRead::all_to_json(&reads));
            let first = &document["reads"][0];
            assert_eq!(first["sentence"][0], "/interface/print");
            let body: Value = serde_json::from_str(first["request"]["body"].as_str().unwrap()).unwrap();
            assert_eq!(body[".proplist"][1], "name");
        }
    }
}

#[test]
fn what_is_told_of_a_week_conforms() {
    let options = AlertOptions::default();
    for case in cases() {
        let applied = run(&case.router, &plan(&case).script()).router;
        let up = status(&site_of(&applied).unwrap().unwrap(), &applied);
        let readings = [up.clone(), SiteStatus::unreachable(&case.site), up];
        let log: Vec<Reading> = (0..)
            .step_by(45)
            .zip(readings)
            .map(|(at, status)| Reading { at, status })
            .collect();
        let found = replay(&log, &options);
        let document = conforms(Replay::JSON_SCHEMA, &found.to_json());
        assert_eq!(document["alerts"][0]["kind"], "router_unreachable");
        assert_eq!(document["state"]["schema"], AlertState::SCHEMA);
        let (_, told) = alerts(&found.state, &SiteStatus::unreachable(&case.site), 200, &options);
        for alert in told.iter().chain(&found.alerts) {
            let message = Messages::default().of(alert, "Café");
            let document = conforms(multi_isp::Message::JSON_SCHEMA, &message.to_json());
            assert_eq!(document["text"], *message.text);
        }
    }
}

#[test]
fn the_rules_conform() {
    let rules: Vec<Entry> = entries().collect();
    let document = conforms(Entry::JSON_SCHEMA, &Entry::all_to_json(&rules));
    assert_eq!(document["rules"].as_array().unwrap().len(), rules.len());
}
