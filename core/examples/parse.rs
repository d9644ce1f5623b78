//! Reads RouterOS scripts and exports and prints one JSON line a file.
//!
//! ```sh
//! cargo run --release --example parse -- router.rsc script.rsc
//! ```
//!
//! A line holds `file`, `ok` (would RouterOS accept it), `errors` (`code`, `line`, `column`, `message`), `commands` (of the
//! top level) and `lossless` (does the tree give back the bytes). A file that cannot be read is reported on standard error
//! and by a line with the code `unreadable-file`; the others are still read, and the exit code is 1.

use std::process::ExitCode;
use std::{env, fs};

use multi_isp::diagnostic::Diagnostic;
use multi_isp::routeros::syntax::Script;
use serde_json::{Value, json};

fn main() -> ExitCode {
    let mut code = ExitCode::SUCCESS;
    for file in env::args().skip(1) {
        match fs::read(&file) {
            Ok(source) => println!("{}", report(&file, &source)),
            Err(error) => {
                eprintln!("{file}: {error}");
                println!("{}", unreadable(&file, &error.to_string()));
                code = ExitCode::FAILURE;
            }
        }
    }
    code
}

fn report(file: &str, source: &[u8]) -> Value {
    let script = Script::parse(source).unwrap_or_else(|_| Script::parse_lenient(source));
    json!({
        "file": file,
        "ok": script.errors().next().is_none(),
        "errors": script.errors().map(error).collect::<Vec<_>>(),
        "commands": script.commands().count(),
        "lossless": script.to_bytes() == source,
    })
}

fn unreadable(file: &str, message: &str) -> Value {
    let error = json!({ "code": "unreadable-file", "line": null, "column": null, "message": message });
    json!({ "file": file, "ok": false, "errors": [error], "commands": 0, "lossless": false })
}

fn error(error: &Diagnostic) -> Value {
    json!({
        "code": error.code,
        "line": error.place.map(|place| place.line),
        "column": error.place.map(|place| place.column),
        "message": error.message,
    })
}
