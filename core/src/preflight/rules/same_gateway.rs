#![doc = include_str!("same_gateway.md")]

use alloc::format;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::site::Line;
use crate::survey::existing;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("same-gateway"),
    level: Level::Warning,
    page: include_str!("same_gateway.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let gateway = |line: &Line| existing(case.router, line).gateway.into_iter().collect();
    case.sharing(gateway)
        .into_iter()
        .map(|(gateway, lines)| finding(gateway, &lines))
        .collect()
}

fn finding(gateway: Ipv4Addr, lines: &[&Line]) -> Diagnostic {
    Case::finding_of(&RULE, lines, |names| {
        format!("lines {names} have one gateway, `{gateway}`")
    })
    .with_help(
        "applying pins each line to its port; to probe beyond the gateway on RouterOS 6, renumber one modem",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, rest, router, site, static_access, subjects};

    #[test]
    fn static_gateways_are_compared() {
        let mut draft = draft(&["ether1", "ether2", "ether3"]);
        draft.lines[0].access = static_access("192.168.1.2/24", "192.168.1.1");
        draft.lines[1].access = static_access("192.168.1.3/24", "192.168.1.1");
        assert_eq!(
            subjects(&RULE, &draft.clone().build().unwrap(), &router(&[])),
            [["isp1", "isp2"]]
        );
        draft.lines[1].access = static_access("192.168.2.3/24", "192.168.2.1");
        assert!(subjects(&RULE, &draft.build().unwrap(), &router(&[])).is_empty());
    }

    #[test]
    fn leases_are_compared_where_they_are_known() {
        let site = site(&["ether1", "ether2"]);
        let clients = [
            "/ip/dhcp-client interface=ether1",
            "/ip/dhcp-client interface=ether2",
        ];
        assert!(subjects(&RULE, &site, &router(&clients)).is_empty());
        let leased = |second: &str| {
            rest(&format!(
                r#"{{"/ip/dhcp-client": [
                    {{"interface": "ether1", "status": "bound", "gateway": "100.64.0.1"}},
                    {{"interface": "ether2", "status": "bound", "gateway": "{second}"}}]}}"#
            ))
        };
        assert_eq!(subjects(&RULE, &site, &leased("100.64.0.1")), [["isp1", "isp2"]]);
        assert!(subjects(&RULE, &site, &leased("100.65.0.1")).is_empty());
    }
}
