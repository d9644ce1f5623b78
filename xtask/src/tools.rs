//! Programs that are not part of a Rust toolchain, installed under `target/tools` where the machine has none.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program of cargo's, such as `cargo-fuzz`: minutes to build, so only for the verb that needs it.
pub fn cargo_tool(name: &str) -> Option<PathBuf> {
    if answers(name, &["--version"]) {
        return Some(PathBuf::from(name));
    }
    let folder = crate::target().join("tools");
    let program = folder.join("bin").join(name);
    if !program.exists() {
        Command::new("cargo")
            .args(["install", "--locked", name, "--root"])
            .arg(&folder)
            .status()
            .ok()?;
    }
    program.exists().then_some(program)
}

/// Where [`python_tool`] puts programs, from the folder that cargo builds in.
pub const PYTHON_TOOLS: &str = "tools/python";

/// A ready-made program of a Python package, in seconds; whether it is there now.
pub fn python_tool(package: &str, program: &str) -> bool {
    let folder = crate::target().join(PYTHON_TOOLS);
    let program = folder.join("bin").join(program);
    if !program.exists() {
        let mut install = Command::new("python3");
        install.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--upgrade",
            package,
            "--target",
        ]);
        let _ = install.arg(&folder).stdout(Stdio::null()).status();
    }
    answers(program, &["--version"])
}

/// The environment `target/python` with what a Python project is developed with; whether all of it is there now.
pub fn python_project(folder: &str) -> bool {
    let environment = crate::target().join("python");
    let python = environment.join("bin/python");
    let group = format!(
        "{}:dev",
        crate::root().join(folder).join("pyproject.toml").display()
    );
    let install = |arguments: &[&str]| {
        let pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
        answers(&python, &[&pip, arguments].concat())
    };
    // Groups came with pip 25.
    answers("python3", &["-m", "venv", &environment.to_string_lossy()])
        && install(&["--upgrade", "pip"])
        && install(&["--group", &group])
}

pub fn answers(program: impl AsRef<Path>, arguments: &[&str]) -> bool {
    let mut process = Command::new(program.as_ref());
    process
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
