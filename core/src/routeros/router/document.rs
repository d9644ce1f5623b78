//! Rows, differences and what a script left behind, as JSON documents; secrets of rows are not shown.

use alloc::{borrow::Cow, format, string::String, vec::Vec};

use serde::Serialize;

use crate::diagnostic::Diagnostic;
use crate::document::written;
use crate::routeros::{
    router::{Change, Difference, LogEntry, Outcome, Request, Row, Table},
    schema,
    syntax::print,
    value::Value,
};

impl Table {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/table/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("table.schema.json");

    /// The rows as a JSON document; secrets are not shown.
    ///
    /// # Example
    /// ```
    /// use multi_isp::Router;
    ///
    /// let router = Router::from_export(b"/ip route\nadd gateway=192.0.2.1 distance=2\n", None)?;
    /// assert_eq!(
    ///     router.table("/ip/route").to_json(),
    ///     concat!(
    ///         r#"{"schema":"multi-isp/table/1","rows":[{"id":null,"text_line":2,"dynamic":false,"disabled":false,"#,
    ///         r#""properties":[{"name":"gateway","value":"192.0.2.1"},{"name":"distance","value":"2"}],"live":[],"remark":null}]}"#
    ///     )
    /// );
    /// # Ok::<(), multi_isp::ReadError>(())
    /// ```
    pub fn to_json(&self) -> String {
        let rows = self.iter().map(RowDocument::of).collect();
        written::document(Self::SCHEMA, &TableDocument { rows })
    }
}

impl Difference {
    /// Name and version of the JSON document of differences.
    pub const SCHEMA: &'static str = "multi-isp/differences/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("differences.schema.json");

    /// Differences as a JSON document; secrets are not shown.
    ///
    /// # Example
    /// ```
    /// use multi_isp::Router;
    /// use multi_isp::routeros::router::Difference;
    ///
    /// let before = Router::from_export(b"/ip route add comment=isp1 gateway=192.0.2.1\n", None)?;
    /// let after = Router::from_export(b"/ip route add comment=isp1 gateway=192.0.2.1 distance=2\n", None)?;
    /// assert_eq!(
    ///     Difference::all_to_json(&before.diff(&after)),
    ///     concat!(
    ///         r#"{"schema":"multi-isp/differences/1","versions":null,"differences":[{"kind":"changed","menu":"/ip/route","#,
    ///         r#""command":"/ip route add comment=isp1 gateway=192.0.2.1","#,
    ///         r#""properties":[{"name":"distance","before":null,"after":"2"}]}]}"#
    ///     )
    /// );
    /// # Ok::<(), multi_isp::ReadError>(())
    /// ```
    pub fn all_to_json(differences: &[Difference]) -> String {
        Self::moved_to_json(None, differences)
    }

    /// The same, with the versions of both routers where they are not the same.
    pub(crate) fn moved_to_json(versions: Option<(&str, &str)>, differences: &[Difference]) -> String {
        let document = DifferencesDocument {
            versions: versions.map(|(before, after)| Versions { before, after }),
            differences: differences.iter().map(DifferenceDocument::of).collect(),
        };
        written::document(Self::SCHEMA, &document)
    }

    /// What became of the row, in a word.
    fn kind(&self) -> &'static str {
        match self {
            Self::Added { .. } => "added",
            Self::Removed { .. } => "removed",
            Self::Changed { .. } => "changed",
            Self::Moved { .. } => "moved",
        }
    }
}

impl Outcome {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/outcome/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("outcome.schema.json");

    /// What the script left behind as a JSON document, the router left out.
    pub fn to_json(&self) -> String {
        let document = OutcomeDocument {
            error: self.error.as_ref().map(|error| error.diagnostic()),
            log: &self.log,
            output: &self.output,
            requests: &self.requests,
        };
        written::document(Self::SCHEMA, &document)
    }
}

impl Row {
    /// The row as a command that adds it, its secrets left out.
    pub(crate) fn command(&self, menu: &str) -> Value {
        let words = self
            .iter()
            .fold(print::Line::new(menu, "add"), |line, (name, value)| {
                line.arg(name, schema::shown(name, value).as_bytes())
            });
        words.finish().into()
    }
}

#[derive(Serialize)]
struct TableDocument<'a> {
    rows: Vec<RowDocument<'a>>,
}

#[derive(Serialize)]
struct RowDocument<'a> {
    id: Option<String>,
    text_line: Option<u32>,
    dynamic: bool,
    disabled: bool,
    properties: Vec<Property<'a>>,
    live: Vec<Property<'a>>,
    remark: Option<&'a Value>,
}

#[derive(Serialize)]
struct Property<'a> {
    name: &'a str,
    value: Cow<'a, Value>,
}

impl<'a> RowDocument<'a> {
    fn of(row: &'a Row) -> Self {
        let shown = |(name, value): (&'a str, &'a Value)| Property {
            name,
            value: schema::shown(name, value),
        };
        Self {
            id: row.router_id().map(|id| format!("{id}")),
            text_line: row.line(),
            dynamic: row.dynamic(),
            disabled: row.disabled(),
            properties: row.iter().map(shown).collect(),
            live: row.live_values().map(shown).collect(),
            remark: row.remark(),
        }
    }
}

#[derive(Serialize)]
struct DifferencesDocument<'a> {
    versions: Option<Versions<'a>>,
    differences: Vec<DifferenceDocument<'a>>,
}

#[derive(Serialize)]
struct Versions<'a> {
    before: &'a str,
    after: &'a str,
}

#[derive(Serialize)]
struct DifferenceDocument<'a> {
    kind: &'static str,
    menu: &'a str,
    command: Value,
    properties: Vec<ChangeDocument<'a>>,
}

#[derive(Serialize)]
struct ChangeDocument<'a> {
    name: &'a str,
    before: Option<Cow<'a, Value>>,
    after: Option<Cow<'a, Value>>,
}

impl<'a> DifferenceDocument<'a> {
    fn of(difference: &'a Difference) -> Self {
        let (menu, row, properties) = match difference {
            Difference::Added { menu, row }
            | Difference::Removed { menu, row }
            | Difference::Moved { menu, row } => (menu, row, &[][..]),
            Difference::Changed {
                menu,
                row,
                properties,
            } => (menu, row, properties.as_slice()),
        };
        Self {
            kind: difference.kind(),
            menu,
            command: row.command(menu),
            properties: properties.iter().map(ChangeDocument::of).collect(),
        }
    }
}

impl<'a> ChangeDocument<'a> {
    fn of(change: &'a Change) -> Self {
        let shown = |value: &'a Option<Value>| {
            let value = value.as_ref()?;
            Some(schema::shown(&change.name, value))
        };
        Self {
            name: &change.name,
            before: shown(&change.before),
            after: shown(&change.after),
        }
    }
}

#[derive(Serialize)]
struct OutcomeDocument<'a> {
    error: Option<Diagnostic>,
    log: &'a [LogEntry],
    output: &'a [Value],
    requests: &'a [Request],
}
