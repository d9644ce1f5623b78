//! Where connections go.

use std::fmt;
use std::sync::Arc;

use multi_isp as core;
use multi_isp::Matrix as CoreMatrix;

use crate::documents;
use crate::error::Result;
use crate::records::{LineState, Scenario, TrafficClass, Way, WhatIfOptions};
use crate::router::Router;
use crate::text::Text;

/// Every way that a connection can go through a router.
#[uniffi::export(default(scenario = None))]
pub fn simulate(router: &Router, scenario: Option<Scenario>) -> Result<Arc<Trace>> {
    let trace = core::simulate(router.core(), &documents::read_or_usual(scenario)?);
    Ok(Arc::new(Trace(trace)))
}

/// What becomes of traffic in every state of a router's lines.
#[uniffi::export(default(options = None))]
pub fn what_if(router: &Router, options: Option<WhatIfOptions>) -> Result<Arc<Matrix>> {
    let matrix = core::what_if(router.core(), &documents::read_or_usual(options)?);
    Ok(Arc::new(Matrix(matrix)))
}

/// The router as somebody would read it then, live values and all.
#[uniffi::export(default(scenario = None))]
pub fn observe(router: &Router, scenario: Option<Scenario>) -> Result<Arc<Router>> {
    let scenario = documents::read_or_usual(scenario)?;
    Ok(Router::of(core::observe(router.core(), &scenario)))
}

/// Every way that a connection can go.
#[derive(Debug, uniffi::Object)]
#[uniffi::export(Display)]
pub struct Trace(core::Trace);

#[uniffi::export]
impl Trace {
    /// The ways, with the share of all such connections that goes each.
    pub fn ways(&self) -> Vec<Way> {
        documents::record(&self.0.ways)
    }

    /// Whether there are more ways than were followed.
    pub fn cut(&self) -> bool {
        self.0.cut
    }

    /// What was assumed, as sentences.
    pub fn assumed(&self) -> Vec<String> {
        self.0.assumed.clone()
    }

    /// What of the router is not modelled and might matter, as sentences.
    pub fn unmodelled(&self) -> Vec<String> {
        self.0.unmodelled.clone()
    }

    /// The trace as text.
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// The trace as a Mermaid chart.
    pub fn to_mermaid(&self) -> String {
        self.0.to_mermaid()
    }

    /// The trace as its JSON document.
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }
}

/// What becomes of traffic in every state of the lines.
#[derive(Debug, uniffi::Object)]
#[uniffi::export(Display)]
pub struct Matrix(CoreMatrix);

#[uniffi::export]
impl Matrix {
    /// The lines, by the interfaces that packets leave by.
    pub fn lines(&self) -> Vec<Text> {
        documents::record(&self.0.lines)
    }

    /// The kinds of traffic that are followed.
    pub fn classes(&self) -> Vec<TrafficClass> {
        documents::record(&self.0.classes)
    }

    /// The states of the lines, all up first.
    pub fn states(&self) -> Vec<LineState> {
        documents::record(&self.0.states)
    }

    /// What was assumed, as sentences.
    pub fn assumed(&self) -> Vec<String> {
        self.0.assumed.clone()
    }

    /// What of the router is not modelled and might matter, as sentences.
    pub fn unmodelled(&self) -> Vec<String> {
        self.0.unmodelled.clone()
    }

    /// The matrix as text.
    pub fn text(&self) -> String {
        self.0.to_string()
    }

    /// The matrix as a picture.
    pub fn to_svg(&self) -> String {
        self.0.to_svg()
    }

    /// The matrix as its JSON document.
    pub fn to_json(&self) -> String {
        self.0.to_json()
    }
}

impl fmt::Display for Trace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
