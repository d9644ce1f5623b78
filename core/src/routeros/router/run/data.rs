//! The values of RouterOS' scripting language.

use alloc::{format, sync::Arc, vec::Vec};
use core::net::Ipv4Addr;

use crate::routeros::{
    router::row::RowId,
    value::{self, Kind, Value},
};

/// A value of a script.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Data {
    /// What a variable is that nobody set, and what a command gives that gives nothing.
    #[default]
    Nothing,
    Bool(bool),
    Number(i64),
    /// Milliseconds.
    Time(i64),
    Address(Ipv4Addr),
    Id(RowId),
    Text(Vec<u8>),
    Array(Vec<Element>),
    /// The text of a `{ .. }`, run when it is called.
    Code(Arc<[u8]>),
}

/// An element of an array: the key, where it has one, and the value.
pub(crate) type Element = (Option<Vec<u8>>, Data);

impl Data {
    /// What an unquoted word means: `yes`, `7`, `1m`, `10.0.0.1`, `*1F`, else its text.
    pub(super) fn literal(word: &[u8]) -> Data {
        let Ok(text) = core::str::from_utf8(word) else {
            return Data::Text(word.to_vec());
        };
        match word {
            b"yes" | b"true" => Data::Bool(true),
            b"no" | b"false" => Data::Bool(false),
            [b'*', digits @ ..] if !digits.is_empty() => {
                RowId::parse(text).map_or_else(|| Data::Text(word.to_vec()), Data::Id)
            }
            [b'0'..=b'9' | b'-', ..] => number(text)
                .map(Data::Number)
                .or_else(|| text.parse().map(Data::Address).ok())
                .or_else(|| time(text))
                .unwrap_or_else(|| Data::Text(word.to_vec())),
            _ => Data::Text(word.to_vec()),
        }
    }

    /// The value of a property of that kind.
    pub(super) fn of_property(kind: Kind, value: &Value) -> Data {
        match kind {
            Kind::Text => Data::Text(value.as_bytes().to_vec()),
            Kind::Flag => Data::Bool(value::equal(kind, value, &Value::from("yes"))),
            _ => Data::literal(value.as_bytes()),
        }
    }

    pub(super) fn text(text: impl AsRef<[u8]>) -> Data {
        Data::Text(text.as_ref().to_vec())
    }

    pub(super) fn list(values: impl IntoIterator<Item = Data>) -> Data {
        Data::Array(values.into_iter().map(|value| (None, value)).collect())
    }

    /// As `:put` writes it: `true`, `00:01:00`, elements joined by `;`.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        match self {
            Data::Bool(true) => b"true".to_vec(),
            Data::Bool(false) => b"false".to_vec(),
            Data::Time(milliseconds) => clock(*milliseconds).into_bytes(),
            Data::Array(elements) => join(elements, b';', Data::to_bytes),
            plain => plain.to_value().into_bytes(),
        }
    }

    /// As a property holds it: `yes`, `1m`, elements joined by `,`.
    pub(super) fn to_value(&self) -> Value {
        match self {
            Data::Nothing => Value::default(),
            Data::Bool(true) => Value::from("yes"),
            Data::Bool(false) => Value::from("no"),
            Data::Number(number) => Value::from(format!("{number}")),
            Data::Time(milliseconds) => {
                let clock = Value::from(clock(*milliseconds));
                Value::from(value::canonical(Kind::Duration, &clock).into_owned())
            }
            Data::Address(address) => Value::from(format!("{address}")),
            Data::Id(id) => Value::from(format!("{id}")),
            Data::Text(text) => Value::from(text.as_slice()),
            Data::Array(elements) => Value::from(join(elements, b',', |data| data.to_value().into_bytes())),
            Data::Code(text) => Value::from(&**text),
        }
    }

    /// The name of its type, as `:typeof` gives it.
    pub(super) fn type_name(&self) -> &'static str {
        match self {
            Data::Nothing => "nothing",
            Data::Bool(_) => "bool",
            Data::Number(_) => "num",
            Data::Time(_) => "time",
            Data::Address(_) => "ip",
            Data::Id(_) => "id",
            Data::Text(text) if is_prefix(text) => "ip-prefix",
            Data::Text(_) => "str",
            Data::Array(_) => "array",
            Data::Code(_) => "code",
        }
    }

    /// Whether a condition holds: `true`, `yes`; numbers other than 0.
    pub(super) fn is_true(&self) -> bool {
        match self {
            Data::Bool(value) => *value,
            Data::Number(number) => *number != 0,
            Data::Text(text) => matches!(text.as_slice(), b"yes" | b"true"),
            _ => false,
        }
    }

    pub(super) fn number(&self) -> Option<i64> {
        match self {
            Data::Number(number) => Some(*number),
            Data::Time(milliseconds) => milliseconds.checked_div(1_000),
            Data::Bool(value) => Some(i64::from(*value)),
            Data::Text(text) => number(core::str::from_utf8(text).ok()?),
            _ => None,
        }
    }

    /// How much room it takes, in bytes or thereabouts; beyond all measure where arrays stand too deep in one another.
    pub(super) fn size(&self) -> usize {
        const DEEPEST: usize = 64;
        self.size_within(DEEPEST)
    }

    fn size_within(&self, depth: usize) -> usize {
        /// So that an array has room for some 100,000 ids, those of a large address list.
        const ELEMENT: usize = 8;
        let Some(inner) = depth.checked_sub(1) else {
            return usize::MAX;
        };
        let element = |(key, value): &Element| {
            let key = key.as_ref().map_or(0, Vec::len);
            key.saturating_add(value.size_within(inner))
                .saturating_add(ELEMENT)
        };
        match self {
            Data::Text(text) => text.len(),
            Data::Code(text) => text.len(),
            Data::Array(elements) => elements.iter().map(element).fold(1, usize::saturating_add),
            _ => 1,
        }
    }

    /// The elements of an array; anything else is its own only element, nothing has none.
    pub(super) fn into_elements(self) -> Vec<Element> {
        match self {
            Data::Array(elements) => elements,
            Data::Nothing => Vec::new(),
            Data::Text(text) if text.is_empty() => Vec::new(),
            one => alloc::vec![(None, one)],
        }
    }

    /// The element of that key, or at that position.
    pub(super) fn element(&self, key: &Data) -> Data {
        let Data::Array(elements) = self else {
            return Data::Nothing;
        };
        let found = match key {
            Data::Number(index) => usize::try_from(*index).ok().and_then(|index| elements.get(index)),
            key => {
                let key = key.to_bytes();
                elements.iter().find(|(own, _)| own.as_ref() == Some(&key))
            }
        };
        found.map_or(Data::Nothing, |(_, value)| value.clone())
    }

    /// Sets the element of that key, or at that position.
    pub(super) fn set_element(&mut self, key: &Data, value: Data) {
        if !matches!(self, Data::Array(_)) {
            *self = Data::Array(Vec::new());
        }
        let Data::Array(elements) = self else { return };
        let found = match key {
            Data::Number(index) => usize::try_from(*index)
                .ok()
                .and_then(|index| elements.get_mut(index)),
            key => {
                let key = key.to_bytes();
                elements.iter_mut().find(|(own, _)| own.as_ref() == Some(&key))
            }
        };
        match (found, key) {
            (Some((_, own)), _) => *own = value,
            (None, Data::Number(_)) => elements.push((None, value)),
            (None, key) => elements.push((Some(key.to_bytes()), value)),
        }
    }

    /// Whether both mean the same: of one type by value, else by what they print.
    pub(super) fn means(&self, other: &Data) -> bool {
        match (self, other) {
            (Data::Bool(a), b) | (b, Data::Bool(a)) => *a == b.is_true(),
            (Data::Nothing, Data::Text(text)) | (Data::Text(text), Data::Nothing) => text.is_empty(),
            (a, b) => a == b || a.to_bytes() == b.to_bytes(),
        }
    }

    /// Which comes first; `None` where they cannot be compared.
    pub(super) fn order(&self, other: &Data) -> Option<core::cmp::Ordering> {
        match (self, other) {
            (Data::Time(a), Data::Time(b)) => Some(a.cmp(b)),
            (Data::Address(a), Data::Address(b)) => Some(a.cmp(b)),
            (Data::Text(a), Data::Text(b)) => Some(a.cmp(b)),
            (a, b) => Some(a.number()?.cmp(&b.number()?)),
        }
    }
}

fn join(elements: &[Element], separator: u8, print: impl Fn(&Data) -> Vec<u8>) -> Vec<u8> {
    let mut joined = Vec::new();
    for (index, (key, value)) in elements.iter().enumerate() {
        if index > 0 {
            joined.push(separator);
        }
        if let Some(key) = key {
            joined.extend_from_slice(key);
            joined.push(b'=');
        }
        joined.extend(print(value));
    }
    joined
}

fn number(text: &str) -> Option<i64> {
    match text.strip_prefix("0x") {
        Some(digits) => i64::from_str_radix(digits, 16).ok(),
        None if text.starts_with('+') => None,
        None => text.parse().ok(),
    }
}

fn time(text: &str) -> Option<Data> {
    let unit = text.ends_with(['s', 'm', 'h', 'd', 'w']) || text.matches(':').count() == 2;
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let milliseconds = i64::try_from(value::milliseconds(digits).filter(|_| unit)?).ok()?;
    milliseconds.checked_mul(sign).map(Data::Time)
}

/// `1d00:01:00`, as RouterOS prints a time.
fn clock(milliseconds: i64) -> alloc::string::String {
    let sign = if milliseconds < 0 { "-" } else { "" };
    let part = |length: u64, within: u64| {
        let whole = milliseconds.unsigned_abs().checked_div(length).unwrap_or(0);
        whole.checked_rem(within).unwrap_or(0)
    };
    let (days, hours) = (part(86_400_000, u64::MAX), part(3_600_000, 24));
    let (minutes, seconds, rest) = (part(60_000, 60), part(1_000, 60), part(1, 1_000));
    let days = if days > 0 {
        format!("{days}d")
    } else {
        alloc::string::String::new()
    };
    let rest = if rest > 0 {
        format!(".{rest:03}")
    } else {
        alloc::string::String::new()
    };
    format!("{sign}{days}{hours:02}:{minutes:02}:{seconds:02}{rest}")
}

fn is_prefix(text: &[u8]) -> bool {
    let prefix = core::str::from_utf8(text)
        .ok()
        .and_then(|text| text.split_once('/'));
    prefix.is_some_and(|(host, length)| host.parse::<Ipv4Addr>().is_ok() && length.parse::<u8>().is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_means_what_its_shape_says() {
        let type_of = |word: &str| Data::literal(word.as_bytes()).type_name();
        let words = [
            "yes",
            "7",
            "-7",
            "0x1F",
            "1m",
            "00:01:00",
            "10.0.0.1",
            "10.0.0.0/8",
            "*1F",
            "ether1",
            "7.10",
        ];
        let types = [
            "bool",
            "num",
            "num",
            "num",
            "time",
            "time",
            "ip",
            "ip-prefix",
            "id",
            "str",
            "str",
        ];
        assert_eq!(words.map(type_of), types);
    }

    #[test]
    fn times_print_as_clocks_and_are_set_as_spans() {
        let day = Data::literal(b"1d1m");
        assert_eq!(day.to_bytes(), b"1d00:01:00");
        assert_eq!(day.to_value(), "1d1m");
        assert_eq!(Data::literal(b"-50ms").to_bytes(), b"-00:00:00.050");
    }
}
