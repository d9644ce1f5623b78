//! `roundtrip FILE...`: loads each export, prints it, loads that again and compares the rows.
//!
//! One JSON line a file: file, ok, rows, first difference.

use std::{env, fs, process::ExitCode};

use multi_isp::routeros::{
    read::ReadError,
    router::{Difference, Router},
};
use serde_json::{Value, json};

fn main() -> ExitCode {
    let mut all_ok = true;
    for file in env::args().skip(1) {
        let result = fs::read(&file)
            .map_err(|error| error.to_string())
            .and_then(|export| round_trip(&export));
        let ok = matches!(&result, Ok((_, None)));
        all_ok &= ok;
        let line = match result {
            Ok((rows, difference)) => json!({"file": file, "ok": ok, "rows": rows, "difference": difference}),
            Err(error) => json!({"file": file, "ok": ok, "error": error}),
        };
        println!("{line}");
    }
    if all_ok {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// How many rows there are, and the first that the way through the text changed.
fn round_trip(export: &[u8]) -> Result<(usize, Option<Value>), String> {
    let text = |error: ReadError| error.render();
    let first = Router::from_export(export, None).map_err(text)?;
    let second = Router::from_export(&first.to_export(), None).map_err(text)?;
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
    json!({"kind": kind, "menu": menu, "row": format!("{row:?}")})
}
