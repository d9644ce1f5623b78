//! What goes wrong → typed exceptions.

use std::fmt;
use std::sync::Arc;

use multi_isp as core;

use crate::documents;
use crate::records::Diagnostic;
use crate::report::Report;

/// What went wrong; nothing was changed.
///
/// Every kind has the same fields: a sentence, which is the message of the exception in Kotlin too; a code for programs; what to do
/// about it; and all that was found, of which the first is the one that the sentence, the code and the help are from.
#[derive(Clone, Debug, uniffi::Error)]
pub enum MultiIspError {
    /// A value that is handed in is not as it must be: a site, options, a template.
    Document {
        /// What is wrong, as a sentence for the operator.
        explanation: String,
        /// Name of the fault, for programs.
        code: String,
        /// What to do about it.
        help: Option<String>,
        /// All that is wrong.
        diagnostics: Vec<Diagnostic>,
    },
    /// What is said to come from a router cannot be read.
    Read {
        /// What is wrong, as a sentence for the operator.
        explanation: String,
        /// Name of the fault, for programs.
        code: String,
        /// What to do about it.
        help: Option<String>,
        /// All that is wrong.
        diagnostics: Vec<Diagnostic>,
    },
    /// A script is no RouterOS script.
    Script {
        /// What is wrong, as a sentence for the operator.
        explanation: String,
        /// Name of the fault, for programs.
        code: String,
        /// What to do about it.
        help: Option<String>,
        /// All that is wrong.
        diagnostics: Vec<Diagnostic>,
    },
    /// There is no plan, or none as it is asked for.
    Plan {
        /// What is wrong, as a sentence for the operator.
        explanation: String,
        /// Name of the fault, for programs.
        code: String,
        /// What to do about it.
        help: Option<String>,
        /// All that is wrong.
        diagnostics: Vec<Diagnostic>,
    },
    /// There is no plan: preflight found errors, which must be mended first.
    Refused {
        /// What is wrong, as a sentence for the operator.
        explanation: String,
        /// Name of the fault, for programs.
        code: String,
        /// What to do about it.
        help: Option<String>,
        /// All that was found, warnings and notes too.
        diagnostics: Vec<Diagnostic>,
        /// The same, to be shown.
        report: Arc<Report>,
    },
    /// A plan cannot be sent over the API or REST, or the router refused a part of it.
    Transport {
        /// What is wrong, as a sentence for the operator.
        explanation: String,
        /// Name of the fault, for programs.
        code: String,
        /// What to do about it.
        help: Option<String>,
        /// All that is wrong.
        diagnostics: Vec<Diagnostic>,
    },
}

/// What the functions of this library give.
pub type Result<T> = std::result::Result<T, MultiIspError>;

impl fmt::Display for MultiIspError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Document { explanation, .. }
        | Self::Read { explanation, .. }
        | Self::Script { explanation, .. }
        | Self::Plan { explanation, .. }
        | Self::Refused { explanation, .. }
        | Self::Transport { explanation, .. }) = self;
        f.write_str(explanation)
    }
}

impl std::error::Error for MultiIspError {}

/// An exception of a kind, out of findings.
macro_rules! fault {
    ($kind:ident, $findings:expr $(, $field:ident: $value:expr)?) => {{
        let diagnostics: Vec<Diagnostic> = documents::record(&$findings);
        let first = diagnostics.first().cloned();
        let (explanation, code, help) =
            first.map(|first| (first.message, first.code, first.help)).unwrap_or_default();
        MultiIspError::$kind { explanation, code, help, diagnostics $(, $field: $value)? }
    }};
}

/// Faults that become an exception of one kind.
macro_rules! faults {
    ($($error:ty => $kind:ident),* $(,)?) => {$(
        impl From<$error> for MultiIspError {
            fn from(error: $error) -> Self {
                fault!($kind, error.diagnostics())
            }
        }
    )*};
}

faults! {
    core::DocumentErrors => Document,
    core::InvalidSpeed => Document,
    core::UnknownVersion => Document,
    core::ReadError => Read,
    core::SyntaxErrors => Script,
    core::NoGuard => Plan,
    core::NotReady => Transport,
    core::Refused => Transport,
    core::TransportError => Transport,
}

impl From<core::PlanError> for MultiIspError {
    fn from(error: core::PlanError) -> Self {
        match error {
            core::PlanError::Refused(report) => {
                fault!(Refused, report.findings(), report: Report::of(report.clone()))
            }
            other => fault!(Plan, other.diagnostics()),
        }
    }
}
