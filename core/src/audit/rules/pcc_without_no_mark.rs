#![doc = include_str!("pcc_without_no_mark.md")]

use alloc::format;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::audit::marked::SHARING;
use crate::audit::menus::{MANGLE, NAT};
use crate::audit::{Rule, View, fix};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::rule::{named, property_subject};
use crate::simulate::{Cause, Protocol, SOMEWHERE, Source, Traffic, Verdict, Way};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("pcc-without-no-mark"),
    level: Level::Warning,
    page: include_str!("pcc_without_no_mark.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let rules = || view.mangle("mark-connection");
    if !rules().any(|rule| shares(rule) && !spares(rule)) || rules().all(shares) || !view.has_lines() {
        return Vec::new();
    }
    let with_forward = forwarding(view);
    let tried = View::of(&with_forward);
    let mut found: Vec<Taken<'_, '_>> = Vec::new();
    for line in view.lines() {
        for way in come_in(view, &tried, line).into_iter().filter(goes_astray) {
            for rule in takes(view, &tried, &way) {
                match found.iter_mut().find(|taken| taken.line == line) {
                    Some(taken) if taken.rules.iter().any(|known| known.id() == rule.id()) => {}
                    Some(taken) => taken.rules.push(rule),
                    None => found.push(Taken {
                        line,
                        rules: [rule].into(),
                        way: way.clone(),
                    }),
                }
            }
        }
    }
    let mut told = Vec::new();
    found.retain(|taken| {
        let is_new = taken.rules.iter().any(|rule| !told.contains(&rule.id()));
        told.extend(taken.rules.iter().map(|rule| rule.id()));
        is_new
    });
    found
        .iter()
        .filter_map(|taken| finding(view, &tried, taken))
        .collect()
}

/// Rules that take connections which came in over a line
struct Taken<'v, 'a> {
    line: &'v Value,
    rules: Vec<&'a Row>,
    way: Way,
}

/// Whether a rule shares connections
fn shares(rule: &Row) -> bool {
    SHARING
        .iter()
        .any(|matcher| rule.get(matcher).is_some_and(|value| !value.is_empty()))
}

/// Whether a rule leaves connections alone that have a mark
fn spares(rule: &Row) -> bool {
    rule.is("connection-mark", "no-mark") || rule.is("connection-state", "new")
}

/// The router with a port that is forwarded to a customer, as it may be tomorrow
fn forwarding(view: &View<'_>) -> Router {
    let mut router = view.router().clone();
    let customers: Vec<Traffic> = view.customers().map(|class| class.traffic.clone()).collect();
    for (port, customer) in (FIRST_PORT..).zip(&customers) {
        let (port, host) = (format!("{port}"), host(view, customer));
        let Some(host) = host.map(|host| format!("{host}")) else {
            continue;
        };
        let values = [
            ("chain", "dstnat"),
            ("action", "dst-nat"),
            ("protocol", "tcp"),
            ("dst-port", &port),
            ("to-addresses", &host),
        ];
        fix::add(&mut router, NAT, &values, view.router().table(NAT).rows().first());
    }
    router
}

fn host(view: &View<'_>, customer: &Traffic) -> Option<Ipv4Addr> {
    let trace = view.trace(customer, None);
    Some(trace.ways.first()?.packets.first()?.source.address)
}

/// Connections that come in over a line: to every customer, and to the router itself
fn come_in(view: &View<'_>, tried: &View<'_>, line: &Value) -> Vec<Way> {
    let customers = view.customers().count().min(MOST_CUSTOMERS);
    let last = FIRST_PORT.saturating_add(u16::try_from(customers).unwrap_or(0));
    let to_port = |port| {
        let from = Source::Internet {
            line: line.clone(),
            source: SOMEWHERE,
        };
        Traffic {
            to: None,
            ..Traffic::new(from, SOMEWHERE, Protocol::Tcp, Some(port))
        }
    };
    let ports = (FIRST_PORT..last).chain([WINBOX]);
    ports
        .flat_map(|port| tried.trace(&to_port(port), None).ways.clone())
        .collect()
}

/// Whether an answer leaves by another line than the question came in by
fn goes_astray(way: &Way) -> bool {
    let Verdict::Lost { cause, .. } = &way.verdict else {
        return false;
    };
    matches!(cause, Cause::WrongLine | Cause::WrongSource | Cause::Untranslated)
}

/// The rules that share the connection anew, though it has a mark of another kind of rule
fn takes<'a>(view: &View<'a>, tried: &View<'_>, way: &Way) -> Vec<&'a Row> {
    let mut taken = Vec::new();
    let mut first: Option<&Value> = None;
    for marked in way
        .packets
        .iter()
        .flat_map(|packet| tried.connection_marks(packet))
    {
        let Some(rule) = marked.rule() else { continue };
        match (shares(rule), first) {
            (false, _) => first = Some(marked.mark),
            (true, Some(mark)) if mark != marked.mark && !mark.is_empty() => {
                taken.extend(view.router().table(MANGLE).by_id(rule.id()));
            }
            (true, _) => {}
        }
    }
    taken
}

fn finding(view: &View<'_>, tried: &View<'_>, taken: &Taken<'_, '_>) -> Option<Diagnostic> {
    let line = taken.line.to_text();
    let rule = taken.rules.first()?;
    let found = RULE
        .finding(format!(
            "connections that come in over `{line}` lose their mark to {}",
            named(rule)
        ))
        .with_help("let the rules with a classifier match `connection-mark=no-mark` alone")
        .shown_by(tried.evidence(&taken.way))
        .fixed_by(mend(view));
    let subjects = taken
        .rules
        .iter()
        .map(|rule| property_subject(MANGLE, rule, "connection-mark"));
    Some(subjects.fold(found, Diagnostic::about))
}

/// All rules that share, where customers' connections keep their shares
fn mend(view: &View<'_>) -> Option<Fix> {
    let is_open = |rule: &&Row| {
        shares(rule) && rule.get("connection-mark").is_none() && rule.get("connection-state").is_none()
    };
    let rules: Vec<&Row> = view.mangle("mark-connection").filter(is_open).collect();
    let edit = |router: &mut Router| {
        rules
            .iter()
            .for_each(|rule| fix::set(router, MANGLE, rule, &[("connection-mark", "no-mark")]))
    };
    let is_shared_alike = |mended: &Router| {
        let after = View::of(mended);
        view.customers().all(|class| {
            let shares = |view: &View<'_>| view.shares_of_marks(&view.trace(&class.traffic, None));
            shares(view) == shares(&after)
        })
    };
    view.fix_if("share only what has no mark", edit, is_shared_alike)
}

/// Ports that no rule names
const FIRST_PORT: u16 = 47_001;

/// LANs that are looked at
const MOST_CUSTOMERS: usize = 8;

/// A port of the router itself
const WINBOX: u16 = 8291;

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, pcc, tables, tables_v6, two_lines, two_lines_v6,
    };

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark in-interface=ether1 new-connection-mark=isp1\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark in-interface=ether2 new-connection-mark=isp2\n",
                    "add action=mark-connection chain=prerouting comment=\"pcc 1\" dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:2/0\n",
                    "add action=mark-connection chain=prerouting comment=\"pcc 2\" dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
                says: &[
                    "connections that come in over `ether1` lose their mark to `pcc 2`",
                    "connections that come in over `ether2` lose their mark to `pcc 1`",
                ],
                fix: &[
                    "/ip firewall mangle set [find where comment=\"pcc 1\"] connection-mark=no-mark",
                    "/ip firewall mangle set [find where comment=\"pcc 2\"] connection-mark=no-mark",
                ],
            },
            // A port is forwarded, and the line of the first rule is marked in the chain of what goes through.
            Flagged {
                router: Export(two_lines_v6!(
                    defaults!(),
                    tables_v6!(),
                    "/ip firewall nat\nadd action=dst-nat chain=dstnat dst-port=8080 in-interface=ether2 protocol=tcp to-addresses=192.168.88.10\n",
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=forward comment=\"in 2\" in-interface=ether2 connection-state=new new-connection-mark=isp2\n",
                    "add action=mark-connection chain=prerouting comment=\"pcc 1\" dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=src-address:2/0\n",
                    "add action=mark-connection chain=prerouting comment=\"pcc 2\" dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=src-address:2/1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
                says: &["connections that come in over `ether2` lose their mark to `pcc 1`"],
                fix: &[
                    "/ip firewall mangle set [find where comment=\"pcc 1\"] connection-mark=no-mark",
                    "/ip firewall mangle set [find where comment=\"pcc 2\"] connection-mark=no-mark",
                ],
            },
        ],
        passed: &[
            (
                "rules that match `no-mark`",
                Export(two_lines!(defaults!(), pcc!())),
            ),
            (
                "no other rule marks connections: what comes in has no mark to lose",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:2/0\n",
                    "add action=mark-connection chain=prerouting dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
            ),
            (
                "answers that are marked and gone before they come to the classifier",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark in-interface=ether1 new-connection-mark=in1\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark in-interface=ether2 new-connection-mark=in2\n",
                    "add action=mark-routing chain=prerouting connection-mark=in1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=in2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n",
                    "add action=mark-connection chain=prerouting dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:2/0\n",
                    "add action=mark-connection chain=prerouting dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
            ),
            (
                "marks of what comes in for the router itself: its answers do not pass the LAN's rules",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=input in-interface=ether1 new-connection-mark=isp1\n",
                    "add action=mark-connection chain=input in-interface=ether2 new-connection-mark=isp2\n",
                    "add action=mark-routing chain=output connection-mark=isp1 new-routing-mark=to-isp1 passthrough=no\n",
                    "add action=mark-routing chain=output connection-mark=isp2 new-routing-mark=to-isp2 passthrough=no\n",
                    "add action=mark-connection chain=prerouting dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:2/0\n",
                    "add action=mark-connection chain=prerouting dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
            ),
        ],
    }
};
