//! `cargo xtask bench`: the figures of `benches/`, on standard output and nothing else there.

use std::path::Path;
use std::process::{Command, ExitCode};

use crate::parts::built;

/// A binding as `cargo xtask package` installed it: its name, a file that is there then, and the program that makes its calls.
type Doorway = (&'static str, &'static str, &'static str);

const DOORWAYS: [Doorway; 2] = [
    (
        "python",
        "target/package/python/bin/python",
        "target/package/python/bin/python bindings-python/benches/plan_apply.py",
    ),
    (
        "node",
        "target/package/node/bench.mjs",
        "node target/package/node/bench.mjs",
    ),
];

pub fn run(arguments: &[String]) -> ExitCode {
    let mut process = Command::new("cargo");
    process
        .args(["run", "--quiet", "--release", "--package", "benches", "--"])
        .args(arguments);
    for (name, installed, command) in DOORWAYS {
        if !Path::new(&built(installed)).exists() {
            eprintln!("SKIPPED: {name}: `cargo xtask package` has not installed it");
            continue;
        }
        let words: Vec<String> = command.split(' ').map(built).collect();
        process
            .arg("--doorway")
            .arg(format!("{name}={}", words.join(" ")));
    }
    crate::finish(process.current_dir(crate::root()))
}
