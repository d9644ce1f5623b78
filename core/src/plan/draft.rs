//! Steps before they are ordered.

use alloc::string::String;

use super::{Change, Phase, Step};

/// A step with the direction that decides its place: what comes is put up, what goes is taken down.
pub(super) struct Draft {
    pub direction: Direction,
    pub step: Step,
}

/// Whether a step belongs to what is put up, or to what is taken down after that.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Direction {
    Up,
    Down,
}

impl Draft {
    pub(super) fn up(phase: Phase, change: Change, reason: impl Into<String>) -> Self {
        Self {
            direction: Direction::Up,
            step: Step {
                phase,
                change,
                reason: reason.into(),
            },
        }
    }

    pub(super) fn down(phase: Phase, change: Change, reason: impl Into<String>) -> Self {
        Self {
            direction: Direction::Down,
            step: Step {
                phase,
                change,
                reason: reason.into(),
            },
        }
    }
}
