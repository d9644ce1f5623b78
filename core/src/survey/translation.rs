//! Whose addresses the router's own source NAT translates, and whose it does not.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use super::firewall::{is_negated, lets_through};
use super::lists::{InterfaceLists, Member};
use super::{foreign_enabled, lists_to_join};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::Site;

/// By which a rule of source NAT tells customers from each other.
const SOURCE_MATCHERS: [&str; 2] = ["src-address", "src-address-list"];

/// Matchers that make a source translation a special case (hairpin, one service), not the rule for the internet.
const NARROWING: [&str; 6] = [
    "dst-address",
    "dst-address-list",
    "dst-port",
    "protocol",
    "connection-mark",
    "routing-mark",
];

/// What else a rule may have that leaves all packets of its sources as they are.
const NEUTRAL: [&str; 10] = [
    "action",
    "chain",
    "comment",
    "disabled",
    "log",
    "log-prefix",
    "out-interface",
    "out-interface-list",
    "src-address",
    "src-address-list",
];

/// The customers that a rule is about; none where it is about all.
pub type Sources = Vec<(&'static str, Value)>;

/// A rule that customers' packets come to on their way out.
#[derive(Clone, Debug)]
pub struct Leaving<'a> {
    /// The rule of the chain `srcnat` by which they come to it: itself, or a jump.
    pub entry: &'a Row,
    /// The rule.
    pub row: &'a Row,
    /// The customers that it is about, those of the jumps to it included.
    pub sources: Sources,
}

/// What becomes of the addresses of some customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRule {
    /// What tells these customers; nothing where it is all.
    pub sources: Sources,
    /// Whether they are translated; else their addresses are public, and routed by their provider.
    pub is_translated: bool,
}

/// Which customers are translated on the line that works today, by its rules in their order: the first that fits a
/// customer decides. Of a line without rules everything is, for it gets one of ours.
pub fn source_rules(site: &Site, router: &Router) -> Vec<SourceRule> {
    let lists = lists_to_join(site, router);
    let mut lines = site.lines().iter().map(|line| line.interface().as_bytes());
    let is_translated = |line: &&[u8]| !translations(router, line, &lists).is_empty();
    let Some(line) = lines.find(is_translated) else {
        return alloc::vec![SourceRule::EVERYBODY];
    };
    let mut rules = Vec::new();
    for Leaving { row, sources, .. } in leaving_by(router, line, &lists) {
        let is_translated = translates(row);
        if is_translated || spares(row) {
            let is_last = sources.is_empty();
            rules.push(SourceRule {
                sources,
                is_translated,
            });
            if is_last {
                break;
            }
        }
    }
    rules
}

/// The foreign rules that translate what customers send over `interface`, which is (or will be) a member of `lists`.
pub fn translations<'a>(router: &'a Router, interface: &[u8], lists: &[Value]) -> Vec<Leaving<'a>> {
    let rules = leaving_by(router, interface, lists).into_iter();
    rules.filter(|rule| translates(rule.row)).collect()
}

impl SourceRule {
    const EVERYBODY: Self = Self {
        sources: Vec::new(),
        is_translated: true,
    };
}

/// The foreign rules of source NAT that what leaves by `interface` comes to, in their order, jumps followed.
fn leaving_by<'a>(router: &'a Router, interface: &[u8], lists: &[Value]) -> Vec<Leaving<'a>> {
    let known = InterfaceLists::foreign(router);
    let line = Member {
        interface,
        joins: lists,
    };
    let mut chains: BTreeMap<&[u8], Vec<&Row>> = BTreeMap::new();
    let rules = foreign_enabled(router, "/ip/firewall/nat")
        .filter(|row| lets_through(row, "out-interface", &known, line));
    for (row, chain) in rules.filter_map(|row| Some((row, row.get("chain")?))) {
        chains.entry(chain.as_bytes()).or_default().push(row);
    }
    let mut walk = Walk {
        chains,
        path: Vec::new(),
        budget: BUDGET,
        found: Vec::new(),
    };
    walk.follow(b"srcnat", None);
    walk.found
}

/// A walk through the chains of source NAT.
struct Walk<'a> {
    chains: BTreeMap<&'a [u8], Vec<&'a Row>>,
    /// The chains that led here: they may jump in circles.
    path: Vec<&'a [u8]>,
    budget: u32,
    found: Vec<Leaving<'a>>,
}

impl<'a> Walk<'a> {
    /// Adds what a chain has. A rule that tells customers by what a jump to it tells them by, too, is taken by its own word.
    fn follow(&mut self, chain: &'a [u8], jump: Option<&Leaving<'a>>) {
        if self.path.contains(&chain) || self.path.len() >= DEEPEST {
            return;
        }
        self.path.push(chain);
        for row in self.chains.get(chain).cloned().unwrap_or_default() {
            let Some(budget) = self.budget.checked_sub(1) else {
                break;
            };
            self.budget = budget;
            let rule = Leaving::of(row, jump);
            match row.get("jump-target").filter(|_| row.is("action", "jump")) {
                Some(target) if !is_narrowed(row) => self.follow(target.as_bytes(), Some(&rule)),
                Some(_) => {}
                None => self.found.push(rule),
            }
        }
        self.path.pop();
    }
}

impl<'a> Leaving<'a> {
    fn of(row: &'a Row, jump: Option<&Self>) -> Self {
        let source = |name: &&'static str| {
            let inherited = || {
                let mut sources = jump?.sources.iter();
                sources.find(|(own, _)| own == name).map(|(_, value)| value)
            };
            Some((*name, row.get(name).or_else(inherited)?.clone()))
        };
        Self {
            entry: jump.map_or(row, |jump| jump.entry),
            row,
            sources: SOURCE_MATCHERS.iter().filter_map(source).collect(),
        }
    }
}

/// Whether a rule translates what its sources send to the internet.
fn translates(row: &Row) -> bool {
    (row.is("action", "masquerade") || row.is("action", "src-nat")) && !is_narrowed(row)
}

/// Whether a rule is a special case, not what becomes of everything for the internet.
fn is_narrowed(row: &Row) -> bool {
    let is_wanted = |matcher: &&str| row.get(matcher).is_some_and(|value| !is_negated(value));
    NARROWING.iter().any(is_wanted)
}

/// Whether a rule lets what its sources send to the internet, all of it, out as it is.
fn spares(row: &Row) -> bool {
    let is_all = |(name, value): (&str, &Value)| {
        NEUTRAL.contains(&name)
            || (NARROWING.contains(&name) && is_negated(value))
            || (name == "ipsec-policy" && *value == "out,none")
            || (name == "dst-address-type" && *value == "!local")
    };
    row.is("action", "accept") && row.iter().all(is_all)
}

/// Nobody nests chains deeper than this.
const DEEPEST: usize = 16;
/// Rules that one walk looks at: far more than any router has, but for chains that jump to each other many times.
const BUDGET: u32 = 100_000;
