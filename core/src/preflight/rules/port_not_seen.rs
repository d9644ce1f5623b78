#![doc = include_str!("port_not_seen.md")]

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::interfaces::must_exist;
use crate::preflight::{Case, Check, Rule};
use crate::site::Line;
use crate::survey::interfaces::is_seen;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("port-not-seen"),
    level: Level::Warning,
    page: include_str!("port_not_seen.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if case.router.ports_known() {
        return Vec::new();
    }
    let unseen = case.site.lines().iter().filter_map(|line| {
        let port = must_exist(case.router, line).filter(|port| !is_seen(case.router, port))?;
        Some((line, String::from_utf8_lossy(port)))
    });
    let finding = |(line, port): (&Line, Cow<'_, str>)| {
        RULE.finding(format!("line `{}`: the export does not mention port `{port}`", line.id()))
            .with_help("a compact export leaves untouched ports out: see that the router has it, or read the router over REST")
            .about(Subject::line(line.id().as_str()))
            .about(Subject::interface(format!("{port}")))
    };
    unseen.map(finding).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{rest, router, site, subjects};

    #[test]
    fn a_port_that_no_row_mentions_may_still_be_there() {
        let rows = [
            "/ip/dhcp-client interface=ether1",
            "/interface/bridge/port bridge=bridge interface=ether2",
        ];
        assert!(subjects(&RULE, &site(&["ether1", "ether2"]), &router(&rows)).is_empty());
        let unseen = site(&["ether1", "ether3"]);
        assert_eq!(subjects(&RULE, &unseen, &router(&rows)), [["isp2", "ether3"]]);
        assert_eq!(
            subjects(&RULE, &unseen, &router(&rows[..1])),
            [["isp2", "ether3"]]
        );
        let complete = rest(r#"{"/interface/ethernet": [{"default-name": "ether1", "name": "ether1"}]}"#);
        assert!(
            subjects(&RULE, &unseen, &complete).is_empty(),
            "that is `port-not-found`"
        );
    }
}
