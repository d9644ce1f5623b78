//! The table of everything that `cargo xtask test` runs.

use std::path::Path;
use std::process::Command;

use crate::tools::{self, answers};

/// One row of the table.
pub struct Part {
    pub name: &'static str,
    pub needs: Need,
    /// As typed in a shell in the folder, one after the other; `*` in a file name stands for every such file, `target/` for the
    /// folder that cargo builds in.
    pub commands: &'static [&'static str],
    /// From the top of the repository.
    pub folder: &'static str,
    /// Text on standard output that means a fault though the command succeeds.
    pub fault: Option<&'static str>,
}

/// What a part cannot do without, beside the cargo that runs this.
pub enum Need {
    Cargo,
    /// A component of rustup; one that is missing is added where rustup is there to do so.
    Component {
        name: &'static str,
        program: &'static str,
    },
    /// A program of a Python package, installed under `target/tools`.
    Python {
        package: &'static str,
        program: &'static str,
    },
    /// What a Python project is developed with, installed in the environment `target/python`.
    PythonProject {
        folder: &'static str,
    },
    /// A program that is on the machine or not.
    Program {
        program: &'static str,
    },
}

const CARGO: Need = Need::Cargo;
const RUSTFMT: Need = Need::Component {
    name: "rustfmt",
    program: "cargo-fmt",
};
const CLIPPY: Need = Need::Component {
    name: "clippy",
    program: "cargo-clippy",
};
const TYPOS: Need = Need::Python {
    package: "typos==1.52.0",
    program: "typos",
};

const PYTHON: Need = Need::PythonProject {
    folder: "bindings-python",
};
const NODE: Need = Need::Program { program: "npm" };
const MAVEN: Need = Need::Program { program: "mvn" };

#[rustfmt::skip] // a row a text line
pub const PARTS: &[Part] = &[
    part("format", RUSTFMT, &["cargo fmt --all -- --check"]),
    part("spelling", TYPOS, &["target/tools/python/bin/typos"]),
    // The functions of Node have callers in its library alone, not where that is built as a test.
    part("lints", CLIPPY, &[
        "cargo clippy --workspace --exclude multi-isp-node --all-targets -- -D warnings",
        "cargo clippy --package multi-isp-node -- -D warnings",
    ]),
    // No target without std can be counted on, so `check` alone would prove little on a desktop: `no-std` is a crate
    // with a panic handler of its own, and one crate that links std anywhere below it is a duplicate lang item.
    part("no-std", CARGO, &["cargo check --manifest-path xtask/no-std/Cargo.toml --target-dir target/no-std"]),
    part("schema", CARGO, &["cargo xtask schema --check"]),
    part("tests", CARGO, &["cargo test --workspace --no-fail-fast"]),
    part("fuzz-corpus", CARGO, &["cargo test --manifest-path fuzz/Cargo.toml --no-default-features --target-dir target/fuzz"]),
    part("parse", CARGO, &["cargo run --example parse -- examples/routers/*.rsc"]).without("\"ok\":false"),
    part("roundtrip", CARGO, &["cargo run --example roundtrip -- examples/routers/*.rsc"]),
    part("run", CARGO, &["cargo run --example run -- examples/routers/hap-defconf-7.16.rsc examples/scripts/free-ether2.rsc"]),
    part("plan_apply", CARGO, &["cargo run --release --example plan_apply"]),
    part("simulate", CARGO, &["cargo run --release --example simulate -- examples/routers/two-isps-by-hand-7.16.rsc --what-if"]),
    part("audit", CARGO, &["cargo run --release --example audit -- --format text examples/routers/rb4011-vlans-wireguard-7.22.rsc"]),
    part("status", CARGO, &["cargo run --release --example status -- --down ether1"]),
    part("types", CARGO, &["cargo xtask types --check"]),
    part("python", PYTHON, &[
        "VIRTUAL_ENV=target/python target/python/bin/maturin develop --quiet --manifest-path bindings-python/Cargo.toml",
        "target/python/bin/maturin generate-stubs --quiet --manifest-path bindings-python/Cargo.toml --out bindings-python/python",
        "git diff --exit-code -- bindings-python/python",
        "target/python/bin/python -m mypy --config-file bindings-python/pyproject.toml bindings-python/python bindings-python/tests bindings-python/examples bindings-python/benches",
        "target/python/bin/python -m mypy.stubtest multi_isp._native",
        "target/python/bin/python -m pytest bindings-python",
    ]),
    part("node", NODE, &[
        "npm ci --silent --no-fund --no-audit",
        "npm run --silent build -- --target-dir target/",
        "git diff --exit-code -- index.d.ts index.js",
        "npm test --silent",
    ]).in_folder("bindings-node"),
    part("kotlin", MAVEN, &[
        "cargo build --package multi-isp-mobile --features bindgen",
        "target/debug/multi-isp-bindgen target/debug/libmulti_isp_mobile.so target/mobile",
        "mvn --batch-mode --no-transfer-progress --file bindings-mobile/kotlin/pom.xml -Dmulti-isp.generated=target/mobile/kotlin -Dmulti-isp.library=target/debug -Dmulti-isp.build=target/mobile/maven verify",
    ]),
    part("benches", CARGO, &["cargo run --release --package benches -- --smoke"]),
    part("docs", CARGO, &["RUSTDOCFLAGS=-Dwarnings cargo doc --package multi-isp --no-deps"]),
];

/// Everything that `cargo xtask package` makes, each used in an empty project.
#[rustfmt::skip] // a row a text line
pub const PACKAGES: &[Part] = &[
    part("wheel", PYTHON, &[
        "target/python/bin/maturin build --release --quiet --manifest-path bindings-python/Cargo.toml --out target/package",
        "python3 -m venv --clear target/package/python",
        "target/package/python/bin/python -m pip install --quiet --disable-pip-version-check --no-index --find-links target/package multi-isp",
        "target/package/python/bin/python bindings-python/consumer/use.py examples/routers/rb4011-vlans-wireguard-7.22.rsc examples/sites/fiber-wireless.json",
    ]),
    part("npm", NODE, &[
        "npm ci --silent --no-fund --no-audit",
        "npm run --silent build -- --release --target-dir target/",
        "mkdir -p target/package/node",
        "npm pack --silent --pack-destination target/package",
        "cp consumer/package.json consumer/use.mjs bench.mjs target/package/node",
        "npm install --silent --no-fund --no-audit --no-save --prefix target/package/node target/package/multi-isp-*.tgz",
        "node target/package/node/use.mjs ../examples/routers/rb4011-vlans-wireguard-7.22.rsc ../examples/sites/fiber-wireless.json",
    ]).in_folder("bindings-node"),
    part("jar", MAVEN, &[
        "cargo build --package multi-isp-mobile --features bindgen",
        "target/debug/multi-isp-bindgen target/debug/libmulti_isp_mobile.so target/mobile",
        "cargo build --release --package multi-isp-mobile",
        // A repository of its own: what Maven remembers of an earlier jar is not taken for this one.
        "rm -rf target/package/maven target/package/local",
        "mvn --batch-mode --no-transfer-progress --file bindings-mobile/kotlin/pom.xml -Dmulti-isp.generated=target/mobile/kotlin -Dmulti-isp.library=target/release -Dmulti-isp.build=target/package/jar -DskipTests -DaltDeploymentRepository=packages::default::file://target/package/maven deploy",
        "mvn --batch-mode --no-transfer-progress --file bindings-mobile/kotlin/consumer/pom.xml -Dmaven.repo.local=target/package/local -Dmulti-isp.packages=target/package/maven -Dmulti-isp.build=target/package/consumer verify",
    ]),
];

/// What `cargo xtask swift` does: it takes a Debian with Swift, so it is no part of `test`.
#[rustfmt::skip] // a row a text line
pub const SWIFT: &[Part] = &[
    part("swift", CARGO, &[
        "cargo build --package multi-isp-mobile --features bindgen",
        "target/debug/multi-isp-bindgen target/debug/libmulti_isp_mobile.so target/mobile",
        "sh bindings-mobile/swift/on-linux.sh",
    ]),
];

const fn part(name: &'static str, needs: Need, commands: &'static [&'static str]) -> Part {
    Part {
        name,
        needs,
        commands,
        folder: ".",
        fault: None,
    }
}

impl Part {
    const fn without(mut self, fault: &'static str) -> Part {
        self.fault = Some(fault);
        self
    }

    const fn in_folder(mut self, folder: &'static str) -> Part {
        self.folder = folder;
        self
    }

    /// How it is run by hand, from the top of the repository.
    pub fn by_hand(&self) -> String {
        let commands = self.commands.join(" && ");
        match self.folder {
            "." => commands,
            folder => format!("(cd {folder} && {commands})"),
        }
    }

    /// The processes to start one after the other, with their environment set and their file names spelled out: a file may come of
    /// the process before.
    pub fn processes(&self, root: &Path) -> impl Iterator<Item = Result<Command, String>> {
        let folder = root.join(self.folder);
        self.commands.iter().map(move |command| process(command, &folder))
    }
}

/// A command as a process in a folder.
fn process(command: &str, folder: &Path) -> Result<Command, String> {
    let mut words = command.split_whitespace().map(built).peekable();
    let mut environment = Vec::new();
    while let Some(setting) = words.next_if(|word| is_setting(word)) {
        environment.extend(
            setting
                .split_once('=')
                .map(|(name, value)| (name.to_owned(), value.to_owned())),
        );
    }
    let program = words.next().ok_or("the part has no command")?;
    let program = if program.contains('/') {
        folder.join(program)
    } else {
        program.into()
    };
    let mut process = Command::new(program);
    for word in words {
        match word.split_once('*') {
            Some((before, after)) => process.args(files(folder, before, after)?),
            None => process.arg(word),
        };
    }
    process.envs(environment).current_dir(folder);
    Ok(process)
}

/// A word of a command with `target/`, at its beginning or behind `=` or `file://`, as the folder that cargo builds in.
pub fn built(word: &str) -> String {
    let begin = ["file://", "="]
        .iter()
        .find_map(|sign| Some(word.rfind(sign)? + sign.len()));
    let (setting, path) = word.split_at(begin.unwrap_or_default());
    match path.strip_prefix("target/") {
        Some(rest) => format!("{setting}{}", crate::target().join(rest).display()),
        None => word.to_owned(),
    }
}

/// Whether a word before the program sets a variable.
fn is_setting(word: &str) -> bool {
    word.split_once('=')
        .is_some_and(|(name, _)| name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
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
            Need::PythonProject { folder } => (!tools::python_project(folder)).then(|| {
                format!("`python3` is not there, or cannot install what `{folder}/pyproject.toml` lists")
            }),
            Need::Program { program } => {
                (!answers(program, &["--version"])).then(|| format!("`{program}` is not there"))
            }
            Need::Python { package, program } => (!tools::python_tool(package, program)).then(|| {
                format!("`{program}` is not there and `python3 -m pip install {package}` did not help")
            }),
        }
    }
}

impl std::fmt::Display for Need {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Need::Cargo => out.write_str("cargo"),
            Need::Component { name, .. } => out.write_str(name),
            Need::PythonProject { folder } => write!(out, "python3, {folder}"),
            Need::Program { program } => out.write_str(program),
            Need::Python { package, .. } => write!(out, "python3, {package}"),
        }
    }
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
