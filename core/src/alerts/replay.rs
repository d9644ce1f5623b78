//! A recorded series of readings through the alert machine, to tune thresholds.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::state::reading;
use super::track::Track;
use super::{Alert, AlertOptions, AlertState, Reading, alerts, document};

/// What a recorded series would have told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replay {
    /// Every alert, as it would have been told.
    pub alerts: Vec<Alert>,
    /// What became of each line, by id. One that leaves the site and comes back is one line.
    pub lines: Vec<LineSummary>,
    /// What is remembered behind the last reading.
    pub state: AlertState,
}

/// What became of a line in a series of readings.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct LineSummary {
    /// Its id.
    pub id: String,
    /// How often it changed between up and down, flaps included.
    pub transitions: usize,
    /// How often that was told, reminders left out.
    pub alerts: usize,
    /// How often it was told again.
    pub reminders: usize,
    /// How often it changed and was back before the change had lasted for long enough; each is two transitions.
    pub flaps_damped: usize,
    /// For how many seconds it was down: from each reading that says so to the one behind it.
    pub seconds_down: u64,
}

/// What a recorded series of readings would have told with these options.
///
/// # Example
///
/// ```
/// use multi_isp::alerts::{AlertOptions, Reading, replay};
/// # use multi_isp::site::Site;
/// use multi_isp::status::{Reason, Setup, SiteStatus, State};
///
/// # let site = Site::from_json(br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
/// #     {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
/// #     {"id": "lte", "interface": "lte1", "access": {"type": "lte"}, "mbps": 20}]}"#)?;
/// # let mut status = SiteStatus::unreachable(&site);
/// # status.setup = Setup::Applied;
/// let down = State::Offline(Reason::NoLink);
/// let states = [State::Active, down, State::Active, down, down, down].into_iter();
/// let log: Vec<Reading> = (0..).step_by(45).zip(states).map(|(at, fiber)| {
///     status.lines[0].state = fiber;
///     Reading { at, status: status.clone() }
/// }).collect();
///
/// let hasty = replay(&log, &AlertOptions::default());
/// assert_eq!(hasty.alerts.len(), 3);
///
/// let patient = replay(&log, &AlertOptions { down_after: 90, ..AlertOptions::default() });
/// assert_eq!(patient.alerts.len(), 1);
/// assert_eq!((patient.alerts[0].since, patient.alerts[0].at), (135, 225));
/// assert_eq!((patient.lines[0].transitions, patient.lines[0].flaps_damped), (3, 1));
/// assert_eq!(patient.lines[0].seconds_down, 45 + 90);
/// # Ok::<(), multi_isp::document::DocumentErrors>(())
/// ```
pub fn replay(log: &[Reading], options: &AlertOptions) -> Replay {
    let mut told = Vec::new();
    let mut state = AlertState::default();
    let mut lines: BTreeMap<String, LineSummary> = BTreeMap::new();
    let nexts = log.iter().skip(1).map(Some).chain([None]);
    for (now, next) in log.iter().zip(nexts) {
        let (after, alerts) = alerts(&state, &now.status, now.at, options);
        for (id, track) in &after.lines {
            let summary = lines.entry(id.clone()).or_default();
            summary.count(state.lines.get(id), track);
        }
        let seconds = next.map_or(0, |next| next.at.saturating_sub(now.at));
        for line in &now.status.lines {
            if let Some(summary) = lines.get_mut(&line.id)
                && reading(&now.status, line) == Some(false)
            {
                summary.seconds_down = summary.seconds_down.saturating_add(seconds);
            }
        }
        told.extend(alerts);
        state = after;
    }
    Replay {
        lines: summaries(lines, &told),
        alerts: told,
        state,
    }
}

impl Replay {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/replay/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("replay.schema.json");

    /// All of that as a JSON document.
    pub fn to_json(&self) -> String {
        document::write_replay(self)
    }
}

fn summaries(lines: BTreeMap<String, LineSummary>, alerts: &[Alert]) -> Vec<LineSummary> {
    let summary = |(id, summary): (String, LineSummary)| {
        let of_it = alerts
            .iter()
            .filter(|alert| alert.line.as_ref().is_some_and(|line| line.id == id));
        let (reminders, alerts): (Vec<&Alert>, Vec<&Alert>) = of_it.partition(|alert| alert.reminder);
        LineSummary {
            id,
            alerts: alerts.len(),
            reminders: reminders.len(),
            ..summary
        }
    };
    lines.into_iter().map(summary).collect()
}

impl LineSummary {
    fn count(&mut self, before: Option<&Track>, after: &Track) {
        let Some(before) = before else {
            return;
        };
        if before.reads_up() != after.reads_up() {
            self.transitions = self.transitions.saturating_add(1);
        }
        let is_over = before.differs_since.is_some() && after.differs_since.is_none();
        if is_over && before.is_up == after.is_up {
            self.flaps_damped = self.flaps_damped.saturating_add(1);
        }
    }
}
