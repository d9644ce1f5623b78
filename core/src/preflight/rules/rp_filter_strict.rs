#![doc = include_str!("rp_filter_strict.md")]

use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::rule::typed;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("rp-filter-strict"),
    level: Level::Error,
    page: include_str!("rp_filter_strict.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let mut settings = case.router.table(MENU).iter();
    if !case.marks() || !settings.any(|row| row.is("rp-filter", "strict")) {
        return Vec::new();
    }
    [finding(Subject::menu(typed(MENU)))].into()
}

pub(crate) fn finding(subject: Subject) -> Diagnostic {
    RULE.finding(
        "`rp-filter=strict` drops what comes in over any line but the one that the main table prefers",
    )
    .with_help("set `rp-filter=loose` in `/ip settings`")
    .about(subject)
}

const MENU: &str = "/ip/settings";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router};
    use crate::site::Mode;

    #[test]
    fn a_strict_filter_is_found_where_connections_are_marked() {
        let found = |mode, replies, row| {
            let mut draft = draft(&["ether1", "ether2"]);
            (draft.mode, draft.replies) = (mode, replies);
            messages(&RULE, &draft.build().unwrap(), &router(&[row]))
        };
        let strict = "/ip/settings rp-filter=strict";
        assert_eq!(
            found(Mode::LoadBalance, false, strict),
            ["`rp-filter=strict` drops what comes in over any line but the one that the main table prefers"]
        );
        assert_eq!(found(Mode::Failover, true, strict).len(), 1);
        assert!(found(Mode::Failover, false, strict).is_empty());
        assert!(found(Mode::LoadBalance, false, "/ip/settings rp-filter=loose").is_empty());
        assert!(found(Mode::LoadBalance, false, "/ip/settings tcp-syncookies=yes").is_empty());
    }
}
