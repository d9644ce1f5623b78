#![doc = include_str!("hotspot_port_as_wan.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::site::Line;
use crate::survey::{bridge_of, hotspot_interfaces, port_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("hotspot-port-as-wan"),
    level: Level::Warning,
    page: include_str!("hotspot_port_as_wan.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let hotspots = hotspot_interfaces(case.router);
    let serves = |interface: &[u8]| hotspots.iter().any(|hotspot| hotspot.as_bytes() == interface);
    let is_hotspot = |line: &&Line| {
        let port = port_of(case.router, line);
        serves(port)
            || bridge_of(case.router, port)
                .and_then(|on| on.bridge())
                .is_some_and(|bridge| serves(bridge.as_bytes()))
    };
    let lines = case.site.lines().iter().filter(is_hotspot);
    lines.map(|line| finding(case, line)).collect()
}

fn finding(case: &Case<'_>, line: &Line) -> Diagnostic {
    let port = String::from_utf8_lossy(port_of(case.router, line));
    RULE.finding(format!(
        "line `{}`: port `{port}` serves hotspot customers",
        line.id()
    ))
    .with_help("choose a port without hotspot, or move its access points to another port before applying")
    .about(Subject::line(line.id().as_str()))
    .about(Subject::interface(format!("{port}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{router, site, subjects};

    #[test]
    fn a_port_of_the_hotspot_is_a_poor_line() {
        let found = |rows: &[&str]| subjects(&RULE, &site(&["ether1", "ether3"]), &router(rows));
        let port = "/interface/bridge/port bridge=bridge-hotspot interface=ether3";
        assert_eq!(
            found(&["/ip/hotspot interface=ether3 disabled=no"]),
            [["isp2", "ether3"]]
        );
        assert_eq!(
            found(&[port, "/ip/hotspot interface=bridge-hotspot disabled=no"]),
            [["isp2", "ether3"]]
        );
        assert!(found(&[port, "/ip/hotspot interface=bridge-hotspot disabled=yes"]).is_empty());
        assert!(found(&[port, "/ip/hotspot interface=bridge disabled=no"]).is_empty());
    }
}
