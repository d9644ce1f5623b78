//! The values of multi-isp, made by `cargo xtask types` from the JSON Schemas of core.

use serde::{Deserialize, Serialize};

use crate::text::Text;

/// How.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Mode {
    #[serde(rename = "failover")]
    Failover,
    #[serde(rename = "load_balance")]
    LoadBalance,
    #[serde(rename = "load_balance_failover")]
    LoadBalanceFailover,
}

/// How.
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

/// How.
#[derive(Clone, Debug, PartialEq, uniffi::Enum, Serialize, Deserialize)]
#[serde(tag = "type")]
pub enum Access {
    /// One.
    #[serde(rename = "dhcp")]
    Dhcp,
    /// One.
    #[serde(rename = "static")]
    Static {
        /// The address.
        address: String,
        /// The gateway.
        gateway: String,
    },
    /// One.
    #[serde(rename = "pppoe")]
    Pppoe {
        /// The port.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        port: Option<Text>,
        /// The user.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<Text>,
        /// The password.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<Text>,
        /// The service.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service: Option<Text>,
    },
    /// One.
    #[serde(rename = "lte")]
    Lte {
        /// The apn.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        apn: Option<Text>,
        /// The user.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        user: Option<Text>,
        /// The password.
        #[uniffi(default = None)]
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<Text>,
    },
    /// One.
    #[serde(rename = "tunnel")]
    Tunnel,
}

/// A line.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Line {
    /// The id.
    pub id: String,
    /// The label.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<Text>,
    /// The interface.
    pub interface: Text,
    /// The access.
    pub access: Access,
    /// The mbps.
    pub mbps: f64,
    /// The metered.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub metered: Option<bool>,
    /// The health.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<Health>,
    /// The probes.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub probes: Option<Vec<String>>,
}

/// What.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Site {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/site/1")]
    pub schema: String,
    /// The mode.
    pub mode: Mode,
    /// The lines.
    pub lines: Vec<Line>,
    /// The health.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub health: Option<Health>,
    /// The max_buckets.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_buckets: Option<i64>,
    /// The replies.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replies: Option<bool>,
}

/// How grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Level {
    #[serde(rename = "error")]
    Error,
    #[serde(rename = "warning")]
    Warning,
    #[serde(rename = "note")]
    Note,
}

/// Where.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Place {
    /// The offset.
    pub offset: i64,
    /// The length.
    pub length: i64,
    /// The line.
    pub line: i64,
    /// The column.
    pub column: i64,
}

/// Row.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct RowSubject {
    /// The menu.
    pub menu: String,
    /// The id.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The command.
    pub command: String,
    /// The property.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// The place.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// About.
#[derive(Clone, Debug, PartialEq, uniffi::Enum, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Subject {
    /// One.
    Line {
        /// The line.
        line: String,
    },
    /// One.
    Interface {
        /// The interface.
        interface: String,
    },
    /// One.
    Menu {
        /// The menu.
        menu: String,
    },
    /// One.
    Field {
        /// The field.
        field: String,
    },
    /// One.
    Row {
        /// The row.
        row: RowSubject,
    },
}

/// Shows.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Evidence {
    /// The what.
    pub what: String,
    /// The depth.
    pub depth: i64,
    /// The place.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

/// Mends.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Fix {
    /// The what.
    pub what: String,
    /// The commands.
    pub commands: Vec<String>,
    /// The undo.
    pub undo: Vec<String>,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Diagnostic {
    /// The code.
    pub code: String,
    /// The level.
    pub level: Level,
    /// The message.
    pub message: String,
    /// The help.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// The place.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// The subjects.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subjects: Option<Vec<Subject>>,
    /// The evidence.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Vec<Evidence>>,
    /// The fix.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// Set-up.
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

/// State.
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

/// Why.
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

/// C.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum, Serialize, Deserialize)]
pub enum Colour {
    #[serde(rename = "green")]
    Green,
    #[serde(rename = "red")]
    Red,
    #[serde(rename = "grey")]
    Grey,
}

/// B.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct Badge {
    /// The colour.
    pub colour: Colour,
    /// The label.
    pub label: String,
    /// The tooltip.
    pub tooltip: String,
}

/// E.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct StatusEvidence {
    /// The menu.
    pub menu: String,
    /// The row.
    pub row: String,
    /// The property.
    pub property: String,
    /// The value.
    pub value: String,
}

/// How a line is.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct LineStatus {
    /// The id.
    pub id: String,
    /// The label.
    pub label: String,
    /// The interface.
    pub interface: String,
    /// The state.
    pub state: State,
    /// The reason.
    #[uniffi(default = None)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The share.
    pub share: String,
    /// The badge.
    pub badge: Badge,
    /// The detail.
    pub detail: Vec<StatusEvidence>,
}

/// How a site is.
#[derive(Clone, Debug, PartialEq, uniffi::Record, Serialize, Deserialize)]
pub struct SiteStatus {
    /// Name and version of the document.
    #[uniffi(default = "multi-isp/status/1")]
    pub schema: String,
    /// The mode.
    pub mode: Mode,
    /// The setup.
    pub setup: Setup,
    /// The sentence.
    pub sentence: String,
    /// The detail.
    pub detail: Vec<StatusEvidence>,
    /// The lines.
    pub lines: Vec<LineStatus>,
}
