#![doc = include_str!("guard_not_possible.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Check, Context, Rule};
use crate::routeros::router::Router;
use crate::survey::device_mode::{DEVICE_MODE, no_scheduler};

/// The code of the rule: a plan with this finding has no guard
pub const CODE: Code = Code::new("guard-not-possible");

/// The rule
pub const RULE: Rule = Rule {
    code: CODE,
    level: Level::Warning,
    page: include_str!("guard_not_possible.md"),
    check: Check::Send(check),
};

fn check(router: &Router, context: &Context) -> Vec<Diagnostic> {
    let by_device = no_scheduler(router).map(|forbidden| {
        let message = format!("{}: a plan cannot take itself back", forbidden.why);
        let help = format!(
            "{}; or send the plan without a guard, while somebody is at the router",
            forbidden.remedy
        );
        RULE.finding(message)
            .with_help(help)
            .about(Subject::menu(DEVICE_MODE))
    });
    let missing: Vec<&str> = context
        .policies
        .into_iter()
        .flat_map(|policies| policies.missing())
        .collect();
    let by_user = (!missing.is_empty()).then(|| {
        let missing = missing.join("`, `");
        RULE.finding(format!(
            "the user lacks `{missing}`: a plan cannot take itself back"
        ))
        .with_help("give the user's group these policies, or send the plan as another user")
        .about(Subject::menu("/user/group"))
    });
    by_device.into_iter().chain(by_user).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::Policies;
    use crate::preflight::testing::rest;

    fn found(mode: &str, policies: Option<&str>) -> Vec<alloc::string::String> {
        let router = rest(&format!(r#"{{"/system/device-mode": {mode}}}"#));
        let context = Context {
            policies: policies.map(Policies::of_group),
            ..Context::default()
        };
        check(&router, &context)
            .into_iter()
            .map(|finding| finding.message)
            .collect()
    }

    #[test]
    fn a_device_or_a_user_that_may_not_is_found() {
        let home = r#"{"mode": "home", "scheduler": "false"}"#;
        assert_eq!(
            found(home, None),
            ["the device mode allows no scheduler: a plan cannot take itself back"]
        );
        assert_eq!(
            found("[]", Some("read,!write,ssh")),
            ["the user lacks `write`, `test`: a plan cannot take itself back"]
        );
        assert_eq!(found(home, Some("")).len(), 2);
    }

    #[test]
    fn what_may_or_is_not_known_is_no_fault() {
        assert!(found("[]", None).is_empty());
        assert!(
            found(
                r#"{"mode": "advanced", "scheduler": "true"}"#,
                Some("read,write,test")
            )
            .is_empty()
        );
    }
}
