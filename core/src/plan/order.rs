//! Make before break: what comes in the order of the phases, then what goes in the opposite order.

use alloc::vec::Vec;
use core::cmp::Reverse;

use super::draft::{Direction, Draft};
use super::{Phase, Step};

/// The steps in the order in which they are safe: after each of them every customer still has a way out.
pub(super) fn ordered(mut draft: Vec<Draft>) -> Vec<Step> {
    // Rows of one phase stay in the order in which they were desired; what goes down goes newest first.
    let (mut up, mut down): (Vec<Draft>, Vec<Draft>) =
        draft.drain(..).partition(|draft| place(draft).0 != Stage::Down);
    up.sort_by_key(place);
    down.reverse();
    down.sort_by_key(|draft| Reverse(draft.step.phase));
    let last = up
        .iter()
        .position(|draft| place(draft).0 == Stage::Commit)
        .unwrap_or(up.len());
    let commit = up.split_off(last);
    up.into_iter()
        .chain(down)
        .chain(commit)
        .map(|draft| draft.step)
        .collect()
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Stage {
    Up,
    Down,
    Commit,
}

fn place(draft: &Draft) -> (Stage, Phase) {
    let stage = match (draft.direction, draft.step.phase) {
        (_, Phase::Commit) => Stage::Commit,
        (Direction::Up, _) => Stage::Up,
        (Direction::Down, _) => Stage::Down,
    };
    (stage, draft.step.phase)
}
