#![doc = include_str!("line_outside_wan_list.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use crate::audit::lists::{LISTS, named_lists};
use crate::audit::menus::{FILTER, NAT};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::{named, row_subject, typed};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("line-outside-wan-list"),
    level: Level::Warning,
    page: include_str!("line_outside_wan_list.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() {
        return Vec::new();
    }
    let lists: BTreeSet<Value> = rules(view)
        .flat_map(|(_, row)| named_lists(row))
        .map(|(_, list)| list)
        .collect();
    lists.iter().flat_map(|list| lacking(view, list)).collect()
}

/// The lines that a list of lines lacks, where a rule is meant for every line
fn lacking(view: &View<'_>, list: &Value) -> Vec<Diagnostic> {
    let members = view.interface_lists().members(list.as_bytes());
    if !view.is_of_lines(&members) {
        return Vec::new();
    }
    let is_out =
        |line: &&Value| !members.contains(line) && view.is_way_in(line) && !view.is_serving(line.as_bytes());
    let lines = view.lines().iter().filter(is_out);
    lines.filter_map(|line| finding(view, list, line)).collect()
}

fn finding(view: &View<'_>, list: &Value, line: &Value) -> Option<Diagnostic> {
    let names = |row: &Row| {
        named_lists(row)
            .iter()
            .any(|(is_negated, own)| !is_negated && own == list)
    };
    let (menu, row) = rules(view).find(|(menu, row)| names(row) && !is_covered(view, (menu, row), line))?;
    let (list_name, name) = (list.to_text(), line.to_text());
    Some(
        RULE.finding(format!(
            "the list `{list_name}` has other lines and not `{name}`, for which no rule of `{}` does what {} does",
            typed(menu),
            named(row)
        ))
        .with_help(format!("make `{name}` a member of `{list_name}`"))
        .about(Subject::interface(name.clone()))
        .about(row_subject(menu, row))
        .fixed_by(view.join(list, line)),
    )
}

/// Whether another rule does the same for a line: one that names it, a list that it is in, or no interface
fn is_covered(view: &View<'_>, (menu, row): (&str, &Row), line: &Value) -> bool {
    let lists = view.interface_lists();
    let side = LISTS.iter().find(|matcher| row.get(matcher).is_some());
    let is_same = |other: &Row| {
        ["chain", "action"]
            .iter()
            .all(|name| other.get(name) == row.get(name))
    };
    let takes = |other: &Row| {
        let one = side.and_then(|side| other.get(side.trim_end_matches("-list")));
        let list = side.and_then(|side| other.get(side));
        let is_meant =
            |value: &Value, is_of: &dyn Fn(&[u8]) -> bool| match value.as_bytes().strip_prefix(b"!") {
                Some(bare) => !is_of(bare),
                None => is_of(value.as_bytes()),
            };
        let is_line = |name: &[u8]| name == line.as_bytes() || name.starts_with(b"all-");
        let has_line = |name: &[u8]| lists.members(name).contains(line);
        one.is_none_or(|one| is_meant(one, &is_line)) && list.is_none_or(|list| is_meant(list, &has_line))
    };
    let mut others = view
        .rows(menu)
        .filter(|other| other.id() != row.id() && is_same(other));
    others.any(takes)
}

/// Rules that keep strangers out or translate customers, of which every line needs one
fn rules<'v>(view: &'v View<'_>) -> impl Iterator<Item = (&'static str, &'v Row)> {
    let of_menu = |(menu, actions): (&'static str, &'static [&'static str])| {
        let is_meant = |row: &&Row| actions.iter().any(|action| row.is("action", action));
        view.rows(menu).filter(is_meant).map(move |row| (menu, row))
    };
    MEANT.into_iter().flat_map(of_menu)
}

/// Actions by menus: what is accepted or forwarded may well be for one line alone
const MEANT: [(&str, &[&str]); 3] = [
    (FILTER, &["drop", "reject", "tarpit"]),
    ("/ip/firewall/raw", &["drop"]),
    (NAT, &["masquerade"]),
];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    macro_rules! one_listed {
        ($($more:expr),* $(,)?) => {
            concat!(
                "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                "/interface list\nadd name=WAN\nadd name=WAN2\nadd name=LAN\n",
                "/interface list member\nadd interface=ether1 list=WAN\nadd interface=bridge list=LAN\n",
                "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\nadd address=198.51.100.2/24 interface=ether2\n",
                "/ip firewall filter\nadd action=drop chain=input in-interface-list=!LAN\n",
                defaults!(),
                $($more),*
            )
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(one_listed!(
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n",
                    "/ip firewall filter\nadd action=drop chain=forward connection-nat-state=!dstnat connection-state=new in-interface-list=WAN\n"
                )),
                says: &[
                    "the list `WAN` has other lines and not `ether2`, for which no rule of `/ip firewall filter` does what `drop connection-nat-state=!dstnat connection-state=new in-interface-list=WAN` does",
                ],
                fix: &["/interface list member add interface=ether2 list=WAN"],
            },
            Flagged {
                router: Export(one_listed!(
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface-list=WAN\n"
                )),
                says: &[
                    "the list `WAN` has other lines and not `ether2`, for which no rule of `/ip firewall nat` does what `masquerade out-interface-list=WAN` does",
                ],
                fix: &["/interface list member add interface=ether2 list=WAN"],
            },
        ],
        passed: &[
            (
                "a list for each line, with a rule for each list",
                Export(one_listed!(
                    "/interface list member\nadd interface=ether2 list=WAN2\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface-list=WAN\nadd action=masquerade chain=srcnat out-interface-list=WAN2\n"
                )),
            ),
            (
                "a port that is forwarded over one line alone",
                Export(one_listed!(
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n",
                    "add action=dst-nat chain=dstnat dst-port=443 in-interface-list=WAN protocol=tcp to-addresses=192.168.88.10\n"
                )),
            ),
            (
                "a client that is there to reach the pages of a modem",
                Export(one_listed!(
                    "/interface list member\nadd interface=ether2 list=WAN\n/ip dhcp-client\nadd add-default-route=no interface=ether3\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface-list=WAN\n"
                )),
            ),
            (
                "a list that has the lines",
                Export(two_lines!(
                    defaults!(),
                    "/ip firewall filter\nadd action=drop chain=forward connection-nat-state=!dstnat in-interface-list=WAN\n"
                )),
            ),
        ],
    }
};
