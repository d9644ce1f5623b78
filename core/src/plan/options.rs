//! What a caller knows that neither site nor router say.

use crate::document::{Document, DocumentErrors, Node, SMALL};
use crate::preflight::{self, Context, Policies};
use crate::rule;
use crate::survey::ExistingSetup;

/// What a caller knows that neither site nor router say.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What preflight needs to know.
    pub context: Context,
}

impl Options {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/options/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("options.schema.json");

    /// The options of a JSON document, schema `multi-isp/options/1`. What it leaves out is as in [`Options::default`].
    ///
    /// # Errors
    ///
    /// All that is wrong with it: `too-large`, `not-utf8`, `invalid-json`, `unknown-schema`, `unknown-field`, `duplicate-field`,
    /// `missing-field`, `wrong-type`, `unknown-value`, and those of [`preflight::levels`].
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::Options;
    /// use multi_isp::survey::ExistingSetup;
    ///
    /// let options = Options::from_json(br#"{"schema": "multi-isp/options/1", "existing": "replace",
    ///     "levels": [{"code": "no-firewall", "level": "error"}]}"#)?;
    /// assert_eq!(options.context.existing, ExistingSetup::Replace);
    /// assert!(options.context.reachable, "what is not said is as usual");
    /// # Ok::<(), multi_isp::DocumentErrors>(())
    /// ```
    pub fn from_json(json: &[u8]) -> Result<Self, DocumentErrors> {
        let (mut document, root) = Document::open(json, SMALL)?;
        let context = context(&mut document, &root);
        document.finish(Some(Self { context }))
    }
}

fn context<'a>(document: &mut Document<'a>, root: &Node<'a>) -> Context {
    let fields = document.fields(root, FIELDS);
    document.schema(&fields, Options::SCHEMA, "options");
    let usual = Context::default();
    let choices = ExistingSetup::NAMES;
    Context {
        reachable: document
            .given(&fields, "reachable", Document::flag)
            .unwrap_or(usual.reachable),
        free_access: document
            .given(&fields, "free_access", Document::flag)
            .unwrap_or(usual.free_access),
        max_lines: document
            .given(&fields, "max_lines", Document::whole)
            .unwrap_or(usual.max_lines),
        policies: document.given(&fields, "policies", policies).or(usual.policies),
        existing: document
            .given(&fields, "existing", |document, node| {
                document.named(node, &choices)
            })
            .unwrap_or(usual.existing),
        levels: document
            .given(&fields, "levels", |document, node| {
                rule::read_levels(document, node, preflight::levels)
            })
            .unwrap_or(usual.levels),
    }
}

fn policies<'a>(document: &mut Document<'a>, node: &Node<'a>) -> Option<Policies> {
    let fields = document.fields(node, &["read", "write", "test"]);
    let [read, write, test] =
        ["read", "write", "test"].map(|name| document.needed(&fields, name, Document::flag));
    Some(Policies {
        read: read?,
        write: write?,
        test: test?,
    })
}

const FIELDS: &[&str] = &[
    "schema",
    "reachable",
    "free_access",
    "max_lines",
    "policies",
    "existing",
    "levels",
];
