//! One spelling for every way in which RouterOS writes the same value.
//!
//! Exports write `yes` and `1m`, REST `true` and `1m`, `print` `00:01:00`, and people all of them.

use alloc::{borrow::Cow, format, vec::Vec};
use core::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use super::Value;

/// How the values of a property are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Byte for byte: names, comments, scripts.
    Text,
    /// `yes`/`no`, `true`/`false`.
    Bool,
    /// Written without a value, as `blackhole`: there, or not.
    Flag,
    /// `1w2d3h4m5s6ms`, `00:01:00`, `1d00:00:10`, or a number of seconds.
    Duration,
    /// Decimal or `0x` hexadecimal.
    Number,
    /// A number with `k`, `M`, `G` (powers of 1000): `10M` is `10000000`. Also pairs, `10M/2M`.
    Rate,
    /// A number with `KiB`, `MiB`, `GiB`.
    Size,
    /// An address, with or without zone (`192.0.2.1%ether1`).
    Address,
    /// An address with a length: `0/0` is `0.0.0.0/0`, `10.0.0.1` is `10.0.0.1/32`.
    Prefix,
    /// A MAC address, in any case.
    Mac,
    /// Members in any order, separated by commas.
    Set,
    /// Members in their order, separated by commas, each judged by its shape.
    List,
    /// Judged by its shape: booleans, durations, addresses.
    Auto,
}

/// Whether two spellings mean the same.
pub fn equal(kind: Kind, a: &Value, b: &Value) -> bool {
    a == b || canonical(kind, a) == canonical(kind, b)
}

/// The one spelling of `value`; what is not of its kind stays as it is.
///
/// # Example
/// ```
/// use multi_isp::routeros::value::{Kind, Value, canonical};
///
/// let of = |kind, text: &str| canonical(kind, &Value::from(text)).into_owned();
/// assert_eq!(of(Kind::Bool, "true"), b"yes");
/// assert_eq!(of(Kind::Prefix, "0/0"), b"0.0.0.0/0");
/// assert_eq!(of(Kind::Rate, "10M/512k"), b"10000000/512000");
/// assert_eq!(of(Kind::Auto, "!1d00:00:10"), b"!1d10s");
/// ```
pub fn canonical(kind: Kind, value: &Value) -> Cow<'_, [u8]> {
    let bytes = value.as_bytes();
    match spelling(kind, bytes) {
        Some(spelled) => Cow::Owned(spelled),
        None => Cow::Borrowed(bytes),
    }
}

/// A new spelling where the canonical one differs from `bytes`.
fn spelling(kind: Kind, bytes: &[u8]) -> Option<Vec<u8>> {
    if kind == Kind::Text {
        return None;
    }
    if let Some(negated) = bytes.strip_prefix(b"!") {
        return spelling(kind, negated).map(|spelled| [b"!", spelled.as_slice()].concat());
    }
    let text = core::str::from_utf8(bytes).ok()?;
    match kind {
        Kind::Text => None,
        Kind::Bool => boolean(text),
        Kind::Flag => boolean(text).or_else(|| text.is_empty().then(|| b"yes".to_vec())),
        Kind::Duration => duration(text),
        Kind::Number => number(text).map(|n| format!("{n}").into_bytes()),
        Kind::Rate => parts(text, '/', rate),
        Kind::Size => size(text).map(|n| format!("{n}").into_bytes()),
        Kind::Address => address(text),
        Kind::Prefix => prefix(text),
        Kind::Mac => Some(text.to_ascii_uppercase().into_bytes()),
        Kind::Set => set(text),
        Kind::List => parts(text, ',', shape),
        Kind::Auto => shape(text),
    }
}

/// Every part of `text` in its spelling.
fn parts(text: &str, separator: char, spell: fn(&str) -> Option<Vec<u8>>) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(text.len());
    for (index, part) in text.split(separator).enumerate() {
        if index > 0 {
            joined.extend(separator.encode_utf8(&mut [0; 4]).bytes());
        }
        match spell(part) {
            Some(spelled) => joined.extend(spelled),
            None => joined.extend(part.bytes()),
        }
    }
    Some(joined)
}

fn set(text: &str) -> Option<Vec<u8>> {
    let mut members: Vec<Cow<'_, [u8]>> = text
        .split(',')
        .map(|part| shape(part).map_or(Cow::Borrowed(part.as_bytes()), Cow::Owned))
        .collect();
    members.sort_unstable();
    members.dedup();
    Some(members.join(&b","[..]))
}

/// The spelling of a value of which only its shape is known.
///
/// Never of plain or broken numbers (`100`, `7.10`): they may be names, versions or ports.
fn shape(text: &str) -> Option<Vec<u8>> {
    match text.as_bytes() {
        [b'0'..=b'9', .., b's' | b'm' | b'h' | b'd' | b'w'] => duration(text),
        [b'0'..=b'9', ..] if text.contains('/') => prefix(text),
        [b'0'..=b'9', ..] if text.matches(':').count() == 2 => duration(text).or_else(|| address(text)),
        [b'0'..=b'9', ..] => address(text),
        _ => boolean(text),
    }
}

fn boolean(text: &str) -> Option<Vec<u8>> {
    match text {
        "yes" | "true" => Some(b"yes".to_vec()),
        "no" | "false" => Some(b"no".to_vec()),
        _ => None,
    }
}

fn number(text: &str) -> Option<u64> {
    match text.strip_prefix("0x") {
        Some(digits) => u64::from_str_radix(digits, 16).ok(),
        None => text
            .bytes()
            .all(|b| b.is_ascii_digit())
            .then(|| text.parse().ok())?,
    }
}

fn rate(text: &str) -> Option<Vec<u8>> {
    scaled(text, &[("k", 1_000), ("M", 1_000_000), ("G", 1_000_000_000)]).map(|n| format!("{n}").into_bytes())
}

fn size(text: &str) -> Option<u64> {
    scaled(text, &[("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30)])
}

fn scaled(text: &str, units: &[(&str, u64)]) -> Option<u64> {
    let unit = units
        .iter()
        .find_map(|(unit, factor)| Some((text.strip_suffix(unit)?, *factor)));
    let (digits, factor) = unit.unwrap_or((text, 1));
    number(digits)?.checked_mul(factor)
}

const UNITS: [(&str, u64); 6] = [
    ("w", 604_800_000),
    ("d", 86_400_000),
    ("h", 3_600_000),
    ("m", 60_000),
    ("s", 1_000),
    ("ms", 1),
];

/// `1w2d3h4m5s6ms`; nothing is `0s`.
fn duration(text: &str) -> Option<Vec<u8>> {
    let mut left = milliseconds(text)?;
    let mut spelled = Vec::new();
    for (unit, length) in UNITS {
        let count = left.checked_div(length)?;
        left = left.checked_rem(length)?;
        if count > 0 {
            spelled.extend(format!("{count}{unit}").bytes());
        }
    }
    if spelled.is_empty() {
        spelled.extend(b"0s");
    }
    Some(spelled)
}

/// The length of a duration in milliseconds.
///
/// Reads `10` (seconds), `1h30m`, `500ms`, `00:01:00`, `1d00:00:10`, `00:00:00.050`.
pub(crate) fn milliseconds(text: &str) -> Option<u64> {
    let mut total: u64 = 0;
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let (count, tail) = rest.split_at_checked(digits)?;
        if tail.starts_with([':', '.']) || (tail.is_empty() && total > 0) {
            return total.checked_add(clock(rest)?);
        }
        let count: u64 = count.parse().ok()?;
        let letters = tail
            .find(|c: char| !c.is_ascii_alphabetic())
            .unwrap_or(tail.len());
        let (unit, after) = tail.split_at_checked(letters)?;
        let length = if unit.is_empty() {
            1_000
        } else {
            UNITS.iter().find(|(name, _)| *name == unit)?.1
        };
        total = total.checked_add(count.checked_mul(length)?)?;
        rest = after;
    }
    (!text.is_empty()).then_some(total)
}

/// `hh:mm:ss`, `mm:ss`, with an optional fraction.
fn clock(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.split(':').count() > 3 {
        return None;
    }
    let mut seconds: u64 = 0;
    for part in whole.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(number(part)?)?;
    }
    let padded = format!("{fraction:0<3}");
    let thousandths = number(padded.get(..3)?)?;
    seconds.checked_mul(1_000)?.checked_add(thousandths)
}

fn address(text: &str) -> Option<Vec<u8>> {
    let (host, zone) = match text.split_once('%') {
        Some((host, zone)) => (host, Some(zone)),
        None => (text, None),
    };
    let host: IpAddr = host.parse().ok()?;
    Some(
        zone.map_or_else(|| format!("{host}"), |zone| format!("{host}%{zone}"))
            .into_bytes(),
    )
}

fn prefix(text: &str) -> Option<Vec<u8>> {
    let (host, length) = match text.split_once('/') {
        Some((host, length)) => (host, Some(length)),
        None => (text, None),
    };
    if let Some(host) = short_v4(host) {
        let length = length.map_or(Some(32), |digits| digits.parse::<u8>().ok())?;
        return Some(format!("{host}/{length}").into_bytes());
    }
    let host: Ipv6Addr = host.parse().ok()?;
    let length = length.map_or(Some(128), |digits| digits.parse::<u8>().ok())?;
    Some(format!("{host}/{length}").into_bytes())
}

/// `10.1` is `10.1.0.0` where a prefix is read, as RouterOS takes it.
fn short_v4(text: &str) -> Option<Ipv4Addr> {
    let mut octets = [0; 4];
    let mut parts = text.split('.');
    for octet in &mut octets {
        match parts.next() {
            Some(part) => *octet = part.parse().ok()?,
            None => break,
        }
    }
    parts.next().is_none().then_some(Ipv4Addr::from(octets))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(kind: Kind, a: &str, b: &str) {
        assert!(equal(kind, &Value::from(a), &Value::from(b)), "{a} and {b}");
    }

    #[track_caller]
    fn differ(kind: Kind, a: &str, b: &str) {
        assert!(!equal(kind, &Value::from(a), &Value::from(b)), "{a} and {b}");
    }

    #[test]
    fn spellings_of_one_value_are_equal() {
        same(Kind::Bool, "yes", "true");
        same(Kind::Flag, "", "true");
        same(Kind::Duration, "1m", "00:01:00");
        same(Kind::Duration, "1d", "1d00:00:00");
        same(Kind::Duration, "24h", "1d");
        same(Kind::Duration, "10", "10s");
        same(Kind::Duration, "0.05", "50ms");
        same(Kind::Duration, "1w3d", "10d");
        same(Kind::Prefix, "0.0.0.0/0", "0/0");
        same(Kind::Prefix, "9.9.9.9", "9.9.9.9/32");
        same(Kind::Prefix, "2001:DB8::/32", "2001:db8:0::/32");
        same(Kind::Rate, "10M", "10000000");
        same(Kind::Rate, "10M/1k", "10000000/1000");
        same(Kind::Size, "2048KiB", "2MiB");
        same(Kind::Number, "0x10", "16");
        same(Kind::Mac, "aa:bb:cc:00:11:22", "AA:BB:CC:00:11:22");
        same(Kind::Set, "established,related", "related,established");
        same(Kind::Address, "FE80::1%ether1", "fe80::1%ether1");
        same(Kind::Auto, "!10.0.0.0/8", "!10/8");
        same(Kind::Auto, "5m", "00:05:00");
    }

    #[test]
    fn different_values_stay_different() {
        differ(Kind::Text, "yes", "true");
        differ(Kind::Bool, "yes", "no");
        differ(Kind::Auto, "!yes", "yes");
        differ(Kind::Auto, "100", "100s");
        differ(Kind::Auto, "7.10", "7.1");
        differ(Kind::Auto, "00:11:22:33:44:55", "00:11:22:33:44:56");
        differ(Kind::Auto, "1m2", "62s ");
        differ(Kind::List, "1.1.1.1,8.8.8.8", "8.8.8.8,1.1.1.1");
        differ(Kind::Prefix, "10.0.0.0/8", "10.0.0.0/16");
        differ(Kind::Address, "10.0.0.1%ether1", "10.0.0.1%ether2");
        differ(Kind::Duration, "auto", "0s");
    }

    #[test]
    fn what_is_not_of_its_kind_stays_as_it_is() {
        for (kind, text) in [
            (Kind::Duration, "99999999999999999999w"),
            (Kind::Duration, "1x"),
            (Kind::Duration, ""),
            (Kind::Duration, "1:2:"),
            (Kind::Prefix, "10.0.0.0/999"),
            (Kind::Prefix, "1.2.3.4.5"),
            (Kind::Rate, "99999999999999999999G"),
            (Kind::Address, "ether1"),
        ] {
            assert_eq!(canonical(kind, &Value::from(text)), text.as_bytes(), "{text}");
        }
    }
}
