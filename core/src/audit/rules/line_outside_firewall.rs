#![doc = include_str!("line_outside_firewall.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::exposure::{Knock, names};
use crate::audit::lists::named_lists;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Fix, Level, Subject};
use crate::routeros::value::Value;
use crate::rule::row_subject;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("line-outside-firewall"),
    level: Level::Error,
    page: include_str!("line_outside_firewall.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let lines = view.lines().iter();
    lines.filter_map(|line| finding(view, line)).collect()
}

/// Services that are open over a line and closed over another one
fn finding(view: &View<'_>, line: &Value) -> Option<Diagnostic> {
    let open = |knock: &&Knock| knock.line == *line && knock.is_open && !knock.is_meant;
    let open: Vec<&Knock> = view.knocks().iter().filter(open).collect();
    let pairs = open
        .iter()
        .filter_map(|knock| Some((*knock, closed(view, knock)?)));
    let pairs: Vec<(&Knock, &Knock)> = pairs.collect();
    let (first, other) = *pairs.first()?;
    let services = names(pairs.iter().map(|(knock, _)| *knock));
    let (name, closed) = (line.to_text(), other.line.to_text());
    let found = RULE
        .finding(format!("strangers reach {services} of the router over `{name}`, and not over `{closed}`"))
        .with_help("name an interface list of all lines in the rules that drop what strangers send, or drop whatever does not come from the LAN")
        .about(Subject::interface(name))
        .shown_by(view.evidence(&first.way))
        .fixed_by(fix(view, line, other));
    let dropping = view.dropped_by(&other.way);
    Some(match dropping {
        Some((menu, row)) => found.about(row_subject(&menu, row)),
        None => found,
    })
}

/// The same service over another line, where it is closed
fn closed<'v>(view: &'v View<'_>, open: &Knock) -> Option<&'v Knock> {
    let mut others = view.knocks().iter().filter(|knock| knock.service == open.service);
    others.find(|knock| !knock.is_open && knock.line != open.line)
}

/// Where the rule that drops over the other line names a list of lines, or all that is in no list of LANs
fn fix(view: &View<'_>, line: &Value, closed: &Knock) -> Option<Fix> {
    let (_, row) = view.dropped_by(&closed.way)?;
    let [(is_negated, list)] = named_lists(row).try_into().ok()?;
    let lists = view.interface_lists();
    let members = lists.members(list.as_bytes());
    if is_negated {
        let are_served = members.iter().any(|member| view.is_lan(member.as_bytes()));
        return view
            .leave(&list, line)
            .filter(|_| are_served && !view.is_serving(line.as_bytes()));
    }
    view.join(&list, line).filter(|_| view.is_of_lines(&members))
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, Source::Rest, defaults, two_lines};

    const OPENED: &str = "strangers reach `winbox`, `ssh`, `telnet`, `www`, `api` of the router over `ether2`, and not over `ether1`";
    Cases {
        flagged: &[
            // Rules that were written for the first line.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/ip dns\nset allow-remote-requests=yes\n/ip service\nset telnet disabled=yes\nset api address=192.168.88.0/24\n",
                    "/ip firewall filter\nadd action=accept chain=input connection-state=established,related\nadd action=drop chain=input in-interface=ether1\n"
                )),
                says: &[
                    "strangers reach `winbox`, `ssh`, `www`, `DNS` of the router over `ether2`, and not over `ether1`",
                ],
                fix: &[],
            },
            // A line that was never made a member.
            Flagged {
                router: Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/interface list\nadd name=WAN\nadd name=LAN\n/interface list member\nadd interface=ether1 list=WAN\nadd interface=bridge list=LAN\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\nadd address=198.51.100.2/24 interface=ether2\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n",
                    "/ip firewall filter\nadd action=accept chain=input connection-state=established,related\nadd action=drop chain=input in-interface-list=WAN\n",
                    "/ip route\nadd check-gateway=ping gateway=192.0.2.1\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[OPENED],
                fix: &["/interface list member add interface=ether2 list=WAN"],
            },
            // A port that was a LAN port before.
            Flagged {
                router: Export(two_lines!(
                    "/interface list member\nadd interface=ether2 list=LAN\n",
                    defaults!(),
                    "/ip firewall filter\nadd action=accept chain=input connection-state=established,related\nadd action=drop chain=input in-interface-list=!LAN\n"
                )),
                says: &[OPENED],
                fix: &["/interface list member remove [find where interface=\"ether2\" and list=\"LAN\"]"],
            },
        ],
        passed: &[
            (
                "a drop of all that is not from the LAN",
                Export(two_lines!(
                    defaults!(),
                    "/ip firewall filter\nadd action=accept chain=input connection-state=established,related\nadd action=drop chain=input in-interface-list=!LAN\n"
                )),
            ),
            (
                "a router without a firewall: it is open over every line",
                Export(two_lines!(defaults!())),
            ),
            (
                "a port that somebody opened over one line",
                Export(two_lines!(
                    defaults!(),
                    "/ip firewall filter\nadd action=accept chain=input dst-port=22 in-interface=ether2 protocol=tcp\nadd action=drop chain=input in-interface-list=WAN\n"
                )),
            ),
            (
                "a line behind a modem that translates",
                Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\nadd address=192.168.8.2/24 interface=ether2\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n",
                    "/ip firewall filter\nadd action=drop chain=input in-interface=ether1\n",
                    "/ip route\nadd check-gateway=ping gateway=192.0.2.1\nadd distance=2 gateway=192.168.8.1\n"
                )),
            ),
            (
                "a client that is there to reach the pages of a modem",
                Export(two_lines!(
                    defaults!(),
                    "/ip dhcp-client\nadd add-default-route=no interface=ether5\n",
                    "/ip firewall filter\nadd action=drop chain=input in-interface-list=WAN\n"
                )),
            ),
            (
                "a router of which the lists were not read",
                Rest(
                    r#"{"/ip/dhcp-client": [
                            {".id": "*1", "interface": "ether1", "status": "bound", "address": "192.0.2.2/24", "gateway": "192.0.2.1", "disabled": "false"},
                            {".id": "*2", "interface": "ether2", "status": "bound", "address": "198.51.100.2/24", "gateway": "198.51.100.1", "default-route-distance": "2", "disabled": "false"}],
                        "/ip/service": [{".id": "*9", "name": "ssh", "port": "22"}], "/ip/firewall/raw": [], "/ip/firewall/nat": [],
                        "/ip/firewall/filter": [{".id": "*3", "chain": "input", "action": "drop", "in-interface-list": "WAN"}]}"#,
                ),
            ),
            (
                "services that are off, or limited to hosts of the LAN",
                Export(two_lines!(
                    defaults!(),
                    "/ip service\nset telnet disabled=yes\nset www disabled=yes\nset ssh address=192.168.88.0/24\nset api disabled=yes\nset winbox address=192.168.88.0/24\n",
                    "/ip firewall filter\nadd action=drop chain=input in-interface=ether1\n"
                )),
            ),
        ],
    }
};
