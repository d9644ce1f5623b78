//! How the lines of a site are now: a state, its badge and the evidence for each, and a sentence for the router.
//!
//! ```text
//!  Site + Router (read a moment ago) --judge--> LineStatus ... --> SiteStatus --> badges, sentence, JSON
//! ```
//!
//! It reads what a router tells of itself - links, leases, routes, netwatch - and never guesses: what the picture does not
//! show is [`State::Unknown`].

mod badge;
mod line;

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

pub use self::badge::{Badge, Colour, Style};
pub use self::line::{Evidence, LineStatus, Reason, State};
use crate::site::{Mode, Site};

/// How a site is on its router.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteStatus {
    /// What the lines are to each other.
    pub mode: Mode,
    /// What became of the set-up of the site.
    pub setup: Setup,
    /// The lines by priority, ISP 1 first.
    pub lines: Vec<LineStatus>,
}

/// What became of the set-up of a site on its router.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setup {
    /// It is in force.
    Applied,
    /// It is in force, and not as it was planned.
    Drifted,
    /// Nothing of it is on the router.
    NotApplied,
    /// The picture of the router does not tell.
    Unknown,
    /// The router did not answer.
    Unreachable,
}

impl SiteStatus {
    /// The status of a site whose router did not answer: nothing is known of its lines.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::site::Site;
    /// use multi_isp::status::{Setup, SiteStatus, State};
    ///
    /// let site = Site::from_json(br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
    ///     {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
    ///     {"id": "lte", "interface": "lte1", "access": {"type": "lte"}, "mbps": 20}]}"#)?;
    /// let status = SiteStatus::unreachable(&site);
    /// assert_eq!(status.setup, Setup::Unreachable);
    /// assert!(status.lines.iter().all(|line| line.state == State::Unknown));
    /// # Ok::<(), multi_isp::site::SiteErrors>(())
    /// ```
    pub fn unreachable(site: &Site) -> Self {
        Self {
            mode: site.mode(),
            setup: Setup::Unreachable,
            lines: site.lines().iter().map(LineStatus::unknown).collect(),
        }
    }
}
