//! Loads each export, prints it, loads that again and compares the rows; prints one JSON line a file.
//!
//! ```sh
//! cargo run --release --example roundtrip -- router.rsc
//! ```
//!
//! A line holds `file`, `ok` (do the rows come back equal), `errors` (`code`, `line`, `column`, `message`), `rows` (how many
//! there are) and `difference` (the first); both are null where there are errors. Standard error shows the same errors with
//! their place in the text. The exit code is 1 where a file is not ok.

use std::process::ExitCode;

use multi_isp::{
    diagnostic::Diagnostic,
    routeros::router::{Difference, Router},
};
use serde_json::{Value, json};

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/findings.rs"]
mod findings;

const USAGE: &str = "usage: roundtrip FILE...\n\nLoads each export, prints it and loads that again; prints one JSON line a file.";

fn main() -> ExitCode {
    match arguments::arguments(USAGE, 1) {
        Ok(files) => findings::report_each(files, report),
        Err(code) => code,
    }
}

fn report(file: &str) -> Value {
    match round_trip(file) {
        Ok((rows, difference)) => {
            let ok = difference.is_none();
            json!({ "file": file, "ok": ok, "errors": [], "rows": rows, "difference": difference })
        }
        Err(errors) => {
            let errors: Vec<Value> = errors.iter().map(findings::to_json).collect();
            json!({ "file": file, "ok": false, "errors": errors, "rows": null, "difference": null })
        }
    }
}

/// How many rows there are, and the first that the way through the text changed.
fn round_trip(file: &str) -> Result<(usize, Option<Value>), Vec<Diagnostic>> {
    let export = arguments::read(file).map_err(|error| {
        eprint!("{}", error.render(None));
        vec![*error]
    })?;
    let load = |export: &[u8]| {
        Router::from_export(export, None).map_err(|error| {
            eprint!("{file}: {}", error.render());
            error.diagnostics().to_vec()
        })
    };
    let first = load(&export)?;
    let second = load(&first.to_export())?;
    let rows = first.menus().map(|menu| first.table(menu).len()).sum();
    Ok((rows, first.diff(&second).first().map(describe)))
}

fn describe(difference: &Difference) -> Value {
    let (kind, menu, row) = match difference {
        Difference::Added { menu, row } => ("added", menu, row),
        Difference::Removed { menu, row } => ("removed", menu, row),
        Difference::Changed { menu, row, .. } => ("changed", menu, row),
        Difference::Moved { menu, row } => ("moved", menu, row),
    };
    json!({ "kind": kind, "menu": menu, "row": format!("{row:?}") })
}
