//! The state of one line, and what decided it.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use crate::pcc::Ratio;
use crate::site::Line;

/// How a line is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineStatus {
    /// The line's id.
    pub id: String,
    /// Its label, as people read it.
    pub label: String,
    /// Its interface, as people read it.
    pub interface: String,
    /// How it is.
    pub state: State,
    /// The part of all new connections of customers that leaves over it now, 0 to 1. Where the line does not work that is what the
    /// router has not switched yet, or its last resort while the probes of all lines are silent.
    pub share: Ratio,
    /// What decided the state, the strongest first; empty where nothing is known of the line.
    pub detail: Vec<Evidence>,
}

/// How a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case", tag = "state", content = "reason")]
pub enum State {
    /// It works and carries traffic.
    Active,
    /// It works, and another line carries what it could.
    Standby,
    /// It works, and some of its probes do not answer, or some of its defaults cannot be used. Its share says whether it carries
    /// traffic.
    Degraded,
    /// It does not work.
    Offline(Reason),
    /// What was read does not tell.
    Unknown,
}

/// Why a line does not work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// Somebody switched its interface, its client or its routes off.
    Disabled,
    /// There is no link: the cable is unplugged, the modem is gone.
    NoLink,
    /// The set-up is there, and no default route leads over it.
    NoRoute,
    /// The link is up, and the provider gives no address: no lease, no session, no registration.
    NoAddress,
    /// The next hop does not answer.
    GatewayDown,
    /// None of the probes answers. Where the next hop is not checked too, it may be that one which is down.
    UpstreamDown,
}

/// A value that a router told, and that decided something.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Evidence {
    /// The menu.
    pub menu: String,
    /// By what the row is known: its name, interface, comment or host.
    pub row: String,
    /// The property.
    pub property: String,
    /// Its value; empty where the router did not tell it.
    pub value: String,
}

impl LineStatus {
    /// A line of which nothing is known.
    pub(super) fn unknown(line: &Line) -> Self {
        Self {
            id: line.id().to_string(),
            label: line.label().to_string(),
            interface: line.interface().to_string(),
            state: State::Unknown,
            share: Ratio::ZERO,
            detail: Vec::new(),
        }
    }
}

impl State {
    /// Whether the line works: `None` where that is not known. One that is degraded does.
    pub fn is_up(self) -> Option<bool> {
        match self {
            Self::Active | Self::Standby | Self::Degraded => Some(true),
            Self::Offline(_) => Some(false),
            Self::Unknown => None,
        }
    }
}

impl Reason {
    /// The reason in a few words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Disabled => "switched off",
            Self::NoLink => "no link",
            Self::NoRoute => "no default route",
            Self::NoAddress => "no address from the provider",
            Self::GatewayDown => "next hop does not answer",
            Self::UpstreamDown => "no internet behind the provider",
        }
    }
}
