#![doc = include_str!("free_access_active.md")]

use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("free-access-active"),
    level: Level::Error,
    page: include_str!("free_access_active.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let found = RULE
        .finding("free access is on: everybody is let through to the internet")
        .with_help("turn free access off in the portal, then apply");
    case.context.free_access.then_some(found).into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::Context;
    use crate::preflight::testing::{check_in, router, site};

    #[test]
    fn free_access_is_in_the_way() {
        let found = |free_access, ports: &[&str]| {
            let context = Context {
                free_access,
                ..Context::default()
            };
            check_in(&RULE, &site(ports), &router(&[]), &context).len()
        };
        for ports in [&["ether1", "ether2"][..], &["ether1"]] {
            assert_eq!((found(true, ports), found(false, ports)), (1, 0));
        }
    }
}
