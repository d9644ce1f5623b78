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

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use crate::plan::{Options, plan_apply, plan_disable};
    use crate::preflight::testing::draft;
    use crate::routeros::router::{Router, Unknown};
    use crate::routeros::syntax::Script;

    const EXPORT: &[u8] = b"# 2026-01-05 10:00:00 by RouterOS 7.22.3\n/interface bridge\nadd name=bridge\n\
        /ip address\nadd address=192.168.88.1/24 interface=bridge\n/ip dhcp-client\nadd interface=ether1\n\
        /ip firewall filter\nadd action=fasttrack-connection chain=forward comment=speed\n\
        /ip firewall nat\nadd action=masquerade chain=srcnat\n";

    fn run(router: &Router, script: &[u8]) -> Router {
        let outcome = router.run(&Script::parse(script).unwrap(), &Unknown);
        assert_eq!(outcome.error, None);
        outcome.router
    }

    /// What a plan to disable says of a router that was planned, and of which somebody then did that
    fn told(then: &str) -> Vec<String> {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.mode = crate::site::Mode::LoadBalanceFailover;
        let router = Router::from_export(EXPORT, None).unwrap();
        let plan = plan_apply(&draft.build().unwrap(), &router, &Options::default()).unwrap();
        let router = run(&run(&router, &plan.script()), then.as_bytes());
        let plan = plan_disable(&router, &Options::default()).unwrap();
        let lost = plan
            .report()
            .findings()
            .iter()
            .filter(|found| found.code == super::RULE.code);
        lost.inspect(|found| crate::rule::style::well_said(found))
            .map(|found| found.message.clone())
            .collect()
    }

    #[test]
    fn a_changed_row_that_is_not_found_again_is_told() {
        for then in [
            "set [find comment=speed] comment=fast",
            "remove [find comment=speed]",
        ] {
            let told = told(&[ROWS, then].concat());
            assert_eq!(told.len(), 1, "{then}: {told:?}");
            assert!(
                told[0].contains("`/ip firewall filter`") && told[0].contains("speed"),
                "{told:?}"
            );
        }
    }

    #[test]
    fn rows_that_stay_as_they_are_known_are_not() {
        assert_eq!(told(""), [""; 0]);
        assert_eq!(
            told(&[ROWS, "set [find comment=speed] log=yes"].concat()),
            [""; 0]
        );
    }

    const ROWS: &str = "/ip firewall filter ";
}
