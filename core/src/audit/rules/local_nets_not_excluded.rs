#![doc = include_str!("local_nets_not_excluded.md")]

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::audit::local::SentOut;
use crate::audit::menus::MANGLE;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::rule::row_subject;
use crate::simulate::{Cause, Class, Protocol};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("local-nets-not-excluded"),
    level: Level::Error,
    page: include_str!("local_nets_not_excluded.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    unreached(view).iter().map(|fault| finding(view, fault)).collect()
}

/// Inner networks that packets from one place do not reach, and the way of the first
struct Unreached {
    networks: Vec<Ipv4Net>,
    sent: SentOut,
}

/// What customers' packets do not reach, for each place where they come in
fn unreached(view: &View<'_>) -> Vec<Unreached> {
    if !view.marks_routing() {
        return Vec::new();
    }
    let hosts = view.inner_hosts();
    view.customers()
        .filter_map(|class| unreached_from(view, class, &hosts))
        .collect()
}

fn unreached_from(view: &View<'_>, class: &Class, hosts: &[(Ipv4Net, Ipv4Addr)]) -> Option<Unreached> {
    let to: Vec<Ipv4Addr> = hosts.iter().map(|(_, host)| *host).collect();
    let sent = view.sent_out_to(class, &to, WEB, &Cause::SentOut);
    let lost = hosts.iter().zip(sent).filter_map(|((network, _), sent)| {
        let sent = sent?;
        // Neighbours do not ask the router.
        let mut packets = sent.way.packets.iter();
        let is_near = packets.any(|packet| network.contains(&packet.source.address));
        (!is_near).then_some((*network, sent))
    });
    let (networks, ways): (Vec<Ipv4Net>, Vec<SentOut>) = lost.unzip();
    let sent = ways.into_iter().next()?;
    Some(Unreached { networks, sent })
}

fn finding(view: &View<'_>, fault: &Unreached) -> Diagnostic {
    let Unreached { networks, sent } = fault;
    let from = sent.from.to_text();
    let names = networks.iter().take(SHOWN).map(|network| format!("`{network}`"));
    let more = (networks.len() > SHOWN).then(|| "...".into());
    let names: Vec<String> = names.chain(more).collect();
    let found = RULE.finding(format!(
        "hosts behind `{from}` do not reach inner networks, because packets get a routing mark and leave by a line: {}",
        names.join(", ")
    ));
    let marks = view.routing_marks_of(&sent.way).into_iter();
    marks
        .fold(found, |found, row| found.about(row_subject(MANGLE, row)))
        .with_help("accept in prerouting what goes to inner networks before it is marked; an address list of all of them is the shortest")
        .shown_by(view.evidence(&sent.way))
        .fixed_by(fix(view, fault))
}

/// Not for what is behind other routers and VPNs: customers may have no business there, and the wrong way kept them out
fn fix(view: &View<'_>, fault: &Unreached) -> Option<Fix> {
    let connected: Vec<Ipv4Net> = view
        .inner_addresses()
        .iter()
        .map(|(address, _)| address.trunc())
        .collect();
    if !fault.networks.iter().all(|network| connected.contains(network)) {
        return None;
    }
    let names: Vec<String> = fault.networks.iter().map(Ipv4Net::to_string).collect();
    let matchers: Vec<[(&str, &str); 1]> = names
        .iter()
        .map(|network| [("dst-address", network.as_str())])
        .collect();
    let is_left = |mended: &View<'_>| {
        unreached(mended)
            .iter()
            .any(|still| still.sent.from == fault.sent.from)
    };
    view.leave_alone(
        "leave alone what is for inner networks",
        &fault.sent.from,
        &matchers,
        is_left,
    )
}

/// Networks that are told
const SHOWN: usize = 8;

const WEB: (Protocol, Option<u16>) = (Protocol::Tcp, Some(443));

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, marks, pcc, tables, tables_v6, two_lines, two_lines_v6,
    };

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
                says: &[
                    "hosts behind `bridge` do not reach inner networks, because packets get a routing mark and leave by a line: `192.168.20.0/24`",
                ],
                fix: &[
                    "/ip firewall mangle add chain=prerouting in-interface=bridge dst-address=192.168.20.0/24 place-before=[find where chain=\"prerouting\" and dst-address=192.168.88.0/24 and in-interface=\"bridge\" and comment=\"\" and dynamic=no]",
                ],
            },
            // A LAN without a DHCP server has customers, too, where the router calls it one.
            Flagged {
                router: Export(two_lines!(
                    "/ip address\nadd address=192.168.20.1/24 interface=vlan20\n/interface vlan\nadd interface=bridge name=vlan20 vlan-id=20\n",
                    "/interface list member\nadd interface=vlan20 list=LAN\n/ip dhcp-server\nadd interface=bridge name=lan\n",
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\nadd action=mark-routing chain=prerouting comment=servers dst-address-type=!local in-interface=vlan20 new-routing-mark=to-isp2 passthrough=no\n"
                )),
                says: &[
                    "hosts behind `vlan20` do not reach inner networks, because packets get a routing mark and leave by a line: `192.168.88.0/24`",
                ],
                fix: &[
                    "/ip firewall mangle add chain=prerouting in-interface=vlan20 dst-address=192.168.88.0/24 place-before=[find where comment=\"servers\"]",
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
                says: &[
                    "hosts behind `bridge` do not reach inner networks, because packets get a routing mark and leave by a line: `10.20.0.0/16`",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "one LAN, which is left out",
                Export(two_lines!(defaults!(), pcc!())),
            ),
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
