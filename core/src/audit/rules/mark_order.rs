#![doc = include_str!("mark_order.md")]

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use crate::audit::menus::MANGLE;
use crate::audit::torn::is_fasttracked;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::{Router, Row};
use crate::rule::{named, row_subject};
use crate::simulate::{PacketTrace, Way, What};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("mark-order"),
    level: Level::Error,
    page: include_str!("mark_order.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let faults = faults(view);
    faults.iter().map(|fault| finding(view, fault)).collect()
}

/// A rule that routes by a mark, and the one behind it that sets that mark
struct Fault<'a> {
    routes: &'a Row,
    marks: &'a Row,
    way: Way,
}

/// A connection whose first packet passes the rule that would route it before it has the mark
fn faults<'a>(view: &View<'a>) -> Vec<Fault<'a>> {
    let mut faults: Vec<Fault<'a>> = Vec::new();
    for (_, way) in view.torn().into_iter().filter(|(_, way)| !is_fasttracked(way)) {
        let Some(fault) = fault(view, way) else { continue };
        if !faults.iter().any(|known| known.routes.id() == fault.routes.id()) {
            faults.push(fault);
        }
    }
    faults
}

fn fault<'a>(view: &View<'a>, way: Way) -> Option<Fault<'a>> {
    let first = way.packets.first()?;
    let marks = rule(view, first, |what| matches!(what, What::ConnectionMark { .. }))?;
    let is_routed = |what: &What| matches!(what, What::RoutingMark { .. });
    let later = || {
        way.packets
            .iter()
            .skip(1)
            .find_map(|packet| rule(view, packet, is_routed))
    };
    let routes = rule(view, first, is_routed).is_none().then(later)??;
    let is_behind = view.place(routes) < view.place(marks) && routes.get("chain") == marks.get("chain");
    is_behind.then_some(Fault { routes, marks, way })
}

/// The rule that did that to a packet, the last one where several did
fn rule<'a>(view: &View<'a>, packet: &PacketTrace, is_meant: impl Fn(&What) -> bool) -> Option<&'a Row> {
    let mut events = packet.events.iter().rev().filter(|event| is_meant(&event.what));
    view.row(events.next()?.row.as_ref()?)
}

fn finding(view: &View<'_>, fault: &Fault<'_>) -> Diagnostic {
    RULE.finding(format!(
        "rule {} routes by a connection mark that rule {} sets behind it: the first packet of a connection leaves by another line than the rest",
        named(fault.routes),
        named(fault.marks)
    ))
    .with_help("let the rules that mark connections stand before those that route by their marks")
    .about(row_subject(MANGLE, fault.routes))
    .about(row_subject(MANGLE, fault.marks))
    .shown_by(view.evidence(&fault.way))
    .fixed_by(fix(view, fault))
}

/// Moves the rule that routes right behind the last one that marks
fn fix(view: &View<'_>, fault: &Fault<'_>) -> Option<Fix> {
    let mark = fault.routes.get("connection-mark")?;
    let marking = view
        .mangle("mark-connection")
        .filter(|row| row.get("new-connection-mark") == Some(mark));
    let last = marking.max_by_key(|row| view.place(row))?;
    let behind = view
        .router()
        .table(MANGLE)
        .iter()
        .skip_while(|row| row.id() != last.id())
        .nth(1);
    let edit = |router: &mut Router| {
        router
            .table_mut(MANGLE.to_string())
            .move_rows(&[fault.routes.id()], behind.map(Row::id));
    };
    let is_mended = |mended: &Router| {
        let left = faults(&View::of(mended)).into_iter();
        left.filter(|other| other.routes.id() == fault.routes.id())
            .count()
            == 0
    };
    view.fix_if("route by the mark once it is set", edit, is_mended)
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, pcc, tables, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=accept chain=prerouting dst-address=192.168.88.0/24 in-interface=bridge\n",
                    "add action=mark-routing chain=prerouting comment=\"to 2\" connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n",
                    "add action=mark-connection chain=prerouting comment=\"mark 2\" connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:2/0\n"
                )),
                says: &[
                    "rule `to 2` routes by a connection mark that rule `mark 2` sets behind it: the first packet of a connection leaves by another line than the rest",
                ],
                fix: &[
                    "/ip firewall mangle move [find where comment=\"mark 2\"] destination=[find where comment=\"to 2\"]",
                ],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=accept chain=prerouting dst-address=192.168.88.0/24 in-interface=bridge\n",
                    "add action=mark-routing chain=prerouting comment=\"to 2\" connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2\n",
                    "add action=mark-connection chain=prerouting comment=\"mark 2\" connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp2\n",
                    "add action=log chain=prerouting comment=log disabled=yes\n"
                )),
                says: &[
                    "rule `to 2` routes by a connection mark that rule `mark 2` sets behind it: the first packet of a connection leaves by another line than the rest",
                ],
                fix: &[
                    "/ip firewall mangle move [find where comment=\"mark 2\"] destination=[find where comment=\"to 2\"]",
                ],
            },
        ],
        passed: &[
            ("marks before routes", Export(two_lines!(defaults!(), pcc!()))),
            (
                "a mark for main's own line: the first packet leaves by it, too",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 dst-address-type=!local in-interface=bridge new-routing-mark=to-isp1\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp1\n"
                )),
            ),
        ],
    }
};
