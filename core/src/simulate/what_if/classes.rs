//! The traffic that is looked at.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use serde::Serialize;

use super::WhatIf;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::simulate::choices::explore;
use crate::simulate::forward::{Situation, customers};
use crate::simulate::life::Life;
use crate::simulate::packet::Protocol;
use crate::simulate::plain;
use crate::simulate::row::RowRef;
use crate::simulate::scenario::{SOMEWHERE, Source, Traffic};
use crate::survey::interfaces::enabled;

/// Traffic that is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Class {
    /// What it is called, as `customer`, of several networks `customer on vlan20`, or `tcp 8080 by ether1`.
    pub name: String,
    /// The line that it comes in by; none of what goes out.
    pub by: Option<Value>,
    /// The rule that forwards it into the LAN.
    pub rule: Option<RowRef>,
    /// The traffic that stands for all of it.
    #[serde(skip)]
    pub traffic: Traffic,
}

/// Customers of every network, the router itself, what it is managed from, and every port that is forwarded, over every line
/// that it is.
pub(super) fn of(healthy: &Situation<'_>, lines: &[Value], asked: &WhatIf) -> Vec<Class> {
    let class = |name: &str, traffic: Traffic| Class {
        name: name.into(),
        by: None,
        rule: None,
        traffic,
    };
    let to_web = |from: Source| Traffic::new(from, SOMEWHERE, Protocol::Tcp, Some(443));
    let mut classes: Vec<Class> = inner(healthy)
        .into_iter()
        .map(|(name, from)| class(&name, to_web(from)))
        .collect();
    classes.push(class("router", to_web(Source::Router)));
    if let Some(management) = asked.management {
        let traffic = Traffic::new(Source::Router, management, Protocol::Udp, Some(MANAGEMENT_PORT));
        classes.push(class("management", traffic));
    }
    match without_reverse_filter(healthy.network.router()) {
        Some(router) => {
            let scenario = asked.scenario.healthy();
            classes.extend(forwarded(&Situation::of(&router, &scenario), lines));
        }
        None => classes.extend(forwarded(healthy, lines)),
    }
    classes
}

/// Customers, by what they are called.
fn inner(healthy: &Situation<'_>) -> Vec<(String, Source)> {
    let customers = customers(&healthy.network);
    if customers.len() == 1 {
        return alloc::vec![(CUSTOMER.into(), Source::Lan)];
    }
    let named = customers.into_iter().filter_map(|customer| {
        let interface = customer.interface?;
        let from = Source::Interface {
            interface: interface.clone(),
            source: Some(customer.source),
        };
        Some((format!("{CUSTOMER}{ON}{}", plain(&interface)), from))
    });
    named.collect()
}

/// A router that is the same but for `rp-filter=strict`, which would hide what rules forward behind what it drops.
fn without_reverse_filter(router: &Router) -> Option<Router> {
    let settings = router.table(SETTINGS).rows().first()?;
    let id = settings.is("rp-filter", "strict").then(|| settings.id())?;
    let mut router = router.clone();
    router.row_mut(SETTINGS, id)?.unset("rp-filter");
    Some(router)
}

/// The ports that rules forward, over the lines over which they do while all are up.
fn forwarded(healthy: &Situation<'_>, lines: &[Value]) -> Vec<Class> {
    let rows = enabled(healthy.network.router(), NAT)
        .filter(|row| row.is("action", "dst-nat") || row.is("action", "netmap"));
    let mut classes: Vec<Class> = Vec::new();
    for row in rows {
        for line in lines {
            let Some(class) = over(healthy, row, line) else {
                continue;
            };
            let is_known = classes.iter().any(|known| known.traffic == class.traffic);
            if !is_known && is_forwarded(healthy, &class) {
                classes.push(class);
            }
        }
    }
    classes
}

fn over(healthy: &Situation<'_>, row: &Row, line: &Value) -> Option<Class> {
    let to: Option<Ipv4Addr> = row.text("dst-address").and_then(|to| to.parse().ok());
    // Nobody sends to the address of one line by way of another.
    let mut owners = to
        .into_iter()
        .flat_map(|to| healthy.network.lines_of(to))
        .peekable();
    if owners.peek().is_some() && owners.all(|own| own != line) {
        return None;
    }
    let protocol = match row.text("protocol").as_deref() {
        None | Some("tcp" | "6") => Protocol::Tcp,
        Some("udp" | "17") => Protocol::Udp,
        Some(_) => return None,
    };
    let ports = row.text("dst-port").unwrap_or_default();
    let first = ports.split([',', '-']).next()?;
    let port = first.parse().unwrap_or(ANY_PORT);
    Some(Class {
        name: format!("{protocol} {port} by {}", plain(line)),
        by: Some(line.clone()),
        rule: Some(RowRef::of(NAT, row)),
        traffic: Traffic {
            from: Source::Internet {
                line: line.clone(),
                source: SOMEBODY,
            },
            to,
            protocol,
            port: Some(port),
            established: false,
            logged_in: true,
        },
    })
}

/// Whether the rule of a class takes its first packet.
fn is_forwarded(healthy: &Situation<'_>, class: &Class) -> bool {
    let (ways, _) = explore(1, |choices| {
        Life::new(&class.traffic, choices, true).live(healthy, healthy)
    });
    let packets = ways.iter().filter_map(|(_, (way, _))| way.packets.first());
    let mut rows = packets
        .flat_map(|packet| &packet.events)
        .filter_map(|event| event.row.as_ref());
    rows.any(|row| Some(row) == class.rule.as_ref())
}

const SETTINGS: &str = "/ip/settings";

pub(super) const CUSTOMER: &str = "customer";

pub(super) const ON: &str = " on ";

const NAT: &str = "/ip/firewall/nat";

/// What WireGuard is mostly reached by.
const MANAGEMENT_PORT: u16 = 13231;

/// A port for rules that forward all.
const ANY_PORT: u16 = 8080;

/// A host in the internet (TEST-NET-3, RFC 5737).
const SOMEBODY: Ipv4Addr = Ipv4Addr::new(203, 0, 113, 200);
