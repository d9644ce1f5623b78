//! The rows of one menu.

use alloc::vec::Vec;

use crate::routeros::router::row::{Row, RowId};

/// The rows of one menu, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    rows: Vec<Row>,
    ids: Ids,
}

/// Hands out ids, never one twice.
#[derive(Clone, Debug, Default)]
struct Ids {
    last: u32,
}

/// What was handed out says nothing about what a table means.
impl PartialEq for Ids {
    fn eq(&self, _: &Ids) -> bool {
        true
    }
}

impl Eq for Ids {}

/// The table of every menu that is not there.
pub(crate) static EMPTY: Table = Table {
    rows: Vec::new(),
    ids: Ids { last: 0 },
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
        self.rows.iter().find(|row| row.id() == id)
    }

    /// Appends a row, which gets a new id.
    pub(crate) fn push(&mut self, row: Row) -> RowId {
        self.ids.last = self.ids.last.saturating_add(1);
        let id = RowId(self.ids.last);
        self.rows.push(row.with_id(id));
        id
    }
}

impl<'a> IntoIterator for &'a Table {
    type Item = &'a Row;
    type IntoIter = core::slice::Iter<'a, Row>;

    fn into_iter(self) -> Self::IntoIter {
        self.rows.iter()
    }
}
