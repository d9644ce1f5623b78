//! Desired rows × router → ordered steps.

use alloc::vec::Vec;

use super::draft::{Direction, Draft};
use super::record::Record;
use super::{Change, Phase, PlanError, Properties, Step, Target, foreign, order, own, places};
use crate::desired::{Desired, Lease};
use crate::routeros::router::Router;
use crate::routeros::value::Value;
use crate::survey::{Role, Tag};

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
    let seeded = desired
        .leases
        .iter()
        .filter(|lease| draft.iter().any(|draft| needs_seed(&draft.step.change, lease)));
    let seeds = seeded.map(|lease| {
        run(
            Phase::Leases,
            &lease.seed,
            "a client that is bound already does not run its new lease script",
        )
    });
    let switches = |draft: &Draft| {
        draft.direction == Direction::Up
            && (draft.step.phase == Phase::Switch || switches_marks_on(&draft.step.change))
    };
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

/// Whether a route of the line comes or gets another next hop, or the script of its client changes.
fn needs_seed(change: &Change, lease: &Lease) -> bool {
    match change {
        Change::Add { menu, row, .. } if menu == ROUTES => serves(menu, row, lease),
        Change::Set {
            menu,
            target: Target::Where(row),
            values,
        } if menu == ROUTES => serves(menu, row, lease) && values.iter().any(|value| value.name == "gateway"),
        Change::Set {
            menu,
            target: Target::Where(row),
            values,
        } if menu == CLIENTS => {
            row.iter().any(|(_, value)| *value == lease.interface)
                && values.iter().any(|value| value.name == "script")
        }
        _ => false,
    }
}

/// Whether a jump into our chains comes.
fn switches_marks_on(change: &Change) -> bool {
    matches!(change, Change::Add { menu, row, .. } if tag(menu, row).is_some_and(|tag| tag.role() == Role::Jump))
}

/// Whether a row of ours serves the line.
fn serves(menu: &str, row: &Properties, lease: &Lease) -> bool {
    tag(menu, row).is_some_and(|tag| tag.subject() == lease.line)
}

fn tag(menu: &str, row: &Properties) -> Option<Tag> {
    let comment = row.iter().find(|(name, _)| name == "comment");
    comment.and_then(|(_, comment)| Tag::parse(menu, comment.as_bytes()))
}

const ROUTES: &str = "/ip/route";
const CLIENTS: &str = "/ip/dhcp-client";

fn run(phase: Phase, script: &[u8], reason: &str) -> Draft {
    Draft::up(
        phase,
        Change::Run {
            script: Value::from(script),
        },
        reason,
    )
}
