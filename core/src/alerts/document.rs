//! State -> JSON document -> state.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::track::{Told, Track};
use super::{Alert, AlertState, LineSummary, Replay};
use crate::diagnostic::Code;
use crate::document::{Document, DocumentErrors, Fields, Node, SMALL, written};

pub(super) fn write(state: &AlertState) -> String {
    written::json(&StateOut::of(state))
}

pub(super) fn write_replay(replay: &Replay) -> String {
    let alerts = replay.alerts.iter().map(|alert| written::Document {
        schema: Alert::SCHEMA,
        content: alert,
    });
    let document = ReplayOut {
        alerts: alerts.collect(),
        lines: &replay.lines,
        state: StateOut::of(&replay.state),
    };
    written::document(Replay::SCHEMA, &document)
}

pub(super) fn read(json: &[u8]) -> Result<AlertState, DocumentErrors> {
    let (mut document, root) = Document::open(json, SMALL)?;
    let state = state(&mut document, &root);
    document.finish(Some(state))
}

/// What of it could be read.
fn state<'a>(document: &mut Document<'a>, root: &Node<'a>) -> AlertState {
    let fields = document.fields(root, STATE_FIELDS);
    document.schema(&fields, AlertState::SCHEMA, "state of alerts");
    let whole = |document: &mut Document<'a>, name| {
        let node = fields.optional(name)?;
        let fields = document.fields(&node, TRACK_FIELDS);
        track(document, &fields)
    };
    let router = whole(document, "router");
    let all_lines = whole(document, "all_lines");
    let mut state = AlertState {
        router,
        all_lines,
        ..AlertState::default()
    };
    let lines = document
        .required(&fields, "lines")
        .and_then(|node| document.items(&node));
    for node in lines.unwrap_or_default() {
        line(document, &node, &mut state);
    }
    state
}

fn line<'a>(document: &mut Document<'a>, node: &Node<'a>, state: &mut AlertState) {
    let fields = document.fields(node, LINE_FIELDS);
    let id = document
        .required(&fields, "id")
        .and_then(|node| Some((document.string(&node)?, node)));
    let track = track(document, &fields);
    let (Some((id, node)), Some(track)) = (id, track) else {
        return;
    };
    if state.lines.contains_key(&id) {
        let message = format!("`{id}` is also the id of an earlier line");
        document.fault(DUPLICATE_LINE_ID, &node.path, message, "keep one of the two");
    }
    state.lines.insert(id, track);
}

fn track<'a>(document: &mut Document<'a>, fields: &Fields<'a>) -> Option<Track> {
    let is_up = document
        .required(fields, "up")
        .and_then(|node| document.flag(&node));
    let since = time(document, fields, "since");
    let differs_since = time(document, fields, "differs_since");
    let told = fields.optional("told").and_then(|node| told(document, &node));
    Some(Track {
        is_up: is_up?,
        since,
        differs_since,
        told,
    })
}

fn told<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Told> {
    let fields = document.fields(node, TOLD_FIELDS);
    let is_up = document
        .required(&fields, "up")
        .and_then(|node| document.flag(&node));
    let at = time(document, &fields, "at");
    Some(Told { is_up: is_up?, at })
}

fn time<'a>(document: &mut Document<'a>, fields: &Fields<'a>, name: &str) -> Option<u64> {
    let node = fields.optional(name)?;
    document.number(&node, "seconds, a whole number from 0", |text| text.parse().ok())
}

#[derive(Serialize)]
struct StateOut<'a> {
    schema: &'static str,
    router: Option<TrackOut>,
    all_lines: Option<TrackOut>,
    lines: Vec<LineOut<'a>>,
}

impl<'a> StateOut<'a> {
    fn of(state: &'a AlertState) -> Self {
        let lines = state.lines.iter().map(|(id, track)| LineOut {
            id,
            track: TrackOut::of(track),
        });
        Self {
            schema: AlertState::SCHEMA,
            router: state.router.as_ref().map(TrackOut::of),
            all_lines: state.all_lines.as_ref().map(TrackOut::of),
            lines: lines.collect(),
        }
    }
}

#[derive(Serialize)]
struct ReplayOut<'a> {
    alerts: Vec<written::Document<&'a Alert>>,
    lines: &'a [LineSummary],
    state: StateOut<'a>,
}

#[derive(Serialize)]
struct LineOut<'a> {
    id: &'a str,
    #[serde(flatten)]
    track: TrackOut,
}

#[derive(Serialize)]
struct TrackOut {
    up: bool,
    since: Option<u64>,
    differs_since: Option<u64>,
    told: Option<ToldOut>,
}

#[derive(Serialize)]
struct ToldOut {
    up: bool,
    at: Option<u64>,
}

impl TrackOut {
    fn of(track: &Track) -> Self {
        Self {
            up: track.is_up,
            since: track.since,
            differs_since: track.differs_since,
            told: track.told.map(|told| ToldOut {
                up: told.is_up,
                at: told.at,
            }),
        }
    }
}

const STATE_FIELDS: &[&str] = &["schema", "router", "all_lines", "lines"];
const TRACK_FIELDS: &[&str] = &["up", "since", "differs_since", "told"];
const LINE_FIELDS: &[&str] = &["id", "up", "since", "differs_since", "told"];
const TOLD_FIELDS: &[&str] = &["up", "at"];

const DUPLICATE_LINE_ID: Code = Code::new("duplicate-line-id");
