//! Mangle rules that mark, and the buckets by which they share connections.

use alloc::vec::Vec;

use super::View;
use super::menus::MANGLE;
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::simulate::Bucket;

impl<'a> View<'a> {
    /// Enabled mangle rules with that action
    pub(super) fn mangle(&self, action: &'static str) -> impl Iterator<Item = &'a Row> {
        self.rows(MANGLE).filter(move |row| row.is("action", action))
    }

    /// Enabled mangle rules that mark connections or routing, in their order
    pub(super) fn marking(&self) -> impl Iterator<Item = &'a Row> {
        self.rows(MANGLE)
            .filter(|row| MARKING.iter().any(|action| row.is("action", action)))
    }

    /// Mangle rules that share connections by a classifier, each with its bucket
    pub(super) fn buckets(&self) -> Vec<(&'a Row, Bucket)> {
        let marking = self.marking();
        marking.filter_map(|row| Some((row, Bucket::of(row)?))).collect()
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

/// Whether a matcher is negated, and what it names
pub(super) fn bare(value: &Value) -> (bool, &[u8]) {
    match value.as_bytes().strip_prefix(b"!") {
        Some(bare) => (true, bare),
        None => (false, value.as_bytes()),
    }
}

/// Their actions
const MARKING: [&str; 2] = ["mark-connection", "mark-routing"];
