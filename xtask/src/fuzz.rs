//! `cargo xtask fuzz`: looks for new faults; the ones that were found stay in `fuzz/corpus` and run on every test.

use std::process::{Command, ExitCode};

use crate::tools;

const SECONDS: &str = "60";

pub fn run(arguments: &[String]) -> ExitCode {
    let Some((target, rest)) = arguments.split_first() else {
        eprintln!("error: which target? `fuzz/fuzz_targets` holds one file for each");
        return ExitCode::from(2);
    };
    let seconds = rest.first().map_or(SECONDS, String::as_str);
    let Some(program) = tools::cargo_tool("cargo-fuzz") else {
        eprintln!("error: cargo-fuzz is not there and `cargo install` did not provide it");
        return ExitCode::FAILURE;
    };
    let mut process = Command::new(program);
    process.args(["fuzz", "run", target, "--", &format!("-max_total_time={seconds}")]);
    // The sanitizer's flags are unstable; this lets the stable compiler take them.
    crate::finish(process.env("RUSTC_BOOTSTRAP", "1").current_dir(crate::root()))
}
