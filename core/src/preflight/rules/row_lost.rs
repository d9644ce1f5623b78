#![doc = include_str!("row_lost.md")]

use alloc::format;

use crate::diagnostic::{Code, Diagnostic, Level, RowSubject, Subject};
use crate::preflight::{Check, Rule};
use crate::rule::typed;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("row-lost"),
    level: Level::Warning,
    page: include_str!("row_lost.md"),
    check: Check::Plan,
};

/// The finding about a row of `menu` that had `row` and `original`, both as commands write them
pub(crate) fn finding(menu: &str, row: &str, original: &str) -> Diagnostic {
    let place = typed(menu);
    let message = format!(
        "the row of `{place}` that had `{row}` was changed, and is not found any more: it is not given back its `{original}`"
    );
    let lost = RowSubject {
        menu: menu.into(),
        id: None,
        command: row.into(),
        property: None,
        place: None,
    };
    RULE.finding(message).with_help(HELP).about(Subject::Row(lost))
}

const HELP: &str = "nothing has to be done where it was removed for good; else give it back what it was known by first, or these values by hand";
