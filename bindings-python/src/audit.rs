//! The verbs that judge, and the rule book.

use multi_isp::{Audited, Entry, Levels, Options, Site};
use pyo3::prelude::*;

use crate::given::{Given, Several, Text, or_default};
use crate::report::Report;
use crate::router::Router;
use crate::typed::{Typed, class};

/// What has to be known before a site is applied to a router: what `plan_apply` refuses, and what it warns of.
#[pyfunction]
#[pyo3(signature = (site, router, options=None))]
pub fn preflight(
    py: Python<'_>,
    site: Given<Site>,
    router: &Router,
    options: Option<Given<Options>>,
) -> Report {
    let options = or_default(options);
    let report = py.detach(|| multi_isp::preflight(&site.0, router.core(), &options.context));
    Report::new(report, router.units().clone())
}

/// What has to be known before `plan_disable`.
#[pyfunction]
#[pyo3(signature = (router, options=None))]
pub fn preflight_disable(py: Python<'_>, router: &Router, options: Option<Given<Options>>) -> Report {
    let options = or_default(options);
    let report = py.detach(|| multi_isp::preflight_disable(router.core(), &options.context));
    Report::new(report, router.units().clone())
}

/// What is wrong with a router, with the way of a packet that shows it and commands that mend it.
///
/// `levels` raises, lowers or switches off rules by their codes.
#[pyfunction]
#[pyo3(signature = (router, levels=None))]
pub fn audit(py: Python<'_>, router: &Router, levels: Option<Given<Levels>>) -> Report {
    let levels = or_default(levels);
    let report = py.detach(|| multi_isp::audit(router.core()).at(&levels));
    Report::new(report, router.units().clone())
}

/// The page of a rule in Markdown, by the code of its findings; `None` where no rule has that code.
#[pyfunction]
pub fn explain(code: &str) -> Option<&'static str> {
    multi_isp::explain(code)
}

/// All rules: code, level, the doors that know it, a summary.
#[pyfunction]
pub fn rules() -> Typed<class::Rules> {
    let rules: Vec<Entry> = multi_isp::entries().collect();
    Typed::new(Entry::all_to_json(&rules))
}

/// Reports as one document of SARIF 2.1.0: each with the path of its router's export in the repository, and the export, if
/// there is one.
#[pyfunction]
pub fn sarif(py: Python<'_>, reports: Several<(String, Option<Text>, Bound<'_, Report>)>) -> String {
    let reports: Vec<(&str, &[u8], &Report)> = reports
        .0
        .iter()
        .map(|(name, export, report)| {
            let export = export.as_ref().map(Text::bytes).unwrap_or_default();
            (name.as_str(), export, report.get())
        })
        .collect();
    py.detach(|| {
        let audited = reports.iter().map(|(file, export, report)| Audited {
            file,
            export,
            report: report.core(),
        });
        multi_isp::sarif(&audited.collect::<Vec<_>>())
    })
}
