#![doc = include_str!("port_not_found.md")]

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::survey::interfaces::{is_seen, names};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("port-not-found"),
    level: Level::Error,
    page: include_str!("port_not_found.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if !case.router.ports_known() {
        return Vec::new();
    }
    let missing = case
        .site
        .lines()
        .iter()
        .filter(|line| !is_seen(case.router, line.interface().as_bytes()));
    let finding = |port: String, line: &str| {
        RULE.finding(format!("line `{line}`: the router has no port `{port}`"))
            .with_help(help(case))
            .about(line)
            .about(port)
    };
    missing
        .map(|line| finding(line.interface().to_string(), line.id().as_str()))
        .collect()
}

fn help(case: &Case<'_>) -> String {
    let names: Vec<_> = names(case.router)
        .iter()
        .take(MOST_NAMES)
        .map(|name| name.to_text())
        .collect();
    format!("choose one of its interfaces, as `{}`", names.join("`, `"))
}

/// Names in a help text: enough for the ports of a switch
const MOST_NAMES: usize = 32;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{messages, rest, router, site};

    #[test]
    fn a_port_has_to_be_among_those_that_the_router_lists() {
        let router = rest(
            r#"{"/interface/ethernet": [{"default-name": "ether1", "name": "fiber"}, {"default-name": "ether2", "name": "ether2"}],
                "/interface/vlan": [{"name": "vlan7", "interface": "ether2", "vlan-id": "7"}]}"#,
        );
        assert!(messages(&RULE, &site(&["fiber", "vlan7"]), &router).is_empty());
        assert_eq!(
            messages(&RULE, &site(&["ether1", "ether2"]), &router),
            ["line `isp1`: the router has no port `ether1`"]
        );
    }

    #[test]
    fn an_incomplete_list_of_ports_proves_nothing() {
        assert!(messages(&RULE, &site(&["ether1", "ether2"]), &router(&[])).is_empty());
    }
}
