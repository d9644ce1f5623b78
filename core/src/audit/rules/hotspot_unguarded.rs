#![doc = include_str!("hotspot_unguarded.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::MANGLE;
use crate::audit::{Rule, View, fix};
use crate::diagnostic::{Code, Diagnostic, Fix, Level, Subject};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::row_subject;
use crate::simulate::{Cause, Protocol, SOMEWHERE, Source, Traffic, Verdict, Way};
use crate::survey::hotspot_interfaces;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("hotspot-unguarded"),
    level: Level::Error,
    page: include_str!("hotspot_unguarded.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.marks_routing() {
        return Vec::new();
    }
    let interfaces = hotspot_interfaces(view.router());
    let found = interfaces
        .iter()
        .filter_map(|interface| Some(finding(view, interface, &sent_out(view, interface)?)));
    found.collect()
}

/// What a customer who has not logged in sends for the page, and a mark takes away from the hotspot
fn sent_out(view: &View<'_>, interface: &Value) -> Option<Way> {
    let ways = PAGES.iter().flat_map(|(protocol, port)| {
        let from = Source::Interface {
            interface: interface.clone(),
            source: None,
        };
        let traffic = Traffic {
            logged_in: false,
            ..Traffic::new(from, SOMEWHERE, *protocol, Some(*port))
        };
        view.trace(&traffic, None).ways.clone()
    });
    let mut ways = ways.filter(|way| is_lost(&way.verdict));
    ways.find(|way| {
        let last = way.packets.last();
        last.is_some_and(|packet| view.routing_marks(packet).iter().any(|walk| !walk.is_empty()))
    })
}

fn is_lost(verdict: &Verdict) -> bool {
    let Verdict::Lost { cause, .. } = verdict else {
        return false;
    };
    matches!(cause, Cause::NotReceived | Cause::SentOut)
}

fn finding(view: &View<'_>, interface: &Value, way: &Way) -> Diagnostic {
    let name = interface.to_text();
    let found = RULE
        .finding(format!("customers of the hotspot on `{name}` who have not logged in are marked for a line, and never see its page"))
        .with_help(format!("let what comes in over `{name}` with `hotspot=!auth` leave the chain before anything is marked"))
        .about(Subject::interface(name))
        .shown_by(view.evidence(way))
        .fixed_by(mend(view, interface));
    let packet = way.packets.last();
    let walks = packet.into_iter().flat_map(|packet| view.routing_marks(packet));
    let rules = walks.filter_map(|walk| walk.last().and_then(crate::audit::marked::Marked::rule));
    rules.fold(found, |found, rule| found.about(row_subject(MANGLE, rule)))
}

/// Only where the chain does nothing but mark connections and routes: what else it does may be for everybody
fn mend(view: &View<'_>, interface: &Value) -> Option<Fix> {
    let is_plain = |row: &Row| ACTIONS.iter().any(|action| row.is("action", action));
    let is_of_walk = |row: &&Row| !ELSEWHERE.iter().any(|chain| row.is("chain", chain));
    if !view.rows(MANGLE).filter(is_of_walk).all(is_plain) {
        return None;
    }
    let first = view
        .router()
        .table(MANGLE)
        .iter()
        .find(|row| row.is("chain", "prerouting") && !row.dynamic());
    let name = interface.to_text();
    let values = [
        ("chain", "prerouting"),
        ("in-interface", &*name),
        ("hotspot", "!auth"),
        ("action", "return"),
    ];
    view.fix("mark nothing of who has not logged in", |router| {
        fix::add(router, MANGLE, &values, first)
    })
}

/// What shows a hotspot's page: any page that is asked for, and names
const PAGES: [(Protocol, u16); 3] = [(Protocol::Tcp, 80), (Protocol::Tcp, 443), (Protocol::Udp, 53)];

/// Actions that only decide the way
const ACTIONS: [&str; 5] = ["accept", "jump", "mark-connection", "mark-routing", "return"];

/// Chains that this has nothing to do with
const ELSEWHERE: [&str; 4] = ["forward", "input", "output", "postrouting"];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, pcc, pcc_v6, tables_v6, two_lines, two_lines_v6,
    };

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "/ip hotspot\nadd disabled=no interface=bridge name=hotspot1\n"
                )),
                says: &[
                    "customers of the hotspot on `bridge` who have not logged in are marked for a line, and never see its page",
                ],
                fix: &[
                    "/ip firewall mangle add chain=prerouting in-interface=bridge hotspot=!auth action=return place-before=[find where chain=\"prerouting\" and dst-address=192.168.88.0/24 and in-interface=\"bridge\" and comment=\"\" and dynamic=no]",
                ],
            },
            // RouterOS 6 sends the answer of its page away: it is marked as the question was.
            Flagged {
                router: Export(two_lines_v6!(
                    defaults!(),
                    pcc_v6!(),
                    "/ip hotspot\nadd disabled=no interface=bridge name=hotspot1\n"
                )),
                says: &[
                    "customers of the hotspot on `bridge` who have not logged in are marked for a line, and never see its page",
                ],
                fix: &[
                    "/ip firewall mangle add chain=prerouting in-interface=bridge hotspot=!auth action=return place-before=[find where chain=\"prerouting\" and dst-address=192.168.88.0/24 and in-interface=\"bridge\" and comment=\"\" and dynamic=no]",
                ],
            },
            // A packet mark stands first, and may be for everybody; the guard is for another interface.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/ip hotspot\nadd disabled=no interface=bridge name=hotspot1\n",
                    "/ip firewall mangle\nadd action=mark-packet chain=prerouting in-interface=bridge new-packet-mark=up\n",
                    "add action=accept chain=prerouting hotspot=!auth in-interface=ether5\n",
                    pcc!()
                )),
                says: &[
                    "customers of the hotspot on `bridge` who have not logged in are marked for a line, and never see its page",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a guard before the marks",
                Export(two_lines!(
                    defaults!(),
                    "/ip hotspot\nadd disabled=no interface=bridge name=hotspot1\n",
                    "/ip firewall mangle\nadd action=return chain=prerouting hotspot=!auth in-interface=bridge\n",
                    pcc!()
                )),
            ),
            (
                "a hotspot that is disabled",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "/ip hotspot\nadd disabled=yes interface=bridge name=hotspot1\n"
                )),
            ),
            (
                "a hotspot whose customers nothing marks",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "/ip address\nadd address=10.5.50.1/24 interface=ether5\n",
                    "/ip hotspot\nadd disabled=no interface=ether5 name=hotspot1\n"
                )),
            ),
            (
                "RouterOS 6, which looks for its own addresses first, and answers that nothing marks",
                Export(two_lines_v6!(
                    defaults!(),
                    tables_v6!(),
                    "/ip hotspot\nadd disabled=no interface=bridge name=hotspot1\n",
                    "/ip firewall mangle\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
            ),
        ],
    }
};
