//! Mangle rules that mark: what they mark, and whether two of them can meet one packet.

use alloc::vec::Vec;

use super::View;
use crate::routeros::router::Row;
use crate::routeros::value::{Kind, Value, equal};
use crate::simulate::Bucket;

impl<'a> View<'a> {
    /// Enabled mangle rules with that action
    pub(super) fn mangle(&self, action: &'static str) -> impl Iterator<Item = &'a Row> {
        self.rows(MANGLE).filter(move |row| row.is("action", action))
    }

    /// Mangle rules that share connections by a classifier, each with its bucket
    pub(super) fn buckets(&self) -> Vec<(&'a Row, Bucket)> {
        let marking = MARKING.iter().flat_map(|action| self.mangle(action));
        let mut buckets: Vec<_> = marking.filter_map(|row| Some((row, Bucket::of(row)?))).collect();
        buckets.sort_by_key(|(row, _)| self.place(row));
        buckets
    }

    /// Whether routing marks are used: only then do packets go other ways than the main table says
    pub(super) fn marks_routing(&self) -> bool {
        self.mangle("mark-routing").next().is_some()
    }

    /// How many mangle rules stand before one
    pub(super) fn place(&self, row: &Row) -> usize {
        let mut rows = self.router().table(MANGLE).iter();
        rows.position(|other| other.id() == row.id())
            .unwrap_or(usize::MAX)
    }
}

/// Whether one packet can match both rules, as far as their matchers tell: not where both name one thing and not the same
pub(super) fn may_meet(one: &Row, other: &Row) -> bool {
    let differ = |name: &&str| match (one.get(name), other.get(name)) {
        (Some(one), Some(other)) => excludes(one, other),
        _ => false,
    };
    !SINGLE.iter().any(differ) && !buckets_differ(one, other)
}

/// Whether no packet has both values: two different ones, or one and its negation
fn excludes(one: &Value, other: &Value) -> bool {
    let is_same = |one: &[u8], other: &[u8]| equal(Kind::Auto, &Value::from(one), &Value::from(other));
    match (bare(one), bare(other)) {
        ((false, one), (false, other)) => !is_same(one, other),
        ((true, one), (false, other)) | ((false, one), (true, other)) => is_same(one, other),
        ((true, _), (true, _)) => false,
    }
}

fn buckets_differ(one: &Row, other: &Row) -> bool {
    let (Some(one), Some(other)) = (Bucket::of(one), Bucket::of(other)) else {
        return false;
    };
    let is_alike = one.classifier == other.classifier && one.denominator == other.denominator;
    is_alike && !one.is_negated && !other.is_negated && one.remainder != other.remainder
}

/// Whether a matcher is negated, and what it names
pub(super) fn bare(value: &Value) -> (bool, &[u8]) {
    match value.as_bytes().strip_prefix(b"!") {
        Some(bare) => (true, bare),
        None => (false, value.as_bytes()),
    }
}

/// Matchers of which a packet has one value
const SINGLE: [&str; 11] = [
    "chain",
    "connection-mark",
    "dst-address-type",
    "hotspot",
    "in-interface",
    "out-interface",
    "packet-mark",
    "protocol",
    "routing-mark",
    "src-address",
    "src-mac-address",
];

/// Actions of rules that share connections
const MARKING: [&str; 2] = ["mark-connection", "mark-routing"];

pub(super) const MANGLE: &str = "/ip/firewall/mangle";
