#![doc = include_str!("pcc_passthrough_no.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::marked::left_by;
use crate::audit::menus::MANGLE;
use crate::audit::{Rule, View, fix};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::{named, property_subject};
use crate::simulate::{Direction, PacketTrace, Traffic, Verdict, Way};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("pcc-passthrough-no"),
    level: Level::Error,
    page: include_str!("pcc_passthrough_no.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let mut rules = view.mangle("mark-connection");
    if !view.has_lines() || !rules.any(|rule| rule.is("passthrough", "no")) {
        return Vec::new();
    }
    let mut found: Vec<(&Row, Diagnostic)> = Vec::new();
    for class in view.customers() {
        for way in &view.trace(&class.traffic, None).ways {
            if let Some(split) = split(view, way)
                && !found.iter().any(|(known, _)| known.id() == split.rule.id())
            {
                found.push((split.rule, finding(view, &class.traffic, way, &split)));
            }
        }
    }
    found.into_iter().map(|(_, found)| found).collect()
}

/// A connection whose first packet leaves by another line than the next ones
struct Split<'w, 'a> {
    rule: &'a Row,
    first: &'w Value,
    rest: &'w Value,
}

fn split<'w, 'a>(view: &View<'a>, way: &'w Way) -> Option<Split<'w, 'a>> {
    let mut packets = way
        .packets
        .iter()
        .filter(|packet| packet.direction == Direction::Original);
    let (opening, next) = (packets.next()?, packets.next()?);
    let rule = ends_with(view, opening)?;
    let (first, rest) = (left_by(opening)?, left_by(next)?);
    let is_marked = view.routing_marks(next).iter().any(|walk| !walk.is_empty());
    let is_lost = matches!(way.verdict, Verdict::Lost { .. });
    (is_lost && is_marked && first != rest).then_some(Split { rule, first, rest })
}

/// The rule that marks the connection and lets its packet go no further: no routing mark is set
fn ends_with<'a>(view: &View<'a>, packet: &PacketTrace) -> Option<&'a Row> {
    let last = view.connection_marks(packet).last()?.rule()?;
    let is_unmarked = view.routing_marks(packet).iter().all(Vec::is_empty);
    (is_unmarked && last.is("passthrough", "no")).then_some(last)
}

fn finding(view: &View<'_>, traffic: &Traffic, way: &Way, split: &Split<'_, '_>) -> Diagnostic {
    let Split { rule, first, rest } = split;
    RULE.finding(format!(
        "the first packet of what {} marks leaves by `{}` and all others by `{}`: the connection hangs",
        named(rule),
        first.to_text(),
        rest.to_text()
    ))
    .with_help("set `passthrough=yes`, so that the packet comes to the rule that marks it for its table")
    .about(property_subject(MANGLE, rule, "passthrough"))
    .shown_by(view.evidence(way))
    .fixed_by(mend(view, traffic, rule))
}

/// Only where no rule behind it then takes the connection from it
fn mend(view: &View<'_>, traffic: &Traffic, rule: &Row) -> Option<Fix> {
    let values = [("passthrough", "yes")];
    let mut mended = view.router().clone();
    fix::set(&mut mended, MANGLE, rule, &values);
    let after = View::of(&mended);
    let trace = after.trace(traffic, None);
    let hangs = trace
        .ways
        .iter()
        .any(|way| split(&after, way).is_some_and(|split| split.rule.id() == rule.id()));
    let is_same = after.shares_of_marks(&trace) == view.shares_of_marks(&view.trace(traffic, None));
    (is_same && !hangs).then(|| view.set("mark the first packet too", (MANGLE, rule), &values))?
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, tables, tables_v6, two_lines, two_lines_v6,
    };

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting comment=\"pcc 1\" connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp1 passthrough=no per-connection-classifier=both-addresses:2/0\n",
                    "add action=mark-connection chain=prerouting comment=\"pcc 2\" connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp2 passthrough=no per-connection-classifier=both-addresses:2/1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
                says: &[
                    "the first packet of what `pcc 2` marks leaves by `ether1` and all others by `ether2`: the connection hangs",
                ],
                fix: &["/ip firewall mangle set [find where comment=\"pcc 2\"] passthrough=yes"],
            },
            // A LAN that leaves by the second line, without a classifier.
            Flagged {
                router: Export(two_lines_v6!(
                    defaults!(),
                    tables_v6!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting comment=guests connection-state=new in-interface=bridge new-connection-mark=isp2 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
                says: &[
                    "the first packet of what `guests` marks leaves by `ether1` and all others by `ether2`: the connection hangs",
                ],
                fix: &["/ip firewall mangle set [find where comment=\"guests\"] passthrough=yes"],
            },
        ],
        passed: &[
            (
                "connections that come in, whose answers are marked",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new in-interface=ether2 new-connection-mark=isp2 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
            ),
            (
                "a mark for the line that the main table prefers anyway",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-state=new in-interface=bridge new-connection-mark=isp1 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n"
                )),
            ),
            (
                "a mark for queues that no route depends on",
                Export(two_lines!(
                    defaults!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-state=new in-interface=bridge new-connection-mark=web passthrough=no\n",
                    "add action=mark-packet chain=forward connection-mark=web new-packet-mark=web passthrough=no\n"
                )),
            ),
        ],
    }
};
