#![doc = include_str!("report_not_possible.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Policies, Rule};
use crate::survey;
use crate::survey::device_mode::{DEVICE_MODE, Forbidden, no_fetch, no_scheduler};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("report-not-possible"),
    level: Level::Error,
    page: include_str!("report_not_possible.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if case.site.webhook().is_none() {
        return Vec::new();
    }
    let by_device = [no_scheduler(case.router), no_fetch(case.router)]
        .into_iter()
        .flatten();
    let by_user = case.context.policies.and_then(not_permitted);
    let is_known = survey::webhook_url(case.site, case.router).is_some();
    let without_url = (!is_known).then(|| {
        RULE.finding("the site has a webhook without a URL, and the router has none from before")
            .with_help("give the webhook its `url`, or leave the webhook out")
    });
    by_device
        .map(not_allowed)
        .chain(by_user)
        .chain(without_url)
        .collect()
}

fn not_allowed(forbidden: Forbidden) -> Diagnostic {
    let message = format!("{}, and the report to the webhook needs one", forbidden.why);
    let help = format!("{}, or leave the webhook out", forbidden.remedy);
    RULE.finding(message)
        .with_help(help)
        .about(Subject::menu(DEVICE_MODE))
}

fn not_permitted(policies: Policies) -> Option<Diagnostic> {
    let missing: Vec<&str> = policies.missing().collect();
    let found = || {
        let missing = missing.join("`, `");
        RULE.finding(format!(
            "the user lacks `{missing}`: what reports to the webhook would not run"
        ))
        .with_help("give the user's group these policies, or send the plan as another user")
        .about(Subject::menu("/user/group"))
    };
    (!missing.is_empty()).then(found)
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::preflight::testing::{draft, rest};
    use crate::preflight::{Context, preflight};
    use crate::site::Webhook;

    fn found(webhook: Option<Webhook>, mode: &str, policies: Option<&str>, scripts: &str) -> Vec<String> {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.webhook = webhook;
        let router = rest(&format!(
            r#"{{"/system/device-mode": {mode}, "/system/script": [{scripts}]}}"#
        ));
        let context = Context {
            policies: policies.map(Policies::of_group),
            ..Context::default()
        };
        let report = preflight(&draft.build().unwrap(), &router, &context);
        let findings = report.findings().iter().filter(|found| found.code == RULE.code);
        findings.map(|found| found.message.clone()).collect()
    }

    fn webhook() -> Option<Webhook> {
        Some(Webhook::new("https://a.example/x"))
    }

    #[test]
    fn a_device_or_a_user_that_may_not_is_found() {
        let home = r#"{"mode": "home", "scheduler": "false", "fetch": "false"}"#;
        assert_eq!(
            found(webhook(), home, Some("read,write,!test"), ""),
            [
                "the device mode allows no scheduler, and the report to the webhook needs one",
                "the device mode allows no fetch, and the report to the webhook needs one",
                "the user lacks `test`: what reports to the webhook would not run",
            ]
        );
        assert!(found(None, home, Some(""), "").is_empty());
    }

    #[test]
    fn what_may_or_is_not_known_is_no_fault() {
        let advanced = r#"{"mode": "advanced", "scheduler": "true", "fetch": "true"}"#;
        assert!(found(webhook(), advanced, Some("read,write,test"), "").is_empty());
        assert!(found(webhook(), "[]", None, "").is_empty());
    }

    #[test]
    fn a_webhook_without_a_url_needs_one_on_the_router() {
        let webhook = || {
            Some(Webhook {
                url: None,
                ..Webhook::new("")
            })
        };
        assert_eq!(found(webhook(), "[]", None, "").len(), 1);
        let script = r#"{".id": "*1", "name": "multi-isp-report", "comment": "multi-isp:report:site:1", "source": "/tool fetch url=\"https://a\""}"#;
        assert!(found(webhook(), "[]", None, script).is_empty());
        let foreign = script.replace("multi-isp:report:site:1", "mine");
        assert_eq!(found(webhook(), "[]", None, &foreign).len(), 1);
    }
}
