//! How findings name the rows of a router.

use alloc::format;
use alloc::string::String;

use crate::routeros::router::Row;
use crate::routeros::syntax::print;

/// A rule by its number, from 0 as `print` shows it, and its comment
pub(super) fn numbered(number: usize, row: &Row) -> String {
    match row.text("comment") {
        Some(comment) => format!("{number} (`{comment}`)"),
        None => format!("{number}"),
    }
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
