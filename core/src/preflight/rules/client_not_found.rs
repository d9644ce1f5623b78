#![doc = include_str!("client_not_found.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::site::{Access, Line};
use crate::survey::tag_of;

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
    let row = case.router.table(menu).find_by("name", name);
    let (what, help) = match row {
        None => (
            format!("the router has no {what} client `{name}`"),
            format!(
                "name a client that the router has as the line's `interface`, or give its access {fields}, so that one is made"
            ),
        ),
        // One of ours goes when no line describes it.
        Some(row) if tag_of(menu, row).is_some() => (
            format!("{what} client `{name}` was made for a line, and the site does not describe it any more"),
            format!(
                "give the access {fields} again; a password may be left out, the client keeps the one that it has"
            ),
        ),
        Some(_) => return None,
    };
    let found = RULE.finding(format!("line `{id}`: {what}")).with_help(help);
    Some(
        found
            .about(Subject::line(id.as_str()))
            .about(Subject::interface(format!("{name}"))),
    )
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
        let ours =
            ["/interface/pppoe-client interface=ether2 name=pppoe-out1 comment=multi-isp:pppoe:isp2:1"];
        assert_eq!(
            messages(&RULE, &site, &router(&ours)),
            [
                "line `isp2`: PPPoE client `pppoe-out1` was made for a line, and the site does not describe it any more"
            ]
        );
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
