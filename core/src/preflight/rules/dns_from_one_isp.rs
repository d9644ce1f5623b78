#![doc = include_str!("dns_from_one_isp.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::{Router, Row};
use crate::site::{Access, Dns, Line};
use crate::survey::existing;

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
    .about(Subject::line(id.as_str()))
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
    let Some(client) = existing(router, line).client else {
        // An export leaves the factory's APN profile out, which takes the resolvers of the network.
        return matches!(line.access(), Access::Lte(None)).then_some(SESSION);
    };
    let gives = |row: &Row| !row.disabled() && row.effective("use-peer-dns").is_some_and(|it| *it != "no");
    let what = if client.menu == "/ip/dhcp-client" {
        "lease"
    } else {
        SESSION
    };
    gives(client.row).then_some(what)
}

/// What a point-to-point line gets its resolvers with
const SESSION: &str = "session";

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
        let of_session = |access, row: &str| {
            let mut draft = draft(&["wan1", "ether2"]);
            draft.lines[0].access = access;
            messages(&RULE, &draft.build().unwrap(), &router(&[row]))
        };
        let pppoe = "/interface/pppoe-client interface=ether1 name=wan1 disabled=no";
        assert_eq!(
            of_session(Access::Pppoe(None), &format!("{pppoe} use-peer-dns=yes")),
            with("session")
        );
        assert!(of_session(Access::Pppoe(None), pppoe).is_empty());
        let ppp = "/interface/ppp-client port=usb1 name=wan1 disabled=no";
        assert_eq!(of_session(Access::Ppp(None), ppp), with("session"));
        assert_eq!(
            of_session(Access::Lte(None), "/interface/lte name=wan1"),
            with("session")
        );
        assert!(of_session(Access::Tunnel, ppp).is_empty());
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
