//! What people read of an audit: text, JSON, SARIF, the index of rules.

use std::path::Path;

use multi_isp::diagnostic::{Code, Diagnostic};
use multi_isp::rule::Report;
use multi_isp::rulebook::{Audited, entries, index, sarif};
use multi_isp::{Level, Router, audit, explain};
use serde_sarif::sarif::{ResultLevel, Sarif};

use crate::json_schema::faults;

const BY_HAND: &str = "examples/routers/two-isps-by-hand-7.16.rsc";

fn bytes(file: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file)).unwrap()
}

fn by_hand() -> (Vec<u8>, Report) {
    let export = bytes(BY_HAND);
    let report = audit(&Router::from_export(&export, None).unwrap());
    (export, report)
}

#[test]
fn a_router_by_hand_reads_well() {
    let (export, report) = by_hand();
    insta::assert_snapshot!(report.render(BY_HAND, &export));
}

#[test]
fn the_bundled_routers() {
    let mut told = String::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/routers");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    for path in files
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rsc"))
    {
        let router = Router::from_export(&std::fs::read(path).unwrap(), None).unwrap();
        told.push_str(&format!("# {}\n", path.file_name().unwrap().to_str().unwrap()));
        for found in audit(&router).findings() {
            told.push_str(&format!("{found}\n"));
        }
    }
    insta::assert_snapshot!(told);
}

/// Where a finding has a place, it is that of the argument that is meant, or of the command.
#[test]
fn places_are_those_of_the_text() {
    let (export, report) = by_hand();
    let mut placed = 0;
    for found in report.findings() {
        let Some(place) = found.place else { continue };
        let text = std::str::from_utf8(&export[place.offset..place.offset + place.length]).unwrap();
        assert!(
            text.starts_with("add ") || text.starts_with("set "),
            "{found}: {text}"
        );
        let line = 1 + export[..place.offset]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        assert_eq!(place.line as usize, line, "{found}");
        placed += 1;
    }
    assert!(placed >= 3, "{placed}");
    let text = report.render(BY_HAND, &export);
    assert!(
        text.contains("26 | add action=fasttrack-connection")
            && text.contains("\n   |     ^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"),
        "{text}"
    );
}

#[test]
fn the_json_document_is_as_its_schema_says() {
    let (_, report) = by_hand();
    let json = serde_json::to_value(&report).unwrap();
    assert_eq!(faults(Report::JSON_SCHEMA, &json), Vec::<String>::new());
    let found = &json["findings"][0];
    assert!(
        found["evidence"].as_array().unwrap().len() > 10 && found["fix"]["undo"].is_array(),
        "{found}"
    );
}

/// Read by somebody else's types of SARIF 2.1.0, which refuse what the format does not have.
#[test]
fn sarif_is_read_by_others() {
    let (export, report) = by_hand();
    // A text that is no ASCII before the place: columns are characters.
    let odd = "/ip firewall nat\nadd comment=\"\u{fc}ber \u{65e5}\u{672c}\" action=masquerade chain=srcnat\n"
        .as_bytes();
    let odd_report = audit(&Router::from_export(odd, None).unwrap());
    let document = sarif(&[
        Audited {
            file: BY_HAND,
            export: &export,
            report: &report,
        },
        Audited {
            file: "routers/mein b\u{fc}ro.rsc",
            export: odd,
            report: &odd_report,
        },
    ]);
    let read: Sarif = serde_json::from_str(&document).unwrap();
    let [run] = read.runs.as_slice() else {
        panic!("one run")
    };
    let results = run.results.as_ref().unwrap();
    assert_eq!(
        results.len(),
        report.findings().len() + odd_report.findings().len()
    );
    let rules = run.tool.driver.rules.as_ref().unwrap();
    for result in results {
        let rule = &rules[usize::try_from(result.rule_index.unwrap()).unwrap()];
        assert_eq!(result.rule_id.as_deref(), Some(rule.id.as_str()));
        assert!(explain(&rule.id).is_some());
        let location = &result.locations.as_ref().unwrap()[0];
        let uri = location
            .physical_location
            .as_ref()
            .unwrap()
            .artifact_location
            .as_ref()
            .unwrap()
            .uri
            .as_deref();
        assert!(
            [BY_HAND, "routers/mein%20b%C3%BCro.rsc"].contains(&uri.unwrap()),
            "{uri:?}"
        );
    }
    let errors = results
        .iter()
        .filter(|result| result.level == Some(ResultLevel::Error))
        .count();
    assert_eq!(errors, report.errors().count());
    let flow = &results[0].code_flows.as_ref().unwrap()[0].thread_flows[0];
    assert!(flow.locations.len() > 10);
    let masquerade = results
        .iter()
        .find(|result| result.rule_id.as_deref() == Some("blanket-masquerade"))
        .unwrap();
    let region = masquerade.locations.as_ref().unwrap()[0]
        .physical_location
        .as_ref()
        .unwrap()
        .region
        .as_ref()
        .unwrap();
    assert_eq!(
        (region.start_line, region.start_column, region.end_line),
        (Some(2), Some(1), Some(2))
    );
    let characters = std::str::from_utf8(odd)
        .unwrap()
        .lines()
        .nth(1)
        .unwrap()
        .chars()
        .count();
    assert_eq!(region.end_column, Some(i64::try_from(characters).unwrap() + 1));
}

#[test]
fn secrets_stay_out_of_text_json_and_sarif() {
    let export = b"# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n\
        /ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n\
        /interface pppoe-client\nadd add-default-route=yes disabled=no interface=ether2 name=pppoe-out1 password=hunter2 use-peer-dns=yes user=jo\n\
        /interface ppp-client\nadd apn=internet dial-on-demand=yes disabled=no name=ppp-out1 password=hunter2 pin=1234 port=usb1\n\
        /interface l2tp-client\nadd add-default-route=yes connect-to=198.51.100.9 disabled=no name=vpn password=hunter2 user=jo\n\
        /ip dhcp-client\nadd interface=ether1\n/ip firewall nat\nadd action=masquerade chain=srcnat\n";
    let report = audit(&Router::from_export(export, None).unwrap());
    assert!(report.findings().len() > 1);
    let json = serde_json::to_string(&report).unwrap();
    let document = sarif(&[Audited {
        file: "a.rsc",
        export,
        report: &report,
    }]);
    for text in [report.render("a.rsc", export), json, document] {
        assert!(!text.contains("hunter2"), "{text}");
    }
    let about_the_client = report
        .findings()
        .iter()
        .any(|found| found.place.is_some_and(|place| place.line == 10));
    assert!(
        about_the_client,
        "a finding shows the line with the password: {report}"
    );
}

#[test]
fn every_rule_has_a_code_a_level_and_a_page() {
    let entries: Vec<_> = entries().collect();
    assert!(entries.len() > 100, "{}", entries.len());
    for entry in &entries {
        let code = entry.code.as_str();
        assert!(
            code.bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'),
            "{code}"
        );
        assert!(
            entry.page.starts_with(&format!("# {code}\n\n## Checks\n\n")),
            "{code}"
        );
        assert!(entry.summary.len() > 30, "{code}: {}", entry.summary);
        assert_eq!(explain(code), Some(entry.page));
        assert!(entry.in_audit || entry.in_preflight);
    }
    let mut codes: Vec<Code> = entries.iter().map(|entry| entry.code).collect();
    codes.sort();
    codes.dedup();
    assert_eq!(codes.len(), entries.len(), "each code once");
}

/// `cargo run --example audit -- --index > RULES.md`
#[test]
fn the_index_of_rules_is_as_committed() {
    let committed = String::from_utf8(bytes("RULES.md")).unwrap();
    assert!(
        committed == index(),
        "RULES.md is old: cargo run --example audit -- --index > RULES.md"
    );
    for text in committed.lines().filter(|text| text.starts_with("| [`")) {
        let file = text.split(['(', ')']).nth(1).unwrap();
        assert!(!bytes(file).is_empty(), "{file}");
    }
}

#[test]
fn a_level_can_be_raised_and_switched_off() {
    let (_, report) = by_hand();
    let levels = multi_isp::audit::levels(&[
        ("fasttrack-with-marks", "off"),
        ("dead-gateway-not-noticed", "error"),
    ])
    .unwrap();
    let told = report.at(&levels);
    let of = |code: &str| -> Vec<Level> {
        let findings = told
            .findings()
            .iter()
            .filter(|found: &&Diagnostic| found.code.as_str() == code);
        findings.map(|found| found.level).collect()
    };
    assert_eq!(of("fasttrack-with-marks"), []);
    assert_eq!(of("dead-gateway-not-noticed"), [Level::Error]);
    assert!(told.blocks() && told.findings()[0].level == Level::Error);
}
