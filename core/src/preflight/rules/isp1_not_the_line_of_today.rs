#![doc = include_str!("isp1_not_the_line_of_today.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::site::{Health, Site};
use crate::survey::{self, Basis, detect_line, original, site_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("isp1-not-the-line-of-today"),
    level: Level::Error,
    page: include_str!("isp1_not_the_line_of_today.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let found = match site_of(case.today) {
        None => another_works(case),
        Some(Ok(applied)) => never_tried(case, &applied),
        // What was applied cannot be told.
        Some(Err(_)) => None,
    };
    found.into_iter().collect()
}

fn another_works(case: &Case<'_>) -> Option<Diagnostic> {
    let (primary, new) = case.primary_and_new()?;
    // A plan that stopped half way may have moved the default of the line that works.
    let today = detect_line(&original(case.today))
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
    Some(
        found
            .about(Subject::line(first.as_str()))
            .about(Subject::line(other.as_str())),
    )
}

/// On a router that was planned, the lines change places. One that nothing checks must be known to work before it comes first.
fn never_tried(case: &Case<'_>, applied: &Site) -> Option<Diagnostic> {
    let (primary, _) = case.primary_and_new()?;
    let is_it = |interface: &[u8]| interface == primary.interface().as_bytes();
    let is_known = applied
        .lines()
        .iter()
        .any(|line| is_it(line.interface().as_bytes()))
        || detect_line(&original(case.today)).is_some_and(|line| is_it(line.interface.as_bytes()));
    let check = survey::check(case.site, case.router, primary);
    if is_known || matches!(check.health, Health::Gateway | Health::Internet) {
        return None;
    }
    let first = primary.id();
    let found = RULE
        .finding(format!(
            "line `{first}` is the first of the site and new, and nothing checks whether it works"
        ))
        .with_help(format!(
            "put it behind the lines that work and apply; then put `{first}` first and apply again, when it is seen to work"
        ));
    Some(found.about(Subject::line(first.as_str())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router};
    use crate::routeros::router::Router;
    use crate::survey::{SITE_SCRIPT, site_source};

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
        let unreadable = [CLIENT, "/system/script name=multi-isp-site source=#"];
        assert!(messages(&RULE, &turned, &router(&unreadable)).is_empty());
        assert!(messages(&RULE, &turned, &planned()).is_empty());
    }

    /// Planned for `ether2` and `ether1`.
    fn planned() -> Router {
        let applied = draft(&["ether2", "ether1"]).build().unwrap();
        let mut router = router(&[CLIENT]);
        let mut script = router.new_row("/system/script");
        script.set("name", SITE_SCRIPT);
        script.set("source", site_source(&applied));
        router.push("/system/script", script);
        router
    }

    #[test]
    fn what_comes_first_unchecked_was_applied_before() {
        let mut draft = draft(&["ether5", "ether2"]);
        let new = draft.clone().build().unwrap();
        assert!(
            messages(&RULE, &new, &planned()).is_empty(),
            "nothing is switched before it is seen to work"
        );
        draft.health = Health::Link;
        let unchecked = draft.build().unwrap();
        assert_eq!(
            messages(&RULE, &unchecked, &planned()),
            ["line `isp1` is the first of the site and new, and nothing checks whether it works"]
        );
    }
}
