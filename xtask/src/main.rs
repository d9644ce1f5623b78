//! The one place that knows how to build and test: `cargo xtask <verb>`.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

mod bench;
mod count;
mod deny;
mod fuzz;
mod parts;
mod schema;
mod test;
mod tools;
mod types;

/// A verb of `cargo xtask`: its name, its arguments, what it does, and the function that does it.
type Verb = (
    &'static str,
    &'static str,
    &'static str,
    fn(&[String]) -> ExitCode,
);

const VERBS: &[Verb] = &[
    (
        "test",
        "[PART..]",
        "run everything there is, or only the named parts",
        test::run,
    ),
    (
        "package",
        "[PART..]",
        "make wheel, npm package and jar, and use each in an empty project",
        test::package,
    ),
    (
        "swift",
        "",
        "compile and test the Swift on a Debian that is made under target/ (Linux, root, 2.6 GB)",
        test::swift,
    ),
    (
        "parts",
        "",
        "list all parts, what each needs and its commands",
        test::list,
    ),
    (
        "schema",
        "[--check]",
        "write the schema table of core anew from ../shared/schema",
        schema::run,
    ),
    (
        "types",
        "[--check]",
        "write the values of Python, TypeScript, Kotlin and Swift anew from the JSON Schemas of core",
        types::run,
    ),
    (
        "deny",
        "",
        "check licences and sources of dependencies with cargo-deny",
        deny::run,
    ),
    ("bench", "", "measure, and print the figures as JSON", bench::run),
    (
        "fuzz",
        "TARGET [SECONDS]",
        "look for new faults with cargo-fuzz (60 seconds)",
        fuzz::run,
    ),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((verb, rest)) = arguments.split_first() else {
        return usage("no verb given");
    };
    match VERBS.iter().find(|(name, ..)| name == verb) {
        Some((.., run)) => run(rest),
        None => usage(&format!("no verb is called `{verb}`")),
    }
}

/// The top of the repository, wherever `cargo xtask` was called.
fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_path_buf()
}

/// The folder that cargo builds in.
fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Waits for a process that is the whole of a verb; its exit code is ours.
fn finish(process: &mut Command) -> ExitCode {
    match process.status() {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!(
                "error: {} does not start: {error}",
                process.get_program().display()
            );
            ExitCode::FAILURE
        }
    }
}

fn usage(fault: &str) -> ExitCode {
    eprintln!("error: {fault}\n\nusage: cargo xtask <verb>\n");
    for (name, arguments, what, _) in VERBS {
        eprintln!("  {:<24} {what}", format!("{name} {arguments}"));
    }
    ExitCode::from(2)
}
