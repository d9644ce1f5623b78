//! What a finding is about.

use alloc::string::String;
use core::fmt;

use serde::Serialize;

use super::Place;

/// What a finding is about
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A line of a site, by its id
    Line(String),
    /// An interface, a port, or the client that is one, by its name
    Interface(String),
    /// A menu of the router
    Menu(String),
    /// A row of the router
    Row(RowSubject),
    /// A field of a document: `lines[1].port`
    Field(String),
}

/// A row that a finding is about
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct RowSubject {
    /// Its menu, `/ip/route`
    pub menu: String,
    /// The id by which the router itself knows it, `*1F`, where it was read with ids
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The row as a command, its secrets left out
    pub command: String,
    /// The property of the row that is meant
    #[serde(skip_serializing_if = "Option::is_none")]
    pub property: Option<String>,
    /// Where it stands in the text that the router was read from
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}

impl Subject {
    /// A line of that id
    pub fn line(id: impl Into<String>) -> Self {
        Self::Line(id.into())
    }

    /// An interface of that name
    pub fn interface(name: impl Into<String>) -> Self {
        Self::Interface(name.into())
    }

    /// A menu of that path
    pub fn menu(path: impl Into<String>) -> Self {
        Self::Menu(path.into())
    }

    /// A field of that path
    pub fn field(path: impl Into<String>) -> Self {
        Self::Field(path.into())
    }

    /// How people call it: the id, the name, the path, or the row as a command
    pub fn name(&self) -> &str {
        match self {
            Self::Line(name) | Self::Interface(name) | Self::Menu(name) | Self::Field(name) => name,
            Self::Row(row) => &row.command,
        }
    }

    /// The row, where it is one
    pub fn row(&self) -> Option<&RowSubject> {
        match self {
            Self::Row(row) => Some(row),
            _ => None,
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
