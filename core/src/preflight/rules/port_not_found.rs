#![doc = include_str!("port_not_found.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::interfaces::must_exist;
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
    let missing = case.site.lines().iter().filter_map(|line| {
        let port = must_exist(case.router, line).filter(|port| !is_seen(case.router, port))?;
        Some((String::from_utf8_lossy(port).into_owned(), line.id().as_str()))
    });
    let finding = |port: String, line: &str| {
        RULE.finding(format!("line `{line}`: the router has no port `{port}`"))
            .with_help(help(case))
            .about(Subject::line(line))
            .about(Subject::interface(port))
    };
    missing.map(|(port, line)| finding(port, line)).collect()
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
    use crate::preflight::testing::{dialled_over, draft, messages, rest, router, site};
    use crate::site::Access;

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
    fn of_a_session_that_is_made_the_port_below_has_to_be_there() {
        let router = rest(r#"{"/interface/ethernet": [{"default-name": "ether1", "name": "ether1"}]}"#);
        let found = |port: &str| messages(&RULE, &dialled_over(port), &router);
        assert!(found("ether1").is_empty());
        assert_eq!(found("ether9"), ["line `isp2`: the router has no port `ether9`"]);
        let mut draft = draft(&["ether1", "pppoe-out1"]);
        draft.lines[1].access = Access::Pppoe(None);
        let adopted = messages(&RULE, &draft.build().unwrap(), &router);
        assert_eq!(adopted, ["line `isp2`: the router has no port `pppoe-out1`"]);
    }

    #[test]
    fn an_incomplete_list_of_ports_proves_nothing() {
        assert!(messages(&RULE, &site(&["ether1", "ether2"]), &router(&[])).is_empty());
    }
}
