//! What is sent of a plan, and when.

use alloc::vec::Vec;
use core::num::NonZeroU8;

use super::diff::with_renewal;
use super::{Change, NoGuard, Phase, Plan, Step};

/// What is sent of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The steps of the plan alone. A guard that an earlier plan left armed is disarmed before.
    Plan,
    /// The steps, after a guard that takes them back unless they are confirmed within so many minutes.
    Guarded(NonZeroU8),
    /// What disarms the guard: the plan stays.
    Confirm,
    /// What takes the plan back, newest step first, and disarms the guard; harmless where a step never ran.
    Undo,
}

impl Plan {
    /// The steps of a part of the plan, in their order.
    ///
    /// # Errors
    ///
    /// [`NoGuard`] where a guard is asked for and the router, or the user, cannot have one.
    pub fn part(&self, part: Part) -> Result<Vec<Step>, NoGuard> {
        Ok(match part {
            Part::Plan => self.applied(),
            Part::Guarded(minutes) => self.possible_guard()?.around(minutes, &self.steps),
            Part::Confirm => self.confirmed(),
            Part::Undo => self.undone(),
        })
    }

    /// [`Part::Plan`].
    pub(crate) fn applied(&self) -> Vec<Step> {
        let steps = self.steps.iter().cloned();
        self.pending.disarm().into_iter().chain(steps).collect()
    }

    /// [`Part::Confirm`].
    pub(crate) fn confirmed(&self) -> Vec<Step> {
        self.guard().confirm()
    }

    /// [`Part::Undo`].
    pub(crate) fn undone(&self) -> Vec<Step> {
        self.inverse().chain(self.guard().give_back()).collect()
    }

    /// The steps that take the plan back, newest first; what moved goes to its place when all is there again.
    pub(super) fn inverse(&self) -> impl Iterator<Item = Step> + '_ {
        let stays = |step: &&Step| !matches!(step.change, Change::Move { .. });
        let back = |step: &Step| Some(Step::down(step.phase, step.change.inverse()?, TAKEN_BACK));
        let back = self
            .steps
            .iter()
            .rev()
            .filter(stays)
            .filter_map(back)
            .flat_map(with_renewal);
        let order = self.order_back.iter().cloned();
        back.chain(order.map(|change| Step::down(Phase::Marks, change, TAKEN_BACK)))
    }
}

const TAKEN_BACK: &str = "it is taken back";
