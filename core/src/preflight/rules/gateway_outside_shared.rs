#![doc = include_str!("gateway_outside_shared.md")]

use alloc::format;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::site::{Access, Line};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("gateway-outside-shared"),
    level: Level::Error,
    page: include_str!("gateway_outside_shared.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    case.sharing(gateway)
        .into_iter()
        .filter(|(_, lines)| lines.iter().any(|line| line.access().gateway_is_outside()))
        .map(|(gateway, lines)| finding(gateway, &lines))
        .collect()
}

fn gateway(line: &Line) -> Vec<Ipv4Addr> {
    match line.access() {
        Access::Static { gateway, .. } => Vec::from([*gateway]),
        _ => Vec::new(),
    }
}

fn finding(gateway: Ipv4Addr, lines: &[&Line]) -> Diagnostic {
    let message = |names: &str| {
        format!("lines {names} have one gateway, `{gateway}`, and it is not in the network of each")
    };
    Case::finding_of(&RULE, lines, message).with_help(
        "ask a provider for another gateway, or for an address in its network: a route to one host cannot lead over two ports",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, router, static_access, subjects};

    #[test]
    fn one_host_is_not_behind_two_ports() {
        let found = |first: &str, second: &str| {
            let mut draft = draft(&["ether1", "ether2"]);
            draft.lines[0].access = static_access(first, "203.0.113.1");
            draft.lines[1].access = static_access(second, "203.0.113.1");
            subjects(&RULE, &draft.build().unwrap(), &router(&[]))
        };
        assert_eq!(found("198.51.100.2/32", "198.51.100.3/32"), [["isp1", "isp2"]]);
        assert_eq!(found("203.0.113.2/24", "198.51.100.3/32"), [["isp1", "isp2"]]);
        for second in ["203.0.113.3/24", "203.0.113.3/29"] {
            assert!(found("203.0.113.2/24", second).is_empty(), "each is pinned");
        }
    }
}
