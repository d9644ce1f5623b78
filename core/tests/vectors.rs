//! The contract of all languages: what goes into each verb, and byte for byte what comes out.
//!
//! `vectors/<case>.json` holds the inputs, then under `expected` a document a text line. `MULTI_ISP_VECTORS=write` writes the files
//! anew; every other run compares.

use std::fs;
use std::path::{Path, PathBuf};

use multi_isp::alerts::{Log, Reading};
use multi_isp::emit::Replies;
use multi_isp::plan::Part;
use multi_isp::routeros::router::{Difference, Router, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::value::Value;
use multi_isp::routeros::version::Version;
use multi_isp::simulate::{Scenario, WhatIf, observe};
use multi_isp::status::{StatusRead, Style, status_reads};
use multi_isp::survey::SetupRow;
use multi_isp::{
    AlertOptions, AlertState, Messages, Options, PhaseScript, Plan, Site, SiteStatus, SplitOptions, alerts,
    audit, detect_line, existing_setup, plan_apply, plan_disable, ports, preflight, replay, simulate,
    site_of, split, status, verify, what_if,
};
use serde_json::{Value as Json, json};

/// A router, the site that is wanted on it, and what happens then.
struct Vector {
    name: &'static str,
    router: &'static str,
    version: Option<&'static str>,
    site: &'static str,
    options: &'static str,
    scenario: &'static str,
}

#[rustfmt::skip] // a vector a text line
const VECTORS: &[Vector] = &[
    vector("starlinks-over-rest", "hap-defconf-7.16.json", None, "two-starlinks", "", r#","lines":[{"interface":"ether1","condition":"link_down"}]"#),
    vector("one-gateway", "hap-defconf-7.16.json", None, "one-gateway", "", r#","lines":[{"interface":"ether1","condition":"upstream_dead"}]"#),
    vector("fiber-lte-6", "home.rsc", Some("6.49.10"), "fiber-lte", "", r#","lines":[{"interface":"ether1","condition":"gateway_dead"}]"#),
    vector("combined", "home.rsc", Some("7.22.3"), "fiber-wireless-dhcp", "", r#","lines":[{"interface":"ether1","condition":"link_down"}]"#),
    vector("fiber-wireless", "rb4011-vlans-wireguard-7.22.rsc", None, "fiber-wireless", r#","levels":[{"code":"dns-from-one-isp","level":"off"}]"#, r#","traffic":{"from":{"type":"router"},"protocol":"icmp"}"#),
    vector("three-lines", "office.rsc", Some("7.18.2"), "three-lines", "", r#","lines":[{"interface":"ether2","condition":"no_lease"}]"#),
    vector("cable-3g-by-hand", "home-usb.rsc", Some("6.49.10"), "cable-3g", "", ""),
    vector("by-hand-replaced", "two-isps-by-hand-7.16.rsc", None, BY_HAND, r#","existing":"replace""#, r#","lines":[{"interface":"ether2","condition":"upstream_dead"}]"#),
];

const fn vector(
    name: &'static str,
    router: &'static str,
    version: Option<&'static str>,
    site: &'static str,
    options: &'static str,
    scenario: &'static str,
) -> Vector {
    Vector {
        name,
        router,
        version,
        site,
        options,
        scenario,
    }
}

/// The moments at which the status is read, in seconds.
const FIRST: u64 = 1_000;
const THEN: u64 = 1_045;

const ROUTER: &str = "Home Router";
const FILE: &str = "multi-isp.rsc";

#[test]
fn every_vector_comes_out_byte_for_byte() {
    for vector in VECTORS {
        let text = vector.text();
        let path = folder().join(format!("{}.json", vector.name));
        if std::env::var("MULTI_ISP_VECTORS").is_ok_and(|value| value == "write") {
            fs::write(&path, &text).unwrap();
        }
        let known = fs::read_to_string(&path).unwrap_or_default();
        for (known, text) in known.lines().zip(text.lines()) {
            assert!(known == text, "{}:\n{known}\n{text}", vector.name);
        }
        assert_eq!(known.len(), text.len(), "{}", vector.name);
    }
}

#[test]
fn no_vector_is_left_behind() {
    let files = fs::read_dir(folder()).unwrap();
    let names = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| name != "surface.json").collect();
    names.sort();
    let mut known: Vec<String> = VECTORS
        .iter()
        .map(|vector| format!("{}.json", vector.name))
        .collect();
    known.sort();
    assert_eq!(names, known);
}

impl Vector {
    /// The file of the vector.
    fn text(&self) -> String {
        let outputs = self.outputs();
        let outputs: Vec<String> = outputs
            .iter()
            .map(|(name, json)| format!("    \"{name}\": {json}"))
            .collect();
        let router = json!({"file": format!("examples/routers/{}", self.router), "version": self.version});
        let inputs = [
            ("router", router.to_string()),
            ("site", self.site().to_json()),
            ("options", self.options()),
            ("scenario", self.scenario()),
            ("what_if_options", WHAT_IF.to_owned()),
            ("split_options", SPLIT.to_owned()),
            ("alert_options", ALERTS.to_owned()),
            ("messages", MESSAGES.to_owned()),
            ("times", json!([FIRST, THEN]).to_string()),
            ("router_name", json!(ROUTER).to_string()),
            ("file", json!(FILE).to_string()),
            ("guard_minutes", GUARD.to_string()),
        ];
        let inputs: String = inputs
            .iter()
            .map(|(name, json)| format!("  \"{name}\": {json},\n"))
            .collect();
        format!(
            "{{\n{inputs}  \"expected\": {{\n{}\n  }}\n}}\n",
            outputs.join(",\n")
        )
    }

    fn router(&self) -> Router {
        let bytes = fs::read(examples().join("routers").join(self.router)).unwrap();
        let version = self.version.map(|version| Version::parse(version).unwrap());
        match self.router.ends_with(".json") {
            true => Router::from_rest(&bytes, version),
            false => Router::from_export(&bytes, version),
        }
        .unwrap_or_else(|error| panic!("{}", error.render()))
    }

    fn site(&self) -> Site {
        let bytes = match self.site {
            BY_HAND => BY_HAND.into(),
            name => fs::read(examples().join(format!("sites/{name}.json"))).unwrap(),
        };
        Site::from_json(&bytes).unwrap_or_else(|errors| panic!("{errors}"))
    }

    fn options(&self) -> String {
        format!(r#"{{"schema":"multi-isp/options/1"{}}}"#, self.options)
    }

    fn scenario(&self) -> String {
        format!(r#"{{"schema":"multi-isp/scenario/1"{}}}"#, self.scenario)
    }

    /// What every verb gives, in the order in which a portal calls them.
    fn outputs(&self) -> Vec<(&'static str, String)> {
        let (site, router) = (self.site(), self.router());
        let options = Options::from_json(self.options().as_bytes()).unwrap();
        let scenario = Scenario::from_json(self.scenario().as_bytes()).unwrap();
        let plan =
            plan_apply(&site, &router, &options).unwrap_or_else(|error| panic!("{}: {error:?}", self.name));
        let outcome = router.run(&Script::parse(&plan.script()).unwrap(), &Unknown);
        let applied = &outcome.router;
        let disable = plan_disable(applied, &options).unwrap();
        let speeds: Vec<_> = site.lines().iter().map(|line| line.mbps()).collect();
        let trace = simulate(applied, &scenario);
        let matrix = what_if(applied, &WhatIf::from_json(WHAT_IF.as_bytes()).unwrap());
        let mut outputs = vec![
            ("ports", ports(&router, &[]).to_json()),
            (
                "detected_line",
                detect_line(&router).map_or_else(null, |line| line.to_json()),
            ),
            (
                "existing_setup",
                SetupRow::all_to_json(&existing_setup(&site, &router)),
            ),
            (
                "split",
                split(&speeds, &SplitOptions::from_json(SPLIT.as_bytes()).unwrap()).to_json(),
            ),
            ("preflight", preflight(&site, &router, &options.context).to_json()),
            ("audit", audit(&router).to_json()),
            ("plan", plan.to_json()),
            ("summary", text(plan.summary().as_bytes())),
            ("script", text(&plan.script())),
            (
                "guarded_script",
                plan.guarded_script(GUARD.try_into().unwrap())
                    .map_or_else(|_| null(), |script| text(&script)),
            ),
            ("confirm_script", text(&plan.confirm_script())),
            ("undo_script", text(&plan.undo_script())),
            ("phase_scripts", PhaseScript::all_to_json(&plan.phase_scripts())),
            ("import_commands", plan.import(FILE).to_json()),
            ("rest", requests(&plan, &router)),
            ("outcome", outcome.to_json()),
            ("differences", Difference::all_to_json(&router.diff(applied))),
            (
                "fingerprint",
                json!(applied.fingerprint().to_string()).to_string(),
            ),
            ("drift", verify(&site, applied, &options).unwrap().to_json()),
            (
                "site_of",
                site_of(applied).map_or_else(null, |site| site.unwrap().to_json()),
            ),
            ("trace", trace.to_json()),
            ("trace_text", text(trace.to_string().as_bytes())),
            ("mermaid", text(trace.to_mermaid().as_bytes())),
            ("what_if_text", text(matrix.to_string().as_bytes())),
            ("svg", text(matrix.to_svg().as_bytes())),
            (
                "status_reads",
                StatusRead::all_to_json(&status_reads(&site, plan.version())),
            ),
        ];
        outputs.extend(told(&site, applied, &scenario));
        outputs.push(("disable_summary", text(disable.summary().as_bytes())));
        outputs.push(("disable_script", text(&disable.script())));
        outputs
    }
}

/// The status with all lines up, then as the scenario has it; and what of that is told.
fn told(site: &Site, router: &Router, scenario: &Scenario) -> Vec<(&'static str, String)> {
    let options = AlertOptions::from_json(ALERTS.as_bytes()).unwrap();
    let messages = Messages::from_json(MESSAGES.as_bytes()).unwrap();
    let first = status(site, &observe(router, &Scenario::default()));
    let then = status(site, &observe(router, scenario));
    let (known, _) = alerts(&AlertState::default(), &first, FIRST, &options);
    let (state, alerts) = alerts(&known, &then, THEN, &options);
    let list = |items: Vec<String>| format!("[{}]", items.join(","));
    let log = Log {
        readings: vec![
            Reading {
                at: FIRST,
                status: first.clone(),
            },
            Reading {
                at: THEN,
                status: then.clone(),
            },
        ],
    };
    vec![
        ("status", first.to_json(Style::default())),
        ("status_then", then.to_json(Style::default())),
        (
            "unreachable",
            SiteStatus::unreachable(site).to_json(Style::default()),
        ),
        ("alert_state", state.to_json()),
        (
            "alerts",
            list(alerts.iter().map(|alert| alert.to_json()).collect()),
        ),
        (
            "messages",
            list(
                alerts
                    .iter()
                    .map(|alert| messages.of(alert, ROUTER).to_json())
                    .collect(),
            ),
        ),
        ("replay", replay(&log.readings, &options).to_json()),
    ]
}

/// The requests of REST, each with what a twin answered to those before it; none before RouterOS 7.1.
fn requests(plan: &Plan, router: &Router) -> String {
    // A row of an export has no id before the router is asked.
    let mut twin = router
        .answer_request("GET", "/rest/system/resource", None, &Unknown)
        .router;
    let mut replies = Replies::default();
    let mut sent = Vec::new();
    for call in plan.rest(Part::Plan, &twin).unwrap_or_default() {
        let request = call.request(&replies).unwrap();
        let body = request.body();
        let answer = twin.answer_request(
            request.method(),
            request.path(),
            body.as_deref().map(str::as_bytes),
            &Unknown,
        );
        replies.rest(answer.status, answer.body.as_bytes()).unwrap();
        twin = answer.router;
        sent.push(json!([request.method(), request.path(), body]));
    }
    json!(sent).to_string()
}

/// The lines of a router that somebody set up by hand.
const BY_HAND: &str = r#"{"schema":"multi-isp/site/1","mode":"load_balance_failover","lines":[
    {"id":"isp1","interface":"ether1","access":{"type":"static","address":"198.51.100.2/30","gateway":"198.51.100.1"},"mbps":100},
    {"id":"isp2","interface":"ether2","access":{"type":"static","address":"192.0.2.130/25","gateway":"192.0.2.129"},"mbps":50}]}"#;
const GUARD: u8 = 10;
const WHAT_IF: &str = r#"{"schema":"multi-isp/what-if-options/1","failures":["link_down","upstream_dead"]}"#;
const SPLIT: &str = r#"{"schema":"multi-isp/split-options/1","tolerance":"1/20","max_buckets":16}"#;
const ALERTS: &str = r#"{"schema":"multi-isp/alert-options/1","down_after":0,"up_after":0}"#;
const MESSAGES: &str = r#"{"schema":"multi-isp/messages/1","style":"unicode","one_segment":false}"#;

fn null() -> String {
    Json::Null.to_string()
}

/// Text as a document has it: bytes that are no UTF-8 in hexadecimal.
fn text(bytes: &[u8]) -> String {
    serde_json::to_string(&Value::from(bytes)).unwrap()
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

fn examples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples")
}
