//! The in-memory router: menus of rows and the one interpreter that changes them.

#![allow(dead_code, reason = "the interpreter lands next")]

use alloc::{collections::BTreeMap, string::String, sync::Arc};

use crate::routeros::{schema, version::Version};

mod name;
mod row;
mod table;

pub use row::{Row, RowId};
pub use table::Table;

/// What a router is: its version and its menus, each an ordered table of rows.
///
/// Clones share their tables until one of them changes.
#[derive(Clone, Debug, Default)]
pub struct Router {
    version: Option<Version>,
    tables: BTreeMap<String, Arc<Table>>,
    ports_known: bool,
}

impl Router {
    /// A router without any rows.
    pub fn new(version: Version) -> Router {
        Router {
            version: Some(version),
            ..Router::default()
        }
    }

    /// The version, where the export said it or the caller gave it.
    pub fn version(&self) -> Option<Version> {
        self.version
    }

    /// The rows of a menu, by its canonical path as `/ip/route`; empty where there are none.
    pub fn table(&self, path: &str) -> &Table {
        self.tables.get(path).map_or(&table::EMPTY, |table| table)
    }

    /// The canonical paths of the menus that have rows, sorted.
    pub fn menus(&self) -> impl Iterator<Item = &str> {
        self.tables
            .iter()
            .filter(|(_, table)| !table.is_empty())
            .map(|(path, _)| path.as_str())
    }

    /// Whether the list of ports is complete.
    ///
    /// A compact export does not list a port that was left as the factory made it; REST and verbose exports list all.
    pub fn ports_known(&self) -> bool {
        self.ports_known
    }

    /// The rows of a menu, to be changed.
    pub(crate) fn table_mut(&mut self, path: &str) -> &mut Table {
        if !self.tables.contains_key(path) {
            self.tables.insert(String::from(path), Arc::default());
        }
        Arc::make_mut(self.tables.entry(String::from(path)).or_default())
    }

    /// A new row of a menu, not yet in its table.
    pub fn new_row(&self, path: &str) -> Row {
        Row::new(schema::menu(path), self.version)
    }

    /// Appends a row to a menu, as a caller does who builds a router by hand.
    pub fn push(&mut self, path: &str, row: Row) -> RowId {
        self.table_mut(path).push(row)
    }
}
