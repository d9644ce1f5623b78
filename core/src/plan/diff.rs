//! Desired rows × router → ordered steps.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::record::Record;
use super::{Change, Direction, Phase, PlanError, Properties, Step, Target, foreign, order, own, places};
use crate::desired::{Desired, Lease};
use crate::routeros::router::Router;
use crate::survey::{Role, Tag};

/// The steps from what `router` has to what is desired.
pub(super) fn steps(desired: &Desired, router: &Router) -> Result<Vec<Step>, PlanError> {
    let record = Record::read(router)?;
    let mut steps = own::steps(desired, router)?;
    let foreign = foreign::steps(desired, router, &record)?;
    steps.extend(record.steps(&foreign.noted, &foreign.kept, foreign.goes));
    steps.extend(foreign.steps);
    steps.extend(waits(desired, &steps));
    let steps = order::ordered(steps).into_iter().flat_map(with_renewal);
    Ok(places::resolve(steps.collect(), router))
}

/// A step, and what makes a bound client take it over.
pub(super) fn with_renewal(step: Step) -> impl Iterator<Item = Step> {
    let renewal = step.change.renewal().map(|change| Step {
        change,
        reason: RENEWS.to_string(),
        ..step
    });
    core::iter::once(step).chain(renewal)
}

const RENEWS: &str = "the manual says to renew a lease after a change of its client";

/// The commands between two parts of a plan: leases are copied into new routes, and the switch waits for them.
fn waits(desired: &Desired, steps: &[Step]) -> Vec<Step> {
    let seeded = desired
        .leases
        .iter()
        .filter(|lease| steps.iter().any(|step| needs_seed(&step.change, lease)));
    // A default that is to lead over probes from now on leads nowhere until those are pinned.
    let phase = |lease: &Lease| {
        if lease.is_of_probes {
            Phase::Probes
        } else {
            Phase::Leases
        }
    };
    let seeds = seeded.map(|lease| {
        run(
            phase(lease),
            &lease.seed,
            "a client that is bound already does not run its new lease script",
        )
    });
    let goes_up = |step: &&Step| step.direction == Direction::Up;
    let switches = steps
        .iter()
        .filter(goes_up)
        .any(|step| step.phase == Phase::Switch);
    let marks = steps
        .iter()
        .filter(goes_up)
        .any(|step| switches_marks_on(&step.change));
    let before = desired
        .switch
        .iter()
        .filter(|_| switches || marks)
        .flat_map(|switch| {
            [
                run(Phase::Verify, &switch.wait, switch.wait_reason),
                run(
                    Phase::Verify,
                    &switch.verify,
                    "the old default stays where no new route works",
                ),
            ]
        });
    seeds.chain(before).collect()
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

/// The tag of a row of ours, by the properties of a command.
pub(super) fn tag(menu: &str, row: &Properties) -> Option<Tag> {
    let text = row.iter().find(|(name, _)| name == Tag::property(menu));
    text.and_then(|(_, text)| Tag::parse(menu, text.as_bytes()))
}

const ROUTES: &str = "/ip/route";
const CLIENTS: &str = "/ip/dhcp-client";

fn run(phase: Phase, script: &[u8], reason: &str) -> Step {
    Step::up(
        phase,
        Change::Run {
            script: script.into(),
        },
        reason,
    )
}
