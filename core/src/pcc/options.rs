//! How near a split comes to the speeds, and at what price.

use super::Ratio;
use crate::document::{Document, DocumentErrors, SMALL};

/// How near to the speeds, and at what price
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SplitOptions {
    /// How far a line's share may be from the one asked, in parts of the latter; 1/20
    pub tolerance: Ratio,
    /// Largest denominator; 16, and more than 1024 count as 1024
    pub max_buckets: u32,
}

impl Default for SplitOptions {
    fn default() -> Self {
        Self {
            tolerance: Ratio::new(1, 20),
            max_buckets: 16,
        }
    }
}

impl SplitOptions {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/split-options/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("split-options.schema.json");

    /// The options of a JSON document, schema `multi-isp/split-options/1`. What it leaves out is as in [`SplitOptions::default`].
    ///
    /// # Errors
    ///
    /// All that is wrong with it: `too-large`, `not-utf8`, `invalid-json`, `unknown-schema`, `unknown-field`, `duplicate-field`,
    /// `missing-field`, `wrong-type`, `unknown-value`.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::SplitOptions;
    ///
    /// let options = SplitOptions::from_json(br#"{"schema": "multi-isp/split-options/1", "tolerance": "1/100"}"#)?;
    /// assert_eq!((options.tolerance.to_string().as_str(), options.max_buckets), ("1/100", 16));
    /// # Ok::<(), multi_isp::DocumentErrors>(())
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        let (mut document, root) = Document::open(json, SMALL)?;
        let fields = document.fields(&root, &["schema", "tolerance", "max_buckets"]);
        document.schema(&fields, Self::SCHEMA, "options of a split");
        let usual = Self::default();
        let tolerance = document.given(&fields, "tolerance", |document, node| {
            document.parsed(node, "a fraction as `1/20`, or a whole number", Ratio::parse)
        });
        let max_buckets = document.given(&fields, "max_buckets", Document::whole);
        document.finish(Some(Self {
            tolerance: tolerance.unwrap_or(usual.tolerance),
            max_buckets: max_buckets.unwrap_or(usual.max_buckets),
        }))
    }
}
