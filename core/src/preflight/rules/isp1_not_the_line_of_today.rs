#![doc = include_str!("isp1_not_the_line_of_today.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::survey::{Basis, detect_line, site_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("isp1-not-the-line-of-today"),
    level: Level::Error,
    page: include_str!("isp1_not_the_line_of_today.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    finding(case).into_iter().collect()
}

fn finding(case: &Case<'_>) -> Option<Diagnostic> {
    // On a router that was planned, the lines change places behind routes that are checked.
    if site_of(case.router).is_some() {
        return None;
    }
    let (primary, new) = case.primary_and_new()?;
    let today = detect_line(case.router)
        .filter(|line| !matches!(line.basis, Basis::FirstOfEqual | Basis::FirstOfActive))?;
    let working = new
        .iter()
        .find(|line| line.interface().as_bytes() == today.interface.as_bytes())?;
    let (first, other) = (primary.id(), working.id());
    let found = RULE
        .finding(format!(
            "line `{first}` is the first of the site, and line `{other}` is the one that works today: {}",
            today.basis
        ))
        .with_help(format!(
            "put `{other}` first and apply; then put `{first}` first and apply again, when it is seen to work"
        ));
    Some(found.about(first.as_str()).about(other.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router};

    const CLIENT: &str = "/ip/dhcp-client interface=ether2";

    #[test]
    fn the_line_that_works_comes_first() {
        let turned = draft(&["ether1", "ether2"]).build().unwrap();
        assert_eq!(
            messages(&RULE, &turned, &router(&[CLIENT])),
            [
                "line `isp1` is the first of the site, and line `isp2` is the one that works today: it has the only default route"
            ]
        );
        let right = draft(&["ether2", "ether1"]).build().unwrap();
        assert!(messages(&RULE, &right, &router(&[CLIENT])).is_empty());
        assert!(
            messages(&RULE, &turned, &router(&[])).is_empty(),
            "nothing is known to work"
        );
    }

    #[test]
    fn a_planned_router_may_have_another_order() {
        let turned = draft(&["ether1", "ether2"]).build().unwrap();
        let planned = [CLIENT, "/system/script name=multi-isp-site source=#"];
        assert!(messages(&RULE, &turned, &router(&planned)).is_empty());
    }
}
