#![doc = include_str!("dns_from_one_isp.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Router;
use crate::site::{Dns, Line};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("dns-from-one-isp"),
    level: Level::Warning,
    page: include_str!("dns_from_one_isp.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if *case.site.dns() != Dns::Keep || has_resolvers(case.router) {
        return Vec::new();
    }
    let lines = case.site.lines().iter();
    let mut sources = lines.filter_map(|line| Some((line, peer_resolvers(case.router, line)?)));
    match (sources.next(), sources.next()) {
        (Some((line, what)), None) => [finding(line, what)].into(),
        _ => Vec::new(),
    }
}

fn finding(line: &Line, what: &str) -> Diagnostic {
    let id = line.id();
    RULE.finding(format!(
        "the router's resolvers come with the {what} of line `{id}` alone"
    ))
    .with_help("set `dns` to two resolvers that every line reaches, or names are not resolved while that line is down")
    .about(id.as_str())
}

/// Whether the router has resolvers that no line gave it
fn has_resolvers(router: &Router) -> bool {
    let mut settings = router.table("/ip/dns").iter();
    settings.any(|row| {
        let is_set = |property| row.get(property).is_some_and(|value| !value.is_empty());
        is_set("servers") || is_set("use-doh-server")
    })
}

/// How a line gives the router resolvers, if it does
fn peer_resolvers(router: &Router, line: &Line) -> Option<&'static str> {
    let gives = |menu: &str| {
        let mut clients = router.table(menu).iter();
        clients.any(|row| {
            !row.disabled() && row.is("interface", line.interface()) && !row.is("use-peer-dns", "no")
        })
    };
    CLIENTS
        .iter()
        .find(|(menu, _)| gives(menu))
        .map(|&(_, what)| what)
}

/// Menus whose rows get resolvers from the provider on an `interface`, and with what
const CLIENTS: [(&str, &str); 2] = [
    ("/ip/dhcp-client", "lease"),
    ("/interface/pppoe-client", "session"),
];

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::preflight::testing::{draft, messages, router, site};

    fn found(rows: &[&str]) -> Vec<String> {
        messages(&RULE, &site(&["ether1", "ether2"]), &router(rows))
    }

    const CLIENT: &str = "/ip/dhcp-client interface=ether1";

    #[test]
    fn resolvers_of_one_line_die_with_it() {
        let with = |what| {
            [format!(
                "the router's resolvers come with the {what} of line `isp1` alone"
            )]
        };
        assert_eq!(found(&[CLIENT]), with("lease"));
        assert_eq!(
            found(&[CLIENT, "/ip/dns servers= allow-remote-requests=yes"]),
            with("lease")
        );
        assert_eq!(
            found(&[CLIENT, "/ip/dhcp-client interface=ether2 use-peer-dns=no"]),
            with("lease")
        );
        let session = "/interface/pppoe-client interface=ether1 disabled=no use-peer-dns=yes";
        assert_eq!(found(&[session]), with("session"));
    }

    #[test]
    fn resolvers_of_nobody_or_of_both_lines_do_not() {
        let passes = |rows: &[&str]| assert!(found(rows).is_empty(), "{rows:?}");
        passes(&[CLIENT, "/ip/dns servers=9.9.9.9"]);
        passes(&[CLIENT, "/ip/dns use-doh-server=https://dns.example/dns-query"]);
        passes(&[CLIENT, "/ip/dhcp-client interface=ether2"]);
        passes(&["/ip/dhcp-client interface=ether1 use-peer-dns=no"]);
        passes(&["/ip/dhcp-client interface=ether1 disabled=yes"]);
        passes(&["/ip/dhcp-client interface=ether9"]);
        passes(&["/interface/pppoe-client interface=ether1 disabled=no"]);
        passes(&[]);
    }

    #[test]
    fn the_site_can_name_its_own() {
        let mut draft = draft(&["ether1", "ether2"]);
        draft.dns = Dns::Servers(["9.9.9.9".parse().unwrap(), "1.1.1.1".parse().unwrap()].into());
        assert!(messages(&RULE, &draft.build().unwrap(), &router(&[CLIENT])).is_empty());
    }
}
