#![doc = include_str!("routing_mark_overwritten.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::audit::marked::{Marked, SHARING};
use crate::audit::marks::bare;
use crate::audit::menus::{ADDRESSES, MANGLE};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::{named, property_subject, row_subject};
use crate::simulate::{Direction, PacketTrace, Protocol, Source, Traffic, Way};
use crate::survey::networks::parse;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("routing-mark-overwritten"),
    level: Level::Warning,
    page: include_str!("routing_mark_overwritten.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let goes_on = view
        .mangle(MARK_ROUTING)
        .any(|rule| !rule.is("passthrough", "no"));
    if !goes_on || view.mangle(MARK_ROUTING).nth(1).is_none() || !view.has_lines() {
        return Vec::new();
    }
    let mut known = BTreeSet::new();
    let mut found = Vec::new();
    for traffic in &traffic(view) {
        let ways = view.trace(traffic, None).ways.clone();
        for way in &ways {
            let first = way.packets.iter().flat_map(|packet| overwritten(view, packet));
            for (lost, by) in first.filter(|(lost, by)| is_meant_to_stay(lost, by, traffic)) {
                let is_new = lost.rule().is_some_and(|rule| known.insert(rule.id()));
                found.extend(is_new.then(|| finding(view, way, &lost, &by)).flatten());
            }
        }
    }
    found
}

/// Routing marks that a packet loses to another one, both before its route is chosen
fn overwritten<'p, 'a>(view: &View<'a>, packet: &'p PacketTrace) -> Vec<(Marked<'p, 'a>, Marked<'p, 'a>)> {
    let mut pairs = Vec::new();
    for walk in view.routing_marks(packet) {
        let behind = walk.iter().skip(1);
        pairs.extend(
            walk.iter()
                .zip(behind)
                .map(|(lost, by)| (lost.clone(), by.clone())),
        );
    }
    pairs.retain(|(lost, by)| lost.mark != by.mark);
    pairs
}

/// Whether the second mark is no exception from the first
fn is_meant_to_stay(lost: &Marked<'_, '_>, by: &Marked<'_, '_>, traffic: &Traffic) -> bool {
    if is_exception(&lost.rules, &by.rules) {
        return false;
    }
    let is_of_customer = !matches!(traffic.from, Source::Internet { .. } | Source::Router);
    let selects = || lost.rules.iter().any(|rule| selected(rule).next().is_some());
    let is_of_connection = || lost.asks(&CONNECTION) && !by.asks(&CONNECTION);
    let is_general = || is_wider(&by.rules, &lost.rules) || (is_of_customer && selects());
    is_of_connection() || (is_general() && !is_for_one_lan(lost, by))
}

/// Whether the second mark is for fewer LANs than the first one: an exception for these
fn is_for_one_lan(lost: &Marked<'_, '_>, by: &Marked<'_, '_>) -> bool {
    let name = |mark: &Marked<'_, '_>, matcher: &str| {
        mark.rules
            .iter()
            .find_map(|rule| rule.get(matcher).filter(|value| !bare(value).0).cloned())
    };
    let [one, others] = [IN, IN_LIST].map(|matcher| name(by, matcher));
    // One host is fewer than any LAN.
    let is_of_host = lost.asks(&["src-address", "src-address-list"]);
    let is_narrower = match (&one, &others) {
        (Some(_), _) => name(lost, IN) != one,
        (None, Some(_)) => name(lost, IN).is_none() && name(lost, IN_LIST) != others,
        (None, None) => false,
    };
    is_narrower && !is_of_host
}

/// Whether rules select packets by more than others do: what is written behind for some is an exception for these
fn is_exception(of: &[&Row], rules: &[&Row]) -> bool {
    let mut all = rules.iter().flat_map(|rule| selected(rule));
    all.any(|(name, value)| {
        !of.iter()
            .any(|rule| rule.get(name).is_some_and(|own| is_within(own, value)))
    })
}

/// Whether all that the first rules ask beside the interface, the others ask too
fn is_wider(wide: &[&Row], narrow: &[&Row]) -> bool {
    let mut all = wide.iter().flat_map(|rule| told(rule));
    all.all(|(name, value)| {
        narrow
            .iter()
            .any(|rule| rule.get(name).is_some_and(|own| is_within(own, value)))
    })
}

/// Whether one value means no more than another
fn is_within(own: &Value, wide: &Value) -> bool {
    let nets = || Some((parse(own)?, parse(wide)?));
    own == wide || nets().is_some_and(|(own, wide)| wide.contains(&own))
}

/// What a rule selects packets by
fn selected(rule: &Row) -> impl Iterator<Item = (&str, &Value)> {
    told(rule).filter(|(name, _)| !SHARING.contains(name) && !CONNECTION.contains(name))
}

/// What a rule matches beside where packets come in
fn told(rule: &Row) -> impl Iterator<Item = (&str, &Value)> {
    rule.iter()
        .filter(|(name, value)| !SCOPE.contains(name) && !value.is_empty() && !bare(value).0)
}

fn finding(view: &View<'_>, way: &Way, lost: &Marked<'_, '_>, by: &Marked<'_, '_>) -> Option<Diagnostic> {
    let (rule, later) = (lost.rule()?, by.rule()?);
    let (mark, other) = (lost.mark.to_text(), by.mark.to_text());
    let found = RULE
        .finding(format!(
            "what {} marks for `{mark}` is then marked for `{other}` by {}",
            named(rule),
            named(later)
        ))
        .with_help("set `passthrough=no` on the first one, or keep its packets out of the later one")
        .about(property_subject(MANGLE, rule, "passthrough"))
        .about(row_subject(MANGLE, later))
        .shown_by(view.evidence(way))
        .fixed_by(fix(view, rule, later));
    Some(found)
}

/// Only where the first rule is for some packets and the later one for more, and nothing behind it does anything else
fn fix(view: &View<'_>, rule: &Row, later: &Row) -> Option<Fix> {
    let is_other = is_wider(&[later], &[rule]) && is_wider(&[rule], &[later]);
    let behind = view.rows(MANGLE).filter(|row| is_behind(view, rule, row));
    let mut behind = behind.filter(|row| row.id() != rule.id());
    let is_needed = |row: &Row| {
        let is_idle = row
            .get("action")
            .is_none_or(|action| IDLE.iter().any(|idle| *action == *idle));
        !is_idle && (!row.is("action", MARK_ROUTING) || is_exception(&[rule], &[row]))
    };
    if is_other || behind.any(is_needed) {
        return None;
    }
    view.set("keep the first mark", (MANGLE, rule), &[("passthrough", "no")])
}

/// Whether a row may stand in what is left of a walk
fn is_behind(view: &View<'_>, rule: &Row, row: &Row) -> bool {
    let chain = |row: &Row| {
        row.text("chain")
            .map(alloc::borrow::Cow::into_owned)
            .unwrap_or_default()
    };
    match chain(row) {
        own if own == chain(rule) => view.place(row) > view.place(rule),
        own => !ELSEWHERE.contains(&own.as_str()),
    }
}

/// What is sent: as customers, and what is forwarded, and what each rule selects
fn traffic(view: &View<'_>) -> Vec<Traffic> {
    let mut all: Vec<Traffic> = view.customers().map(|class| class.traffic.clone()).collect();
    let customers = all.clone();
    all.extend(view.forwarded().map(|class| class.traffic.clone()));
    for rule in view
        .mangle(MARK_ROUTING)
        .filter(|rule| !rule.is("passthrough", "no"))
    {
        let selected = customers
            .iter()
            .filter_map(|customer| selecting(view, rule, customer));
        for traffic in selected {
            if !all.contains(&traffic) {
                all.push(traffic);
            }
        }
    }
    all
}

/// Traffic of a customer that a rule selects
fn selecting(view: &View<'_>, rule: &Row, customer: &Traffic) -> Option<Traffic> {
    let mut traffic = customer.clone();
    if let Some(source) = host(view, rule, "src-address") {
        traffic.from = beside(view, customer, source)?;
    }
    if let Some(to) = host(view, rule, "dst-address") {
        traffic.to = Some(to);
    }
    traffic.protocol = match rule.text("protocol").as_deref() {
        Some("udp" | "17") => Protocol::Udp,
        Some("icmp" | "1") => Protocol::Icmp,
        _ => traffic.protocol,
    };
    if let Some(port) = rule.text("dst-port") {
        traffic.port = port.split([',', '-']).next().and_then(|port| port.parse().ok());
    }
    Some(traffic)
}

/// Another host in the network of a customer
fn beside(view: &View<'_>, customer: &Traffic, source: Ipv4Addr) -> Option<Source> {
    let trace = view.trace(customer, None);
    let first = trace
        .ways
        .first()?
        .packets
        .iter()
        .find(|packet| packet.direction == Direction::Original)?;
    let interface = first.from.clone()?;
    let is_near = |row: &Row| {
        let net = row.get("address").and_then(parse);
        row.get("interface") == Some(&interface)
            && net.is_some_and(|net| net.contains(&source) && net.addr() != source)
    };
    let mut addresses = view.settled().table(ADDRESSES).iter();
    addresses.any(is_near).then_some(Source::Interface {
        interface,
        source: Some(source),
    })
}

/// A host that a rule selects by an address, or by a list of them
fn host(view: &View<'_>, rule: &Row, matcher: &str) -> Option<Ipv4Addr> {
    let wanted = |value: &&Value| !value.is_empty() && !bare(value).0;
    if let Some(value) = rule.get(matcher).filter(wanted) {
        return parse(value).and_then(some_host);
    }
    let list = rule.get(&format!("{matcher}-list")).filter(wanted)?;
    let mut members = view
        .rows(ADDRESS_LISTS)
        .filter(|row| row.get("list") == Some(list));
    members.find_map(|row| some_host(parse(row.get("address")?)?))
}

fn some_host(net: Ipv4Net) -> Option<Ipv4Addr> {
    let net = net.trunc();
    net.hosts().nth(SOME_HOST).or_else(|| net.hosts().last())
}

const MARK_ROUTING: &str = "mark-routing";
const IN: &str = "in-interface";
const IN_LIST: &str = "in-interface-list";
const ADDRESS_LISTS: &str = "/ip/firewall/address-list";

/// A host behind the router's own and the first leases
const SOME_HOST: usize = 20;

/// Chains that packets pass behind their route
const ELSEWHERE: [&str; 3] = ["forward", "input", "postrouting"];

/// Actions that nothing is lost without
const IDLE: [&str; 5] = ["accept", "jump", "log", "passthrough", "return"];

const CONNECTION: [&str; 1] = ["connection-mark"];

/// Properties that do not say which of the customers' packets a rule is for
const SCOPE: [&str; 17] = [
    "action",
    "chain",
    "comment",
    "connection-state",
    "disabled",
    "dst-address-type",
    "hotspot",
    "in-interface",
    "in-interface-list",
    "jump-target",
    "log",
    "log-prefix",
    "new-routing-mark",
    "out-interface",
    "out-interface-list",
    "passthrough",
    "src-address-type",
];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, pcc, tables, two_lines};

    Cases {
        flagged: &[
            // One host is to leave by the first line, and is balanced as all others.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=accept chain=prerouting dst-address=192.168.88.0/24 in-interface=bridge\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:2/0\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1\n",
                    "add action=mark-routing chain=prerouting comment=bank new-routing-mark=to-isp1 src-address=192.168.88.10\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                    "add action=mark-routing chain=prerouting comment=\"by isp2\" connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
                says: &["what `bank` marks for `to-isp1` is then marked for `to-isp2` by `by isp2`"],
                fix: &["/ip firewall mangle set [find where comment=\"bank\"] passthrough=no"],
            },
            // What came in over the first line is answered over either.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall nat\nadd action=dst-nat chain=dstnat dst-port=8080 in-interface=ether1 protocol=tcp to-addresses=192.168.88.10\n",
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new in-interface=ether1 new-connection-mark=isp1\n",
                    "add action=mark-routing chain=prerouting comment=answers connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1\n",
                    "add action=mark-routing chain=prerouting comment=office dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2\n"
                )),
                says: &["what `answers` marks for `to-isp1` is then marked for `to-isp2` by `office`"],
                fix: &["/ip firewall mangle set [find where comment=\"answers\"] passthrough=no"],
            },
            // Two rules for the same packets: which is meant is not told. What packets are marked for queues behind it stays.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-routing chain=prerouting comment=old dst-address-type=!local in-interface=bridge new-routing-mark=to-isp1\n",
                    "add action=mark-routing chain=prerouting comment=new dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2\n",
                    "add action=mark-packet chain=prerouting in-interface=bridge new-packet-mark=up\n"
                )),
                says: &["what `old` marks for `to-isp1` is then marked for `to-isp2` by `new`"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "marks of different connections",
                Export(two_lines!(defaults!(), pcc!())),
            ),
            (
                "the same with passthrough",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:2/0\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2\n"
                )),
            ),
            (
                "an exception for some, written behind the rule for all",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp1\n",
                    "add action=jump chain=prerouting jump-target=second src-address=192.168.88.10\n",
                    "add action=mark-routing chain=second new-routing-mark=to-isp2\n"
                )),
            ),
            (
                "an exception for one LAN, written behind the rule for all",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface-list=LAN new-routing-mark=to-isp1\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2\n"
                )),
            ),
            (
                "packets that are gone before the rule for all",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-routing chain=prerouting new-routing-mark=to-isp1 src-address=192.168.88.10\n",
                    "add action=accept chain=prerouting src-address=192.168.88.10\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp2\n"
                )),
            ),
            (
                "one host by the first line, and answers of connections that came in by the line that they came in",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall nat\nadd action=dst-nat chain=dstnat dst-port=8080 in-interface=ether2 protocol=tcp to-addresses=192.168.88.10\n",
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark connection-state=new in-interface=ether2 new-connection-mark=isp2\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local new-routing-mark=to-isp1 src-address=192.168.88.10\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2\n"
                )),
            ),
        ],
    }
};
