//! How findings name the rows of a router.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::routeros::router::Row;
use crate::routeros::syntax::print;
use crate::routeros::value::Value;

/// A rule by its comment; one that has none by what it does and what it matches: `drop in-interface-list=!LAN`
pub(super) fn named(row: &Row) -> String {
    let comment = row.text("comment").filter(|comment| !comment.is_empty());
    let name = comment.map_or_else(|| summary(row), Cow::into_owned);
    format!("`{name}`")
}

/// A row of any menu with its place: `/ip route` `backup over LTE` (text line 12)
pub(super) fn placed(menu: &str, row: &Row) -> String {
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

/// A row as a command
pub(super) fn command(menu: &str, row: &Row) -> String {
    let command = row
        .iter()
        .fold(print::Line::new(menu, "add"), |line, (name, value)| {
            line.arg(name, value.as_bytes())
        });
    String::from_utf8_lossy(&command.finish()).into_owned()
}

/// A menu as an operator types it: `/ip firewall filter`
pub(super) fn typed(menu: &str) -> String {
    let place = menu.trim_start_matches('/').replace('/', " ");
    format!("/{place}")
}

/// Properties that a rule is not told by: its chain and its action stand elsewhere in a message
const UNSAID: [&str; 6] = ["action", "chain", "comment", "disabled", "log", "log-prefix"];
