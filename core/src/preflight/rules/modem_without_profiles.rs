#![doc = include_str!("modem_without_profiles.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::schema;
use crate::site::{Access, Line};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("modem-without-profiles"),
    level: Level::Error,
    page: include_str!("modem_without_profiles.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let profiles = schema::menu("/interface/lte/apn").zip(case.router.version());
    let Some((_, version)) = profiles.filter(|(menu, version)| menu.existence(*version).is_no()) else {
        return Vec::new();
    };
    let finding = |line: &Line| {
        let (id, modem) = (line.id(), line.interface());
        RULE.finding(format!(
            "line `{id}`: RouterOS {version} has no APN profiles, by which the default of modem `{modem}` is put behind the others"
        ))
        .with_help("upgrade the router to RouterOS 6.41 or later")
        .about(Subject::line(id.as_str()))
        .about(Subject::interface(format!("{modem}")))
    };
    let lines = case.site.lines().iter();
    lines
        .filter(|line| matches!(line.access(), Access::Lte(_)))
        .map(finding)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, subjects};
    use crate::routeros::router::Router;
    use crate::routeros::version::Version;

    #[test]
    fn profiles_came_with_6_41() {
        let mut draft = draft(&["ether1", "lte1"]);
        let found = |draft: &crate::site::SiteDraft, version: &str| {
            let router = Router::new(Version::parse(version).unwrap());
            subjects(&RULE, &draft.clone().build().unwrap(), &router)
        };
        assert!(found(&draft, "6.40.9").is_empty(), "a stick with DHCP needs none");
        draft.lines[1].access = Access::Lte(None);
        for version in ["6.40", "6.40.9"] {
            assert_eq!(found(&draft, version), [["isp2", "lte1"]]);
        }
        for version in ["6.41", "6.49.18", "7.1.5", "7.22.3"] {
            assert!(found(&draft, version).is_empty(), "{version}");
        }
    }
}
