//! The steps of a plan, carried out one by one on a router that stands in a world.

use std::format as f;

use multi_isp::plan::{Change, Phase, Plan, Step};
use multi_isp::routeros::router::{Outcome, Router};
use multi_isp::routeros::syntax::Script;
use multi_isp::simulate::{Around, Scenario, Trace, Traffic, Verdict, settle, simulate};

/// The steps of a plan, and who is to be served while they are carried out.
pub struct Walk<'a> {
    pub steps: Vec<&'a Step>,
    /// What a step sends.
    pub command: fn(&Change) -> Vec<u8>,
    pub traffic: &'a [Traffic],
}

/// How a walk ends where everybody was served all the way.
pub enum End {
    /// All steps are done.
    Done(Router),
    /// A step that verifies what comes before it refused to go on.
    Refused,
}

impl<'a> Walk<'a> {
    pub fn of(plan: &'a Plan, traffic: &'a [Traffic]) -> Self {
        Self {
            steps: plan.steps().iter().collect(),
            command: Change::command,
            traffic,
        }
    }

    /// The way back, whose commands are harmless where a step never ran.
    pub fn back(undo: &'a [Step], traffic: &'a [Traffic]) -> Self {
        Self {
            steps: undo.iter().collect(),
            command: Change::undo_command,
            traffic,
        }
    }

    /// Carries the steps out, beginning with a router that has settled in its world.
    ///
    /// # Errors
    ///
    /// After which step who was served no more, or which command was refused.
    pub fn go(&self, start: &Router, world: &Scenario) -> Result<End, String> {
        let mut router = start.clone();
        for (number, step) in (1..).zip(&self.steps) {
            let command = (self.command)(&step.change);
            let told = |what: String| f!("step {number}, {}: {what}", String::from_utf8_lossy(&command));
            let script = Script::parse(&command).unwrap();
            let Outcome {
                router: changed,
                error,
                ..
            } = router.run(&script, &Around { scenario: world });
            match error {
                Some(_) if step.phase == Phase::Verify => return Ok(End::Refused),
                Some(error) => return Err(told(f!("{error}"))),
                None => {}
            }
            if is_unseen(step) || changed.diff(&router).is_empty() && step.change.menu().is_some() {
                router = changed;
                continue;
            }
            router = settle(&changed, world);
            for traffic in self.traffic {
                is_served(&router, world, traffic).map_err(told)?;
            }
        }
        Ok(End::Done(router))
    }
}

/// Whether no packet can notice a step: it writes a script down, or waits.
fn is_unseen(step: &Step) -> bool {
    step.change.menu() == Some("/system/script") || step.phase == Phase::Verify
}

/// Whether traffic of a router that has settled in its world reaches the internet, whichever way it takes.
///
/// # Errors
///
/// What becomes of it.
pub fn is_served(router: &Router, world: &Scenario, traffic: &Traffic) -> Result<(), String> {
    let trace = trace(router, world, traffic);
    let works = |verdict: &Verdict| matches!(verdict, Verdict::Works { line: Some(_), .. });
    if trace.ways.iter().all(|way| works(&way.verdict)) {
        Ok(())
    } else {
        Err(f!("{trace}"))
    }
}

/// What becomes of traffic of a router that has settled in its world.
pub fn trace(router: &Router, world: &Scenario, traffic: &Traffic) -> Trace {
    simulate(router, &world.clone().with_traffic(traffic.clone()))
}
