//! What of a plan that was applied does not stand on the router any more.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::diff::tag;
use super::{
    Assignment, Change, NewValue, Options, Plan, PlanError, Properties, Step, Target, plan_apply, summary,
};
use crate::routeros::router::Router;
use crate::routeros::value::equal;
use crate::site::Site;
use crate::survey::{SITE_SUBJECT, Tag};

/// What is not as planned, row by row, with the plan that mends it.
///
/// As text it is what a technician reads; as JSON a document of schema [`Drift::SCHEMA`].
#[derive(Clone, Debug, PartialEq)]
pub struct Drift {
    rows: Vec<DriftRow>,
    plan: Plan,
}

/// A row that is not as planned.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct DriftRow {
    /// The row's menu.
    pub menu: String,
    /// What is wrong with it.
    #[serde(flatten)]
    pub fault: Fault,
    /// By what it is known: all of it where it is missing or left over.
    pub row: Properties,
    /// The line that it serves; `None` where it serves the whole site, or is somebody else's.
    pub line: Option<String>,
    /// What it is for, in one sentence.
    pub purpose: String,
}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "fault")]
pub enum Fault {
    /// It is not there.
    Missing,
    /// It is there, and set to something else.
    Changed {
        /// Each property that is not as planned.
        properties: Vec<Deviation>,
    },
    /// It is there, and nothing needs it.
    LeftOver,
    /// It stands elsewhere than the order of the menu's rows asks for.
    Misplaced,
}

/// A property that is not as planned.
#[derive(Clone, PartialEq)]
pub struct Deviation {
    /// The property.
    pub name: String,
    /// What it is.
    pub found: NewValue,
    /// What it should be.
    pub planned: NewValue,
}

impl Drift {
    /// The name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/drift/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("drift.schema.json");

    /// The rows that are not as planned.
    pub fn rows(&self) -> &[DriftRow] {
        &self.rows
    }

    /// The plan that mends them.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Whether the router is as planned.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }
}

/// What of `site` does not stand on `router` as [`plan_apply`] would have it, with the plan that mends it: its steps, told as what is
/// wrong today.
///
/// Not compared, because a plan compares it neither:
///
/// * `gateway` and `disabled` of a route whose next hop comes from a lease, as long as it leads over the port of its line;
///   `disabled` of the defaults that the netwatch of a metered line switches;
/// * the `owner` of a script, and passwords and PINs that the picture of the router does not show;
/// * the script `multi-isp-restore`, which remembers original values and nothing else knows what it said; and what it remembers of a row that
///   is gone or that the site needs no more;
/// * rows of others and their place, but for the properties that the site needs changed in them; hence where ours stand among those of
///   others, but for the jumps that lead their chain;
/// * what is no row of the configuration: leases, links, connections.
///
/// A guard that waits to be confirmed is no drift: ask [`Plan::is_unconfirmed`].
///
/// # Example
///
/// ```
/// use multi_isp::plan::{Options, plan_apply, verify};
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
/// let options = Options::default();
/// let run = |router: &Router, script: &[u8]| Script::parse(script).map(|script| router.run(&script, &Unknown).router);
///
/// let applied = run(&router, &plan_apply(&site, &router, &options)?.script())?;
/// assert!(verify(&site, &applied, &options)?.is_empty());
///
/// let spoilt = run(&applied, b"/ip dhcp-client set [find where interface=ether2] add-default-route=no")?;
/// let drift = verify(&site, &spoilt, &options)?;
/// println!("{drift}");
///
/// let mended = run(&spoilt, &drift.plan().script())?;
/// assert!(verify(&site, &mended, &options)?.is_empty());
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
///
/// # Errors
///
/// Those of [`plan_apply`]: a router that the site cannot be planned for any more is not judged row by row. Preflight refuses it, with
/// what is in the way, also where the script `multi-isp-restore` is gone and ISP 1 stands where a plan put it, or where a line
/// was put into another of the firewall's lists.
pub fn verify(site: &Site, router: &Router, options: &Options) -> Result<Drift, PlanError> {
    let plan = plan_apply(site, router, options)?;
    Ok(Drift {
        rows: told(plan.steps()),
        plan,
    })
}

/// Steps as what is wrong today, a row or two for each row that they mend.
fn told(steps: &[Step]) -> Vec<DriftRow> {
    let mut mended: Vec<Mended<'_>> = Vec::new();
    for step in steps {
        let Some(subject) = Subject::of(&step.change) else {
            continue;
        };
        let place = mended.iter().position(|known| known.subject == subject);
        let place = place.unwrap_or_else(|| {
            mended.push(Mended::new(subject, step));
            mended.len().saturating_sub(1)
        });
        if let Some(known) = mended.get_mut(place) {
            known.follow(&step.change);
        }
    }
    mended.iter().flat_map(Mended::rows).collect()
}

/// What row a change is about.
#[derive(Clone, PartialEq)]
enum Subject {
    /// One of ours, also where another row takes its place.
    Ours(Tag),
    /// Somebody else's.
    Foreign(String, Target),
}

impl Subject {
    fn of(change: &Change) -> Option<Self> {
        let (menu, target) = match change {
            Change::Add { menu, row, .. } => (menu, Target::Where(row.clone())),
            Change::Set { menu, target, .. }
            | Change::Remove { menu, target, .. }
            | Change::Move { menu, target, .. } => (menu, target.clone()),
            Change::Run { .. } => return None,
        };
        let own = match &target {
            Target::Where(row) => tag(menu, row),
            _ => None,
        };
        Some(own.map_or_else(|| Self::Foreign(menu.clone(), target), Self::Ours))
    }
}

/// What all steps of a plan do to one row.
struct Mended<'a> {
    subject: Subject,
    step: &'a Step,
    added: Option<&'a Properties>,
    removed: Option<&'a Properties>,
    set: Vec<Deviation>,
    moves: bool,
}

impl<'a> Mended<'a> {
    fn new(subject: Subject, step: &'a Step) -> Self {
        Self {
            subject,
            step,
            added: None,
            removed: None,
            set: Vec::new(),
            moves: false,
        }
    }

    fn follow(&mut self, change: &'a Change) {
        match change {
            Change::Add { row, .. } => self.added = Some(row),
            Change::Remove { row, .. } => self.removed = Some(row),
            Change::Move { .. } => self.moves = true,
            Change::Set { values, .. } => values.iter().for_each(|value| self.assign(value)),
            Change::Run { .. } => {}
        }
    }

    /// What was found first and what is planned last: between the two a row may be off for a while.
    fn assign(&mut self, value: &Assignment) {
        match self.set.iter_mut().find(|known| known.name == value.name) {
            Some(known) => known.planned = value.to.clone(),
            None => self.set.push(Deviation {
                name: value.name.clone(),
                found: value.from.clone(),
                planned: value.to.clone(),
            }),
        }
    }

    fn rows(&self) -> Vec<DriftRow> {
        let changed = |properties: Vec<Deviation>| {
            let differs = !properties.is_empty();
            differs.then(|| self.row(Fault::Changed { properties }, self.known_by()))
        };
        match (self.added, self.removed) {
            (Some(added), Some(removed)) => changed(self.replaced(removed, added)).into_iter().collect(),
            (Some(row), None) => alloc::vec![self.row(Fault::Missing, row.clone())],
            (None, Some(row)) => alloc::vec![self.row(Fault::LeftOver, row.clone())],
            (None, None) => {
                let set = self.set.iter().filter(|value| value.found != value.planned);
                let misplaced = self.moves.then(|| self.row(Fault::Misplaced, self.known_by()));
                changed(set.cloned().collect())
                    .into_iter()
                    .chain(misplaced)
                    .collect()
            }
        }
    }

    /// The properties in which a row differs from the one that takes its place.
    fn replaced(&self, old: &Properties, new: &Properties) -> Vec<Deviation> {
        let value = |row: &Properties, name: &str| {
            let found = row.iter().find(|(own, _)| own == name);
            found.map_or(NewValue::Unset, |(_, value)| NewValue::Given(value.clone()))
        };
        let first = |name: &str| {
            let set = self.set.iter().find(|value| value.name == name);
            set.map_or_else(|| value(old, name), |value| value.found.clone())
        };
        let mut names: Vec<&str> = new
            .iter()
            .chain(old.iter())
            .map(|(name, _)| name.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        let deviations = names.into_iter().map(|name| Deviation {
            name: name.to_string(),
            found: first(name),
            planned: value(new, name),
        });
        let menu = self.step.change.menu().unwrap_or_default();
        deviations.filter(|value| !value.is_same(menu)).collect()
    }

    fn row(&self, fault: Fault, row: Properties) -> DriftRow {
        let (line, purpose) = match &self.subject {
            Subject::Ours(tag) => {
                let line = Some(tag.subject()).filter(|subject| *subject != SITE_SUBJECT);
                (line.map(String::from), tag.role().purpose().to_string())
            }
            Subject::Foreign(..) => (None, self.step.reason.clone()),
        };
        DriftRow {
            menu: self.step.change.menu().unwrap_or_default().to_string(),
            fault,
            row,
            line,
            purpose,
        }
    }

    /// Our tag, or what tells a foreign row from the others.
    fn known_by(&self) -> Properties {
        let menu = self.step.change.menu().unwrap_or_default();
        match &self.subject {
            Subject::Ours(tag) => [(Tag::property(menu).to_string(), tag.text().into())].into(),
            Subject::Foreign(_, Target::Where(row)) => row.clone(),
            Subject::Foreign(..) => Properties::default(),
        }
    }
}

impl Deviation {
    /// Whether both are the same in other words; what is not set is at its default.
    fn is_same(&self, menu: &str) -> bool {
        let kind = super::target::kind(menu, &self.name);
        match (&self.found, &self.planned, kind) {
            (NewValue::Given(found), NewValue::Given(planned), Some(kind)) => equal(kind, found, planned),
            (found, planned, _) => found == planned,
        }
    }
}

/// Secrets are not shown.
impl fmt::Debug for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (found, planned) = (self.found.shown(&self.name), self.planned.shown(&self.name));
        write!(f, "{}: {found:?}, planned {planned:?}", self.name)
    }
}

/// Secrets are not shown.
impl Serialize for Deviation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut deviation = serializer.serialize_struct("Deviation", 3)?;
        deviation.serialize_field("name", &self.name)?;
        deviation.serialize_field("found", &self.found.shown(&self.name))?;
        deviation.serialize_field("planned", &self.planned.shown(&self.name))?;
        deviation.end()
    }
}

/// What is wrong, and how many steps mend it.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("the router is as planned");
        }
        let plural = |count: usize, noun: &str| match count {
            1 => alloc::format!("1 {noun}"),
            count => alloc::format!("{count} {noun}s"),
        };
        let (rows, steps) = (
            plural(self.rows.len(), "fault"),
            plural(self.plan.steps().len(), "step"),
        );
        write!(f, "{rows}, which a plan of {steps} mends")?;
        self.rows.iter().try_for_each(|row| write!(f, "\n{row}"))
    }
}

impl fmt::Display for DriftRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let known = self.row.iter().map(|(name, value)| (name.as_str(), value));
        let fault = match &self.fault {
            Fault::Missing => "missing",
            Fault::Changed { .. } => "changed",
            Fault::LeftOver => "left over",
            Fault::Misplaced => "misplaced",
        };
        write!(f, "  {fault}: {}  {}", self.menu, summary::properties(known))?;
        if let Fault::Changed { properties } = &self.fault {
            let values = properties.iter().map(Deviation::to_string);
            write!(f, "  {}", values.collect::<Vec<_>>().join(", "))?;
        }
        match &self.line {
            Some(line) => write!(f, "\n    line {line}: {}", self.purpose),
            None => write!(f, "\n    {}", self.purpose),
        }
    }
}

impl fmt::Display for Deviation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&summary::deviation(&self.name, &self.found, &self.planned))
    }
}
