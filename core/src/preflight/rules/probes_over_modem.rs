#![doc = include_str!("probes_over_modem.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::interfaces::probes_are_unconfirmed;
use crate::preflight::{Case, Check, Rule};
use crate::site::{Health, Line};
use crate::survey;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("probes-over-modem"),
    level: Level::Note,
    page: include_str!("probes_over_modem.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines().iter();
    lines
        .filter(|line| probes_are_unconfirmed(line.access()))
        .filter(|line| survey::check(case.site, case.router, line).health == Health::Internet)
        .map(finding)
        .collect()
}

fn finding(line: &Line) -> Diagnostic {
    let (id, name) = (line.id(), line.interface());
    RULE.finding(format!(
        "line `{id}`: that its probes resolve through `{name}` is likely, and no report confirms it"
    ))
    .with_help(
        "see after applying that its default routes are not inactive while it is up; if they are, set its `health` to `link`",
    )
    .about(Subject::line(id.as_str()))
    .about(Subject::interface(format!("{name}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages};
    use crate::routeros::router::Router;
    use crate::routeros::version::Version;
    use crate::site::Access;

    #[test]
    fn a_modem_is_told_and_a_pppoe_session_is_not() {
        let found = |access: Access, version: &str, health: Health| {
            let mut draft = draft(&["ether1", "wan2"]);
            draft.lines[1].access = access;
            draft.lines[1].health = Some(health);
            let router = Router::new(Version::parse(version).unwrap());
            messages(&RULE, &draft.build().unwrap(), &router)
        };
        assert_eq!(
            found(Access::Lte(None), "7.22.3", Health::Internet),
            ["line `isp2`: that its probes resolve through `wan2` is likely, and no report confirms it"]
        );
        assert_eq!(found(Access::Ppp(None), "7.22.3", Health::Internet).len(), 1);
        assert!(found(Access::Pppoe(None), "7.22.3", Health::Internet).is_empty());
        assert!(found(Access::Dhcp, "7.22.3", Health::Internet).is_empty());
        assert!(found(Access::Lte(None), "7.22.3", Health::Link).is_empty());
        assert!(
            found(Access::Lte(None), "6.49.10", Health::Internet).is_empty(),
            "checked by its link"
        );
    }
}
