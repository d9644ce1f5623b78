//! Preflight over the documented cases and over whatever real exports there are.

use std::fmt::Write;
use std::fs;

use multi_isp::plan::{Options, plan_apply};
use multi_isp::preflight::{Context, preflight};
use multi_isp::routeros::router::{Router, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::rule::Report;

use crate::examples::cases;
use crate::json_schema::faults_of_text;
use crate::shared::shared;

#[test]
fn the_documented_cases() {
    let mut reports = String::new();
    for case in cases() {
        let report = preflight(&case.site, &case.router, &Context::default());
        assert!(!report.blocks(), "{}: {report}", case.name);
        writeln!(reports, "# {}\n{report}", case.name).unwrap();
    }
    insta::assert_snapshot!(reports);
}

/// What preflight promises of such a port, apply does
#[test]
fn a_port_that_a_list_puts_on_a_bridge_leaves_the_list() {
    let export = "# 2026-03-02 10:14:05 by RouterOS 7.16.2\n\
        /interface bridge\nadd auto-mac=no admin-mac=48:A9:8A:00:10:02 name=bridge\n\
        /interface list\nadd name=PORTS\nadd name=WAN\n\
        /interface bridge port\nadd bridge=bridge interface=PORTS\n\
        /interface list member\nadd interface=ether2 list=PORTS\nadd interface=ether3 list=PORTS\n\
        add interface=ether1 list=WAN\n\
        /ip dhcp-client\nadd interface=ether1\n";
    let router = Router::from_export(export.as_bytes(), None).unwrap();
    let site = cases().remove(0).site;
    let plan = plan_apply(&site, &router, &Options::default()).unwrap();
    let promised = plan
        .report()
        .findings()
        .iter()
        .map(|finding| finding.message.as_str());
    assert!(
        promised
            .clone()
            .any(|message| message.ends_with("on bridge `bridge` by interface list `PORTS`"))
    );

    let script = Script::parse(&plan.script()).unwrap();
    let applied = router.run(&script, &Unknown);
    assert_eq!(applied.error, None);
    let members = applied.router.table("/interface/list/member");
    let ports: Vec<_> = members.iter().filter(|row| row.is("list", "PORTS")).collect();
    assert!(ports.len() == 1 && ports[0].is("interface", "ether3"));

    let undone = applied
        .router
        .run(&Script::parse(&plan.undo_script()).unwrap(), &Unknown);
    assert_eq!(undone.error, None);
    assert_eq!(undone.router.diff(&router), []);
}

#[test]
fn no_real_export_is_too_much() {
    let Some(folder) = shared("corpus") else { return };
    let cases = cases();
    let mut checked = 0;
    for entry in fs::read_dir(folder).unwrap() {
        let Ok(router) = Router::from_export(&fs::read(entry.unwrap().path()).unwrap(), None) else {
            continue;
        };
        for case in &cases {
            let report = preflight(&case.site, &router, &Context::default());
            let json = report.to_json();
            assert_eq!(faults_of_text(Report::JSON_SCHEMA, &json), Vec::<String>::new());
        }
        checked += 1;
    }
    println!("preflight: {checked} exports checked");
    assert!(checked >= 7, "{checked}");
}
