#![doc = include_str!("version_unconfirmed.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::schema;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("version-unconfirmed"),
    level: Level::Warning,
    page: include_str!("version_unconfirmed.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let unconfirmed = case
        .router
        .version()
        .filter(|version| !schema::is_confirmed(*version));
    let finding = unconfirmed.map(|version| {
        let message = format!("what RouterOS {version} has is not confirmed by its own command tree");
        RULE.finding(message).with_help(HELP)
    });
    finding.into_iter().collect()
}

const HELP: &str =
    "see that the version is right, and try the plan on a router of that version within reach first";

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use crate::preflight::testing::{check, site};
    use crate::routeros::router::Router;
    use crate::routeros::version::Version;

    fn findings(version: &str) -> usize {
        let router = Router::new(Version::parse(version).unwrap());
        check(&super::RULE, &site(&["ether1", "ether2"]), &router).len()
    }

    #[test]
    fn versions_with_a_tree_pass() {
        for version in ["7.9", "7.16.2", "7.22.3", "7.24.2"] {
            assert_eq!(findings(version), 0, "{version}");
        }
    }

    #[test]
    fn older_and_newer_ones_do_not() {
        for version in ["6.40", "6.49.18", "7.1", "7.8", "7.25", "8.0"] {
            assert_eq!(findings(version), 1, "{version}");
        }
    }
}
