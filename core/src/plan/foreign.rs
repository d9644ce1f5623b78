//! Rows that somebody else made: what must change in them, with their original values written down before.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::record::{self, Record};
use super::target::configuration;
use super::{Assignment, Change, NewValue, Phase, PlanError, Step, Target};
use crate::desired::{Desired, ForeignChange, ForeignEdit, Setting};
use crate::routeros::router::{Router, Row};
use crate::survey::{self, SETUP_MENUS};

/// The changes to foreign rows, and the record of original values: with all that is changed, and what is kept of it.
pub(super) struct Foreign {
    pub steps: Vec<Step>,
    pub noted: Record,
    pub kept: Record,
    /// Why entries of the record go.
    pub goes: &'static str,
}

/// What must change in foreign rows, and what goes back to what it was because nothing needs it changed any more.
pub(super) fn steps(desired: &Desired, router: &Router, record: &Record) -> Result<Foreign, PlanError> {
    let mut steps = Vec::new();
    let mut noted = record.clone();
    for wanted in &desired.changes {
        let Some(row) = row(wanted, router) else { continue };
        if steps.iter().any(|step: &Step| covers(&step.change, wanted, &row)) {
            continue;
        }
        if let Some(change) = change(wanted, &row, desired, router)? {
            noted.note(&change, &row);
            let phase = Phase::of_foreign(wanted.menu, wanted.steps_back, switches(&change));
            steps.push(Step::up(phase, change, wanted.reason.clone()));
        }
    }
    let (kept, done) = noted.clone().split(|entry| is_needed(entry, desired, router));
    steps.extend(restored(&done.refreshed(router), router));
    let is_lost = done.entries().iter().any(|entry| record::is_lost(entry, router));
    Ok(Foreign {
        steps,
        noted,
        kept,
        goes: if is_lost { LOST } else { BACK },
    })
}

/// Why entries go of which all are put back.
const BACK: &str = "what it recorded is back";

/// Why entries go where rows of some were removed or renamed since.
const LOST: &str = "what it recorded is back, or its row is not found any more";

/// The steps that put original values back. The nearest default comes back before ours go, the others when ours are gone:
/// among ours they would share the traffic, or take it.
fn restored(done: &Record, router: &Router) -> Vec<Step> {
    let entries = done.entries().iter();
    let changes: Vec<Change> = entries.filter_map(|entry| restore(entry, router)).collect();
    let distance = |change: &Change| default_distance(change).or_else(|| enabled_default(change, router));
    let nearest = changes.iter().filter_map(distance).min();
    let mut is_first = true;
    let step = |change: Change| {
        let distance = distance(&change);
        let comes_first = is_first && nearest.is_some() && distance == nearest;
        is_first &= !comes_first;
        let marks = distance.is_none() && switches(&change) && !runs_by_itself(&change);
        let phase = Phase::of_foreign(change.menu().unwrap_or_default(), comes_first, marks);
        Step::down(phase, change, "as it was before")
    };
    changes.into_iter().map(step).collect()
}

/// Whether a change switches a row of a set-up by hand.
fn switches(change: &Change) -> bool {
    let Change::Set { menu, values, .. } = change else {
        return false;
    };
    SETUP_MENUS.contains(&menu.as_str()) && values.iter().any(|value| value.name == DISABLED)
}

/// Whether it is about what would switch others: that comes back when all of them are.
fn runs_by_itself(change: &Change) -> bool {
    matches!(change.menu(), Some("/system/scheduler" | "/tool/netwatch"))
}

/// The distance of the default of the main table that a change enables.
fn enabled_default(change: &Change, router: &Router) -> Option<u8> {
    let Change::Set { target, .. } = change else {
        return None;
    };
    let mut rows = router.table("/ip/route").iter();
    let is_it = |row: &&Row| change.menu() == Some("/ip/route") && switches(change) && target.matches(row);
    survey::main_default(rows.find(is_it)?)
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

/// The property that switches a row.
const DISABLED: &str = "disabled";

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
fn change(
    wanted: &ForeignChange,
    row: &Row,
    desired: &Desired,
    router: &Router,
) -> Result<Option<Change>, PlanError> {
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
                comes_back: true,
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
        target: target(wanted, row, &changing, desired, router)?,
        menu,
        values,
    }))
}

/// How the row is found again. What else may change of a route that is disabled does not tell it, where that can be: its
/// distance goes back by itself, and the gateway of one with a comment may be kept by a lease script. Rows that cannot be told
/// from each other are disabled together.
fn target(
    wanted: &ForeignChange,
    row: &Row,
    changing: &[&str],
    desired: &Desired,
    router: &Router,
) -> Result<Target, PlanError> {
    let is_switched = wanted.sets(DISABLED);
    let is_commented = row.comment().is_some_and(|comment| !comment.is_empty());
    let unsteady: &[&[&str]] = match wanted.menu {
        "/ip/route" if is_switched && is_commented => &[&["distance", "gateway"], &["distance"]],
        "/ip/route" if is_switched => &[&["distance"]],
        _ => &[],
    };
    let mut targets = unsteady
        .iter()
        .map(|more| Target::foreign(wanted.menu, row, &[changing, *more].concat(), router));
    if let Some(steady) = targets.find_map(Result::ok) {
        return Ok(steady);
    }
    let is_alike = |other: &Row| {
        let mut changes = desired.changes.iter();
        other.disabled() == row.disabled()
            && changes.any(|also| {
                (also.menu, also.row, &also.edit) == (wanted.menu, Some(other.id()), &wanted.edit)
            })
    };
    let together = || {
        let target = Target::together(wanted.menu, row, changing, router, is_alike);
        target.filter(|_| is_switched && changing.len() == 1)
    };
    Target::foreign(wanted.menu, row, changing, router).or_else(|error| together().ok_or(error))
}

/// Whether a change finds this row too, and does all of it that is wanted.
fn covers(change: &Change, wanted: &ForeignChange, row: &Row) -> bool {
    let (Change::Set { menu, target, values }, ForeignEdit::Set(settings)) = (change, &wanted.edit) else {
        return false;
    };
    let is_set = |(name, setting): &(&str, Setting)| {
        let to = new_value(setting);
        values.iter().any(|value| value.name == *name && value.to == to)
    };
    menu == wanted.menu && target.matches(row) && settings.iter().all(is_set)
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
        Change::Set { menu, .. } if record::is_lost(entry, router) => {
            menu == MODEMS && !desired.outline.is_empty()
        }
        // Whose default a route is cannot always be told where the picture of the router lacks a lease: it stays as it is.
        Change::Set { menu, target, values }
            if menu == "/ip/route"
                && values.iter().all(|value| value.name == "distance")
                && !desired.leases.is_empty()
                && !is_told(target, desired, router) =>
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

/// The change that puts an original value back; `None` where it is back already, or its row is not found any more.
fn restore(entry: &Change, router: &Router) -> Option<Change> {
    match entry {
        Change::Set { menu, target, values } => {
            let row = found(menu, target, values, router)?;
            let differing = values.iter().filter(|value| !value.is_met(row));
            let values: Vec<Assignment> = differing
                .map(|value| Assignment::new(row, &value.name, value.to.clone()))
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
    }
}

/// The row that an entry of the record is about, one that is not as it was before any other.
fn found<'a>(menu: &str, target: &Target, values: &[Assignment], router: &'a Router) -> Option<&'a Row> {
    let rows = || router.table(menu).iter().filter(|row| target.matches(row));
    let differs = |row: &&Row| values.iter().any(|value| !value.is_met(row));
    rows().find(differs).or_else(|| rows().next())
}

/// Rows that are there while the hardware is plugged in: what is recorded of one waits for it.
const MODEMS: &str = "/interface/lte";
