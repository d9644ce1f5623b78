//! A plan as text for a router.
//!
//! Every command is a full-path line that stands alone: after an unknown menu line RouterOS would run the next commands
//! in the menu before it (`ROUTEROS-BEHAVIOUR` §1).

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::num::NonZeroU8;

use crate::plan::{Direction, NoGuard, Part, Phase, Plan, Step};

/// The script of one part of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseScript {
    /// The part.
    pub phase: Phase,
    /// Whether it puts something up, or takes something down.
    pub direction: Direction,
    /// Its commands, a line each.
    pub script: Vec<u8>,
}

impl Plan {
    /// The script that applies the plan; a guard of an earlier plan is disarmed first.
    ///
    /// RouterOS stops a script at its first error; what was done until then is taken back by [`Plan::undo_script`], and
    /// a new plan goes on from there.
    pub fn script(&self) -> Vec<u8> {
        self.sent("plan", &self.applied())
    }

    /// The script that applies the plan, and takes it back by itself unless [`Plan::confirm_script`] runs within so many minutes
    /// of its start, or the router starts anew before.
    ///
    /// The guard stands on the router before anything else is changed: the script `multi-isp-undo`, which holds what takes the
    /// plan back, passwords of rows that the plan removes included, and two schedulers that run it. The time has to be enough for
    /// the script, which may wait half a minute for leases, and for whoever looks whether customers are online.
    ///
    /// # Errors
    ///
    /// [`NoGuard`] where the plan was made with the finding `guard-not-possible`.
    ///
    /// # Example
    ///
    /// ```
    /// # use core::num::NonZeroU8;
    /// # use core::time::Duration;
    /// # use multi_isp::plan::{Options, plan_apply};
    /// # use multi_isp::routeros::router::{Router, Unknown};
    /// # use multi_isp::routeros::syntax::Script;
    /// # use multi_isp::site::Site;
    /// # let router = Router::from_export(
    /// #     b"# 2026-01-05 10:00:00 by RouterOS 7.22.3\n\
    /// #       /interface bridge\nadd name=bridge\n\
    /// #       /ip address\nadd address=192.168.88.1/24 interface=bridge\n\
    /// #       /ip dhcp-client\nadd interface=ether1\n\
    /// #       /ip firewall nat\nadd action=masquerade chain=srcnat\n",
    /// #     None,
    /// # )?;
    /// # let site = Site::from_json(br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
    /// #     {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
    /// #     {"id": "lte", "interface": "ether2", "access": {"type": "dhcp"}, "mbps": 20}]}"#)?;
    /// let plan = plan_apply(&site, &router, &Options::default())?;
    /// let ten = NonZeroU8::new(10).unwrap();
    /// let applied = router.run(&Script::parse(&plan.guarded_script(ten)?)?, &Unknown).router;
    ///
    /// // Nobody confirms: after ten minutes the router is what it was.
    /// let forgotten = applied.advance(Duration::from_secs(600), &Unknown).router;
    /// assert!(forgotten.diff(&router).is_empty());
    ///
    /// // Somebody does: the plan stays, and nothing of the guard.
    /// let confirmed = applied.run(&Script::parse(&plan.confirm_script())?, &Unknown).router;
    /// assert!(plan_apply(&site, &confirmed, &Options::default())?.is_empty());
    /// assert!(confirmed.table("/system/scheduler").is_empty());
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn guarded_script(&self, minutes: NonZeroU8) -> Result<Vec<u8>, NoGuard> {
        let steps = self.part(Part::Guarded(minutes))?;
        Ok(self.sent(&format!("plan, taken back after {minutes} minutes"), &steps))
    }

    /// The script that disarms the guard of the plan, which stays. It stops with an error where no guard stands: the plan may
    /// have been taken back.
    pub fn confirm_script(&self) -> Vec<u8> {
        self.sent("confirmation", &self.confirmed())
    }

    /// The script that takes the plan back, newest step first, and its guard away; harmless where a step never ran. What waited
    /// to be confirmed when the plan was made is taken back too.
    pub fn undo_script(&self) -> Vec<u8> {
        let commands: Vec<Vec<u8>> = self
            .undone()
            .iter()
            .map(|step| step.change.undo_command())
            .collect();
        let mut script = header("undo", commands.len(), self);
        commands
            .into_iter()
            .for_each(|command| push(&mut script, command));
        script
    }

    /// The plan in scripts of their own, a part each, for who sends one part and looks before the next. Every line is a command
    /// that stands alone: who sends line by line stops at the first error as RouterOS would.
    pub fn phase_scripts(&self) -> Vec<PhaseScript> {
        let steps = self.applied();
        let is_one =
            |left: &Step, right: &Step| (left.phase, left.direction) == (right.phase, right.direction);
        let parts = steps.chunk_by(is_one).filter_map(|part| {
            let first = part.first()?;
            let mut script = format!("# {}\n", first.heading()).into_bytes();
            part.iter()
                .for_each(|step| push(&mut script, step.change.command()));
            Some(PhaseScript {
                phase: first.phase,
                direction: first.direction,
                script,
            })
        });
        parts.collect()
    }

    /// Steps as a script, a heading before each part.
    fn sent(&self, what: &str, steps: &[Step]) -> Vec<u8> {
        let mut script = header(what, steps.len(), self);
        let mut heading = String::new();
        for step in steps {
            if heading != step.heading() {
                heading = step.heading();
                script.extend_from_slice(format!("\n# {heading}\n").as_bytes());
            }
            push(&mut script, step.change.command());
        }
        script
    }
}

fn header(what: &str, commands: usize, plan: &Plan) -> Vec<u8> {
    format!(
        "# multi-isp {what} for RouterOS {}: {commands} commands, each stands alone\n\
         # run it with /import, which stops at an error; then read the router and plan again, never run it twice\n",
        plan.version()
    )
    .into_bytes()
}

fn push(script: &mut Vec<u8>, command: Vec<u8>) {
    script.extend(command);
    script.push(b'\n');
}
