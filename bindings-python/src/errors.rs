//! Errors of core → the exceptions of `multi_isp/_errors.py`.

use multi_isp::{
    Diagnostic, DocumentErrors, NoGuard, NotReady, PlanError, ReadError, Refused, SyntaxErrors,
    TransportError,
};
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

/// A document that is not as it must be, with its text where the caller wrote it.
pub fn document(py: Python<'_>, errors: &DocumentErrors, units: &Units, source: Option<&[u8]>) -> PyErr {
    let findings = units.told(errors.diagnostics());
    told(
        py,
        &findings,
        errors.render(source),
        python::DocumentError::new_err,
    )
}

/// An argument that means nothing.
pub fn argument(py: Python<'_>, findings: &[Diagnostic]) -> PyErr {
    told(py, findings, rendered(findings), python::DocumentError::new_err)
}

/// A router that cannot be read; `findings` are those of `error` as the caller counts.
pub fn read(py: Python<'_>, error: &ReadError, findings: &[Diagnostic]) -> PyErr {
    told(py, findings, error.render(), python::ReadError::new_err)
}

/// A text that is no script.
pub fn script(py: Python<'_>, errors: &SyntaxErrors, units: &Units, source: &[u8]) -> PyErr {
    let findings = errors.diagnostics();
    let text = findings.iter().map(|found| found.render(Some(source))).collect();
    told(py, &units.told(&findings), text, python::ScriptError::new_err)
}

/// A plan that cannot be made.
pub fn plan(py: Python<'_>, error: PlanError, units: &Units) -> PyErr {
    let findings = error.diagnostics();
    let text = rendered(&findings);
    let findings = units.told(&findings);
    let PlanError::Refused(report) = error else {
        return told(py, &findings, text, python::PlanError::new_err);
    };
    match Py::new(py, Report::new(report, units.clone())) {
        Ok(report) => told(py, &findings, text, |(findings, text)| {
            python::RefusedError::new_err((findings, text, report))
        }),
        Err(error) => error,
    }
}

/// A guard that a plan cannot have.
pub fn guard(py: Python<'_>, error: &NoGuard, units: &Units) -> PyErr {
    let findings = error.diagnostics();
    told(
        py,
        &units.told(findings),
        rendered(findings),
        python::PlanError::new_err,
    )
}

/// A plan that cannot be sent by ids.
pub fn transport(py: Python<'_>, error: &TransportError) -> PyErr {
    sent(py, &error.diagnostics())
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
    told(py, findings, rendered(findings), python::TransportError::new_err)
}

fn rendered(findings: &[Diagnostic]) -> String {
    findings.iter().map(|found| found.render(None)).collect()
}

/// The exception of findings; what goes wrong on the way there instead, as where `_types.py` cannot be imported.
fn told(
    py: Python<'_>,
    findings: &[Diagnostic],
    text: String,
    exception: impl FnOnce((Py<PyTuple>, String)) -> PyErr,
) -> PyErr {
    match json(findings).and_then(|json| typed::diagnostics(py, &json)) {
        Ok(findings) => exception((findings.unbind(), text)),
        Err(error) => error,
    }
}
