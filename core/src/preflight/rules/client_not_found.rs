#![doc = include_str!("client_not_found.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::site::{Access, Line};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("client-not-found"),
    level: Level::Error,
    page: include_str!("client_not_found.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines().iter();
    lines.filter_map(|line| finding(case, line)).collect()
}

fn finding(case: &Case<'_>, line: &Line) -> Option<Diagnostic> {
    let (menu, what, fields) = match line.access() {
        Access::Pppoe(None) => (
            "/interface/pppoe-client",
            "PPPoE",
            "`port`, `user` and `password`",
        ),
        Access::Ppp(None) => ("/interface/ppp-client", "dial-up", "`port` and `apn`"),
        _ => return None,
    };
    let (id, name) = (line.id(), line.interface());
    if case.router.table(menu).find_by("name", name).is_some() {
        return None;
    }
    let found = RULE
        .finding(format!("line `{id}`: the router has no {what} client `{name}`"))
        .with_help(format!(
            "name a client that the router has as the line's `interface`, or give its access {fields}, so that one is made"
        ));
    Some(found.about(id.as_str()).about(format!("{name}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{dialled_over, draft, messages, router};

    #[test]
    fn a_client_is_there_or_described() {
        let mut draft = draft(&["ether1", "pppoe-out1"]);
        draft.lines[1].access = Access::Pppoe(None);
        let site = draft.clone().build().unwrap();
        assert_eq!(
            messages(&RULE, &site, &router(&[])),
            ["line `isp2`: the router has no PPPoE client `pppoe-out1`"]
        );
        let there = ["/interface/pppoe-client interface=ether2 name=pppoe-out1"];
        assert!(messages(&RULE, &site, &router(&there)).is_empty());
        assert!(messages(&RULE, &dialled_over("ether2"), &router(&[])).is_empty());

        draft.lines[1].access = Access::Ppp(None);
        let site = draft.build().unwrap();
        assert_eq!(
            messages(&RULE, &site, &router(&there)).len(),
            1,
            "of another kind"
        );
    }
}
