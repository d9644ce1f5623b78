//! `cargo xtask bench`: the figures of `benches/`, on standard output and nothing else there.

use std::process::{Command, ExitCode};

/// The program of each binding that makes its calls, as `cargo xtask package` installed it.
const DOORWAYS: [(&str, &str); 2] = [
    (
        "python",
        "target/package/python/bin/python bindings-python/benches/plan_apply.py",
    ),
    ("node", "node target/package/node/bench.mjs"),
];

pub fn run(arguments: &[String]) -> ExitCode {
    let mut process = Command::new("cargo");
    process
        .args(["run", "--quiet", "--release", "--package", "benches", "--"])
        .args(arguments);
    for (name, command) in DOORWAYS {
        let words: Vec<String> = command.split(' ').map(crate::parts::built).collect();
        if words
            .iter()
            .all(|word| !word.contains("/package/") || std::path::Path::new(word).exists())
        {
            process
                .arg("--doorway")
                .arg(format!("{name}={}", words.join(" ")));
        } else {
            eprintln!("SKIPPED: {name}: `cargo xtask package` has not installed it");
        }
    }
    crate::finish(process.current_dir(crate::root()))
}
