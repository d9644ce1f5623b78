#![doc = include_str!("existing_multi_wan.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::survey::ExistingSetup;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("existing-multi-wan"),
    level: Level::Error,
    page: include_str!("existing_multi_wan.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if case.context.existing != ExistingSetup::Refuse {
        return Vec::new();
    }
    let message =
        |role, names: &str| format!("somebody chooses between lines by hand already, {role}: {names}");
    let findings = case.findings_of_setup(&RULE, message).into_iter();
    findings.map(|found| found.with_help(HELP)).collect()
}

const HELP: &str = "apply with `existing: replace`, which disables these rows until the site goes again, or with `existing: keep`, which plans beside them";

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::preflight::Context;
    use crate::preflight::testing::{check_in, draft, messages, router, static_access, subjects};
    use crate::site::Site;

    const FAILOVER: [&str; 2] = [
        "/ip/route dst-address=0.0.0.0/0 gateway=192.0.2.1 distance=1",
        "/ip/route dst-address=0.0.0.0/0 gateway=198.51.100.1 distance=2 comment=backup",
    ];

    fn site() -> Site {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.lines[0].access = static_access("192.0.2.2/30", "192.0.2.1");
        draft.lines[1].access = static_access("198.51.100.2/30", "198.51.100.1");
        draft.build().unwrap()
    }

    #[test]
    fn the_rows_are_named_by_what_they_do() {
        let router = router(&FAILOVER);
        assert_eq!(
            messages(&RULE, &site(), &router),
            ["somebody chooses between lines by hand already, default route: `/ip route` `backup`"]
        );
        assert_eq!(
            subjects(&RULE, &site(), &router),
            [["/ip route add dst-address=0.0.0.0/0 gateway=198.51.100.1 distance=2 comment=backup"]]
        );
    }

    #[test]
    fn marks_for_a_table_of_a_line_are_one_too() {
        let rows = [
            "/routing/table name=to-isp2 fib=yes",
            "/ip/route dst-address=0.0.0.0/0 gateway=198.51.100.1 routing-table=to-isp2",
            "/ip/firewall/mangle chain=prerouting action=mark-routing new-routing-mark=to-isp2 comment=voip",
        ];
        let told = messages(&RULE, &site(), &router(&rows));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[0].ends_with("mark of routing: `/ip firewall mangle` `voip`"),
            "{told:?}"
        );
    }

    #[test]
    fn replace_and_keep_do_not_refuse() {
        for existing in [ExistingSetup::Replace, ExistingSetup::Keep] {
            let context = Context {
                existing,
                ..Context::default()
            };
            assert!(check_in(&RULE, &site(), &router(&FAILOVER), &context).is_empty());
        }
        assert!(messages(&RULE, &site(), &router(&FAILOVER[..1])).is_empty());
    }
}
