#![doc = include_str!("nothing_balanced.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::site::Line;
use crate::survey::source_rules;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("nothing-balanced"),
    level: Level::Error,
    page: include_str!("nothing_balanced.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines();
    if !case.site.mode().balances() || lines.len() < 2 {
        return Vec::new();
    }
    let unmetered: Vec<&Line> = lines.iter().filter(|line| !line.metered()).collect();
    match unmetered.as_slice() {
        [] => [finding(
            RULE.finding("every line is metered: no connection is shared"),
        )]
        .into(),
        [line] => {
            let message = format!(
                "only line `{}` is not metered: no connection is shared",
                line.id()
            );
            [finding(RULE.finding(message).about(Subject::line(line.id().as_str())))].into()
        }
        _ if translates_nobody(case) => [RULE.finding(UNTRANSLATED).with_help(
            "set `mode` to `failover`, or limit the rule that accepts everything in `srcnat` to customers with public addresses",
        )]
        .into(),
        _ => Vec::new(),
    }
}

const UNTRANSLATED: &str = "source NAT of the line that works today lets every customer out untranslated: no connection can be shared";

/// Whether no customer's connection could go over another line, because none is translated
fn translates_nobody(case: &Case<'_>) -> bool {
    let mut rules = source_rules(case.site, case.router).into_iter();
    !rules.any(|rule| rule.is_translated)
}

fn finding(found: Diagnostic) -> Diagnostic {
    found.with_help("set `mode` to `failover`, or take `metered` off a line")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router};
    use crate::site::Mode;

    fn found(mode: Mode, metered: &[bool]) -> Vec<alloc::string::String> {
        let ports = ["ether1", "ether2", "ether3"];
        let mut draft = draft(ports.get(..metered.len()).unwrap());
        draft.mode = mode;
        for (line, metered) in draft.lines.iter_mut().zip(metered) {
            line.metered = *metered;
        }
        messages(&RULE, &draft.build().unwrap(), &router(&[]))
    }

    #[test]
    fn balancing_takes_two_lines_that_are_not_metered() {
        for mode in [Mode::LoadBalance, Mode::LoadBalanceFailover] {
            assert_eq!(
                found(mode, &[false, true]),
                ["only line `isp1` is not metered: no connection is shared"]
            );
            assert_eq!(
                found(mode, &[true, true, true]),
                ["every line is metered: no connection is shared"]
            );
            assert!(found(mode, &[false, true, false]).is_empty());
        }
    }

    #[test]
    fn failover_balances_nothing_and_says_so() {
        assert!(found(Mode::Failover, &[false, true]).is_empty());
    }

    #[test]
    fn customers_that_nobody_translates_cannot_be_shared() {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.mode = Mode::LoadBalance;
        let site = draft.build().unwrap();
        let masquerade = "/ip/firewall/nat chain=srcnat action=masquerade";
        let found = |accept: &str| messages(&RULE, &site, &router(&[accept, masquerade]));
        assert_eq!(
            found("/ip/firewall/nat chain=srcnat action=accept out-interface=ether1"),
            [UNTRANSLATED]
        );
        for passes in [
            "/ip/firewall/nat chain=srcnat action=accept src-address=203.0.113.0/28",
            "/ip/firewall/nat chain=srcnat action=accept ipsec-policy=out,ipsec",
            "/ip/firewall/nat chain=srcnat action=accept out-interface=ether1 disabled=yes",
            "/ip/firewall/nat chain=srcnat action=accept out-interface=ether2",
        ] {
            assert!(found(passes).is_empty(), "{passes}");
        }
    }

    #[test]
    fn too_few_lines_are_another_matter() {
        assert!(found(Mode::LoadBalance, &[false]).is_empty());
    }
}
