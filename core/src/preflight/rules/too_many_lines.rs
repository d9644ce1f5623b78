#![doc = include_str!("too_many_lines.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::failover::MAX_LINES;
use crate::preflight::{Case, Check, Rule};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("too-many-lines"),
    level: Level::Error,
    page: include_str!("too_many_lines.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let (lines, most) = (case.site.lines().len(), case.context.max_lines.min(MAX_LINES));
    let found = RULE
        .finding(format!("the site has {lines} lines, more than {most}"))
        .with_help("leave the slowest out, or raise the limit if the router is fast enough for the rules");
    (lines > most).then_some(found).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::preflight::Context;
    use crate::preflight::testing::{check_in, router, site};

    fn found(lines: usize, max_lines: usize) -> usize {
        let ports: Vec<_> = (1..=lines).map(|n| format!("ether{n}")).collect();
        let ports: Vec<&str> = ports.iter().map(String::as_str).collect();
        let context = Context {
            max_lines,
            ..Context::default()
        };
        check_in(&RULE, &site(&ports), &router(&[]), &context).len()
    }

    #[test]
    fn the_limit_is_four_or_what_the_caller_says() {
        assert_eq!([found(4, 4), found(5, 4), found(5, 6)], [0, 1, 0]);
    }

    #[test]
    fn no_limit_goes_beyond_the_distances() {
        assert_eq!([found(50, 99), found(51, 99)], [0, 1]);
    }
}
