//! The verbs that make plans, and the split behind them.

use multi_isp::{Change, Code, Diagnostic, Mbps, Options, Site, SplitOptions};
use pyo3::prelude::*;

use crate::errors;
use crate::given::{self, Given, Several, or_default};
use crate::plan::{Drift, Plan};
use crate::router::Router;
use crate::typed::{Bytes, Tuple, Typed, class};

/// The plan that brings a router to what a site needs, run on a copy of the router before it is given away.
///
/// Raises `RefusedError`, with the report, where something has to be mended first; else `PlanError`.
#[pyfunction]
#[pyo3(signature = (site, router, options=None))]
pub fn plan_apply(
    py: Python<'_>,
    site: Given<Site>,
    router: &Router,
    options: Option<Given<Options>>,
) -> PyResult<Plan> {
    let options = or_default(options);
    let plan = py.detach(|| multi_isp::plan_apply(&site.0, router.core(), &options));
    plan.map(|plan| Plan::new(plan, router.units().clone()))
        .map_err(|error| errors::plan(py, error, router.units()))
}

/// The plan that takes everything of ours off a router and puts the rows of others back as they were.
///
/// Raises what `plan_apply` does.
#[pyfunction]
#[pyo3(signature = (router, options=None))]
pub fn plan_disable(py: Python<'_>, router: &Router, options: Option<Given<Options>>) -> PyResult<Plan> {
    let options = or_default(options);
    let plan = py.detach(|| multi_isp::plan_disable(router.core(), &options));
    plan.map(|plan| Plan::new(plan, router.units().clone()))
        .map_err(|error| errors::plan(py, error, router.units()))
}

/// What of a site does not stand on its router as planned, and the plan that mends it.
///
/// Raises what `plan_apply` does.
#[pyfunction]
#[pyo3(signature = (site, router, options=None))]
pub fn verify(
    py: Python<'_>,
    site: Given<Site>,
    router: &Router,
    options: Option<Given<Options>>,
) -> PyResult<Drift> {
    let options = or_default(options);
    let drift = py.detach(|| multi_isp::verify(&site.0, router.core(), &options));
    drift
        .map(|drift| Drift::new(drift, router.units().clone()))
        .map_err(|error| errors::plan(py, error, router.units()))
}

/// The menus to read over REST or the API, each whole, before what plans, verifies or judges.
///
/// Hand over what is answered for each. A router may say that it has no such menu, as of a package that is not installed; any other
/// refusal is found where the router is read.
///
/// Raises `DocumentError` where `version`, such as `7.22.3`, is none.
#[pyfunction]
pub fn plan_reads(py: Python<'_>, version: &str) -> PyResult<Tuple<&'static str>> {
    Ok(Tuple(multi_isp::plan_reads(given::version(py, version)?)))
}

/// The fewest commands that make the first router mean what the second one means.
///
/// Raises `PlanError` where a row cannot be told from another one.
#[pyfunction]
pub fn changes(py: Python<'_>, before: &Router, after: &Router) -> PyResult<Tuple<Bytes>> {
    let changes = py.detach(|| multi_isp::changes(before.core(), after.core()));
    let changes = changes.map_err(|error| errors::plan(py, error, before.units()))?;
    let commands = changes.iter().map(Change::command).map(Bytes);
    Ok(Tuple(commands.collect()))
}

/// How lines of these speeds, in Mbps, share new connections: buckets of a PCC, the shares reached and their errors.
#[pyfunction]
#[pyo3(signature = (mbps: "Sequence[float]", options=None))]
pub fn split(
    py: Python<'_>,
    mbps: Several<Bound<'_, PyAny>>,
    options: Option<Given<SplitOptions>>,
) -> PyResult<Typed<class::Split>> {
    let options = or_default(options);
    let speeds = mbps.0.iter().map(speed);
    let speeds: Vec<Mbps> = speeds.collect::<PyResult<_>>()?;
    Ok(Typed::new(
        py.detach(|| multi_isp::split(&speeds, &options).to_json()),
    ))
}

/// A speed by its decimals, as Python writes the number: core takes no other one, and rounds nothing.
fn speed(number: &Bound<'_, PyAny>) -> PyResult<Mbps> {
    let speed = number.str()?.to_str()?.parse::<Mbps>();
    speed.map_err(|error| {
        let found = Diagnostic::error(UNKNOWN_VALUE, error.to_string());
        errors::argument(number.py(), &[found])
    })
}

/// As core calls it in a document.
const UNKNOWN_VALUE: Code = Code::new("unknown-value");
