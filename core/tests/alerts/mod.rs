//! What people are told when a line changes.

mod document;
mod hand;
mod messages;
mod series;
mod sms;

use multi_isp::alerts::{Alert, AlertKind};
use multi_isp::site::{Access, LineDraft, Mbps, Mode, SiteDraft};
use multi_isp::status::{Reason, Setup, SiteStatus, State};

pub const DOWN: State = State::Offline(Reason::NoLink);

/// A router that answers, with a line `isp1`, `isp2` .. for each state.
pub fn status(states: &[State]) -> SiteStatus {
    let speed = Mbps::new(100).unwrap();
    let line = |n: usize| LineDraft::new(format!("isp{n}"), format!("ether{n}"), Access::Dhcp, speed);
    let lines = (1..=states.len()).map(line).collect();
    let site = SiteDraft::new(Mode::Failover, lines).build().unwrap();
    let mut status = SiteStatus::unreachable(&site);
    status.setup = Setup::Applied;
    for (line, state) in status.lines.iter_mut().zip(states) {
        line.state = *state;
    }
    status
}

/// An alert in a word: `isp1 LineDown`, `LinesBack`.
pub fn word(alert: &Alert) -> String {
    let line = alert.line.as_ref().map(|line| format!("{} ", line.id));
    let again = if alert.reminder { " again" } else { "" };
    format!("{}{:?}{again}", line.unwrap_or_default(), alert.kind)
}

pub fn is_down(kind: AlertKind) -> bool {
    matches!(
        kind,
        AlertKind::LineDown | AlertKind::RouterUnreachable | AlertKind::AllLinesDown
    )
}
