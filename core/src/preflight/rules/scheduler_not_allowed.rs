#![doc = include_str!("scheduler_not_allowed.md")]

use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Row;
use crate::routeros::value::{Kind, Value, equal};
use crate::site::StaleConnections;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("scheduler-not-allowed"),
    level: Level::Error,
    page: include_str!("scheduler_not_allowed.md"),
    check: Check::Apply(check),
};

/// The menu that says what a device allows
const DEVICE_MODE: &str = "/system/device-mode";

/// What forbids schedulers, as what, in words, and what to do
const FORBIDDEN_BY: [(&str, &str, &str, &str); 2] = [
    (
        "scheduler",
        "no",
        "the device mode allows no scheduler, and one has to remove stale connections",
        "run `/system device-mode update scheduler=yes` and confirm it on the device, or set `stale_connections` to `none`",
    ),
    (
        "flagged",
        "yes",
        "the device is flagged and allows no new scheduler, and one has to remove stale connections",
        "find out why it is flagged and clear that in its device mode, or set `stale_connections` to `none`",
    ),
];

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if case.site.stale_connections() == StaleConnections::Keep {
        return Vec::new();
    }
    let Some(mode) = case.router.table(DEVICE_MODE).rows().first() else {
        return Vec::new();
    };
    let forbidding = FORBIDDEN_BY
        .iter()
        .filter(|(name, value, ..)| says(mode, name, value));
    forbidding
        .map(|(.., message, help)| RULE.finding(*message).with_help(*help).about(DEVICE_MODE))
        .collect()
}

fn says(mode: &Row, name: &str, value: &str) -> bool {
    let own = mode.live(name).or_else(|| mode.get(name));
    own.is_some_and(|own| equal(Kind::Bool, own, &Value::from(value)))
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
