//! What is remembered from one reading to the next.

use alloc::collections::BTreeMap;
use alloc::string::String;
use alloc::vec::Vec;

use super::alert::{Alert, AlertKind, AlertLine};
use super::track::{Hearing, Telling, Track};
use super::{AlertOptions, document};
use crate::document::DocumentErrors;
use crate::status::{LineStatus, Setup, SiteStatus};

/// What is remembered of a site from one reading to the next; the caller keeps it. The default knows nothing yet.
///
/// # Example
///
/// ```
/// use multi_isp::alerts::AlertState;
///
/// let state = AlertState::default();
/// assert_eq!(AlertState::from_json(state.to_json().as_bytes())?, state);
/// # Ok::<(), multi_isp::document::DocumentErrors>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlertState {
    /// Whether it answers.
    pub(super) router: Option<Track>,
    /// Whether one of them is up.
    pub(super) all_lines: Option<Track>,
    /// By id.
    pub(super) lines: BTreeMap<String, Track>,
}

impl AlertState {
    /// Name of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/alert-state/1";

    /// JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("alert-state.schema.json");

    /// When the line last changed between up and down, in seconds of the caller's clock: at the reading that first showed it. None
    /// where no change was seen yet. A flap that was damped is no change once it is over; one that goes on is.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::alerts::AlertState;
    ///
    /// let json = br#"{"schema": "multi-isp/alert-state/1", "lines": [{"id": "lte", "up": false, "since": 1045}]}"#;
    /// let state = AlertState::from_json(json)?;
    /// assert_eq!(state.changed_at("lte"), Some(1_045));
    /// assert_eq!(state.changed_at("fiber"), None);
    /// # Ok::<(), multi_isp::document::DocumentErrors>(())
    /// ```
    pub fn changed_at(&self, line: &str) -> Option<u64> {
        let track = self.lines.get(line)?;
        track.differs_since.or(track.since)
    }

    /// The state as a JSON document, schema `multi-isp/alert-state/1`.
    pub fn to_json(&self) -> String {
        document::write(self)
    }

    /// The state of a JSON document.
    ///
    /// # Errors
    ///
    /// All that is wrong with it: `too-large`, `not-utf8`, `invalid-json`, `unknown-schema`, `unknown-field`, `duplicate-field`,
    /// `missing-field`, `wrong-type`, `unknown-value`, `duplicate-line-id`.
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        document::read(json)
    }

    /// The state after a reading, and what is to be told of it.
    pub(super) fn after(&self, status: &SiteStatus, at: u64, options: &AlertOptions) -> (Self, Vec<Alert>) {
        let picture = Picture::of(status, at, options);
        let mut state = self.clone();
        state.read(&picture);
        let alerts = state.tell(&picture);
        (state, alerts)
    }

    fn read(&mut self, picture: &Picture<'_>) {
        let tracks = self.router.iter_mut().chain(&mut self.all_lines);
        for track in tracks.chain(self.lines.values_mut()) {
            track.not_after(picture.at);
        }
        self.lines
            .retain(|id, _| picture.lines.iter().any(|line| line.status.id == *id));
        picture.take(&mut self.router, Some(picture.answers), picture.is_router_open());
        for line in &picture.lines {
            let mut track = self.lines.remove(&line.status.id);
            picture.take(&mut track, line.is_up, picture.is_line_open(line.status));
            self.lines
                .extend(track.map(|track| (line.status.id.clone(), track)));
        }
        if let Some(is_up) = self.some_line_up(picture) {
            let since = self.newest(is_up).unwrap_or(picture.at);
            let track = self.all_lines.get_or_insert(Track::first(is_up));
            if track.is_up != is_up {
                track.change(is_up, since);
            }
        }
    }

    fn tell(&mut self, picture: &Picture<'_>) -> Vec<Alert> {
        let mut alerts = Vec::new();
        let hearing = picture.hearing(picture.is_router_open(), false);
        picture.tell(
            &mut self.router,
            ROUTER,
            Some(picture.answers),
            &hearing,
            &mut alerts,
        );

        let is_hidden = self.router.is_some_and(|track| track.is_told_down());
        let some_line_up = self.some_line_up(picture);
        let hearing = picture.hearing(picture.are_lines_open(), is_hidden);
        picture.tell(
            &mut self.all_lines,
            ALL_LINES,
            some_line_up,
            &hearing,
            &mut alerts,
        );

        let is_hidden = is_hidden || self.all_lines.is_some_and(|track| track.is_told_down());
        for line in &picture.lines {
            let Some(track) = self.lines.get_mut(&line.status.id) else {
                continue;
            };
            let hearing = picture.hearing(picture.is_line_open(line.status), is_hidden);
            if let Some(telling) = track.tell(line.is_up, picture.at, &hearing) {
                let kind = LINE.of(track.is_up);
                let about = Some(AlertLine::of(line.status));
                alerts.push(picture.alert(kind, telling, track, about));
            }
        }
        alerts
    }

    /// Whether a line is up: yes where this reading shows one, no where it shows one down, none up, and no other line is known to
    /// be up.
    fn some_line_up(&self, picture: &Picture<'_>) -> Option<bool> {
        let reads = |wanted| picture.lines.iter().any(|line| line.is_up == Some(wanted));
        let is_known_up = |line: &LineReading<'_>| self.lines.get(&line.status.id).map(|track| track.is_up);
        let mut lines = picture.lines.iter();
        if lines.any(|line| line.is_up == Some(true) && is_known_up(line) == Some(true)) {
            return Some(true);
        }
        let are_down = picture.lines.iter().all(|line| is_known_up(line) == Some(false));
        (are_down && reads(false) && !reads(true)).then_some(false)
    }

    /// When the last of the lines that are so became so.
    fn newest(&self, is_up: bool) -> Option<u64> {
        let lines = self.lines.values().filter(|track| track.is_up == is_up);
        lines.filter_map(|track| track.since).max()
    }
}

/// Whether a reading says that a line is up. Of a router that does not answer no line is known.
pub(super) fn reading(status: &SiteStatus, line: &LineStatus) -> Option<bool> {
    line.state.is_up().filter(|_| status.setup != Setup::Unreachable)
}

/// A reading of a site, with the options that hold for it.
struct Picture<'a> {
    answers: bool,
    lines: Vec<LineReading<'a>>,
    at: u64,
    options: &'a AlertOptions,
}

struct LineReading<'a> {
    status: &'a LineStatus,
    is_up: Option<bool>,
}

impl<'a> Picture<'a> {
    /// Ids are unique in a site; of two the first counts.
    fn of(status: &'a SiteStatus, at: u64, options: &'a AlertOptions) -> Self {
        let mut lines: Vec<LineReading<'a>> = Vec::new();
        for line in &status.lines {
            if !lines.iter().any(|earlier| earlier.status.id == line.id) {
                lines.push(LineReading {
                    status: line,
                    is_up: reading(status, line),
                });
            }
        }
        Self {
            answers: status.setup != Setup::Unreachable,
            lines,
            at,
            options,
        }
    }

    fn is_router_open(&self) -> bool {
        self.options.enabled && self.options.router
    }

    fn are_lines_open(&self) -> bool {
        let lines = &self.lines;
        let is_heard = lines.iter().any(|line| self.is_line_open(line.status));
        self.options.all_lines && lines.len() > 1 && is_heard
    }

    fn is_line_open(&self, line: &LineStatus) -> bool {
        self.options.enabled && !self.options.quiet.contains(&line.id)
    }

    /// Lets a track take a reading. A first reading counts at once, and so does the first one that is heard again.
    fn take(&self, track: &mut Option<Track>, reading: Option<bool>, is_open: bool) {
        let Some(track) = track else {
            *track = reading.map(Track::first);
            return;
        };
        let is_first = is_open && track.told.is_none();
        let hold = reading.map_or(0, |is_up| self.options.hold(is_up));
        track.read(reading, self.at, if is_first { 0 } else { hold });
    }

    fn hearing(&self, is_open: bool, is_hidden: bool) -> Hearing<'a> {
        Hearing {
            options: self.options,
            is_open,
            is_hidden,
        }
    }

    /// Tells of something that is no line.
    fn tell(
        &self,
        track: &mut Option<Track>,
        kinds: Kinds,
        reading: Option<bool>,
        hearing: &Hearing<'_>,
        alerts: &mut Vec<Alert>,
    ) {
        if let Some(track) = track
            && let Some(telling) = track.tell(reading, self.at, hearing)
        {
            alerts.push(self.alert(kinds.of(track.is_up), telling, track, None));
        }
    }

    fn alert(&self, kind: AlertKind, telling: Telling, track: &Track, line: Option<AlertLine>) -> Alert {
        Alert {
            kind,
            reminder: telling == Telling::Reminder,
            line,
            at: self.at,
            since: track.since.unwrap_or(self.at),
        }
    }
}

/// What a thing is told as when it goes, and when it comes back.
#[derive(Clone, Copy)]
struct Kinds {
    down: AlertKind,
    up: AlertKind,
}

impl Kinds {
    fn of(self, is_up: bool) -> AlertKind {
        if is_up { self.up } else { self.down }
    }
}

const ROUTER: Kinds = Kinds {
    down: AlertKind::RouterUnreachable,
    up: AlertKind::RouterReachable,
};
const ALL_LINES: Kinds = Kinds {
    down: AlertKind::AllLinesDown,
    up: AlertKind::LinesBack,
};
const LINE: Kinds = Kinds {
    down: AlertKind::LineDown,
    up: AlertKind::LineUp,
};
