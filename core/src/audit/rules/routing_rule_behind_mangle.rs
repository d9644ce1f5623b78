#![doc = include_str!("routing_rule_behind_mangle.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::audit::addresses::is_inner;
use crate::audit::menus::ADDRESSES;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::routeros::syntax::print;
use crate::routeros::value::Value;
use crate::rule::row_subject;
use crate::simulate::{Activity, Protocol, RouteState, SOMEWHERE, Source, Traffic, Way, What};
use crate::survey::networks::parse;
use crate::survey::tag_of;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("routing-rule-behind-mangle"),
    level: Level::Warning,
    page: include_str!("routing_rule_behind_mangle.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() || !view.is_surely_v7() || !view.marks_routing() {
        return Vec::new();
    }
    let rules = view.rows(RULES).filter(|row| is_meant(row));
    rules.filter_map(|row| finding(view, row)).collect()
}

/// Whether somebody sends packets to a table by where they come from or go to
fn is_meant(row: &Row) -> bool {
    let has = |name: &&str| row.get(name).is_some_and(|value| !value.is_empty());
    let action = row.text("action").unwrap_or_else(|| "lookup".into());
    tag_of(RULES, row).is_none()
        && action.starts_with("lookup")
        && MATCHERS.iter().any(has)
        && !OTHERS.iter().any(has)
}

/// A customer's connection that the rule is for, which mangle sends another way each time
fn finding(view: &View<'_>, row: &Row) -> Option<Diagnostic> {
    let traffic = traffic(view, row)?;
    let trace = view.trace(&traffic, None);
    let wanted = interfaces(view, row.get("table")?, traffic.to?);
    let id = format!("{}", row.id());
    let meets = |way: &Way| {
        events(way).any(|(named, _)| named.is_some_and(|named| named.menu == RULES && named.id == id))
    };
    let marked = |way: &&Way| events(way).any(|(_, what)| matches!(what, What::RoutingMark { .. }));
    let strays = |way: &&Way| out(way).is_some_and(|interface| !wanted.contains(&interface));
    if wanted.is_empty()
        || trace.cut
        || trace.ways.iter().any(meets)
        || !trace.ways.iter().all(|way| marked(&way))
    {
        return None;
    }
    let way = trace.ways.iter().find(strays)?;
    let (table, line) = (row.text("table")?, out(way)?.to_text().into_owned());
    let found = RULE
        .finding(format!("the rule for {} never sends customers' packets to table `{table}`: mangle marks them first, and they leave by `{line}`", named(row)))
        .with_help("let mangle accept these packets before it marks them, or mark them for that table there")
        .about(row_subject(RULES, row))
        .shown_by(view.evidence(way));
    Some(found)
}

/// What the rule matches, for people
fn named(row: &Row) -> String {
    let pair = |name: &&str| Some(print::pair(name, row.get(name)?.as_bytes()));
    let told = MATCHERS.iter().filter_map(pair);
    let told = told.map(|pair| format!("`{}`", String::from_utf8_lossy(&pair)));
    told.collect::<Vec<_>>().join(" and ")
}

/// A customer's connection to the internet that the rule matches
fn traffic(view: &View<'_>, row: &Row) -> Option<Traffic> {
    let to = match row.get("dst-address") {
        None => SOMEWHERE,
        Some(net) => first_host(parse(net)?).filter(|to| !is_inner(*to))?,
    };
    let is_near = |route: &RouteState| {
        near(view, route).is_some_and(|(interface, _)| !view.is_line(interface.as_bytes()))
    };
    let is_named = |interface: &Value| row.get("interface").is_none_or(|named| named == interface);
    let mut networks = view
        .routes()
        .iter()
        .filter(|route| is_near(route))
        .filter_map(|route| near(view, route));
    let from = networks.find_map(|(interface, network)| {
        let source = source(view, row, network).filter(|_| is_named(interface))?;
        Some(Source::Interface {
            interface: interface.clone(),
            source: Some(source),
        })
    })?;
    (!view.routes().iter().any(|route| is_inside(route, to)))
        .then(|| Traffic::new(from, to, Protocol::Tcp, Some(443)))
}

/// A connected network and its interface
fn near<'v>(view: &'v View<'_>, route: &'v RouteState) -> Option<(&'v Value, Ipv4Net)> {
    let is_read =
        route.row.menu == ADDRESSES && route.activity == Activity::Active && view.row(&route.row).is_some();
    is_read.then(|| Some((&route.hops.first()?.interface, route.prefix)))?
}

fn is_inside(route: &RouteState, to: Ipv4Addr) -> bool {
    route.row.menu == ADDRESSES && route.prefix.contains(&to)
}

/// A host of a customers' network that the rule matches
fn source(view: &View<'_>, row: &Row, network: Ipv4Net) -> Option<Ipv4Addr> {
    let wanted = match row.get("src-address") {
        None => network,
        Some(net) => parse(net).filter(|net| net.contains(&network) || network.contains(net))?,
    };
    let narrower = if wanted.prefix_len() > network.prefix_len() {
        wanted
    } else {
        network
    };
    let is_own = |host: &Ipv4Addr| {
        view.router().table(ADDRESSES).iter().any(|row| {
            row.get("address")
                .and_then(parse)
                .is_some_and(|own| own.addr() == *host)
        })
    };
    narrower.hosts().take(HOSTS).find(|host| !is_own(host))
}

fn first_host(net: Ipv4Net) -> Option<Ipv4Addr> {
    net.hosts().next()
}

/// Where packets to a host leave by the routes of a table
fn interfaces<'v>(view: &'v View<'_>, table: &Value, to: Ipv4Addr) -> Vec<&'v Value> {
    let active = view.routes().iter().filter(|route| {
        route.table == *table && route.activity == Activity::Active && route.prefix.contains(&to)
    });
    let active: Vec<&RouteState> = active.collect();
    let longest = active.iter().map(|route| route.prefix.prefix_len()).max();
    let of_longest = active
        .into_iter()
        .filter(|route| Some(route.prefix.prefix_len()) == longest);
    of_longest
        .flat_map(|route| &route.hops)
        .map(|hop| &hop.interface)
        .collect()
}

/// What happened to the first packet, with the rows that did it
fn events(way: &Way) -> impl Iterator<Item = (Option<&crate::simulate::RowRef>, &What)> {
    let events = way.packets.iter().take(1).flat_map(|packet| &packet.events);
    events.map(|event| (event.row.as_ref(), &event.what))
}

/// The interface that the first packet left by
fn out(way: &Way) -> Option<&Value> {
    events(way).find_map(|(_, what)| match what {
        What::Route { interface, .. } => Some(interface),
        _ => None,
    })
}

const RULES: &str = "/routing/rule";

/// Matchers of rules that are meant
const MATCHERS: [&str; 3] = ["src-address", "dst-address", "interface"];

/// Matchers of rules that are for something else
const OTHERS: [&str; 5] = ["chain", "min-prefix", "realm", "routing-mark", "vrf"];

/// Hosts that are tried: the first ones are often the router's own
const HOSTS: usize = 8;

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, pcc, pcc_v6, tables, two_lines, two_lines_v6,
    };

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "/routing rule\nadd action=lookup src-address=192.168.88.50/32 table=to-isp2\n"
                )),
                says: &[
                    "the rule for `src-address=192.168.88.50/32` never sends customers' packets to table `to-isp2`: mangle marks them first, and they leave by `ether1`",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "/routing rule\nadd action=lookup-only-in-table dst-address=203.0.113.0/28 interface=bridge table=to-isp2\n"
                )),
                says: &[
                    "the rule for `dst-address=203.0.113.0/28` and `interface=bridge` never sends customers' packets to table `to-isp2`: mangle marks them first, and they leave by `ether1`",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "what mangle accepts before it marks",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\nadd action=accept chain=prerouting src-address=192.168.88.50\n",
                    "add action=mark-routing chain=prerouting dst-address-type=!local in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                    "/routing rule\nadd action=lookup src-address=192.168.88.50/32 table=to-isp2\n"
                )),
            ),
            (
                "the router's own address on a line, which customers do not have",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "/routing rule\nadd action=lookup src-address=198.51.100.2/32 table=to-isp2\n"
                )),
            ),
            (
                "a rule that stands before mangle by the router's settings",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "/routing settings\nset policy-rules=local,user,mangle,vrf-lookup,vrf-unreach,main\n",
                    "/routing rule\nadd action=lookup src-address=192.168.88.50/32 table=to-isp2\n"
                )),
            ),
            (
                "between LANs",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "/routing rule\nadd action=lookup dst-address=192.168.88.0/24 table=main\n"
                )),
            ),
            (
                "RouterOS 6",
                Export(two_lines_v6!(
                    defaults!(),
                    pcc_v6!(),
                    "/ip route rule\nadd action=lookup src-address=192.168.88.50/32 table=to-isp2\n"
                )),
            ),
        ],
    }
};
