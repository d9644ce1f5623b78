#![doc = include_str!("stale_connections.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::addresses::is_inner;
use crate::audit::view::{is_lost_by, lost};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::routeros::value::Value;
use crate::simulate::{Cause, Class, Condition, Way};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("stale-connections"),
    level: Level::Warning,
    page: include_str!("stale_connections.md"),
    check,
};

/// A plan of ours removes stale connections where its operator wants it; connections that no line carries whole are another fault
fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if view.is_planned() || !view.has_lines() || view.is_guessed() || !view.torn().is_empty() {
        return Vec::new();
    }
    let stuck: Vec<(&Value, Way)> = view
        .lines()
        .iter()
        .filter_map(|line| Some((line, stuck(view, line)?)))
        .collect();
    let Some((_, way)) = stuck.first() else {
        return Vec::new();
    };
    let lines: Vec<&Value> = stuck.iter().map(|(line, _)| *line).collect();
    [finding(view, &lines, way)].into()
}

/// The way of an open connection that goes on over another line with its old address, once a provider is dead
fn stuck(view: &View<'_>, line: &Value) -> Option<Way> {
    let stuck = |class: &Class, failure| {
        let trace = view.trace(&class.traffic.clone().established(), Some((line, failure)));
        lost(&trace)
            .find(|way| is_lost_by(way, &Cause::WrongSource) && is_translated(way))
            .cloned()
    };
    let failures = [Condition::GatewayDead, Condition::UpstreamDead];
    view.customers()
        .find_map(|class| failures.into_iter().find_map(|failure| stuck(class, failure)))
}

/// Whether the customer has a private address: one with public addresses keeps his own
fn is_translated(way: &Way) -> bool {
    way.packets
        .first()
        .is_some_and(|packet| is_inner(packet.source.address))
}

fn finding(view: &View<'_>, lines: &[&Value], way: &Way) -> Diagnostic {
    let names: Vec<String> = lines.iter().map(|line| format!("`{}`", line.to_text())).collect();
    let found = RULE
        .finding(format!(
            "connections that are open when {} fails go on over another line with the old address: calls and tunnels hang",
            names.join(" or ")
        ))
        .with_help("let a script remove the connections of a line that fails, once all its defaults are inactive")
        .shown_by(view.evidence(way));
    lines.iter().fold(found, |found, line| {
        found.about(Subject::interface(line.to_text()))
    })
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, pcc, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(defaults!())),
                says: &[
                    "connections that are open when `ether1` fails go on over another line with the old address: calls and tunnels hang",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(defaults!(), pcc!())),
                says: &[
                    "connections that are open when `ether1` or `ether2` fails go on over another line with the old address: calls and tunnels hang",
                ],
                fix: &[],
            },
            // Nothing sees a dead gateway alone; a probe behind it does.
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1 distance=3\nadd distance=4 gateway=198.51.100.1\n",
                    "add dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd check-gateway=ping distance=1 gateway=203.0.113.10 target-scope=11\n",
                    "add distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "connections that are open when `ether1` fails go on over another line with the old address: calls and tunnels hang",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "customers with public addresses, who keep their own",
                Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/ip address\nadd address=203.0.113.129/25 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
                    "add address=198.51.100.2/24 interface=ether2\n",
                    defaults!()
                )),
            ),
            (
                "a script that removes them",
                Export(two_lines!(
                    defaults!(),
                    "/tool netwatch\nadd host=192.0.2.1 down-script=\"/ip firewall connection remove [find]\"\n"
                )),
            ),
            (
                "nothing takes over, so nothing goes on",
                Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
        ],
    }
};
