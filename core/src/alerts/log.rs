//! Recorded readings, as a document.

use alloc::vec::Vec;

use crate::document::{Document, DocumentErrors, Limit, Node};
use crate::status::SiteStatus;

/// A status, and when it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// In seconds of the caller's clock.
    pub at: u64,
    /// What was read.
    pub status: SiteStatus,
}

/// Recorded readings of a site, the oldest first: what [`replay`](crate::alerts::replay) takes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Log {
    /// The readings.
    pub readings: Vec<Reading>,
}

impl Log {
    /// Name of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/log/1";

    /// JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("log.schema.json");

    /// The readings of a JSON document, schema `multi-isp/log/1`, of at most 64 MiB: a week of one router that is read every 45 s
    /// has about 20.
    ///
    /// # Errors
    ///
    /// All that is wrong with it, as with [`SiteStatus::from_json`]; of one that is `too-large` nothing is read.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::{AlertOptions, Log, replay};
    ///
    /// let log = Log::from_json(br#"{"schema": "multi-isp/log/1", "readings": [
    ///     {"at": 45, "status": {"mode": "failover", "setup": "unreachable", "sentence": "", "detail": [], "lines": []}},
    ///     {"at": 90, "status": {"mode": "failover", "setup": "applied", "sentence": "", "detail": [], "lines": []}}]}"#)?;
    /// assert_eq!(replay(&log.readings, &AlertOptions::default()).alerts.len(), 1);
    /// # Ok::<(), multi_isp::DocumentErrors>(())
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        let (mut document, root) = Document::open(json, LIMIT)?;
        let fields = document.fields(&root, &["schema", "readings"]);
        document.schema(&fields, Self::SCHEMA, "log of readings");
        let readings = document.needed(&fields, "readings", |document, node| {
            document.long_list(node, reading)
        });
        document.finish(readings.map(|readings| Self { readings }))
    }
}

fn reading<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Reading> {
    let fields = document.fields(node, &["at", "status"]);
    let at = document.needed(&fields, "at", Document::whole);
    let status = document.needed(&fields, "status", SiteStatus::read);
    Some(Reading {
        at: at?,
        status: status?,
    })
}

const LIMIT: Limit = Limit {
    bytes: 67_108_864,
    help: "hand over a part of the log; a week of one router has about 20 MB",
};
