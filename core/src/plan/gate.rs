//! Nothing leaves here that the router's version does not have.

use alloc::format;
use alloc::string::{String, ToString};

use super::{Change, Plan, PlanError};
use crate::routeros::schema;
use crate::routeros::version::Version;

/// The plan, when the schema holds nothing against any menu or property of it in its version.
pub(super) fn gated(plan: Plan) -> Result<Plan, PlanError> {
    let version = plan.version();
    let mut missing = plan
        .steps()
        .iter()
        .filter_map(|step| missing(&step.change, version));
    match missing.next() {
        Some(what) => Err(PlanError::NotInVersion { what, version }),
        None => Ok(plan),
    }
}

/// What a change names that a version does not have.
fn missing(change: &Change, version: Version) -> Option<String> {
    let path = change.menu()?;
    let menu = schema::menu(path)?;
    if menu.existence(version).is_no() {
        return Some(path.to_string());
    }
    properties(change)
        .find(|name| menu.has_property(name, version).is_no())
        .map(|name| format!("{path} {name}"))
}

fn properties(change: &Change) -> impl Iterator<Item = &str> {
    let (added, set) = match change {
        Change::Add { row, .. } => (Some(row), None),
        Change::Set { values, .. } => (None, Some(values)),
        _ => (None, None),
    };
    let added = added
        .into_iter()
        .flat_map(|row| row.iter().map(|(name, _)| name.as_str()));
    let set = set.into_iter().flatten().map(|value| value.name.as_str());
    added.chain(set)
}
