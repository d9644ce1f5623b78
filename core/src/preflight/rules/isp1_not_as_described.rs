#![doc = include_str!("isp1_not_as_described.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Router;
use crate::site::{Access, Line};
use crate::survey::{existing, foreign_enabled, port_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("isp1-not-as-described"),
    level: Level::Error,
    page: include_str!("isp1_not_as_described.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let Some((primary, _)) = case.primary_and_new() else {
        return Vec::new();
    };
    let instead = match primary.access() {
        Access::Dhcp => instead_of_client(case.router, primary),
        Access::Static { .. } => instead_of_address(case.router, primary),
        Access::Pppoe(_) => instead_of_session(case.router, primary),
        Access::Lte(_) | Access::Ppp(_) | Access::Tunnel => Vec::new(),
    };
    if instead.is_empty() {
        return Vec::new();
    }
    [finding(case.router, primary, &instead)].into()
}

/// What gives a line its address where its port has no DHCP client
fn instead_of_client(router: &Router, line: &Line) -> Vec<String> {
    let mut clients = router.table(CLIENTS.menu).iter();
    if clients.any(|row| !row.disabled() && row.is("interface", line.interface())) {
        return Vec::new();
    }
    [SESSIONS, ADDRESSES]
        .iter()
        .flat_map(|source| source.on(router, line))
        .collect()
}

/// What gives a line its address where its port has not the one that it was said to have
fn instead_of_address(router: &Router, line: &Line) -> Vec<String> {
    if existing(router, line).has_address {
        return Vec::new();
    }
    [CLIENTS, SESSIONS, ADDRESSES]
        .iter()
        .flat_map(|source| source.on(router, line))
        .collect()
}

/// What gives a line its address where the router has no client called like its interface
fn instead_of_session(router: &Router, line: &Line) -> Vec<String> {
    if existing(router, line).client.is_some() {
        return Vec::new();
    }
    [CLIENTS, SESSIONS, ADDRESSES]
        .iter()
        .flat_map(|source| source.on(router, line))
        .collect()
}

fn finding(router: &Router, line: &Line, instead: &[String]) -> Diagnostic {
    let port = String::from_utf8_lossy(port_of(router, line));
    let instead = instead.join(", ");
    let wanted = match line.access() {
        Access::Static { address, .. } => format!("no address `{address}`"),
        Access::Pppoe(_) => format!("no PPPoE client `{}`", line.interface()),
        _ => String::from("no DHCP client"),
    };
    RULE.finding(format!(
        "line `{}`: port `{port}` has {wanted}, it has {instead}",
        line.id()
    ))
    .with_help("describe ISP 1 as it works today, applying leaves it alone; or change it at the router first")
    .about(Subject::line(line.id().as_str()))
    .about(Subject::interface(format!("{port}")))
}

/// Rows that give an interface its address
struct Source {
    menu: &'static str,
    what: &'static str,
    /// Property that tells one from another
    name: Option<&'static str>,
}

impl Source {
    /// Those of somebody else that a line has on its port
    fn on(&self, router: &Router, line: &Line) -> Vec<String> {
        let rows =
            foreign_enabled(router, self.menu).filter(|row| row.is("interface", port_of(router, line)));
        let names = rows.map(|row| self.name.and_then(|name| row.text(name)));
        names
            .map(|name| match name {
                Some(name) => format!("{} `{name}`", self.what),
                None => String::from(self.what),
            })
            .collect()
    }
}

const CLIENTS: Source = Source {
    menu: "/ip/dhcp-client",
    what: "a DHCP client",
    name: None,
};
const SESSIONS: Source = Source {
    menu: "/interface/pppoe-client",
    what: "PPPoE client",
    name: Some("name"),
};
const ADDRESSES: Source = Source {
    menu: "/ip/address",
    what: "address",
    name: Some("address"),
};

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router, site, static_access};

    const CLIENT: &str = "/ip/dhcp-client interface=ether1";
    const SESSION: &str = "/interface/pppoe-client interface=ether1 name=pppoe-out1 disabled=no";
    const ADDRESS: &str = "/ip/address interface=ether1 address=198.51.100.2/30";

    fn by_dhcp(rows: &[&str]) -> Vec<String> {
        messages(&RULE, &site(&["ether1", "ether2"]), &router(rows))
    }

    fn by_address(rows: &[&str]) -> Vec<String> {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.lines[0].access = static_access("198.51.100.2/30", "198.51.100.1");
        messages(&RULE, &draft.build().unwrap(), &router(rows))
    }

    #[test]
    fn a_line_without_a_lease_is_not_dhcp() {
        let not_dhcp = |instead| format!("line `isp1`: port `ether1` has no DHCP client, it has {instead}");
        assert_eq!(by_dhcp(&[SESSION]), [not_dhcp("PPPoE client `pppoe-out1`")]);
        assert_eq!(by_dhcp(&[ADDRESS]), [not_dhcp("address `198.51.100.2/30`")]);
        let off = "/ip/dhcp-client interface=ether1 disabled=yes";
        assert_eq!(by_dhcp(&[off, ADDRESS]), [not_dhcp("address `198.51.100.2/30`")]);
        assert!(by_dhcp(&[CLIENT]).is_empty());
        assert!(by_dhcp(&[CLIENT, "/ip/address interface=ether1 address=192.168.100.2/24"]).is_empty());
    }

    #[test]
    fn a_static_line_has_its_address() {
        let not_it = |instead| {
            format!("line `isp1`: port `ether1` has no address `198.51.100.2/30`, it has {instead}")
        };
        assert_eq!(by_address(&[CLIENT]), [not_it("a DHCP client")]);
        assert_eq!(
            by_address(&["/ip/address interface=ether1 address=198.51.100.6/30"]),
            [not_it("address `198.51.100.6/30`")]
        );
        assert_eq!(by_address(&[SESSION]), [not_it("PPPoE client `pppoe-out1`")]);
        assert!(by_address(&[ADDRESS]).is_empty());
        assert!(by_address(&[ADDRESS, CLIENT]).is_empty());
    }

    #[test]
    fn a_fresh_router_says_nothing_of_the_line() {
        let elsewhere = [
            "/ip/dhcp-client interface=ether2",
            "/ip/address interface=bridge address=192.168.88.1/24",
            "/interface/pppoe-client interface=ether1 name=pppoe-out1",
        ];
        assert!(by_dhcp(&elsewhere).is_empty());
        assert!(by_address(&elsewhere).is_empty());
    }

    #[test]
    fn rows_of_ours_are_no_other_way_to_work() {
        assert!(by_address(&[&format!("{CLIENT} comment=multi-isp:client:isp1:1")]).is_empty());
        assert!(by_dhcp(&[&format!("{ADDRESS} comment=multi-isp:address:isp1:1")]).is_empty());
    }
}
