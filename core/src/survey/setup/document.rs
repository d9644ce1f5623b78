//! Rows of a set-up by hand as a JSON document.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use super::{SetupRole, SetupRow};
use crate::diagnostic::RowSubject;
use crate::document::written;
use crate::rule::row_of;

impl SetupRow<'_> {
    /// Name and version of the JSON document of such rows.
    pub const SCHEMA: &'static str = "multi-isp/existing-rows/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("existing-rows.schema.json");

    /// Rows as a JSON document, without their secrets.
    pub fn all_to_json(rows: &[Self]) -> String {
        let rows = rows.iter().map(RowDocument::of).collect();
        written::document(Self::SCHEMA, &Rows { rows })
    }
}

#[derive(Serialize)]
struct Rows {
    rows: Vec<RowDocument>,
}

#[derive(Serialize)]
struct RowDocument {
    role: SetupRole,
    what: String,
    row: RowSubject,
}

impl RowDocument {
    fn of(found: &SetupRow<'_>) -> Self {
        Self {
            role: found.role,
            what: found.role.to_string(),
            row: row_of(found.menu, found.row),
        }
    }
}
