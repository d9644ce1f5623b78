//! What is told, and after how long.

use alloc::collections::BTreeSet;
use alloc::string::String;
use core::num::NonZeroU64;

use crate::document::{Document, DocumentErrors, Node, SMALL};

/// What is told, and after how long.
///
/// Options may differ from one reading to the next. What was not told while it was off or quiet is not told later: the first
/// reading after that is a first reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AlertOptions {
    /// Whether anything is told at all; yes.
    pub enabled: bool,
    /// For how many seconds a line must be down before that is told, and the router silent; 0, at the first reading that says so. It
    /// counts from one reading to the next, however far apart they are, also over some that do not know.
    pub down_after: u64,
    /// For how many seconds it must be up again before that is told; 0.
    pub up_after: u64,
    /// Whether it is told that the router does not answer, and hidden what is told of its lines meanwhile; yes.
    pub router: bool,
    /// Whether lines that are all down are told as one, and hidden what is told of each meanwhile; yes. It takes two lines.
    pub all_lines: bool,
    /// After how many seconds something that was told to be down, and still is, is told again; never.
    pub reminder: Option<NonZeroU64>,
    /// Ids of lines that nothing is told of. They count where all lines are asked for, unless all are quiet.
    pub quiet: BTreeSet<String>,
}

impl Default for AlertOptions {
    fn default() -> Self {
        Self {
            enabled: true,
            down_after: 0,
            up_after: 0,
            router: true,
            all_lines: true,
            reminder: None,
            quiet: BTreeSet::new(),
        }
    }
}

impl AlertOptions {
    /// Name of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/alert-options/1";

    /// JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("alert-options.schema.json");

    /// The options of a JSON document, schema `multi-isp/alert-options/1`. What it leaves out is as in [`AlertOptions::default`].
    ///
    /// # Errors
    ///
    /// All that is wrong with it: `too-large`, `not-utf8`, `invalid-json`, `unknown-schema`, `unknown-field`, `duplicate-field`,
    /// `missing-field`, `wrong-type`, `unknown-value`.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::AlertOptions;
    ///
    /// let options = AlertOptions::from_json(br#"{"schema": "multi-isp/alert-options/1", "down_after": 60, "quiet": ["lte"]}"#)?;
    /// assert_eq!((options.down_after, options.up_after), (60, 0));
    /// assert!(options.quiet.contains("lte"));
    /// # Ok::<(), multi_isp::DocumentErrors>(())
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        let (mut document, root) = Document::open(json, SMALL)?;
        let options = options(&mut document, &root);
        document.finish(Some(options))
    }

    /// For how many seconds something must be so before it counts.
    pub(super) fn hold(&self, is_up: bool) -> u64 {
        if is_up { self.up_after } else { self.down_after }
    }
}

fn options<'a>(document: &mut Document<'a>, root: &Node<'a>) -> AlertOptions {
    let fields = document.fields(root, FIELDS);
    document.schema(&fields, AlertOptions::SCHEMA, "options of alerts");
    let usual = AlertOptions::default();
    let [enabled, router, all_lines] =
        ["enabled", "router", "all_lines"].map(|name| document.given(&fields, name, Document::flag));
    let [down_after, up_after] =
        ["down_after", "up_after"].map(|name| document.given(&fields, name, Document::whole));
    let reminder = document.given(&fields, "reminder", |document, node| {
        document.number(node, "a whole number of seconds from 1", |text| text.parse().ok())
    });
    let quiet = document.given(&fields, "quiet", |document, node| {
        document.list(node, Document::string)
    });
    AlertOptions {
        enabled: enabled.unwrap_or(usual.enabled),
        down_after: down_after.unwrap_or(usual.down_after),
        up_after: up_after.unwrap_or(usual.up_after),
        router: router.unwrap_or(usual.router),
        all_lines: all_lines.unwrap_or(usual.all_lines),
        reminder: reminder.or(usual.reminder),
        quiet: quiet.map_or(usual.quiet, |ids| ids.into_iter().collect()),
    }
}

const FIELDS: &[&str] = &[
    "schema",
    "enabled",
    "down_after",
    "up_after",
    "router",
    "all_lines",
    "reminder",
    "quiet",
];
