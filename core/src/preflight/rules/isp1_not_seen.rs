#![doc = include_str!("isp1_not_seen.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::survey::detect_line;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("isp1-not-seen"),
    level: Level::Warning,
    page: include_str!("isp1_not_seen.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let finding = |id: &str| {
        RULE.finding(format!("the router has no default route: line `{id}` is made, not left alone"))
            .with_help(
                "see that the picture of the router is whole (an export that failed half way is not), and that it is the right router",
            )
            .about(Subject::line(id))
    };
    let primary = case.site.lines().first();
    primary
        .filter(|_| detect_line(case.today).is_none())
        .map(|line| finding(line.id().as_str()))
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{messages, router, site};

    #[test]
    fn a_router_that_leads_nowhere_is_told() {
        let site = site(&["ether1", "ether2"]);
        assert_eq!(
            messages(&RULE, &site, &router(&[])),
            ["the router has no default route: line `isp1` is made, not left alone"]
        );
        let silent = "/ip/dhcp-client interface=ether1 add-default-route=no";
        assert_eq!(messages(&RULE, &site, &router(&[silent])).len(), 1);
        for leads in [
            "/ip/dhcp-client interface=ether1",
            "/ip/route gateway=192.0.2.1%ether1",
        ] {
            assert!(messages(&RULE, &site, &router(&[leads])).is_empty(), "{leads}");
        }
    }
}
