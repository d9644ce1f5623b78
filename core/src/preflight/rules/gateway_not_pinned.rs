#![doc = include_str!("gateway_not_pinned.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::site::{Access, Health, Line};
use crate::survey;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("gateway-not-pinned"),
    level: Level::Warning,
    page: include_str!("gateway_not_pinned.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines().iter();
    let probed: Vec<&Line> = lines
        .filter(|line| case.is_v6() && is_probed(case, line))
        .collect();
    let unseen: Vec<&Line> = probed
        .iter()
        .copied()
        .filter(|line| is_unseen(case, line))
        .collect();
    if probed.len() < 2 || unseen.is_empty() {
        return Vec::new();
    }
    let message = |names: &str| {
        format!("RouterOS 6 cannot pin probes to a port, and the gateway of {names} is not known yet")
    };
    let found = Case::finding_of(&RULE, &unseen, message).with_help(
        "see that no two modems have the same address once their leases are there: renumber one, or set `health` to `gateway`",
    );
    [found].into()
}

fn is_probed(case: &Case<'_>, line: &Line) -> bool {
    survey::check(case.site, case.router, line).health == Health::Internet
}

fn is_unseen(case: &Case<'_>, line: &Line) -> bool {
    matches!(line.access(), Access::Dhcp) && survey::existing(case.router, line).gateway.is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, static_access};
    use crate::routeros::router::Router;
    use crate::routeros::version::Version;

    #[test]
    fn leases_that_are_not_seen_may_have_one_gateway() {
        let mut draft = draft(&["ether1", "ether2"]);
        let found = |draft: &crate::site::SiteDraft, version: &str| {
            let router = Router::new(Version::parse(version).unwrap());
            messages(&RULE, &draft.clone().build().unwrap(), &router)
        };
        assert_eq!(
            found(&draft, "6.49.10"),
            ["RouterOS 6 cannot pin probes to a port, and the gateway of `isp1`, `isp2` is not known yet"]
        );
        assert_eq!(found(&draft, "6.40.9").len(), 1);
        assert!(found(&draft, "7.22.3").is_empty());
        draft.lines[1].health = Some(Health::Gateway);
        assert!(
            found(&draft, "6.49.10").is_empty(),
            "one line alone is not ambiguous"
        );
        draft.lines[1].health = None;
        draft.lines[0].access = static_access("198.51.100.2/30", "198.51.100.1");
        draft.lines[1].access = static_access("203.0.113.2/30", "203.0.113.1");
        assert!(found(&draft, "6.49.10").is_empty(), "both are known");
    }
}
