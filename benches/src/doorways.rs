//! What `plan_apply` costs through a binding, against the same call in Rust: both take turns within one run.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use multi_isp::{Options, Router, plan_apply};
use serde_json::{Value, json};

use crate::input::{self, Case};
use crate::measure::{medians, ratio};

/// How often a call is made in a row, of which the mean is taken.
const CALLS: u32 = 20;

/// The figures of every doorway that is given as `name=command`, for every bundled case.
pub fn against_rust(doorways: &[String], rounds: usize) -> Vec<Value> {
    let cases = input::cases();
    let figures = doorways.iter().map(|given| {
        let (name, command) = given
            .split_once('=')
            .unwrap_or_else(|| panic!("`{given}` is no name=command"));
        let mut doorway = Doorway::open(command, &cases);
        let cases: Vec<Value> = cases
            .iter()
            .enumerate()
            .map(|(place, case)| doorway.figures(place, case, rounds))
            .collect();
        let worst = cases
            .iter()
            .filter_map(|case| case["to_rust"].as_f64())
            .fold(0.0, f64::max);
        json!({"doorway": name, "worst_to_rust": worst, "cases": cases})
    });
    figures.collect()
}

/// A program of another language that makes calls for as long as its input is open: it reads the place of a case and how many calls
/// to make, and writes how many nanoseconds they took.
struct Doorway {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Doorway {
    fn open(command: &str, cases: &[Case]) -> Self {
        let mut words = command.split_whitespace();
        let program = words.next().unwrap_or_default();
        let files = cases.iter().flat_map(|case| [&case.router_file, &case.site_file]);
        let mut child = Command::new(program)
            .args(words)
            .args(files)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("`{program}` does not start: {error}"));
        let (input, output) = (child.stdin.take(), child.stdout.take());
        let (Some(input), Some(output)) = (input, output) else {
            panic!("`{program}` has no pipes");
        };
        Self {
            child,
            input,
            output: BufReader::new(output),
        }
    }

    fn figures(&mut self, place: usize, case: &Case, rounds: usize) -> Value {
        let router = case.load();
        let [rust, there] = medians(
            rounds,
            [&mut || in_rust(&router, case), &mut || self.calls(place)],
        );
        json!({
            "case": case.name,
            "rust_us": rust.as_secs_f64() * 1e6,
            "there_us": there.as_secs_f64() * 1e6,
            "to_rust": ratio(there, rust),
        })
    }

    /// The mean time of some calls.
    fn calls(&mut self, place: usize) -> Duration {
        writeln!(self.input, "{place} {CALLS}").unwrap_or_else(|error| panic!("the doorway closed: {error}"));
        let mut answer = String::new();
        let read = self.output.read_line(&mut answer);
        let time = answer.trim().parse().map(Duration::from_nanos);
        time.unwrap_or_else(|_| panic!("the doorway wrote `{answer}`: {read:?}")) / CALLS
    }
}

impl Drop for Doorway {
    fn drop(&mut self) {
        // It would end with its input; nobody waits for that.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn in_rust(router: &Router, case: &Case) -> Duration {
    let start = Instant::now();
    for _ in 0..CALLS {
        assert!(
            plan_apply(&case.site, router, &Options::default()).is_ok(),
            "{}",
            case.name
        );
    }
    start.elapsed() / CALLS
}
