//! What answers must be before they are read: menus once each, rows that are rows, names and ids that are such.

use alloc::{collections::BTreeSet, format, vec::Vec};

use super::rows::{Answer, field};
use crate::{
    diagnostic::{Code, Diagnostic},
    routeros::router::RowId,
};

const DUPLICATE_ID: Code = Code::new("duplicate-id");
const DUPLICATE_MENU: Code = Code::new("duplicate-menu");
const INVALID_ID: Code = Code::new("invalid-id");
const NOT_A_MENU: Code = Code::new("not-a-menu");

/// Everything that no router would have given.
pub(super) fn check(answers: &[Answer]) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    let mut seen = BTreeSet::new();
    for answer in answers {
        let path = &answer.path;
        if !seen.insert(path) {
            findings.push(
                Diagnostic::error(
                    DUPLICATE_MENU,
                    format!("`{}` is given twice", path.escape_default()),
                )
                .with_help("give all rows of a menu at once; `/ip/route` and `ip/route` are the same menu"),
            );
        }
        findings.extend(misnamed(answer).map(not_a_name));
        if !answer.is_whole {
            findings.push(not_a_menu(path));
        }
        check_ids(answer, &mut findings);
    }
    findings
}

fn check_ids(answer: &Answer, findings: &mut Vec<Diagnostic>) {
    let path = &answer.path;
    let mut seen = BTreeSet::new();
    for id in answer.rows.iter().filter_map(|fields| field(fields, ".id")) {
        let found = match RowId::parse(&id.to_text()) {
            None => Diagnostic::error(
                INVALID_ID,
                format!("`{}` in `{path}` is no id of a row", id.to_text()),
            )
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
fn misnamed(answer: &Answer) -> Option<&str> {
    let is_name = |name: &str| {
        let signs = |byte: u8| byte.is_ascii_alphanumeric() || b"-._".contains(&byte);
        name.bytes().all(signs) && name.bytes().any(|byte| byte.is_ascii_alphanumeric())
    };
    let is_path = answer.path.trim_matches('/').split('/').all(is_name);
    let mut fields = answer.rows.iter().flatten().map(|(name, _)| name.as_str());
    if is_path {
        fields.find(|name| !is_name(name))
    } else {
        Some(&answer.path)
    }
}

fn not_a_name(key: &str) -> Diagnostic {
    Diagnostic::error(
        NOT_A_MENU,
        format!("`{}` is no menu and no property", key.escape_default()),
    )
    .with_help("give menus by their paths and rows with the names that the router gave them")
}

fn not_a_menu(path: &str) -> Diagnostic {
    Diagnostic::error(
        NOT_A_MENU,
        format!("`{}` is neither rows nor settings", path.escape_default()),
    )
    .with_help("give an array of objects for rows, an object for a menu of settings")
}
