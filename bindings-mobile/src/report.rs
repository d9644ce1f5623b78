//! Findings.

use std::fmt;
use std::sync::Arc;

use multi_isp as core;

use crate::documents;
use crate::records::Diagnostic;

/// Findings about a router, or about a site on one: the gravest first.
#[derive(Debug, uniffi::Object)]
#[uniffi::export(Display)]
pub struct Report(core::Report);

impl Report {
    pub(crate) fn of(report: core::Report) -> Arc<Self> {
        Arc::new(Self(report))
    }

    pub(crate) fn core(&self) -> &core::Report {
        &self.0
    }
}

#[uniffi::export]
impl Report {
    /// The findings, the gravest first.
    pub fn findings(&self) -> Vec<Diagnostic> {
        documents::record(&self.0.findings())
    }

    /// Whether there is an error: of preflight, there can be no plan then.
    pub fn blocks(&self) -> bool {
        self.0.blocks()
    }

    /// The report as text, with the name of the export and the text lines that findings are about, where they are given.
    #[uniffi::method(default(name = None, export = None))]
    pub fn text(&self, name: Option<String>, export: Option<Vec<u8>>) -> String {
        self.0
            .render(&name.unwrap_or_default(), &export.unwrap_or_default())
    }

    /// The report as its JSON document.
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.render("", b""))
    }
}
