#![doc = include_str!("password_not_given.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::clients::own_client;
use crate::preflight::{Case, Check, Rule};
use crate::site::{Access, Line};
use crate::survey;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("password-not-given"),
    level: Level::Warning,
    page: include_str!("password_not_given.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines().iter();
    lines
        .filter(|line| lacks_password(line) && is_made(case, line))
        .map(finding)
        .collect()
}

fn lacks_password(line: &Line) -> bool {
    matches!(line.access(), Access::Pppoe(Some(dial)) if dial.password.is_none())
}

/// Whether the router has no client for the line, of ours or of somebody else
fn is_made(case: &Case<'_>, line: &Line) -> bool {
    survey::existing(case.router, line).client.is_none() && own_client(case.router, line).is_none()
}

fn finding(line: &Line) -> Diagnostic {
    let (id, name) = (line.id(), line.interface());
    RULE.finding(format!(
        "line `{id}`: PPPoE client `{name}` is made without a password"
    ))
    .with_help("give the access its `password`, unless the provider asks for none")
    .about(Subject::line(id.as_str()))
    .about(Subject::interface(format!("{name}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{dialled_over, draft, messages, router};
    use crate::site::{Dial, Secret};

    #[test]
    fn a_client_that_is_made_needs_a_password() {
        let without = ["line `isp2`: PPPoE client `pppoe-out1` is made without a password"];
        let site = dialled_over("ether2");
        assert_eq!(messages(&RULE, &site, &router(&[])), without);
        let other = "/interface/pppoe-client name=pppoe-out2 user=jo comment=multi-isp:pppoe:isp3:1";
        assert_eq!(messages(&RULE, &site, &router(&[other])), without);

        let mut draft = draft(&["ether1", "pppoe-out1"]);
        for (password, found) in [(None, 1), (Some(Secret::from("x")), 0)] {
            draft.lines[1].access = Access::Pppoe(Some(Dial {
                port: "ether2".into(),
                user: "jo".into(),
                password,
                service: None,
            }));
            let site = draft.clone().build().unwrap();
            assert_eq!(messages(&RULE, &site, &router(&[])).len(), found);
        }
    }

    #[test]
    fn a_client_that_is_there_keeps_its_own() {
        for row in [
            "/interface/pppoe-client name=pppoe-out1 user=jo",
            "/interface/pppoe-client name=pppoe-out1 user=jo comment=multi-isp:pppoe:isp2:1",
            "/interface/pppoe-client name=pppoe-out9 user=jo comment=multi-isp:pppoe:isp2:1",
            "/interface/pppoe-client name=pppoe-out1 user=jo comment=multi-isp:pppoe:dsl:1",
        ] {
            assert!(
                messages(&RULE, &dialled_over("ether2"), &router(&[row])).is_empty(),
                "{row}"
            );
        }
    }
}
