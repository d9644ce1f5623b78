//! What a form to set up a site offers.

use multi_isp::{SetupRow, Site, Value};
use pyo3::prelude::*;

use crate::errors;
use crate::given::{Given, Several, Text};
use crate::router::Router;
use crate::typed::{Typed, class};
use crate::units::Units;

/// The site that was last applied to a router, as the router remembers it, its secrets left out; `None` where none was.
///
/// Raises `DocumentError` where somebody edited it.
#[pyfunction]
pub fn site_of(py: Python<'_>, router: &Router) -> PyResult<Option<Typed<class::Site>>> {
    let site = multi_isp::site_of(router.core()).transpose();
    let site = site.map_err(|error| errors::document(py, &error, &Units::Nowhere, None))?;
    Ok(site.map(|site| Typed::new(site.to_json())))
}

/// The ports that a line may stand on, each with what speaks against it; `chosen` are those that other lines of the form have.
#[pyfunction]
#[pyo3(signature = (router, chosen=None))]
pub fn ports(py: Python<'_>, router: &Router, chosen: Option<Several<Text>>) -> Typed<class::PortList> {
    let chosen = chosen.map(|chosen| chosen.0).unwrap_or_default();
    let chosen: Vec<Value> = chosen.iter().map(|name| Value::from(name.bytes())).collect();
    Typed::new(py.detach(|| multi_isp::ports(router.core(), &chosen).to_json()))
}

/// The internet line that works today; `None` where none is seen.
#[pyfunction]
pub fn detect_line(py: Python<'_>, router: &Router) -> Option<Typed<class::DetectedLine>> {
    let line = py.detach(|| multi_isp::detect_line(router.core()))?;
    Some(Typed::new(line.to_json()))
}

/// The rows of somebody else that choose between the lines of a site already.
#[pyfunction]
pub fn existing_setup(py: Python<'_>, site: Given<Site>, router: &Router) -> Typed<class::ExistingRows> {
    Typed::new(py.detach(|| SetupRow::all_to_json(&multi_isp::existing_setup(&site.0, router.core()))))
}
