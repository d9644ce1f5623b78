#![doc = include_str!("wan_in_lan_list.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use crate::audit::lists::named_lists;
use crate::audit::menus::FILTER;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::{named, row_subject};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("wan-in-lan-list"),
    level: Level::Error,
    page: include_str!("wan_in_lan_list.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let lists: BTreeSet<Value> = view.rows(FILTER).filter_map(trusted).collect();
    lists.iter().flat_map(|list| strangers(view, list)).collect()
}

/// The list whose members a rule trusts: it accepts what comes from them, or drops what does not
fn trusted(row: &Row) -> Option<Value> {
    let narrowed = NARROWING.iter().any(|matcher| row.get(matcher).is_some());
    let lists = named_lists(row);
    let [(is_negated, list)] = lists.as_slice() else {
        return None;
    };
    let drops = DROPPING.iter().any(|action| row.is("action", action));
    let accepts = row.get("action").is_none_or(|action| *action == "accept");
    let is_trusted = (*is_negated && drops) || (!is_negated && accepts);
    (is_trusted && !narrowed && row.get("in-interface-list").is_some()).then(|| list.clone())
}

/// The lines that are in a list of LANs
fn strangers(view: &View<'_>, list: &Value) -> Vec<Diagnostic> {
    let members = view.interface_lists().members(list.as_bytes());
    let is_line = |name: &Value| {
        view.is_line(name.as_bytes()) && !view.is_serving(name.as_bytes()) && view.is_way_in(name)
    };
    let (lines, others): (Vec<&Value>, Vec<&Value>) = members.iter().partition(|name| is_line(name));
    if !others.iter().any(|name| view.is_lan(name.as_bytes())) {
        return Vec::new();
    }
    lines
        .into_iter()
        .filter_map(|line| finding(view, list, line))
        .collect()
}

fn finding(view: &View<'_>, list: &Value, line: &Value) -> Option<Diagnostic> {
    let row = view
        .rows(FILTER)
        .find(|row| trusted(row).as_ref() == Some(list))?;
    let (list_name, name) = (list.to_text(), line.to_text());
    Some(
        RULE.finding(format!(
            "the line `{name}` is in the list `{list_name}` of LANs: rule {} takes strangers for customers",
            named(row)
        ))
        .with_help(format!("take `{name}` out of `{list_name}`"))
        .about(Subject::interface(name.clone()))
        .about(row_subject(FILTER, row))
        .fixed_by(view.leave(list, line)),
    )
}

const DROPPING: [&str; 3] = ["drop", "reject", "tarpit"];

/// Matchers by which a rule is about a service or some hosts, not about whom to trust
const NARROWING: [&str; 7] = [
    "connection-mark",
    "dst-address",
    "dst-address-list",
    "dst-port",
    "packet-mark",
    "src-address",
    "src-address-list",
];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines, two_lines_v6};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/interface list member\nadd interface=ether2 list=LAN\n",
                    defaults!(),
                    "/ip firewall filter\nadd action=drop chain=input in-interface-list=!LAN\n"
                )),
                says: &[
                    "the line `ether2` is in the list `LAN` of LANs: rule `drop in-interface-list=!LAN` takes strangers for customers",
                ],
                fix: &["/interface list member remove [find where interface=\"ether2\" and list=\"LAN\"]"],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    "/interface list member\nadd comment=old interface=ether1 list=LAN\n",
                    defaults!(),
                    "/ip firewall filter\nadd action=accept chain=input comment=\"from inside\" in-interface-list=LAN\nadd action=drop chain=input\n"
                )),
                says: &[
                    "the line `ether1` is in the list `LAN` of LANs: rule `from inside` takes strangers for customers",
                ],
                fix: &["/interface list member remove [find where comment=\"old\"]"],
            },
        ],
        passed: &[
            (
                "LANs alone",
                Export(two_lines!(
                    defaults!(),
                    "/ip firewall filter\nadd action=drop chain=input in-interface-list=!LAN\n"
                )),
            ),
            (
                "a list of lines and LANs that no rule trusts",
                Export(two_lines!(
                    "/interface list\nadd name=ALL\n/interface list member\nadd interface=ether1 list=ALL\nadd interface=bridge list=ALL\n",
                    defaults!(),
                    "/ip firewall filter\nadd action=accept chain=input dst-port=500,4500 in-interface-list=ALL protocol=udp\nadd action=drop chain=input in-interface-list=!LAN\n"
                )),
            ),
            (
                "a LAN with a way out over another router, whose DHCP server runs on the address that the two share",
                Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n/interface vrrp\nadd interface=bridge name=vrrp1\n",
                    "/interface list\nadd name=LAN\n/ip pool\nadd name=lan ranges=192.168.88.100-192.168.88.200\n",
                    "/ip dhcp-server\nadd address-pool=lan interface=vrrp1 name=lan\n/interface list member\nadd interface=bridge list=LAN\n",
                    "add interface=ether5 list=LAN\n/ip address\nadd address=192.168.88.2/24 interface=bridge\nadd address=192.168.88.1/24 interface=vrrp1\n",
                    "add address=192.168.5.1/24 interface=ether5\nadd address=192.0.2.2/24 interface=ether1\n",
                    "/ip firewall filter\nadd action=drop chain=input in-interface-list=!LAN\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\n",
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=10 gateway=192.168.88.71\n"
                )),
            ),
            (
                "a bridge of ports on which nobody asks for an address",
                Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n/interface bridge port\nadd bridge=bridge interface=ether2\n",
                    "/interface list\nadd name=LAN\n/interface list member\nadd interface=bridge list=LAN\nadd interface=ether5 list=LAN\n",
                    "/ip pool\nadd name=lan ranges=192.168.5.100-192.168.5.200\n/ip dhcp-server\nadd address-pool=lan interface=ether5 name=lan\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.168.5.1/24 interface=ether5\nadd address=192.0.2.2/24 interface=ether1\n",
                    "/ip firewall filter\nadd action=drop chain=input in-interface-list=!LAN\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\n",
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=10 gateway=192.168.88.71\n"
                )),
            ),
            (
                "a router that is itself a host of its LAN",
                Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n/interface list\nadd name=LAN\n",
                    "/ip pool\nadd name=lan ranges=192.168.88.100-192.168.88.200\n/ip dhcp-server\nadd address-pool=lan interface=bridge name=lan\n",
                    "/interface list member\nadd interface=bridge list=LAN\nadd interface=ether5 list=LAN\n",
                    "/ip address\nadd address=192.168.88.2/24 interface=bridge\n",
                    "/ip firewall filter\nadd action=drop chain=input in-interface-list=!LAN\n/ip route\nadd gateway=192.168.88.1\n"
                )),
            ),
        ],
    }
};
