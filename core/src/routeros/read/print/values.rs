//! A value as an output shows it → the value as REST gives it.

use alloc::vec::Vec;

use super::Menu;
use crate::routeros::{
    syntax::quote,
    value::{Kind, Value},
};

/// A value as it stands in an output; line feeds where a text line ended.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shown<'a> {
    /// With its quotes.
    Quoted(&'a [u8]),
    Bare(&'a [u8]),
}

impl<'a> Shown<'a> {
    pub(super) fn bytes(self) -> &'a [u8] {
        match self {
            Shown::Quoted(bytes) | Shown::Bare(bytes) => bytes,
        }
    }
}

/// The value; else why it is not clear what it is.
pub(super) fn read(menu: &Menu<'_>, name: &str, shown: Shown<'_>) -> Result<Value, &'static str> {
    let kind = menu.kind(name);
    match shown {
        Shown::Quoted(text) => {
            let text = quote::unquote(&joined(menu, name, text))
                .ok_or("has an escape that RouterOS does not have")?;
            Ok(Value::from(text))
        }
        Shown::Bare(text) if is_cut_off(menu, name, text) => Err("has quotes that are not closed"),
        Shown::Bare(text) => {
            let text = joined(menu, name, text);
            let text = if menu.is_numeric(name) {
                without_thousands(text)
            } else {
                text
            };
            if text.contains(&b' ') && HAVE_NO_BLANKS.contains(&kind) {
                return Err("has a blank, which such values have not");
            }
            Ok(Value::from(told(menu, name, text)))
        }
    }
}

/// Whether a text begins with quotes that nothing closes. A text without quotes may begin with one, in terse output.
fn is_cut_off(menu: &Menu<'_>, name: &str, text: &[u8]) -> bool {
    let Some(behind) = text.strip_prefix(b"\"") else {
        return false;
    };
    !menu.is_free(name) || !behind.contains(&b'"')
}

/// Kinds of values that have no blanks.
const HAVE_NO_BLANKS: [Kind; 11] = [
    Kind::Address,
    Kind::Bool,
    Kind::Duration,
    Kind::Flag,
    Kind::List,
    Kind::Mac,
    Kind::Number,
    Kind::Prefix,
    Kind::Rate,
    Kind::Set,
    Kind::Size,
];

/// The text lines of a value put together: lists are broken behind a comma, all else between words.
///
/// The lines of a script stay lines. Unconfirmed: no capture shows a script of many lines.
fn joined(menu: &Menu<'_>, name: &str, text: &[u8]) -> Vec<u8> {
    if menu.is_script(name) {
        return text.to_vec();
    }
    let is_text = menu.is_free(name);
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    for part in text.split(|byte| *byte == b'\n') {
        let is_within_list = out.ends_with(b",") && !is_text;
        if !out.is_empty() && !is_within_list {
            out.push(b' ');
        }
        out.extend_from_slice(part);
    }
    out
}

/// `8053063168` of `8 053 063 168`; what is no such number stays as it is.
fn without_thousands(text: Vec<u8>) -> Vec<u8> {
    let mut groups = text.split(|byte| *byte == b' ');
    let is_number = |group: &[u8]| group.iter().all(u8::is_ascii_digit);
    let first = groups
        .next()
        .is_some_and(|group| (1..=3).contains(&group.len()) && is_number(group));
    if first && groups.all(|group| group.len() == 3 && is_number(group)) {
        text.into_iter().filter(|byte| *byte != b' ').collect()
    } else {
        text
    }
}

/// REST tells what only a live router knows by `true` and `false`.
fn told(menu: &Menu<'_>, name: &str, text: Vec<u8>) -> Vec<u8> {
    match &text[..] {
        b"yes" if menu.is_live(name) => b"true".to_vec(),
        b"no" if menu.is_live(name) => b"false".to_vec(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;

    fn bare(menu: &str, name: &str, text: &str) -> Result<String, &'static str> {
        let value = read(&Menu::new(menu, None), name, Shown::Bare(text.as_bytes()))?;
        Ok(value.to_text().into_owned())
    }

    #[test]
    fn only_numbers_lose_their_blanks() {
        let ethernet = |name, text| bare("/interface/ethernet", name, text);
        assert_eq!(ethernet("rx-bytes", "8 053 063 168").as_deref(), Ok("8053063168"));
        assert_eq!(ethernet("rx-bytes", "8 05").as_deref(), Ok("8 05"));
        assert_eq!(ethernet("name", "8 053").as_deref(), Ok("8 053"));
        assert!(bare("/ip/route", "distance", "1 2").is_err());
    }

    #[test]
    fn live_values_are_told_as_rest_does() {
        assert_eq!(bare("/system/clock", "dst-active", "no").as_deref(), Ok("false"));
        assert_eq!(bare("/system/clock", "time-zone-name", "no").as_deref(), Ok("no"));
        assert_eq!(
            bare("/a/menu/that/nobody/knows", "state", "yes").as_deref(),
            Ok("yes")
        );
    }
}
