//! The rules of both doors as one book: the page of a code, the index of all, and their findings for a Git forge.

mod sarif;

use alloc::format;
use alloc::string::String;

use serde::Serialize;

pub use self::sarif::{Audited, sarif};
use crate::diagnostic::{Code, Level};
use crate::document::written;
use crate::rule::Rule;
use crate::{audit, preflight};

/// What the book says of a rule
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Name of the fault
    pub code: Code,
    /// How grave it is
    pub level: Level,
    /// Whether preflight asks for it before a site is applied
    pub in_preflight: bool,
    /// Whether an audit of any router asks for it
    pub in_audit: bool,
    /// What it looks at, in a paragraph
    pub summary: &'static str,
    /// Its page, in Markdown
    #[serde(skip)]
    pub page: &'static str,
}

impl Entry {
    /// Name and version of the JSON document of all rules
    pub const SCHEMA: &'static str = "multi-isp/rules/1";

    /// JSON Schema of the document
    pub const JSON_SCHEMA: &'static str = include_str!("rules.schema.json");

    /// Rules as a JSON document, without their pages
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::Entry;
    ///
    /// let rules: Vec<Entry> = multi_isp::entries().filter(|rule| rule.code.as_str() == "rp-filter-strict").collect();
    /// let json = Entry::all_to_json(&rules);
    /// assert!(json.starts_with(r#"{"schema":"multi-isp/rules/1","rules":[{"code":"rp-filter-strict","level":"#));
    /// ```
    pub fn all_to_json(rules: &[Self]) -> String {
        written::document(Self::SCHEMA, &Rules { rules })
    }
}

#[derive(Serialize)]
struct Rules<'a> {
    rules: &'a [Entry],
}

/// Page of the rule with that code, in Markdown: Checks, Why it matters, Example, Instead, Fix, Sources
///
/// # Example
///
/// ```
/// use multi_isp::explain;
///
/// assert!(explain("rp-filter-strict").is_some_and(|page| page.contains("## Why it matters")));
/// assert_eq!(explain("no-such-rule"), None);
/// ```
pub fn explain(code: &str) -> Option<&'static str> {
    entries()
        .find(|entry| entry.code.as_str() == code)
        .map(|entry| entry.page)
}

/// All rules, each once: those of audit, then those that preflight alone asks for
pub fn entries() -> impl Iterator<Item = Entry> {
    let asks = |code: Code| preflight::rules::RULES.iter().any(|rule| rule.code == code);
    let audited = |code: Code| audit::rules::RULES.iter().any(|rule| rule.code == code);
    let of_audit = audit::rules::RULES
        .iter()
        .map(move |rule| entry(rule, asks(rule.code), true));
    let others = preflight::rules::RULES
        .iter()
        .filter(move |rule| !audited(rule.code));
    of_audit.chain(others.map(|rule| entry(rule, true, false)))
}

/// The index of all rules, a page in Markdown
pub fn index() -> String {
    let mut page = String::from(TITLE);
    for entry in entries() {
        let door = match (entry.in_preflight, entry.in_audit) {
            (true, true) => "both",
            (true, false) => "preflight",
            (false, _) => "audit",
        };
        let folder = if entry.in_preflight { "preflight" } else { "audit" };
        let file = entry.code.as_str().replace('-', "_");
        let summary = entry.summary.replace('\n', " ").replace('|', "\\|");
        page.push_str(&format!(
            "| [`{code}`](core/src/{folder}/rules/{file}.md) | {level} | {door} | {summary} |\n",
            code = entry.code,
            level = entry.level,
        ));
    }
    page
}

fn entry<C>(rule: &Rule<C>, in_preflight: bool, in_audit: bool) -> Entry {
    Entry {
        code: rule.code,
        level: rule.level,
        in_preflight,
        in_audit,
        summary: rule.summary(),
        page: rule.page,
    }
}

const TITLE: &str = "# The rule book

Made by `cargo run --example audit -- --index`; a test holds it to the rules. *preflight* is asked before a site is applied to a router,
*audit* of any router, whoever configured it.

| rule | level | asked by | what it looks at |
|---|---|---|---|
";
