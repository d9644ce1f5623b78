//! What is read, without its secrets: faults are shown in their surroundings.

use alloc::vec::Vec;

use crate::diagnostic::shown;
use crate::routeros::schema;

/// A script, as an export is one, with a `*` for each byte of a secret; every byte keeps its place.
pub(in crate::routeros) fn in_script(export: &[u8]) -> Vec<u8> {
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
    core::str::from_utf8(name).is_ok_and(schema::is_secret)
}

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
            ("add pins=1 user=password", "add pins=1 user=password"),
        ] {
            assert_eq!(String::from_utf8(in_script(export.as_bytes())).unwrap(), expected);
        }
    }

    proptest! {
        #[test]
        fn every_byte_keeps_its_place(text: Vec<u8>) {
            prop_assert_eq!(in_script(&text).len(), text.len());
            prop_assert_eq!(in_rest(&text).len(), text.len());
        }
    }
}
