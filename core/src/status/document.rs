//! The status as a JSON document.

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use serde::{Deserialize, Serialize};

use super::badge::{Badge, Style};
use super::line::{Evidence, LineStatus, Reason, State};
use super::{Setup, SiteStatus};
use crate::diagnostic::Code;
use crate::document::{Document as Reader, DocumentErrors, Node, SMALL, written};
use crate::pcc::Ratio;
use crate::site::Mode;

impl SiteStatus {
    /// The name and version of the JSON document.
    pub const SCHEMA: &str = "multi-isp/status/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &str = include_str!("status.schema.json");

    /// The status as JSON, with the sentence and the badges in that style.
    pub fn to_json(&self, style: Style) -> String {
        let document = Document {
            schema: Self::SCHEMA,
            mode: self.mode.as_str(),
            setup: self.setup,
            sentence: self.sentence(style),
            detail: &self.detail,
            lines: self.lines.iter().map(|line| Line::of(line, style)).collect(),
        };
        written::json(&document)
    }
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    mode: &'static str,
    setup: Setup,
    sentence: String,
    detail: &'a [Evidence],
    lines: Vec<Line<'a>>,
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    label: &'a str,
    interface: &'a str,
    #[serde(flatten)]
    state: State,
    share: Ratio,
    badge: Badge,
    detail: &'a [Evidence],
}

impl<'a> Line<'a> {
    fn of(line: &'a LineStatus, style: Style) -> Self {
        Self {
            id: &line.id,
            label: &line.label,
            interface: &line.interface,
            state: line.state,
            share: line.share,
            badge: line.badge(style),
            detail: &line.detail,
        }
    }
}

impl SiteStatus {
    /// The status of a document that [`SiteStatus::to_json`] wrote: what a portal kept of its readings, to
    /// [`replay`](crate::alerts::replay) them. Sentence and badges follow from the rest, and are not read.
    ///
    /// # Errors
    ///
    /// All that is wrong with it, as with the document of a site: `too-large`, `not-utf8`, `invalid-json`, `unknown-schema`,
    /// `unknown-field`, `duplicate-field`, `missing-field`, `wrong-type`, `unknown-value`, `duplicate-line-id`.
    ///
    /// # Example
    ///
    /// ```
    /// # use multi_isp::site::Site;
    /// use multi_isp::status::{SiteStatus, Style};
    ///
    /// # let site = Site::from_json(br#"{"schema": "multi-isp/site/1", "mode": "failover", "lines": [
    /// #     {"id": "fiber", "interface": "ether1", "access": {"type": "dhcp"}, "mbps": 100},
    /// #     {"id": "lte", "interface": "lte1", "access": {"type": "lte"}, "mbps": 20}]}"#)?;
    /// let status = SiteStatus::unreachable(&site);
    /// assert_eq!(SiteStatus::from_json(status.to_json(Style::Ascii).as_bytes())?, status);
    /// # Ok::<(), multi_isp::document::DocumentErrors>(())
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        let (mut document, root) = Reader::open(json, SMALL)?;
        let status = Self::read(&mut document, &root);
        document.finish(status)
    }

    /// The status of a document, or of a part of one.
    pub(crate) fn read<'a>(document: &mut Reader<'a>, node: &Node<'a>) -> Option<Self> {
        let fields = document.fields(node, &["schema", "mode", "setup", "sentence", "detail", "lines"]);
        document.schema(&fields, Self::SCHEMA, "status");
        let mode = document.needed(&fields, "mode", |document, node| {
            document.word(node, Mode::ALL, Mode::as_str)
        });
        let setup = document.needed(&fields, "setup", Reader::known);
        let detail = document.needed(&fields, "detail", |document, node| document.list(node, evidence));
        let lines = document.needed(&fields, "lines", |document, node| {
            let lines = document.list(node, line)?;
            unique(document, node, &lines).then_some(lines)
        });
        Some(Self {
            mode: mode?,
            setup: setup?,
            detail: detail?,
            lines: lines?,
        })
    }
}

fn line<'a>(document: &mut Reader<'a>, node: &Node<'a>) -> Option<LineStatus> {
    let fields = document.fields(node, LINE_FIELDS);
    let mut text = |name| {
        let node = document.required(&fields, name)?;
        document.string(&node)
    };
    let [id, label, interface] = ["id", "label", "interface"].map(&mut text);
    let state = document.required(&fields, "state");
    let state = state.and_then(|node| document.known::<Word>(&node));
    let reason = match state {
        Some(Word::Offline) => document.required(&fields, "reason"),
        _ => fields.optional("reason"),
    };
    if let Some(node) = reason
        .as_ref()
        .filter(|_| !matches!(state, None | Some(Word::Offline)))
    {
        let message = "is of a line that is not offline";
        document.fault(
            UNKNOWN_VALUE,
            &node.path,
            message,
            "leave it out, or say `\"state\": \"offline\"`",
        );
    }
    let reason = reason.and_then(|node| document.known::<Reason>(&node));
    let share = document.required(&fields, "share");
    let share = share.and_then(|node| document.parsed(&node, "`0`, `1` or a fraction as `2/3`", part));
    let detail = document.required(&fields, "detail");
    let detail = detail.and_then(|node| document.list(&node, evidence));
    Some(LineStatus {
        id: id?,
        label: label?,
        interface: interface?,
        state: state?.with(reason)?,
        share: share?,
        detail: detail?,
    })
}

fn evidence<'a>(document: &mut Reader<'a>, node: &Node<'a>) -> Option<Evidence> {
    let names = ["menu", "row", "property", "value"];
    let fields = document.fields(node, &names);
    let [menu, row, property, value] = names.map(|name| {
        let node = document.required(&fields, name)?;
        document.string(&node)
    });
    Some(Evidence {
        menu: menu?,
        row: row?,
        property: property?,
        value: value?,
    })
}

/// Whether no two lines have the same id.
fn unique<'a>(document: &mut Reader<'a>, node: &Node<'a>, lines: &[LineStatus]) -> bool {
    let mut seen = BTreeSet::new();
    let double = lines.iter().find(|line| !seen.insert(&line.id));
    if let Some(line) = double {
        let message = format!("has two lines with the id `{}`", line.id);
        document.fault(DUPLICATE_LINE_ID, &node.path, message, "keep one of the two");
    }
    double.is_none()
}

/// A part of the whole.
fn part(text: &str) -> Option<Ratio> {
    Ratio::parse(text).filter(|part| *part <= Ratio::ONE)
}

/// The word of a state, without its reason.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Word {
    Active,
    Standby,
    Degraded,
    Offline,
    Unknown,
}

impl Word {
    fn with(self, reason: Option<Reason>) -> Option<State> {
        Some(match self {
            Self::Active => State::Active,
            Self::Standby => State::Standby,
            Self::Degraded => State::Degraded,
            Self::Offline => State::Offline(reason?),
            Self::Unknown => State::Unknown,
        })
    }
}

const LINE_FIELDS: &[&str] = &[
    "id",
    "label",
    "interface",
    "state",
    "reason",
    "share",
    "badge",
    "detail",
];
const DUPLICATE_LINE_ID: Code = Code::new("duplicate-line-id");
const UNKNOWN_VALUE: Code = Code::new("unknown-value");
