#![doc = include_str!("ipv6_not_covered.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv6Addr;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Row;
use crate::survey::interfaces::{enabled, is_set_to};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("ipv6-not-covered"),
    level: Level::Warning,
    page: include_str!("ipv6_not_covered.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if case
        .router
        .table("/ipv6/settings")
        .iter()
        .any(|row| row.is("disable-ipv6", "yes"))
    {
        return Vec::new();
    }
    let is_line = |row: &&Row| {
        let mut lines = case.site.lines().iter();
        lines.any(|line| is_set_to(row, "interface", line.interface().as_bytes()))
    };
    let addressed = enabled(case.router, "/ipv6/address").filter(|row| !is_line(row) && is_public(row));
    let clients = enabled(case.router, "/ipv6/dhcp-client");
    let interfaces: BTreeSet<String> = addressed
        .chain(clients)
        .filter_map(|row| Some(row.get("interface")?.to_text().to_string()))
        .collect();
    if interfaces.is_empty() {
        return Vec::new();
    }
    let names: Vec<_> = interfaces.iter().map(|name| format!("`{name}`")).collect();
    let found = RULE
        .finding(format!(
            "IPv6 is in use on {}, and the plan is for IPv4 only",
            names.join(", ")
        ))
        .with_help(
            "IPv6 stays on ISP 1 and fails with it: stop announcing it to customers, or plan it by hand",
        );
    let about = |found: Diagnostic, name| found.about(Subject::interface(name));
    [interfaces.into_iter().fold(found, about)].into()
}

/// Whether a row gives customers addresses of the internet: from a pool that a provider filled, or in 2000::/3
pub(crate) fn is_public(row: &Row) -> bool {
    let address = row.text("address").unwrap_or_default();
    let host = address
        .split('/')
        .next()
        .and_then(|host| host.parse::<Ipv6Addr>().ok());
    let is_global = host.is_some_and(|host| host.to_bits() >> 125 == 1);
    is_global || row.get("from-pool").is_some_and(|pool| !pool.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{router, site, subjects};

    fn found(rows: &[&str]) -> Vec<Vec<String>> {
        subjects(&RULE, &site(&["ether1", "ether2"]), &router(rows))
    }

    #[test]
    fn public_ipv6_on_the_lan_is_not_covered() {
        assert_eq!(
            found(&["/ipv6/address address=::1 from-pool=isp6 interface=bridge"]),
            [["bridge"]]
        );
        assert_eq!(
            found(&["/ipv6/address address=2001:470::1/64 interface=bridge"]),
            [["bridge"]]
        );
        assert!(found(&["/ipv6/address address=fd00::1/64 interface=bridge"]).is_empty());
        assert!(found(&["/ipv6/address address=2001:470::1/64 interface=ether1"]).is_empty());
    }

    #[test]
    fn a_client_means_that_ipv6_is_wanted() {
        let client = "/ipv6/dhcp-client interface=ether1 request=prefix disabled=no";
        assert_eq!(found(&[client]), [["ether1"]]);
        assert!(found(&["/ipv6/dhcp-client interface=ether1 disabled=yes"]).is_empty());
        assert!(found(&[client, "/ipv6/settings disable-ipv6=yes"]).is_empty());
    }
}
