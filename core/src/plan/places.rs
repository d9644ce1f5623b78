//! The places of rows, step by step: where a row stood before it went or moved, so that undo puts it back exactly.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::target::configuration;
use super::{Change, Properties, Step, Target};
use crate::routeros::router::{Router, Row, RowId};
use crate::survey;

/// The steps with the place of each row that goes or moves.
pub(super) fn resolve(mut steps: Vec<Step>, router: &Router) -> Vec<Step> {
    let mut places = Places {
        router,
        lost: steps.iter().flat_map(|step| lost(&step.change, router)).collect(),
        menus: BTreeMap::new(),
    };
    for step in &mut steps {
        places.follow(&mut step.change);
    }
    steps
}

/// What puts rows back in their order when all that went has come back: where a plan moves rows, the way back from one of its steps
/// is not that from another. From the last row to the first, so that each finds the one behind it in its place.
pub(super) fn order_back(steps: &[Step], router: &Router) -> Vec<Change> {
    let moves = |step: &&Step| matches!(step.change, Change::Move { .. });
    let menus: BTreeSet<&str> = steps
        .iter()
        .filter(moves)
        .filter_map(|step| step.change.menu())
        .collect();
    let of_menu = |menu: &str| -> Vec<Change> {
        let gone: BTreeSet<(String, RowId)> =
            steps.iter().flat_map(|step| lost(&step.change, router)).collect();
        let mut rows = statics(router, menu);
        rows.retain(|row| !gone.contains(&(String::from(menu), row.id())));
        let behind = [None].into_iter().chain(rows.iter().rev().map(Some));
        let places = rows.iter().rev().zip(behind);
        let touched = places.filter(|(row, _)| steps.iter().any(|step| displaces(&step.change, menu, row)));
        let back = touched.map(|(row, behind)| Change::Move {
            menu: String::from(menu),
            target: known(menu, row, router),
            before: behind.map(|row| known(menu, row, router)),
            back: None,
        });
        back.collect()
    };
    menus.into_iter().flat_map(of_menu).collect()
}

/// Whether a change takes a row from its place.
fn displaces(change: &Change, menu: &str, row: &Row) -> bool {
    match change {
        Change::Remove {
            menu: own, target, ..
        }
        | Change::Move {
            menu: own, target, ..
        } => own == menu && target.matches(row),
        _ => false,
    }
}

/// How a row of a menu is found that has all its rows.
fn known(menu: &str, row: &Row, router: &Router) -> Target {
    if survey::tag_of(menu, row).is_some() {
        return Target::of(menu, &configuration(row));
    }
    let place = statics(router, menu)
        .iter()
        .position(|other| other.id() == row.id());
    Target::foreign(menu, row, &[], router).unwrap_or(Target::Place(place.unwrap_or_default()))
}

/// The static rows of the menus that have an order, as they stand after each step.
struct Places<'a> {
    router: &'a Router,
    /// Rows that do not come back: nothing is put back before them.
    lost: BTreeSet<(String, RowId)>,
    menus: BTreeMap<String, Vec<Row>>,
}

impl Places<'_> {
    fn follow(&mut self, change: &mut Change) {
        let Some(menu) = change
            .menu()
            .filter(|menu| super::is_ordered(menu))
            .map(String::from)
        else {
            return;
        };
        let router = self.router;
        let rows = self
            .menus
            .entry(menu.clone())
            .or_insert_with(|| statics(router, &menu));
        match change {
            Change::Add { row, before, .. } => {
                let place = before
                    .as_ref()
                    .and_then(|target| find(rows, target))
                    .unwrap_or(rows.len());
                rows.insert(place, new_row(router, &menu, row));
            }
            Change::Remove { target, before, .. } => {
                let Some(place) = find(rows, target) else { return };
                rows.remove(place);
                *before = at(rows, place, &menu, router, &self.lost);
            }
            Change::Move {
                target, before, back, ..
            } => {
                let Some(place) = find(rows, target) else { return };
                let row = rows.remove(place);
                *back = at(rows, place, &menu, router, &self.lost);
                let place = before
                    .as_ref()
                    .and_then(|target| find(rows, target))
                    .unwrap_or(rows.len());
                rows.insert(place, row);
            }
            Change::Set { .. } | Change::Run { .. } => {}
        }
    }
}

fn statics(router: &Router, menu: &str) -> Vec<Row> {
    router
        .table(menu)
        .iter()
        .filter(|row| !row.dynamic())
        .cloned()
        .collect()
}

fn new_row(router: &Router, menu: &str, properties: &Properties) -> Row {
    let mut row = router.new_row(menu);
    for (name, value) in properties.iter() {
        row.set(name, value.clone());
    }
    row
}

fn find(rows: &[Row], target: &Target) -> Option<usize> {
    match target {
        Target::Place(place) => Some(*place),
        Target::FirstOf(chain) => rows.iter().position(|row| row.is("chain", chain)),
        Target::Where(_) | Target::Only => rows.iter().position(|row| target.matches(row)),
    }
}

/// The rows that a change takes away for good.
pub(super) fn lost(change: &Change, router: &Router) -> Vec<(String, RowId)> {
    let Change::Remove {
        menu,
        target,
        comes_back: false,
        ..
    } = change
    else {
        return Vec::new();
    };
    let rows = router.table(menu).iter().filter(|row| target.matches(row));
    rows.map(|row| (menu.clone(), row.id())).collect()
}

/// The row at a place as a target, or the next one that will be there; `None` behind the last one.
fn at(
    rows: &[Row],
    place: usize,
    menu: &str,
    router: &Router,
    lost: &BTreeSet<(String, RowId)>,
) -> Option<Target> {
    let stays = |row: &Row| !lost.contains(&(String::from(menu), row.id()));
    let mut behind = rows.iter().enumerate().skip(place);
    let (place, row) = behind.find(|(_, row)| stays(row))?;
    let is_ours = survey::tag_of(menu, row).is_some();
    let named = if is_ours {
        Some(Target::of(menu, &configuration(row)))
    } else {
        Target::named(menu, row, router)
    };
    let before = rows.iter().take(place).filter(|row| stays(row));
    named.or_else(|| Some(Target::Place(before.count())))
}
