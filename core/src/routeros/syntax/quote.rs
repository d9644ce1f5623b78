//! Quoted text: the only place that escapes or unescapes.
//!
//! Escapes as RouterOS decodes them (`:parse` of CHR 7.20.8, 7.22.1 and 7.23rc1): `\"` `\\` `\$` `\?` `\n` `\r` `\t`,
//! `\_` is a blank, `\XX` a byte in upper-case hexadecimal. A backslash at the end of a text line joins the next one to it
//! and drops the blanks that line begins with; exports break even between the two digits of a byte.

use alloc::vec::Vec;

use super::lex::{is_bare, is_blank, line_end};

/// The value between double quotes, every byte that needs it escaped
///
/// Total over bytes: [`unquote`] of the result is the value again. Bytes outside printable ASCII become `\XX`.
///
/// # Example
///
/// ```
/// use multi_isp::routeros::syntax::quote::{quote, unquote};
///
/// assert_eq!(quote(b"50% \"up\" $x"), br#""50% \"up\" \$x""#);
/// assert_eq!(quote("é\n".as_bytes()), br#""\C3\A9\n""#);
/// assert_eq!(unquote(&quote(b"\0\\")).as_deref(), Some(&b"\0\\"[..]));
/// ```
pub fn quote(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len().saturating_add(2));
    out.push(b'"');
    out.extend(escape(value));
    out.push(b'"');
    out
}

/// The value as it stands between double quotes
pub fn escape(value: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    for &byte in value {
        escape_byte(byte, &mut out);
    }
    out
}

/// The value as an export writes it: quoted only where it must be
///
/// # Example
///
/// ```
/// use multi_isp::routeros::syntax::quote::value;
///
/// assert_eq!(value(b"192.168.80.2%bridge"), b"192.168.80.2%bridge");
/// assert_eq!(value(b""), b"\"\"");
/// assert_eq!(value(b"line 2"), b"\"line 2\"");
/// ```
pub fn value(value: &[u8]) -> Vec<u8> {
    if value.is_empty() || !value.iter().copied().all(is_bare) {
        return quote(value);
    }
    value.to_vec()
}

/// The bytes that a quoted text stands for
///
/// None when the outer quotes are missing, an inner one is not escaped, or an escape is none. A `$` that is not escaped
/// stays as it is: what it would be replaced by is not in the text.
pub fn unquote(text: &[u8]) -> Option<Vec<u8>> {
    let inner = text.strip_prefix(b"\"")?.strip_suffix(b"\"")?;
    unescape(inner)
}

/// The bytes that the inside of a quoted text stands for
///
/// None when it holds a quote that is not escaped, or an escape that is none.
pub fn unescape(text: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr::memchr2(b'\\', b'"', rest) {
        let (plain, tail) = rest.split_at_checked(at)?;
        out.extend_from_slice(plain);
        let (byte, length) = escaped(tail)?;
        out.extend(byte);
        rest = tail.get(length..)?;
    }
    out.extend_from_slice(rest);
    Some(out)
}

/// What the escape at the start of `text` stands for (a continuation stands for nothing), and its length
///
/// None when it is no escape.
pub(super) fn escaped(text: &[u8]) -> Option<(Option<u8>, usize)> {
    let (&letter, tail) = text.strip_prefix(b"\\")?.split_first()?;
    let byte = match letter {
        b'\r' | b'\n' => return Some((None, continuation(text))),
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'a' => 0x07,
        b'b' => 0x08,
        b'v' => 0x0B,
        b'f' => 0x0C,
        b'_' => b' ',
        b'"' | b'\\' | b'$' | b'?' => letter,
        high => {
            let gap = continuation(tail);
            let low = *tail.get(gap)?;
            let byte = digit(high)?.checked_mul(16)?.checked_add(digit(low)?)?;
            return Some((Some(byte), gap.saturating_add(3)));
        }
    };
    Some((Some(byte), 2))
}

/// Length of the continuations that `text` begins with, the blanks behind them included
fn continuation(text: &[u8]) -> usize {
    let mut length: usize = 0;
    while let Some([b'\\', tail @ ..]) = text.get(length..)
        && let Some(end) = line_end(tail)
    {
        let blanks = tail.iter().skip(end).take_while(|&&byte| is_blank(byte)).count();
        length = length
            .saturating_add(end)
            .saturating_add(blanks)
            .saturating_add(1);
    }
    length
}

fn digit(byte: u8) -> Option<u8> {
    match byte {
        b'0'..=b'9' => byte.checked_sub(b'0'),
        b'A'..=b'F' => byte.checked_sub(b'A')?.checked_add(10),
        _ => None,
    }
}

fn escape_byte(byte: u8, out: &mut Vec<u8>) {
    match byte {
        b'"' | b'\\' | b'$' | b'?' => out.extend([b'\\', byte]),
        b'\n' => out.extend(b"\\n"),
        b'\r' => out.extend(b"\\r"),
        b'\t' => out.extend(b"\\t"),
        b' '..=b'~' => out.push(byte),
        _ => out.extend([b'\\', hex(byte >> 4), hex(byte & 0xF)]),
    }
}

fn hex(digit: u8) -> u8 {
    b"0123456789ABCDEF"
        .get(usize::from(digit))
        .copied()
        .unwrap_or(b'0')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn blanks_after_a_continuation_are_dropped() {
        assert_eq!(unquote(b"\"FA\\\n    ST\"").as_deref(), Some(&b"FAST"[..]));
        assert_eq!(unquote(b"\"a\\\r\n  \\_b\"").as_deref(), Some(&b"a b"[..]));
    }

    #[test]
    fn a_byte_may_be_broken_between_its_digits() {
        assert_eq!(
            unquote(b"\"\\D\\\n    0\\\n    \\BE\"").as_deref(),
            Some(&b"\xD0\xBE"[..])
        );
    }

    #[test]
    fn signs_with_a_meaning_of_their_own_are_escaped() {
        assert_eq!(quote(br#"a?b$c"d\e"#), br#""a\?b\$c\"d\\e""#);
    }

    #[test]
    fn what_is_no_escape_is_refused() {
        for text in [
            &b"\"\\w\""[..],
            b"\"\\c3\"",
            b"\"\\4\"",
            b"\"a\"b\"",
            b"\"\\\"",
            b"a",
            b"\"",
        ] {
            assert_eq!(unquote(text), None, "{}", text.escape_ascii());
        }
    }

    proptest! {
        #[test]
        fn unquote_undoes_quote(value: Vec<u8>) {
            prop_assert_eq!(unquote(&quote(&value)), Some(value));
        }

        #[test]
        fn quoted_text_is_printable(value: Vec<u8>) {
            prop_assert!(quote(&value).iter().all(|byte| matches!(byte, b' '..=b'~')));
        }

        #[test]
        fn unquote_takes_any_bytes(text: Vec<u8>) {
            let _ = unquote(&text);
        }
    }
}
