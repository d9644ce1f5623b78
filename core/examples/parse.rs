//! Reads RouterOS scripts and exports and prints one JSON line a file.
//!
//! ```sh
//! cargo run --release --example parse -- router.rsc script.rsc
//! ```
//!
//! A line holds `file`, `ok` (would RouterOS accept it), `errors` (`code`, `line`, `column`, `message`), `commands` (of the
//! top level) and `lossless` (does the tree give back the bytes). Standard error shows the same errors with their place in
//! the text. The exit code is 1 where a file has errors or cannot be read (`unreadable-file`); the others are still read.

use std::process::ExitCode;

use multi_isp::routeros::syntax::Script;
use serde_json::{Value, json};

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/findings.rs"]
mod findings;

const USAGE: &str =
    "usage: parse FILE...\n\nReads RouterOS scripts and exports; prints one JSON line a file.";

fn main() -> ExitCode {
    match arguments::arguments(USAGE, 1) {
        Ok(files) => findings::report_each(files, report),
        Err(code) => code,
    }
}

fn report(file: &str) -> Value {
    let source = match arguments::read(file) {
        Ok(source) => source,
        Err(error) => {
            eprint!("{}", error.render(None));
            let errors = [findings::to_json(&error)];
            return json!({ "file": file, "ok": false, "errors": errors, "commands": 0, "lossless": false });
        }
    };
    let script = Script::parse(&source).unwrap_or_else(|_| Script::parse_lenient(&source));
    for error in script.errors() {
        eprint!("{file}: {}", error.render(Some(&source)));
    }
    json!({
        "file": file,
        "ok": script.errors().next().is_none(),
        "errors": script.errors().map(findings::to_json).collect::<Vec<_>>(),
        "commands": script.commands().count(),
        "lossless": script.to_bytes() == source,
    })
}
