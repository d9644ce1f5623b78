#![doc = include_str!("single_probe.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::ROUTES;
use crate::audit::probes::{Probe, has_gateway};
use crate::audit::routing::{is_checked, is_usable};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::row_subject;
use crate::simulate::RouteState;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("single-probe"),
    level: Level::Warning,
    page: include_str!("single_probe.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() {
        return Vec::new();
    }
    let mut probes = view.far_probes();
    probes.retain(|(_, probe)| of_main(probe).any(|(_, row)| is_checked(row)));
    let has_others = |line: &Value, probe: &Probe<'_, '_>| {
        probes
            .iter()
            .any(|(other, another)| *other == line && another.host != probe.host)
    };
    let single = probes
        .iter()
        .filter(|(line, probe)| !has_others(line, probe) && decides(view, line, probe));
    let mut told: Vec<&Value> = Vec::new();
    let mut found = Vec::new();
    for (line, probe) in single {
        if !told.contains(line) {
            told.push(line);
            found.push(finding(line, probe));
        }
    }
    found
}

/// The defaults of the main table that lead over a probe
fn of_main<'p, 'v, 'a>(probe: &'p Probe<'v, 'a>) -> impl Iterator<Item = &'p (&'v RouteState, &'a Row)> {
    probe.defaults.iter().filter(|(route, _)| route.table == *"main")
}

/// Whether the line is left when the host does not answer: no other default keeps traffic there until another line's turn
fn decides(view: &View<'_>, line: &Value, probe: &Probe<'_, '_>) -> bool {
    let usable = || view.defaults("main").filter(|route| is_usable(route));
    let Some(own) = of_main(probe).map(|(route, _)| route.distance).min() else {
        return false;
    };
    let elsewhere = usable()
        .filter(|route| route.distance > own && view.line_of(route).is_some_and(|other| other != line));
    let next = elsewhere.map(|route| route.distance).min().unwrap_or(u8::MAX);
    let keeps = |route: &RouteState| {
        view.line_of(route) == Some(line) && !has_gateway(route, probe.host) && route.distance < next
    };
    !usable().any(keeps)
}

fn finding(line: &Value, probe: &Probe<'_, '_>) -> Diagnostic {
    let (host, name) = (probe.host, line.to_text());
    RULE.finding(format!(
        "`{name}` has one probe, `{host}`: when that host is down, the line is taken to be dead"
    ))
    .with_help("add a second probe host, and a default of the same distance over it")
    .about(row_subject(ROUTES, probe.row))
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines, two_lines_v6};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "`ether1` has one probe, `203.0.113.10`: when that host is down, the line is taken to be dead",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.11/32 gateway=198.51.100.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10\nadd check-gateway=ping distance=2 gateway=203.0.113.11\n"
                )),
                says: &[
                    "`ether1` has one probe, `203.0.113.10`: when that host is down, the line is taken to be dead",
                    "`ether2` has one probe, `203.0.113.11`: when that host is down, the line is taken to be dead",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "two hosts",
                Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.11/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping gateway=203.0.113.11 target-scope=11\n",
                    "add check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "gateways that are checked directly",
                Export(two_lines!(defaults!())),
            ),
            (
                "a gateway outside the line's network, and one with a route to itself",
                Export(two_lines!(
                    "/ip route\nadd dst-address=100.64.0.1/32 gateway=ether1 scope=10\nadd dst-address=198.51.100.1/32 gateway=198.51.100.1%ether2 scope=10\n",
                    "add check-gateway=ping gateway=100.64.0.1 target-scope=11\nadd check-gateway=ping distance=2 gateway=198.51.100.1 target-scope=11\n"
                )),
            ),
            (
                "two hosts behind one virtual hop",
                Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.11/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping dst-address=127.88.1.1/32 gateway=203.0.113.10 scope=10 target-scope=11\n",
                    "add check-gateway=ping dst-address=127.88.1.1/32 gateway=203.0.113.11 scope=10 target-scope=11\n",
                    "add gateway=127.88.1.1 target-scope=12\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a default over the line's gateway that keeps it",
                Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping distance=2 gateway=192.0.2.1\n",
                    "add check-gateway=ping distance=3 gateway=198.51.100.1\n"
                )),
            ),
        ],
    }
};
