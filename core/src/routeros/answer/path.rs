//! Where a path leads: to a menu, to a command of it, to one of its rows.

use alloc::{format, string::String, vec::Vec};

use super::Refusal;
use crate::routeros::{
    router::{Router, Row, RowId},
    schema,
    value::Value,
};

/// What menus have of which the schema does not say it: those that hold rows.
const OF_ROWS: [&str; 11] = [
    "add", "comment", "disable", "enable", "find", "get", "move", "print", "remove", "set", "unset",
];

/// Refuses a command that the router does not have. Over the API names are never abbreviated (D:47579160).
pub(super) fn command(router: &Router, menu: &str, verb: &str) -> Result<(), Refusal> {
    if !is_menu(router, menu) {
        return Err(lost(router, menu));
    }
    // What `getall` lists, `print` lists too (wiki, "API command notes").
    let verb = if verb == "getall" { "print" } else { verb };
    let has = match schema::menu(menu) {
        Some(menu) => menu.has(verb),
        None => OF_ROWS.contains(&verb),
    };
    has.then_some(()).ok_or(Refusal::NoCommand)
}

/// Whether the router has the menu: the schema says so, or it holds rows.
pub(super) fn is_menu(router: &Router, path: &str) -> bool {
    let exists = |menu: &schema::Menu| {
        let version = router.version();
        version.is_none_or(|version| !menu.existence(version).is_no())
    };
    schema::menu(path).is_some_and(exists) || !router.table(path).is_empty()
}

/// Why a path leads to no menu: the first word that leads nowhere.
pub(super) fn lost(router: &Router, path: &str) -> Refusal {
    let mut at = String::new();
    for word in path.split('/').filter(|word| !word.is_empty()) {
        at = format!("{at}/{word}");
        if !is_menu(router, &at) && !is_directory(router, &at) {
            return Refusal::Lost(word.into());
        }
    }
    Refusal::NoCommand
}

fn is_directory(router: &Router, path: &str) -> bool {
    let below = format!("{path}/");
    schema::menus_below(&below).next().is_some() || router.menus().any(|menu| menu.starts_with(&below))
}

/// Whether a menu is one row of settings; of menus that the schema does not hold, what the rows say.
pub(super) fn is_single(router: &Router, menu: &str) -> bool {
    match schema::menu(menu) {
        Some(menu) => menu.single(),
        None => router.table(menu).iter().any(Row::is_settings),
    }
}

/// The tables that a menu shows: its own; of `/interface` those of every type.
pub(super) fn tables<'a>(router: &'a Router, menu: &'a str) -> Vec<&'a str> {
    if menu == "/interface" {
        router.interface_menus().collect()
    } else {
        alloc::vec![menu]
    }
}

/// The row that a word of a path names: by its id, else by its name.
pub(super) fn row(router: &Router, menu: &str, word: &Value) -> Result<RowId, Refusal> {
    if let Some(found) = by_id_or_name(router, menu, word) {
        return Ok(found);
    }
    let has_names = schema::menu(menu).is_none_or(|menu| menu.knows("name"));
    if has_names || word.as_bytes().starts_with(b"*") {
        Err(Refusal::NoItem)
    } else {
        Err(Refusal::NoName)
    }
}

/// The rows that an argument names, joined by commas: by ids, names, places from 0, or comments.
///
/// The capture has a place and a comment for `move` alone; of other commands it is unconfirmed.
pub(super) fn rows(router: &Router, menu: &str, words: &Value) -> Result<Vec<RowId>, Refusal> {
    if let Some(one) = numbered(router, menu, words) {
        return Ok(alloc::vec![one]);
    }
    let words = words.as_bytes().split(|byte| *byte == b',');
    words
        .map(|word| numbered(router, menu, &Value::from(word)).ok_or(Refusal::NoItem))
        .collect()
}

fn numbered(router: &Router, menu: &str, word: &Value) -> Option<RowId> {
    let all = || {
        tables(router, menu)
            .into_iter()
            .flat_map(|table| router.table(table))
    };
    let at_place = || {
        let place: usize = word.to_text().parse().ok()?;
        all().nth(place).map(Row::id)
    };
    let commented = || {
        let is_meant = |row: &&Row| !word.is_empty() && row.comment() == Some(word);
        all().find(is_meant).map(Row::id)
    };
    by_id_or_name(router, menu, word)
        .or_else(at_place)
        .or_else(commented)
}

fn by_id_or_name(router: &Router, menu: &str, word: &Value) -> Option<RowId> {
    let id = RowId::parse(&word.to_text());
    let mut found = tables(router, menu).into_iter().filter_map(|table| {
        let table = router.table(table);
        let row = match id {
            Some(id) => table.by_id(id),
            None => table.named(word),
        };
        row.map(Row::id)
    });
    found.next()
}
