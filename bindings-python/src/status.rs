//! How lines are now, and what to tell people.

use multi_isp::{Alert, AlertOptions, AlertState, Log, Messages, Site, SiteStatus, StatusRead, Style};
use pyo3::prelude::*;

use crate::given::{self, Given, or_default};
use crate::router::Router;
use crate::typed::{Tuple, Typed, class};

/// How the lines of a site are, by a router that was read a moment ago: a state with its evidence for each, a sentence for all.
#[pyfunction]
pub fn status(py: Python<'_>, site: Given<Site>, router: &Router) -> Typed<class::SiteStatus> {
    let status = py.detach(|| multi_isp::status(&site.0, router.core()));
    Typed::new(status.to_json(Style::default()))
}

/// The fewest rows and properties that tell a status, as sentences of the API and as requests of REST.
#[pyfunction]
pub fn status_reads(py: Python<'_>, site: Given<Site>, version: &str) -> PyResult<Typed<class::StatusReads>> {
    let version = given::version(py, version)?;
    Ok(Typed::new(StatusRead::all_to_json(&multi_isp::status_reads(
        &site.0, version,
    ))))
}

/// The status of a site whose router does not answer.
#[pyfunction]
pub fn unreachable(site: Given<Site>) -> Typed<class::SiteStatus> {
    Typed::new(SiteStatus::unreachable(&site.0).to_json(Style::default()))
}

/// What to tell people of a reading, and the state to keep for the next.
///
/// `state` is what this returned last time, `None` the first time; `at` is when the status was read, in seconds of a clock of the
/// caller's.
#[pyfunction]
#[pyo3(signature = (state, status, at: "int", options=None))]
pub fn alerts(
    py: Python<'_>,
    state: Option<Given<AlertState>>,
    status: Given<SiteStatus>,
    at: u64,
    options: Option<Given<AlertOptions>>,
) -> (Typed<class::AlertState>, Tuple<Typed<class::Alert>>) {
    let (state, options) = (or_default(state), or_default(options));
    let (state, told) = py.detach(|| multi_isp::alerts(&state, &status.0, at, &options));
    let told = told.iter().map(|alert| Typed::new(alert.to_json()));
    (Typed::new(state.to_json()), Tuple(told.collect()))
}

/// What a recorded series of readings would have told, and what became of each line.
#[pyfunction]
#[pyo3(signature = (log, options=None))]
pub fn replay(py: Python<'_>, log: Given<Log>, options: Option<Given<AlertOptions>>) -> Typed<class::Replay> {
    let options = or_default(options);
    Typed::new(py.detach(|| multi_isp::replay(&log.0.readings, &options).to_json()))
}

/// The text of an alert, and the segments of an SMS that it takes; `router_name` is the router's name as its people know it.
#[pyfunction]
#[pyo3(signature = (alert, router_name, messages=None))]
pub fn message(
    alert: Given<Alert>,
    router_name: &str,
    messages: Option<Given<Messages>>,
) -> Typed<class::Message> {
    Typed::new(or_default(messages).of(&alert.0, router_name).to_json())
}
