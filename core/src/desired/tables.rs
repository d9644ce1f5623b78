//! Routing tables: one a line, where connections are marked.

use alloc::vec::Vec;

use super::{DesiredRow, Needs};
use crate::survey::Role;

/// The rows of `/routing/table`. A table must exist before anything names it, and needs `fib` to route (v7).
pub(super) fn rows(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let table = |id: &str| DesiredRow::new(Role::Table, id, 1).named(id).with("fib", "yes");
    let marked = needs.lines.iter().filter(|_| needs.marks());
    marked.map(|line| table(line.id())).collect()
}
