//! What a technician reads before pressing Apply.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use super::{Change, NewValue, Plan, Properties, Purpose, Target};
use crate::desired::{Balance, Failure, Outline};
use crate::failover::Detection;
use crate::pcc::Ratio;
use crate::routeros::schema;
use crate::routeros::syntax::print;
use crate::routeros::value::Value;

/// Properties whose values are too long to read in a table: what counts is that they change.
const TEXTS: [&str; 4] = ["down-script", "script", "source", "up-script"];

const MEGABYTE: u64 = 1_000_000;

impl Plan {
    /// The plan as text: the lines, their shares, then every step with what it changes and why. Findings are
    /// [`Plan::report`]'s.
    ///
    /// For people; a program reads [`Plan::steps`].
    pub fn summary(&self) -> String {
        let mut text = String::new();
        // Writing to a string cannot fail.
        let _ = self.write(&mut text);
        text
    }

    fn write(&self, out: &mut String) -> fmt::Result {
        match (self.purpose, self.is_empty()) {
            (Purpose::Apply, true) => {
                return writeln!(out, "Nothing to do: the router is as the site needs it.");
            }
            (Purpose::Disable, true) => {
                return writeln!(out, "Nothing to do: nothing of multi-isp stands on this router.");
            }
            (Purpose::Apply, false) => {
                writeln!(out, "{} steps for RouterOS {}", self.steps.len(), self.version)?
            }
            (Purpose::Disable, false) => {
                writeln!(
                    out,
                    "{} steps take multi-isp off RouterOS {}",
                    self.steps.len(),
                    self.version
                )?;
                writeln!(
                    out,
                    "while ISP 1 is down this leaves customers without internet until it is back"
                )?;
            }
        }
        write_lines(out, &self.outline)?;
        if let Some(balance) = &self.balance {
            write_shares(out, balance)?;
        }
        if let Some(customers) = &self.customers {
            writeln!(out, "\ncustomers: {customers}")?;
        }
        let (mut heading, mut reason) = (String::new(), "");
        for (number, step) in (1..).zip(&self.steps) {
            if heading != step.heading() {
                (heading, reason) = (step.heading(), "");
                writeln!(out, "\n{heading}")?;
            }
            if reason != step.reason {
                reason = &step.reason;
                writeln!(out, "       {reason}:")?;
            }
            writeln!(out, "  {number:>3}  {}", describe(&step.change))?;
        }
        Ok(())
    }
}

/// The lines, nearest first, and how soon traffic leaves a dead one.
fn write_lines(out: &mut String, lines: &[Outline]) -> fmt::Result {
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nlines, nearest first:")?;
    for line in lines {
        let interface = line.interface.to_text();
        let switches = match line.detection {
            None => "not checked: switched by hand, or when its link is lost".to_string(),
            Some(Detection::AT_ONCE) => "switches when its link is lost".to_string(),
            Some(time) => alloc::format!("switches within {time}"),
        };
        let bytes = line.probe_bytes.filter(|_| line.metered);
        let probes = bytes.map_or_else(String::new, |bytes| {
            alloc::format!(", probes about {} MB a month", bytes.div_ceil(MEGABYTE))
        });
        writeln!(
            out,
            "  {} on {interface}, distance {}, {switches}{probes}",
            line.id, line.distance
        )?;
    }
    Ok(())
}

/// The share of each line, while all work and while one is dead; the plan's JSON tells the rest.
fn write_shares(out: &mut String, balance: &Balance) -> fmt::Result {
    writeln!(
        out,
        "\nshares of new connections (load: share against the line's part of all speeds):"
    )?;
    let failures = balance.failures().into_iter();
    for failure in failures.filter(|failure| failure.dead.len() <= 1) {
        let line = failure.dead.first().and_then(|line| balance.lines.get(*line));
        let state = line.map_or_else(|| "all lines up".to_string(), |line| [line, " dead"].concat());
        let shares: Vec<String> = shares_of_living(balance, &failure);
        writeln!(out, "  {state}: {}", shares.join(", "))?;
    }
    Ok(())
}

/// The share of each line that is alive, and its load: 100 % where that is the part that its speed is of all speeds.
fn shares_of_living(balance: &Balance, failure: &Failure) -> Vec<String> {
    let lines = balance
        .lines
        .iter()
        .zip(failure.shares.iter().zip(&failure.loads));
    let alive = lines.enumerate().filter(|(line, _)| !failure.dead.contains(line));
    let share = |(_, (line, (share, load))): (usize, (&String, (&Ratio, &Ratio)))| {
        let share = share.percent();
        alloc::format!("{line} {share} (load {})", load.percent())
    };
    alive.map(share).collect()
}

/// A change in one line of text: sign, menu, row, values; no secrets.
pub(super) fn describe(change: &Change) -> String {
    match change {
        Change::Add { menu, row, .. } => alloc::format!("+ {menu}  {}", properties(all(row))),
        Change::Remove {
            menu,
            row,
            comes_back: false,
            ..
        } => alloc::format!("- {menu}  {}  (it cannot come back)", properties(all(row))),
        Change::Remove { menu, row, .. } => alloc::format!("- {menu}  {}", properties(all(row))),
        Change::Move { menu, target, .. } => alloc::format!("^ {menu}  {}", target.to_text()),
        Change::Run { script } => alloc::format!("> {}", script.shown().to_text()),
        Change::Set { menu, target, values } => {
            let values = values.iter().map(|value| {
                if TEXTS.contains(&value.name.as_str()) {
                    return alloc::format!("{} is changed", value.name);
                }
                let (from, to) = (value.from.shown(&value.name), value.to.shown(&value.name));
                alloc::format!("{}: {} -> {}", value.name, new_value(&from), new_value(&to))
            });
            let values: Vec<String> = values.collect();
            alloc::format!("~ {menu}  {}  {}", target.to_text(), values.join(", "))
        }
    }
}

/// Properties as commands write them, long texts and secrets left out.
pub(super) fn properties<'a>(row: impl IntoIterator<Item = (&'a str, &'a Value)>) -> String {
    let shown = row.into_iter().filter(|(name, _)| !TEXTS.contains(name));
    let words: Vec<Vec<u8>> = shown
        .map(|(name, value)| print::pair(name, schema::shown(name, value).as_bytes()))
        .collect();
    String::from_utf8_lossy(&words.join(&b' ')).into_owned()
}

fn all(row: &Properties) -> impl Iterator<Item = (&str, &Value)> {
    row.iter().map(|(name, value)| (name.as_str(), value))
}

impl Target {
    /// How the row is found, for people.
    pub(crate) fn to_text(&self) -> String {
        match self {
            Self::Where(row) => properties(all(row)),
            Self::Place(place) => alloc::format!("row {place}"),
            Self::FirstOf(chain) => alloc::format!("first of {}", chain.to_text()),
            Self::Only => String::new(),
        }
    }
}

fn new_value(value: &NewValue) -> String {
    match value {
        NewValue::Given(value) if value.is_empty() => "nothing".to_string(),
        NewValue::Given(value) => value.to_text().into_owned(),
        NewValue::Unset => "nothing".to_string(),
        NewValue::Reported(property) => alloc::format!("the router's own {property}"),
    }
}
