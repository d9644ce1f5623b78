//! What to tell people when a line changes.
//!
//! ```text
//!  AlertState + SiteStatus + time --alerts--> AlertState (to keep) + Alert ... --Messages--> text of an SMS
//!  recorded readings --replay--> Alert ... + what became of each line
//! ```
//!
//! [`alerts`] is a pure function: the caller reads the router, gives the time, and keeps the [`AlertState`], in its database if it
//! likes ([`AlertState::to_json`]). A program that starts again with the state that it kept sends nothing twice.
//!
//! **What is told.** A line that was up and is down, or the other way round, each once. The first reading of a line tells nothing,
//! nor does one that does not know ([`State::Unknown`](crate::status::State::Unknown)): it neither raises nor clears. A change that
//! does not last as long as [`AlertOptions`] asks for is a flap, and is not told.
//!
//! **What hides what.** While people believe that the router does not answer, or that none of its lines works, no line is told
//! alone. When that is over, it is told, and in the same moment each line that is not as people last heard of it; so of a router whose
//! two lines died and of which one came back they hear `all_lines_down`, then `lines_back` and `line_down` for the other.
//!
//! **Time** is in seconds of a clock of the caller's, whatever it counts from. Where it runs backwards, nothing is remembered to be
//! later than now: at worst a change is told later by the time that a change has to last.
//!
//! **Ids** tell lines apart. One that is renamed or gets another port goes on; one that leaves the site is forgotten.
//!
//! # Example
//!
//! ```
//! use multi_isp::alerts::{AlertKind, AlertOptions, AlertState, Messages, alerts};
//! # use multi_isp::site::Site;
//! use multi_isp::status::{Reason, Setup, SiteStatus, State};
//!
//! # let site = Site::from_json(br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
//! #     {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
//! #     {"id": "lte", "interface": "lte1", "access": {"type": "lte"}, "mbps": 20}]}"#)?;
//! # let mut status = SiteStatus::unreachable(&site);
//! # status.setup = Setup::Applied;
//! let options = AlertOptions::default();
//! status.lines[0].state = State::Active;
//! status.lines[1].state = State::Standby;
//! let (state, told) = alerts(&AlertState::default(), &status, 1_000, &options);
//! assert!(told.is_empty());
//!
//! status.lines[0].state = State::Offline(Reason::NoLink);
//! status.lines[1].state = State::Active;
//! let (state, told) = alerts(&state, &status, 1_045, &options);
//! assert_eq!(told[0].kind, AlertKind::LineDown);
//! assert_eq!(state.changed_at("fiber"), Some(1_045));
//!
//! let message = Messages::default().of(&told[0], "Home Router");
//! assert_eq!(message.text, "🔴 ISP link down\nRouter: Home Router\nLine: ISP 1 (ether1)\nCheck the cable or port.");
//! # Ok::<(), multi_isp::document::DocumentErrors>(())
//! ```

mod alert;
mod document;
mod log;
mod message;
mod options;
mod plain;
mod replay;
pub mod sms;
mod state;
mod template;
mod track;

use alloc::vec::Vec;

pub use self::alert::{Alert, AlertKind, AlertLine};
pub use self::log::{Log, Reading};
pub use self::message::{Message, Messages};
pub use self::options::AlertOptions;
pub use self::replay::{LineSummary, Replay, replay};
pub use self::state::AlertState;
pub use self::template::Template;
use crate::status::SiteStatus;

/// What to tell of a reading, and what to remember for the next.
///
/// `at` is when the status was read, in seconds of the caller's clock. The alerts come in the order in which to send them: of the
/// router, of all lines together, of each line by priority. With options that are off there are none, and the state goes on knowing
/// when lines changed.
pub fn alerts(
    state: &AlertState,
    current: &SiteStatus,
    at: u64,
    options: &AlertOptions,
) -> (AlertState, Vec<Alert>) {
    state.after(current, at, options)
}
