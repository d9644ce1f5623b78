#![doc = include_str!("too_few_lines.md")]

use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("too-few-lines"),
    level: Level::Error,
    page: include_str!("too_few_lines.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let message = match case.site.lines().len() {
        0 => "the site has no line",
        1 => "the site has one line only",
        _ => return Vec::new(),
    };
    [RULE
        .finding(message)
        .with_help("add a second line: there is nothing to switch to or to share with")]
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{messages, router, site};

    #[test]
    fn two_lines_are_enough() {
        let found = |ports: &[&str]| messages(&RULE, &site(ports), &router(&[]));
        assert_eq!(found(&[]), ["the site has no line"]);
        assert_eq!(found(&["ether1"]), ["the site has one line only"]);
        for enough in [&["ether1", "ether2"][..], &["ether1", "ether2", "ether3"]] {
            assert!(found(enough).is_empty());
        }
    }
}
