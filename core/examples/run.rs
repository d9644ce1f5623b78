//! `run ROUTER SCRIPT`: runs a script on a router and prints the export that it leaves behind.
//!
//! ROUTER is an export (`.rsc`) or what REST gave (`.json`). What the script writes and the error that stops it go to
//! standard error, with the place in the script; an error ends with code 1.

use std::{env, fs, io::Write as _, process::ExitCode};

use multi_isp::routeros::{
    router::{Router, Unknown},
    syntax::Script,
};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [router, script] = arguments.as_slice() else {
        eprintln!("usage: run ROUTER SCRIPT");
        return ExitCode::from(2);
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
    let read = |file: &str| fs::read(file).map_err(|error| format!("{file}: {error}\n"));
    let (router_text, script_text) = (read(router)?, read(script)?);
    let router = match router.ends_with(".json") {
        true => Router::from_rest(&router_text, None),
        false => Router::from_export(&router_text, None),
    };
    let router = router.map_err(|error| error.render())?;
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
