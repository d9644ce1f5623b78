#![doc = include_str!("router_replies_unmarked.md")]

use alloc::format;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::audit::view::{is_lost_by, lost};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::routeros::value::Value;
use crate::simulate::{Cause, Protocol, Source, Traffic, Way};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("router-replies-unmarked"),
    level: Level::Warning,
    page: include_str!("router_replies_unmarked.md"),
    check,
};

/// Where nothing is marked, answers of the router by main are how fail-over is
fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.marks_routing() || view.is_guessed() {
        return Vec::new();
    }
    let lines = view.lines().iter().filter(|line| view.leads_out(line.as_bytes()));
    lines
        .filter_map(|line| Some(finding(view, line, &misled(view, line)?)))
        .collect()
}

/// The way of a ping to the router over a line, where its answer leaves by another one
fn misled(view: &View<'_>, line: &Value) -> Option<Way> {
    let traffic = Traffic {
        from: Source::Internet {
            line: line.clone(),
            source: SOMEBODY,
        },
        to: None,
        protocol: Protocol::Icmp,
        port: None,
        ..Traffic::default()
    };
    let trace = view.trace(&traffic, None);
    lost(&trace)
        .find(|way| is_lost_by(way, &Cause::WrongLine))
        .cloned()
}

fn finding(view: &View<'_>, line: &Value, way: &Way) -> Diagnostic {
    let name = line.to_text();
    RULE.finding(format!("what reaches the router itself over `{name}` is answered by another line"))
        .with_help("mark connections that come in over the line, in prerouting, and route packets of `output` by that mark")
        .about(Subject::interface(name))
        .shown_by(view.evidence(way))
}

/// A host in the internet (TEST-NET-3, RFC 5737)
const SOMEBODY: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 200);

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, pcc, tables, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2 dst-address=!192.168.0.0/16\n"
                )),
                says: &["what reaches the router itself over `ether2` is answered by another line"],
                fix: &[],
            },
            // The connection is marked, and nothing in output routes by it.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new in-interface=ether2 new-connection-mark=isp2\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2\n"
                )),
                says: &["what reaches the router itself over `ether2` is answered by another line"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "answers that are routed by their marks",
                Export(two_lines!(defaults!(), pcc!())),
            ),
            ("fail-over without marks", Export(two_lines!(defaults!()))),
            (
                "a router that answers nobody",
                Export(two_lines!(
                    "/ip firewall filter\nadd action=drop chain=input in-interface-list=WAN\n",
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2 dst-address=!192.168.0.0/16\n"
                )),
            ),
        ],
    }
};
