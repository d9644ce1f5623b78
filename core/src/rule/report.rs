//! Findings, the gravest first.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::narrowed;
use crate::diagnostic::{Diagnostic, Level, Unit};
use crate::document::written;
use crate::routeros::schema::hide;

/// Findings about a router, or about a site on one: the gravest first, else in the order of the rules
///
/// As JSON it is a document of schema `multi-isp/report/1`; `Display` is plain text with the help of each finding, and
/// [`Report::render`] shows where each stands in an export.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    findings: Vec<Diagnostic>,
}

impl Report {
    /// Name and version of the JSON document, the value of its field `schema`
    pub const SCHEMA: &str = "multi-isp/report/1";

    /// JSON Schema of the document
    pub const JSON_SCHEMA: &str = include_str!("report.schema.json");

    /// The report as a JSON document
    pub fn to_json(&self) -> String {
        written::json(self)
    }

    /// All findings
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// As text, each finding with the place in the export that the router was read from, under the name that people know it by
    ///
    /// Secrets are not shown. Places are those of `export` only where the router was read from just these bytes.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::{Router, audit};
    ///
    /// let export = b"/ip firewall nat\nadd action=masquerade chain=srcnat\n";
    /// let report = audit(&Router::from_export(export, None)?);
    /// assert!(report.render("office.rsc", export).contains(" --> office.rsc:2:1\n"));
    /// # Ok::<(), multi_isp::ReadError>(())
    /// ```
    pub fn render(&self, name: &str, export: &[u8]) -> String {
        let shown = hide::in_script(export);
        let findings = self.findings.iter();
        let texts: Vec<String> = findings
            .map(|finding| narrowed(finding, export).render_in(name, &shown))
            .collect();
        texts.join("\n")
    }

    /// The report with all places counted in another unit, as a host language counts in the `export` that the router was read from
    #[must_use]
    pub fn in_units(self, export: &[u8], unit: Unit) -> Self {
        let findings = self.findings.into_iter();
        let findings = findings.map(|finding| finding.in_units(export, unit)).collect();
        Self { findings }
    }

    /// Those that have to be mended first
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.of(Level::Error)
    }

    /// Those that the operator should know
    pub fn warnings(&self) -> impl Iterator<Item = &Diagnostic> {
        self.of(Level::Warning)
    }

    /// Those that are worth knowing
    pub fn notes(&self) -> impl Iterator<Item = &Diagnostic> {
        self.of(Level::Note)
    }

    /// Whether there is an error: of preflight, there can be no plan then
    pub fn blocks(&self) -> bool {
        self.errors().next().is_some()
    }

    /// Whether nothing was found
    pub fn is_clean(&self) -> bool {
        self.findings.is_empty()
    }

    /// The report with more findings
    pub(crate) fn with(self, more: impl IntoIterator<Item = Diagnostic>) -> Self {
        self.findings.into_iter().chain(more).collect()
    }

    pub(super) fn into_findings(self) -> Vec<Diagnostic> {
        self.findings
    }

    fn of(&self, level: Level) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().filter(move |finding| finding.level == level)
    }
}

impl FromIterator<Diagnostic> for Report {
    fn from_iter<I: IntoIterator<Item = Diagnostic>>(findings: I) -> Self {
        let mut findings: Vec<_> = findings.into_iter().collect();
        findings.sort_by_key(|finding| finding.level);
        Self { findings }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_clean() {
            return f.write_str("nothing found\n");
        }
        self.findings
            .iter()
            .try_for_each(|finding| f.write_str(&finding.render(None)))
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut document = serializer.serialize_struct("Report", 3)?;
        document.serialize_field("schema", Self::SCHEMA)?;
        document.serialize_field("blocks", &self.blocks())?;
        document.serialize_field("findings", &self.findings)?;
        document.end()
    }
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;
    use crate::diagnostic::{Code, Subject};

    fn report() -> Report {
        let findings = [
            Diagnostic::warning(Code::new("same-gateway"), "one gateway").with_help("pin both"),
            Diagnostic::error(Code::new("duplicate-port"), "one port").about(Subject::interface("ether1")),
        ];
        findings.into_iter().collect()
    }

    #[test]
    fn errors_come_first_and_block() {
        assert_eq!(
            report().to_string(),
            "error[duplicate-port]: one port\nwarning[same-gateway]: one gateway\nhelp: pin both\n"
        );
        assert!(report().blocks() && report().errors().count() == 1 && report().warnings().count() == 1);
        assert!(!Report::default().blocks() && Report::default().is_clean());
    }

    #[test]
    fn the_document_names_its_schema() {
        assert_eq!(
            Report::default().to_json(),
            r#"{"schema":"multi-isp/report/1","blocks":false,"findings":[]}"#
        );
    }
}
