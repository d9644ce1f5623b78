//! Routers that a rule must flag, near misses that it must not, and what is held of every finding.

#![cfg(test)]

use std::collections::BTreeSet;
use std::format;
use std::string::String;
use std::vec::Vec;

use super::{Rule, audit};
use crate::diagnostic::Diagnostic;
use crate::routeros::router::{Router, Unknown};
use crate::routeros::syntax::Script;
use crate::rule::style::well_said;

/// What a rule is held to
pub(super) struct Cases {
    /// At least two routers that it must flag
    pub(super) flagged: &'static [Flagged],
    /// At least two near misses that it must not flag, each with why
    pub(super) passed: &'static [(&'static str, Source)],
}

/// A router that a rule must flag
pub(super) struct Flagged {
    pub(super) router: Source,
    /// The messages of its findings
    pub(super) says: &'static [&'static str],
    /// The commands that mend them all, one finding after the other; none where nobody can tell
    pub(super) fix: &'static [&'static str],
}

/// What a router is read from
#[derive(Clone, Copy)]
pub(super) enum Source {
    /// An export, made by hand
    Export(&'static str),
    /// The answers of REST by menus, RouterOS 7.22, made by hand
    Rest(&'static str),
}

use Source::{Export, Rest};

impl Source {
    fn read(self) -> Router {
        match self {
            Export(text) => Router::from_export(text.as_bytes(), None)
                .unwrap_or_else(|error| panic!("{}", error.render())),
            Rest(json) => {
                let version = crate::routeros::version::Version::new(7, 22, 0);
                Router::from_rest(json.as_bytes(), Some(version))
                    .unwrap_or_else(|error| panic!("{}", error.render()))
            }
        }
    }
}

/// Two lines with static addresses and a LAN, everything translated, RouterOS 7.22; then what is given
macro_rules! two_lines {
    ($($more:expr),* $(,)?) => {
        concat!(
            "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n",
            "/interface bridge\nadd name=bridge\n",
            "/interface list\nadd name=WAN\nadd name=LAN\n",
            "/interface list member\nadd interface=ether1 list=WAN\nadd interface=ether2 list=WAN\nadd interface=bridge list=LAN\n",
            "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
            "add address=198.51.100.2/24 interface=ether2\n",
            "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface-list=WAN\n",
            $($more),*
        )
    };
}

/// The same with RouterOS 6.49
macro_rules! two_lines_v6 {
    ($($more:expr),* $(,)?) => {
        concat!(
            "# jan/05/2026 10:00:00 by RouterOS 6.49.10\n",
            "/interface bridge\nadd name=bridge\n",
            "/interface list\nadd name=WAN\nadd name=LAN\n",
            "/interface list member\nadd interface=ether1 list=WAN\nadd interface=ether2 list=WAN\nadd interface=bridge list=LAN\n",
            "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
            "add address=198.51.100.2/24 interface=ether2\n",
            "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface-list=WAN\n",
            $($more),*
        )
    };
}

/// Defaults over both lines, the second one behind the first, both checked
macro_rules! defaults {
    () => {
        "/ip route\nadd check-gateway=ping gateway=192.0.2.1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
    };
}

/// Tables `to-isp1` and `to-isp2` of RouterOS 7, each with a default over its line and one over the other behind it
macro_rules! tables {
    () => {
        concat!(
            "/routing table\nadd fib name=to-isp1\nadd fib name=to-isp2\n",
            "/ip route\nadd check-gateway=ping gateway=192.0.2.1 routing-table=to-isp1\n",
            "add distance=2 gateway=198.51.100.1 routing-table=to-isp1\n",
            "add check-gateway=ping gateway=198.51.100.1 routing-table=to-isp2\nadd distance=2 gateway=192.0.2.1 routing-table=to-isp2\n"
        )
    };
}

/// The same of RouterOS 6
macro_rules! tables_v6 {
    () => {
        concat!(
            "/ip route\nadd check-gateway=ping gateway=192.0.2.1 routing-mark=to-isp1\n",
            "add distance=2 gateway=198.51.100.1 routing-mark=to-isp1\n",
            "add check-gateway=ping gateway=198.51.100.1 routing-mark=to-isp2\nadd distance=2 gateway=192.0.2.1 routing-mark=to-isp2\n"
        )
    };
}

/// Marks of a balance by PCC, one to one, as it should be
macro_rules! marks {
    () => {
        concat!(
            "/ip firewall mangle\n",
            "add action=accept chain=prerouting dst-address=192.168.88.0/24 in-interface=bridge\n",
            "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new in-interface=ether1 new-connection-mark=isp1\n",
            "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new in-interface=ether2 new-connection-mark=isp2\n",
            "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:2/0\n",
            "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1\n",
            "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
            "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n",
            "add action=mark-routing chain=output connection-mark=isp1 new-routing-mark=to-isp1 passthrough=no\n",
            "add action=mark-routing chain=output connection-mark=isp2 new-routing-mark=to-isp2 passthrough=no\n"
        )
    };
}

/// A whole balance by PCC on RouterOS 7, without faults: tables and marks
macro_rules! pcc {
    () => {
        concat!(crate::audit::testing::tables!(), crate::audit::testing::marks!())
    };
}

/// The same with tables whose gateways nothing checks
macro_rules! tables_unchecked {
    () => {
        concat!(
            "/routing table\nadd fib name=to-isp1\nadd fib name=to-isp2\n/ip route\nadd gateway=192.0.2.1 routing-table=to-isp1\n",
            "add distance=2 gateway=198.51.100.1 routing-table=to-isp1\nadd gateway=198.51.100.1 routing-table=to-isp2\n",
            "add distance=2 gateway=192.0.2.1 routing-table=to-isp2\n",
            crate::audit::testing::marks!()
        )
    };
}

/// The same on RouterOS 6
macro_rules! pcc_v6 {
    () => {
        concat!(
            crate::audit::testing::tables_v6!(),
            crate::audit::testing::marks!()
        )
    };
}

/// Rules for 65 buckets
macro_rules! buckets_of_65 {
    ($classifier:literal) => {
        crate::audit::testing::buckets_of_65!($classifier;
            0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21
            22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41 42 43
            44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64)
    };
    ($classifier:literal; $($bucket:literal)*) => {
        concat!(
            "/ip firewall mangle\n",
            $("add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=ether5 new-connection-mark=isp1 per-connection-classifier=", $classifier, ":65/", $bucket, "\n"),*
        )
    };
}

/// A static line, a LAN, and an LTE modem that stands by, RouterOS 7.22; then what is given
macro_rules! with_lte {
    ($($more:expr),* $(,)?) => {
        concat!(
            "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n",
            "/interface bridge\nadd name=bridge\n",
            "/interface lte apn\nset [ find default=yes ] add-default-route=yes default-route-distance=5 use-peer-dns=no\n",
            "/interface lte\nset [ find default-name=lte1 ] name=lte1\n",
            "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
            "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n",
            "/ip route\nadd check-gateway=ping gateway=192.0.2.1\n",
            $($more),*
        )
    };
}

/// The same with a USB stick that dials
macro_rules! with_ppp {
    ($($more:expr),* $(,)?) => {
        concat!(
            "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n",
            "/interface bridge\nadd name=bridge\n",
            "/interface ppp-client\nadd add-default-route=yes apn=internet default-route-distance=5 dial-on-demand=no disabled=no name=ppp-out1 port=usb1 use-peer-dns=no\n",
            "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
            "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n",
            "/ip route\nadd check-gateway=ping gateway=192.0.2.1\n",
            $($more),*
        )
    };
}

pub(super) use {
    buckets_of_65, defaults, marks, pcc, pcc_v6, tables, tables_unchecked, tables_v6, two_lines,
    two_lines_v6, with_lte, with_ppp,
};

/// What has no fault has no finding, or every rule's near misses would mean nothing
#[test]
fn a_router_without_faults_has_no_finding() {
    let routers = [
        two_lines!(defaults!()),
        two_lines!(defaults!(), pcc!()),
        two_lines_v6!(defaults!()),
        two_lines_v6!(defaults!(), pcc_v6!()),
    ];
    for export in routers {
        let report = audit(&Export(export).read());
        let findings: Vec<&Diagnostic> = report
            .findings()
            .iter()
            .filter(|found| !EXPECTED.contains(&found.code.as_str()))
            .collect();
        assert!(findings.is_empty(), "{findings:#?}");
    }
}

/// What these routers do have: their gateways alone are checked, and they have no firewall
const EXPECTED: [&str; 3] = ["dead-upstream-not-noticed", "no-firewall", "stale-connections"];

/// Holds a rule to its cases
pub(super) fn hold(rule: &Rule, cases: &Cases) {
    let code = rule.code;
    assert!(cases.flagged.len() >= 2, "{code}: two routers that it must flag");
    assert!(cases.passed.len() >= 2, "{code}: two near misses");
    for (at, case) in cases.flagged.iter().enumerate() {
        let name = format!("{code}, flagged {at}");
        let router = case.router.read();
        let findings = of_rule(rule, &router);
        let says: Vec<&str> = findings.iter().map(|found| found.message.as_str()).collect();
        assert_eq!(says, case.says, "{name}");
        findings.iter().for_each(well_told);
        assert_eq!(mend(&name, rule, &router), case.fix, "{name}: the fix");
    }
    for (why, router) in cases.passed {
        let found = of_rule(rule, &router.read());
        assert!(found.is_empty(), "{code}: flags {why}: {found:#?}");
    }
}

/// A finding reads well, says what it is about, and its fix in a few words
fn well_told(found: &Diagnostic) {
    well_said(found);
    assert!(!found.subjects.is_empty(), "what is it about? {found}");
    let what = found.fix.as_ref().map_or("mend it", |fix| fix.what.as_str());
    assert!(
        what.starts_with(char::is_lowercase) && !what.ends_with('.'),
        "{what}"
    );
}

/// Mends one finding after the other until none is left that can be; every step takes its finding away and brings no new one,
/// and is taken back exactly.
fn mend(name: &str, rule: &Rule, router: &Router) -> Vec<String> {
    let mut sent = Vec::new();
    let mut router = router.clone();
    while let Some(fix) = of_rule(rule, &router).into_iter().find_map(|found| found.fix) {
        let before = all(&router);
        let left = of_rule(rule, &router).len();
        let mended = run(name, &router, &fix.commands);
        assert!(
            of_rule(rule, &mended).len() < left,
            "{name}: {fix:#?} mends nothing"
        );
        let is_unmasked = |(code, _): &(&str, String)| UNMASKED.contains(code);
        let mended_says = all(&mended);
        let new: Vec<_> = mended_says
            .difference(&before)
            .filter(|found| !is_unmasked(found))
            .collect();
        assert!(new.is_empty(), "{name}: {fix:#?} brings {new:#?}");
        let back = run(name, &mended, &fix.undo);
        assert!(
            back.diff(&router).is_empty(),
            "{name}: {fix:#?} is not taken back"
        );
        sent.extend(fix.commands);
        router = mended;
    }
    sent
}

fn run(name: &str, router: &Router, commands: &[String]) -> Router {
    let text = commands.join("\n");
    let script = Script::parse(text.as_bytes()).unwrap_or_else(|errors| panic!("{name}: {text}: {errors}"));
    let outcome = router.run(&script, &Unknown);
    assert_eq!(outcome.error, None, "{name}: {text}");
    outcome.router
}

/// What an audit says, as far as it may not come anew
fn all(router: &Router) -> BTreeSet<(&'static str, String)> {
    let report = audit(router);
    let findings = report.findings().iter();
    findings
        .map(|found| (found.code.as_str(), found.message.clone()))
        .collect()
}

fn of_rule(rule: &Rule, router: &Router) -> Vec<Diagnostic> {
    let report = audit(router);
    let findings = report.findings().iter();
    findings
        .filter(|found| found.code == rule.code)
        .cloned()
        .collect()
}

/// What a line that works costs, lets in or does not see, which shows only once it works at all: no fault of what mends it
const UNMASKED: [&str; 4] = [
    "dead-gateway-not-noticed",
    "dead-upstream-not-noticed",
    "no-firewall",
    "stale-connections",
];
