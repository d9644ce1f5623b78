//! What the examples that read many files print for programs: a JSON line a file.

use std::process::ExitCode;

use multi_isp::diagnostic::Diagnostic;
use serde_json::{Value, json};

/// Prints the report of each file; the code is 1 where one of them has not `"ok": true`.
pub fn report_each(files: Vec<String>, report: fn(&str) -> Value) -> ExitCode {
    let mut all_ok = true;
    for file in files {
        let report = report(&file);
        all_ok &= report["ok"] == true;
        println!("{report}");
    }
    if all_ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// `code`, `line`, `column` and `message`.
pub fn to_json(finding: &Diagnostic) -> Value {
    json!({
        "code": finding.code,
        "line": finding.place.map(|place| place.line),
        "column": finding.place.map(|place| place.column),
        "message": finding.message,
    })
}
