//! Rows of a router, as traces name them.

use alloc::string::String;
use core::fmt;

use serde::Serialize;

use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::simulate::plain;

/// A row of the router.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RowRef {
    /// Its menu.
    pub menu: String,
    /// Its id there.
    pub id: String,
    /// The text line of the export that made it; none of routers that were read otherwise.
    pub text_line: Option<u32>,
    /// Its comment.
    pub comment: Option<Value>,
}

impl RowRef {
    pub(crate) fn of(menu: &str, row: &Row) -> Self {
        Self {
            menu: menu.into(),
            id: alloc::format!("{}", row.id()),
            text_line: row.line(),
            comment: row.comment().cloned(),
        }
    }
}

impl fmt::Display for RowRef {
    /// `line 41, "its comment"`; of routers that were not read from an export, the id instead of the text line.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.text_line {
            Some(line) => write!(f, "line {line}")?,
            None => write!(f, "{}", self.id)?,
        }
        match &self.comment {
            Some(comment) => write!(f, ", \"{}\"", plain(comment)),
            None => Ok(()),
        }
    }
}
