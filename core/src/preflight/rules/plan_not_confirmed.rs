#![doc = include_str!("plan_not_confirmed.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Check, Context, Rule};
use crate::routeros::router::{Router, Row};
use crate::survey::{Role, tag_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("plan-not-confirmed"),
    level: Level::Warning,
    page: include_str!("plan_not_confirmed.md"),
    check: Check::Send(check),
};

fn check(router: &Router, _: &Context) -> Vec<Diagnostic> {
    let menu = Role::Guard.menu();
    let is_guard = |row: &&Row| tag_of(menu, row).is_some_and(|tag| tag.role() == Role::Guard);
    let mut guards = router.table(menu).iter().filter(is_guard);
    let found = guards.find_map(|row| row.text("interval")).map(|interval| {
        let message =
            format!("an earlier plan waits to be confirmed: its guard takes it back every {interval}");
        RULE.finding(message)
            .with_help("confirm that plan, or take it back; or send this one, which takes over")
            .about(Subject::menu(menu))
    });
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::router;

    fn found(rows: &[&str]) -> Vec<Diagnostic> {
        check(&router(rows), &Context::default())
    }

    #[test]
    fn a_guard_that_stands_is_told() {
        let guard = "/system/scheduler name=multi-isp-guard interval=10m on-event=multi-isp-undo comment=multi-isp:guard:site:1";
        let startup = "/system/scheduler name=multi-isp-guard-startup start-time=startup comment=multi-isp:guard:site:2";
        let findings = found(&[startup, guard]);
        let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
        assert_eq!(
            messages,
            ["an earlier plan waits to be confirmed: its guard takes it back every 10m"]
        );
        let sooner = guard.replace("interval=10m", "interval=3m");
        assert!(found(&[&sooner])[0].message.ends_with("takes it back every 3m"));
        assert!(found(&["/system/scheduler name=multi-isp-guard interval=10m"]).is_empty());
        let other = "/system/scheduler name=backup interval=1d on-event=backup";
        assert!(found(&[other]).is_empty());
    }
}
