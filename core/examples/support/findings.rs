//! Findings as the examples print them for programs.

use multi_isp::diagnostic::Diagnostic;
use serde_json::{Value, json};

/// `code`, `line`, `column` and `message`.
pub fn to_json(finding: &Diagnostic) -> Value {
    json!({
        "code": finding.code,
        "line": finding.place.map(|place| place.line),
        "column": finding.place.map(|place| place.column),
        "message": finding.message,
    })
}
