//! The rows of one menu.

use alloc::{collections::BTreeSet, vec::Vec};

use crate::routeros::{
    router::{
        row::{Row, RowId},
        twins::Twins,
    },
    value::Value,
};

/// The rows of one menu, in their order.
#[derive(Clone, Debug, Default)]
pub struct Table {
    rows: Vec<Row>,
    /// Whether a row stands before one with a smaller id.
    moved: bool,
    /// Built when it is first asked for.
    twins: Option<Twins>,
}

/// The table of every menu that is not there.
pub(crate) static EMPTY: Table = Table {
    rows: Vec::new(),
    moved: false,
    twins: None,
};

impl Table {
    /// The rows.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The rows, one by one.
    pub fn iter(&self) -> core::slice::Iter<'_, Row> {
        self.rows.iter()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The first row whose property means `value`; a property that is not set means its default.
    pub fn find_by(&self, name: &str, value: impl AsRef<[u8]>) -> Option<&Row> {
        self.rows.iter().find(|row| row.is(name, value.as_ref()))
    }

    /// The row with that id.
    pub fn by_id(&self, id: RowId) -> Option<&Row> {
        self.rows.get(self.position(id)?)
    }

    /// The row whose `name` it is.
    pub(crate) fn named(&self, name: &Value) -> Option<&Row> {
        self.rows.iter().find(|row| row.get("name") == Some(name))
    }

    /// Changes a row, unless the menu may have only one row of that kind and would have two; says whether it did.
    pub(crate) fn change(&mut self, id: RowId, change: impl FnOnce(&mut Row)) -> bool {
        let Some(old) = self.by_id(id) else { return true };
        let (mut row, before) = (old.clone(), old.unique_hash());
        change(&mut row);
        let other = row.unique_hash().filter(|hash| before != Some(*hash));
        if other.is_some_and(|hash| !self.take(hash, &row)) {
            return false;
        }
        let old = self.position(id).and_then(|position| self.rows.get_mut(position));
        if let Some(old) = old {
            *old = row;
        }
        true
    }

    pub(crate) fn row_mut(&mut self, id: RowId) -> Option<&mut Row> {
        self.twins = None;
        let position = self.position(id)?;
        self.rows.get_mut(position)
    }

    /// From now on the router itself knows its rows by their ids.
    pub(super) fn identify(&mut self) {
        self.rows.iter_mut().for_each(Row::identify);
    }

    /// Puts a row before another, else at the end.
    pub(crate) fn insert(&mut self, row: Row, before: Option<RowId>) {
        self.twins = None;
        self.place(row, before);
    }

    /// The same, unless the menu may have only one row of that kind and has it; says whether it was put.
    pub(crate) fn insert_unique(&mut self, row: Row, before: Option<RowId>) -> bool {
        if row.unique_hash().is_some_and(|hash| !self.take(hash, &row)) {
            return false;
        }
        self.place(row, before);
        true
    }

    /// Keeps what must be unique of a row to it; false where another has it.
    fn take(&mut self, hash: u64, row: &Row) -> bool {
        let twins = self.twins.get_or_insert_with(|| Twins::of(&self.rows));
        let is_other = |own: &Row| own.id() != row.id() && own.is_twin(row);
        if twins.may_have(hash) && self.rows.iter().any(is_other) {
            return false;
        }
        twins.insert(hash);
        true
    }

    fn place(&mut self, row: Row, before: Option<RowId>) {
        let end = self.rows.len();
        let position = before.and_then(|before| self.position(before)).unwrap_or(end);
        self.moved |= position < end || self.rows.last().is_some_and(|last| last.id() > row.id());
        self.rows.insert(position, row);
    }

    pub(crate) fn remove(&mut self, ids: &BTreeSet<RowId>) {
        self.twins = None;
        self.rows.retain(|row| !ids.contains(&row.id()));
    }

    /// Puts rows before another, in the order given, else at the end.
    pub(crate) fn move_rows(&mut self, ids: &[RowId], before: Option<RowId>) {
        let moving: BTreeSet<RowId> = ids.iter().copied().collect();
        if before.is_some_and(|before| moving.contains(&before)) {
            return;
        }
        let mut moved: Vec<Row> = ids.iter().filter_map(|id| self.by_id(*id).cloned()).collect();
        self.rows.retain(|row| !moving.contains(&row.id()));
        self.moved = true;
        let end = self.rows.len();
        let position = before.and_then(|before| self.position(before)).unwrap_or(end);
        let behind = self.rows.split_off(position);
        self.rows.append(&mut moved);
        self.rows.extend(behind);
    }

    fn position(&self, id: RowId) -> Option<usize> {
        if self.moved {
            return self.rows.iter().position(|row| row.id() == id);
        }
        self.rows.binary_search_by_key(&id, Row::id).ok()
    }
}

/// Tables are equal where their rows are, in their order.
impl PartialEq for Table {
    fn eq(&self, other: &Table) -> bool {
        self.rows == other.rows
    }
}

impl Eq for Table {}

impl<'a> IntoIterator for &'a Table {
    type Item = &'a Row;
    type IntoIter = core::slice::Iter<'a, Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(ids: &[u32]) -> Table {
        let mut table = Table::default();
        for id in ids {
            table.insert(Row::new(None, None).with_id(RowId(*id)), None);
        }
        table
    }

    fn ids(table: &Table) -> Vec<u32> {
        table.iter().map(|row| row.id().0).collect()
    }

    #[test]
    fn rows_move_as_a_block_and_are_found_again() {
        let mut table = table(&[1, 2, 3, 4]);
        table.move_rows(&[RowId(4), RowId(2)], Some(RowId(1)));
        assert_eq!(ids(&table), [4, 2, 1, 3]);
        assert_eq!(table.by_id(RowId(3)).unwrap().id(), RowId(3));
        table.move_rows(&[RowId(4)], None);
        assert_eq!(ids(&table), [2, 1, 3, 4]);
        table.move_rows(&[RowId(1)], Some(RowId(1)));
        assert_eq!(ids(&table), [2, 1, 3, 4], "a row cannot stand before itself");
    }

    #[test]
    fn a_row_that_is_put_before_another_is_found_by_its_id() {
        let mut table = table(&[1, 2]);
        table.insert(Row::new(None, None).with_id(RowId(3)), Some(RowId(1)));
        assert_eq!(ids(&table), [3, 1, 2]);
        assert!((1..=3).all(|id| table.by_id(RowId(id)).is_some()));
    }
}
