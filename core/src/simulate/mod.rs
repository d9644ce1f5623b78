//! What a router would do with a packet, and what becomes of its customers when a line dies.
//!
//! It reads a [`Router`] and nothing else - no plan, no wish - and so it judges any: a planned one, and one that somebody
//! configured by hand years ago.
//!
//! ```text
//!  Router + Scenario --settle--> Router as it then is --Network, Fib, Firewall--> Situation
//!                               |                                                     |
//!                               '--observe--> what a portal would read of it          |
//!  Traffic --begin--> packet --forward--> raw, mangle, nat, routing, filter ... --> its end --Life--> the next packet
//!                                                                                     |
//!                                                             every way of a connection '--> Trace
//!                                                every state of the lines, every traffic --> Matrix
//! ```
//!
//! What it does not know it says (`unmodelled`), and does not guess; what nobody can know beforehand - the bucket of a
//! connection, the member of an ECMP route - it tries in every way.

mod choices;
mod firewall;
mod forward;
mod life;
mod network;
mod observe;
mod packet;
mod read;
mod routes;
mod row;
mod scenario;
mod settle;
mod trace;
mod what_if;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

pub use self::observe::observe;
pub use self::packet::{Direction, Protocol, State};
pub use self::routes::{Activity, NextHop, RouteKind, RouteState, Why, routes};
pub use self::row::RowRef;
pub use self::scenario::{Condition, Lease, Noticed, SOMEBODY, SOMEWHERE, Scenario, Source, Traffic};
pub use self::settle::Around;
pub use self::trace::{Cause, End, Endpoint, Event, PacketTrace, Stage, Trace, Verdict, Way, What};
pub use self::what_if::{Cell, Class, LineState, Loss, MOST_LINES, Matrix, Outage, WhatIf, what_if};

use self::choices::explore;
pub(crate) use self::firewall::{Bucket, ENDLESS};
use self::forward::Situation;
use self::life::Life;
pub(crate) use self::routes::ROUTE_MAKERS;
pub(crate) use self::settle::BY_ORDER;
use self::settle::Settled;
use crate::routeros::router::Router;
use crate::routeros::value::Value;

/// Follows a connection through a router.
///
/// # Example
/// ```
/// use multi_isp::simulate::{Condition, Scenario, Verdict, simulate};
/// use multi_isp::Router;
///
/// let export = b"/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n\
///     add address=198.51.100.2/24 interface=ether2\n\
///     /interface bridge\nadd name=bridge\n\
///     /ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\nadd action=masquerade chain=srcnat out-interface=ether2\n\
///     /ip route\nadd gateway=192.0.2.1 check-gateway=ping\nadd gateway=198.51.100.1 distance=2\n";
/// let router = Router::from_export(export, None)?;
/// let dead = Scenario::default().with_line("ether1", Condition::GatewayDead);
/// let trace = simulate(&router, &dead);
/// assert!(matches!(&trace.ways[0].verdict, Verdict::Works { line: Some(line), .. } if *line == "ether2"));
/// # Ok::<(), multi_isp::routeros::read::ReadError>(())
/// ```
pub fn simulate(router: &Router, scenario: &Scenario) -> Trace {
    Followed::of(router, scenario).trace(&scenario.traffic)
}

/// A router in a scenario, settled once for all the traffic that is followed.
#[derive(Clone, Debug)]
pub(crate) struct Followed {
    settled: Settled,
    failed: Settled,
    scenario: Scenario,
}

impl Followed {
    /// The router in that scenario, whose traffic does not count.
    pub(crate) fn of(router: &Router, scenario: &Scenario) -> Self {
        let settled = Settled::of(router, scenario);
        Self {
            failed: settled.failed(scenario),
            settled,
            scenario: scenario.clone(),
        }
    }

    /// What becomes of a connection.
    pub(crate) fn trace(&self, traffic: &Traffic) -> Trace {
        self.traces(core::slice::from_ref(traffic))
            .pop()
            .unwrap_or_default()
    }

    /// What becomes of each of these connections.
    pub(crate) fn traces(&self, traffic: &[Traffic]) -> Vec<Trace> {
        let healthy = self.scenario.healthy();
        let now = Situation::of(self.failed.router(), &self.scenario);
        let is_old = traffic.iter().any(|traffic| traffic.established);
        let before = is_old.then(|| Situation::of(self.settled.router(), &healthy));
        let trace = |traffic: &Traffic| {
            let before = before.as_ref().filter(|_| traffic.established).unwrap_or(&now);
            self.trace_within(traffic, before, &now)
        };
        traffic.iter().map(trace).collect()
    }

    fn trace_within(&self, traffic: &Traffic, before: &Situation<'_>, now: &Situation<'_>) -> Trace {
        let mut unmodelled = self.failed.unmodelled.clone();
        unmodelled.extend(now.fib.notes().iter().cloned());
        let (ends, cut) = explore(MOST_WAYS, |choices| {
            Life::new(traffic, choices, true).live(before, now)
        });
        let mut ways = Vec::new();
        for (share, (way, unknown)) in ends {
            unmodelled.extend(unknown);
            ways.push(Way { share, ..way });
        }
        Trace {
            schema: Trace::SCHEMA,
            ways,
            cut,
            assumed: self.settled.assumed.clone(),
            unmodelled: once(unmodelled),
        }
    }
}

/// The router some time after lines failed: its clients have what the providers give them, or lost it, and the scripts that
/// they and netwatch run have run.
///
/// # Example
/// ```
/// use multi_isp::simulate::{Lease, Scenario, settle};
/// use multi_isp::Router;
///
/// let export = b"/ip dhcp-client\nadd interface=ether1 script=\":if (\\$bound=1) do={ /ip route set [find] gateway=\\$\\\"gateway-address\\\" }\"\n\
///     /ip route\nadd gateway=192.0.2.1\n";
/// let router = Router::from_export(export, None)?;
/// let lease = Lease { address: "198.51.100.7/24".parse()?, gateway: "198.51.100.1".parse()? };
/// let settled = settle(&router, &Scenario::default().with_lease("ether1", lease));
/// assert_eq!(settled.table("/ip/route").rows()[0].text("gateway").unwrap(), "198.51.100.1");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn settle(router: &Router, scenario: &Scenario) -> Router {
    Settled::of(router, scenario).failed(scenario).router().clone()
}

/// Every sentence once, in their order.
fn once(sentences: Vec<String>) -> Vec<String> {
    let mut told = Vec::new();
    for sentence in sentences {
        if !told.contains(&sentence) {
            told.push(sentence);
        }
    }
    told
}

/// A name or a comment as people may read it: nothing in it moves the cursor or turns the direction of writing.
fn plain(value: &Value) -> String {
    let harmful = |character: char| {
        character.is_control()
            || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    value.to_text().replace(harmful, "\u{fffd}")
}

/// Sentences below a title, at the end of a text.
fn notes(f: &mut fmt::Formatter<'_>, title: &str, notes: &[String]) -> fmt::Result {
    if notes.is_empty() {
        return Ok(());
    }
    writeln!(f, "\n{title}:")?;
    notes.iter().try_for_each(|note| writeln!(f, "  {note}"))
}

/// Ways that are followed: no classifier that anybody uses has more buckets.
const MOST_WAYS: usize = 1024;
