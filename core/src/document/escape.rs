//! Where the signs of a text stand in the JSON string that writes it.

/// Bytes of a JSON string, its first quote included, before the byte at `offset` of the text that it writes.
pub(super) fn written(json: &str, offset: usize) -> usize {
    let mut rest = json.get(1..).unwrap_or_default();
    let mut read: usize = 0;
    while read < offset && !rest.is_empty() {
        let (length, bytes) = sign(rest);
        read = read.saturating_add(bytes);
        rest = rest.get(length..).unwrap_or_default();
    }
    json.len().saturating_sub(rest.len())
}

/// How long the first sign is as it is written, and in the text.
fn sign(rest: &str) -> (usize, usize) {
    let plain = rest.chars().next().map_or(1, char::len_utf8);
    match (rest.strip_prefix('\\'), unit(rest)) {
        (None, _) => (plain, plain),
        // Two that stand for one sign beyond the first plane.
        (Some(_), Some(0xD800..=0xDBFF)) => (2 * UNIT, 4),
        (Some(_), Some(code)) => (UNIT, char::from_u32(code).map_or(3, char::len_utf8)),
        (Some(_), None) => (2, 1),
    }
}

/// The number of `\u00e9`.
fn unit(rest: &str) -> Option<u32> {
    let digits = rest.strip_prefix("\\u")?.get(..4)?;
    u32::from_str_radix(digits, 16).ok()
}

/// Bytes of `\u00e9`.
const UNIT: usize = 6;

#[cfg(test)]
mod tests {
    use std::string::String;

    use super::*;

    #[test]
    fn every_sign_is_found_as_it_is_written() {
        let json = r#""a\n\u00e9é\ud83d\udd34z\"b""#;
        let text: String = serde_json::from_str(json).unwrap();
        let marked = |sign: char| {
            let at = text.find(sign).unwrap();
            &json[written(json, at)..written(json, at + sign.len_utf8())]
        };
        assert_eq!(
            ['a', '\n', '🔴', 'z', '"', 'b'].map(marked),
            ["a", r"\n", r"\ud83d\udd34", "z", r#"\""#, "b"]
        );
        assert_eq!(marked('é'), r"\u00e9", "the first of two");
        assert_eq!(written(json, text.len()), json.len() - 1);
    }
}
