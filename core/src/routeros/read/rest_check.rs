//! What REST JSON must be before it is read: menus once each, rows that are objects, names and ids that are such.

use alloc::{collections::BTreeSet, format, string::String, vec::Vec};
use core::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::{Map, Value as Json};

use crate::{
    diagnostic::{Code, Diagnostic},
    routeros::router::RowId,
};

const DUPLICATE_ID: Code = Code::new("duplicate-id");
const DUPLICATE_MENU: Code = Code::new("duplicate-menu");
const INVALID_ID: Code = Code::new("invalid-id");
const NOT_A_MENU: Code = Code::new("not-a-menu");

/// Menus by their canonical paths, in the order of the text; a JSON map would drop the first of two.
pub(super) struct Menus(pub(super) Vec<(String, Json)>);

/// Everything that no router would have given.
pub(super) fn check(menus: &[(String, Json)]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for (path, rows) in menus {
        if !seen.insert(path) {
            findings.push(
                Diagnostic::error(
                    DUPLICATE_MENU,
                    format!("`{}` is given twice", path.escape_default()),
                )
                .with_help(
                    "give all rows of a menu in one array; `/ip/route` and `ip/route` are the same menu",
                ),
            );
        }
        findings.extend(misnamed(path, rows).map(not_a_name));
        let are_objects = rows
            .as_array()
            .map_or(rows.is_object(), |rows| rows.iter().all(Json::is_object));
        if !are_objects {
            findings.push(not_a_menu(path));
        }
        check_ids(path, rows, &mut findings);
    }
    findings
}

/// The rows, or the one row of a menu of settings.
pub(super) fn objects(rows: &Json) -> impl Iterator<Item = &Map<String, Json>> {
    let many = rows.as_array().into_iter().flatten();
    many.chain([rows]).filter_map(Json::as_object)
}

fn check_ids(path: &str, rows: &Json, findings: &mut Vec<Diagnostic>) {
    let mut seen = BTreeSet::new();
    for id in objects(rows).filter_map(|fields| fields.get(".id")) {
        let found = match id.as_str().and_then(RowId::parse) {
            None => Diagnostic::error(INVALID_ID, format!("`{id}` in `{path}` is no id of a row"))
                .with_help("give ids as the router does, a star and a hexadecimal number: `*1F`"),
            Some(id) if !seen.insert(id) => {
                Diagnostic::error(DUPLICATE_ID, format!("two rows of `{path}` have the id `{id}`"))
                    .with_help("give each row once, with the id that the router gave it")
            }
            Some(_) => continue,
        };
        findings.push(found);
    }
}

/// The path or the field that is none; names stand unquoted in what is printed, so they are held to their alphabet here.
fn misnamed<'a>(path: &'a str, rows: &'a Json) -> Option<&'a str> {
    let is_name = |name: &str| {
        let signs = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        name.bytes().all(signs) && name.bytes().any(|byte| byte.is_ascii_alphanumeric())
    };
    let is_path = path.trim_matches('/').split('/').all(is_name);
    let mut fields = objects(rows).flat_map(Map::keys).map(String::as_str);
    if is_path {
        fields.find(|name| !is_name(name))
    } else {
        Some(path)
    }
}

fn not_a_name(key: &str) -> Diagnostic {
    Diagnostic::error(
        NOT_A_MENU,
        format!("`{}` is no menu and no property", key.escape_default()),
    )
    .with_help("give menus by their paths and rows with the names that REST gave them")
}

fn not_a_menu(path: &str) -> Diagnostic {
    Diagnostic::error(
        NOT_A_MENU,
        format!("`{}` is neither rows nor settings", path.escape_default()),
    )
    .with_help("give an array of objects for rows, an object for a menu of settings")
}

impl<'de> Deserialize<'de> for Menus {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Menus, D::Error> {
        deserializer.deserialize_map(MenusVisitor)
    }
}

struct MenusVisitor;

impl<'de> Visitor<'de> for MenusVisitor {
    type Value = Menus;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of menus")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Menus, A::Error> {
        let mut menus = Vec::new();
        while let Some((path, rows)) = map.next_entry::<String, Json>()? {
            menus.push((format!("/{}", path.trim_matches('/')), rows));
        }
        Ok(Menus(menus))
    }
}
