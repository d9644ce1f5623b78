//! Make before break: what comes in the order of the phases, then what goes in the opposite order.

use alloc::vec::Vec;
use core::cmp::Reverse;

use super::{Change, Direction, Phase, Step};

/// The steps in the order in which they are safe: after each of them every customer still has a way out.
///
/// Rows of one phase stay in the order in which they were desired, what goes last; what goes down goes newest first.
pub(super) fn ordered(steps: Vec<Step>) -> Vec<Step> {
    let (commit, steps): (Vec<Step>, Vec<Step>) =
        steps.into_iter().partition(|step| step.phase == Phase::Commit);
    let (mut up, mut down): (Vec<Step>, Vec<Step>) = steps
        .into_iter()
        .partition(|step| step.direction == Direction::Up);
    up.sort_by_key(|step| (step.phase, matches!(step.change, Change::Remove { .. })));
    down.reverse();
    down.sort_by_key(|step| Reverse(step.phase));
    up.into_iter().chain(down).chain(commit).collect()
}
