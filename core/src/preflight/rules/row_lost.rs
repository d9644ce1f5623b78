#![doc = include_str!("row_lost.md")]

use alloc::format;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::rows::typed;
use crate::preflight::{Check, Rule};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("row-lost"),
    level: Level::Warning,
    page: include_str!("row_lost.md"),
    check: Check::Plan,
};

/// The finding about a row of `menu` that had `row` and `original`, both as commands write them
pub(crate) fn finding(menu: &str, row: &str, original: &str) -> Diagnostic {
    let menu = typed(menu);
    let message = format!(
        "the row of `{menu}` that had `{row}` was changed, and is not found any more: it is not given back its `{original}`"
    );
    RULE.finding(message).with_help(HELP).about(row)
}

const HELP: &str = "nothing has to be done where it was removed for good; else give it back what it was known by first, or these values by hand";
