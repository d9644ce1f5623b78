#![doc = include_str!("client_script_broken.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::desired::without_lease_script;
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::syntax::Script;
use crate::site::Line;
use crate::survey::{existing, follows_lease};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("client-script-broken"),
    level: Level::Error,
    page: include_str!("client_script_broken.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines().iter();
    let followed = lines.filter(|line| follows_lease(case.site, case.router, line));
    followed.filter_map(|line| finding(line, case)).collect()
}

fn finding(line: &Line, case: &Case<'_>) -> Option<Diagnostic> {
    let script = existing(case.router, line).client?.row.get("script")?;
    let errors = Script::parse(&without_lease_script(script.as_bytes())).err()?;
    let (id, interface) = (line.id(), line.interface());
    let message = format!(
        "line `{id}`: the script of the DHCP client on `{interface}` cannot be read, and never runs: {}",
        errors.first().message
    );
    let found = RULE
        .finding(message)
        .with_help("mend the script of the client, or empty it");
    Some(
        found
            .about(Subject::line(id.as_str()))
            .about(Subject::interface(format!("{interface}"))),
    )
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::preflight::testing::{draft, router, site, subjects};
    use crate::site::Health;

    fn client(script: &str) -> String {
        format!("/ip/dhcp-client interface=ether1 script={script}")
    }

    #[test]
    fn a_script_that_cannot_be_read_is_named() {
        let site = site(&["ether1", "ether2"]);
        for script in [":if_(1)_do={", ":put_\"up", "]"] {
            let found = subjects(&RULE, &site, &router(&[&client(script)]));
            assert_eq!(found, [["isp1", "ether1"]], "{script}");
        }
        for script in [":log_info_up", ":error_stop", "/no_such_menu_add", "#_nothing"] {
            assert!(
                subjects(&RULE, &site, &router(&[&client(script)])).is_empty(),
                "{script}"
            );
        }
    }

    #[test]
    fn one_that_is_left_alone_is_nobodys_business() {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.health = Health::Link;
        let router = router(&[&client(":if_(1)_do={")]);
        assert!(subjects(&RULE, &draft.build().unwrap(), &router).is_empty());
    }
}
