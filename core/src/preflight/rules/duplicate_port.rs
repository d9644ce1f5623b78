#![doc = include_str!("duplicate_port.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::site::Line;
use crate::survey::port_of;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("duplicate-port"),
    level: Level::Error,
    page: include_str!("duplicate_port.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines();
    let twins = lines.iter().enumerate().filter_map(|(position, line)| {
        let mut earlier = lines.iter().take(position);
        earlier.find_map(|other| finding(case, line, other))
    });
    twins.collect()
}

/// The finding that a line comes in by what another one does: its interface, or the port below it
fn finding(case: &Case<'_>, line: &Line, earlier: &Line) -> Option<Diagnostic> {
    let ways = |line| [Line::interface(line).as_bytes(), port_of(case.router, line)];
    let shared = ways(line).into_iter().find(|way| ways(earlier).contains(way))?;
    let port = String::from_utf8_lossy(shared);
    let found = RULE
        .finding(format!(
            "line `{}`: port `{port}` is also the port of line `{}`",
            line.id(),
            earlier.id()
        ))
        .with_help("give each line a port of its own");
    Some(
        found
            .about(Subject::line(line.id().as_str()))
            .about(Subject::line(earlier.id().as_str()))
            .about(Subject::interface(port)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{dialled_over, router, site, subjects};

    #[test]
    fn a_port_carries_one_line() {
        let found = subjects(&RULE, &site(&["ether1", "ether2", "ether1"]), &router(&[]));
        assert_eq!(found, [["isp3", "isp1", "ether1"]]);
        assert!(subjects(&RULE, &site(&["ether1", "ether2"]), &router(&[])).is_empty());
    }

    #[test]
    fn a_session_shares_its_port_with_no_line() {
        let site = dialled_over("ether1");
        assert_eq!(subjects(&RULE, &site, &router(&[])), [["isp2", "isp1", "ether1"]]);
        assert!(subjects(&RULE, &dialled_over("ether2"), &router(&[])).is_empty());
    }
}
