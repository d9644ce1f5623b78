//! Findings.

use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::given::Text;
use crate::html;
use crate::typed::{self, HeldAll, class, json};
use crate::units::Units;

/// Findings about a router, or about a site on one: the gravest first.
#[pyclass(frozen, eq, module = "multi_isp")]
pub struct Report {
    core: multi_isp::Report,
    units: Units,
}

impl Report {
    /// With how places count in the text that the router was read from.
    pub fn new(core: multi_isp::Report, units: Units) -> Self {
        Self { core, units }
    }

    /// The report.
    pub fn core(&self) -> &multi_isp::Report {
        &self.core
    }
}

impl PartialEq for Report {
    fn eq(&self, other: &Self) -> bool {
        self.core == other.core
    }
}

#[pymethods]
impl Report {
    /// The findings, the gravest first; places are in characters where the router was read from `str`, else in bytes.
    #[getter]
    fn findings(&self, py: Python<'_>) -> PyResult<HeldAll<class::Diagnostic>> {
        let json = json(&self.units.told(self.core.findings()))?;
        typed::diagnostics(py, &json)
            .map(Bound::<PyTuple>::into_any)
            .map(HeldAll::new)
    }

    /// Whether there is an error: of preflight, there can be no plan then.
    #[getter]
    fn blocks(&self) -> bool {
        self.core.blocks()
    }

    /// The findings for people; with the export that the router was read from, and the name that people know it by, each with
    /// its place there, where secrets are not shown.
    #[pyo3(signature = (name=None, export=None))]
    fn text(&self, py: Python<'_>, name: Option<&str>, export: Option<Text>) -> String {
        py.detach(|| match &export {
            Some(export) => self.core.render(name.unwrap_or_default(), export.bytes()),
            None => self.core.to_string(),
        })
    }

    /// The document of schema `multi-isp/report/1`, whose places are in bytes.
    fn to_json(&self) -> String {
        self.core.to_json()
    }

    fn __repr__(&self) -> String {
        let core = &self.core;
        let [errors, warnings, notes] = [
            core.errors().count(),
            core.warnings().count(),
            core.notes().count(),
        ];
        format!("<Report errors: {errors}, warnings: {warnings}, notes: {notes}>")
    }

    fn _repr_html_(&self) -> String {
        html::report(&self.core)
    }
}
