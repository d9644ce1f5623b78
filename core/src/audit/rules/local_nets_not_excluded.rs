#![doc = include_str!("local_nets_not_excluded.md")]

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use ipnet::Ipv4Net;

use crate::audit::local::SentOut;
use crate::audit::marks::MANGLE;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::rule::row_subject;
use crate::simulate::{Cause, Protocol};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("local-nets-not-excluded"),
    level: Level::Error,
    page: include_str!("local_nets_not_excluded.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    unreached(view).iter().map(|(network, sent)| finding(view, *network, sent)).collect()
}

/// The inner networks that customers' packets do not reach, from each place where customers come in
fn unreached(view: &View<'_>) -> Vec<(Ipv4Net, SentOut)> {
    if !view.marks_routing() {
        return Vec::new();
    }
    let mut found: Vec<(Ipv4Net, SentOut)> = Vec::new();
    let hosts = view.inner_hosts();
    for class in view.customers() {
        let sent = |(network, host): &(Ipv4Net, _)| {
            let sent = view.sent_out(class, *host, WEB, &Cause::SentOut)?;
            // Neighbours do not ask the router.
            let mut packets = sent.way.packets.iter();
            let is_near = packets.any(|packet| network.contains(&packet.source.address));
            (!is_near).then_some((*network, sent))
        };
        found.extend(hosts.iter().filter_map(sent));
    }
    found
}

fn finding(view: &View<'_>, network: Ipv4Net, sent: &SentOut) -> Diagnostic {
    let from = sent.from.to_text();
    let found = RULE.finding(format!(
        "packets from `{from}` to the inner network `{network}` get a routing mark, and leave by a line instead"
    ));
    let marks = view.routing_marks_of(&sent.way).into_iter();
    let is_same = |(other, still): &(Ipv4Net, SentOut)| *other == network && still.from == sent.from;
    let fix = view.leave_alone(
        "leave alone what is for the inner network",
        &sent.from,
        &[("dst-address", &network.to_string())],
        |mended| unreached(mended).iter().any(is_same),
    );
    marks
        .fold(found, |found, row| found.about(row_subject(MANGLE, row)))
        .with_help("accept in prerouting what goes to inner networks before it is marked; an address list of all of them is the shortest")
        .shown_by(view.evidence(&sent.way))
        .fixed_by(fix)
}

const WEB: (Protocol, Option<u16>) = (Protocol::Tcp, Some(443));

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, marks, pcc, tables, tables_v6, two_lines, two_lines_v6};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip address\nadd address=192.168.20.1/24 interface=vlan20\n/interface vlan\nadd interface=bridge name=vlan20 vlan-id=20\n",
                    "/ip dhcp-server\nadd interface=bridge name=lan\n",
                    defaults!(),
                    tables!(),
                    marks!()
                )),
                says: &["packets from `bridge` to the inner network `192.168.20.0/24` get a routing mark, and leave by a line instead"],
                fix: &[
                    "/ip firewall mangle add chain=prerouting in-interface=bridge dst-address=192.168.20.0/24 place-before=[find where chain=\"prerouting\" and dst-address=192.168.88.0/24 and in-interface=\"bridge\" and comment=\"\" and dynamic=no]",
                ],
            },
            // A network behind another router inside; RouterOS 6 has the fault, too.
            Flagged {
                router: Export(two_lines_v6!(
                    "/ip route\nadd dst-address=10.20.0.0/16 gateway=192.168.88.2\n",
                    defaults!(),
                    tables_v6!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting comment=all dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
                says: &["packets from `bridge` to the inner network `10.20.0.0/16` get a routing mark, and leave by a line instead"],
                fix: &[
                    "/ip firewall mangle add chain=prerouting in-interface=bridge dst-address=10.20.0.0/16 place-before=[find where comment=\"all\"]",
                ],
            },
        ],
        passed: &[
            ("one LAN, which is left out", Export(two_lines!(defaults!(), pcc!()))),
            (
                "a network that is left out by a routing rule, and marks of other destinations",
                Export(two_lines!(
                    "/ip address\nadd address=192.168.20.1/24 interface=ether5\n/ip dhcp-server\nadd interface=bridge name=lan\n",
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting dst-address=198.18.0.0/15 in-interface=bridge new-routing-mark=to-isp2\n"
                )),
            ),
        ],
    }
};
