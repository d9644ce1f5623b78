//! A plan, and what of one is not there any more.

use multi_isp::{Difference, PhaseScript};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;

use crate::given::{self, Minutes};
use crate::report::Report;
use crate::router::Router;
use crate::transport::{ApiCalls, RestCalls};
use crate::typed::{Bytes, Held, HeldAll, Hint, Typed, class};
use crate::units::Units;
use crate::{errors, html};

/// The ordered, smallest change of one router: steps with the reason and the undo of each, proven on a copy of the router.
#[pyclass(frozen, eq, module = "multi_isp")]
pub struct Plan {
    core: multi_isp::Plan,
    /// Of the text that the router was read from.
    units: Units,
    document: PyOnceLock<Py<PyAny>>,
}

impl Plan {
    /// With how places count in the text that the router was read from.
    pub fn new(core: multi_isp::Plan, units: Units) -> Self {
        Self {
            core,
            units,
            document: PyOnceLock::new(),
        }
    }

    fn document<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let document = || {
            let json = py.detach(|| self.core.to_json());
            let document = Typed::<class::PlanDocument>::new(json);
            document.into_pyobject(py).map(Bound::unbind)
        };
        Ok(self.document.get_or_try_init(py, document)?.bind(py).clone())
    }

    fn one<C: Hint>(&self, py: Python<'_>, name: &str) -> PyResult<Option<Held<C>>> {
        let value = self.document(py)?.getattr(name)?;
        Ok((!value.is_none()).then(|| Held::new(value)))
    }

    fn all<C: Hint>(&self, py: Python<'_>, name: &str) -> PyResult<HeldAll<C>> {
        Ok(HeldAll::new(self.document(py)?.getattr(name)?))
    }
}

impl PartialEq for Plan {
    fn eq(&self, other: &Self) -> bool {
        self.core == other.core
    }
}

#[pymethods]
impl Plan {
    /// What the plan is for: `"apply"` or `"disable"`.
    #[getter]
    fn purpose(&self, py: Python<'_>) -> PyResult<Held<class::Purpose>> {
        Ok(Held::new(self.document(py)?.getattr("purpose")?))
    }

    /// The version of RouterOS that the plan is for, as `7.22.3`.
    #[getter]
    fn version(&self) -> String {
        self.core.version().to_string()
    }

    /// Whether there is nothing to send: the router is as it should be, and no earlier plan waits to be confirmed.
    #[getter]
    fn is_empty(&self) -> bool {
        self.core.is_empty()
    }

    /// Whether an earlier plan waits on the router to be confirmed, which the router would take back.
    #[getter]
    fn is_unconfirmed(&self) -> bool {
        self.core.is_unconfirmed()
    }

    /// What the router was set to when the plan was made, as `Router.fingerprint` tells it.
    #[getter]
    fn fingerprint(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.fingerprint().to_string())
    }

    /// The findings that the plan was made with; none of them is an error.
    #[getter]
    fn report(&self) -> Report {
        Report::new(self.core.report().clone(), self.units.clone())
    }

    /// The lines as they will run, nearest first; none in a plan to disable.
    #[getter]
    fn lines(&self, py: Python<'_>) -> PyResult<HeldAll<class::Outline>> {
        self.all(py, "lines")
    }

    /// How new connections are shared by the lines; `None` where they are not.
    #[getter]
    fn balance(&self, py: Python<'_>) -> PyResult<Option<Held<class::Balance>>> {
        self.one(py, "balance")
    }

    /// Whose connections are marked; `None` where none are.
    #[getter]
    fn customers(&self, py: Python<'_>) -> PyResult<Option<Held<class::Customers>>> {
        self.one(py, "customers")
    }

    /// The steps in their order.
    #[getter]
    fn steps(&self, py: Python<'_>) -> PyResult<HeldAll<class::Step>> {
        self.all(py, "steps")
    }

    /// The steps for people, in phases with their reasons; without secrets.
    fn summary(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.summary())
    }

    /// The script that does it, one full command a text line.
    fn script(&self, py: Python<'_>) -> Bytes {
        Bytes(py.detach(|| self.core.script()))
    }

    /// The script that takes it back, newest step first; harmless where a step never ran.
    fn undo_script(&self, py: Python<'_>) -> Bytes {
        Bytes(py.detach(|| self.core.undo_script()))
    }

    /// The script after which the router takes the plan back by itself, unless it is confirmed within so many minutes, 1 to 255.
    ///
    /// Raises `PlanError` where the router, or the user, cannot have such a guard, and `DocumentError` where nobody can.
    #[pyo3(signature = (minutes: "int"))]
    fn guarded_script(&self, py: Python<'_>, minutes: Minutes) -> PyResult<Bytes> {
        let minutes = minutes.of_guard(py)?;
        let script = py.detach(|| self.core.guarded_script(minutes));
        script
            .map(Bytes)
            .map_err(|error| errors::guard(py, &error, &self.units))
    }

    /// The script that confirms a guarded plan: it stays.
    fn confirm_script(&self, py: Python<'_>) -> Bytes {
        Bytes(py.detach(|| self.core.confirm_script()))
    }

    /// The script in its parts, in their order, to send one after the other.
    fn phase_scripts(&self, py: Python<'_>) -> Typed<class::PhaseScripts> {
        Typed::new(py.detach(|| PhaseScript::all_to_json(&self.core.phase_scripts())))
    }

    /// The commands that try and run a script which was uploaded as `file`.
    fn import_commands(&self, file: &str) -> Typed<class::ImportCommands> {
        Typed::new(self.core.import(file).to_json())
    }

    /// What moved in a router since the plan was made for it: nothing where the plan still does what it was proven to do.
    fn still_valid(&self, py: Python<'_>, router: &Router) -> Typed<class::Differences> {
        Typed::new(py.detach(|| match self.core.still_valid(router.core()) {
            Ok(()) => Difference::all_to_json(&[]),
            Err(moved) => moved.to_json(),
        }))
    }

    /// A part of the plan as calls of the API, for a router that was read with ids.
    ///
    /// `part` is `"plan"`, `"guarded"` (with `minutes`, 1 to 255), `"confirm"` or `"undo"`; the latter two are for the router
    /// as it is after what was sent. Raises `TransportError` where the plan cannot be sent so.
    #[pyo3(signature = (router, part="plan", minutes: "int | None"=None))]
    fn api(
        &self,
        py: Python<'_>,
        router: &Router,
        part: &str,
        minutes: Option<Minutes>,
    ) -> PyResult<ApiCalls> {
        let part = given::part(py, part, minutes.as_ref())?;
        let calls = py.detach(|| self.core.api(part, router.core()));
        calls
            .map(ApiCalls::new)
            .map_err(|error| errors::transport(py, &error))
    }

    /// A part of the plan as requests of REST, from RouterOS 7.1; all else as for `api`.
    #[pyo3(signature = (router, part="plan", minutes: "int | None"=None))]
    fn rest(
        &self,
        py: Python<'_>,
        router: &Router,
        part: &str,
        minutes: Option<Minutes>,
    ) -> PyResult<RestCalls> {
        let part = given::part(py, part, minutes.as_ref())?;
        let calls = py.detach(|| self.core.rest(part, router.core()));
        calls
            .map(RestCalls::new)
            .map_err(|error| errors::transport(py, &error))
    }

    /// The document of schema `multi-isp/plan/1`. Its commands hold what is sent, passwords and PINs included.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }

    fn __repr__(&self) -> String {
        let purpose = format!("{:?}", self.core.purpose()).to_lowercase();
        let (steps, version) = (self.core.steps().len(), self.core.version());
        format!("<Plan to {purpose}, steps: {steps}, RouterOS {version}>")
    }

    fn _repr_html_(&self, py: Python<'_>) -> String {
        py.detach(|| html::plan(&self.core))
    }
}

/// What of a site does not stand on its router as planned.
#[pyclass(frozen, eq, module = "multi_isp")]
pub struct Drift {
    core: multi_isp::Drift,
    units: Units,
}

impl Drift {
    /// With how places count in the text that the router was read from.
    pub fn new(core: multi_isp::Drift, units: Units) -> Self {
        Self { core, units }
    }
}

impl PartialEq for Drift {
    fn eq(&self, other: &Self) -> bool {
        self.core == other.core
    }
}

#[pymethods]
impl Drift {
    /// The rows that are not as planned.
    #[getter]
    fn rows(&self, py: Python<'_>) -> PyResult<HeldAll<class::DriftRow>> {
        let document = Typed::<class::DriftDocument>::new(self.core.to_json());
        Ok(HeldAll::new(document.into_pyobject(py)?.getattr("rows")?))
    }

    /// The plan that mends it.
    #[getter]
    fn plan(&self) -> Plan {
        Plan::new(self.core.plan().clone(), self.units.clone())
    }

    /// Whether all is as planned.
    #[getter]
    fn is_empty(&self) -> bool {
        self.core.is_empty()
    }

    /// The rows for people, a text line each.
    fn text(&self) -> String {
        self.core.to_string()
    }

    /// The document of schema `multi-isp/drift/1`; of secrets it holds what `Plan.to_json` says.
    fn to_json(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.to_json())
    }

    fn __repr__(&self) -> String {
        format!("<Drift rows: {}>", self.core.rows().len())
    }
}
