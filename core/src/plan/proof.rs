//! Nothing leaves here that was not seen to work: a plan is run on the twin before it is given away.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::{Change, Plan, PlanError, Step};
use crate::routeros::router::{Router, Unknown};
use crate::routeros::syntax::Script;

/// The plan, when on a copy of the router it does what it should: every command runs, `remaining` then finds nothing left
/// to do, and the undo gives the router back.
pub(super) fn proven(
    plan: Plan,
    router: &Router,
    remaining: impl Fn(&Router) -> Result<Vec<Step>, PlanError>,
) -> Result<Plan, PlanError> {
    let applied = run(
        router,
        plan.steps().iter().map(|step| step.change.command()),
        "the plan",
    )?;
    if let Some(step) = remaining(&applied)?.first() {
        return Err(unproven("a second plan", &step.change.command()));
    }
    let undone = run(
        &applied,
        plan.undo().map(|change: Change| change.undo_command()),
        "the undo",
    )?;
    match undone.diff(router).first() {
        Some(difference) => Err(unproven("the undo", alloc::format!("{difference:?}").as_bytes())),
        None => Ok(plan),
    }
}

/// The router after commands that all must run.
fn run(
    router: &Router,
    commands: impl Iterator<Item = Vec<u8>>,
    what: &'static str,
) -> Result<Router, PlanError> {
    let script = commands.collect::<Vec<_>>().join(&b'\n');
    let parsed = Script::parse(&script).map_err(|errors| unproven(what, errors.to_string().as_bytes()))?;
    let outcome = router.run(&parsed, &Unknown);
    match outcome.error {
        Some(error) => Err(unproven(what, error.to_string().as_bytes())),
        None => Ok(outcome.router),
    }
}

fn unproven(what: &'static str, found: &[u8]) -> PlanError {
    PlanError::Unproven {
        what,
        found: alloc::string::String::from_utf8_lossy(found).into_owned(),
    }
}
