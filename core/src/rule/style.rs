//! How messages read (STYLE rule 6): every finding that a test of a rule sees is held to it.

#![cfg(test)]

use alloc::vec::Vec;
use std::panic;

use crate::diagnostic::Diagnostic;

/// Messages that are known to be poor, a line each: the code, the beginning of the message, and why it is still so
const POOR: &str = include_str!("poor_messages.txt");

/// A message is a sentence in lower case without a full stop, never speaks of "you", and puts what is typed in back-ticks; help
/// says what to do, in the same way
#[track_caller]
pub(crate) fn well_said(found: &Diagnostic) {
    let code = found.code;
    let help = found
        .help
        .as_deref()
        .unwrap_or_else(|| panic!("{code}: no help: {found}"));
    if is_known(found) {
        return;
    }
    for text in [found.message.as_str(), help] {
        let fault = FAULTS.iter().find(|(_, is_faulty)| is_faulty(text));
        assert!(
            fault.is_none(),
            "{code}: {}: {text}",
            fault.map_or("", |(what, _)| what)
        );
    }
}

fn is_known(found: &Diagnostic) -> bool {
    let lines = POOR.lines().filter(|text| !text.starts_with('#'));
    let mut known = lines.filter_map(|text| text.split_once('\t'));
    known.any(|(code, message)| {
        let start = message.split('\t').next().unwrap_or_default();
        code == found.code.as_str() && found.message.starts_with(start)
    })
}

type Fault = (&'static str, fn(&str) -> bool);

const FAULTS: [Fault; 7] = [
    ("ends with a full stop", |text| text.ends_with(['.', '!'])),
    ("has more than one line", |text| text.contains('\n')),
    ("begins with a capital that is no name", |text| {
        text.starts_with(char::is_uppercase) && !NAMES.iter().any(|name| text.starts_with(name))
    }),
    ("speaks to somebody", |text| {
        words(text).any(|word| ["you", "your", "please"].contains(&word))
    }),
    ("has a back-tick that nothing closes", |text| {
        text.matches('`').count() % 2 == 1
    }),
    ("is a word, and no sentence", |text| words(text).count() < 3),
    ("names a type of Rust", |text| {
        ["Option<", "Some(", "None)", "::"]
            .iter()
            .any(|sign| text.contains(sign))
    }),
];

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|sign: char| !sign.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// Names that begin with a capital
const NAMES: [&str; 16] = [
    "DHCP",
    "DNS",
    "FastTrack",
    "Free Access",
    "IPv4",
    "IPv6",
    "ISP 1",
    "LTE",
    "NAT",
    "PCC",
    "PPPoE",
    "RouterOS",
    "SMS",
    "USB",
    "VLAN",
    "WireGuard",
];

#[test]
fn what_is_known_to_be_poor_is_explained() {
    for text in POOR
        .lines()
        .filter(|text| !text.starts_with('#') && !text.is_empty())
    {
        let parts: Vec<&str> = text.split('\t').collect();
        assert!(
            parts.len() == 3 && parts[2].len() > 20,
            "code, message and reason: {text}"
        );
        assert!(
            crate::rulebook::explain(parts[0]).is_some(),
            "no such rule: {text}"
        );
    }
}

#[test]
fn poor_messages_are_seen() {
    let found = |message: &str, help: &str| {
        let found = Diagnostic::error(crate::diagnostic::Code::new("a"), message).with_help(help);
        std::panic::catch_unwind(|| well_said(&found)).is_ok()
    };
    let (good, help) = ("port `ether2` is on a bridge", "take it off the bridge");
    assert!(found(good, help));
    for poor in [
        "Port is on a bridge",
        "port is on a bridge.",
        "your port is on a bridge",
        "port `ether2 is on a bridge",
        "port\nis on a bridge",
        "bridged",
    ] {
        assert!(!found(poor, help) && !found(good, poor), "{poor}");
    }
}
