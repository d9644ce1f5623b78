#![doc = include_str!("lease_ip_duplicate.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::site::Line;
use crate::survey::networks::line_addresses;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("lease-ip-duplicate"),
    level: Level::Warning,
    page: include_str!("lease_ip_duplicate.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let addresses = |line: &Line| -> Vec<Ipv4Addr> {
        let addresses = line_addresses(case.router, line).into_iter();
        addresses.map(|address| address.addr()).collect()
    };
    case.sharing(addresses)
        .into_iter()
        .map(|(address, lines)| of_lines(address, &lines))
        .collect()
}

fn of_lines(address: Ipv4Addr, lines: &[&Line]) -> Diagnostic {
    let found = Case::finding_of(&RULE, lines, |names| message(names, address));
    found.with_help(HELP)
}

/// That lines have one address
pub(crate) fn finding(names: &str, address: Ipv4Addr) -> Diagnostic {
    RULE.finding(message(names, address)).with_help(HELP)
}

fn message(names: &str, address: Ipv4Addr) -> String {
    format!("lines {names} have one address, `{address}`")
}

const HELP: &str = "give one modem another LAN: what comes back to that address is not told apart";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, rest, router, site, static_access, subjects};

    #[test]
    fn static_addresses_are_compared() {
        let mut draft = draft(&["ether1", "ether2", "ether3"]);
        draft.lines[0].access = static_access("192.168.1.2/24", "192.168.1.1");
        draft.lines[2].access = static_access("192.168.1.2/30", "192.168.1.1");
        let found =
            |draft: &crate::site::SiteDraft| subjects(&RULE, &draft.clone().build().unwrap(), &router(&[]));
        assert_eq!(found(&draft), [["isp1", "isp3"]]);
        draft.lines[2].access = static_access("192.168.1.3/24", "192.168.1.1");
        assert!(found(&draft).is_empty());
    }

    #[test]
    fn leases_are_compared_where_they_are_known() {
        let site = site(&["ether1", "ether2"]);
        let leased = |second: &str| {
            rest(&format!(
                r#"{{"/ip/dhcp-client": [
                    {{"interface": "ether1", "status": "bound", "address": "192.168.1.2/24"}},
                    {{"interface": "ether2", "status": "bound", "address": "{second}"}}],
                  "/ip/address": [
                    {{"address": "192.168.1.2/24", "interface": "ether1", "dynamic": "true"}}]}}"#
            ))
        };
        assert_eq!(
            subjects(&RULE, &site, &leased("192.168.1.2/24")),
            [["isp1", "isp2"]]
        );
        assert!(subjects(&RULE, &site, &leased("192.168.1.3/24")).is_empty());
    }

    #[test]
    fn sessions_are_compared_by_the_addresses_that_they_got() {
        let rows = |second: &str| {
            rest(&format!(
                r#"{{"/ip/address": [
                    {{"address": "10.1.2.3/32", "interface": "ether1", "dynamic": "true"}},
                    {{"address": "{second}", "interface": "ether2", "dynamic": "true"}}]}}"#
            ))
        };
        let site = site(&["ether1", "ether2"]);
        assert_eq!(subjects(&RULE, &site, &rows("10.1.2.3/32")).len(), 1);
        assert!(subjects(&RULE, &site, &rows("10.1.2.4/32")).is_empty());
    }
}
