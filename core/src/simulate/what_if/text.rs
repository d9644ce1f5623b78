//! The matrix as a table for a terminal or a ticket.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use super::columns::Column;
use super::{Cell, LineState, Matrix, Outage};
use crate::pcc::Ratio;
use crate::routeros::value::Value;
use crate::simulate::notes;
use crate::simulate::plain;
use crate::simulate::scenario::Condition;

impl fmt::Display for Matrix {
    /// A row for new and one for open connections of every state, or one for both where they fare alike; a column for every
    /// class, or one for several.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.columns();
        let mut rows = alloc::vec![head(&columns)];
        for state in &self.states {
            let (new, open) = (
                self.row(&columns, &state.new),
                self.row(&columns, &state.established),
            );
            if new == open {
                rows.push(labelled(&state.told(), "new, open", new));
            } else {
                rows.push(labelled(&state.told(), "new", new));
                rows.push(labelled("", "open", open));
            }
        }
        let columns = rows.first().map_or(0, Vec::len);
        let width = |column: usize| {
            let cells = rows.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or_default()
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &rows {
            let cells = row
                .iter()
                .zip(&widths)
                .map(|(cell, width)| format!("{cell:<width$}"));
            writeln!(f, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
        }
        if self.lines.is_empty() {
            writeln!(
                f,
                "\nno line is found: no client runs, and no default route leads to an interface"
            )?;
        }
        notes(f, "assumed", &self.assumed)?;
        notes(f, "not modelled", &self.unmodelled)
    }
}

fn head(columns: &[Column]) -> Vec<String> {
    labelled(
        "state",
        "",
        columns.iter().map(|column| column.name.clone()).collect(),
    )
}

fn labelled(state: &str, age: &str, cells: Vec<String>) -> Vec<String> {
    [state.into(), age.into()].into_iter().chain(cells).collect()
}

impl Matrix {
    fn row(&self, columns: &[Column], cells: &[Cell]) -> Vec<String> {
        let cells = columns.iter().filter_map(|column| cells.get(column.class));
        cells.map(|cell| cell.told(&self.lines)).collect()
    }
}

impl LineState {
    /// The state in words, as `upstream dead: ether1`.
    pub fn told(&self) -> String {
        if self.failure == Condition::Up {
            return String::from("all up");
        }
        let down: Vec<_> = self.down.iter().map(plain).collect();
        format!("{}: {}", self.failure.told(), down.join(", "))
    }
}

impl Cell {
    /// The cell in words, as `ether2, out for up to 21 s`.
    pub fn told(&self, lines: &[Value]) -> String {
        if self.impossible {
            return String::from("-");
        }
        let mut told: Vec<String> = self.served(lines);
        told.extend(self.causes.iter().map(|loss| {
            let all = if loss.share == Ratio::ONE {
                String::new()
            } else {
                format!(" {}", loss.share.percent())
            };
            format!("LOST{all}: {}", loss.cause)
        }));
        match self.anew {
            Ratio::ZERO => {}
            Ratio::ONE => told.push(String::from("opened anew")),
            part => told.push(format!("{} opened anew", part.percent())),
        }
        if let Outage::AtMost(time) = self.outage {
            told.push(format!("out for up to {} s", time.as_secs()));
        }
        told.join(", ")
    }

    /// Which line serves which part.
    pub(super) fn served(&self, lines: &[Value]) -> Vec<String> {
        let names = lines.iter().map(plain);
        let parts = names.zip(self.shares.iter().copied());
        let all = parts.chain([(String::from("stays inside"), self.inside)]);
        all.filter(|(_, share)| *share != Ratio::ZERO)
            .map(|(name, share)| match share == Ratio::ONE {
                true => name.to_string(),
                false => format!("{name} {}", share.percent()),
            })
            .collect()
    }
}
