#![doc = include_str!("hotspot_auth_without_hotspot.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::MANGLE;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::rule::{named, property_subject};
use crate::simulate::Class;
use crate::survey::hotspot_interfaces;
use crate::survey::lists::{InterfaceLists, Member};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("hotspot-auth-without-hotspot"),
    level: Level::Error,
    page: include_str!("hotspot_auth_without_hotspot.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let mut rules = view.marking().filter(|rule| asks_for_login(rule)).peekable();
    if rules.peek().is_none() || !is_whole(view.router()) || !view.has_lines() {
        return Vec::new();
    }
    rules
        .filter(|rule| is_idle(view, rule))
        .map(|rule| finding(view, rule))
        .collect()
}

/// Whether a hotspot would be seen: an export without its head may be a part of one, and of REST only some menus may have been asked for
fn is_whole(router: &Router) -> bool {
    router.version().is_some() && (router.is_read("/ip/hotspot") || !router.ids_known())
}

fn asks_for_login(rule: &Row) -> bool {
    let items = rule.get("hotspot").map(Value::as_bytes).unwrap_or_default();
    items.split(|byte| *byte == b',').any(|item| item == b"auth")
}

/// Whether it meets customers, none of them of a hotspot, whom no other rule marks
fn is_idle(view: &View<'_>, rule: &Row) -> bool {
    let hotspots = hotspot_interfaces(view.router());
    let lists = InterfaceLists::today(view.router());
    let is_meant = |interface: &Value| is_of(rule, &lists, interface);
    let mut customers = view
        .customers()
        .filter_map(|class| Some((class, interface(view, class)?)));
    !hotspots.iter().any(is_meant)
        && customers.any(|(class, interface)| is_meant(&interface) && is_unmarked(view, class))
}

/// Where customers come in
fn interface(view: &View<'_>, class: &Class) -> Option<Value> {
    let trace = view.trace(&class.traffic, None);
    trace.ways.first()?.packets.first()?.from.clone()
}

/// Whether packets that come in there can match a rule
fn is_of(rule: &Row, lists: &InterfaceLists<'_>, interface: &Value) -> bool {
    let bare = |value: &Value| match value.as_bytes().strip_prefix(b"!") {
        Some(name) => (true, Value::from(name)),
        None => (false, value.clone()),
    };
    let is_named = rule.get("in-interface").is_none_or(|value| {
        let (is_negated, name) = bare(value);
        (name == *interface) != is_negated
    });
    let is_listed = rule.get("in-interface-list").is_none_or(|value| {
        let (is_negated, name) = bare(value);
        lists.has(name.as_bytes(), Member::of(interface.as_bytes())) != is_negated
    });
    is_named && is_listed
}

fn is_unmarked(view: &View<'_>, class: &Class) -> bool {
    let trace = view.trace(&class.traffic, None);
    // An answer may have the mark that its connection got where it came in.
    let packets = trace.ways.iter().filter_map(|way| way.packets.first());
    let mut walks = packets.flat_map(|packet| view.routing_marks(packet));
    walks.all(|walk| walk.is_empty())
}

fn finding(view: &View<'_>, rule: &Row) -> Diagnostic {
    let where_to = match hotspot_interfaces(view.router()).as_slice() {
        [] => "no hotspot runs",
        _ => "no hotspot runs where it looks",
    };
    RULE.finding(format!("{} never matches: it asks for customers who have logged in, and {where_to}; they all leave by the main table", named(rule)))
        .with_help("take `hotspot=auth` off the rules of networks without a hotspot")
        .about(property_subject(MANGLE, rule, "hotspot"))
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
                    "add action=mark-routing chain=prerouting comment=share dst-address-type=!local hotspot=auth in-interface=bridge new-routing-mark=to-isp2 passthrough=no per-connection-classifier=both-addresses:2/1\n"
                )),
                says: &[
                    "`share` never matches: it asks for customers who have logged in, and no hotspot runs; they all leave by the main table",
                ],
                fix: &[],
            },
            // A hotspot runs on another interface.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip address\nadd address=10.5.50.1/24 interface=ether5\n/ip dhcp-server\nadd interface=bridge name=lan disabled=no\n",
                    "/ip hotspot\nadd disabled=no interface=ether5 name=hotspot1\n",
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting comment=share connection-state=new dst-address-type=!local hotspot=auth in-interface-list=LAN new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 dst-address-type=!local in-interface-list=LAN new-routing-mark=to-isp2 passthrough=no\n"
                )),
                says: &[
                    "`share` never matches: it asks for customers who have logged in, and no hotspot runs where it looks; they all leave by the main table",
                ],
                fix: &[],
            },
            // What comes in over a line is marked, as it should be; that helps no customer.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new in-interface=ether1 new-connection-mark=isp1\n",
                    "add action=mark-connection chain=prerouting comment=pcc connection-mark=no-mark connection-state=new dst-address-type=!local hotspot=auth in-interface=bridge new-connection-mark=isp2\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2\n"
                )),
                says: &[
                    "`pcc` never matches: it asks for customers who have logged in, and no hotspot runs; they all leave by the main table",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a hotspot where the rule looks",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip hotspot\nadd disabled=no interface=bridge name=hotspot1\n",
                    "/ip firewall mangle\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local hotspot=auth in-interface=bridge new-routing-mark=to-isp2 passthrough=no per-connection-classifier=both-addresses:2/1\n"
                )),
            ),
            (
                "a LAN that other rules mark",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "add action=mark-routing chain=prerouting dst-address-type=!local hotspot=auth in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
            ),
            (
                "customers who have not logged in, where nobody need",
                Export(two_lines!(
                    defaults!(),
                    "/ip firewall mangle\nadd action=accept chain=prerouting hotspot=!auth in-interface=ether5\n",
                    pcc!()
                )),
            ),
        ],
    }
};
