//! Every state of the lines, every traffic, every bucket: who is served by what, and for how long nobody is.

mod cell;
mod classes;
mod columns;
mod outage;
mod svg;
mod text;

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use serde::Serialize;

pub use self::cell::{Cell, Loss};
pub use self::classes::Class;
pub use self::outage::Outage;
use super::forward::Situation;
use super::once;
use super::scenario::{Condition, Noticed, Scenario};
use super::settle::Settled;
use crate::document::written;
use crate::routeros::router::Router;
use crate::routeros::value::Value;

/// What is asked of a router beside what it says itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WhatIf {
    /// The lines that fail, by the interfaces that packets leave by; those that lead to providers where none are named.
    pub lines: Vec<Value>,
    /// The ways in which lines fail.
    pub failures: Vec<Condition>,
    /// What the router is managed from, over the internet.
    pub management: Option<Ipv4Addr>,
    /// What is assumed of the world, such as leases; its conditions and its traffic do not count.
    pub scenario: Scenario,
}

/// What becomes of traffic in every state of the lines.
///
/// `Display` is a table for a terminal, [`Matrix::to_svg`] one for a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Matrix {
    /// The kind of this document as JSON: [`Matrix::SCHEMA`].
    pub schema: &'static str,
    /// The lines, those that fail first.
    pub lines: Vec<Value>,
    /// The traffic, in the order of the cells.
    pub classes: Vec<Class>,
    /// Every state of the lines for every way in which they fail; the first has all of them up.
    pub states: Vec<LineState>,
    /// What was assumed because the router was not read with it, in sentences.
    pub assumed: Vec<String>,
    /// What the router has and the simulator does not know, in sentences.
    pub unmodelled: Vec<String>,
}

/// One state of the lines.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LineState {
    /// How the lines fail that do.
    pub failure: Condition,
    /// Those that do.
    pub down: Vec<Value>,
    /// New connections of every class.
    pub new: Vec<Cell>,
    /// Connections of every class that were open before.
    pub established: Vec<Cell>,
}

impl Matrix {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/what-if/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("what-if.schema.json");

    /// The matrix as a JSON document.
    pub fn to_json(&self) -> String {
        written::json(self)
    }
}

impl Default for WhatIf {
    /// All lines; links that go down, and providers that die behind their gateways.
    fn default() -> Self {
        Self {
            lines: Vec::new(),
            failures: alloc::vec![Condition::LinkDown, Condition::UpstreamDead],
            management: None,
            scenario: Scenario::default(),
        }
    }
}

/// What becomes of traffic in every state of a router's lines.
///
/// At most [`MOST_LINES`] lines are taken to fail; where there are more, `unmodelled` says so.
///
/// # Example
/// ```
/// use multi_isp::simulate::{Outage, WhatIf, what_if};
/// use multi_isp::Router;
///
/// let export = b"/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n\
///     add address=198.51.100.2/24 interface=ether2\n\
///     /interface bridge\nadd name=bridge\n\
///     /ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n\
///     /ip route\nadd gateway=192.0.2.1\nadd gateway=198.51.100.1 distance=2\n";
/// let router = Router::from_export(export, None)?;
/// let matrix = what_if(&router, &WhatIf::default());
/// assert_eq!(matrix.lines, ["ether1", "ether2"]);
/// let unplugged = matrix.states.iter().find(|state| state.down == ["ether1"]).ok_or("no state")?;
/// assert_eq!(unplugged.new[0].outage, Outage::None, "the standby takes over at once");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn what_if(router: &Router, asked: &WhatIf) -> Matrix {
    let base = asked.scenario.healthy();
    let settled = Settled::of(router, &base);
    let healthy = Situation::of(settled.router(), &base);
    let lines = Lines::of(&healthy, asked);
    let classes = classes::of(&healthy, &lines.all, asked);
    let mut unmodelled: Vec<String> = lines.doubt(asked).into_iter().collect();
    let mut states = Vec::new();
    for (failure, down) in failures(lines.failing(), &asked.failures) {
        let look = cell::Look {
            settled: &settled,
            healthy: &healthy,
            lines: &lines.all,
            classes: &classes,
        };
        let scenario = down.iter().fold(base.clone(), |scenario, line| {
            scenario.with_line(line.clone(), failure)
        });
        let (new, established) = look.cells(&scenario.at(Noticed::Everything), &mut unmodelled);
        states.push(LineState {
            failure,
            down,
            new,
            established,
        });
    }
    Matrix {
        schema: Matrix::SCHEMA,
        lines: lines.all,
        classes,
        states,
        assumed: settled.assumed.clone(),
        unmodelled: once(unmodelled),
    }
}

/// The lines, and which of them fail: those that are named, else the first ones.
struct Lines {
    /// Those that fail come first, then by their distance in the main table.
    all: Vec<Value>,
    failing: usize,
}

impl Lines {
    fn of(healthy: &Situation<'_>, asked: &WhatIf) -> Self {
        let distance = |line: &Value| {
            let defaults = healthy.fib.routes().iter();
            let defaults = defaults.filter(|route| route.table == b"main" && route.prefix.prefix_len() == 0);
            let over_line = defaults.filter(|route| route.hops().any(|hop| hop.interface == line.as_bytes()));
            over_line.map(|route| route.distance).min().unwrap_or(u8::MAX)
        };
        let mut others = healthy.network.uplinks().to_vec();
        others.retain(|line| !asked.lines.contains(line));
        others.sort_by_key(distance);
        let failing = match asked.lines.len() {
            0 => others.len(),
            named => named,
        };
        Self {
            all: asked.lines.iter().cloned().chain(others).collect(),
            failing: failing.min(MOST_LINES),
        }
    }

    fn failing(&self) -> &[Value] {
        self.all.get(..self.failing).unwrap_or_default()
    }

    /// What is said where more lines could fail than are looked at.
    fn doubt(&self, asked: &WhatIf) -> Option<String> {
        let wanted = if asked.lines.is_empty() {
            self.all.len()
        } else {
            asked.lines.len()
        };
        (wanted > self.failing).then(|| {
            let first: Vec<_> = self.failing().iter().map(Value::to_text).collect();
            format!(
                "of {wanted} lines only {} are taken to fail: {}",
                self.failing,
                first.join(", ")
            )
        })
    }
}

/// Every set of lines that are down, for every way to fail; none once.
fn failures(lines: &[Value], failures: &[Condition]) -> Vec<(Condition, Vec<Value>)> {
    let sets = 1_usize
        .checked_shl(u32::try_from(lines.len()).unwrap_or(0))
        .unwrap_or(1);
    let mut all = alloc::vec![(Condition::Up, Vec::new())];
    let mut seen = BTreeSet::new();
    for failure in failures
        .iter()
        .filter(|failure| **failure != Condition::Up && seen.insert(**failure))
    {
        let mut down: Vec<Vec<Value>> = (1..sets).map(|set| members(lines, set)).collect();
        down.sort_by_key(Vec::len);
        all.extend(down.into_iter().map(|down| (*failure, down)));
    }
    all
}

/// The lines whose bit is set.
fn members(lines: &[Value], set: usize) -> Vec<Value> {
    let is_in = |(at, line): (u32, &Value)| (set.checked_shr(at)? & 1 == 1).then(|| line.clone());
    (0..).zip(lines).filter_map(is_in).collect()
}

/// Lines that are taken to fail: every further one doubles the states.
pub const MOST_LINES: usize = 6;
