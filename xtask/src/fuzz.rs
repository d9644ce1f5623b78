//! `cargo xtask fuzz`: looks for new faults; the ones that were found stay in `fuzz/corpus` and run on every test.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

const SECONDS: &str = "60";

pub fn run(arguments: &[String]) -> ExitCode {
    let Some((target, rest)) = arguments.split_first() else {
        eprintln!("error: which target? `fuzz/fuzz_targets` holds one file for each");
        return ExitCode::from(2);
    };
    let seconds = rest.first().map_or(SECONDS, String::as_str);
    let Some(program) = cargo_fuzz() else {
        eprintln!("error: cargo-fuzz is not there and `cargo install` did not provide it");
        return ExitCode::FAILURE;
    };
    let mut process = Command::new(program);
    process.args(["fuzz", "run", target, "--", &format!("-max_total_time={seconds}")]);
    // The sanitizer's flags are unstable; this lets the stable compiler take them.
    crate::finish(process.env("RUSTC_BOOTSTRAP", "1").current_dir(crate::root()))
}

/// The program, installed under `target/` where it is not on the path.
fn cargo_fuzz() -> Option<PathBuf> {
    let on_path = PathBuf::from("cargo-fuzz");
    if Command::new(&on_path)
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success())
    {
        return Some(on_path);
    }
    let tools = crate::root().join("target/tools");
    let program = tools.join("bin/cargo-fuzz");
    if !program.exists() {
        let mut install = Command::new("cargo");
        install
            .args(["install", "--locked", "cargo-fuzz", "--root"])
            .arg(&tools)
            .status()
            .ok()?;
    }
    program.exists().then_some(program)
}
