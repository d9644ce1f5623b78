#![doc = include_str!("scheduler_not_allowed.md")]

use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::site::StaleConnections;
use crate::survey::device_mode::{DEVICE_MODE, no_scheduler};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("scheduler-not-allowed"),
    level: Level::Error,
    page: include_str!("scheduler_not_allowed.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if case.site.stale_connections() == StaleConnections::Keep {
        return Vec::new();
    }
    let found = no_scheduler(case.router).map(|forbidden| {
        let message = [forbidden.why, ", and one has to remove stale connections"].concat();
        let help = [forbidden.remedy, ", or set `stale_connections` to `none`"].concat();
        RULE.finding(message)
            .with_help(help)
            .about(Subject::menu(DEVICE_MODE))
    });
    found.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::format;

    use super::*;
    use crate::preflight::testing::{draft, messages, rest};

    fn found(stale_connections: StaleConnections, mode: &str) -> usize {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.stale_connections = stale_connections;
        let router = rest(&format!(r#"{{"/system/device-mode": {mode}}}"#));
        messages(&RULE, &draft.build().unwrap(), &router).len()
    }

    #[test]
    fn a_device_that_forbids_schedulers_is_found() {
        for mode in [
            r#"{"mode": "home", "scheduler": "false"}"#,
            r#"{"mode": "home", "scheduler": "no"}"#,
            r#"{"mode": "advanced", "flagged": "true", "scheduler": "true"}"#,
        ] {
            assert_eq!(found(StaleConnections::FailedLine, mode), 1, "{mode}");
            assert_eq!(found(StaleConnections::Keep, mode), 0, "{mode}");
        }
    }

    #[test]
    fn what_allows_them_or_says_nothing_is_no_fault() {
        for mode in [
            r#"{"mode": "home", "flagged": "false", "scheduler": "true"}"#,
            r#"{"mode": "home"}"#,
            "[]",
        ] {
            assert_eq!(found(StaleConnections::FailedLine, mode), 0, "{mode}");
        }
    }
}
