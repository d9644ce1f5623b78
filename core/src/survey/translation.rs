//! Whose addresses the router's own source NAT translates, and whose it does not.

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

/// What becomes of the addresses of some customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceRule {
    /// What tells these customers; nothing where it is all.
    pub sources: Vec<(&'static str, Value)>,
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
    for row in leaving_by(router, line, &lists) {
        let is_translated = translates(row);
        if is_translated || spares(row) {
            let sources = sources(row);
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
pub fn translations<'a>(router: &'a Router, interface: &[u8], lists: &[Value]) -> Vec<&'a Row> {
    let rules = leaving_by(router, interface, lists);
    rules.into_iter().filter(|row| translates(row)).collect()
}

/// The customers that a rule is about; none where it is about all.
pub fn sources(row: &Row) -> Vec<(&'static str, Value)> {
    let matcher = |name: &&'static str| Some((*name, row.get(name)?.clone()));
    SOURCE_MATCHERS.iter().filter_map(matcher).collect()
}

impl SourceRule {
    const EVERYBODY: Self = Self {
        sources: Vec::new(),
        is_translated: true,
    };
}

/// The foreign rules of source NAT that what leaves by `interface` comes to.
fn leaving_by<'a>(router: &'a Router, interface: &[u8], lists: &[Value]) -> Vec<&'a Row> {
    let known = InterfaceLists::foreign(router);
    let line = Member {
        interface,
        joins: lists,
    };
    foreign_enabled(router, "/ip/firewall/nat")
        .filter(|row| row.is("chain", "srcnat") && lets_through(row, "out-interface", &known, line))
        .collect()
}

/// Whether a rule translates what its sources send to the internet.
fn translates(row: &Row) -> bool {
    let is_narrowed = |matcher: &&str| row.get(matcher).is_some_and(|value| !is_negated(value));
    (row.is("action", "masquerade") || row.is("action", "src-nat")) && !NARROWING.iter().any(is_narrowed)
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
