//! The values of multi-isp, made by `cargo xtask types` from the JSON Schemas of core.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// What is told of a site, and after how long.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct AlertOptions {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/alert-options/1")]
    pub schema: String,
    /// Whether anything is told at all; yes where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enabled: Option<bool>,
    /// For how many seconds a line must be down before that is told, and the router silent; 0 where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub down_after: Option<i64>,
    /// For how many seconds it must be up again before that is told; 0 where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_after: Option<i64>,
    /// Whether it is told that the router does not answer, and hidden what is told of its lines meanwhile; yes where
    /// it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub router: Option<bool>,
    /// Whether lines that are all down are told as one, and hidden what is told of each meanwhile; yes where it is
    /// not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub all_lines: Option<bool>,
    /// After how many seconds something that was told to be down, and still is, is told again; never where it is not
    /// said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reminder: Option<i64>,
    /// Ids of lines that nothing is told of; none where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quiet: Option<Vec<String>>,
}

/// The router, or all lines together.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Track {
    /// How it is, flaps left out.
    pub up: bool,
    /// When the first reading said so; null where the very first one did.
    #[uniffi(default = None)]
    pub since: Option<i64>,
    /// From when on readings say the contrary, not yet for long enough; null where they do not.
    #[uniffi(default = None)]
    pub differs_since: Option<i64>,
    /// What people were last told; null where nothing is told of it.
    #[uniffi(default = None)]
    pub told: Option<Told>,
}

/// What people were last told.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Told {
    /// Whether it is up.
    pub up: bool,
    /// When; null where it was so at the first reading, which tells nothing.
    #[uniffi(default = None)]
    pub at: Option<i64>,
}

/// A line.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct LineTrack {
    /// Its id, unique in the document.
    pub id: String,
    /// How it is, flaps left out.
    pub up: bool,
    /// When the first reading said so; null where the very first one did.
    #[uniffi(default = None)]
    pub since: Option<i64>,
    /// From when on readings say the contrary, not yet for long enough; null where they do not.
    #[uniffi(default = None)]
    pub differs_since: Option<i64>,
    /// What people were last told; null where nothing is told of it.
    #[uniffi(default = None)]
    pub told: Option<Told>,
}

/// What is remembered of a site from one reading to the next, so that people are told of changes alone; times are
/// seconds of the caller's clock.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct AlertState {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/alert-state/1")]
    pub schema: String,
    /// Whether it answers; null before the first reading.
    #[uniffi(default = None)]
    pub router: Option<Track>,
    /// Whether one of them is up; null as long as that is not known.
    #[uniffi(default = None)]
    pub all_lines: Option<Track>,
    /// The lines that are known.
    pub lines: Vec<LineTrack>,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum AlertKind {
    #[serde(rename = "line_down")]
    LineDown,
    #[serde(rename = "line_up")]
    LineUp,
    #[serde(rename = "router_unreachable")]
    RouterUnreachable,
    #[serde(rename = "router_reachable")]
    RouterReachable,
    #[serde(rename = "all_lines_down")]
    AllLinesDown,
    #[serde(rename = "lines_back")]
    LinesBack,
}

/// The line that an alert is about, as the reading had it.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct AlertLine {
    /// Its id.
    pub id: String,
    /// Its label, as somebody typed it.
    pub label: String,
    /// Its interface.
    pub interface: String,
    /// Why it does not work; null where it does.
    #[uniffi(default = None)]
    pub reason: Option<Reason>,
}

/// Why a line does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Reason {
    #[serde(rename = "disabled")]
    Disabled,
    #[serde(rename = "no_link")]
    NoLink,
    #[serde(rename = "no_route")]
    NoRoute,
    #[serde(rename = "no_address")]
    NoAddress,
    #[serde(rename = "gateway_down")]
    GatewayDown,
    #[serde(rename = "upstream_down")]
    UpstreamDown,
}

/// Something that changed and is to be told, or to be told again.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Alert {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/alert/1")]
    pub schema: String,
    /// What happened.
    pub kind: AlertKind,
    /// Whether it was told before, and is still so.
    pub reminder: bool,
    /// The line; null where it is of the router or of all its lines.
    #[uniffi(default = None)]
    pub line: Option<AlertLine>,
    /// When it is told: the time of the reading, in seconds of the caller's clock.
    pub at: i64,
    /// Since when it is so: the time of the first reading that showed it, never after `at`.
    pub since: i64,
}

/// A status, and when it was read.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Reading {
    /// When, in seconds of the caller's clock.
    pub at: i64,
    /// What was read; `schema` may be left out in it.
    pub status: SiteStatus,
}

/// Recorded readings of a site, in their order.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Log {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/log/1")]
    pub schema: String,
    /// The readings, the oldest first.
    pub readings: Vec<Reading>,
}

/// What a text takes as an SMS.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct MessageSize {
    /// In what it is written.
    pub encoding: Encoding,
    /// Its length in units of the encoding.
    pub units: i64,
    /// How many messages are sent and paid for.
    pub segments: i64,
}

/// In what a text is written on the air: a unit is 7 bits, or 16.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Encoding {
    #[serde(rename = "gsm7")]
    Gsm7,
    #[serde(rename = "ucs2")]
    Ucs2,
}

/// A message to send.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Message {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/message/1")]
    pub schema: String,
    /// Its text, text lines parted by LF.
    pub text: String,
    /// What it takes as an SMS.
    pub size: MessageSize,
}

/// The signs that a text is written in: all, with dashes and pictures, or printable ASCII alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Style {
    #[serde(rename = "unicode")]
    Unicode,
    #[serde(rename = "ascii")]
    Ascii,
}

/// What is written for one kind of alert.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Template {
    /// The kind of alert.
    pub kind: AlertKind,
    /// The text, with placeholders in braces, as `{router}`.
    pub text: String,
}

/// How alerts are written.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Messages {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/messages/1")]
    pub schema: String,
    /// The signs that texts are written in; `unicode` where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub style: Option<Style>,
    /// Whether each message is to fit into one segment of an SMS; no where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub one_segment: Option<bool>,
    /// Texts in place of the usual ones, at most one for each kind of alert.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub templates: Option<Vec<Template>>,
}

/// What became of a line in a series of readings.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct LineSummary {
    /// Its id.
    pub id: String,
    /// How often it changed between up and down, flaps included.
    pub transitions: i64,
    /// How often that was told, reminders left out.
    pub alerts: i64,
    /// How often it was told again.
    pub reminders: i64,
    /// How often it changed and was back before the change had lasted for long enough; each is two transitions.
    pub flaps_damped: i64,
    /// For how many seconds it was down: from each reading that says so to the one behind it.
    pub seconds_down: i64,
}

/// What a recorded series would have told.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Replay {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/replay/1")]
    pub schema: String,
    /// Every alert, as it would have been told.
    pub alerts: Vec<Alert>,
    /// What became of each line, by id.
    pub lines: Vec<LineSummary>,
    /// What is remembered behind the last reading.
    pub state: AlertState,
}

/// At which level the findings of a rule are told.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct RuleLevel {
    /// The code of the rule, as findings have it.
    pub code: String,
    /// The level; `off` leaves its findings out.
    pub level: RuleLevelSetting,
}

/// The level of the findings of a rule, or that they are left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum RuleLevelSetting {
    #[serde(rename = "error")]
    Error,
    #[serde(rename = "warning")]
    Warning,
    #[serde(rename = "note")]
    Note,
    #[serde(rename = "off")]
    Off,
}

/// At which level findings of an audit are told, where that is another than their own.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Levels {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/levels/1")]
    pub schema: String,
    /// A level for each rule, in any order.
    pub levels: Vec<RuleLevel>,
}

/// The commands that run a script which was uploaded to a router.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct ImportCommands {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/import-commands/1")]
    pub schema: String,
    /// Reads the file and changes nothing; null before 7.16, which has no such thing.
    #[uniffi(default = None)]
    pub dry_run: Option<Text>,
    /// Runs the file; RouterOS stops at the first error.
    pub run: Text,
}

/// The script of one part of a plan.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct PhaseScript {
    /// The part.
    pub phase: Phase,
    /// Whether it puts something up, or takes something down.
    pub direction: Direction,
    /// Its commands, a text line each, as they are sent: passwords and PINs included.
    pub script: Text,
}

/// A part of a plan, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Phase {
    #[serde(rename = "guard")]
    Guard,
    #[serde(rename = "arm")]
    Arm,
    #[serde(rename = "interfaces")]
    Interfaces,
    #[serde(rename = "lists")]
    Lists,
    #[serde(rename = "tables")]
    Tables,
    #[serde(rename = "bridge_ports")]
    BridgePorts,
    #[serde(rename = "addresses")]
    Addresses,
    #[serde(rename = "nat")]
    Nat,
    #[serde(rename = "clients")]
    Clients,
    #[serde(rename = "probes")]
    Probes,
    #[serde(rename = "standby_routes")]
    StandbyRoutes,
    #[serde(rename = "leases")]
    Leases,
    #[serde(rename = "watches")]
    Watches,
    #[serde(rename = "verify")]
    Verify,
    #[serde(rename = "switch")]
    Switch,
    #[serde(rename = "fasttrack")]
    Fasttrack,
    #[serde(rename = "existing_setup")]
    ExistingSetup,
    #[serde(rename = "marks")]
    Marks,
    #[serde(rename = "stale_connections")]
    StaleConnections,
    #[serde(rename = "reports")]
    Reports,
    #[serde(rename = "commit")]
    Commit,
}

/// Whether a step puts something up, or takes something down.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Direction {
    #[serde(rename = "up")]
    Up,
    #[serde(rename = "down")]
    Down,
}

/// A plan in scripts of their own, a part each.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct PhaseScripts {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/phase-scripts/1")]
    pub schema: String,
    /// The scripts, in the order in which they are sent.
    pub scripts: Vec<PhaseScript>,
}

/// How near a split comes to the speeds, and at what price.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct SplitOptions {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/split-options/1")]
    pub schema: String,
    /// How far the share of a line may be from the one asked, in parts of the latter; 1/20 where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tolerance: Option<String>,
    /// Largest denominator; 16 where it is not said, and more than 1024 count as 1024.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_buckets: Option<i64>,
}

/// What one line gets.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct SplitPart {
    /// Buckets of the line.
    pub buckets: i64,
    /// Its speed in parts of all speeds.
    pub asked: String,
    /// Its buckets in parts of all buckets.
    pub reached: String,
}

/// Buckets of each line, with the proof of what they reach.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Split {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/split/1")]
    pub schema: String,
    /// Number of all buckets, which is the number of rules that a new connection walks; 0 where there are no lines.
    pub denominator: i64,
    /// What each line gets, in the order of the speeds.
    pub parts: Vec<SplitPart>,
    /// Line of each remainder from 0, as the position of its speed from 0.
    pub assignment: Vec<i64>,
    /// Largest distance of a share reached from the one asked.
    pub worst_absolute_error: String,
    /// Largest such distance in parts of the share asked.
    pub worst_relative_error: String,
}

/// A row that is not as planned.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct DriftRow {
    /// The row's menu.
    pub menu: String,
    /// What is wrong with it.
    pub fault: Fault,
    /// Of a row that is changed, each property that is not as planned; else left out.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub properties: Option<Vec<Deviation>>,
    /// By what it is known: all of it where it is missing or left over.
    pub row: Vec<Property>,
    /// The line that it serves; null where it serves the whole site, or is somebody else's.
    #[uniffi(default = None)]
    pub line: Option<String>,
    /// What it is for, in one sentence.
    pub purpose: String,
}

/// What is wrong with a row: not there, set to something else, there for nothing, or in the wrong place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Fault {
    #[serde(rename = "missing")]
    Missing,
    #[serde(rename = "changed")]
    Changed,
    #[serde(rename = "left_over")]
    LeftOver,
    #[serde(rename = "misplaced")]
    Misplaced,
}

/// A property that is not as planned; secrets are not shown.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Deviation {
    /// The property.
    pub name: String,
    /// What it is.
    pub found: NewValue,
    /// What it should be.
    pub planned: NewValue,
}

/// The value that a property gets.
#[derive(Clone, Debug, PartialEq, uniffi::Enum, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum NewValue {
    /// A value that is given.
    #[serde(rename = "given")]
    Given {
        /// The value.
        value: Text,
    },
    /// No value at all.
    #[serde(rename = "unset")]
    Unset,
    /// What the router reports of the same row when the command runs.
    #[serde(rename = "reported")]
    Reported {
        /// As this property.
        property: String,
    },
}

/// A property and its value; secrets are not shown.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Property {
    /// The property.
    pub name: String,
    /// Its value.
    pub value: Text,
}

/// What of a site does not stand on its router as planned, with the plan that mends it; no secrets, those of the
/// plan's commands aside.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct DriftDocument {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/drift/1")]
    pub schema: String,
    /// The rows that are not as planned.
    pub rows: Vec<DriftRow>,
    /// The plan that mends them.
    pub plan: PlanDocument,
}

/// The policies of a user's group that matter to what runs by itself: a guard, a report.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Policies {
    /// It may read the configuration.
    pub read: bool,
    /// It may change the configuration.
    pub write: bool,
    /// It may ping, and set global variables.
    pub test: bool,
}

/// What a plan does with a set-up that somebody made by hand: it refuses to be made, it replaces it, or it keeps
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum ExistingSetup {
    #[serde(rename = "refuse")]
    Refuse,
    #[serde(rename = "replace")]
    Replace,
    #[serde(rename = "keep")]
    Keep,
}

/// What a caller knows that neither site nor router say.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Options {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/options/1")]
    pub schema: String,
    /// Whether the router answers now; yes where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reachable: Option<bool>,
    /// Whether the portal feature that opens the internet to everyone is on; no where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub free_access: Option<bool>,
    /// Most lines that a site may have; 4 where it is not said, and never more than 50.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_lines: Option<i64>,
    /// What the user may do that the plan is sent as; null where it is not known.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policies: Option<Policies>,
    /// What becomes of a multi-WAN set-up that somebody made by hand; `refuse` where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub existing: Option<ExistingSetup>,
    /// At which level findings are told, where that is another than their own; no error as less than that.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub levels: Option<Vec<RuleLevel>>,
}

/// What a plan is for: to bring a router to what a site needs, or to take everything of ours off it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Purpose {
    #[serde(rename = "apply")]
    Apply,
    #[serde(rename = "disable")]
    Disable,
}

/// A line as it will run.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Outline {
    /// The line's id.
    pub id: String,
    /// Its interface.
    pub interface: Text,
    /// The distance of its default in the main table.
    pub distance: i64,
    /// How long it takes until its failure is noticed; null where the operator switches by hand.
    #[uniffi(default = None)]
    pub detection_seconds: Option<Detection>,
    /// Whether its data is paid for by volume.
    pub metered: bool,
    /// About how many bytes a month its probes cost, both ways; null where nothing far is pinged.
    #[uniffi(default = None)]
    pub probe_bytes_per_month: Option<i64>,
}

/// From when to when a failure is noticed.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Detection {
    /// Seconds, at the least.
    pub earliest: f64,
    /// Seconds, at the most.
    pub latest: f64,
}

/// How new connections are shared.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Balance {
    /// Ids of the lines that are balanced.
    pub lines: Vec<String>,
    /// Their buckets.
    pub split: Split,
    /// What that reaches, and what it costs.
    pub certificate: Certificate,
    /// The buckets with their stand-ins.
    pub allotment: Allotment,
    /// What each line carries, for each set of dead lines that leaves one alive.
    pub shares: Vec<Shares>,
}

/// What the balance reaches, and what it costs.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Certificate {
    /// How far the shares reached are from those asked at the most, in parts of those; null where no line is balanced.
    #[uniffi(default = None)]
    pub worst_relative_error: Option<String>,
    /// The rules that a new connection walks.
    pub rules: i64,
}

/// Buckets in groups, each with the lines that carry it; one routing table serves a group.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Allotment {
    /// Number of all buckets.
    pub denominator: i64,
    /// The groups, by line.
    pub groups: Vec<Group>,
}

/// Buckets that share their stand-ins.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Group {
    /// Number of buckets.
    pub buckets: i64,
    /// Lines by preference, as positions in the `lines` of the balance from 0; the first is the group's own.
    pub order: Vec<i64>,
}

/// What each line carries while some are dead.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Shares {
    /// Ids of the dead lines.
    pub dead: Vec<String>,
    /// Share of new connections of each line.
    pub shares: Vec<String>,
    /// Load of each line against its speed: 1 where it carries the part of all customers that its speed is of all
    /// lines' speeds.
    pub loads: Vec<String>,
}

/// The customers of a site on a router.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Customers {
    /// How a packet of theirs is told from any other.
    pub come_in: ComeIn,
    /// The interfaces that this is told by.
    pub interfaces: Vec<Text>,
    /// What says that these are the customers.
    pub basis: CustomersBasis,
    /// All of that in one sentence.
    pub message: String,
}

/// Where customers' packets come in: over the interfaces that are named, or over anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum ComeIn {
    #[serde(rename = "over")]
    Over,
    #[serde(rename = "not_over")]
    NotOver,
}

/// What says who the customers are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum CustomersBasis {
    #[serde(rename = "named")]
    Named,
    #[serde(rename = "pppoe_server")]
    PppoeServer,
    #[serde(rename = "lan_list")]
    LanList,
    #[serde(rename = "servers")]
    Servers,
    #[serde(rename = "lan_list_and_servers")]
    LanListAndServers,
    #[serde(rename = "addresses")]
    Addresses,
    #[serde(rename = "nothing_found")]
    NothingFound,
}

/// One step of a plan.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Step {
    /// The part of the plan that it belongs to.
    pub phase: Phase,
    /// Whether it puts something up, or takes something down after that.
    pub direction: Direction,
    /// Why, in one sentence.
    pub reason: String,
    /// What it changes.
    pub change: Change,
    /// One full-path command that stands alone, as it is sent: passwords and PINs included.
    pub command: Text,
    /// The command that takes the step back, as it is sent: passwords and PINs included; null where nothing is to be
    /// taken back.
    #[uniffi(default = None)]
    pub undo: Option<Text>,
}

/// One change of a router.
#[derive(Clone, Debug, PartialEq, uniffi::Enum, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Change {
    /// A row comes.
    #[serde(rename = "add")]
    Add {
        /// The row's menu.
        menu: String,
        /// The row, its properties in the order in which they are written.
        row: Vec<Property>,
        /// The row that it stands before; null at the end of its menu.
        #[uniffi(default = None)]
        before: Option<Target>,
    },
    /// Properties of a row get other values.
    #[serde(rename = "set")]
    Set {
        /// The row's menu.
        menu: String,
        /// The row.
        target: Target,
        /// What becomes of each property.
        values: Vec<Assignment>,
    },
    /// A row goes.
    #[serde(rename = "remove")]
    Remove {
        /// The row's menu.
        menu: String,
        /// The row.
        target: Target,
        /// What it was, its properties in the order in which they are written.
        row: Vec<Property>,
        /// The row that stood behind it; null where the menu has no order, or it was the last.
        #[uniffi(default = None)]
        before: Option<Target>,
        /// Whether RouterOS would take it back: not where somebody removed what it refers to.
        comes_back: bool,
    },
    /// A row gets another place in its menu.
    #[serde(rename = "move")]
    Move {
        /// The row's menu.
        menu: String,
        /// The row.
        target: Target,
        /// The row that it comes to stand before; null at the end of the menu.
        #[uniffi(default = None)]
        before: Option<Target>,
        /// The row that it stood before until now; null at the end of the menu.
        #[uniffi(default = None)]
        back: Option<Target>,
    },
    /// A command that changes no configuration of its own: it waits, verifies, or copies a lease into rows that
    /// follow it.
    #[serde(rename = "run")]
    Run {
        /// The command, its secrets left out.
        script: Text,
    },
}

/// How a command finds its row.
#[derive(Clone, Debug, PartialEq, uniffi::Enum, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum Target {
    /// A row with properties that no other row of the menu has.
    #[serde(rename = "where")]
    Where {
        /// These.
        properties: Vec<Property>,
    },
    /// A row by its place.
    #[serde(rename = "place")]
    Place {
        /// Its place among the static rows of the menu, from 0.
        place: i64,
    },
    /// The first static row of a chain.
    #[serde(rename = "first_of")]
    FirstOf {
        /// The chain.
        chain: Text,
    },
    /// The one row of a menu of settings.
    #[serde(rename = "only")]
    Only,
}

/// What becomes of one property; secrets are not shown.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Assignment {
    /// The property.
    pub name: String,
    /// Its value today.
    pub from: NewValue,
    /// Its value to be.
    pub to: NewValue,
}

/// The ordered change of one router, with the command of every step and what takes it back.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct PlanDocument {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/plan/1")]
    pub schema: String,
    /// What it is for.
    pub purpose: Purpose,
    /// The lines as they will run, nearest first; none in a plan to disable.
    pub lines: Vec<Outline>,
    /// RouterOS of the router.
    pub version: String,
    /// Of what the router was set to when the plan was made: apply it only where that of the router is the same.
    pub fingerprint: String,
    /// The findings that it was made with; none of them is an error.
    pub report: ReportDocument,
    /// How new connections are shared; null where they are not.
    #[uniffi(default = None)]
    pub balance: Option<Balance>,
    /// Whose connections are marked; null where none are.
    #[uniffi(default = None)]
    pub customers: Option<Customers>,
    /// Whether an earlier plan waits on the router to be confirmed.
    pub unconfirmed: bool,
    /// The steps, in their order.
    pub steps: Vec<Step>,
}

/// RouterOS of two routers.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Versions {
    /// Of the first; `unknown` where it is not known.
    pub before: String,
    /// Of the second; `unknown` where it is not known.
    pub after: String,
}

/// A difference between two routers.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Difference {
    /// What became of the row.
    pub kind: DifferenceKind,
    /// The menu.
    pub menu: String,
    /// The row as a command, its secrets left out; of one that was changed, as the first router has it.
    pub command: Text,
    /// Of `changed`, each property that means something else; else empty.
    pub properties: Vec<PropertyChange>,
}

/// What became of a row: only the second router has it, only the first has, both have it with other properties,
/// or it stands elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum DifferenceKind {
    #[serde(rename = "added")]
    Added,
    #[serde(rename = "removed")]
    Removed,
    #[serde(rename = "changed")]
    Changed,
    #[serde(rename = "moved")]
    Moved,
}

/// A property that means something else; secrets are not shown.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct PropertyChange {
    /// The property.
    pub name: String,
    /// Its value in the first router; null where it is not set.
    #[uniffi(default = None)]
    pub before: Option<Text>,
    /// Its value in the second router; null where it is not set.
    #[uniffi(default = None)]
    pub after: Option<Text>,
}

/// What differs from one router to another.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Differences {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/differences/1")]
    pub schema: String,
    /// Where a plan asks whether it still holds, RouterOS then and now; null where it is the same.
    #[uniffi(default = None)]
    pub versions: Option<Versions>,
    /// The rows that differ, menu by menu.
    pub differences: Vec<Difference>,
}

/// One finding: a fault of an input, or something to know about it.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Diagnostic {
    /// Name of the fault, for programs; stable for ever.
    pub code: String,
    /// How grave it is.
    pub level: Level,
    /// Sentence for the operator, lower case and without a full stop.
    pub message: String,
    /// What to do about it.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where in the source it stands.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Lines, interfaces, rows, menus or fields that it is about; left out where there are none.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subjects: Option<Vec<Subject>>,
    /// What shows it: the way of a packet, step by step; left out where nothing does.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Evidence>>,
    /// What mends it, where that can be told.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// How grave a finding is: to be mended before anything can be done, to be known, or worth knowing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Level {
    #[serde(rename = "error")]
    Error,
    #[serde(rename = "warning")]
    Warning,
    #[serde(rename = "note")]
    Note,
}

/// Where something stands in the text that was read.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Place {
    /// Bytes from the start of the text to the first byte meant.
    pub offset: i64,
    /// Bytes meant; 0 is the gap before `offset`.
    pub length: i64,
    /// Line of text, from 1.
    pub line: i64,
    /// Byte within that line, from 1.
    pub column: i64,
}

/// What a finding is about.
#[derive(Clone, Debug, PartialEq, uniffi::Enum, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Subject {
    /// A line of a site.
    Line {
        /// Its id.
        line: String,
    },
    /// An interface, a port, or the client that is one.
    Interface {
        /// Its name.
        interface: String,
    },
    /// A menu of the router.
    Menu {
        /// Its path.
        menu: String,
    },
    /// A row of the router.
    Row {
        /// The row.
        row: SubjectRow,
    },
    /// A field of a document.
    Field {
        /// Its path, as `lines[1].port`.
        field: String,
    },
}

/// A row that a finding is about.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct SubjectRow {
    /// Its menu, as `/ip/route`.
    pub menu: String,
    /// The id by which the router itself knows it, as `*1F`, where it was read with ids.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The row as a command, its secrets left out.
    pub command: String,
    /// The property of the row that is meant.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// Where it stands in the text that the router was read from.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// One thing that happens to a packet, or that a router does, on the way to what a finding says.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Evidence {
    /// What happens.
    pub what: String,
    /// How deep it stands in what shows the finding: 0 a packet as it comes, 1 what happens to it.
    pub depth: i64,
    /// Where the row stands that does it.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// Commands that mend a finding, run on a copy of the router before they are given away.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Fix {
    /// What they do, in a few words.
    pub what: String,
    /// Full commands, to be sent as they are in their order.
    pub commands: Vec<String>,
    /// Those that take them back, in their order.
    pub undo: Vec<String>,
}

/// An entry of the log.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct LogEntry {
    /// `info`, `warning`, `error` or `debug`.
    pub topic: String,
    /// The text.
    pub message: Text,
}

/// A request of `/tool fetch`.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct FetchRequest {
    /// Whom it asks: it may hold a token, and is a secret.
    pub url: Text,
    /// What it sends.
    pub data: Text,
}

/// What a script left behind, beside the router.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct OutcomeDocument {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/outcome/1")]
    pub schema: String,
    /// The error that stopped the script, the first of scripts that a scheduler ran; null where none did.
    #[uniffi(default = None)]
    pub error: Option<Diagnostic>,
    /// What `:log` wrote.
    pub log: Vec<LogEntry>,
    /// What `:put` wrote, in text lines.
    pub output: Vec<Text>,
    /// What `/tool fetch` sent and somebody took.
    pub requests: Vec<FetchRequest>,
}

/// A row of a menu.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct TableRow {
    /// The id by which the router itself knows it, as `*1F`; null where it was read without ids.
    #[uniffi(default = None)]
    pub id: Option<String>,
    /// The text line of the export that made it, from 1; null where it was read otherwise.
    #[uniffi(default = None)]
    pub text_line: Option<i64>,
    /// Whether the router made it itself.
    pub dynamic: bool,
    /// Whether it is disabled, its menu's default counted.
    pub disabled: bool,
    /// The properties that are set, in the order in which they were typed.
    pub properties: Vec<Property>,
    /// The values that only a live router knows, where they were read.
    pub live: Vec<Property>,
    /// What the router itself says of the row, such as why it does not work; null where it says nothing.
    #[uniffi(default = None)]
    pub remark: Option<Text>,
}

/// The rows of one menu of a router.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Table {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/table/1")]
    pub schema: String,
    /// The rows, in their order.
    pub rows: Vec<TableRow>,
}

/// Findings about a router, or about a site on one: the gravest first.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct ReportDocument {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/report/1")]
    pub schema: String,
    /// Whether there is an error: of preflight, there can be no plan then.
    pub blocks: bool,
    /// All findings.
    pub findings: Vec<Diagnostic>,
}

/// What the rule book says of a rule.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct RuleEntry {
    /// Name of the fault.
    pub code: String,
    /// How grave it is.
    pub level: Level,
    /// Whether preflight asks for it before a site is applied.
    pub in_preflight: bool,
    /// Whether an audit of any router asks for it.
    pub in_audit: bool,
    /// What it looks at, in a paragraph of Markdown.
    pub summary: String,
}

/// All rules, each once: those of audit, then those that preflight alone asks for.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Rules {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/rules/1")]
    pub schema: String,
    /// The rules.
    pub rules: Vec<RuleEntry>,
}

/// How a line is.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct LineCondition {
    /// The interface that packets leave by, or its port.
    pub interface: Text,
    /// How it is.
    pub condition: Condition,
}

/// How an internet line is: it works, its link is down, it has no address, its gateway is silent, or all behind
/// that is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Condition {
    #[serde(rename = "up")]
    Up,
    #[serde(rename = "link_down")]
    LinkDown,
    #[serde(rename = "no_lease")]
    NoLease,
    #[serde(rename = "gateway_dead")]
    GatewayDead,
    #[serde(rename = "upstream_dead")]
    UpstreamDead,
}

/// What a provider gives to a client.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Lease {
    /// The interface of the client.
    pub interface: Text,
    /// The router's IPv4 address with the length of its network, as `198.51.100.2/24`; of a session, 32.
    pub address: String,
    /// The IPv4 address of the provider's gateway, or of the other end of the session.
    pub gateway: String,
}

/// How far the router has come since the lines failed: what it learns at once, what `check-gateway` finds too, or
/// all that it finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Noticed {
    #[serde(rename = "at_once")]
    AtOnce,
    #[serde(rename = "checks")]
    Checks,
    #[serde(rename = "everything")]
    Everything,
}

/// Traffic whose way is asked.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Traffic {
    /// Where it comes from; a customer where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Source>,
    /// The IPv4 address that it goes to; where it is not said, a host in the internet, and of traffic from there the
    /// router's address on that line.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// By which protocol; `tcp` where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub protocol: Option<Protocol>,
    /// To which port; 443 where it is not said, and none of ICMP.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<i64>,
    /// Whether the connection was open before the lines failed; no where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub established: Option<bool>,
    /// Of a customer of a hotspot, whether he has logged in; yes where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logged_in: Option<bool>,
}

/// Where traffic comes from.
#[derive(Clone, Debug, PartialEq, uniffi::Enum, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Source {
    /// A customer: a host of the first LAN, else somebody who dialled in to the PPPoE server.
    #[serde(rename = "lan")]
    Lan,
    /// The router itself.
    #[serde(rename = "router")]
    Router,
    /// A host behind an interface, which may be one of a session (`<pppoe-jo>`).
    #[serde(rename = "interface")]
    Interface {
        /// The interface.
        interface: Text,
        /// The IPv4 address of the host; one of the network of the interface where it is not said.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
    },
    /// The internet, over a line.
    #[serde(rename = "internet")]
    Internet {
        /// The interface of the line.
        line: Text,
        /// The IPv4 address of who sends it; somebody's where it is not said.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        source: Option<String>,
    },
}

/// A protocol above IP.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Protocol {
    #[serde(rename = "tcp")]
    Tcp,
    #[serde(rename = "udp")]
    Udp,
    #[serde(rename = "icmp")]
    Icmp,
}

/// What is assumed of the world around a router.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Scenario {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/scenario/1")]
    pub schema: String,
    /// How lines are, at most once for each interface; of those that are not named it is assumed that they work.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<LineCondition>>,
    /// What providers give, at most once for each interface, instead of what the router was read with.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leases: Option<Vec<Lease>>,
    /// How far the router has come since the lines failed; `everything` where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub noticed: Option<Noticed>,
    /// What is sent; where it is not said, a customer opens a page of a host in the internet.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub traffic: Option<Traffic>,
}

/// One way that a connection can go.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Way {
    /// The part of all such connections that goes this way.
    pub share: String,
    /// The packets of the connection one after the other, up to the first that is lost.
    pub packets: Vec<PacketTrace>,
    /// What becomes of the connection.
    pub verdict: Verdict,
}

/// One packet's way.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct PacketTrace {
    /// Which way of the connection it goes.
    pub direction: PacketDirection,
    /// What connection tracking says of it.
    pub state: ConnectionState,
    /// The interface that it comes in by; null of what the router sends.
    #[uniffi(default = None)]
    pub from: Option<Text>,
    /// Its source as it comes in.
    pub source: Endpoint,
    /// Its destination as it comes in.
    pub destination: Endpoint,
    /// Its protocol.
    pub protocol: Protocol,
    /// What happened, in order.
    pub events: Vec<Event>,
    /// Where it ends.
    pub end: End,
}

/// Which way of its connection a packet goes: as the first one, or back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum PacketDirection {
    #[serde(rename = "original")]
    Original,
    #[serde(rename = "reply")]
    Reply,
}

/// What connection tracking says of a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum ConnectionState {
    #[serde(rename = "new")]
    New,
    #[serde(rename = "established")]
    Established,
    #[serde(rename = "untracked")]
    Untracked,
}

/// An address and, of protocols that have them, a port.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Endpoint {
    /// The IPv4 address.
    pub address: String,
    /// The port; null where the protocol has none.
    #[uniffi(default = None)]
    pub port: Option<i64>,
}

/// What happened to a packet at one point; only what belongs to its kind is there.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Event {
    /// Where.
    pub stage: Stage,
    /// The row that did it; null where no row did.
    #[uniffi(default = None)]
    pub row: Option<RouterRow>,
    /// What.
    pub what: EventKind,
    /// Of `action`, the action of the rule.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<String>,
    /// Of `jump`, the chain that the packet goes through.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
    /// Of the marks, the mark; empty where it is taken away.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mark: Option<Text>,
    /// Of `own_source`, the IPv4 address.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Of `source` and `destination`, what it becomes.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Endpoint>,
    /// Of `lookup` and `no_route_in`, the table.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// Of `lookup`, why this table: `mark`, `rule` or `main`; of `forgotten`, why.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Of `route`, `inactive` and `refuses`, the prefix of the route.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prefix: Option<String>,
    /// Of `refuses`, what the route says: `blackhole`, `unreachable`, `prohibit` or `drop`.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Of `route` and `inactive`, the distance of the route.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<i64>,
    /// Of `route` and `inactive`, the gateway of the route.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gateway: Option<String>,
    /// Of `route`, the routes that its next hop is found by, the last one connected.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Vec<RouterRow>>,
    /// Of `route`, the interface that the packet leaves by.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interface: Option<Text>,
    /// Of `route`, the neighbour that the packet is handed to; null where the interface leads to one alone.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_hop: Option<String>,
    /// Of `route`, how many next hops it has in all.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub members: Option<i64>,
    /// Of `inactive`, why.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<RouteFault>,
    /// Of `invalid`, why RouterOS flags the rule.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
    /// Of `unmodelled`, what the simulator does not know.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
}

/// Where on its way a packet is.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Stage {
    /// Where.
    pub kind: StageKind,
    /// Of `chain`, the menu of the firewall; else left out.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<FirewallTable>,
    /// Of `chain`, its name; else left out.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub chain: Option<String>,
}

/// Where on its way a packet is: in a chain of the firewall, at the choice of its route, at connection tracking,
/// or outside of the router.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum StageKind {
    #[serde(rename = "chain")]
    Chain,
    #[serde(rename = "routing")]
    Routing,
    #[serde(rename = "tracking")]
    Tracking,
    #[serde(rename = "outside")]
    Outside,
}

/// A menu of the firewall.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum FirewallTable {
    #[serde(rename = "raw")]
    Raw,
    #[serde(rename = "mangle")]
    Mangle,
    #[serde(rename = "nat")]
    Nat,
    #[serde(rename = "filter")]
    Filter,
}

/// A row of the router.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct RouterRow {
    /// Its menu.
    pub menu: String,
    /// Its id there.
    pub id: String,
    /// The text line of the export that made it, from 1; null of routers that were read otherwise.
    #[uniffi(default = None)]
    pub text_line: Option<i64>,
    /// Its comment; null where it has none.
    #[uniffi(default = None)]
    pub comment: Option<Text>,
}

/// What happened to a packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum EventKind {
    #[serde(rename = "action")]
    Action,
    #[serde(rename = "jump")]
    Jump,
    #[serde(rename = "connection_mark")]
    ConnectionMark,
    #[serde(rename = "routing_mark")]
    RoutingMark,
    #[serde(rename = "packet_mark")]
    PacketMark,
    #[serde(rename = "own_source")]
    OwnSource,
    #[serde(rename = "source")]
    Source,
    #[serde(rename = "destination")]
    Destination,
    #[serde(rename = "fast_track")]
    FastTrack,
    #[serde(rename = "fast_path")]
    FastPath,
    #[serde(rename = "forgotten")]
    Forgotten,
    #[serde(rename = "lookup")]
    Lookup,
    #[serde(rename = "no_route_in")]
    NoRouteIn,
    #[serde(rename = "local")]
    Local,
    #[serde(rename = "route")]
    Route,
    #[serde(rename = "inactive")]
    Inactive,
    #[serde(rename = "refuses")]
    Refuses,
    #[serde(rename = "invalid")]
    Invalid,
    #[serde(rename = "unmodelled")]
    Unmodelled,
}

/// Why a route or one of its gateways is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum RouteFault {
    #[serde(rename = "no_table")]
    NoTable,
    #[serde(rename = "never_used")]
    NeverUsed,
    #[serde(rename = "no_gateway")]
    NoGateway,
    #[serde(rename = "interface_down")]
    InterfaceDown,
    #[serde(rename = "unresolved")]
    Unresolved,
    #[serde(rename = "refused")]
    Refused,
    #[serde(rename = "through_interface")]
    ThroughInterface,
    #[serde(rename = "check_failed")]
    CheckFailed,
    #[serde(rename = "nothing_to_check")]
    NothingToCheck,
    #[serde(rename = "unsettled")]
    Unsettled,
}

/// Where a packet ends; only what belongs to its kind is there.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct End {
    /// Where.
    pub end: EndKind,
    /// Of `internet` and `lost`, the line that it left by; null where it is lost before.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<Text>,
    /// Of `host`, the interface that it left by.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interface: Option<Text>,
    /// Of `lost`, why.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
}

/// Where a packet ends: behind a line, at a host of the router's own networks, at the router itself, or nowhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum EndKind {
    #[serde(rename = "internet")]
    Internet,
    #[serde(rename = "host")]
    Host,
    #[serde(rename = "router")]
    Router,
    #[serde(rename = "lost")]
    Lost,
}

/// Why a packet is lost.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Cause {
    /// Why.
    pub cause: CauseKind,
    /// Of `refused`, what the route or the routing rule says: `blackhole`, `unreachable`, `prohibit` or `drop`; else
    /// left out.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
}

/// Why a packet is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum CauseKind {
    #[serde(rename = "no_route")]
    NoRoute,
    #[serde(rename = "refused")]
    Refused,
    #[serde(rename = "dropped")]
    Dropped,
    #[serde(rename = "line_dead")]
    LineDead,
    #[serde(rename = "untranslated")]
    Untranslated,
    #[serde(rename = "wrong_source")]
    WrongSource,
    #[serde(rename = "wrong_line")]
    WrongLine,
    #[serde(rename = "asks_for_mac")]
    AsksForMac,
    #[serde(rename = "sent_out")]
    SentOut,
    #[serde(rename = "not_received")]
    NotReceived,
    #[serde(rename = "not_forwarding")]
    NotForwarding,
    #[serde(rename = "answers_directly")]
    AnswersDirectly,
    #[serde(rename = "no_interface")]
    NoInterface,
    #[serde(rename = "reverse_filter")]
    ReverseFilter,
    #[serde(rename = "not_logged_in")]
    NotLoggedIn,
    #[serde(rename = "no_source")]
    NoSource,
}

/// What becomes of a connection.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether it works.
    pub verdict: VerdictKind,
    /// The line that it goes over, or would; null where it stays inside, or does not come so far.
    #[uniffi(default = None)]
    pub line: Option<Text>,
    /// Of `works`, whether it had to be opened anew, with another address: the old one is dead.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anew: Option<bool>,
    /// Of `lost`, why.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cause: Option<Cause>,
}

/// What becomes of a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum VerdictKind {
    #[serde(rename = "works")]
    Works,
    #[serde(rename = "lost")]
    Lost,
}

/// What a router does with a connection: the ways that it can go, the packets of each, what happened to them.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct TraceDocument {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/trace/1")]
    pub schema: String,
    /// The ways that it can go; their shares are 1 together, unless there are more than were followed.
    pub ways: Vec<Way>,
    /// Whether there are more ways than were followed.
    pub cut: bool,
    /// What was assumed because the router was not read with it, in sentences.
    pub assumed: Vec<String>,
    /// What the router has and the simulator does not know, in sentences; its effect is not in the trace.
    pub unmodelled: Vec<String>,
}

/// What is asked of a router beside what it says itself, when all states of its lines are gone through.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct WhatIfOptions {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/what-if-options/1")]
    pub schema: String,
    /// The lines that fail, by the interfaces that packets leave by; where none are named, those that lead to
    /// providers.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lines: Option<Vec<Text>>,
    /// The ways in which lines fail, `up` is none; links that go down and providers that die behind their gateways
    /// where it is not said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failures: Option<Vec<Condition>>,
    /// The IPv4 address that the router is managed from, over the internet; nothing is asked of it where it is not
    /// said.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub management: Option<String>,
    /// What is assumed of the world, such as leases; its conditions and its traffic do not count, and `schema` may be
    /// left out in it.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scenario: Option<Scenario>,
}

/// Traffic that is looked at.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct TrafficClass {
    /// What it is called, as `customer`, of several networks `customer on vlan20`, or `tcp 8080 by ether1`.
    pub name: String,
    /// The line that it comes in by; null of what goes out.
    #[uniffi(default = None)]
    pub by: Option<Text>,
    /// The rule that forwards it into the LAN; null where none does.
    #[uniffi(default = None)]
    pub rule: Option<RouterRow>,
}

/// One state of the lines.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct LineState {
    /// How the lines fail that do.
    pub failure: Condition,
    /// Those that do.
    pub down: Vec<Text>,
    /// New connections of every class.
    pub new: Vec<Cell>,
    /// Connections of every class that were open before.
    pub established: Vec<Cell>,
}

/// What becomes of one kind of traffic in one state of the lines, once the router has noticed all that it can.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Cell {
    /// The part that goes over each line, in the order of the lines of the matrix.
    pub shares: Vec<String>,
    /// The part that works and leaves by no line.
    pub inside: String,
    /// The part that is lost.
    pub lost: String,
    /// Of what works, the part that has to be opened anew.
    pub anew: String,
    /// Why parts are lost.
    pub causes: Vec<Loss>,
    /// For how many seconds anything is lost at most, 0 for not at all; null until a line is mended.
    #[uniffi(default = None)]
    pub outage_seconds: Option<f64>,
    /// Whether it comes in by a line that is down, and so cannot work.
    pub impossible: bool,
}

/// A part of traffic that is lost.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Loss {
    /// Why.
    pub cause: CauseKind,
    /// Of `refused`, what the route or the routing rule says: `blackhole`, `unreachable`, `prohibit` or `drop`; else
    /// left out.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Which part of the whole.
    pub share: String,
}

/// What becomes of traffic in every state of a router's lines.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct MatrixDocument {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/what-if/1")]
    pub schema: String,
    /// The lines, those that fail first.
    pub lines: Vec<Text>,
    /// The traffic, in the order of the cells.
    pub classes: Vec<TrafficClass>,
    /// Every state of the lines for every way in which they fail; the first has all of them up.
    pub states: Vec<LineState>,
    /// What was assumed because the router was not read with it, in sentences.
    pub assumed: Vec<String>,
    /// What the router has and the simulator does not know, in sentences.
    pub unmodelled: Vec<String>,
}

/// What the lines are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Mode {
    #[serde(rename = "failover")]
    Failover,
    #[serde(rename = "load_balance")]
    LoadBalance,
    #[serde(rename = "load_balance_failover")]
    LoadBalanceFailover,
}

/// An internet line.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Line {
    /// Name for programs, unique in the site.
    pub id: String,
    /// Name for people, of 1 to 200 bytes; null for `ISP 1` and so on by its place.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// The interface that packets leave by, of 1 to 200 bytes.
    pub interface: Text,
    /// How it comes to its address.
    pub access: Access,
    /// Speed in Mbps, with three decimals at most.
    pub mbps: f64,
    /// Whether its data is paid for by volume: it is a backup only, and its probes are pinged once a minute; null for
    /// no.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metered: Option<bool>,
    /// How its failure is noticed; null for that of the site.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<Health>,
    /// Probe hosts of its own, shared with no other line; null for those that a plan chooses.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probes: Option<Vec<String>>,
}

/// How a line comes to its address.
#[derive(Clone, Debug, PartialEq, uniffi::Enum, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Access {
    /// The provider gives an address by DHCP.
    #[serde(rename = "dhcp")]
    Dhcp,
    /// The address is fixed.
    #[serde(rename = "static")]
    Static {
        /// The address of the router, with the length of its network, as `198.51.100.2/24`.
        address: String,
        /// The next hop.
        gateway: String,
    },
    /// A PPPoE client: the one called like the line's interface, or one to make, which needs `port` and `user`.
    #[serde(rename = "pppoe")]
    Pppoe {
        /// The Ethernet port or VLAN that it dials over.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        port: Option<Text>,
        /// Its name at the provider.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<Text>,
        /// Its password: a secret; null where the router keeps the one that it has.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<Text>,
        /// The name of the service; null for any.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service: Option<Text>,
    },
    /// A modem that the router drives, with the APN profile that it has or with one of ours, which needs `apn`.
    #[serde(rename = "lte")]
    Lte {
        /// The access point name.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        apn: Option<Text>,
        /// Its name at the provider.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<Text>,
        /// Its password: a secret; null where the router keeps the one that it has.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<Text>,
    },
    /// A USB modem: the client called like the line's interface, or one to make, which needs `port` and `apn`.
    #[serde(rename = "ppp")]
    Ppp {
        /// The serial port, as `usb1`.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        port: Option<Text>,
        /// The access point name.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        apn: Option<Text>,
        /// Its name at the provider.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<Text>,
        /// Its password: a secret; null where the router keeps the one that it has.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<Text>,
        /// The PIN of the card: a secret; null where the router keeps the one that it has.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        pin: Option<Text>,
        /// The number that is dialled; null for the one of RouterOS.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phone: Option<Text>,
        /// The channel that data goes over; null for the one of RouterOS.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        data_channel: Option<i64>,
        /// The channel that the modem is asked over; null for the one of RouterOS.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        info_channel: Option<i64>,
    },
    /// A point-to-point interface that somebody else keeps up.
    #[serde(rename = "tunnel")]
    Tunnel,
}

/// How a line is seen to fail: by hand alone, by its link, by a silent gateway, or by silent hosts behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Health {
    #[serde(rename = "manual")]
    Manual,
    #[serde(rename = "link")]
    Link,
    #[serde(rename = "gateway")]
    Gateway,
    #[serde(rename = "internet")]
    Internet,
}

/// What makes two packets of customers take the same line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Classifier {
    #[serde(rename = "both-addresses")]
    BothAddresses,
    #[serde(rename = "src-address")]
    SrcAddress,
    #[serde(rename = "dst-address")]
    DstAddress,
    #[serde(rename = "both-addresses-and-ports")]
    BothAddressesAndPorts,
    #[serde(rename = "src-address-and-port")]
    SrcAddressAndPort,
    #[serde(rename = "dst-address-and-port")]
    DstAddressAndPort,
    #[serde(rename = "both-ports")]
    BothPorts,
    #[serde(rename = "src-port")]
    SrcPort,
    #[serde(rename = "dst-port")]
    DstPort,
}

/// Where the connections of a dead line go: to all others by speed, or to the next one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Spread {
    #[serde(rename = "proportional")]
    Proportional,
    #[serde(rename = "priority")]
    Priority,
}

/// Which connections are removed when a line fails or returns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum StaleConnections {
    #[serde(rename = "none")]
    None,
    #[serde(rename = "failed-line")]
    FailedLine,
}

/// Where the router itself reports lines that stop or start to work.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Webhook {
    /// Where a state is posted: a secret; null where the router keeps the one that it has.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// Seconds between two looks at the lines; null for 60.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interval: Option<i64>,
}

/// What an operator wants of one router.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Site {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/site/1")]
    pub schema: String,
    /// What the lines are to each other.
    pub mode: Mode,
    /// Internet lines by priority, two to four; the first is ISP 1, the line that the router has today.
    pub lines: Vec<Line>,
    /// How failures are noticed, of lines that do not say; null for `internet`.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<Health>,
    /// The interfaces of the customers; null where the router tells.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lan: Option<Vec<Text>>,
    /// Far ends that manage the router, such as VPN endpoints: IPv4 addresses or prefixes; null for none.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub management: Option<Vec<String>>,
    /// Resolvers of the router; null where it keeps those that it has.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dns: Option<Vec<String>>,
    /// What makes two packets of customers take the same line; null for `both-addresses`.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub classifier: Option<Classifier>,
    /// Largest PCC denominator; null for 16.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_buckets: Option<i64>,
    /// Where the connections of a dead line go; null for `proportional`.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub spread: Option<Spread>,
    /// Whether answers leave by the line that the question came in by, in failover mode too; null for no.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replies: Option<bool>,
    /// What becomes of connections when their line fails or returns; null for `none`.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stale_connections: Option<StaleConnections>,
    /// Where the router itself reports its lines to; null where it does not.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub webhook: Option<Webhook>,
}

/// A menu to read: which rows of it, and which of their properties.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct StatusRead {
    /// The menu.
    pub menu: String,
    /// The properties, all of which the version has.
    pub properties: Vec<String>,
    /// The words of the API that ask for it.
    pub sentence: Vec<Text>,
    /// The request of REST that does, which RouterOS 7 has.
    pub request: RestRequest,
}

/// A request of REST.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct RestRequest {
    /// `PUT`, `PATCH`, `DELETE` or `POST`.
    pub method: String,
    /// The path on the router, as `/rest/ip/route`.
    pub path: String,
    /// The JSON text that is sent with it; null where there is none.
    #[uniffi(default = None)]
    pub body: Option<String>,
}

/// What has to be read of a router for a status: the fewest rows and properties that tell.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct StatusReads {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/status-reads/1")]
    pub schema: String,
    /// The menus.
    pub reads: Vec<StatusRead>,
}

/// What became of the set-up of a site on its router; `unknown` where the picture of the router does not tell,
/// `unreachable` where the router did not answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Setup {
    #[serde(rename = "applied")]
    Applied,
    #[serde(rename = "drifted")]
    Drifted,
    #[serde(rename = "not_applied")]
    NotApplied,
    #[serde(rename = "unknown")]
    Unknown,
    #[serde(rename = "unreachable")]
    Unreachable,
}

/// A value that a router told, and that decided something.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct LineEvidence {
    /// The menu.
    pub menu: String,
    /// By what the row is known: its name, interface, comment or host.
    pub row: String,
    /// The property.
    pub property: String,
    /// Its value; empty where the router did not tell it.
    pub value: String,
}

/// How a line is.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct LineStatus {
    /// The line's id.
    pub id: String,
    /// Its label, as people read it.
    pub label: String,
    /// Its interface, as people read it.
    pub interface: String,
    /// How it is.
    pub state: State,
    /// Why it is offline; left out where it is not.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The part of all new connections of customers that leaves over it now, 0 to 1.
    pub share: String,
    /// What a portal shows of it.
    pub badge: Badge,
    /// What decided the state, the strongest first; empty where nothing is known of the line.
    pub detail: Vec<LineEvidence>,
}

/// How a line is: it carries traffic, could, works in part, does not work, or nothing tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum State {
    #[serde(rename = "active")]
    Active,
    #[serde(rename = "standby")]
    Standby,
    #[serde(rename = "degraded")]
    Degraded,
    #[serde(rename = "offline")]
    Offline,
    #[serde(rename = "unknown")]
    Unknown,
}

/// What a portal shows of a line.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Badge {
    /// Its colour.
    pub colour: Colour,
    /// The state in a word: `Active`, `Standby`, `Degraded`, `Offline` or `Unknown`.
    pub label: String,
    /// The interface and the state.
    pub tooltip: String,
}

/// The colour of a badge: the line works, it does not, nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Colour {
    #[serde(rename = "green")]
    Green,
    #[serde(rename = "red")]
    Red,
    #[serde(rename = "grey")]
    Grey,
}

/// How a site is on its router.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct SiteStatus {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/status/1")]
    pub schema: String,
    /// What the lines are to each other.
    pub mode: Mode,
    /// What became of the set-up of the site.
    pub setup: Setup,
    /// What the lines do now, for people.
    pub sentence: String,
    /// What tells that the set-up is not as planned.
    pub detail: Vec<LineEvidence>,
    /// The lines by priority, ISP 1 first.
    pub lines: Vec<LineStatus>,
}

/// How a line that works today gets its address.
#[derive(Clone, Debug, PartialEq, uniffi::Enum, Serialize, Deserialize)]
#[serde(tag = "kind")]
pub enum DetectedAccess {
    /// The address comes from a DHCP client, also that of an LTE stick.
    #[serde(rename = "dhcp")]
    Dhcp {
        /// The gateway of the lease, an IPv4 address; null where it is not known.
        #[uniffi(default = None)]
        gateway: Option<String>,
    },
    /// The address was typed.
    #[serde(rename = "static")]
    Static {
        /// The address as the router has it, `198.51.100.2/30`; null where it is not known.
        #[uniffi(default = None)]
        address: Option<Text>,
        /// The next hop, an IPv4 address; null where the route names an interface only.
        #[uniffi(default = None)]
        gateway: Option<String>,
    },
    /// The address comes from a PPPoE client, which is the line's interface.
    #[serde(rename = "pppoe")]
    Pppoe {
        /// The interface that it dials over; null where it is not known.
        #[uniffi(default = None)]
        over: Option<Text>,
    },
    /// The address comes from an LTE or 5G modem.
    #[serde(rename = "lte")]
    Lte,
    /// The address comes from a dial-up modem.
    #[serde(rename = "ppp")]
    Ppp,
    /// The line is a tunnel.
    #[serde(rename = "tunnel")]
    Tunnel,
}

/// What says that a line is the one that works today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Basis {
    #[serde(rename = "active")]
    Active,
    #[serde(rename = "first_of_active")]
    FirstOfActive,
    #[serde(rename = "only_default")]
    OnlyDefault,
    #[serde(rename = "lowest_distance")]
    LowestDistance,
    #[serde(rename = "first_of_equal")]
    FirstOfEqual,
    #[serde(rename = "none_active")]
    NoneActive,
}

/// The line that carries internet today, as the router has it.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct DetectedLine {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/detected-line/1")]
    pub schema: String,
    /// The interface that the default route leaves by, as `ether1` or `pppoe-out1`.
    pub interface: Text,
    /// How it gets its address.
    pub access: DetectedAccess,
    /// What says that it is this one.
    pub basis: Basis,
    /// The same in one sentence.
    pub message: String,
}

/// An interface as a set-up form lists it.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Port {
    /// Its name on the router.
    pub name: Text,
    /// What it is.
    pub kind: InterfaceKind,
    /// Whether it can become a line.
    pub state: PortState,
    /// What it is used for today, the weightiest first; empty for a port that is free.
    pub reasons: Vec<PortReason>,
}

/// What an interface is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum InterfaceKind {
    #[serde(rename = "ethernet")]
    Ethernet,
    #[serde(rename = "sfp")]
    Sfp,
    #[serde(rename = "wireless")]
    Wireless,
    #[serde(rename = "lte")]
    Lte,
    #[serde(rename = "vlan")]
    Vlan,
    #[serde(rename = "bonding")]
    Bonding,
    #[serde(rename = "pppoe")]
    Pppoe,
    #[serde(rename = "ppp")]
    Ppp,
    #[serde(rename = "ppp_tunnel")]
    PppTunnel,
    #[serde(rename = "tunnel")]
    Tunnel,
    #[serde(rename = "bridge")]
    Bridge,
    #[serde(rename = "other")]
    Other,
}

/// Whether a port can become a line: nothing speaks against it, its reasons say what that changes, or it is not
/// offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum PortState {
    #[serde(rename = "free")]
    Free,
    #[serde(rename = "usable")]
    Usable,
    #[serde(rename = "taken")]
    Taken,
}

/// What a port is used for today; only what belongs to its code is there.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct PortReason {
    /// What.
    pub code: PortReasonCode,
    /// Of `carries_isp_one` and `carries_chosen`, the line that comes in through it.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub interface: Option<Text>,
    /// Of `bonding_slave`, the bonding.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bonding: Option<Text>,
    /// Of `switched`, its master, or the first of its slaves.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub port: Option<Text>,
    /// Of `carries_pppoe`, the client.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client: Option<Text>,
    /// Of `addressed`, the address, as `192.168.88.1/24`.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<Text>,
    /// Of `serves`, which server.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<Service>,
    /// Of `on_bridge` and `hotspot_bridge`, the bridge.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bridge: Option<Text>,
    /// Of `has_default_route`, the distance of that route.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub distance: Option<i64>,
    /// Of `carries_vlan`, the first of them.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vlan: Option<Text>,
    /// The end of a sentence that begins with the port.
    pub message: String,
}

/// What a port is used for today.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum PortReasonCode {
    #[serde(rename = "is_isp_one")]
    IsIspOne,
    #[serde(rename = "chosen")]
    Chosen,
    #[serde(rename = "carries_isp_one")]
    CarriesIspOne,
    #[serde(rename = "carries_chosen")]
    CarriesChosen,
    #[serde(rename = "bonding_slave")]
    BondingSlave,
    #[serde(rename = "switched")]
    Switched,
    #[serde(rename = "carries_pppoe")]
    CarriesPppoe,
    #[serde(rename = "addressed")]
    Addressed,
    #[serde(rename = "serves")]
    Serves,
    #[serde(rename = "on_bridge")]
    OnBridge,
    #[serde(rename = "hotspot_bridge")]
    HotspotBridge,
    #[serde(rename = "has_default_route")]
    HasDefaultRoute,
    #[serde(rename = "has_dhcp_client")]
    HasDhcpClient,
    #[serde(rename = "carries_vlan")]
    CarriesVlan,
    #[serde(rename = "disabled")]
    Disabled,
    #[serde(rename = "no_link")]
    NoLink,
}

/// A server that runs on a port.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Service {
    #[serde(rename = "dhcp")]
    Dhcp,
    #[serde(rename = "pppoe")]
    Pppoe,
    #[serde(rename = "hotspot")]
    Hotspot,
    #[serde(rename = "wireless")]
    Wireless,
}

/// The interfaces of a router that could be lines, by kind and then by number.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct PortList {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/ports/1")]
    pub schema: String,
    /// Whether these are all; a compact export leaves out ports as the factory made them that nothing names.
    pub complete: bool,
    /// The ports; bridges are none.
    pub ports: Vec<Port>,
}

/// A row that chooses between lines by hand.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct ExistingRow {
    /// What it does.
    pub role: SetupRole,
    /// The same in a few words.
    pub what: String,
    /// The row.
    pub row: SubjectRow,
}

/// What a row of a multi-WAN set-up by hand does, in the order in which a plan switches such rows off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum SetupRole {
    #[serde(rename = "schedule")]
    Schedule,
    #[serde(rename = "watch")]
    Watch,
    #[serde(rename = "default")]
    Default,
    #[serde(rename = "shared_default")]
    SharedDefault,
    #[serde(rename = "rule")]
    Rule,
    #[serde(rename = "classifier")]
    Classifier,
    #[serde(rename = "connection_mark")]
    ConnectionMark,
    #[serde(rename = "routing_mark")]
    RoutingMark,
    #[serde(rename = "table_default")]
    TableDefault,
    #[serde(rename = "probe")]
    Probe,
}

/// The enabled rows of somebody else that choose between the lines of a site.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct ExistingRows {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/existing-rows/1")]
    pub schema: String,
    /// The rows, in the order in which a plan switches them off.
    pub rows: Vec<ExistingRow>,
}
