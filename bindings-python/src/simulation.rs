//! What a router would do with packets.

use multi_isp::{Scenario, WhatIf};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::given::{Given, or_default};
use crate::html;
use crate::router::Router;
use crate::typed::{HeldAll, Hint, RouterText, Sentence, Typed, class};

/// Follows a connection through a router: every way that it can go.
#[pyfunction]
#[pyo3(signature = (router, scenario=None))]
pub fn simulate(py: Python<'_>, router: &Router, scenario: Option<Given<Scenario>>) -> Trace {
    let scenario = or_default(scenario);
    let core = py.detach(|| multi_isp::simulate(router.core(), &scenario));
    Trace {
        core,
        document: PyOnceLock::new(),
    }
}

/// What becomes of everybody in every state of a router's lines.
#[pyfunction]
#[pyo3(signature = (router, options=None))]
pub fn what_if(py: Python<'_>, router: &Router, options: Option<Given<WhatIf>>) -> Matrix {
    let options = or_default(options);
    let core = py.detach(|| multi_isp::what_if(router.core(), &options));
    Matrix {
        core,
        document: PyOnceLock::new(),
    }
}

/// The router as somebody would read it in a scenario, live values and all.
#[pyfunction]
#[pyo3(signature = (router, scenario=None))]
pub fn observe(py: Python<'_>, router: &Router, scenario: Option<Given<Scenario>>) -> Router {
    let scenario = or_default(scenario);
    let observed = py.detach(|| multi_isp::observe(router.core(), &scenario));
    Router::new(observed, router.units().clone())
}

/// Every way that a connection can go through a router.
#[pyclass(frozen, eq, module = "multi_isp")]
pub struct Trace {
    core: multi_isp::Trace,
    document: PyOnceLock<Py<PyAny>>,
}

/// What becomes of traffic in every state of a router's lines.
#[pyclass(frozen, eq, module = "multi_isp")]
pub struct Matrix {
    core: multi_isp::Matrix,
    document: PyOnceLock<Py<PyAny>>,
}

/// What both have in common: parts of their documents.
macro_rules! document {
    ($handle:ident $document:ident) => {
        impl $handle {
            fn all<C: Hint>(&self, py: Python<'_>, name: &str) -> PyResult<HeldAll<C>> {
                let document = || {
                    let json = py.detach(|| self.core.to_json());
                    let document = Typed::<class::$document>::new(json);
                    document.into_pyobject(py).map(Bound::unbind)
                };
                let document = self.document.get_or_try_init(py, document)?;
                Ok(HeldAll::new(document.bind(py).getattr(name)?))
            }
        }

        impl PartialEq for $handle {
            fn eq(&self, other: &Self) -> bool {
                self.core == other.core
            }
        }
    };
}

document!(Trace TraceDocument);
document!(Matrix MatrixDocument);

#[pymethods]
impl Trace {
    /// The ways, each with its share and what becomes of the connection.
    #[getter]
    fn ways(&self, py: Python<'_>) -> PyResult<HeldAll<class::Way>> {
        self.all(py, "ways")
    }

    /// Whether there are more ways than were followed.
    #[getter]
    fn cut(&self) -> bool {
        self.core.cut
    }

    /// What was assumed because the router was not read with it, in sentences.
    #[getter]
    fn assumed(&self, py: Python<'_>) -> PyResult<HeldAll<Sentence>> {
        self.all(py, "assumed")
    }

    /// What the router has and the simulator does not know, in sentences.
    #[getter]
    fn unmodelled(&self, py: Python<'_>) -> PyResult<HeldAll<Sentence>> {
        self.all(py, "unmodelled")
    }

    /// The ways for people.
    fn text(&self) -> String {
        self.core.to_string()
    }

    /// The ways as a Mermaid flowchart.
    fn to_mermaid(&self) -> String {
        self.core.to_mermaid()
    }

    /// The document of schema `multi-isp/trace/1`.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }

    fn __repr__(&self) -> String {
        format!("<Trace ways: {}>", self.core.ways.len())
    }

    fn _repr_html_(&self) -> String {
        html::preformatted(&self.core.to_string())
    }
}

#[pymethods]
impl Matrix {
    /// The lines, those that fail first; a name that is not UTF-8 is `bytes`.
    #[getter]
    fn lines(&self, py: Python<'_>) -> PyResult<HeldAll<RouterText>> {
        self.all(py, "lines")
    }

    /// The traffic, in the order of the cells.
    #[getter]
    fn classes(&self, py: Python<'_>) -> PyResult<HeldAll<class::TrafficClass>> {
        self.all(py, "classes")
    }

    /// Every state of the lines for every way in which they fail; the first has all of them up.
    #[getter]
    fn states(&self, py: Python<'_>) -> PyResult<HeldAll<class::LineState>> {
        self.all(py, "states")
    }

    /// What was assumed because the router was not read with it, in sentences.
    #[getter]
    fn assumed(&self, py: Python<'_>) -> PyResult<HeldAll<Sentence>> {
        self.all(py, "assumed")
    }

    /// What the router has and the simulator does not know, in sentences.
    #[getter]
    fn unmodelled(&self, py: Python<'_>) -> PyResult<HeldAll<Sentence>> {
        self.all(py, "unmodelled")
    }

    /// A table for a terminal.
    fn text(&self) -> String {
        self.core.to_string()
    }

    /// A table for a page.
    fn to_svg(&self) -> String {
        self.core.to_svg()
    }

    /// The document of schema `multi-isp/what-if/1`.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }

    fn __repr__(&self) -> String {
        let (lines, states) = (self.core.lines.len(), self.core.states.len());
        format!("<Matrix lines: {lines}, states: {states}>")
    }

    fn _repr_html_(&self) -> String {
        self.core.to_svg()
    }
}
