//! What is sent of a plan, and when.

use alloc::format;
use alloc::vec::Vec;
use core::num::NonZeroU8;

use super::diff::with_renewal;
use super::{Change, NoGuard, Phase, Plan, Step};
use crate::diagnostic::Code;
use crate::document::{DocumentErrors, fault};

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

impl Part {
    /// The part of that name: `plan`, `guarded`, `confirm` or `undo`. A guard takes minutes, 1 to 255, and nothing else does.
    ///
    /// # Errors
    ///
    /// `unknown-value` of `part` or `minutes`; `missing-field` where a guard is not told its minutes.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::Part;
    ///
    /// assert_eq!(Part::named("undo", None), Ok(Part::Undo));
    /// let errors = Part::named("guarded", None).unwrap_err();
    /// assert_eq!(errors.to_string(), "error[missing-field]: `minutes`: is missing");
    /// ```
    pub fn named(name: &str, minutes: Option<i64>) -> Result<Self, DocumentErrors> {
        let part = match name {
            "plan" => Self::Plan,
            "confirm" => Self::Confirm,
            "undo" => Self::Undo,
            "guarded" => {
                let minutes =
                    minutes.ok_or_else(|| fault(MISSING_FIELD, "minutes", "is missing", MINUTES))?;
                return Self::guard_minutes(minutes).map(Self::Guarded);
            }
            _ => {
                let message = format!("does not know `{}`", name.escape_default());
                let help = "write one of `plan`, `guarded`, `confirm`, `undo`";
                return Err(fault(UNKNOWN_VALUE, "part", message, help).into());
            }
        };
        match minutes {
            None => Ok(part),
            Some(_) => {
                let message = format!("is not for the part `{name}`");
                let help = "leave it out, or ask for the part `guarded`";
                Err(fault(UNKNOWN_VALUE, "minutes", message, help).into())
            }
        }
    }

    /// The minutes that a guard waits for a confirmation, 1 to 255.
    ///
    /// # Errors
    ///
    /// `unknown-value` of `minutes` where it cannot wait so long.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::Part;
    ///
    /// assert_eq!(Part::guard_minutes(10).map(u8::from), Ok(10));
    /// let errors = Part::guard_minutes(300).unwrap_err();
    /// assert_eq!(errors.to_string(), "error[unknown-value]: `minutes`: does not know `300`");
    /// ```
    pub fn guard_minutes(minutes: i64) -> Result<NonZeroU8, DocumentErrors> {
        let fits = u8::try_from(minutes).ok().and_then(NonZeroU8::new);
        fits.ok_or_else(|| {
            fault(
                UNKNOWN_VALUE,
                "minutes",
                format!("does not know `{minutes}`"),
                MINUTES,
            )
            .into()
        })
    }
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

const MINUTES: &str = "say how many minutes there are to confirm the plan, 1 to 255";
const TAKEN_BACK: &str = "it is taken back";

const UNKNOWN_VALUE: Code = Code::new("unknown-value");
const MISSING_FIELD: Code = Code::new("missing-field");

#[cfg(test)]
mod tests {
    use std::vec;

    use super::*;

    #[test]
    fn every_part_has_its_name_and_a_guard_its_minutes() {
        let five = NonZeroU8::new(5).unwrap();
        assert_eq!(Part::named("guarded", Some(5)), Ok(Part::Guarded(five)));
        assert_eq!(Part::named("plan", None), Ok(Part::Plan));
        assert_eq!(Part::named("confirm", None), Ok(Part::Confirm));
        for (name, minutes, code, field) in [
            ("guard", None, "unknown-value", "part"),
            ("guarded", Some(0), "unknown-value", "minutes"),
            ("guarded", Some(-1), "unknown-value", "minutes"),
            ("guarded", Some(256), "unknown-value", "minutes"),
            ("guarded", None, "missing-field", "minutes"),
            ("undo", Some(5), "unknown-value", "minutes"),
        ] {
            let errors = Part::named(name, minutes).unwrap_err().into_diagnostics();
            let found: Vec<_> = errors
                .iter()
                .map(|fault| (fault.code.as_str(), fault.subjects[0].name()))
                .collect();
            assert_eq!(found, vec![(code, field)]);
        }
    }
}
