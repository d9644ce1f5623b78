//! Rows that somebody else made: what must change in them, with their original values written down before.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::record::Record;
use super::target::configuration;
use super::{Assignment, Change, NewValue, Phase, PlanError, Step, Target};
use crate::desired::{Desired, ForeignChange, ForeignEdit, Setting};
use crate::routeros::router::{Router, Row};

/// The changes to foreign rows, and the record of original values: with all that is changed, and what is kept of it.
pub(super) struct Foreign {
    pub steps: Vec<Step>,
    pub noted: Record,
    pub kept: Record,
}

/// What must change in foreign rows, and what goes back to what it was because nothing needs it changed any more.
pub(super) fn steps(desired: &Desired, router: &Router, record: &Record) -> Result<Foreign, PlanError> {
    let mut steps = Vec::new();
    let mut noted = record.clone();
    for wanted in &desired.changes {
        let Some(row) = row(wanted, router) else { continue };
        if let Some(change) = change(wanted, &row, router)? {
            noted.note(&change, &row);
            let phase = Phase::of_foreign(wanted.menu, wanted.steps_back);
            steps.push(Step::up(phase, change, wanted.reason.clone()));
        }
    }
    let (kept, done) = noted.clone().split(|entry| is_needed(entry, desired, router));
    steps.extend(restored(&done.refreshed(router), router)?);
    Ok(Foreign { steps, noted, kept })
}

/// The steps that put original values back. The nearest default comes back before ours go, the others when ours are gone:
/// among ours they would share the traffic, or take it.
fn restored(done: &Record, router: &Router) -> Result<Vec<Step>, PlanError> {
    let changes: Vec<Change> = done
        .entries()
        .iter()
        .map(|entry| restore(entry, router))
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect();
    let nearest = changes.iter().filter_map(default_distance).min();
    let mut is_first = true;
    let step = |change: Change| {
        let comes_first = is_first && nearest.is_some() && default_distance(&change) == nearest;
        is_first &= !comes_first;
        let phase = Phase::of_foreign(change.menu().unwrap_or_default(), comes_first);
        Step::down(phase, change, "as it was before")
    };
    Ok(changes.into_iter().map(step).collect())
}

/// The distance that a change gives a default route.
fn default_distance(change: &Change) -> Option<u8> {
    let Change::Set { values, .. } = change else {
        return None;
    };
    let distance = values
        .iter()
        .find(|value| DISTANCES.contains(&value.name.as_str()))?;
    match &distance.to {
        NewValue::Given(value) if distance.name == ADDS => (*value == "yes").then_some(1),
        NewValue::Given(value) => value.to_text().parse().ok(),
        NewValue::Unset | NewValue::Reported(_) => None,
    }
}

/// The properties that hold the distance of a default, of a route and of a client; one that a client adds without saying is 1.
const DISTANCES: [&str; 3] = ["distance", "default-route-distance", ADDS];

/// Whether a client adds a default.
const ADDS: &str = "add-default-route";

/// The row that a change is about; `None` where it is gone already.
fn row(wanted: &ForeignChange, router: &Router) -> Option<Row> {
    let table = router.table(wanted.menu);
    match wanted.row {
        Some(id) => table.by_id(id).cloned(),
        None => Some(
            table
                .rows()
                .first()
                .cloned()
                .unwrap_or_else(|| router.new_row(wanted.menu)),
        ),
    }
}

/// The change of a foreign row; `None` where the row is so already.
fn change(wanted: &ForeignChange, row: &Row, router: &Router) -> Result<Option<Change>, PlanError> {
    let menu = wanted.menu.to_string();
    let settings: &[(&str, Setting)] = match &wanted.edit {
        ForeignEdit::Set(settings) => settings,
        ForeignEdit::Remove => {
            let target = Target::foreign(wanted.menu, row, &[], router)?;
            let before = Target::behind(wanted.menu, row, router);
            return Ok(Some(Change::Remove {
                menu,
                target,
                row: configuration(row),
                before,
            }));
        }
    };
    let is_met = |(name, setting): &(&str, Setting)| match setting {
        Setting::To(value) => row.is(name, value),
        // It goes with the others: what the router reports now is not known here.
        Setting::Reported(_) => true,
    };
    if settings.iter().all(is_met) {
        return Ok(None);
    }
    let differing = settings
        .iter()
        .filter(|(name, setting)| !matches!(setting, Setting::To(value) if row.is(name, value)));
    let values: Vec<Assignment> = differing
        .map(|(name, setting)| Assignment::new(row, name, new_value(setting)))
        .collect();
    let changing: Vec<&str> = settings.iter().map(|(name, _)| *name).collect();
    Ok(Some(Change::Set {
        target: Target::foreign(wanted.menu, row, &changing, router)?,
        menu,
        values,
    }))
}

fn new_value(setting: &Setting) -> NewValue {
    match setting {
        Setting::To(value) => NewValue::Given(value.clone()),
        Setting::Reported(property) => NewValue::Reported((*property).to_string()),
    }
}

/// Whether something desired still needs a foreign row to differ from its original.
fn is_needed(entry: &Change, desired: &Desired, router: &Router) -> bool {
    match entry {
        // Whose default a route is cannot always be told where the picture of the router lacks a lease: it stays as it is.
        Change::Set { menu, target, .. }
            if menu == "/ip/route" && !desired.leases.is_empty() && !is_told(target, desired, router) =>
        {
            true
        }
        Change::Set { menu, target, values } => {
            let is_it = |wanted: &&ForeignChange| {
                wanted.menu == menu && row(wanted, router).is_some_and(|row| target.matches(&row))
            };
            let wishes: Vec<&ForeignChange> = desired.changes.iter().filter(is_it).collect();
            values
                .iter()
                .all(|value| wishes.iter().any(|wanted| wanted.sets(&value.name)))
        }
        Change::Add { row, .. } => row
            .iter()
            .any(|(name, value)| name == "interface" && desired.routed.contains(value)),
        _ => false,
    }
}

/// Whether it is told of which line a static default is.
fn is_told(target: &Target, desired: &Desired, router: &Router) -> bool {
    let mut routes = router.table("/ip/route").iter();
    routes.any(|row| target.matches(row) && desired.defaults.contains(&row.id()))
}

/// The change that puts an original value back; `None` where it is back already.
///
/// # Errors
///
/// [`PlanError::RowLost`] where the row cannot be found again.
fn restore(entry: &Change, router: &Router) -> Result<Option<Change>, PlanError> {
    Ok(match entry {
        Change::Set { menu, target, values } => {
            let Some(row) = found(menu, target, router)? else {
                return Ok(None);
            };
            let differing = values.iter().filter(|value| !value.is_met(&row));
            let values: Vec<Assignment> = differing
                .map(|value| Assignment::new(&row, &value.name, value.to.clone()))
                .collect();
            let change = Change::Set {
                menu: menu.clone(),
                target: target.clone(),
                values,
            };
            Some(change).filter(|change| !matches!(change, Change::Set { values, .. } if values.is_empty()))
        }
        Change::Add { menu, row, .. } => {
            let target = Target::of(menu, row);
            let is_back = router.table(menu).iter().any(|row| target.matches(row));
            (!is_back).then(|| entry.clone())
        }
        other => Some(other.clone()),
    })
}

/// The row that an entry of the record is about; `None` for settings that are not in this picture of the router.
fn found(menu: &str, target: &Target, router: &Router) -> Result<Option<Row>, PlanError> {
    let row = router.table(menu).iter().find(|row| target.matches(row));
    match (row, target) {
        (Some(row), _) => Ok(Some(row.clone())),
        (None, Target::Only) => Ok(None),
        (None, _) => Err(PlanError::RowLost {
            menu: menu.to_string(),
            row: target.to_text(),
        }),
    }
}
