//! Errors of core → the exceptions of `multi_isp/_errors.py`.

use multi_isp::document::DocumentErrors;
use multi_isp::emit::{NotReady, Refused};
use multi_isp::{Diagnostic, NoGuard, PlanError, ReadError, SyntaxErrors, TransportError};
use pyo3::prelude::*;
use pyo3::types::PyTuple;

use crate::report::Report;
use crate::typed::{self, json};
use crate::units::Units;

/// The exceptions, written in Python: classes with fields cannot be made here for all versions of Python at once.
mod python {
    use pyo3::import_exception;

    import_exception!(multi_isp._errors, DocumentError);
    import_exception!(multi_isp._errors, ReadError);
    import_exception!(multi_isp._errors, ScriptError);
    import_exception!(multi_isp._errors, PlanError);
    import_exception!(multi_isp._errors, RefusedError);
    import_exception!(multi_isp._errors, TransportError);
}

/// A document, or another argument, that is not as it must be.
pub fn document(py: Python<'_>, errors: &DocumentErrors, units: &Units) -> PyErr {
    argument(py, &units.told(errors.diagnostics()))
}

/// The same by its findings.
pub fn argument(py: Python<'_>, findings: &[Diagnostic]) -> PyErr {
    told(py, findings, |findings| python::DocumentError::new_err((findings,)))
}

/// A router that cannot be read.
pub fn read(py: Python<'_>, errors: &ReadError, units: &Units) -> PyErr {
    read_findings(py, &units.told(errors.findings()))
}

/// The same by its findings.
pub fn read_findings(py: Python<'_>, findings: &[Diagnostic]) -> PyErr {
    told(py, findings, |findings| python::ReadError::new_err((findings,)))
}

/// A text that is no script.
pub fn script(py: Python<'_>, errors: &SyntaxErrors, units: &Units) -> PyErr {
    let findings = units.told(errors.diagnostics());
    told(py, &findings, |findings| python::ScriptError::new_err((findings,)))
}

/// A plan that cannot be made.
pub fn plan(py: Python<'_>, error: PlanError, units: &Units) -> PyErr {
    let findings = units.told(&error.diagnostics());
    let PlanError::Refused(report) = error else {
        return told(py, &findings, |findings| python::PlanError::new_err((findings,)));
    };
    let report = match Py::new(py, Report::new(report, units.clone())) {
        Ok(report) => report,
        Err(error) => return error,
    };
    told(py, &findings, |findings| {
        python::RefusedError::new_err((findings, report))
    })
}

/// A guard that a plan cannot have.
pub fn guard(py: Python<'_>, error: &NoGuard, units: &Units) -> PyErr {
    let findings = units.told(error.diagnostics());
    told(py, &findings, |findings| python::PlanError::new_err((findings,)))
}

/// A plan that cannot be sent by ids.
pub fn transport(py: Python<'_>, error: &TransportError, units: &Units) -> PyErr {
    sent(py, &units.told(&error.diagnostics()))
}

/// A call that cannot be sent.
pub fn not_ready(py: Python<'_>, error: &NotReady) -> PyErr {
    sent(py, &error.diagnostics())
}

/// A call that the router refused.
pub fn refused(py: Python<'_>, error: &Refused) -> PyErr {
    sent(py, &error.diagnostics())
}

fn sent(py: Python<'_>, findings: &[Diagnostic]) -> PyErr {
    told(py, findings, |findings| {
        python::TransportError::new_err((findings,))
    })
}

/// The exception of findings; what goes wrong on the way there instead, as where `_types.py` cannot be imported.
fn told(py: Python<'_>, findings: &[Diagnostic], exception: impl FnOnce(Py<PyTuple>) -> PyErr) -> PyErr {
    let told = json(findings).and_then(|json| typed::diagnostics(py, &json));
    match told {
        Ok(findings) => exception(findings.unbind()),
        Err(error) => error,
    }
}
