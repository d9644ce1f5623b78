//! What each fuzz target asks of any bytes at all, as plain functions: `fuzz_targets/` hands them to libFuzzer,
//! `tests/replay.rs` runs them over the committed corpus on a stable compiler.

use multi_isp::routeros::syntax::{Script, quote};

mod tree;

/// Name of a target, which is also the name of its corpus, and its body.
pub type Target = (&'static str, fn(&[u8]));

/// All targets.
pub const TARGETS: &[Target] = &[("parse", parse), ("quote_unquote", quote_unquote)];

/// A lenient parse keeps every byte in a well-formed tree, and a strict one agrees with it.
pub fn parse(data: &[u8]) {
    let script = Script::parse_lenient(data);
    assert_eq!(script.to_bytes(), data);
    tree::check(&script);
    match Script::parse(data) {
        Ok(strict) => {
            tree::check(&strict);
            assert_eq!(strict.errors().count(), 0);
            // What follows a stray `}` is passed over by RouterOS and read on by a lenient parse: the one difference.
            if strict.findings().is_empty() {
                assert_eq!(strict, script);
            }
        }
        Err(_) => assert_ne!(script.errors().count(), 0),
    }
    for found in script.findings() {
        let place = found.place.expect("what is found in a text has a place");
        assert!(place.offset.saturating_add(place.length) <= data.len(), "{place:?} of {}", data.len());
        assert!(!found.render(Some(data)).is_empty());
    }
}

/// Any bytes survive quoting, as a value too; nothing that is quoted can end its quotes, interpolate, or leave printable ASCII.
pub fn quote_unquote(data: &[u8]) {
    let quoted = quote::quote(data);
    assert_eq!(quote::unquote(&quoted).as_deref(), Some(data));
    assert!(quoted.iter().all(|byte| (b' '..=b'~').contains(byte)), "{quoted:?}");

    let value = quote::value(data);
    match quote::unquote(&value) {
        Some(unquoted) => assert_eq!(unquoted, data),
        None => assert_eq!(value, data),
    }
    for text in [quoted, value] {
        let line = [b"/ip route add comment=".as_slice(), &text, b" distance=7"].concat();
        let script = Script::parse(&line).unwrap_or_else(|errors| panic!("{:?}: {errors:?}", line.escape_ascii()));
        tree::is_one_command_with_two_values(&script, &text);
    }
    // Arbitrary text between quotes: refused or read, and what was read survives being written again.
    if let Some(text) = quote::unquote(data) {
        assert_eq!(quote::unquote(&quote::quote(&text)), Some(text));
    }
}
