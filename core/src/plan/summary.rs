//! What a technician reads before pressing Apply.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt::{self, Write as _};

use super::{Assignment, Change, NewValue, Plan, Properties, Purpose, Target};
use crate::desired::{Balance, Failure, Outline};
use crate::failover::Detection;
use crate::pcc::Ratio;
use crate::routeros::router::{Difference, Row};
use crate::routeros::schema::{self, identity};
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
        if self.is_unconfirmed() {
            writeln!(
                out,
                "an earlier plan waits to be confirmed, and the router takes it back by itself: this one, when it is sent, disarms that"
            )?;
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
            let values = values
                .iter()
                .map(|value| changed(&value.name, &value.from, &value.to));
            let values: Vec<String> = values.collect();
            alloc::format!("~ {menu}  {}  {}", target.to_text(), values.join(", "))
        }
    }
}

/// A difference in one line of text, in the same form.
pub(super) fn difference(difference: &Difference) -> String {
    match difference {
        Difference::Added { menu, row } => alloc::format!("+ {menu}  {}", properties(row.iter())),
        Difference::Removed { menu, row } => alloc::format!("- {menu}  {}", properties(row.iter())),
        Difference::Moved { menu, row } => alloc::format!("^ {menu}  {}", called(menu, row)),
        Difference::Changed {
            menu,
            row,
            properties,
        } => {
            let values = properties.iter().map(|change| {
                let value = |value: &Option<Value>| value.clone().map_or(NewValue::Unset, NewValue::Given);
                changed(&change.name, &value(&change.before), &value(&change.after))
            });
            let values: Vec<String> = values.collect();
            alloc::format!("~ {menu}  {}  {}", called(menu, row), values.join(", "))
        }
    }
}

/// A row as people know it: by its name or comment, by what its menu tells its rows apart by, else by all that is set.
pub(super) fn called(menu: &str, row: &Row) -> String {
    let has = |name: &&str| row.get(name).is_some_and(|value| !value.is_empty());
    let names: Vec<&str> = match ["name", "comment"].into_iter().find(has) {
        Some(name) => alloc::vec![name],
        None => identity(menu).unwrap_or_default().to_vec(),
    };
    let known = row.iter().filter(|(name, _)| names.contains(name));
    let known: Vec<(&str, &Value)> = known.collect();
    if known.is_empty() {
        properties(row.iter())
    } else {
        properties(known)
    }
}

/// What becomes of one property.
fn changed(name: &str, from: &NewValue, to: &NewValue) -> String {
    if TEXTS.contains(&name) {
        return alloc::format!("{name} is changed");
    }
    let (from, to) = (from.shown(name), to.shown(name));
    alloc::format!("{name}: {} -> {}", new_value(&from), new_value(&to))
}

/// What one property is, and what it should be.
pub(super) fn deviation(name: &str, found: &NewValue, planned: &NewValue) -> String {
    if TEXTS.contains(&name) {
        return alloc::format!("{name} is not as planned");
    }
    let (found, planned) = (found.shown(name), planned.shown(name));
    alloc::format!("{name} is {}, planned {}", new_value(&found), new_value(&planned))
}

/// What a row had, as a command writes it; no secrets.
pub(super) fn original(value: &Assignment) -> String {
    match value.to.shown(&value.name) {
        NewValue::Given(to) => String::from_utf8_lossy(&print::pair(&value.name, to.as_bytes())).into_owned(),
        NewValue::Unset | NewValue::Reported(_) => alloc::format!("!{}", value.name),
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
