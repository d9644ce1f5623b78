//! `cargo xtask bench`: the figures of `benches/`, on standard output and nothing else there.

use std::process::{Command, ExitCode};

pub fn run(arguments: &[String]) -> ExitCode {
    let mut process = Command::new("cargo");
    process
        .args(["run", "--quiet", "--release", "--package", "benches", "--"])
        .args(arguments);
    crate::finish(process.current_dir(crate::root()))
}
