//! Two routers → the commands that make the first mean what the second means.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::target::configuration;
use super::{Assignment, Change, NewValue, PlanError, Properties, Target, proof};
use crate::routeros::router::{
    Change as Difference, MenuPairs, Paired, Router, Row, RowId, is_interface_menu,
};
use crate::routeros::schema;
use crate::routeros::value::Value;

/// The fewest changes that make `from` mean what `to` means, in an order in which a router takes them, proven on a copy
/// of it; rows that both have alike are not touched.
///
/// Both are pictures of one router, read the same way: an export leaves out what REST lists, and one that hides passwords would
/// take them away. What takes the changes back is `changes(to, from)`.
///
/// What comes, comes in the order in which an export lists its menus, then what goes in the opposite one. A row whose properties
/// differ is `set`, a property that goes back to its default gets it (or is unset, where the default is to have none), a row that stands
/// elsewhere is moved. A row of the factory, a port as `ether1`, neither comes nor goes: where one router does not tell of it, it is as
/// the factory made it.
///
/// Unconfirmed: that a menu without dynamic rows finds all its rows with `dynamic=no`, which counts the place of a row that
/// cannot be told from another one; that a router takes the references along when a row is renamed, so that a command that changes
/// them too then finds nothing to change.
///
/// # Example
///
/// ```
/// use multi_isp::plan::changes;
/// use multi_isp::routeros::router::Router;
///
/// let before = Router::from_export(b"/ip route\nadd gateway=192.0.2.1\nadd distance=3 gateway=198.51.100.1\n", None)?;
/// let after = Router::from_export(b"/ip route\nadd distance=2 gateway=192.0.2.1\nadd distance=3 gateway=198.51.100.1\n", None)?;
/// let changes = changes(&before, &after)?;
/// assert_eq!(
///     changes[0].command(),
///     b"/ip route set [find where gateway=192.0.2.1 and comment=\"\" and dynamic=no] distance=2"
/// );
/// assert_eq!(changes.len(), 1);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Errors
///
/// [`PlanError::Unproven`] where the changes do not do on a copy of `from` what they should: a port that only `to` has cannot come,
/// and a router refuses what names an interface list or a routing table that is not there.
pub fn changes(from: &Router, to: &Router) -> Result<Vec<Change>, PlanError> {
    let whole = from.with_factory_rows_of(to);
    let changes = drafted(&whole, &to.with_factory_rows_of(from))?;
    let commands = changes.iter().map(Change::command);
    let changed = proof::run(&whole, commands, WHAT)?;
    match changed.diff(to).first() {
        Some(difference) => Err(proof::unproven(WHAT, alloc::format!("{difference:?}"))),
        None => Ok(changes),
    }
}

/// What is proven.
const WHAT: &str = "what changes one router into the other";

fn drafted(from: &Router, to: &Router) -> Result<Vec<Change>, PlanError> {
    let menus: Vec<MenuPairs<'_>> = from.pairs(to).collect();
    let mut draft = Draft {
        twin: from.clone(),
        changes: Vec::new(),
    };
    // An interface may get the name of one that goes.
    let is_early = |menu: &str, row: &Row| is_interface_menu(menu) && is_renewed(row, to);
    for pairs in &menus {
        draft.take_away(pairs, |row| is_early(pairs.menu, row))?;
    }
    for pairs in &menus {
        draft.put_up(pairs)?;
    }
    for pairs in menus.iter().rev() {
        draft.take_away(pairs, |row| !is_early(pairs.menu, row))?;
    }
    Ok(draft.changes)
}

/// Whether another interface is to have the name.
fn is_renewed(row: &Row, to: &Router) -> bool {
    row.get("name").is_some_and(|name| to.has_interface(name))
}

/// The changes so far, and the router as it then is.
struct Draft {
    twin: Router,
    changes: Vec<Change>,
}

impl Draft {
    /// Rows that come, change and move, in the order in which they are to stand.
    fn put_up(&mut self, pairs: &MenuPairs<'_>) -> Result<(), PlanError> {
        for (index, row) in pairs.rows.iter().enumerate() {
            // What moves or comes further down finds its own place before the same row.
            let behind = pairs.rows.iter().skip(index.saturating_add(1));
            let stays = |row: &&Paired<'_>| !row.moved && row.old.is_some();
            let anchor = || Some(behind.clone().find(stays)?.old?.id());
            match row.old {
                None => {
                    let before = if super::is_ordered(pairs.menu) {
                        anchor()
                    } else {
                        None
                    };
                    self.add(pairs.menu, row.new, before)?;
                }
                Some(old) => {
                    self.set(pairs.menu, old, row);
                    if row.moved {
                        self.shift(pairs.menu, old.id(), anchor());
                    }
                }
            }
        }
        Ok(())
    }

    /// Rows that go, the last first.
    fn take_away(&mut self, pairs: &MenuPairs<'_>, is_meant: impl Fn(&Row) -> bool) -> Result<(), PlanError> {
        for row in pairs.gone.iter().rev().filter(|row| is_meant(row)) {
            has(pairs.menu, "remove", row)?;
            let behind = self.behind(pairs.menu, row.id());
            self.changes.push(Change::Remove {
                menu: pairs.menu.to_string(),
                target: self.target(pairs.menu, row.id()),
                row: configuration(row),
                before: behind.map(|id| self.target(pairs.menu, id)),
                comes_back: true,
            });
            self.twin.remove(&[(pairs.menu.to_string(), row.id())]);
        }
        Ok(())
    }

    fn add(&mut self, menu: &str, row: &Row, before: Option<RowId>) -> Result<(), PlanError> {
        has(menu, "add", row)?;
        let properties = properties(menu, row);
        let mut added = self.twin.new_row(menu);
        for (name, value) in properties.iter() {
            added.set(name, value.clone());
        }
        self.changes.push(Change::Add {
            menu: menu.to_string(),
            row: properties,
            before: before.map(|id| self.target(menu, id)),
        });
        // A row that the menu refuses is refused when the changes are proven, too.
        let _ = self.twin.add(String::from(menu).into(), added, before);
        Ok(())
    }

    fn set(&mut self, menu: &str, old: &Row, row: &Paired<'_>) {
        if row.properties.is_empty() {
            return;
        }
        let assignment = |change: &Difference| {
            let to = match &change.after {
                Some(value) => NewValue::Given(value.clone()),
                None => NewValue::default_of(old, &change.name),
            };
            Assignment::new(old, &change.name, to)
        };
        let values: Vec<Assignment> = row.properties.iter().map(assignment).collect();
        let target = self.target(menu, old.id());
        let _ = self.twin.change(menu, old.id(), |row| {
            for value in &values {
                match &value.to {
                    NewValue::Given(to) => row.set(&value.name, to.clone()),
                    NewValue::Unset | NewValue::Reported(_) => row.unset(&value.name),
                }
            }
        });
        self.changes.push(Change::Set {
            menu: menu.to_string(),
            target,
            values,
        });
    }

    fn shift(&mut self, menu: &str, id: RowId, before: Option<RowId>) {
        let back = self.behind(menu, id);
        self.changes.push(Change::Move {
            menu: menu.to_string(),
            target: self.target(menu, id),
            before: before.map(|id| self.target(menu, id)),
            back: back.map(|id| self.target(menu, id)),
        });
        self.twin.table_mut(String::from(menu)).move_rows(&[id], before);
    }

    /// How a command finds a row: by what people call it, by all that it is, else by its place.
    fn target(&self, menu: &str, id: RowId) -> Target {
        let table = self.twin.table(menu);
        let Some(row) = table.by_id(id) else {
            return Target::Only;
        };
        if row.is_settings() {
            return Target::Only;
        }
        let called = Target::of_factory(row)
            .or_else(|| Target::called(row, table.rows()))
            .or_else(|| Target::among(menu, row, &[], table.rows()));
        let place = || {
            let mut rows = table.iter().filter(|row| !row.dynamic());
            rows.position(|row| row.id() == id).unwrap_or_default()
        };
        called.unwrap_or_else(|| Target::Place(place()))
    }

    /// The row that stands behind another, where the menu has an order.
    fn behind(&self, menu: &str, id: RowId) -> Option<RowId> {
        let rows = self.twin.table(menu).iter().skip_while(|row| row.id() != id);
        let next = rows.skip(1).find(|row| !row.dynamic())?;
        super::is_ordered(menu).then(|| next.id())
    }
}

/// What is set in a new row: what differs from its default, and what the menu asks for.
fn properties(menu: &str, row: &Row) -> Properties {
    let required = schema::menu(menu).map(schema::Menu::required).unwrap_or_default();
    let told = configuration(row);
    let lacking = |name: &&str| !told.iter().any(|(own, _)| own == name);
    let asked = required.iter().filter(|name| lacking(name));
    let asked = asked.filter_map(|name| Some(((*name).to_string(), row.get(name)?.clone())));
    let asked: Vec<(String, Value)> = asked.collect();
    told.into_iter().chain(asked).collect()
}

/// Whether rows of the menu can come or go: ports cannot.
fn has(menu: &str, command: &str, row: &Row) -> Result<(), PlanError> {
    let lacks = schema::menu(menu).is_some_and(|menu| menu.has("set") && !menu.has(command));
    if !lacks {
        return Ok(());
    }
    let row = super::summary::properties(row.iter());
    let found = alloc::format!("`{menu}` has no `{command}`: {row}");
    Err(proof::unproven(WHAT, found))
}
