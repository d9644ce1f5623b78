//! Runs a script on a router and prints the export that it leaves behind.
//!
//! ```sh
//! cargo run --release --example run -- ROUTER SCRIPT
//! ```
//!
//! ROUTER is an export (`.rsc`) or what REST gave (`.json`). What the script writes and the error that stops it go to
//! standard error, with the place in the script; an error ends with code 1.

use std::{io::Write as _, process::ExitCode};

use multi_isp::routeros::{router::Unknown, syntax::Script};

#[path = "support/arguments.rs"]
mod arguments;
#[path = "support/router.rs"]
mod router;

const USAGE: &str = "usage: run ROUTER SCRIPT\n\n\
    Runs a script on a router, an export (.rsc) or what REST gave (.json); prints the export that it leaves behind.";

fn main() -> ExitCode {
    let arguments = match arguments::arguments(USAGE, 1) {
        Ok(arguments) => arguments,
        Err(code) => return code,
    };
    let [router, script] = arguments.as_slice() else {
        return arguments::misused(USAGE);
    };
    match run(router, script) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprint!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(router: &str, script: &str) -> Result<(), String> {
    let router = router::read(router, None)?;
    let script_text = arguments::read(script).map_err(|error| error.render(None))?;
    let script = Script::parse(&script_text).map_err(|errors| errors.render())?;

    let outcome = router.run(&script, &Unknown);
    for line in &outcome.output {
        eprintln!("{}", line.to_text());
    }
    for entry in &outcome.log {
        eprintln!("log {}: {}", entry.topic, entry.message.to_text());
    }
    let written = std::io::stdout().write_all(&outcome.router.to_export());
    written.map_err(|error| format!("{error}\n"))?;
    outcome
        .error
        .map_or(Ok(()), |error| Err(error.diagnostic().render(Some(&script_text))))
}
