//! One step of a plan.

use alloc::string::String;

use serde::Serialize;

use super::{Change, Phase};

/// One step of a plan.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// The part of the plan that it belongs to.
    pub phase: Phase,
    /// Whether it puts something up, or takes something down after that.
    pub direction: Direction,
    /// What it changes.
    pub change: Change,
    /// Why, in one sentence.
    pub reason: String,
}

/// Whether a step puts something up, or takes something down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// What is wanted comes, in the order of the phases.
    Up,
    /// What is not wanted any more goes, in the opposite order.
    Down,
}

impl Step {
    pub(super) fn up(phase: Phase, change: Change, reason: impl Into<String>) -> Self {
        Self {
            phase,
            direction: Direction::Up,
            change,
            reason: reason.into(),
        }
    }

    pub(super) fn down(phase: Phase, change: Change, reason: impl Into<String>) -> Self {
        Self {
            phase,
            direction: Direction::Down,
            change,
            reason: reason.into(),
        }
    }

    /// Whether it changes a row of somebody else.
    pub(super) fn takes_a_foreign_row(&self) -> bool {
        let Change::Set { menu, target, .. } = &self.change else {
            return false;
        };
        self.direction == Direction::Up && !target.is_ours(menu)
    }

    /// The name of its part of the plan, and what that part is for.
    pub fn heading(&self) -> String {
        alloc::format!("{}: {}", self.phase.name(), self.phase.purpose(self.direction))
    }
}
