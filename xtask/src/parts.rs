//! The table of everything that `cargo xtask test` runs.

use std::path::Path;
use std::process::{Command, Stdio};

/// One row of the table.
pub struct Part {
    pub name: &'static str,
    pub needs: Need,
    pub environment: &'static [(&'static str, &'static str)],
    /// As typed in a shell at the top of the repository; `*` in a file name stands for every such file.
    pub command: &'static str,
}

/// What a part cannot do without, beside the cargo that runs this.
pub enum Need {
    Cargo,
    /// A component of rustup; one that is missing is added where rustup is there to do so.
    Component {
        name: &'static str,
        program: &'static str,
    },
}

pub const PARTS: &[Part] = &[
    Part {
        name: "format",
        needs: Need::Component {
            name: "rustfmt",
            program: "cargo-fmt",
        },
        environment: &[],
        command: "cargo fmt --all -- --check",
    },
    Part {
        name: "lints",
        needs: Need::Component {
            name: "clippy",
            program: "cargo-clippy",
        },
        environment: &[],
        command: "cargo clippy --workspace --all-targets -- -D warnings",
    },
    // No target without std can be counted on, so `check` alone would prove little on a desktop: `no-std` is a crate
    // with a panic handler of its own, and one crate that links std anywhere below it is a duplicate lang item.
    Part {
        name: "no-std",
        needs: Need::Cargo,
        environment: &[],
        command: "cargo check --manifest-path xtask/no-std/Cargo.toml --target-dir target/no-std",
    },
    Part {
        name: "tests",
        needs: Need::Cargo,
        environment: &[],
        command: "cargo test --workspace --no-fail-fast",
    },
    Part {
        name: "docs",
        needs: Need::Cargo,
        environment: &[("RUSTDOCFLAGS", "-D warnings")],
        command: "cargo doc --package multi-isp --no-deps",
    },
];

impl Part {
    /// The line that runs this part alone, for a person to copy.
    pub fn shell_line(&self) -> String {
        let environment: String = self
            .environment
            .iter()
            .map(|(name, value)| format!("{name}='{value}' "))
            .collect();
        environment + self.command
    }

    /// The process to start, with the file names spelled out.
    pub fn process(&self, root: &Path) -> Result<Command, String> {
        let mut words = Vec::new();
        for word in self.command.split_whitespace() {
            match word.split_once('*') {
                Some((before, after)) => words.extend(files(root, before, after)?),
                None => words.push(word.to_owned()),
            }
        }
        let (program, arguments) = words.split_first().ok_or("the part has no command")?;
        let mut process = Command::new(program);
        process
            .args(arguments)
            .envs(self.environment.iter().copied())
            .current_dir(root);
        Ok(process)
    }
}

impl Need {
    /// Why the part cannot run here, after an attempt to provide what is missing.
    pub fn missing(&self) -> Option<String> {
        match self {
            Need::Cargo => None,
            Need::Component { program, .. } if answers(program, &["--version"]) => None,
            Need::Component { name, program } => {
                let added =
                    answers("rustup", &["component", "add", name]) && answers(program, &["--version"]);
                (!added).then(|| {
                    format!("`{program}` is not there and `rustup component add {name}` did not help")
                })
            }
        }
    }
}

impl std::fmt::Display for Need {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Need::Cargo => out.write_str("cargo"),
            Need::Component { name, .. } => out.write_str(name),
        }
    }
}

fn answers(program: &str, arguments: &[&str]) -> bool {
    let status = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    status.is_ok_and(|status| status.success())
}

/// The files of one folder whose paths begin with `before` and end with `after`, in the order of their names.
fn files(root: &Path, before: &str, after: &str) -> Result<Vec<String>, String> {
    let (folder, prefix) = before.rsplit_once('/').unwrap_or((".", before));
    let entries = std::fs::read_dir(root.join(folder)).map_err(|error| format!("`{folder}`: {error}"))?;
    let mut found: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with(prefix) && name.ends_with(after))
        .map(|name| format!("{folder}/{name}"))
        .collect();
    found.sort();
    if found.is_empty() {
        Err(format!("no file is called `{before}*{after}`"))
    } else {
        Ok(found)
    }
}
