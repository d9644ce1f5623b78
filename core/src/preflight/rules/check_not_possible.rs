#![doc = include_str!("check_not_possible.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::interfaces::probes_are_unconfirmed;
use crate::preflight::{Case, Check, Rule};
use crate::site::Line;
use crate::survey;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("check-not-possible"),
    level: Level::Warning,
    page: include_str!("check_not_possible.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines().iter();
    lines.filter_map(|line| finding(case, line)).collect()
}

fn finding(case: &Case<'_>, line: &Line) -> Option<Diagnostic> {
    let made = survey::check(case.site, case.router, line);
    let (id, asked, instead, why) = (
        line.id(),
        line.health().as_str(),
        made.health.as_str(),
        made.fallback?,
    );
    let found = RULE
        .finding(format!(
            "line `{id}`: checked by `{instead}`, not by `{asked}`: {why}"
        ))
        .with_help(format!(
            "set its `health` to `{instead}` if that is enough; {}",
            beyond(case, line)
        ));
    Some(found.about(Subject::line(id.as_str())))
}

/// What is known of probes over the line on RouterOS 7
fn beyond(case: &Case<'_>, line: &Line) -> String {
    let works = if probes_are_unconfirmed(line.access()) {
        "`internet` is likely to work over it, which is not confirmed"
    } else {
        "`internet` works over it"
    };
    if case.is_v6() {
        format!("on RouterOS 7 {works}")
    } else {
        String::from(works)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::draft;
    use crate::routeros::router::Router;
    use crate::routeros::version::Version;
    use crate::site::{Access, Health};

    fn findings(version: &str, access: Access, health: Health) -> Vec<Diagnostic> {
        let mut draft = draft(&["ether1", "wan2"]);
        draft.lines[1].access = access;
        draft.lines[1].health = Some(health);
        let router = Router::new(Version::parse(version).unwrap());
        crate::preflight::testing::check(&RULE, &draft.build().unwrap(), &router)
    }

    fn found(version: &str, access: Access, health: Health) -> Vec<String> {
        let findings = findings(version, access, health).into_iter();
        findings.map(|finding| finding.message).collect()
    }

    #[test]
    fn the_help_says_what_is_known_of_probes() {
        let help = |version: &str, access: Access, health: Health| {
            let [finding] = <[Diagnostic; 1]>::try_from(findings(version, access, health)).unwrap();
            finding.help.unwrap()
        };
        assert_eq!(
            help("6.49.18", Access::Pppoe(None), Health::Internet),
            "set its `health` to `link` if that is enough; on RouterOS 7 `internet` works over it"
        );
        assert_eq!(
            help("7.22.3", Access::Pppoe(None), Health::Gateway),
            "set its `health` to `link` if that is enough; `internet` works over it"
        );
        assert_eq!(
            help("7.22.3", Access::Lte(None), Health::Gateway),
            "set its `health` to `link` if that is enough; `internet` is likely to work over it, which is not confirmed"
        );
    }

    #[test]
    fn routeros_6_probes_nothing_through_an_interface() {
        let pppoe = || Access::Pppoe(None);
        assert_eq!(
            found("6.49.18", pppoe(), Health::Internet),
            [
                "line `isp2`: checked by `link`, not by `internet`: RouterOS 6 resolves no probe through an interface"
            ]
        );
        assert!(found("7.1.5", pppoe(), Health::Internet).is_empty());
        assert!(found("6.49.18", pppoe(), Health::Link).is_empty());
        assert!(found("6.49.18", Access::Dhcp, Health::Internet).is_empty());
    }

    #[test]
    fn no_version_pings_an_interface() {
        for version in ["6.49.18", "7.22.3"] {
            assert_eq!(
                found(version, Access::Lte(None), Health::Gateway).len(),
                1,
                "{version}"
            );
        }
    }
}
