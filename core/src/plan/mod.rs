//! The ordered difference between what a site needs and what a router has.
//!
//! ```text
//!  Desired + Router --diff--> Step steps --order--> steps --places--> Plan --inverse--> undo
//!                                ^
//!                  Record -------'   the original values of foreign rows, kept on the router itself
//! ```
//!
//! A plan to disable is the difference to a router that needs nothing of us: there is one way to make a plan.

mod between;
mod change;
mod diff;
mod error;
mod fingerprint;
mod foreign;
mod gate;
mod guard;
mod options;
mod order;
mod own;
mod part;
mod phase;
mod places;
mod proof;
mod properties;
mod read;
mod reads;
mod record;
mod steady;
mod step;
mod summary;
mod target;
mod valid;
mod verify;

use alloc::vec::Vec;

use serde::Serialize;

pub use between::changes;
pub use change::{Assignment, Change, Commands, NewValue};
pub use error::PlanError;
pub use fingerprint::Fingerprint;
pub use guard::NoGuard;
use guard::Pending;
pub use options::Options;
pub use part::Part;
pub use phase::Phase;
pub use properties::Properties;
pub use reads::plan_reads;
use record::Record;
pub use step::{Direction, Step};
pub use target::Target;
pub(crate) use target::kind;
use valid::MadeFor;
pub use valid::Moved;
pub use verify::{Deviation, Drift, DriftRow, Fault, verify};

use crate::desired::{self, Balance, Desired, Outline};
use crate::preflight;
use crate::routeros::router::Router;
use crate::routeros::schema;
use crate::routeros::version::Version;
use crate::rule::Report;
use crate::site::Site;
use crate::survey::{self, Customers};

/// The ordered, smallest change that brings a router to what a site needs.
///
/// # Example
///
/// ```
/// use multi_isp::plan::{Options, plan_apply};
/// use multi_isp::routeros::router::{Router, Unknown};
/// use multi_isp::routeros::syntax::Script;
/// use multi_isp::site::Site;
///
/// let router = Router::from_export(
///     b"# 2026-01-05 10:00:00 by RouterOS 7.22.3\n\
///       /interface bridge\nadd name=bridge\n\
///       /ip address\nadd address=192.168.88.1/24 interface=bridge\n\
///       /ip dhcp-client\nadd interface=ether1\n\
///       /ip firewall nat\nadd action=masquerade chain=srcnat\n",
///     None,
/// )?;
/// let site = Site::from_json(br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
///     {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
///     {"id": "lte", "interface": "ether2", "access": {"type": "dhcp"}, "mbps": 20}]}"#)?;
///
/// let plan = plan_apply(&site, &router, &Options::default())?;
/// let outcome = router.run(&Script::parse(&plan.script())?, &Unknown);
/// assert!(outcome.error.is_none());
/// assert!(plan_apply(&site, &outcome.router, &Options::default())?.is_empty());
///
/// let undone = outcome.router.run(&Script::parse(&plan.undo_script())?, &Unknown);
/// assert!(undone.router.diff(&router).is_empty());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    purpose: Purpose,
    made_for: MadeFor,
    outline: Vec<Outline>,
    version: Version,
    report: Report,
    balance: Option<Balance>,
    customers: Option<Customers>,
    /// What an earlier plan left to be confirmed.
    pending: Pending,
    steps: Vec<Step>,
    /// What puts rows back in their order where steps move some.
    order_back: Vec<Change>,
}

/// What a plan is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// To bring a router to what a site needs.
    Apply,
    /// To take everything of ours off a router.
    Disable,
}

impl Plan {
    /// The name and version of the plan's JSON document.
    pub const SCHEMA: &'static str = "multi-isp/plan/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("plan.schema.json");

    /// The findings that the plan was made with; none of them is an error.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// What the plan is for.
    pub fn purpose(&self) -> Purpose {
        self.purpose
    }

    /// The lines as they will run, nearest first; none in a plan to disable.
    pub fn outline(&self) -> &[Outline] {
        &self.outline
    }

    /// How new connections are shared by the lines; `None` where they are not.
    pub fn balance(&self) -> Option<&Balance> {
        self.balance.as_ref()
    }

    /// Whose connections are marked, and what says that these are the customers; `None` where none are.
    pub fn customers(&self) -> Option<&Customers> {
        self.customers.as_ref()
    }

    /// The version of RouterOS that the plan is for.
    pub fn version(&self) -> Version {
        self.version
    }

    /// The steps in their order.
    pub fn steps(&self) -> &[Step] {
        &self.steps
    }

    /// Whether there is nothing to send: the router is as the site needs it, or nothing of ours stands on it where that is to
    /// be disabled, and no earlier plan waits to be confirmed, which the router would take back.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && !self.is_unconfirmed()
    }

    /// Whether an earlier plan waits on the router to be confirmed: its guard would take it back.
    ///
    /// This plan takes over: alone it disarms that guard first; with a guard of its own, that one takes both back, as does
    /// [`Part::Undo`].
    pub fn is_unconfirmed(&self) -> bool {
        !self.pending.is_empty()
    }
}

/// The plan that brings `router` to what `site` needs, proven on a copy of it.
///
/// # Errors
///
/// [`PlanError::Refused`] with the report where preflight finds an error; [`PlanError::VersionUnknown`] and
/// [`PlanError::VersionTooOld`] where nothing can be planned for the router's version; [`PlanError::NotInVersion`] where that has not what the site needs; [`PlanError::Probes`] where probe
/// hosts run out; [`PlanError::NameTaken`] where somebody else's row stands in the way; [`PlanError::AmbiguousRow`] where a row of somebody else cannot be told from another one;
/// [`PlanError::UnreadableRecord`] where somebody edited the script that remembers original values;
/// [`PlanError::Unproven`] where the plan does not do on a copy of the router what it should.
pub fn plan_apply(site: &Site, router: &Router, options: &Options) -> Result<Plan, PlanError> {
    let version = version(router)?;
    let report = preflight::preflight(site, router, &options.context);
    let report = judged(report, router, options)?;
    let desire = |router: &Router| -> Result<Desired, PlanError> {
        let original = Record::read(router)?.original(router)?;
        let replaced = survey::replaced(site, &original, router, options.context.existing);
        Ok(desired::desired(
            site,
            &survey::without(&original, &replaced),
            &replaced,
        )?)
    };
    let remaining =
        |router: &Router| -> Result<Vec<Step>, PlanError> { diff::steps(&desire(router)?, router) };
    let desired = desire(router)?;
    let steps = diff::steps(&desired, router)?;
    let plan = Plan {
        purpose: Purpose::Apply,
        made_for: MadeFor::new(router),
        outline: desired.outline,
        version,
        report,
        balance: desired.balance,
        customers: desired.customers,
        pending: Pending::read(router),
        order_back: places::order_back(&steps, router),
        steps,
    };
    proof::proven(gate::gated(plan)?, router, remaining)
}

/// The plan that takes everything of ours off `router` and puts the rows of others back as they were.
///
/// # Errors
///
/// Those of [`plan_apply`], preflight's and the probes' apart.
pub fn plan_disable(router: &Router, options: &Options) -> Result<Plan, PlanError> {
    let version = version(router)?;
    let report = preflight::preflight_disable(router, &options.context);
    let report = judged(report, router, options)?;
    let remaining = |router: &Router| diff::steps(&Desired::default(), router);
    let steps = remaining(router)?;
    let plan = Plan {
        purpose: Purpose::Disable,
        made_for: MadeFor::new(router),
        outline: Vec::new(),
        version,
        report,
        balance: None,
        customers: None,
        pending: Pending::read(router),
        order_back: places::order_back(&steps, router),
        steps,
    };
    proof::proven(gate::gated(plan)?, router, remaining)
}

/// The report with what the record on the router lost, where neither holds an error.
fn judged(report: Report, router: &Router, options: &Options) -> Result<Report, PlanError> {
    let accepted = |report: Report| match report.blocks() {
        true => Err(PlanError::Refused(report)),
        false => Ok(report),
    };
    let report = accepted(report)?;
    let lost = Record::read(router)?.lost(router);
    accepted(report.with(lost).at(&options.context.levels))
}

fn version(router: &Router) -> Result<Version, PlanError> {
    let version = router.version().ok_or(PlanError::VersionUnknown)?;
    if version < OLDEST {
        Err(PlanError::VersionTooOld { version })
    } else {
        Ok(version)
    }
}

/// The oldest version whose lease scripts tell the gateway \[changelog 6.40\].
const OLDEST: Version = Version::new(6, 40, 0);

/// Whether the order of a menu's rows means something.
fn is_ordered(menu: &str) -> bool {
    schema::menu(menu).is_some_and(|menu| menu.ordered())
}

/// Whether a menu is one row of settings.
fn is_single(menu: &str) -> bool {
    schema::menu(menu).is_some_and(|menu| menu.single())
}
