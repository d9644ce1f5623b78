//! What a script left behind.

use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::router::Router;
use crate::typed::{HeldAll, Hint, RouterText, Typed, class, json};
use crate::units::Units;

/// What a script left behind on a router.
#[pyclass(frozen, module = "multi_isp")]
pub struct Outcome {
    core: multi_isp::Outcome,
    /// Of the text that the router was read from.
    router: Units,
    /// Of the script.
    script: Units,
    document: PyOnceLock<Py<PyAny>>,
}

impl Outcome {
    /// With how places count in the text that the router was read from, and in the script.
    pub fn new(core: multi_isp::Outcome, router: Units, script: Units) -> Self {
        Self {
            core,
            router,
            script,
            document: PyOnceLock::new(),
        }
    }

    fn document<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let document = || {
            let document = Typed::<class::OutcomeDocument>::new(self.core.to_json());
            document.into_pyobject(py).map(Bound::unbind)
        };
        Ok(self.document.get_or_try_init(py, document)?.bind(py).clone())
    }

    fn all<C: Hint>(&self, py: Python<'_>, name: &str) -> PyResult<HeldAll<C>> {
        Ok(HeldAll::new(self.document(py)?.getattr(name)?))
    }
}

#[pymethods]
impl Outcome {
    /// The router as it is then; an error does not undo what came before it.
    #[getter]
    fn router(&self) -> Router {
        Router::new(self.core.router.clone(), self.router.clone())
    }

    /// The error that stopped the script, with its place in the script; of scripts that a scheduler ran, the first.
    #[getter]
    fn error(&self) -> PyResult<Option<Typed<class::Diagnostic>>> {
        let found = self.core.error.as_ref().map(|error| error.diagnostic());
        let told = found.map(|found| self.script.told(&[found]));
        let json = told.and_then(|told| told.into_iter().next().map(|found| json(&found)));
        Ok(json.transpose()?.map(Typed::new))
    }

    /// What `:log` wrote.
    #[getter]
    fn log(&self, py: Python<'_>) -> PyResult<HeldAll<class::LogEntry>> {
        self.all(py, "log")
    }

    /// What `:put` wrote, in text lines; one that is not UTF-8 is `bytes`.
    #[getter]
    fn output(&self, py: Python<'_>) -> PyResult<HeldAll<RouterText>> {
        self.all(py, "output")
    }

    /// What `/tool fetch` sent and somebody took.
    #[getter]
    fn requests(&self, py: Python<'_>) -> PyResult<HeldAll<class::FetchRequest>> {
        self.all(py, "requests")
    }

    fn __repr__(&self) -> String {
        match &self.core.error {
            Some(error) => format!("<Outcome stopped: {error}>"),
            None => "<Outcome done>".into(),
        }
    }
}
