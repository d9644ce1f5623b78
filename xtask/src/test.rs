//! `cargo xtask test`: runs the parts, says what failed and how to run it again, and counts.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::parts::{PARTS, Part};

pub fn run(names: &[String]) -> ExitCode {
    let parts: Vec<&Part> = PARTS
        .iter()
        .filter(|part| names.is_empty() || names.iter().any(|name| name == part.name))
        .collect();
    if let Some(unknown) = names
        .iter()
        .find(|name| !PARTS.iter().any(|part| part.name == **name))
    {
        eprintln!("error: no part is called `{unknown}`; `cargo xtask parts` lists them");
        return ExitCode::from(2);
    }
    let root = crate::root();
    let skip_fails = std::env::var("CI").is_ok_and(|value| value == "true");
    let results: Vec<Result> = parts.into_iter().map(|part| run_part(part, &root)).collect();
    report(&results, skip_fails, &root)
}

pub fn list(_: &[String]) -> ExitCode {
    for part in PARTS {
        println!(
            "{:<16} {:<10} {}",
            part.name,
            part.needs.to_string(),
            part.command
        );
    }
    ExitCode::SUCCESS
}

/// What became of a part.
struct Result {
    part: &'static Part,
    outcome: Outcome,
    took: Duration,
}

enum Outcome {
    /// A part that runs tests counts each of them, any other part counts as one.
    Passed(Count),
    Failed(Count, String),
    Skipped(String),
}

#[derive(Clone, Copy, Default)]
struct Count {
    passed: usize,
    failed: usize,
}

fn run_part(part: &'static Part, root: &Path) -> Result {
    println!("\n==== {}: {}", part.name, part.command);
    let start = Instant::now();
    let outcome = match part.needs.missing() {
        Some(reason) => {
            eprintln!("SKIPPED: {}: {reason}", part.name);
            Outcome::Skipped(reason)
        }
        None => {
            execute(part, root).unwrap_or_else(|fault| Outcome::Failed(Count { passed: 0, failed: 1 }, fault))
        }
    };
    Result {
        part,
        outcome,
        took: start.elapsed(),
    }
}

/// Runs the command, passes on what it prints and counts the tests that it reports.
fn execute(part: &Part, root: &Path) -> std::result::Result<Outcome, String> {
    let mut process = part.process(root)?;
    let mut child = process
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("the command does not start: {error}"))?;
    let mut tests = Count::default();
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|out| BufReader::new(out).split(b'\n'))
    {
        let line = String::from_utf8_lossy(&line.map_err(|error| error.to_string())?).into_owned();
        println!("{line}");
        if let Some(count) = test_result(&line) {
            tests.passed += count.passed;
            tests.failed += count.failed;
        }
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    Ok(if status.success() {
        Outcome::Passed(Count {
            passed: tests.passed.max(1),
            failed: 0,
        })
    } else {
        Outcome::Failed(
            Count {
                failed: tests.failed.max(1),
                ..tests
            },
            status.to_string(),
        )
    })
}

/// The figures of a line such as `test result: ok. 12 passed; 0 failed; 0 ignored; ..`.
fn test_result(line: &str) -> Option<Count> {
    let (_, figures) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let figure = |what: &str| {
        let mut figures = figures.split("; ").filter_map(|figure| figure.split_once(' '));
        figures.find(|(_, word)| *word == what)?.0.parse().ok()
    };
    Some(Count {
        passed: figure("passed")?,
        failed: figure("failed")?,
    })
}

fn report(results: &[Result], skip_fails: bool, root: &Path) -> ExitCode {
    println!("\n==== summary");
    for Result { part, outcome, took } in results {
        let what = match outcome {
            Outcome::Passed(count) => format!("passed   {}", count.passed),
            Outcome::Failed(count, fault) => format!("FAILED   {} ({fault})", count.failed),
            Outcome::Skipped(reason) => format!("SKIPPED  {reason}"),
        };
        println!("{:<16} {:>4} s  {what}", part.name, took.as_secs());
    }
    for Result { part, outcome, .. } in results {
        match outcome {
            Outcome::Failed(..) => println!("{} failed; run it again: {}", part.name, part.command),
            Outcome::Skipped(_) if skip_fails => {
                println!("{} was skipped; with CI=true that is a failure", part.name)
            }
            Outcome::Passed(_) | Outcome::Skipped(_) => {}
        }
    }
    if let Some(folder) = missing_shared(root) {
        println!(
            "SKIPPED: {} is missing, nothing was held against the oracle, the corpus and the schema in it",
            folder.display()
        );
    }
    let total = results
        .iter()
        .fold((Count::default(), 0), |(count, skipped), result| {
            match &result.outcome {
                Outcome::Passed(part) | Outcome::Failed(part, _) => (
                    Count {
                        passed: count.passed + part.passed,
                        failed: count.failed + part.failed,
                    },
                    skipped,
                ),
                Outcome::Skipped(_) => (count, skipped + 1),
            }
        });
    let (Count { passed, failed }, skipped) = total;
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if failed > 0 || (skip_fails && skipped > 0) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

/// The folder of facts beside the repository; tests that read it pass without it, so its absence is said here.
fn missing_shared(root: &Path) -> Option<PathBuf> {
    let folder = std::env::var_os("MULTI_ISP_SHARED").map_or_else(|| root.join("../shared"), PathBuf::from);
    (!folder.is_dir()).then_some(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figures_of_a_test_run_are_read() {
        let line = "test result: FAILED. 12 passed; 3 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.10s";
        let count = test_result(line).unwrap();
        assert_eq!((count.passed, count.failed), (12, 3));
        assert!(test_result("test parses ... ok").is_none());
    }

    #[test]
    fn every_part_has_a_name_of_its_own() {
        for (index, part) in PARTS.iter().enumerate() {
            assert!(
                !PARTS.iter().skip(index + 1).any(|other| other.name == part.name),
                "`{}` twice",
                part.name
            );
        }
    }
}
