#![doc = include_str!("line_overlaps_lan.md")]

use alloc::format;
use alloc::vec::Vec;

use ipnet::Ipv4Net;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Row;
use crate::site::Line;
use crate::survey::networks::{line_addresses, parse};
use crate::survey::{existing, foreign_enabled, port_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("line-overlaps-lan"),
    level: Level::Error,
    page: include_str!("line_overlaps_lan.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let Some((_, new)) = case.primary_and_new() else {
        return Vec::new();
    };
    new.iter().filter_map(|line| overlap(case, line)).collect()
}

/// The first network of customers that a line takes hosts from, or that its next hop is in
fn overlap(case: &Case<'_>, line: &Line) -> Option<Diagnostic> {
    let gateway = existing(case.router, line).gateway;
    let networks = line_addresses(case.router, line).into_iter();
    let networks: Vec<Ipv4Net> = networks.filter(|network| network.prefix_len() < 32).collect();
    let is_in = |lan: &Ipv4Net| {
        networks.iter().any(|network| lan.contains(network)) || gateway.is_some_and(|hop| lan.contains(&hop))
    };
    let mut lans = foreign_enabled(case.router, "/ip/address").filter(|row| !is_of_a_line(case, row));
    let (row, lan) = lans.find_map(|row| {
        let lan = parse(row.get("address")?).filter(is_in)?;
        Some((row, lan))
    })?;
    let interface = row.text("interface").unwrap_or_default();
    Some(
        finding(line.id().as_str(), &interface, lan.trunc())
            .about(Subject::line(line.id().as_str()))
            .about(Subject::interface(interface)),
    )
}

/// That a line's network is that of a LAN
pub(crate) fn finding(line: &str, interface: &str, lan: Ipv4Net) -> Diagnostic {
    RULE.finding(format!(
        "line `{line}`: its network is that of `{interface}`, `{lan}`"
    ))
    .with_help(format!(
        "give the modem of `{line}` another LAN, or `{interface}` another network"
    ))
}

fn is_of_a_line(case: &Case<'_>, row: &Row) -> bool {
    case.site
        .lines()
        .iter()
        .any(|line| row.is("interface", line.interface()) || row.is("interface", port_of(case.router, line)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, rest, router, site, static_access, subjects};

    const LAN: &str = "/ip/address address=192.168.88.1/24 interface=bridge";

    fn found(address: &str, gateway: &str, rows: &[&str]) -> usize {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.lines[1].access = static_access(address, gateway);
        messages(&RULE, &draft.build().unwrap(), &router(rows)).len()
    }

    #[test]
    fn a_modem_in_the_network_of_the_customers_cannot_be_a_line() {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.lines[1].access = static_access("192.168.88.7/24", "192.168.88.254");
        let site = draft.build().unwrap();
        assert_eq!(
            messages(&RULE, &site, &router(&[LAN])),
            ["line `isp2`: its network is that of `bridge`, `192.168.88.0/24`"]
        );
        assert_eq!(subjects(&RULE, &site, &router(&[LAN])), [["isp2", "bridge"]]);
    }

    #[test]
    fn the_longest_prefix_decides_who_loses_his_hosts() {
        assert_eq!(found("192.168.88.130/25", "192.168.88.129", &[LAN]), 1);
        assert_eq!(found("192.168.1.2/16", "192.168.1.1", &[LAN]), 0);
        assert_eq!(found("192.168.1.2/16", "192.168.88.1", &[LAN]), 1);
        assert_eq!(found("192.168.1.2/24", "192.168.1.1", &[LAN]), 0);
    }

    #[test]
    fn what_is_off_or_a_line_s_own_passes() {
        let of = |row: &str| found("192.168.88.7/24", "192.168.88.254", &[row]);
        assert_eq!(
            of("/ip/address address=192.168.88.1/24 interface=bridge disabled=yes"),
            0
        );
        assert_eq!(of("/ip/address address=192.168.88.7/24 interface=ether2"), 0);
        assert_eq!(of("/ip/address address=192.168.88.9/24 interface=ether1"), 0);
    }

    #[test]
    fn a_lease_tells_too_and_isp_1_works_as_it_is() {
        let leased = |port: &str| {
            rest(&format!(
                r#"{{"/ip/dhcp-client": [
                    {{"interface": "{port}", "status": "bound", "address": "192.168.88.30/24", "gateway": "192.168.88.254"}}],
                  "/ip/address": [{{"address": "192.168.88.1/24", "interface": "bridge"}}]}}"#
            ))
        };
        let site = site(&["ether1", "ether2"]);
        assert_eq!(subjects(&RULE, &site, &leased("ether2")), [["isp2", "bridge"]]);
        assert!(subjects(&RULE, &site, &leased("ether1")).is_empty());
    }
}
