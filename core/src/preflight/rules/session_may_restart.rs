#![doc = include_str!("session_may_restart.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::failover::LAST_RESORT;
use crate::preflight::{Case, Check, Rule};
use crate::site::{Access, Line};
use crate::survey;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("session-may-restart"),
    level: Level::Warning,
    page: include_str!("session_may_restart.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    case.changed_lines()
        .filter_map(|line| finding(case, line))
        .collect()
}

fn finding(case: &Case<'_>, line: &Line) -> Option<Diagnostic> {
    let (id, what) = (line.id(), changed(case, line)?);
    let found = RULE
        .finding(format!(
            "line `{id}`: applying changes {what}, and its session may restart"
        ))
        .with_help("apply at a quiet hour: such a line can be gone for seconds to a minute");
    Some(found.about(Subject::line(id.as_str())))
}

/// What applying changes of a client or modem that is up
fn changed(case: &Case<'_>, line: &Line) -> Option<String> {
    if !line.access().is_point_to_point() {
        return None;
    }
    let name = line.interface();
    match survey::existing(case.router, line).client {
        Some(client) => {
            let steps_back =
                client.adds_default() && client.distance().is_some_and(|distance| distance <= LAST_RESORT);
            steps_back.then(|| format!("the distance of the default that `{name}` adds"))
        }
        None => {
            let modem =
                survey::modem(case.router, line).filter(|_| matches!(line.access(), Access::Lte(Some(_))))?;
            let own = survey::name(line.id().as_str());
            (!modem.is("apn-profiles", own)).then(|| format!("the APN profile of modem `{name}`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router};
    use crate::site::{Apn, Health};

    const CLIENT: &str = "/interface/pppoe-client name=pppoe-out1 interface=ether1 disabled=no";

    #[test]
    fn a_client_that_adds_a_default_steps_back() {
        let mut draft = draft(&["pppoe-out1", "ether2"]);
        draft.lines[0].access = Access::Pppoe(None);
        let found = |draft: &crate::site::SiteDraft, rest: &str| {
            let row = [CLIENT, rest].join(" ");
            messages(&RULE, &draft.clone().build().unwrap(), &router(&[&row]))
        };
        let adds = "add-default-route=yes";
        assert_eq!(
            found(&draft, adds),
            [
                "line `isp1`: applying changes the distance of the default that `pppoe-out1` adds, and its session may restart"
            ]
        );
        assert!(found(&draft, "").is_empty(), "it adds none");
        assert!(found(&draft, "add-default-route=yes default-route-distance=201").is_empty());
        draft.health = Health::Link;
        assert!(found(&draft, adds).is_empty(), "nothing of ISP 1 changes");
    }

    #[test]
    fn a_modem_that_gets_another_profile_attaches_again() {
        let mut draft = draft(&["ether1", "lte1"]);
        draft.lines[1].access = Access::Lte(Some(Apn::new("fleet")));
        let site = draft.build().unwrap();
        let found = |profile: &str| {
            let modem = format!("/interface/lte name=lte1 apn-profiles={profile}");
            messages(&RULE, &site, &router(&[&modem])).len()
        };
        assert_eq!((found("default"), found("multi-isp-isp2")), (1, 0));
    }
}
