#![doc = include_str!("wan_port_on_bridge.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::interfaces::runs_on;
use crate::preflight::{Case, Check, Rule};
use crate::routeros::value::Value;
use crate::site::Line;
use crate::survey::{Bridged, bridge_of, port_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("wan-port-on-bridge"),
    level: Level::Warning,
    page: include_str!("wan_port_on_bridge.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let works_there = |line: &Line| {
        let is_primary = case
            .site
            .lines()
            .first()
            .is_some_and(|primary| primary.id() == line.id());
        is_primary && runs_on(case.router, line).is_some()
    };
    let movable = case.site.lines().iter().filter(|line| !works_there(line));
    movable
        .filter_map(|line| {
            let port = port_of(case.router, line);
            Some(finding(
                line,
                &String::from_utf8_lossy(port),
                bridge_of(case.router, port)?,
            ))
        })
        .collect()
}

fn finding(line: &Line, port: &str, on: Bridged<'_>) -> Diagnostic {
    let bridge = on.bridge().map(Value::to_text).unwrap_or_default();
    let list = on.member.and_then(|member| member.get("list"));
    let by_list = list
        .map(|list| format!(" by interface list `{}`", list.to_text()))
        .unwrap_or_default();
    RULE.finding(format!(
        "line `{}`: port `{port}` is on bridge `{bridge}`{by_list}",
        line.id()
    ))
    .with_help(format!(
        "applying takes `{port}` off: move what is plugged in there, if it is no modem, to another port"
    ))
    .about(line.id().as_str())
    .about(port)
    .about(bridge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{messages, router, site};

    fn found(rows: &[&str]) -> Vec<alloc::string::String> {
        messages(&RULE, &site(&["ether1", "ether2"]), &router(rows))
    }

    #[test]
    fn a_slave_port_has_to_leave_its_bridge() {
        let port = "/interface/bridge/port bridge=bridge interface=ether2";
        assert_eq!(
            found(&[port]),
            ["line `isp2`: port `ether2` is on bridge `bridge`"]
        );
        assert!(found(&["/interface/bridge/port bridge=bridge interface=ether2 disabled=yes"]).is_empty());
        assert!(found(&["/interface/bridge/port bridge=bridge interface=ether3"]).is_empty());
    }

    #[test]
    fn a_list_can_make_it_a_slave() {
        let rows = [
            "/interface/list name=PORTS",
            "/interface/list/member list=PORTS interface=ether2",
            "/interface/bridge/port bridge=bridge interface=PORTS",
        ];
        assert_eq!(
            found(&rows),
            ["line `isp2`: port `ether2` is on bridge `bridge` by interface list `PORTS`"]
        );
    }

    #[test]
    fn what_is_an_error_already_is_no_warning() {
        let port = "/interface/bridge/port bridge=bridge interface=ether1";
        assert_eq!(found(&[port]).len(), 1);
        assert!(found(&[port, "/ip/dhcp-client interface=bridge"]).is_empty());
    }
}
