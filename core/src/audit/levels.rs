//! At which level the findings of an audit are told.

use super::rules::RULES;
use crate::document::{Document, DocumentErrors, SMALL};
use crate::rule::{self, LevelErrors, Levels};

/// Levels of findings for [`Report::at`](crate::rule::Report::at), by codes of audit, each `error`, `warning`, `note` or `off`
///
/// # Errors
///
/// `unknown-code`, `unknown-level`, `level-set-twice`.
///
/// # Example
///
/// ```
/// use multi_isp::{Router, audit};
///
/// let levels = audit::levels(&[("blanket-masquerade", "off")])?;
/// let router = Router::from_export(b"/ip firewall nat\nadd action=masquerade chain=srcnat\n", None)?;
/// assert!(audit(&router).at(&levels).findings().iter().all(|found| found.code.as_str() != "blanket-masquerade"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn levels(wanted: &[(&str, &str)]) -> Result<Levels, LevelErrors> {
    Levels::of(RULES, wanted, |_| false)
}

impl Levels {
    /// Name and version of the JSON document of the levels of an audit; those of preflight stand in
    /// [`Options`](crate::plan::Options).
    pub const SCHEMA: &'static str = "multi-isp/levels/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("levels.schema.json");

    /// The levels of an audit of a JSON document, schema `multi-isp/levels/1`
    ///
    /// # Errors
    ///
    /// All that is wrong with it: `too-large`, `not-utf8`, `invalid-json`, `unknown-schema`, `unknown-field`, `duplicate-field`,
    /// `missing-field`, `wrong-type`, and those of [`audit::levels`](levels).
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::Levels;
    ///
    /// let json = br#"{"schema": "multi-isp/levels/1", "levels": [{"code": "blanket-masquerade", "level": "of"}]}"#;
    /// let errors = Levels::from_json(json).unwrap_err();
    /// assert_eq!(errors.diagnostics()[0].code.as_str(), "unknown-level");
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        let (mut document, root) = Document::open(json, SMALL)?;
        let fields = document.fields(&root, &["schema", "levels"]);
        document.schema(&fields, Self::SCHEMA, "list of levels");
        let levels = document.needed(&fields, "levels", |document, node| {
            rule::read_levels(document, node, levels)
        });
        document.finish(levels)
    }
}
