//! Values of matchers → what they say.

use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::routeros::value::{Kind, Value, canonical};

/// Addresses from the first to the last, both among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Span {
    pub(super) first: Ipv4Addr,
    pub(super) last: Ipv4Addr,
}

/// Numbers from the first to the last, both among them.
pub(super) type Range = (u16, u16);

/// Whether a value is turned round, and what behind the `!` is.
pub(super) fn negated(value: &[u8]) -> (bool, &[u8]) {
    match value.strip_prefix(b"!") {
        Some(bare) => (true, bare),
        None => (false, value),
    }
}

/// The parts of a list; one that is empty has none.
pub(super) fn items(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.split(|byte| *byte == b',').filter(|item| !item.is_empty())
}

/// An address, a prefix or `first-last` \[D:250708064\]; none of a name.
pub(super) fn span(value: &[u8]) -> Option<Span> {
    if let Some((first, last)) = halves(value, '-') {
        let (first, last) = (first.parse().ok()?, last.parse().ok()?);
        return (first <= last).then_some(Span { first, last });
    }
    let value = Value::from(value);
    let net: Ipv4Net = text(&canonical(Kind::Prefix, &value))?.parse().ok()?;
    Some(Span {
        first: net.network(),
        last: net.broadcast(),
    })
}

/// Ports and ranges of them, as `80,443,8000-8010`.
pub(super) fn ranges(value: &[u8]) -> Option<Vec<Range>> {
    items(value).map(range).collect()
}

/// A number, or `first-last`.
pub(super) fn range(value: &[u8]) -> Option<Range> {
    match halves(value, '-') {
        Some((first, last)) => Some((first.parse().ok()?, last.parse().ok()?)),
        None => text(value)?.parse().ok().map(|only| (only, only)),
    }
}

pub(super) fn is_within(ranges: &[Range], number: u16) -> bool {
    ranges
        .iter()
        .any(|(first, last)| (*first..=*last).contains(&number))
}

pub(super) fn halves(value: &[u8], separator: char) -> Option<(&str, &str)> {
    text(value)?.split_once(separator)
}

pub(super) fn text(value: &[u8]) -> Option<&str> {
    core::str::from_utf8(value).ok()
}

impl Span {
    pub(super) fn has(&self, address: Ipv4Addr) -> bool {
        (self.first..=self.last).contains(&address)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str) -> Option<(Ipv4Addr, Ipv4Addr)> {
        span(text.as_bytes()).map(|span| (span.first, span.last))
    }

    #[test]
    fn addresses_have_three_forms() {
        let of = |first: [u8; 4], last: [u8; 4]| Some((first.into(), last.into()));
        assert_eq!(ends("192.0.2.7"), of([192, 0, 2, 7], [192, 0, 2, 7]));
        assert_eq!(
            ends("192.0.2.7/24"),
            of([192, 0, 2, 0], [192, 0, 2, 255]),
            "RouterOS takes the host bits away"
        );
        assert_eq!(ends("0/0"), of([0; 4], [255; 4]));
        assert_eq!(ends("10.0.0.9-10.0.1.2"), of([10, 0, 0, 9], [10, 0, 1, 2]));
        for no_addresses in [
            "",
            "example.com",
            "my-host.example",
            "10.0.0.2-10.0.0.1",
            "192.0.2.0/33",
            "2001:db8::1",
        ] {
            assert_eq!(ends(no_addresses), None, "{no_addresses}");
        }
    }

    #[test]
    fn ports_are_lists_of_ranges() {
        let ranges = |text: &str| ranges(text.as_bytes());
        assert_eq!(
            ranges("80,443,8000-8010").unwrap(),
            [(80, 80), (443, 443), (8000, 8010)]
        );
        assert_eq!(ranges("http"), None);
        assert_eq!(ranges("70000"), None);
    }
}
