#![doc = include_str!("lines_overlap.md")]

use alloc::format;
use alloc::vec::Vec;

use ipnet::Ipv4Net;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::rule::every_two;
use crate::site::Line;
use crate::survey::existing;
use crate::survey::networks::line_addresses;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("lines-overlap"),
    level: Level::Warning,
    page: include_str!("lines_overlap.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let pairs = every_two(case.site.lines());
    pairs
        .filter_map(|(one, other)| overlap(case, one, other))
        .collect()
}

fn overlap(case: &Case<'_>, one: &Line, other: &Line) -> Option<Diagnostic> {
    let gateway = |line| existing(case.router, line).gateway;
    // One next hop for both is told as that.
    if gateway(one).is_some() && gateway(one) == gateway(other) {
        return None;
    }
    let networks = |line| -> Vec<Ipv4Net> {
        let networks = line_addresses(case.router, line).into_iter();
        networks.filter(|network| network.prefix_len() < 32).collect()
    };
    let others = networks(other);
    let overlaps = |network: &Ipv4Net| {
        others
            .iter()
            .any(|other| network.contains(other) || other.contains(network))
    };
    let network = networks(one).into_iter().find(overlaps)?.trunc();
    let found = finding(one.id().as_str(), other.id().as_str(), network).with_help(
        "applying pins each line to its port; hosts in that network are found over one of the lines only: give one modem another LAN",
    );
    Some(
        found
            .about(Subject::line(one.id().as_str()))
            .about(Subject::line(other.id().as_str())),
    )
}

/// That two lines share a network
pub(crate) fn finding(one: &str, other: &str, network: Ipv4Net) -> Diagnostic {
    RULE.finding(format!("lines `{one}`, `{other}` share a network, `{network}`"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, rest, router, site, static_access};

    fn found(one: (&str, &str), other: (&str, &str)) -> Vec<alloc::string::String> {
        let mut draft = draft(&["ether1", "ether2", "ether3"]);
        draft.lines[0].access = static_access(one.0, one.1);
        draft.lines[2].access = static_access(other.0, other.1);
        messages(&RULE, &draft.build().unwrap(), &router(&[]))
    }

    #[test]
    fn two_lines_in_one_network_are_told() {
        assert_eq!(
            found(("10.0.0.2/24", "10.0.0.1"), ("10.0.0.66/26", "10.0.0.65")),
            ["lines `isp1`, `isp3` share a network, `10.0.0.0/24`"]
        );
        assert!(found(("10.0.0.2/24", "10.0.0.1"), ("10.0.1.2/24", "10.0.1.1")).is_empty());
        assert!(found(("10.0.0.2/32", "10.9.0.1"), ("10.0.0.3/24", "10.0.0.1")).is_empty());
    }

    #[test]
    fn one_next_hop_is_another_matter() {
        let leased = |second: &str| {
            rest(&format!(
                r#"{{"/ip/dhcp-client": [
                    {{"interface": "ether1", "status": "bound", "address": "100.64.3.4/10", "gateway": "100.64.0.1"}},
                    {{"interface": "ether2", "status": "bound", "address": "100.64.9.8/10", "gateway": "{second}"}}]}}"#
            ))
        };
        let site = site(&["ether1", "ether2"]);
        assert!(messages(&RULE, &site, &leased("100.64.0.1")).is_empty());
        assert_eq!(messages(&RULE, &site, &leased("100.64.0.2")).len(), 1);
    }
}
