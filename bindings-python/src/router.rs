//! A router, read once.

use std::time::Duration;

use multi_isp::{Difference, Script, Unknown};
use pyo3::prelude::*;

use crate::errors;
use crate::given::{Answers, ByMenu, Several, Text, version_or_none};
use crate::outcome::Outcome;
use crate::typed::{Bytes, Tuple, Typed, class};
use crate::units::Units;

/// What a router is: its version and its menus, each an ordered table of rows.
///
/// It is read once, by `from_export`, `from_rest`, `from_api` or `from_print`, and never changes: what a script makes of it is
/// another one. It stays within the library; `table` shows the rows of a menu.
#[pyclass(frozen, module = "multi_isp")]
pub struct Router {
    core: multi_isp::Router,
    units: Units,
}

impl Router {
    /// A router that came of another one, or of a text whose places count in these units.
    pub fn new(core: multi_isp::Router, units: Units) -> Self {
        Self { core, units }
    }

    /// The router.
    pub fn core(&self) -> &multi_isp::Router {
        &self.core
    }

    /// How places in the text that it was read from count.
    pub fn units(&self) -> &Units {
        &self.units
    }

    /// What became of it.
    fn became(&self, outcome: multi_isp::Outcome, script: Units) -> Outcome {
        Outcome::new(outcome, self.units.clone(), script)
    }
}

#[pymethods]
impl Router {
    /// Reads the text of `/export`, of RouterOS 6 or 7.
    ///
    /// The version is the one of the header, unless it is given as `"7.22"`. Raises `ReadError` with the places of what
    /// cannot be read: characters of `str`, bytes of `bytes`.
    #[staticmethod]
    #[pyo3(signature = (export, version=None))]
    fn from_export(py: Python<'_>, export: Text, version: Option<&str>) -> PyResult<Self> {
        let version = version_or_none(py, version)?;
        let read = py.detach(|| multi_isp::Router::from_export(export.bytes(), version));
        Self::read(py, read, export.units())
    }

    /// Reads what REST answered: an object of menus, as `{"/ip/route": [..], ..}`, each with the rows that `GET` gave.
    #[staticmethod]
    #[pyo3(signature = (answers, version=None))]
    fn from_rest(py: Python<'_>, answers: Answers, version: Option<&str>) -> PyResult<Self> {
        let version = version_or_none(py, version)?;
        let read = py.detach(|| multi_isp::Router::from_rest(answers.bytes(), version));
        // Rows of REST have no place in a text.
        let read =
            read.map_err(|error| errors::read(py, &error, &answers.units().told(error.diagnostics())))?;
        Ok(Self::new(read, Units::Bytes))
    }

    /// Reads what the API answered to `<menu>/print`: for each menu its sentences, each as its words, the last one `["!done"]`.
    #[staticmethod]
    #[pyo3(signature = (replies, version=None))]
    fn from_api(
        py: Python<'_>,
        replies: ByMenu<Several<Several<Text>>>,
        version: Option<&str>,
    ) -> PyResult<Self> {
        let version = version_or_none(py, version)?;
        let replies: Vec<(&str, Vec<Vec<&[u8]>>)> = replies
            .0
            .iter()
            .map(|(menu, sentences)| (menu.as_str(), sentences.0.iter().map(sentence).collect()))
            .collect();
        let read = py.detach(|| multi_isp::Router::from_api(&replies, version));
        Self::read(py, read, Units::Bytes)
    }

    /// Reads what `<menu>/print detail` or `print terse` wrote on a terminal: each menu with its output.
    #[staticmethod]
    #[pyo3(signature = (outputs, version=None))]
    fn from_print(py: Python<'_>, outputs: ByMenu<Text>, version: Option<&str>) -> PyResult<Self> {
        let version = version_or_none(py, version)?;
        let texts: Vec<(&str, &[u8])> = outputs
            .0
            .iter()
            .map(|(menu, output)| (menu.as_str(), output.bytes()))
            .collect();
        let read = py.detach(|| multi_isp::Router::from_print(&texts, version));
        let read = read.map_err(|error| {
            let findings = error.diagnostics().iter();
            let told = findings.flat_map(|found| outputs.units(found).told(std::slice::from_ref(found)));
            errors::read(py, &error, &told.collect::<Vec<_>>())
        })?;
        Ok(Self::new(read, Units::Bytes))
    }

    /// The version of RouterOS, as `7.22.3`; `None` where neither the text nor the caller told it.
    #[getter]
    fn version(&self) -> Option<String> {
        self.core.version().map(|version| version.to_string())
    }

    /// Whether the list of ports is complete: a compact export leaves out ports that are as the factory made them.
    #[getter]
    fn ports_known(&self) -> bool {
        self.core.ports_known()
    }

    /// Whether every row has the id by which the router knows it, so that it can be addressed over REST and the API.
    #[getter]
    fn ids_known(&self) -> bool {
        self.core.ids_known()
    }

    /// The paths of the menus that have rows, sorted: `/ip/route`.
    fn menus(&self) -> Tuple<&str> {
        Tuple(self.core.menus().collect())
    }

    /// The rows of a menu, by its path as `/ip/route`, without secrets; none where the menu is empty or there is no such menu.
    fn table(&self, py: Python<'_>, menu: &str) -> Typed<class::Table> {
        Typed::new(py.detach(|| self.core.table(menu).to_json()))
    }

    /// The router as an export that gives the same router when it is read; with secrets.
    fn to_export(&self, py: Python<'_>) -> Bytes {
        Bytes(py.detach(|| self.core.to_export()))
    }

    /// Runs a script as RouterOS would, up to the first error; the router itself stays as it is.
    ///
    /// Raises `ScriptError` where the text is no script at all.
    fn run(&self, py: Python<'_>, script: Text) -> PyResult<Outcome> {
        let outcome = py.detach(|| {
            let script = Script::parse(script.bytes())?;
            Ok(self.core.run(&script, &Unknown))
        });
        let outcome = outcome.map_err(|error| errors::script(py, &error, &script.units(), script.bytes()))?;
        Ok(self.became(outcome, script.units()))
    }

    /// Lets so many seconds pass: schedulers run what falls due.
    #[pyo3(signature = (seconds: "int"))]
    fn advance(&self, py: Python<'_>, seconds: u64) -> Outcome {
        let outcome = py.detach(|| self.core.advance(Duration::from_secs(seconds), &Unknown));
        self.became(outcome, Units::Nowhere)
    }

    /// Starts the router anew: schedulers that run at startup do.
    fn reboot(&self, py: Python<'_>) -> Outcome {
        let outcome = py.detach(|| self.core.reboot(&Unknown));
        self.became(outcome, Units::Nowhere)
    }

    /// What differs in another router, menu by menu; nothing where both are set the same.
    fn diff(&self, py: Python<'_>, other: &Self) -> Typed<class::Differences> {
        Typed::new(py.detach(|| Difference::all_to_json(&self.core.diff(&other.core))))
    }

    /// What the router is set to, as 64 hexadecimal digits: those of two routers are equal where their configurations mean
    /// the same. Two ways to read one router give two.
    fn fingerprint(&self, py: Python<'_>) -> String {
        py.detach(|| self.core.fingerprint().to_string())
    }

    /// Answers a sentence of the API as a router with these rows would: the router as it then is, and the sentences.
    fn answer_sentence(&self, py: Python<'_>, words: Several<Text>) -> (Self, Tuple<Tuple<Bytes>>) {
        let answer = py.detach(|| self.core.answer_sentence(&words.0, &Unknown));
        let sentences = answer.sentences.into_iter();
        let sentences = sentences.map(|words| Tuple(words.into_iter().map(Bytes).collect()));
        let router = Self::new(answer.router, self.units.clone());
        (router, Tuple(sentences.collect()))
    }

    /// Answers a request of REST as a router with these rows would: the router as it then is, the status and the body.
    #[pyo3(signature = (method, path, body=None))]
    fn answer_request(
        &self,
        py: Python<'_>,
        method: &str,
        path: &str,
        body: Option<Text>,
    ) -> (Self, u16, String) {
        let body = body.as_ref().map(Text::bytes);
        let answer = py.detach(|| self.core.answer_request(method, path, body, &Unknown));
        let router = Self::new(answer.router, self.units.clone());
        (router, answer.status, answer.body)
    }

    fn __repr__(&self) -> String {
        let version = self.core.version();
        let version = version.map_or_else(|| "unknown".into(), |version| version.to_string());
        format!(
            "<Router RouterOS {version}, menus: {}>",
            self.core.menus().count()
        )
    }
}

impl Router {
    fn read(
        py: Python<'_>,
        read: Result<multi_isp::Router, multi_isp::ReadError>,
        units: Units,
    ) -> PyResult<Self> {
        let read = read.map_err(|error| errors::read(py, &error, &units.told(error.diagnostics())))?;
        Ok(Self::new(read, units))
    }
}

impl ByMenu<Text> {
    /// How places count in the output of the menu that a finding is about.
    fn units(&self, found: &multi_isp::Diagnostic) -> Units {
        let named = |menu: &str| found.subjects.iter().any(|subject| subject.name() == menu);
        let output = self.0.iter().find(|(menu, _)| named(menu));
        output.map_or(Units::Nowhere, |(_, output)| output.units())
    }
}

fn sentence(words: &Several<Text>) -> Vec<&[u8]> {
    words.0.iter().map(Text::bytes).collect()
}
