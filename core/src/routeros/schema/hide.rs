//! What is read, without its secrets: faults are shown in their surroundings.

use alloc::vec::Vec;

use crate::diagnostic::shown;
use crate::routeros::schema;

/// A script, as an export is one, with a `*` for each byte of a secret; every byte keeps its place.
pub(crate) fn in_script(export: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(export.len());
    let mut rest = export;
    while let Some(at) = memchr::memchr(b'=', rest) {
        let (before, behind) = rest.split_at(at.saturating_add(1));
        out.extend_from_slice(before);
        let length = if ends_in_secret(before) {
            value_length(behind)
        } else {
            0
        };
        let (value, behind) = behind.split_at(length.min(behind.len()));
        out.extend(value.iter().map(shown::hidden));
        rest = behind;
    }
    out.extend_from_slice(rest);
    out
}

/// An output of `print` with a `*` for each byte of a secret, and of all that stands behind it in its text line: without quotes
/// nothing tells where it ends. Below a title of secrets nothing is shown. Every byte keeps its place.
pub(in crate::routeros) fn in_print(output: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(output.len());
    let (mut rest, mut is_below) = (output, false);
    while !rest.is_empty() {
        let shown = if is_below {
            0
        } else {
            secret_at(rest).unwrap_or(line_length(rest))
        };
        let (before, behind) = rest.split_at(shown.min(rest.len()));
        out.extend_from_slice(before);
        // Behind the name of a secret, or a whole text line below a title of one.
        let is_hidden = is_below || shown < line_length(rest);
        let length = if is_hidden { hidden_length(behind) } else { 0 };
        let (hidden, behind) = behind.split_at(length.min(behind.len()));
        out.extend(hidden.iter().map(shown::hidden));
        is_below = is_below || is_title_of_secrets(before);
        rest = behind;
    }
    out
}

/// How long the first text line is, its end included.
fn line_length(text: &[u8]) -> usize {
    memchr::memchr2(b'\r', b'\n', text).map_or(text.len(), |end| end.saturating_add(1))
}

/// Where the value of the first secret in the first text line begins: behind `password=`, `password: `.
fn secret_at(text: &[u8]) -> Option<usize> {
    let line = text.get(..line_length(text))?;
    let mut signs = memchr::memchr2_iter(b'=', b':', line).map(|at| at.saturating_add(1));
    signs.find(|at| line.get(..*at).is_some_and(ends_in_secret))
}

/// How long a secret may be: to the end of its text line and through those that go on with it.
fn hidden_length(text: &[u8]) -> usize {
    let quoted = if text.starts_with(b"\"") {
        shown::text_length(text)
    } else {
        0
    };
    let quoted = quoted.min(text.len());
    let mut length = quoted.saturating_add(line_length(text.get(quoted..).unwrap_or_default()));
    while let Some(next) = text
        .get(length..)
        .filter(|next| !next.is_empty() && goes_on(next))
    {
        length = length.saturating_add(line_length(next));
    }
    length
}

/// Whether a text line begins neither with a property, nor with the number of a row.
fn goes_on(text: &[u8]) -> bool {
    let line = text.get(..line_length(text)).unwrap_or_default().trim_ascii();
    let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    let sign = line.get(line.iter().take_while(is_of_name).count());
    !line.is_empty() && !matches!(sign, Some(b'=' | b':')) && !line.first().is_some_and(u8::is_ascii_digit)
}

/// Whether a text line is the header of a table that has a column of secrets.
fn is_title_of_secrets(line: &[u8]) -> bool {
    let mut words = line.split(|byte| byte.is_ascii_whitespace() || *byte == b',');
    let is_header = line.trim_ascii_start().starts_with(b"#") || line.starts_with(b"Columns:");
    is_header
        && words.any(|word| core::str::from_utf8(&word.to_ascii_lowercase()).is_ok_and(schema::is_secret))
}

/// REST JSON with a `*` for each byte of a secret; every byte keeps its place.
pub(in crate::routeros) fn in_rest(json: &[u8]) -> Vec<u8> {
    shown::shown(json, |name| !schema::is_secret(name))
}

/// Whether a text ends in the name of a secret property and its `=`.
fn ends_in_secret(text: &[u8]) -> bool {
    let Some((_, text)) = text.split_last() else {
        return false;
    };
    let is_of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
    let length = text.iter().rev().take_while(is_of_name).count();
    let name = text.get(text.len().saturating_sub(length)..).unwrap_or_default();
    core::str::from_utf8(name).is_ok_and(|name| schema::is_secret(name) || name == URL)
}

/// The argument of `/tool fetch` that mostly holds a token.
const URL: &str = "url";

/// How long the value is that a text begins with; an export may break the text line before it.
fn value_length(text: &[u8]) -> usize {
    let is_break = |byte: &&u8| matches!(byte, b'\\' | b'\r' | b'\n' | b' ' | b'\t');
    let gap = match text.first() {
        Some(b'\\') => text.iter().take_while(is_break).count(),
        _ => 0,
    };
    let value = text.get(gap..).unwrap_or_default();
    let length = match value.first() {
        Some(b'"') => shown::text_length(value),
        _ => value
            .iter()
            .take_while(|byte| !byte.is_ascii_whitespace())
            .count(),
    };
    gap.saturating_add(length)
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn secrets_of_an_export_are_hidden_in_their_place() {
        for (export, expected) in [
            (
                "add name=a password=hunter2 user=jo",
                "add name=a password=******* user=jo",
            ),
            (
                "add password=\"a \\\" b\" user=jo",
                "add password=******** user=jo",
            ),
            (
                "set pin=1234\nadd wpa2-pre-shared-key=x",
                "set pin=****\nadd wpa2-pre-shared-key=*",
            ),
            (
                "add password=\\\n    \"hun\\\n    ter2\"",
                "add password=*\n*********\n*********",
            ),
            ("add password=\"never closed", "add password=*************"),
            (
                "/tool fetch url=\"https://a/?x=\\$1\" mode=https",
                "/tool fetch url=****************** mode=https",
            ),
            ("add pins=1 user=password", "add pins=1 user=password"),
        ] {
            assert_eq!(String::from_utf8(in_script(export.as_bytes())).unwrap(), expected);
        }
    }

    #[test]
    fn secrets_of_an_output_are_hidden_to_the_end_of_their_text_line() {
        for (output, expected) in [
            (
                " 0 user=jo password=a b c=d\n 1 user=x",
                " 0 user=jo password=*******\n 1 user=x",
            ),
            ("password=\"a\n b\" x=1\n  y=2", "password=**\n*******\n  y=2"),
            ("password=a\n    b c\n 1 user=x", "password=*\n*******\n 1 user=x"),
            ("  password: a\n  user: jo", "  password:**\n  user: jo"),
            ("# NAME PASSWORD\n0 a hunter2\n", "# NAME PASSWORD\n***********\n"),
            ("# NAME ADDRESS\n0 a b\n", "# NAME ADDRESS\n0 a b\n"),
        ] {
            assert_eq!(String::from_utf8(in_print(output.as_bytes())).unwrap(), expected);
        }
    }

    proptest! {
        #[test]
        fn every_byte_keeps_its_place(text: Vec<u8>) {
            prop_assert_eq!(in_script(&text).len(), text.len());
            prop_assert_eq!(in_rest(&text).len(), text.len());
            prop_assert_eq!(in_print(&text).len(), text.len());
        }
    }
}
