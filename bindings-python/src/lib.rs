//! multi-isp for Python: conversions, calls of core, errors mapped. What is decided, said or left at a default is core's.
//!
//! ```text
//!  str, bytes, dict, Site(..) --given--> value of core --one call--> handle, or JSON document --typed--> dataclass of `_types.py`
//!                                                  '--error: diagnostics --errors--> exception of `_errors.py`
//! ```
//!
//! Functions and classes stand here once, with what Python people read of them: doc comments become `__doc__` and, by
//! `maturin generate-stubs`, the stub `_native.pyi`.

mod audit;
mod errors;
mod given;
mod html;
mod outcome;
mod plan;
mod plans;
mod report;
mod router;
mod simulation;
mod status;
mod survey;
mod transport;
mod typed;
mod units;

#[pyo3::pymodule]
mod _native {
    #[pymodule_export]
    use super::audit::{audit, explain, preflight, preflight_disable, rules, sarif};
    #[pymodule_export]
    use super::given::check;
    #[pymodule_export]
    use super::outcome::Outcome;
    #[pymodule_export]
    use super::plan::{Drift, Plan};
    #[pymodule_export]
    use super::plans::{changes, plan_apply, plan_disable, plan_reads, split, verify};
    #[pymodule_export]
    use super::report::Report;
    #[pymodule_export]
    use super::router::Router;
    #[pymodule_export]
    use super::simulation::{Matrix, Trace, observe, simulate, what_if};
    #[pymodule_export]
    use super::status::{alerts, message, replay, status, status_reads, unreachable};
    #[pymodule_export]
    use super::survey::{detect_line, existing_setup, ports, site_of};
    #[pymodule_export]
    use super::transport::{ApiCalls, RestCalls};

    /// The version of the library.
    #[pymodule_export]
    const VERSION: &str = env!("CARGO_PKG_VERSION");
}
