//! Routers that people published: none is too much, and what is found in them is counted.

use std::collections::BTreeMap;

use multi_isp::rule::Report;
use multi_isp::rulebook::{Audited, sarif};
use multi_isp::{Level, Report as Findings, Router, Version, audit};

use crate::json_schema::faults;
use crate::shared::shared;
use crate::simulate::corpus::routers;

#[test]
fn no_published_router_is_too_much() {
    let Some(routers) = routers() else { return };
    let mut table: BTreeMap<(String, Level, &str), usize> = BTreeMap::new();
    for (name, router) in &routers {
        let report = audit(router);
        held(name, b"", &report);
        for found in report.findings() {
            *table
                .entry((name.clone(), found.level, found.code.as_str()))
                .or_default() += 1;
        }
    }
    println!(
        "audit: {} published routers\n{:<6} {:<8} {:>3}  code",
        routers.len(),
        "file",
        "level",
        "n"
    );
    for ((name, level, code), count) in &table {
        println!("{name:<6} {level:<8} {count:>3}  {code}");
    }
    let errors: usize = table
        .iter()
        .filter(|((_, level, _), _)| *level == Level::Error)
        .map(|(_, count)| count)
        .sum();
    println!(
        "audit: {errors} errors, {} findings",
        table.values().sum::<usize>()
    );
    assert!(routers.len() >= 15 && errors > 0);
}

/// Scripts of all kinds, most of which are no router at all: what they make of an empty one is audited without a panic.
#[test]
fn whatever_a_script_makes_can_be_audited() {
    let mut seen = 0;
    for folder in ["corpus", "oracle", "examples-routeros"] {
        let Some(folder) = shared(folder) else { continue };
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let bytes = std::fs::read(&path).unwrap();
            let Ok(router) = Router::from_export(&bytes, Some(Version::new(7, 20, 0))) else {
                continue;
            };
            held(&path.display().to_string(), &bytes, &audit(&router));
            seen += 1;
        }
    }
    println!("audit: {seen} scripts audited");
}

/// What every report keeps, whatever it is of.
fn held(name: &str, export: &[u8], report: &Findings) {
    let json = serde_json::to_value(report).unwrap();
    assert_eq!(faults(Report::JSON_SCHEMA, &json), Vec::<String>::new(), "{name}");
    let _ = sarif(&[Audited {
        file: name,
        export,
        report,
    }]);
    let _ = report.render(name, export);
    for found in report.findings() {
        assert!(
            found.help.is_some() && !found.message.contains('\n'),
            "{name}: {found}"
        );
    }
}
