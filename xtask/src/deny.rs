//! `cargo xtask deny`: licences, sources and duplicates of what we depend on, by `deny.toml`.

use std::process::{Command, ExitCode};

use crate::tools;

pub fn run(_: &[String]) -> ExitCode {
    let Some(program) = tools::cargo_tool("cargo-deny") else {
        eprintln!("error: cargo-deny is not there and `cargo install` did not provide it");
        return ExitCode::FAILURE;
    };
    let mut process = Command::new(program);
    crate::finish(
        process
            .args(["deny", "check", "licenses", "bans", "sources"])
            .current_dir(crate::root()),
    )
}
