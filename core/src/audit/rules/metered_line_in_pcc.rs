#![doc = include_str!("metered_line_in_pcc.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::MANGLE;
use crate::audit::view::called;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::pcc::Ratio;
use crate::routeros::value::Value;
use crate::rule::row_subject;
use crate::simulate::{Class, Verdict, Way};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("metered-line-in-pcc"),
    level: Level::Warning,
    page: include_str!("metered_line_in_pcc.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    // Who has nothing but modems shares them because he has to.
    let has_others = view.lines().iter().any(|line| !view.is_mobile(line.as_bytes()));
    if !has_others || !view.marks_routing() {
        return Vec::new();
    }
    let mobile = view.lines().iter().filter(|line| view.is_mobile(line.as_bytes()));
    mobile.filter_map(|line| shared(view, line)).collect()
}

/// The first customers of whose connections the line gets a part by marks, while all lines are up
fn shared(view: &View<'_>, line: &Value) -> Option<Diagnostic> {
    view.customers().find_map(|customers| {
        let trace = view.trace(&customers.traffic, None);
        let over_line = || trace.ways.iter().filter(|way| works_over(way, line));
        let share = over_line().fold(Ratio::ZERO, |sum, way| sum.plus(way.share));
        // All of a LAN is no share: somebody chose the line for it.
        let way = over_line()
            .find(|way| is_marked(view, way))
            .filter(|_| share != Ratio::ONE)?;
        Some(finding(view, customers, line, share, way))
    })
}

fn works_over(way: &Way, line: &Value) -> bool {
    matches!(&way.verdict, Verdict::Works { line: Some(own), .. } if own == line)
}

/// Whether a mark leads its first packet
fn is_marked(view: &View<'_>, way: &Way) -> bool {
    let first = way.packets.first();
    first.is_some_and(|packet| view.routing_marks(packet).iter().any(|walk| !walk.is_empty()))
}

fn finding(view: &View<'_>, customers: &Class, line: &Value, share: Ratio, way: &Way) -> Diagnostic {
    let name = line.to_text();
    let found = RULE
        .finding(format!(
            "`{name}` is a modem, and gets {} of the connections of {} while all lines are up",
            share.percent(),
            called(customers)
        ))
        .with_help("keep a line that is paid for by volume out of the balance: a default of a higher distance for when the others are down")
        .about(Subject::interface(name))
        .shown_by(view.evidence(way));
    let packet = way.packets.first();
    let marks = packet
        .into_iter()
        .flat_map(|packet| view.connection_marks(packet));
    let rules = marks.filter_map(|mark| mark.rule());
    rules.fold(found, |found, rule| found.about(row_subject(MANGLE, rule)))
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export};

    /// A line on ether1 and a modem; marks for both.
    macro_rules! with_modem {
        ($modem:literal, $interface:literal, $($more:expr),*) => {
            concat!(
                "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n", $modem,
                "/interface bridge\nadd name=bridge\n",
                "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
                "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\nadd action=masquerade chain=srcnat out-interface=", $interface, "\n",
                "/routing table\nadd fib name=to-isp1\nadd fib name=to-isp2\n",
                "/ip route\nadd gateway=192.0.2.1\nadd distance=5 gateway=", $interface, "\n",
                "add gateway=192.0.2.1 routing-table=to-isp1\nadd gateway=", $interface, " routing-table=to-isp2\n",
                $($more),*
            )
        };
    }
    macro_rules! lte {
        ($($more:expr),*) => {
            with_modem!("/interface lte apn\nset [ find default=yes ] add-default-route=no use-peer-dns=no\n/interface lte\nset [ find default-name=lte1 ] name=lte1\n", "lte1", $($more),*)
        };
    }
    macro_rules! balanced {
        ($first:literal) => {
            concat!(
                "/ip firewall mangle\n",
                "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:", $first, "\n",
                "add action=mark-routing chain=prerouting connection-mark=isp1 dst-address-type=!local in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                "add action=mark-routing chain=prerouting connection-mark=isp2 dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
            )
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(lte!(
                    "/ip firewall mangle\nadd action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1\n",
                    balanced!("2/0")
                )),
                says: &[
                    "`lte1` is a modem, and gets 50.0 % of the connections of the customers while all lines are up",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(with_modem!(
                    "/interface ppp-client\nadd add-default-route=no apn=internet dial-on-demand=no disabled=no name=ppp-out1 port=usb1 use-peer-dns=no\n",
                    "ppp-out1",
                    "/ip firewall mangle\nadd action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:3/1\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:3/2\n",
                    balanced!("3/0")
                )),
                says: &[
                    "`ppp-out1` is a modem, and gets 33.3 % of the connections of the customers while all lines are up",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a modem that stands by",
                Export(lte!(
                    "/ip firewall mangle\nadd action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:2/1\n",
                    balanced!("2/0")
                )),
            ),
            (
                "a LAN that leaves by the modem as a whole",
                Export(lte!(
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
            ),
        ],
    }
};
