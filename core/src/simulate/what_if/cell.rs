//! One kind of traffic in one state of the lines.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::{Class, Outage};
use crate::pcc::Ratio;
use crate::routeros::value::Value;
use crate::simulate::MOST_WAYS;
use crate::simulate::choices::explore;
use crate::simulate::forward::Situation;
use crate::simulate::life::Life;
use crate::simulate::scenario::{Condition, Noticed, Scenario, Traffic};
use crate::simulate::settle::Settled;
use crate::simulate::trace::{Cause, Verdict};

/// What becomes of one kind of traffic in one state of the lines, once the router has noticed all that it can.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// The part that goes over each line, in the order of the lines of the matrix.
    pub shares: Vec<Ratio>,
    /// The part that works and leaves by no line.
    pub inside: Ratio,
    /// The part that is lost.
    pub lost: Ratio,
    /// Of what works, the part that has to be opened anew.
    pub anew: Ratio,
    /// Why parts are lost.
    pub causes: Vec<Loss>,
    /// How long anything is lost.
    #[serde(rename = "outage_seconds")]
    pub outage: Outage,
    /// Whether it comes in by a line that is down, and so cannot work.
    pub impossible: bool,
}

/// A part of traffic that is lost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Loss {
    /// Why.
    #[serde(flatten)]
    pub cause: Cause,
    /// Which part of the whole.
    pub share: Ratio,
}

/// What cells are found from.
pub(super) struct Look<'l, 'a> {
    pub(super) settled: &'l Settled,
    pub(super) healthy: &'l Situation<'a>,
    pub(super) lines: &'l [Value],
    pub(super) classes: &'l [Class],
}

/// The times at which is looked.
const TIMES: [Noticed; 3] = [Noticed::AtOnce, Noticed::Checks, Noticed::Everything];

impl Look<'_, '_> {
    /// New and established connections of every class.
    pub(super) fn cells(&self, scenario: &Scenario, unmodelled: &mut Vec<String>) -> (Vec<Cell>, Vec<Cell>) {
        let then = TIMES.map(|noticed| {
            let scenario = scenario.clone().at(noticed);
            (self.settled.failed(&scenario), scenario)
        });
        let situations: Vec<(Noticed, Situation<'_>)> = then
            .iter()
            .map(|(settled, scenario)| (scenario.noticed, Situation::of(settled.router(), scenario)))
            .collect();
        for (settled, _) in &then {
            unmodelled.extend(settled.unmodelled.iter().cloned());
        }
        for (_, situation) in &situations {
            unmodelled.extend(situation.fib.notes().iter().cloned());
        }
        let mut of = |is_open: bool| {
            let cell = |class: &Class| {
                let traffic = Traffic {
                    established: is_open,
                    ..class.traffic.clone()
                };
                let is_down = |line: &Value| scenario.condition(line.as_bytes()) != Condition::Up;
                let is_impossible = class.by.as_ref().is_some_and(is_down);
                self.cell(&situations, &traffic, is_impossible, unmodelled)
            };
            self.classes.iter().map(cell).collect()
        };
        (of(false), of(true))
    }

    /// What becomes of traffic in the end, and how long it takes.
    fn cell(
        &self,
        situations: &[(Noticed, Situation<'_>)],
        traffic: &Traffic,
        is_impossible: bool,
        unmodelled: &mut Vec<String>,
    ) -> Cell {
        let mut outage = Outage::None;
        let mut last = Parts::default();
        for (noticed, situation) in situations {
            last = self.parts(situation, traffic, unmodelled);
            if last.lost != Ratio::ZERO {
                outage = Outage::beyond(situation.network.router(), *noticed);
            }
        }
        last.cell(self.lines, outage, is_impossible)
    }

    fn parts(&self, now: &Situation<'_>, traffic: &Traffic, unmodelled: &mut Vec<String>) -> Parts {
        let (ends, is_cut) = explore(MOST_WAYS, |choices| {
            Life::new(traffic, choices, false).live(self.healthy, now)
        });
        let mut parts = Parts::default();
        if is_cut {
            unmodelled.push(format!(
                "connections can go more than {MOST_WAYS} ways; the shares are those of the ways that were followed"
            ));
        }
        for (share, (way, unknown)) in ends {
            parts.add(share, &way.verdict);
            unmodelled.extend(unknown);
        }
        parts
    }
}

/// The parts of a whole by what becomes of them.
#[derive(Debug)]
struct Parts {
    by_line: BTreeMap<Option<Value>, Ratio>,
    anew: Ratio,
    lost: Ratio,
    causes: BTreeMap<Cause, Ratio>,
}

impl Default for Parts {
    fn default() -> Self {
        Self {
            by_line: BTreeMap::new(),
            anew: Ratio::ZERO,
            lost: Ratio::ZERO,
            causes: BTreeMap::new(),
        }
    }
}

impl Parts {
    fn add(&mut self, share: Ratio, verdict: &Verdict) {
        match verdict {
            Verdict::Works { line, anew } => {
                let own = self.by_line.entry(line.clone()).or_insert(Ratio::ZERO);
                *own = own.plus(share);
                if *anew {
                    self.anew = self.anew.plus(share);
                }
            }
            Verdict::Lost { cause, .. } => {
                let own = self.causes.entry(cause.clone()).or_insert(Ratio::ZERO);
                *own = own.plus(share);
                self.lost = self.lost.plus(share);
            }
        }
    }

    fn cell(self, lines: &[Value], outage: Outage, impossible: bool) -> Cell {
        let of = |line: Option<&Value>| {
            let mut parts = self.by_line.iter();
            let found = parts.find(|(own, _)| own.as_ref() == line);
            found.map_or(Ratio::ZERO, |(_, share)| *share)
        };
        Cell {
            shares: lines.iter().map(|line| of(Some(line))).collect(),
            inside: of(None),
            lost: self.lost,
            anew: self.anew,
            causes: self
                .causes
                .iter()
                .map(|(cause, share)| Loss {
                    cause: cause.clone(),
                    share: *share,
                })
                .collect(),
            outage,
            impossible,
        }
    }
}
