//! `cargo xtask test`, `cargo xtask package` and `cargo xtask swift`: runs the parts of a table, says what failed and how to run it again, and counts.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

use crate::count::Count;
use crate::parts::{PACKAGES, PARTS, Part, SWIFT};

pub fn run(names: &[String]) -> ExitCode {
    run_of(PARTS, names)
}

pub fn package(names: &[String]) -> ExitCode {
    run_of(PACKAGES, names)
}

pub fn swift(names: &[String]) -> ExitCode {
    run_of(SWIFT, names)
}

fn run_of(table: &'static [Part], names: &[String]) -> ExitCode {
    if let Some(unknown) = names
        .iter()
        .find(|name| table.iter().all(|part| part.name != **name))
    {
        eprintln!("error: no part is called `{unknown}`; `cargo xtask parts` lists them");
        return ExitCode::from(2);
    }
    let chosen = |part: &&Part| names.is_empty() || names.iter().any(|name| name == part.name);
    let root = crate::root();
    let results: Vec<Outcome> = table
        .iter()
        .filter(chosen)
        .map(|part| run_part(part, &root))
        .collect();
    report(&results, &root)
}

pub fn list(_: &[String]) -> ExitCode {
    for part in PARTS.iter().chain(PACKAGES).chain(SWIFT) {
        println!(
            "{:<12} {:<22} {}",
            part.name,
            part.needs.to_string(),
            part.by_hand()
        );
    }
    ExitCode::SUCCESS
}

/// What became of a part.
struct Outcome {
    part: &'static Part,
    count: Count,
    /// Why it failed or was skipped.
    reason: Option<String>,
    took: Duration,
}

const SKIPPED: Count = Count {
    passed: 0,
    failed: 0,
    skipped: 1,
};
const FAILED: Count = Count {
    passed: 0,
    failed: 1,
    skipped: 0,
};

fn run_part(part: &'static Part, root: &Path) -> Outcome {
    println!("\n==== {}: {}", part.name, part.by_hand());
    let start = Instant::now();
    let (count, reason) = match part.needs.missing() {
        Some(missing) => {
            eprintln!("SKIPPED: {}: {missing}", part.name);
            skip(missing, std::env::var("CI").is_ok_and(|value| value == "true"))
        }
        None => execute(part, root).unwrap_or_else(|fault| (FAILED, Some(fault))),
    };
    Outcome {
        part,
        count,
        reason,
        took: start.elapsed(),
    }
}

/// A part whose toolchain is missing; CI has to have them all.
fn skip(missing: String, ci: bool) -> (Count, Option<String>) {
    if ci {
        (
            FAILED,
            Some(format!("skipped, which CI=true does not allow: {missing}")),
        )
    } else {
        (SKIPPED, Some(missing))
    }
}

/// Runs the commands up to the first that fails, passes on what they print, counts the tests that it reports and looks for the part's fault.
fn execute(part: &Part, root: &Path) -> Result<(Count, Option<String>), String> {
    let mut whole = Count::default();
    for process in part.processes(root) {
        let (count, reason) = step(&mut process?, part.fault)?;
        whole += count;
        if reason.is_some() {
            return Ok((whole, reason));
        }
    }
    whole.passed = whole.passed.max(1);
    Ok((whole, None))
}

/// Runs one command of a part.
fn step(process: &mut Command, wrong: Option<&str>) -> Result<(Count, Option<String>), String> {
    let child = process.stdout(Stdio::piped()).spawn();
    let mut child = child.map_err(|error| format!("the command does not start: {error}"))?;
    let mut count = Count::default();
    let mut fault = None;
    for line in child
        .stdout
        .take()
        .into_iter()
        .flat_map(|out| BufReader::new(out).split(b'\n'))
    {
        let line = line.map_err(|error| error.to_string())?;
        let line = String::from_utf8_lossy(&line);
        println!("{line}");
        count += Count::told_in(&line).unwrap_or_default();
        fault = fault.or(wrong.filter(|fault| line.contains(fault)));
    }
    let status = child.wait().map_err(|error| error.to_string())?;
    if !status.success() {
        count.failed = count.failed.max(1);
        return Ok((count, Some(status.to_string())));
    }
    Ok(match fault {
        Some(fault) => (FAILED, Some(format!("it printed `{fault}`"))),
        None => (count, None),
    })
}

/// A table of the parts, then how to run the failed ones again, then the line that CI reads.
fn report(results: &[Outcome], root: &Path) -> ExitCode {
    println!("\n==== summary");
    let mut total = Count::default();
    for Outcome {
        part,
        count,
        reason,
        took,
    } in results
    {
        let Count {
            passed,
            failed,
            skipped,
        } = *count;
        let word = match (failed, skipped) {
            (1.., _) => "FAILED",
            (0, 1..) if passed == 0 => "SKIPPED",
            _ => "passed",
        };
        let reason = reason.as_deref().unwrap_or_default();
        println!(
            "{:<12} {:>4} s  {word:<8} {passed:>4} {failed:>4} {skipped:>4}  {reason}",
            part.name,
            took.as_secs()
        );
        total += *count;
    }
    for Outcome { part, .. } in results.iter().filter(|result| result.count.failed > 0) {
        println!("{} failed; run it again: {}", part.name, part.by_hand());
    }
    if let Some(folder) = missing_shared(root) {
        let folder = folder.display();
        println!(
            "SKIPPED: {folder} is missing, nothing was held against the oracle, the corpus and the schema in it"
        );
    }
    let Count {
        passed,
        failed,
        skipped,
    } = total;
    println!("{passed} passed, {failed} failed, {skipped} skipped");
    if failed > 0 {
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
    fn a_skip_fails_in_ci_only() {
        assert_eq!(skip("no clippy".to_owned(), false).0.failed, 0);
        assert_eq!(skip("no clippy".to_owned(), true).0.failed, 1);
    }

    #[test]
    fn every_part_has_a_name_of_its_own() {
        let all = || PARTS.iter().chain(PACKAGES).chain(SWIFT);
        for (index, part) in all().enumerate() {
            let twice = all().skip(index + 1).any(|other| other.name == part.name);
            assert!(!twice, "`{}` twice", part.name);
        }
    }

    #[test]
    fn a_command_that_fails_or_prints_its_fault_is_a_failure() {
        let part = |commands, fault| Part {
            name: "x",
            needs: crate::parts::Need::Cargo,
            commands,
            folder: ".",
            fault,
        };
        let failed = |part: &Part| execute(part, &crate::root()).unwrap().0.failed;
        assert_eq!(failed(&part(&["cargo --version"], None)), 0);
        assert_eq!(failed(&part(&["cargo --version"], Some("cargo"))), 1);
        assert_eq!(failed(&part(&["cargo --no-such-flag"], None)), 1);
        assert!(execute(&part(&["no-such-program"], None), &crate::root()).is_err());
    }
}
