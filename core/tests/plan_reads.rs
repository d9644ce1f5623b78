//! The menus that a plan needs are all that it reads.

use std::path::Path;

use multi_isp::routeros::router::Unknown;
use multi_isp::routeros::schema;
use multi_isp::{Options, Router, plan_apply, plan_reads};
use regex::Regex;

use crate::examples::cases_on_both;

/// A router that is read by these menus alone plans what the whole one does.
#[test]
fn nothing_else_is_needed() {
    for case in cases_on_both() {
        let whole = |menus: Vec<String>| -> Router {
            let version = case.router.version().unwrap();
            let mut twin = case.router.clone();
            let mut replies = Vec::new();
            for menu in menus {
                let answer = twin.answer_sentence(&[format!("{menu}/print")], &Unknown);
                twin = answer.router;
                if answer.sentences.iter().all(|words| words[0] != b"!trap") {
                    replies.push((menu, answer.sentences));
                }
            }
            let replies: Vec<(&str, Vec<Vec<Vec<u8>>>)> = replies
                .iter()
                .map(|(menu, sentences)| (menu.as_str(), sentences.clone()))
                .collect();
            Router::from_api(&replies, Some(version)).unwrap()
        };
        let needed: Vec<String> = plan_reads(case.router.version().unwrap())
            .into_iter()
            .map(str::to_owned)
            .collect();
        let others = case
            .router
            .menus()
            .map(str::to_owned)
            .filter(|menu| !needed.contains(menu));
        let all = whole(needed.iter().cloned().chain(others).collect());
        let few = whole(needed);
        let plan = |router: &Router| plan_apply(&case.site, router, &Options::default()).unwrap();
        let (all, few) = (plan(&all), plan(&few));
        assert_eq!(all.script(), few.script(), "{}", case.name);
        assert_eq!(all.report(), few.report(), "{}", case.name);
    }
}

/// Every menu that the sources of a plan name is among them.
#[test]
fn every_menu_that_is_named_is_read() {
    let core = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let menu = Regex::new(r#""(/[a-z][a-z0-9-]*(?:/[a-z0-9-]+)*)""#).unwrap();
    let reads = std::fs::read_to_string(core.join("plan/reads.rs")).unwrap();
    let mut named = 0;
    for folder in ["desired", "survey", "preflight", "plan", "rule", "status"] {
        for file in crate::architecture::sources(&core.join(folder)) {
            let text = std::fs::read_to_string(&file).unwrap();
            for (_, [path]) in menu.captures_iter(&text).map(|found| found.extract()) {
                // Kinds of interfaces stand in `/interface`, whatever menus they have.
                if schema::menu(path).is_none() {
                    continue;
                }
                named += 1;
                assert!(
                    reads.contains(&format!("\"{path}\"")),
                    "{}: {path}",
                    file.display()
                );
            }
        }
    }
    assert!(named > 200, "only {named}");
}
