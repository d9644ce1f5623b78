#![doc = include_str!("default_route_not_of_a_line.md")]

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::failover::LAST_RESORT;
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::{Row, RowId};
use crate::rule::row_subject;
use crate::survey::defaults::of_foreign_clients;
use crate::survey::{existing, foreign_enabled, is_of_main};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("default-route-not-of-a-line"),
    level: Level::Error,
    page: include_str!("default_route_not_of_a_line.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let lines = case.site.lines().iter();
    let of_lines: Vec<RowId> = lines
        .flat_map(|line| existing(case.router, line).default_routes)
        .map(Row::id)
        .collect();
    let routes = foreign_enabled(case.router, MENU)
        .filter(|row| is_default(row) && !of_lines.contains(&row.id()))
        .filter_map(|row| Some((row, distance(row)?)))
        .filter(|(_, distance)| *distance < LAST_RESORT)
        .map(|(row, distance)| finding(row, distance));
    routes.chain(of_clients(case)).collect()
}

/// Defaults that clients of no line add while they are up
fn of_clients<'a>(case: &'a Case<'_>) -> impl Iterator<Item = Diagnostic> + 'a {
    let is_line = |interface: &[u8]| {
        let mut lines = case.site.lines().iter();
        lines.any(|line| line.interface().as_bytes() == interface)
    };
    of_foreign_clients(case.router)
        .filter(move |route| route.distance < LAST_RESORT && !is_line(route.interface))
        .map(|route| finding_of_client(&String::from_utf8_lossy(route.interface), route.distance))
}

fn finding_of_client(interface: &str, distance: u8) -> Diagnostic {
    RULE.finding(format!(
        "the client of `{interface}` adds a default route at distance {distance} and is of no line, and no line takes over from it"
    ))
    .with_help(format!(
        "make `{interface}` a line of the site, or set `default-route-distance=200` or `add-default-route=no` where the client is (for an LTE modem in its APN profile)"
    ))
    .about(Subject::interface(interface))
}

/// Whether it is a default route of the main table, one that drops included: without a destination it is one
fn is_default(row: &Row) -> bool {
    let leads_anywhere = row.get("dst-address").is_none() || row.is("dst-address", "0.0.0.0/0");
    leads_anywhere && is_of_main(row)
}

fn distance(row: &Row) -> Option<u8> {
    row.effective("distance")?.to_text().parse().ok()
}

fn finding(row: &Row, distance: u8) -> Diagnostic {
    let gateway = row.text("gateway").filter(|gateway| !gateway.is_empty());
    let gateway = gateway.unwrap_or(Cow::Borrowed("blackhole"));
    let comment = row.text("comment").map(|comment| format!(" (`{comment}`)"));
    let comment: String = comment.unwrap_or_default();
    RULE.finding(format!(
        "default route{comment} over `{gateway}` at distance {distance} is of no line, and no line takes over from it"
    ))
    .with_help("disable it, or make it the line's by its gateway, as `192.0.2.1%ether1`: applying puts it behind the line's own")
    .about(row_subject(MENU, row))
}

const MENU: &str = "/ip/route";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, rest, router, site, static_access, subjects};

    fn found(rows: &[&str]) -> Vec<String> {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.lines[1].access = static_access("198.51.100.2/30", "198.51.100.1");
        messages(&RULE, &draft.build().unwrap(), &router(rows))
    }

    #[test]
    fn a_recursive_default_of_somebody_else_is_named() {
        let routes = [
            "/ip/route dst-address=8.8.8.8/32 gateway=198.51.100.1 scope=10",
            "/ip/route dst-address=0.0.0.0/0 gateway=8.8.8.8 target-scope=11 distance=2 check-gateway=ping comment=old_failover",
        ];
        assert_eq!(
            found(&routes),
            [
                "default route (`old failover`) over `8.8.8.8` at distance 2 is of no line, and no line takes over from it"
            ]
        );
        assert_eq!(
            subjects(
                &RULE,
                &site(&["ether1", "ether2"]),
                &router(&["/ip/route gateway=192.0.2.1"])
            ),
            [["/ip route add gateway=192.0.2.1"]]
        );
    }

    #[test]
    fn every_way_to_win_counts() {
        let fails = |route: &str| assert_eq!(found(&[route]).len(), 1, "{route}");
        fails("/ip/route dst-address=0.0.0.0/0 gateway=192.168.1.1");
        fails("/ip/route gateway=192.168.1.1 distance=199");
        fails("/ip/route dst-address=0.0.0.0/0 gateway=pppoe-out1");
        fails("/ip/route dst-address=0.0.0.0/0 gateway=198.51.100.1,192.168.1.1");
        fails("/ip/route dst-address=0.0.0.0/0 gateway=198.51.100.1%ether9");
        fails("/ip/route dst-address=0.0.0.0/0 blackhole=yes");
    }

    #[test]
    fn a_client_of_no_line_adds_one_too() {
        let fails = |client: &str| assert_eq!(found(&[client]).len(), 1, "{client}");
        fails("/ip/dhcp-client interface=ether5");
        fails("/ip/dhcp-client interface=ether5 add-default-route=yes default-route-distance=199");
        fails("/interface/pppoe-client interface=ether5 name=pppoe-out1 add-default-route=yes disabled=no");
        fails("/interface/lte name=lte1");
        let passes = |client: &str| assert_eq!(found(&[client]), [""; 0], "{client}");
        passes("/ip/dhcp-client interface=ether1");
        passes("/ip/dhcp-client interface=ether5 add-default-route=no");
        passes("/ip/dhcp-client interface=ether5 default-route-distance=200");
        passes("/ip/dhcp-client interface=ether5 disabled=yes");
        passes("/ip/dhcp-client interface=ether5 comment=multi-isp:client:old:1");
        passes("/interface/pppoe-client interface=ether5 name=pppoe-out1 disabled=no");
        assert_eq!(
            found(&["/ip/dhcp-client interface=ether5"]),
            [
                "the client of `ether5` adds a default route at distance 1 and is of no line, and no line takes over from it"
            ]
        );
    }

    #[test]
    fn what_is_of_a_line_or_cannot_win_passes() {
        let passes = |route: &str| assert_eq!(found(&[route]), [""; 0], "{route}");
        passes("/ip/route dst-address=0.0.0.0/0 gateway=198.51.100.1");
        passes("/ip/route dst-address=0.0.0.0/0 gateway=192.168.1.1%ether1");
        passes("/ip/route dst-address=0.0.0.0/0 gateway=192.168.1.1 distance=200");
        passes("/ip/route dst-address=0.0.0.0/0 gateway=192.168.1.1 disabled=yes");
        passes("/ip/route dst-address=0.0.0.0/0 gateway=192.168.1.1 routing-table=vpn");
        passes("/ip/route dst-address=0.0.0.0/0 gateway=192.168.1.1 routing-mark=vpn");
        passes("/ip/route dst-address=10.0.0.0/8 gateway=192.168.1.1");
        passes("/ip/route dst-address=0.0.0.0/0 gateway=9.9.9.10 distance=2 comment=multi-isp:main:isp1:1");
    }

    #[test]
    fn a_route_over_the_gateway_of_a_lease_is_its_line_s() {
        let leased = |gateway: &str| {
            rest(&format!(
                r#"{{"/ip/dhcp-client": [{{"interface": "ether1", "status": "bound", "gateway": "192.168.1.1"}}],
                    "/ip/route": [
                        {{"dst-address": "0.0.0.0/0", "gateway": "{gateway}", "distance": "1", "static": "true"}},
                        {{"dst-address": "0.0.0.0/0", "gateway": "10.0.0.1", "distance": "1", "dynamic": "true"}}]}}"#
            ))
        };
        let found = |gateway| messages(&RULE, &site(&["ether1", "ether2"]), &leased(gateway)).len();
        assert_eq!((found("192.168.1.1"), found("192.168.1.254")), (0, 1));
    }
}
