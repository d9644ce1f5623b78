//! An alert: something changed, and people are to hear of it.

use alloc::string::String;

use serde::Serialize;

use crate::diagnostic::Code;
use crate::document::{Document as Reader, DocumentErrors, Fields, Node, SMALL, written};
use crate::status::{LineStatus, Reason, State};

/// Something that changed and is to be told, or to be told again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alert {
    /// What happened.
    pub kind: AlertKind,
    /// Whether it was told before, and is still so.
    pub reminder: bool,
    /// The line; none where it is of the router or of all its lines.
    pub line: Option<AlertLine>,
    /// When it is told: the time of the reading, in seconds of the caller's clock.
    pub at: u64,
    /// Since when it is so: the time of the first reading that showed it. Never after `at`.
    pub since: u64,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertKind {
    /// A line does not work any more.
    LineDown,
    /// It works again.
    LineUp,
    /// The router does not answer, so that nothing is known of its lines.
    RouterUnreachable,
    /// It answers again.
    RouterReachable,
    /// None of the lines works; there are two or more.
    AllLinesDown,
    /// One of them works again.
    LinesBack,
}

/// The line that an alert is about, as the reading had it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AlertLine {
    /// Its id.
    pub id: String,
    /// Its label, as somebody typed it.
    pub label: String,
    /// Its interface.
    pub interface: String,
    /// Why it does not work; none where it does.
    pub reason: Option<Reason>,
}

impl Alert {
    /// Name of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/alert/1";

    /// JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("alert.schema.json");

    /// The alert as a JSON document, schema `multi-isp/alert/1`.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::alerts::{Alert, AlertKind};
    ///
    /// let alert = Alert { kind: AlertKind::LinesBack, reminder: false, line: None, at: 45, since: 45 };
    /// let json = r#"{"schema":"multi-isp/alert/1","kind":"lines_back","reminder":false,"line":null,"at":45,"since":45}"#;
    /// assert_eq!(alert.to_json(), json);
    /// ```
    pub fn to_json(&self) -> String {
        written::document(Self::SCHEMA, self)
    }

    /// The alert of a JSON document that [`Alert::to_json`] wrote.
    ///
    /// # Errors
    ///
    /// All that is wrong with it: `too-large`, `not-utf8`, `invalid-json`, `unknown-schema`, `unknown-field`, `duplicate-field`,
    /// `missing-field`, `wrong-type`, `unknown-value`.
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        let (mut document, root) = Reader::open(json, SMALL)?;
        let alert = alert(&mut document, &root);
        document.finish(alert)
    }
}

fn alert<'a>(document: &mut Reader<'a>, root: &Node<'a>) -> Option<Alert> {
    let fields = document.fields(root, &["schema", "kind", "reminder", "line", "at", "since"]);
    document.schema(&fields, Alert::SCHEMA, "alert");
    let kind = document.needed(&fields, "kind", AlertKind::read);
    let reminder = document.needed(&fields, "reminder", Reader::flag);
    let [at, since] = ["at", "since"].map(|name| document.needed(&fields, name, Reader::whole));
    let about = kind.and_then(|kind| about(document, &fields, kind));
    if let Some(node) = fields.optional("since").filter(|_| since > at) {
        let help = "write when it was first seen so, no later than it is told";
        document.fault(UNKNOWN_VALUE, &node.path, "is later than `at`", help);
    }
    Some(Alert {
        kind: kind?,
        reminder: reminder?,
        line: about?,
        at: at?,
        since: since?,
    })
}

/// The line of an alert of that kind, if it is of one.
fn about<'a>(document: &mut Reader<'a>, fields: &Fields<'a>, kind: AlertKind) -> Option<Option<AlertLine>> {
    if kind.is_of_a_line() {
        return document.needed(fields, "line", line).map(Some);
    }
    if let Some(node) = fields.optional("line") {
        let message = "is of an alert that is about no line of its own";
        document.fault(UNKNOWN_VALUE, &node.path, message, "write `null`");
    }
    Some(None)
}

fn line<'a>(document: &mut Reader<'a>, node: &Node<'a>) -> Option<AlertLine> {
    let fields = document.fields(node, &["id", "label", "interface", "reason"]);
    let [id, label, interface] =
        ["id", "label", "interface"].map(|name| document.needed(&fields, name, Reader::string));
    Some(AlertLine {
        reason: document.given(&fields, "reason", Reader::known),
        id: id?,
        label: label?,
        interface: interface?,
    })
}

impl AlertKind {
    /// All kinds.
    pub const ALL: &'static [Self] = &[
        Self::LineDown,
        Self::LineUp,
        Self::RouterUnreachable,
        Self::RouterReachable,
        Self::AllLinesDown,
        Self::LinesBack,
    ];

    /// As documents name it: `line_down`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::LineDown => "line_down",
            Self::LineUp => "line_up",
            Self::RouterUnreachable => "router_unreachable",
            Self::RouterReachable => "router_reachable",
            Self::AllLinesDown => "all_lines_down",
            Self::LinesBack => "lines_back",
        }
    }

    pub(super) fn read<'a>(document: &mut Reader<'a>, node: &Node<'a>) -> Option<Self> {
        document.word(node, Self::ALL, Self::as_str)
    }

    /// Whether it is about one line.
    pub fn is_of_a_line(self) -> bool {
        matches!(self, Self::LineDown | Self::LineUp)
    }
}

impl AlertLine {
    pub(super) fn of(line: &LineStatus) -> Self {
        let reason = match line.state {
            State::Offline(reason) => Some(reason),
            _ => None,
        };
        Self {
            id: line.id.clone(),
            label: line.label.clone(),
            interface: line.interface.clone(),
            reason,
        }
    }
}

const UNKNOWN_VALUE: Code = Code::new("unknown-value");
