//! How the lines of a site are now: a state, its badge and the evidence for each, and a sentence for the router.
//!
//! ```text
//!  Site + Router (read a moment ago) --judge--> LineStatus ... --> SiteStatus --> badges, sentence, JSON
//! ```
//!
//! It reads what a router tells of itself - links, leases, routes, netwatch - and never guesses: what the picture does not
//! show is [`State::Unknown`].

mod badge;
mod carriers;
mod document;
mod judge;
mod line;
mod reads;
mod sentence;
mod setup;
mod text;

use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

pub use self::badge::{Badge, Colour, Style};
use self::judge::Verdict;
pub use self::line::{Evidence, LineStatus, Reason, State};
pub use self::reads::{StatusRead, status_reads};
pub use self::sentence::elapsed;
use crate::pcc::Ratio;
use crate::routeros::router::Router;
use crate::site::{Line, Mode, Site};

/// How a site is on its router.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteStatus {
    /// What the lines are to each other.
    pub mode: Mode,
    /// What became of the set-up of the site.
    pub setup: Setup,
    /// What tells that the set-up is not as planned; empty where it is, where nothing of it is there, or nobody knows.
    pub detail: Vec<Evidence>,
    /// The lines by priority, ISP 1 first.
    pub lines: Vec<LineStatus>,
}

/// How the lines of a site are, from a router that was read a moment ago.
///
/// It asks the router's own live values, and reads 6 and 7 alike: REST JSON, replies of the API and `print` give the same. Lines are
/// judged from the cable to the far host: interface, client, the defaults over the line; what carries traffic is told by the
/// defaults that are in force, table by table. A default that its client adds as a last resort proves nothing of a line whose
/// probes are dead.
///
/// A picture of a few menus is enough; [`status_reads`] names them, and what was not read is not taken to be missing. That rows of the
/// set-up are switched off, name lines that the site lacks, or that another site was applied shows in such a picture, and is
/// told as [`Setup::Drifted`]; whether every row stands as planned only [`verify`](crate::verify) tells: where it finds more,
/// set `setup` yourself.
///
/// # Example
///
/// ```
/// use multi_isp::Router;
/// use multi_isp::site::Site;
/// use multi_isp::status::{Style, status};
///
/// let site = Site::from_json(br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
///     {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
///     {"id": "lte", "interface": "lte1", "access": {"type": "lte"}, "mbps": 20}]}"#)?;
/// let router = Router::from_rest(br#"{
///     "/interface": [{".id": "*1", "name": "ether1", "type": "ether", "running": "true"},
///                    {".id": "*2", "name": "lte1", "type": "lte", "running": "true"}],
///     "/ip/dhcp-client": [{".id": "*1", "interface": "ether1", "status": "bound"}],
///     "/ip/route": [
///         {".id": "*1", "dst-address": "0.0.0.0/0", "gateway": "9.9.9.10", "comment": "multi-isp:main:fiber:1",
///          "immediate-gw": "", "inactive": "true"},
///         {".id": "*2", "dst-address": "0.0.0.0/0", "gateway": "149.112.112.10", "comment": "multi-isp:main:lte:1",
///          "immediate-gw": "lte1", "active": "true"}]}"#, None)?;
///
/// let status = status(&site, &router);
/// assert_eq!(status.sentence(Style::Unicode), "Failover active — backup lte1 (primary ether1 down)");
/// assert_eq!(status.lines[0].badge(Style::Unicode).tooltip, "ether1 — Offline");
/// let why = &status.lines[0].detail[0];
/// assert_eq!((&*why.row, &*why.property), ("multi-isp:main:fiber:1", "inactive"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn status(site: &Site, router: &Router) -> SiteStatus {
    let (setup, detail) = setup::setup(site, router);
    let is_applied = matches!(setup, Setup::Applied | Setup::Drifted);
    let shares = carriers::shares(site, router);
    let lines = site.lines().iter().zip(shares);
    SiteStatus {
        mode: site.mode(),
        setup,
        detail,
        lines: lines
            .map(|(line, share)| of_line(router, line, share, is_applied))
            .collect(),
    }
}

fn of_line(router: &Router, line: &Line, share: Ratio, is_applied: bool) -> LineStatus {
    let found = judge::judge(router, line, is_applied);
    let state = match found.verdict {
        Verdict::Up if share > Ratio::ZERO => State::Active,
        Verdict::Up => State::Standby,
        Verdict::Partly => State::Degraded,
        Verdict::Down(reason) => State::Offline(reason),
        Verdict::Unknown => State::Unknown,
    };
    LineStatus {
        state,
        share,
        detail: found.detail,
        ..LineStatus::unknown(line)
    }
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
    /// # Ok::<(), multi_isp::document::DocumentErrors>(())
    /// ```
    pub fn unreachable(site: &Site) -> Self {
        Self {
            mode: site.mode(),
            setup: Setup::Unreachable,
            detail: Vec::new(),
            lines: site.lines().iter().map(LineStatus::unknown).collect(),
        }
    }
}
