#![doc = include_str!("gateway_unresolvable.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::site::{Access, Line};
use crate::survey::defaults::network_to;
use crate::survey::foreign_enabled;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("gateway-unresolvable"),
    level: Level::Error,
    page: include_str!("gateway_unresolvable.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if !case.is_v6() {
        return Vec::new();
    }
    let new = case.primary_and_new().map_or(&[][..], |(_, new)| new);
    new.iter().filter_map(|line| finding(case, line)).collect()
}

fn finding(case: &Case<'_>, line: &Line) -> Option<Diagnostic> {
    let Access::Static { address, gateway } = line.access() else {
        return None;
    };
    let mut addresses = foreign_enabled(case.router, "/ip/address");
    let is_neighbour =
        addresses.any(|row| row.is("interface", line.interface()) && network_to(row, *gateway).is_some());
    if !line.access().gateway_is_outside() || is_neighbour {
        return None;
    }
    let id = line.id();
    let found = RULE
        .finding(format!(
            "line `{id}`: RouterOS 6 finds no way to gateway `{gateway}`, which is not in the network of `{address}`"
        ))
        .with_help("see that both are right; then upgrade to RouterOS 7, or ask the provider for an address in the gateway's network");
    Some(found.about(Subject::line(id.as_str())))
}

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::preflight::testing::{draft, messages, static_access};
    use crate::routeros::router::Router;

    fn found(version: &str, addresses: [&str; 2], rows: &str) -> Vec<String> {
        let mut draft = draft(&["ether1", "ether2"]);
        for (line, address) in draft.lines.iter_mut().zip(addresses) {
            line.access = static_access(address, "203.0.113.1");
        }
        let export = format!("# jan/05/2026 10:00:00 by RouterOS {version}\n{rows}");
        let router = Router::from_export(export.as_bytes(), None).unwrap();
        messages(&RULE, &draft.build().unwrap(), &router)
    }

    const INSIDE: &str = "203.0.113.2/29";
    const OUTSIDE: &str = "198.51.100.2/32";

    #[test]
    fn routeros_6_finds_no_gateway_elsewhere() {
        assert_eq!(
            found("6.49.18", [INSIDE, OUTSIDE], ""),
            [
                "line `isp2`: RouterOS 6 finds no way to gateway `203.0.113.1`, which is not in the network of `198.51.100.2/32`"
            ]
        );
        assert!(found("7.22.3", [INSIDE, OUTSIDE], "").is_empty());
        assert!(found("6.49.18", [INSIDE, INSIDE], "").is_empty());
        assert!(
            found("6.49.18", [OUTSIDE, INSIDE], "").is_empty(),
            "ISP 1 works today"
        );
    }

    #[test]
    fn a_gateway_that_is_the_peer_of_an_address_is_found() {
        let with = |network: &str, port: &str| {
            let rows =
                format!("/ip address\nadd address=198.51.100.2/32 interface={port} network={network}\n");
            found("6.49.18", [INSIDE, OUTSIDE], &rows).len()
        };
        assert_eq!(with("203.0.113.1", "ether2"), 0);
        assert_eq!(with("203.0.113.1", "ether3"), 1);
        assert_eq!(with("198.51.100.2", "ether2"), 1);
    }
}
