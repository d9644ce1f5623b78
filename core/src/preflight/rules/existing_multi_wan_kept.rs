#![doc = include_str!("existing_multi_wan_kept.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::survey::ExistingSetup;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("existing-multi-wan-kept"),
    level: Level::Warning,
    page: include_str!("existing_multi_wan_kept.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if case.context.existing != ExistingSetup::Keep {
        return Vec::new();
    }
    let message = |role, names: &str| {
        format!(
            "a set-up by hand stays beside that of the site, and may send traffic elsewhere, {role}: {names}"
        )
    };
    let findings = case.findings_of_setup(&RULE, message).into_iter();
    findings.map(|found| found.with_help(HELP)).collect()
}

const HELP: &str = "apply with `existing: replace` where these rows are not wanted any more";

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::preflight::Context;
    use crate::preflight::testing::{check_in, router, site};

    #[test]
    fn what_stays_is_named_where_it_was_asked_to() {
        let rows = [
            "/ip/route dst-address=0.0.0.0/0 gateway=192.0.2.1%ether1 routing-table=to1",
            "/ip/firewall/mangle chain=prerouting action=mark-routing new-routing-mark=to1 comment=voip",
        ];
        let of = |existing, rows: &[&str]| {
            let context = Context {
                existing,
                ..Context::default()
            };
            let found = check_in(&RULE, &site(&["ether1", "ether2"]), &router(rows), &context);
            let messages = found.into_iter().map(|finding| finding.message);
            messages.collect::<Vec<String>>()
        };
        let told = |existing| of(existing, &rows);
        assert_eq!(of(ExistingSetup::Keep, &rows[..1]).len(), 1);
        assert_eq!(
            told(ExistingSetup::Keep),
            [
                "a set-up by hand stays beside that of the site, and may send traffic elsewhere, mark of routing: `/ip firewall mangle` `voip`",
                "a set-up by hand stays beside that of the site, and may send traffic elsewhere, default route of a table: `/ip route add dst-address=0.0.0.0/0 gateway=192.0.2.1%ether1 routing-table=to1`"
            ]
        );
        assert!(told(ExistingSetup::Refuse).is_empty() && told(ExistingSetup::Replace).is_empty());
    }
}
