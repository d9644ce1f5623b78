//! The status as a JSON document.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::badge::{Badge, Style};
use super::line::{Evidence, LineStatus, State};
use super::{Setup, SiteStatus};
use crate::pcc::Ratio;

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
        // Nothing in it can fail to be written: its keys are texts.
        serde_json::to_string(&document).unwrap_or_default()
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
