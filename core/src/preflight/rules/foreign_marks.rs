#![doc = include_str!("foreign_marks.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Row;
use crate::rule::{named, row_subject};
use crate::survey::foreign_enabled;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("foreign-marks"),
    level: Level::Error,
    page: include_str!("foreign_marks.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if !case.marks() {
        return Vec::new();
    }
    foreign_enabled(case.router, MENU)
        .filter(|row| !LATER_CHAINS.iter().any(|chain| row.is("chain", chain)))
        .filter_map(finding)
        .collect()
}

fn finding(row: &Row) -> Option<Diagnostic> {
    let is_guarded = || row.is("connection-mark", "no-mark");
    let marks = || MARKING.iter().any(|action| row.is("action", action));
    let (what, help) = if row.get("per-connection-classifier").is_some() {
        (
            "shares connections by a classifier of its own, beside that of the lines",
            "disable it: the site shares them",
        )
    } else if is_guarded() && marks() {
        (
            "asks for `connection-mark=no-mark`, and never meets what is marked for a line before",
            "disable it if the site does what it did; a rule that must win, as for a VPN, does without `connection-mark=no-mark`",
        )
    } else {
        return None;
    };
    let chain = row.text("chain").unwrap_or_default();
    let message = format!("mangle rule {} of `{chain}` {what}", named(row));
    Some(
        RULE.finding(message)
            .with_help(help)
            .about(row_subject(MENU, row)),
    )
}

const MENU: &str = "/ip/firewall/mangle";

/// Chains that come after routing; whatever else there is may be reached before
const LATER_CHAINS: [&str; 3] = ["forward", "postrouting", "input"];

/// Actions that a guard keeps from connections which have a mark
const MARKING: [&str; 2] = ["mark-connection", "mark-routing"];

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::preflight::testing::{draft, messages, router};
    use crate::site::Mode;

    fn found(mode: Mode, rule: &str) -> Vec<String> {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.mode = mode;
        let row = format!("{MENU} {rule}");
        messages(&RULE, &draft.build().unwrap(), &router(&[&row]))
    }

    #[test]
    fn a_rule_that_waits_for_what_is_unmarked_is_named() {
        assert_eq!(
            found(
                Mode::LoadBalance,
                "chain=prerouting action=mark-connection connection-mark=no-mark src-address-list=office new-connection-mark=vpn"
            ),
            [
                "mangle rule `mark-connection connection-mark=no-mark src-address-list=office new-connection-mark=vpn` of `prerouting` asks for `connection-mark=no-mark`, and never meets what is marked for a line before"
            ]
        );
        let in_chain = "chain=to-vpn action=mark-routing connection-mark=no-mark comment=all_to_Berlin";
        assert_eq!(
            found(Mode::LoadBalanceFailover, in_chain),
            [
                "mangle rule `all to Berlin` of `to-vpn` asks for `connection-mark=no-mark`, and never meets what is marked for a line before"
            ]
        );
    }

    #[test]
    fn another_classifier_is_named() {
        let pcc =
            "chain=prerouting action=mark-connection per-connection-classifier=src-address:2/0 comment=pcc";
        assert_eq!(
            found(Mode::LoadBalance, pcc),
            [
                "mangle rule `pcc` of `prerouting` shares connections by a classifier of its own, beside that of the lines"
            ]
        );
        assert!(found(Mode::LoadBalance, &format!("{pcc} disabled=yes")).is_empty());
        assert!(found(Mode::Failover, pcc).is_empty(), "nothing is marked");
        let ours = pcc.replace("comment=pcc", "comment=multi-isp:pcc:isp1:1");
        assert!(found(Mode::LoadBalance, &ours).is_empty());
    }

    #[test]
    fn what_goes_on_working_passes() {
        for rule in [
            "chain=prerouting action=mark-connection src-address-list=office new-connection-mark=vpn",
            "chain=prerouting action=mark-packet connection-mark=no-mark new-packet-mark=bulk",
            "chain=prerouting action=mark-routing connection-mark=vpn new-routing-mark=vpn",
            "chain=forward action=mark-connection connection-mark=no-mark new-connection-mark=qos",
            "chain=postrouting action=mark-connection connection-mark=no-mark new-connection-mark=qos",
            "chain=forward action=change-mss connection-mark=no-mark protocol=tcp",
        ] {
            assert!(found(Mode::LoadBalance, rule).is_empty(), "{rule}");
        }
    }
}
