//! Nothing leaves here that was not seen to work: a plan is run on the twin before it is given away.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{Plan, PlanError, Step, places, summary};
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
        return Err(unproven("a second plan", summary::describe(&step.change)));
    }
    let undone = run(
        &applied,
        plan.inverse().map(|step| step.change.undo_command()),
        "the undo",
    )?;
    match undone.diff(&without_lost(&plan, router)).first() {
        Some(difference) => Err(unproven("the undo", alloc::format!("{difference:?}"))),
        None => Ok(plan),
    }
}

/// The router without what cannot come back once it is gone.
fn without_lost(plan: &Plan, router: &Router) -> Router {
    let mut rest = router.clone();
    for step in plan.steps() {
        rest.remove(&places::lost(&step.change, router));
    }
    rest
}

/// The router after commands that all must run.
pub(super) fn run(
    router: &Router,
    commands: impl Iterator<Item = Vec<u8>>,
    what: &'static str,
) -> Result<Router, PlanError> {
    let script = commands.collect::<Vec<_>>().join(&b'\n');
    let parsed = Script::parse(&script).map_err(|errors| unproven(what, errors.first().to_string()))?;
    let outcome = router.run(&parsed, &Unknown);
    match outcome.error {
        Some(error) => Err(unproven(what, error.to_string())),
        None => Ok(outcome.router),
    }
}

/// What was found, without secrets: a command of a script may hold one.
pub(super) fn unproven(what: &'static str, found: String) -> PlanError {
    PlanError::Unproven { what, found }
}

#[cfg(test)]
mod tests {
    use std::{format, vec};

    use super::*;
    use crate::plan::MadeFor;
    use crate::plan::{Change, Pending, Phase, Properties, Purpose};
    use crate::routeros::version::Version;
    use crate::rule::Report;

    #[test]
    fn what_a_second_plan_would_send_is_told_without_secrets() {
        let version = Version::new(7, 22, 3);
        let plan = Plan {
            purpose: Purpose::Apply,
            made_for: MadeFor::new(&Router::new(version)),
            outline: Vec::new(),
            version,
            report: Report::default(),
            balance: None,
            customers: None,
            pending: Pending::default(),
            steps: Vec::new(),
            order_back: Vec::new(),
        };
        let row = [("name", "pppoe-out1"), ("password", "hunter2")];
        let row: Properties = row.map(|(name, value)| (name.into(), value.into())).into();
        let change = Change::Add {
            menu: "/interface/pppoe-client".into(),
            row,
            before: None,
        };
        let left = vec![Step::up(Phase::Interfaces, change, "")];
        let error = proven(plan, &Router::new(version), |_| Ok(left.clone())).unwrap_err();
        assert_eq!(
            error.to_string(),
            "a second plan fails on a copy of the router: + /interface/pppoe-client  name=pppoe-out1 password=\"(secret)\""
        );
        assert!(!format!("{error:?}").contains("hunter2"));
    }
}
