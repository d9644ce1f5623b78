//! What is wanted of a router: rows of ours, and changes to rows that are not.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::Balance;
use crate::failover::Detection;
use crate::routeros::router::RowId;
use crate::routeros::schema;
use crate::routeros::value::Value;
use crate::survey::{Customers, Role, SITE_SUBJECT, Tag};

/// What a site needs: rows of ours in the order in which their menus must hold them, and changes to foreign rows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Desired {
    /// Rows of ours.
    pub rows: Vec<DesiredRow>,
    /// Changes to rows that somebody else made, whether or not they are made already.
    pub changes: Vec<ForeignChange>,
    /// Static defaults of somebody else whose line is known.
    pub defaults: Vec<RowId>,
    /// Interfaces that must not be slaves of a bridge.
    pub routed: Vec<Value>,
    /// Lines whose routes may need the gateway of the lease that their client has now.
    pub leases: Vec<Lease>,
    /// The line whose default is in use today, where its routes are checked before the switch.
    pub switch: Option<Switch>,
    /// The lines as they will run, nearest first.
    pub outline: Vec<Outline>,
    /// How new connections are shared by the lines; `None` where they are not.
    pub balance: Option<Balance>,
    /// Whose connections are marked; `None` where none are.
    pub customers: Option<Customers>,
}

/// A line as it will run.
#[derive(Clone, Debug, PartialEq)]
pub struct Outline {
    /// The line's id.
    pub id: String,
    /// Its interface.
    pub interface: Value,
    /// The distance of its default in the main table.
    pub distance: u8,
    /// How long it takes until its failure is noticed; `None` where the operator switches by hand.
    pub detection: Option<Detection>,
    /// Whether its data is paid for by volume.
    pub metered: bool,
    /// About how many bytes a month its probes cost, both ways; `None` where nothing far is pinged.
    pub probe_bytes: Option<u64>,
}

/// A line whose next hop comes from a lease that this picture of the router does not show.
#[derive(Clone, Debug, PartialEq)]
pub struct Lease {
    /// The line's id.
    pub line: String,
    /// The interface of its client.
    pub interface: Value,
    /// The command that gives the line's routes the gateway of its lease.
    pub seed: Vec<u8>,
    /// Whether these are the host routes of its probes, over which its defaults lead.
    pub is_of_probes: bool,
}

/// What must be seen before ISP 1's old default steps back.
#[derive(Clone, Debug, PartialEq)]
pub struct Switch {
    /// The command that waits as long as a dead line may look alive.
    pub wait: Vec<u8>,
    /// Why it waits, in one sentence.
    pub wait_reason: &'static str,
    /// The command that stops the script unless a new route of the line works.
    pub verify: Vec<u8>,
}

/// A row of ours.
#[derive(Clone, PartialEq)]
pub struct DesiredRow {
    /// Its tag, which is its comment.
    pub tag: Tag,
    /// Its configuration, the comment left out.
    pub properties: Vec<(&'static str, Value)>,
    /// What sets some of its properties from now on; `None` where nothing but a plan does.
    pub keeper: Option<Keeper>,
    /// Whether the row must stand before every static row of its chain.
    pub leads_chain: bool,
    /// The foreign row that it comes to stand before when it is added: that would take its packets.
    pub before: Option<RowId>,
}

/// What on the router keeps properties of a row up to date: a plan never compares those.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    /// The script that runs with the lease of its line.
    Lease,
    /// The netwatch of the probe that it leads over.
    Watch,
    /// The netwatch of the host that it is the note of.
    State,
    /// The script that reports the lines.
    Report,
}

impl Keeper {
    /// The properties that it keeps.
    pub fn properties(self) -> &'static [&'static str] {
        match self {
            Self::Lease => &["gateway", "disabled"],
            Self::Watch | Self::State | Self::Report => &["disabled"],
        }
    }
}

/// Secrets are not shown.
impl fmt::Debug for DesiredRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self
            .properties
            .iter()
            .map(|(name, value)| (name, schema::shown(name, value)));
        write!(f, "{} ", self.tag)?;
        f.debug_map().entries(shown).finish()
    }
}

impl DesiredRow {
    /// A row that serves the whole site.
    pub fn site(role: Role, number: usize) -> Self {
        Self::new(role, SITE_SUBJECT, number)
    }

    /// A row that serves `subject`.
    pub fn new(role: Role, subject: &str, number: usize) -> Self {
        Self {
            tag: Tag::new(role, subject, number),
            properties: Vec::new(),
            keeper: None,
            leads_chain: false,
            before: None,
        }
    }

    /// The row with a property more.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.properties.push((name, value.into()));
        self
    }

    /// The row with its name, where its menu names rows.
    pub fn named(self, subject: &str) -> Self {
        self.with("name", crate::survey::name(subject))
    }

    /// The row's menu.
    pub fn menu(&self) -> &'static str {
        self.tag.role().menu()
    }

    /// The configuration with the tag, which is a comment or a name.
    pub fn configuration(&self) -> impl Iterator<Item = (&'static str, Value)> {
        let tag = (Tag::property(self.menu()), Value::from(self.tag.text()));
        self.properties.iter().cloned().chain(core::iter::once(tag))
    }
}

/// A change to a row that somebody else made.
#[derive(Clone, Debug, PartialEq)]
pub struct ForeignChange {
    /// The row's menu.
    pub menu: &'static str,
    /// The row; `None` for the one row of a menu of settings, which a compact export may leave out.
    pub row: Option<RowId>,
    /// What happens to it.
    pub edit: ForeignEdit,
    /// Whether a default that is in use steps back: that waits until ours are seen to work.
    pub steps_back: bool,
    /// Why, in one sentence.
    pub reason: String,
}

/// What happens to a foreign row.
#[derive(Clone, Debug, PartialEq)]
pub enum ForeignEdit {
    /// Properties get other values.
    Set(Vec<(&'static str, Setting)>),
    /// The row goes: a port leaves its bridge.
    Remove,
}

/// What a property of a foreign row is set to.
#[derive(Clone, Debug, PartialEq)]
pub enum Setting {
    /// This value.
    To(Value),
    /// What the router reports as this property of the same row when the command runs.
    Reported(&'static str),
}

impl ForeignChange {
    /// Whether the change is about this property.
    pub fn sets(&self, property: &str) -> bool {
        matches!(&self.edit, ForeignEdit::Set(settings) if settings.iter().any(|(name, _)| *name == property))
    }
}
