//! What a plan promises for a set of failed lines, worked out from the site and its shares alone.

use std::collections::BTreeMap;
use std::time::Duration;

use multi_isp::pcc::Ratio;
use multi_isp::plan::Plan;
use multi_isp::routeros::router::Router;
use multi_isp::simulate::{Condition, Trace, Verdict};
use multi_isp::site::{Access, Health, Line, Site};
use multi_isp::survey;

use crate::examples::{Case, VERSIONS, matrix};

/// Every case of the line matrix in one version.
pub fn cases(version: &'static str) -> impl Iterator<Item = (String, Case)> {
    assert!(VERSIONS.contains(&version));
    let at = move |case: Case| (format!("{} at {version}", case.name), case.at(version));
    matrix().into_iter().map(at)
}

/// What the lines of a site are told by on a router, and what they carry.
pub struct Wanted<'a> {
    plan: &'a Plan,
    /// In the order of their priority.
    lines: Vec<Seen<'a>>,
    primary: Option<String>,
}

/// A line, and how a failure of it is seen.
struct Seen<'a> {
    line: &'a Line,
    interface: String,
    health: Health,
}

/// What customers get.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    /// By interface.
    pub shares: BTreeMap<String, Ratio>,
    pub lost: Ratio,
}

impl Served {
    /// What a trace shows.
    pub fn of(trace: &Trace) -> Self {
        let mut served = Self {
            shares: BTreeMap::new(),
            lost: Ratio::ZERO,
        };
        for way in &trace.ways {
            match &way.verdict {
                Verdict::Works { line: Some(line), .. } => {
                    let share = served
                        .shares
                        .entry(line.to_text().into_owned())
                        .or_insert(Ratio::ZERO);
                    *share = sum(*share, way.share);
                }
                _ => served.lost = sum(served.lost, way.share),
            }
        }
        served
    }
}

impl<'a> Wanted<'a> {
    pub fn of(site: &'a Site, router: &Router, plan: &'a Plan) -> Self {
        let line = |id: &str| site.lines().iter().find(|line| line.id().as_str() == id).unwrap();
        let lines = plan.outline().iter().map(|outline| {
            let line = line(&outline.id);
            Seen {
                line,
                interface: outline.interface.to_text().into_owned(),
                health: survey::check(site, router, line).health,
            }
        });
        Self {
            plan,
            lines: lines.collect(),
            primary: survey::detect_line(router).map(|line| line.interface.to_text().into_owned()),
        }
    }

    /// The interfaces of the lines, in the order of their priority.
    pub fn interfaces(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().map(|seen| seen.interface.as_str())
    }

    /// Whether it is ISP 1: the line that works today.
    pub fn is_primary(&self, interface: &str) -> bool {
        self.primary.as_deref() == Some(interface)
    }

    fn line(&self, interface: &str) -> &Seen<'a> {
        self.lines
            .iter()
            .find(|seen| seen.interface == interface)
            .unwrap()
    }

    /// How long the plan says that it takes at most until a failure of these lines is noticed; a session that is not checked is
    /// ended by its keepalive.
    pub fn detection(&self, down: &[String]) -> Duration {
        let outline = |interface: &String| {
            let mut outlines = self.plan.outline().iter();
            outlines
                .find(|outline| outline.interface.to_text() == *interface)
                .unwrap()
        };
        let latest = down
            .iter()
            .filter_map(|line| Some(outline(line).detection?.latest));
        latest.max().unwrap_or_default().max(KEEPALIVE)
    }

    /// Whether the check of a line sees such a failure of it.
    pub fn sees(&self, interface: &str, failure: Condition) -> bool {
        let Seen { line, health, .. } = self.line(interface);
        let is_kept_alive = matches!(line.access(), Access::Pppoe(_) | Access::Ppp(_) | Access::Tunnel);
        match failure {
            Condition::Up => false,
            Condition::LinkDown | Condition::NoLease => true,
            Condition::GatewayDead => is_kept_alive || matches!(health, Health::Gateway | Health::Internet),
            Condition::UpstreamDead => *health == Health::Internet,
        }
    }

    /// Whether the router notices such a failure of a line, because it does something and its check sees it.
    pub fn is_seen(&self, interface: &str, failure: Condition) -> bool {
        self.harms(interface, failure) && self.sees(interface, failure)
    }

    /// Whether such a failure does anything to a line: a static address needs no lease.
    fn harms(&self, interface: &str, failure: Condition) -> bool {
        let line = self.line(interface).line;
        failure != Condition::NoLease || !matches!(line.access(), Access::Static { .. })
    }

    /// What new connections of customers get while these lines fail so.
    pub fn customers(&self, failure: Condition, down: &[String]) -> Served {
        let harmed: Vec<&str> = down
            .iter()
            .map(String::as_str)
            .filter(|line| self.harms(line, failure))
            .collect();
        let seen: Vec<&str> = harmed
            .iter()
            .copied()
            .filter(|line| self.sees(line, failure))
            .collect();
        let mut served = Served {
            shares: BTreeMap::new(),
            lost: Ratio::ZERO,
        };
        for (interface, share) in self.shares(&seen) {
            if share == Ratio::ZERO {
                continue;
            }
            if harmed.contains(&interface) {
                served.lost = sum(served.lost, share);
            } else {
                served.shares.insert(interface.to_owned(), share);
            }
        }
        served
    }

    /// The share of each line while these are seen to be dead.
    fn shares(&self, dead: &[&str]) -> Vec<(&str, Ratio)> {
        let interface = |id: &str| {
            let mut lines = self.lines.iter();
            lines
                .find(|seen| seen.line.id().as_str() == id)
                .unwrap()
                .interface
                .as_str()
        };
        if let Some(balance) = self.plan.balance() {
            let balanced: Vec<&str> = balance.lines.iter().map(|id| interface(id)).collect();
            let positions: Vec<usize> = (0..balanced.len())
                .filter(|at| dead.contains(&balanced[*at]))
                .collect();
            if positions.len() < balanced.len() {
                return balanced
                    .into_iter()
                    .zip(balance.allotment.shares(&positions))
                    .collect();
            }
        }
        let nearest = self.interfaces().find(|line| !dead.contains(line));
        nearest.map(|line| (line, Ratio::ONE)).into_iter().collect()
    }
}

pub fn sum(one: Ratio, other: Ratio) -> Ratio {
    let denominator = one.denominator() * other.denominator();
    Ratio::new(
        one.numerator() * other.denominator() + other.numerator() * one.denominator(),
        denominator,
    )
}

/// The longest `keepalive-timeout` that clients of ours or of the examples have (ROUTEROS-BEHAVIOUR §12).
const KEEPALIVE: Duration = Duration::from_secs(30);
