//! Preflight over the documented cases and over whatever real exports there are.

use std::fmt::Write;
use std::fs;

use multi_isp::preflight::{Context, preflight};
use multi_isp::routeros::router::Router;
use multi_isp::site::Site;

use crate::examples::{cases, read};
use crate::shared::shared;

#[test]
fn the_documented_cases() {
    let mut reports = String::new();
    for case in cases() {
        let is_rest = case
            .router
            .extension()
            .is_some_and(|extension| extension == "json");
        let parse = if is_rest {
            Router::from_rest
        } else {
            Router::from_export
        };
        let router = parse(&read(&case.router), None).unwrap();
        let site = Site::from_json(&read(&case.site)).unwrap();
        let report = preflight(&site, &router, &Context::default());
        assert!(!report.blocks(), "{}: {report}", case.name);
        writeln!(reports, "# {}\n{report}", case.name).unwrap();
    }
    insta::assert_snapshot!(reports);
}

#[test]
fn no_real_export_is_too_much() {
    let Some(folder) = shared("corpus") else { return };
    let most_lines = cases().pop().unwrap();
    let site = Site::from_json(&read(&most_lines.site)).unwrap();
    let mut checked = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let Ok(router) = Router::from_export(&fs::read(entry.unwrap().path()).unwrap(), None) else {
            continue;
        };
        let report = preflight(&site, &router, &Context::default());
        let json = serde_json::to_value(&report).unwrap();
        assert_eq!(
            json["findings"].as_array().unwrap().len(),
            report.findings().len()
        );
        checked += 1;
    }
    println!("preflight: {checked} exports checked");
    assert!(checked >= 7, "{checked}");
}
