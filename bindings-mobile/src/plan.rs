//! Plans.

use std::fmt;
use std::sync::Arc;

use multi_isp as core;
use multi_isp::Difference;

use crate::documents::{self, Given};
use crate::error::Result;
use crate::records::{
    Balance, Customers, Differences, DriftRow, ImportCommands, Options, Outline, PhaseScripts, PlanDocument,
    Purpose, Site, Step,
};
use crate::report::Report;
use crate::router::{self, Router};
use crate::transport::{ApiCalls, RestCalls};

/// The plan that brings a router to what a site needs, proven on a copy of it.
#[uniffi::export(default(options = None))]
pub fn plan_apply(site: Site, router: &Router, options: Option<Options>) -> Result<Arc<Plan>> {
    let options = documents::read_or_usual(options)?;
    Ok(Plan::of(core::plan_apply(
        &site.read()?,
        router.core(),
        &options,
    )?))
}

/// The plan that takes everything of multi-isp off a router and puts the rows of others back as they were.
#[uniffi::export(default(options = None))]
pub fn plan_disable(router: &Router, options: Option<Options>) -> Result<Arc<Plan>> {
    Ok(Plan::of(core::plan_disable(
        router.core(),
        &documents::read_or_usual(options)?,
    )?))
}

/// The menus to read over REST or the API, each whole, before what plans, verifies or judges.
///
/// Hand over what is answered for each. A router may say that it has no such menu, as of a package that is not installed; any other
/// refusal is found where the router is read.
#[uniffi::export]
pub fn plan_reads(version: String) -> Result<Vec<String>> {
    let menus = core::plan_reads(router::version(&version)?);
    Ok(menus.into_iter().map(str::to_owned).collect())
}

/// What is not as planned on a router, and the plan that mends it.
#[uniffi::export(default(options = None))]
pub fn verify(site: Site, router: &Router, options: Option<Options>) -> Result<Arc<Drift>> {
    let options = documents::read_or_usual(options)?;
    Ok(Arc::new(Drift(core::verify(
        &site.read()?,
        router.core(),
        &options,
    )?)))
}

/// The fewest commands that make the first router mean what the second means, each as its bytes.
#[uniffi::export]
pub fn changes(before: &Router, after: &Router) -> Result<Vec<Vec<u8>>> {
    let changes = core::changes(before.core(), after.core())?;
    Ok(changes.iter().map(core::Change::command).collect())
}

/// What is sent of a plan.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Part {
    /// The steps of the plan alone.
    Plan,
    /// The steps, after a guard that takes them back unless they are confirmed in time.
    Guarded {
        /// How many minutes there are to confirm, 1 to 255.
        minutes: i64,
    },
    /// What disarms the guard: the plan stays.
    Confirm,
    /// What takes the plan back.
    Undo,
}

/// The ordered, smallest change that brings a router to what a site needs.
#[derive(Debug, uniffi::Object)]
#[uniffi::export(Display)]
pub struct Plan(core::Plan);

impl Plan {
    pub(crate) fn of(plan: core::Plan) -> Arc<Self> {
        Arc::new(Self(plan))
    }

    fn document(&self) -> PlanDocument {
        documents::written(&self.0.to_json())
    }
}

#[uniffi::export]
impl Plan {
    /// The version of RouterOS that the plan is for, as `7.22.3`.
    pub fn version(&self) -> String {
        self.0.version().to_string()
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether an earlier plan waits on the router to be confirmed: its guard would take it back.
    pub fn is_unconfirmed(&self) -> bool {
        self.0.is_unconfirmed()
    }

    /// What the plan is for.
    pub fn purpose(&self) -> Purpose {
        self.document().purpose
    }

    /// The lines as they will run, nearest first; none in a plan to disable.
    pub fn lines(&self) -> Vec<Outline> {
        self.document().lines
    }

    /// How new connections are shared by the lines; null where they are not.
    pub fn balance(&self) -> Option<Balance> {
        self.document().balance
    }

    /// Whose connections are marked, and what says that these are the customers; null where none are.
    pub fn customers(&self) -> Option<Customers> {
        self.document().customers
    }

    /// The steps in their order; what is sent stands in them, passwords included.
    pub fn steps(&self) -> Vec<Step> {
        self.document().steps
    }

    /// The findings that the plan was made with; none of them is an error.
    pub fn report(&self) -> Arc<Report> {
        Report::of(self.0.report().clone())
    }

    /// What the router was set to that the plan was made for, in a few letters.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint().to_string()
    }

    /// What would change and why, for people.
    pub fn summary(&self) -> String {
        self.0.summary()
    }

    /// The script that makes the plan, one full command a text line. Bytes: names may be in any encoding.
    pub fn script(&self) -> Vec<u8> {
        self.0.script()
    }

    /// The script that takes the plan back, newest step first; harmless where a step never ran.
    pub fn undo_script(&self) -> Vec<u8> {
        self.0.undo_script()
    }

    /// The script, after a guard that takes it back unless it is confirmed within so many minutes, 1 to 255.
    pub fn guarded_script(&self, minutes: i64) -> Result<Vec<u8>> {
        Ok(self.0.guarded_script(core::Part::guard_minutes(minutes)?)?)
    }

    /// The script that disarms the guard of the plan, which stays.
    pub fn confirm_script(&self) -> Vec<u8> {
        self.0.confirm_script()
    }

    /// The plan in scripts of their own, a part each, for who sends one part and looks before the next.
    pub fn phase_scripts(&self) -> PhaseScripts {
        documents::written(&core::PhaseScript::all_to_json(&self.0.phase_scripts()))
    }

    /// How a script of this plan is tried and run that was uploaded as `file`, in commands for a terminal or `ssh`.
    pub fn import_commands(&self, file: String) -> ImportCommands {
        documents::written(&self.0.import(&file).to_json())
    }

    /// What moved in a router since the plan was made for it; none where the plan still does what it was proven to do.
    pub fn still_valid(&self, router: &Router) -> Differences {
        let moved = self.0.still_valid(router.core());
        documents::written(&moved.map_or_else(|moved| moved.to_json(), |()| Difference::all_to_json(&[])))
    }

    /// A part of the plan as calls of the API, for the router as it was read last.
    #[uniffi::method(default(part = None))]
    pub fn api(&self, router: &Router, part: Option<Part>) -> Result<Arc<ApiCalls>> {
        Ok(ApiCalls::of(self.0.api(part_of(part)?, router.core())?))
    }

    /// A part of the plan as requests of REST, for the router as it was read last.
    #[uniffi::method(default(part = None))]
    pub fn rest(&self, router: &Router, part: Option<Part>) -> Result<Arc<RestCalls>> {
        Ok(RestCalls::of(self.0.rest(part_of(part)?, router.core())?))
    }

    /// The plan as its JSON document; what is sent stands in it, passwords included.
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }
}

impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.summary())
    }
}

/// What is not as planned on a router.
#[derive(Debug, uniffi::Object)]
#[uniffi::export(Display)]
pub struct Drift(core::Drift);

#[uniffi::export]
impl Drift {
    /// The rows that are not as planned.
    pub fn rows(&self) -> Vec<DriftRow> {
        documents::record(&self.0.rows())
    }

    /// The plan that mends it.
    pub fn plan(&self) -> Arc<Plan> {
        Plan::of(self.0.plan().clone())
    }

    /// Whether all is as planned.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What is not as planned, as text.
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// The same as its JSON document; what is sent to mend it stands in it, passwords included.
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }
}

impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn part_of(part: Option<Part>) -> Result<core::Part> {
    Ok(match part {
        None | Some(Part::Plan) => core::Part::Plan,
        Some(Part::Guarded { minutes }) => core::Part::Guarded(core::Part::guard_minutes(minutes)?),
        Some(Part::Confirm) => core::Part::Confirm,
        Some(Part::Undo) => core::Part::Undo,
    })
}
