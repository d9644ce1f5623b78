//! Routing tables: one a group of marked connections.

use alloc::vec::Vec;

use super::groups::Group;
use super::{DesiredLine, DesiredRow, Needs};
use crate::survey::Role;

/// The rows of `/routing/table`. A table must exist before anything names it, and needs `fib` to route (v7).
pub(super) fn rows(needs: &Needs<'_>) -> Vec<DesiredRow> {
    if !needs.dialect.has_tables {
        return Vec::new();
    }
    let table = |(group, owner): (&Group, &DesiredLine<'_>)| {
        let row = DesiredRow::new(Role::Table, owner.id(), group.number);
        row.with("name", group.name(owner)).with("fib", "yes")
    };
    needs.owned_groups().map(table).collect()
}
