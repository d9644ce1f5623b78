#![doc = include_str!("blanket_masquerade.md")]

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use crate::audit::menus::NAT;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::Row;
use crate::rule::{named, row_subject};
use crate::survey::InterfaceKind;
use crate::survey::interfaces::listed;
use crate::survey::lists::InterfaceLists;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("blanket-masquerade"),
    level: Level::Warning,
    page: include_str!("blanket_masquerade.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let rows = view.rows(NAT).filter(|row| is_blanket(row));
    rows.map(|row| finding(view, row)).collect()
}

/// Whether it translates whatever leaves, by whichever interface and to wherever
fn is_blanket(row: &Row) -> bool {
    let names = |matcher: &&str| row.get(matcher).is_some_and(|value| !value.is_empty());
    row.is("chain", "srcnat") && row.is("action", "masquerade") && !NARROWING.iter().any(names)
}

fn finding(view: &View<'_>, row: &Row) -> Diagnostic {
    let message = format!(
        "masquerade rule {} also translates what stays inside: between LANs, and into VPNs",
        named(row)
    );
    RULE.finding(message)
        .with_help("limit it to what leaves by a line, with `out-interface-list` or `out-interface`")
        .about(row_subject(NAT, row))
        .fixed_by(fix(view, row))
}

/// To the list that has the lines and nothing else, else to the one line; not where hairpin NAT or a tunnel may live on it
fn fix(view: &View<'_>, row: &Row) -> Option<Fix> {
    let forwards = view
        .rows(NAT)
        .any(|row| row.is("chain", "dstnat") && row.is("action", "dst-nat"));
    let mut interfaces = listed(view.router()).into_iter();
    if forwards
        || interfaces.any(|known| matches!(known.kind, InterfaceKind::PppTunnel | InterfaceKind::Tunnel))
    {
        return None;
    }
    let lines = view.lines();
    let limited = |matcher: &str, name: &str| {
        let what = format!("translate only what leaves by `{name}`");
        view.set(what, (NAT, row), &[(matcher, name)])
    };
    if let [line] = lines {
        return limited("out-interface", &line.to_text());
    }
    let lists = InterfaceLists::today(view.router());
    let is_of_lines = |list: &String| {
        let members = lists.members(list.as_bytes());
        members.len() == lines.len() && lines.iter().all(|line| members.contains(line))
    };
    let mut names = view
        .router()
        .table("/interface/list")
        .iter()
        .filter_map(|row| Some(row.text("name")?.to_string()));
    limited("out-interface-list", &names.find(is_of_lines)?)
}

/// Matchers that keep inner traffic out, or may
const NARROWING: [&str; 9] = [
    "connection-mark",
    "dst-address",
    "dst-address-list",
    "dst-address-type",
    "out-bridge-port",
    "out-interface",
    "out-interface-list",
    "packet-mark",
    "routing-mark",
];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat\n/ip route\nadd gateway=192.0.2.1\n"
                )),
                says: &[
                    "masquerade rule `masquerade` also translates what stays inside: between LANs, and into VPNs",
                ],
                fix: &[
                    "/ip firewall nat set [find where action=masquerade and chain=\"srcnat\" and comment=\"\" and dynamic=no] out-interface=ether1",
                ],
            },
            Flagged {
                router: Export(two_lines!(
                    "/ip firewall nat\nadd action=masquerade chain=srcnat comment=internet src-address=192.168.88.0/24\n",
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "masquerade rule `internet` also translates what stays inside: between LANs, and into VPNs",
                ],
                fix: &["/ip firewall nat set [find where comment=\"internet\"] out-interface-list=WAN"],
            },
            // Hairpin NAT lives on it: who asks the camera from the LAN would get no answer.
            Flagged {
                router: Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat\n",
                    "add action=dst-nat chain=dstnat dst-address=192.0.2.2 dst-port=8443 protocol=tcp to-addresses=192.168.88.20\n",
                    "/ip route\nadd gateway=192.0.2.1\n"
                )),
                says: &[
                    "masquerade rule `masquerade` also translates what stays inside: between LANs, and into VPNs",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "what leaves by a line",
                Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "what goes to one network alone, as for hairpin NAT",
                Export(two_lines!(
                    "/ip firewall nat\nadd action=masquerade chain=srcnat dst-address=192.168.88.0/24 src-address=192.168.88.0/24\n",
                    "/ip route\nadd gateway=192.0.2.1\n"
                )),
            ),
            (
                "a rule that is disabled",
                Export(two_lines!(
                    "/ip firewall nat\nadd action=masquerade chain=srcnat disabled=yes\n"
                )),
            ),
        ],
    }
};
