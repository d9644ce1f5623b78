//! How findings name the rows of a router, and where those stand.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Diagnostic, Place, RowSubject, Subject};
use crate::routeros::router::Row;
use crate::routeros::syntax::{Arg, Item, Script, print};
use crate::routeros::value::Value;

/// A rule by its comment; one that has none by what it does and what it matches: `drop in-interface-list=!LAN`
pub(crate) fn named(row: &Row) -> String {
    let comment = row.text("comment").filter(|comment| !comment.is_empty());
    let name = comment.map_or_else(|| summary(row), Cow::into_owned);
    format!("`{name}`")
}

/// A row of any menu with its place: `/ip route` `backup over LTE` (text line 12)
pub(crate) fn placed(menu: &str, row: &Row) -> String {
    let comment = row.text("comment").filter(|comment| !comment.is_empty());
    let comment = comment.or_else(|| row.text("name"));
    let name = comment.map(|comment| format!("`{}` `{comment}`", typed(menu)));
    let name = name.unwrap_or_else(|| format!("`{}`", command(menu, row)));
    match row.line() {
        Some(line) => format!("{name} (text line {line})"),
        None => name,
    }
}

fn summary(row: &Row) -> String {
    let action = row.get("action").map_or(&b"accept"[..], Value::as_bytes);
    let matchers = row.iter().filter(|(name, _)| !UNSAID.contains(name));
    let words = matchers.map(|(name, value)| print::pair(name, value.as_bytes()));
    let words: Vec<Vec<u8>> = core::iter::once(action.to_vec()).chain(words).collect();
    String::from_utf8_lossy(&words.join(&b' ')).into_owned()
}

/// A row as a command, its secrets left out
fn command(menu: &str, row: &Row) -> String {
    row.command(menu).to_text().into_owned()
}

/// A row that a finding is about
pub(crate) fn row_subject(menu: &str, row: &Row) -> Subject {
    subject(menu, row, None)
}

/// A property of a row that a finding is about
pub(crate) fn property_subject(menu: &str, row: &Row, property: &str) -> Subject {
    subject(menu, row, Some(property.into()))
}

fn subject(menu: &str, row: &Row, property: Option<String>) -> Subject {
    Subject::Row(RowSubject {
        property,
        ..row_of(menu, row)
    })
}

/// A row as findings tell of it
pub(crate) fn row_of(menu: &str, row: &Row) -> RowSubject {
    RowSubject {
        menu: menu.into(),
        id: row.router_id().map(|id| format!("{id}")),
        command: command(menu, row),
        property: None,
        place: row.place(),
    }
}

/// The finding with its place narrowed from a whole command to the property that is meant, where that stands in `export`
pub(crate) fn narrowed(finding: &Diagnostic, export: &[u8]) -> Diagnostic {
    let meant = || {
        let place = finding.place?;
        let rows = finding.subjects.iter().filter_map(Subject::row);
        let mut properties = rows
            .filter(|row| row.place == Some(place))
            .filter_map(|row| row.property.as_deref());
        argument(export, place, properties.next()?)
    };
    Diagnostic {
        place: meant().or(finding.place),
        ..finding.clone()
    }
}

/// Where an argument stands within the command at a place
fn argument(export: &[u8], place: Place, name: &str) -> Option<Place> {
    let end = place.offset.saturating_add(place.length);
    let script = Script::parse_lenient(export.get(place.offset..end)?);
    let Some(Item::Command(command)) = script.items().first() else {
        return None;
    };
    let is_meant =
        |arg: &&Arg| matches!(arg, Arg::Named { name: own, .. } if script.text(*own) == name.as_bytes());
    let span = command.args.iter().find(is_meant)?.span();
    let offset = place.offset.saturating_add(usize::try_from(span.start).ok()?);
    let length = usize::try_from(span.end.saturating_sub(span.start)).ok()?;
    Some(Place::locate(export, offset, length))
}

/// A menu as an operator types it: `/ip firewall filter`
pub(crate) fn typed(menu: &str) -> String {
    let place = menu.trim_start_matches('/').replace('/', " ");
    format!("/{place}")
}

/// Properties that a rule is not told by: its chain and its action stand elsewhere in a message
const UNSAID: [&str; 6] = ["action", "chain", "comment", "disabled", "log", "log-prefix"];
