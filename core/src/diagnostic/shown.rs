//! A JSON document as its faults show it, with the values of its public fields alone.

use alloc::string::String;
use alloc::vec::Vec;

/// The document with a `*` for each byte of a value that is a secret or may be one: that of a field which is not public, such as
/// a `password` or one whose name is misspelt. Every byte keeps its place.
///
/// It takes what is no JSON too: a value is one word, and what cannot be told to be the value of a public field is hidden.
pub(crate) fn shown(json: &[u8], is_public: impl Fn(&str) -> bool) -> Vec<u8> {
    let mut scan = Scan {
        is_public,
        out: Vec::with_capacity(json.len()),
        open: Vec::new(),
        is_shown: true,
    };
    let mut rest = json;
    while let Some(&sign) = rest.first() {
        let (word, behind) = rest.split_at(word_length(sign, rest));
        scan.word(sign, word, behind);
        rest = behind;
    }
    scan.out
}

struct Scan<F> {
    is_public: F,
    out: Vec<u8>,
    /// The brackets that are open: whether each is that of a list, and whether what stands in it is shown.
    open: Vec<(bool, bool)>,
    /// Whether the next value is shown.
    is_shown: bool,
}

impl<F: Fn(&str) -> bool> Scan<F> {
    fn word(&mut self, sign: u8, word: &[u8], behind: &[u8]) {
        let inherited = self.open.last().is_none_or(|(_, is_shown)| *is_shown);
        let is_key = sign == b'"' && behind.trim_ascii_start().starts_with(b":");
        let is_value = !SIGNS.contains(&sign) && !sign.is_ascii_whitespace();
        let hides = is_value && !is_key && !self.is_shown;
        match sign {
            b'{' | b'[' => {
                self.open.push((sign == b'[', self.is_shown));
                self.is_shown &= sign == b'[';
            }
            b'}' | b']' => {
                self.open.pop();
                self.is_shown = false;
            }
            b',' => self.is_shown = inherited && self.open.last().is_some_and(|(is_list, _)| *is_list),
            _ if is_key => {
                let key = serde_json::from_slice::<String>(word).ok();
                self.is_shown = inherited && key.is_some_and(|key| (self.is_public)(&key));
            }
            _ if is_value => self.is_shown = false,
            _ => {}
        }
        if hides {
            self.out.extend(word.iter().map(hidden));
        } else {
            self.out.extend_from_slice(word);
        }
    }
}

/// What is printed for a byte that is not shown: line ends stay, so that places do.
pub(crate) fn hidden(byte: &u8) -> u8 {
    match byte {
        b'\r' | b'\n' => *byte,
        _ => b'*',
    }
}

/// How long the text is, bare word or sign that begins with `sign`; never 0.
fn word_length(sign: u8, rest: &[u8]) -> usize {
    let length = match sign {
        b'"' => text_length(rest),
        _ if SIGNS.contains(&sign) || sign.is_ascii_whitespace() => 1,
        _ => rest
            .iter()
            .take_while(|byte| **byte != b'"' && !SIGNS.contains(byte) && !byte.is_ascii_whitespace())
            .count(),
    };
    length.clamp(1, rest.len())
}

/// How long a quoted text is, its quotes included; to the end where none closes it.
pub(crate) fn text_length(rest: &[u8]) -> usize {
    let mut is_escaped = false;
    let end = rest.iter().skip(1).position(|byte| {
        let closes = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        closes
    });
    end.map_or(rest.len(), |end| end.saturating_add(2))
}

const SIGNS: &[u8] = b"{}[]:,";

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use proptest::prelude::*;

    use super::*;

    fn text(json: &str) -> String {
        String::from_utf8(shown(json.as_bytes(), |name| {
            !["password", "pin"].contains(&name)
        }))
        .unwrap()
    }

    #[test]
    fn values_of_secret_fields_are_hidden_in_their_place() {
        for (json, expected) in [
            (
                r#"{"user":"jo","password":"x\"y","mbps":1}"#,
                r#"{"user":"jo","password":******,"mbps":1}"#,
            ),
            (
                r#"{"password": {"hex": "CF"}, "port": {"hex": "CF"}}"#,
                r#"{"password": {"hex": ****}, "port": {"hex": "CF"}}"#,
            ),
            (
                r#"{"pin":[1234,"5"],"lan":["a","b"]}"#,
                r#"{"pin":[****,***],"lan":["a","b"]}"#,
            ),
            (r#"{"p\u0069n": 1234}"#, r#"{"p\u0069n": ****}"#),
        ] {
            assert_eq!(text(json), expected);
        }
    }

    #[test]
    fn what_is_no_json_hides_them_too() {
        for json in [
            r#"{"password" "hunter2"}"#,
            r#"{"password": hunter2}"#,
            r#"{"password": "hunter2"#,
            r#"{"password": hunter2"}"#,
            r#"{"user: "jo", "password": "hunter2"}"#,
            r#"{'password': 'hunter2'}"#,
            r#"{password: hunter2}"#,
            r#"{"port": ether2 password: hunter2}"#,
            r#"{"lan": ["a", "password": "hunter2"}"#,
            r#"{"password: "hunter2"}"#,
        ] {
            assert!(!text(json).contains("hunter2"), "{json}");
        }
    }

    proptest! {
        #[test]
        fn every_byte_keeps_its_place(json: Vec<u8>) {
            let ends = |text: &[u8]| -> Vec<usize> {
                text.iter().enumerate().filter(|(_, byte)| b"\r\n".contains(byte)).map(|(at, _)| at).collect()
            };
            let shown = shown(&json, |_| false);
            prop_assert_eq!(shown.len(), json.len());
            prop_assert_eq!(ends(&shown), ends(&json));
        }
    }
}
