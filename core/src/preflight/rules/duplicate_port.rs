#![doc = include_str!("duplicate_port.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::site::Line;

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
        Some((line, earlier.find(|other| other.interface() == line.interface())?))
    });
    twins.map(finding).collect()
}

fn finding((line, earlier): (&Line, &Line)) -> Diagnostic {
    let port = line.interface();
    RULE.finding(format!(
        "line `{}`: port `{port}` is also the port of line `{}`",
        line.id(),
        earlier.id()
    ))
    .with_help("give each line a port of its own")
    .about(line.id().as_str())
    .about(earlier.id().as_str())
    .about(format!("{port}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{router, site, subjects};

    #[test]
    fn a_port_carries_one_line() {
        let found = subjects(&RULE, &site(&["ether1", "ether2", "ether1"]), &router(&[]));
        assert_eq!(found, [["isp3", "isp1", "ether1"]]);
        assert!(subjects(&RULE, &site(&["ether1", "ether2"]), &router(&[])).is_empty());
    }
}
