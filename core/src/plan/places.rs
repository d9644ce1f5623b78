//! The places of rows, step by step: where a row stood before it went or moved, so that undo puts it back exactly.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::target::configuration;
use super::{Change, Properties, Step, Target};
use crate::routeros::router::{Router, Row};
use crate::survey;

/// The steps with the place of each row that goes or moves.
pub(super) fn resolve(mut steps: Vec<Step>, router: &Router) -> Vec<Step> {
    let mut places = Places {
        router,
        menus: BTreeMap::new(),
    };
    for step in &mut steps {
        places.follow(&mut step.change);
    }
    steps
}

/// The static rows of the menus that have an order, as they stand after each step.
struct Places<'a> {
    router: &'a Router,
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
                *before = at(rows, place, &menu, router);
            }
            Change::Move {
                target, before, back, ..
            } => {
                let Some(place) = find(rows, target) else { return };
                let row = rows.remove(place);
                *back = at(rows, place, &menu, router);
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

/// The row at a place as a target; `None` behind the last one.
fn at(rows: &[Row], place: usize, menu: &str, router: &Router) -> Option<Target> {
    let row = rows.get(place)?;
    let is_ours = survey::tag_of(menu, row).is_some();
    let named = if is_ours {
        Some(Target::of(menu, &configuration(row)))
    } else {
        Target::named(menu, row, router)
    };
    named.or(Some(Target::Place(place)))
}
