//! What the simulator says, beside what is expected.

use std::collections::BTreeMap;
use std::fmt::Write;

use multi_isp::pcc::Ratio;
use multi_isp::routeros::router::Router;
use multi_isp::simulate::{Cause, Trace, Verdict, simulate};

use super::cases::{Case, Check};
use super::routers::router;

/// The part of all connections that has an outcome.
type Shares = BTreeMap<String, Ratio>;

/// What of a case is not as expected, with all that a reader needs to judge who is wrong.
pub(super) fn faults(case: &Case) -> Vec<String> {
    let (router, error) = router(case);
    let message = error.as_ref().map(|error| error.message());
    let mut faults = match (message, &case.refused) {
        (None, None) => Vec::new(),
        (Some(message), Some(wanted)) if message.contains(wanted.as_str()) => Vec::new(),
        (message, wanted) => vec![format!("  refused: {message:?}, expected {wanted:?}\n")],
    };
    faults.extend(case.checks.iter().filter_map(|check| fault(&router, check)));
    match &case.engine_fault {
        None => faults.into_iter().map(|fault| head(case) + &fault).collect(),
        Some(why) if faults.is_empty() => vec![format!(
            "{}  IS MENDED: take away `engine fault: {why}`\n",
            head(case)
        )],
        Some(why) => vec![format!(
            "{}  A KNOWN FAULT OF THE SIMULATOR: {why}\n{}",
            head(case),
            faults.concat()
        )],
    }
}

fn head(case: &Case) -> String {
    let mut text = format!("== {}\n  by {}\n  on {}\n", case.title, case.sources, case.router);
    for command in &case.commands {
        let _ = writeln!(text, "  {command}");
    }
    text
}

fn fault(router: &Router, check: &Check) -> Option<String> {
    let trace = simulate(router, &check.scenario);
    let told = trace.to_string();
    let is_told = |piece: &String| told.contains(piece.as_str());
    let [full, short] = [true, false].map(|names_lines| shares(&trace, names_lines));
    let wanted = expected(&check.expected);
    let mut faults = String::new();
    if check.expected != "?" && wanted != full && wanted != short {
        let _ = writeln!(faults, "  and it is: {}", written(&full));
    }
    for piece in check.shows.iter().filter(|piece| !is_told(piece)) {
        let _ = writeln!(faults, "  not shown: {piece}");
    }
    for piece in check.hides.iter().filter(|piece| is_told(piece)) {
        let _ = writeln!(faults, "  not hidden: {piece}");
    }
    (!faults.is_empty()).then(|| {
        let trace: String = told.lines().map(|line| format!("    : {line}\n")).collect();
        format!("  {}\n{faults}{trace}", check.text)
    })
}

/// `2/3 ether1 + 1/3 lost no_route`.
fn expected(text: &str) -> Shares {
    let mut shares = Shares::new();
    for part in text.split(" + ") {
        let (share, outcome) = part.split_once(' ').unwrap_or(("", part));
        let fraction = share.split_once('/');
        let fraction =
            fraction.and_then(|(upper, lower)| Some(Ratio::new(upper.parse().ok()?, lower.parse().ok()?)));
        match fraction {
            Some(share) => add(&mut shares, outcome, share),
            None => add(&mut shares, part, Ratio::ONE),
        }
    }
    shares
}

fn shares(trace: &Trace, names_lines: bool) -> Shares {
    let mut shares = Shares::new();
    for way in &trace.ways {
        add(&mut shares, &outcome(&way.verdict, names_lines), way.share);
    }
    shares
}

fn add(shares: &mut Shares, outcome: &str, share: Ratio) {
    let known = shares.entry(outcome.into()).or_insert(Ratio::ZERO);
    let upper = known.numerator() * share.denominator() + share.numerator() * known.denominator();
    *known = Ratio::new(upper, known.denominator() * share.denominator());
}

fn outcome(verdict: &Verdict, names_lines: bool) -> String {
    match verdict {
        Verdict::Works { line: None, .. } => "inside".into(),
        Verdict::Works {
            line: Some(line),
            anew: false,
        } => line.to_text().into_owned(),
        Verdict::Works {
            line: Some(line),
            anew: true,
        } => format!("anew {}", line.to_text()),
        Verdict::Lost {
            line: Some(line),
            cause,
        } if names_lines => format!("lost {} over {}", name(cause), line.to_text()),
        Verdict::Lost { cause, .. } => format!("lost {}", name(cause)),
    }
}

/// As JSON names it: `no_route`, `refused blackhole`.
fn name(cause: &Cause) -> String {
    let json = serde_json::to_value(cause).unwrap();
    let words = ["cause", "kind"].map(|key| json[key].as_str().unwrap_or_default().to_string());
    words.join(" ").trim().into()
}

fn written(shares: &Shares) -> String {
    let parts: Vec<String> = shares
        .iter()
        .map(|(outcome, share)| {
            if *share == Ratio::ONE {
                outcome.clone()
            } else {
                format!("{share} {outcome}")
            }
        })
        .collect();
    parts.join(" + ")
}
