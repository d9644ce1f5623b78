#![doc = include_str!("mark_routing_unscoped.md")]

use alloc::format;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::audit::local::SentOut;
use crate::audit::menus::MANGLE;
use crate::audit::view::is_lost_by;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::value::Value;
use crate::rule::row_subject;
use crate::simulate::{Cause, Protocol};
use crate::survey::InterfaceKind;
use crate::survey::interfaces::kind_of;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("mark-routing-unscoped"),
    level: Level::Error,
    page: include_str!("mark_routing_unscoped.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    unreached(view)
        .iter()
        .map(|(address, sent)| finding(view, *address, sent))
        .collect()
}

/// Where customers come in that cannot reach the router, each with one address that they cannot reach it at
fn unreached(view: &View<'_>) -> Vec<(Ipv4Addr, SentOut)> {
    let mut found: Vec<(Ipv4Addr, SentOut)> = Vec::new();
    for class in view.customers() {
        // Nobody asks for the address that the router has in a tunnel.
        let is_near = |interface: &Value| {
            !kind_of(view.router(), interface.as_bytes()).is_some_and(InterfaceKind::leads_away)
        };
        let addresses = view
            .inner_addresses()
            .into_iter()
            .filter(|(_, interface)| is_near(interface));
        let mut addresses = addresses.map(|(address, _)| address.addr());
        // RouterOS 6 receives it first; there its answer may be marked, and leave.
        let sent = |address| {
            CAUSES
                .iter()
                .find_map(|cause| view.sent_out(class, address, PING, cause))
        };
        let first = addresses.find_map(|address| Some((address, sent(address)?)));
        found.extend(first);
    }
    found
}

fn finding(view: &View<'_>, address: Ipv4Addr, sent: &SentOut) -> Diagnostic {
    let from = sent.from.to_text();
    let message = match is_lost_by(&sent.way, &Cause::NotReceived) {
        true => format!(
            "what hosts behind `{from}` send to the router itself, as to `{address}`, gets a routing mark and leaves by a line instead of being received"
        ),
        false => format!(
            "the router's own answers to hosts behind `{from}`, as from `{address}`, get a routing mark and leave by a line"
        ),
    };
    let found = RULE.finding(message);
    let marks = view.routing_marks_of(&sent.way).into_iter();
    let fix = view.leave_alone(
        "leave alone what is for the router itself",
        &sent.from,
        &[[("dst-address-type", "local")]],
        |mended| unreached(mended).iter().any(|(_, still)| still.from == sent.from),
    );
    marks
        .fold(found, |found, row| found.about(row_subject(MANGLE, row)))
        .with_help("accept in prerouting what has `dst-address-type=local` before it is marked, or let the rules that mark match `dst-address-type=!local`; in `output`, route by marks that connections got on a line alone")
        .shown_by(view.evidence(&sent.way))
        .fixed_by(fix)
}

/// The packet is sent out, or its answer
const CAUSES: [Cause; 2] = [Cause::NotReceived, Cause::SentOut];

const PING: (Protocol, Option<u16>) = (Protocol::Icmp, None);

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, pcc, tables, tables_v6, two_lines, two_lines_v6,
    };

    const SAYS: &[&str] = &[
        "what hosts behind `bridge` send to the router itself, as to `192.168.88.1`, gets a routing mark and leaves by a line instead of being received",
    ];
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
                says: SAYS,
                fix: &[
                    "/ip firewall mangle add chain=prerouting in-interface=bridge dst-address-type=local place-before=[find where action=mark-routing and chain=\"prerouting\" and in-interface=\"bridge\" and new-routing-mark=\"to-isp2\" and passthrough=no and comment=\"\" and dynamic=no]",
                ],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting comment=first connection-mark=no-mark in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:2/0\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
                says: SAYS,
                fix: &[
                    "/ip firewall mangle add chain=prerouting in-interface=bridge dst-address-type=local place-before=[find where comment=\"first\"]",
                ],
            },
            // RouterOS 6 receives the question: its answer is marked.
            Flagged {
                router: Export(two_lines_v6!(
                    defaults!(),
                    tables_v6!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting comment=all connection-mark=no-mark in-interface=bridge new-connection-mark=isp2\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2\n",
                    "add action=mark-routing chain=output connection-mark=isp2 new-routing-mark=to-isp2\n"
                )),
                says: &[
                    "the router's own answers to hosts behind `bridge`, as from `192.168.88.1`, get a routing mark and leave by a line",
                ],
                fix: &[
                    "/ip firewall mangle add chain=prerouting in-interface=bridge dst-address-type=local place-before=[find where comment=\"all\"]",
                ],
            },
            // All that the router sends is marked, and no rule before it could leave anything alone.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=output new-routing-mark=to-isp2\n"
                )),
                says: &[
                    "the router's own answers to hosts behind `bridge`, as from `192.168.88.1`, get a routing mark and leave by a line",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "marks that leave the router's addresses out",
                Export(two_lines!(defaults!(), pcc!())),
            ),
            (
                "RouterOS 6 receives what is its own before it looks at marks",
                Export(two_lines_v6!(
                    defaults!(),
                    tables_v6!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
            ),
            (
                "marks for one customer's destinations alone",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting dst-address=198.51.100.0/24 in-interface=bridge new-routing-mark=to-isp2\n"
                )),
            ),
        ],
    }
};
