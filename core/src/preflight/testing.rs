//! Routers and sites of tests, written by hand.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::{Case, Check, Context, Rule};
use crate::diagnostic::Diagnostic;
use crate::routeros::router::Router;
use crate::routeros::version::Version;
use crate::rule::style::well_said;
use crate::site::{Access, LineDraft, Mbps, Mode, Site, SiteDraft};
use crate::survey;

/// A router of 7.22 with these rows, each a menu and its properties: `/ip/hotspot interface=bridge1`
pub(super) fn router(rows: &[&str]) -> Router {
    let mut router = Router::new(Version::new(7, 22, 0));
    for text in rows {
        let mut words = text.split(' ');
        let menu = words.next().unwrap();
        let mut row = router.new_row(menu);
        for (name, value) in words.filter_map(|word| word.split_once('=')) {
            row.set(name, value.replace('_', " ").as_str());
        }
        router.push(menu, row);
    }
    router
}

/// Lines `isp1`, `isp2` ... on these ports, by DHCP
pub(super) fn draft(ports: &[&str]) -> SiteDraft {
    let speed = Mbps::new(100).unwrap();
    let lines = ports.iter().zip(1..);
    let lines = lines.map(|(port, n)| LineDraft::new(format!("isp{n}"), *port, Access::Dhcp, speed));
    SiteDraft::new(Mode::Failover, lines.collect())
}

pub(super) fn site(ports: &[&str]) -> Site {
    draft(ports).build().unwrap()
}

pub(super) fn static_access(address: &str, gateway: &str) -> Access {
    Access::Static {
        address: address.parse().unwrap(),
        gateway: gateway.parse().unwrap(),
    }
}

/// Lines on `ether1` and over a PPPoE session of ours on this port
pub(super) fn dialled_over(port: &str) -> Site {
    let json = format!(
        r#"{{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
            {{"id": "isp1", "interface": "ether1", "access": {{"type": "dhcp"}}, "mbps": 100}},
            {{"id": "isp2", "interface": "pppoe-out1", "access": {{"type": "pppoe", "port": "{port}", "user": "jo"}}, "mbps": 100}}]}}"#
    );
    Site::from_json(json.as_bytes()).unwrap()
}

/// What a rule finds
pub(super) fn check(rule: &Rule, site: &Site, router: &Router) -> Vec<Diagnostic> {
    check_in(rule, site, router, &Context::default())
}

pub(super) fn check_in(rule: &Rule, site: &Site, router: &Router, context: &Context) -> Vec<Diagnostic> {
    let found = match rule.check {
        Check::Call(check) => check(context),
        Check::Send(check) => check(router, context),
        Check::Apply(check) => check(&Case {
            site,
            router,
            today: router,
            setup: &survey::in_force(site, router),
            context,
        }),
        Check::Leave(check) => check(Some(site), router),
        Check::Plan => Vec::new(),
    };
    assert!(
        found
            .iter()
            .all(|finding| finding.code == rule.code && finding.level == rule.level)
    );
    found.iter().for_each(well_said);
    found
}

/// Its messages
pub(super) fn messages(rule: &Rule, site: &Site, router: &Router) -> Vec<String> {
    check(rule, site, router)
        .into_iter()
        .map(|finding| finding.message)
        .collect()
}

/// What each finding is about
pub(super) fn subjects(rule: &Rule, site: &Site, router: &Router) -> Vec<Vec<String>> {
    check(rule, site, router)
        .into_iter()
        .map(|finding| names(&finding))
        .collect()
}

/// How people call what a finding is about
pub(super) fn names(finding: &Diagnostic) -> Vec<String> {
    finding
        .subjects
        .iter()
        .map(|subject| subject.name().into())
        .collect()
}

/// A router as read over REST: its list of ports is complete, and it has what only a live router knows
pub(super) fn rest(json: &str) -> Router {
    Router::from_rest(json.as_bytes(), Some(Version::new(7, 22, 0))).unwrap()
}
