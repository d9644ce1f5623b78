//! The in-memory router: menus of rows and the one interpreter that changes them.

use alloc::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    string::String,
    sync::Arc,
    vec::Vec,
};

use self::memory::Memory;
use crate::routeros::{schema, value::Value, version::Version};

mod diff;
mod document;
mod export;
mod memory;
mod name;
mod pairs;
mod row;
mod run;
mod table;
mod twins;

pub use diff::{Change, Difference};
pub(crate) use name::Name;
pub(crate) use pairs::{MenuPairs, Paired, longest_rising};
pub(crate) use row::Selector;
pub use row::{Row, RowId};
pub use run::{Live, LogEntry, Outcome, Request, RunError, Unknown};
pub use table::Table;

/// What a router is: its version and its menus, each an ordered table of rows.
///
/// Clones share their tables until one of them changes.
#[derive(Clone, Debug, Default)]
pub struct Router {
    version: Option<Version>,
    tables: BTreeMap<Cow<'static, str>, Arc<Table>>,
    ports_known: bool,
    /// Menus that the router could not export.
    unexported: Vec<String>,
    /// The highest id of any row; ids are handed out over all menus, as RouterOS does over all interfaces.
    last_id: u32,
    memory: Memory,
}

impl Router {
    /// A router without any rows.
    pub fn new(version: Version) -> Router {
        Router::of(Some(version))
    }

    /// A router without any rows, of which the version may not be known.
    pub(crate) fn of(version: Option<Version>) -> Router {
        Router {
            version,
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
            .map(|(path, _)| &**path)
    }

    /// Whether a menu was read, be it empty: what was not asked for is not known to be missing.
    pub(crate) fn is_read(&self, path: &str) -> bool {
        self.tables.contains_key(path)
    }

    /// The menus that the router could not export, by their paths as `/ip/route`: an export from 7.11 on says so in its place.
    pub fn unexported(&self) -> &[String] {
        &self.unexported
    }

    pub(crate) fn set_unexported(&mut self, menus: Vec<String>) {
        self.unexported = menus;
    }

    /// Whether the list of ports is complete.
    ///
    /// A compact export does not list a port that was left as the factory made it; REST and verbose exports list all.
    pub fn ports_known(&self) -> bool {
        self.ports_known
    }

    /// Whether every row has the id by which the router itself knows it, so that it can be addressed over REST and the API.
    ///
    /// REST and the API give ids, an export does not. Menus of settings have none and need none.
    pub fn ids_known(&self) -> bool {
        let mut rows = self.tables.values().flat_map(|table| table.iter());
        !rows.any(Row::lacks_id)
    }

    /// The router as it knows itself: every row has an id, that of a row which had none is made up here.
    ///
    /// What is made up is true of a router that is played here, never of one that was read.
    pub(crate) fn with_ids(&self) -> Router {
        let mut router = self.clone();
        for table in router.tables.values_mut() {
            if table.iter().any(Row::lacks_id) {
                Arc::make_mut(table).identify();
            }
        }
        router
    }

    pub(crate) fn set_ports_known(&mut self, known: bool) {
        self.ports_known = known;
    }

    /// A new row of a menu, not yet in its table.
    pub fn new_row(&self, path: &str) -> Row {
        Row::new(schema::menu(path), self.version)
    }

    /// Appends a row to a menu, as a caller does who builds a router by hand.
    pub fn push(&mut self, path: &str, row: Row) -> RowId {
        let id = self.next_id();
        self.table_mut(String::from(path)).insert(row.with_id(id), None);
        id
    }

    /// Puts a row before another of its menu, else at the end; it gets a new id.
    ///
    /// `None` where the menu may have only one row of that kind, and has it: a list has an address once.
    pub(crate) fn add(&mut self, path: Cow<'static, str>, row: Row, before: Option<RowId>) -> Option<RowId> {
        let id = self.next_id();
        self.table_mut(path)
            .insert_unique(row.with_id(id), before)
            .then_some(id)
    }

    fn next_id(&mut self) -> RowId {
        self.last_id = self.last_id.saturating_add(1);
        RowId(self.last_id)
    }

    /// Appends a row with the id that the router gave it.
    pub(crate) fn insert_as(&mut self, path: &str, row: Row, id: RowId) {
        // Ids of dynamic rows count from *80000000: none of ours.
        const DYNAMIC: u32 = 1 << 31;
        if id.0 < DYNAMIC {
            self.last_id = self.last_id.max(id.0);
        }
        self.table_mut(String::from(path))
            .insert(row.identified(id), None);
    }

    pub(crate) fn remove(&mut self, rows: &[(String, RowId)]) {
        let mut by_table: BTreeMap<&str, BTreeSet<RowId>> = BTreeMap::new();
        for (path, id) in rows {
            by_table.entry(path).or_default().insert(*id);
        }
        for (path, ids) in by_table {
            if let Some(table) = self.tables.get_mut(path) {
                Arc::make_mut(table).remove(&ids);
            }
        }
    }

    /// Changes a row; false where its menu would then have two of which it may have only one.
    pub(crate) fn change(&mut self, path: &str, id: RowId, change: impl FnOnce(&mut Row)) -> bool {
        let table = self.tables.get_mut(path);
        table.is_none_or(|table| Arc::make_mut(table).change(id, change))
    }

    pub(crate) fn row_mut(&mut self, path: &str, id: RowId) -> Option<&mut Row> {
        Arc::make_mut(self.tables.get_mut(path)?).row_mut(id)
    }

    /// The table of a menu, made where there is none.
    pub(crate) fn table_mut(&mut self, path: impl Into<Cow<'static, str>>) -> &mut Table {
        Arc::make_mut(self.tables.entry(path.into()).or_default())
    }

    /// The menus whose rows are interfaces: those of every type, right below `/interface`.
    pub(crate) fn interface_menus(&self) -> impl Iterator<Item = &str> {
        self.menus().filter(|path| is_interface_menu(path))
    }

    pub(crate) fn has_interface(&self, name: &Value) -> bool {
        self.interface_menus()
            .any(|path| self.table(path).named(name).is_some())
    }
}

pub(crate) fn is_interface_menu(path: &str) -> bool {
    let name = path
        .strip_prefix("/interface/")
        .filter(|name| !name.contains('/'));
    name.is_some_and(|name| !["list", "detect-internet"].contains(&name))
}
