//! Desired rows × router → ordered steps.

use alloc::vec::Vec;

use super::draft::{Direction, Draft};
use super::record::Record;
use super::{Change, Phase, PlanError, Step, foreign, order, own, places};
use crate::desired::Desired;
use crate::routeros::router::Router;
use crate::routeros::value::Value;
use crate::survey::Tag;

/// The steps from what `router` has to what is desired.
pub(super) fn steps(desired: &Desired, router: &Router) -> Result<Vec<Step>, PlanError> {
    let record = Record::read(router)?;
    let mut draft = own::draft(desired, router);
    let foreign = foreign::draft(desired, router, &record)?;
    draft.extend(record.draft(&foreign.noted, &foreign.kept));
    draft.extend(foreign.steps);
    draft.extend(waits(desired, &draft));
    Ok(places::resolve(order::ordered(draft), router))
}

/// The commands between two parts of a plan: leases are copied into new routes, and the switch waits for them.
fn waits(desired: &Desired, draft: &[Draft]) -> Vec<Draft> {
    let seeded = desired.leases.iter().filter(|lease| {
        draft
            .iter()
            .any(|draft| adds_route(&draft.step.change, &lease.line))
    });
    let seeds = seeded.map(|lease| {
        run(
            Phase::Leases,
            &lease.seed,
            "a client that is bound already does not run its new lease script",
        )
    });
    let switches = |draft: &Draft| draft.direction == Direction::Up && draft.step.phase == Phase::Switch;
    let switch = desired
        .switch
        .iter()
        .filter(|_| draft.iter().any(switches))
        .flat_map(|switch| {
            [
                run(
                    Phase::Verify,
                    &switch.wait,
                    "a dead line may look alive until its check has failed twice",
                ),
                run(
                    Phase::Verify,
                    &switch.verify,
                    "the old default stays where no new route works",
                ),
            ]
        });
    seeds.chain(switch).collect()
}

/// Whether a route of a line comes.
fn adds_route(change: &Change, line: &str) -> bool {
    let Change::Add { menu, row, .. } = change else {
        return false;
    };
    let comment = row
        .iter()
        .find(|(name, _)| name == "comment")
        .map(|(_, value)| value.as_bytes());
    let tag = comment.and_then(|comment| Tag::parse(menu, comment));
    menu == "/ip/route" && tag.is_some_and(|tag| tag.subject() == line)
}

fn run(phase: Phase, script: &[u8], reason: &str) -> Draft {
    Draft::up(
        phase,
        Change::Run {
            script: Value::from(script),
        },
        reason,
    )
}
