//! Canonical values: booleans, durations, addresses, lists, negation, ids.

use alloc::{borrow::Cow, string::String, vec::Vec};
use core::fmt;

use serde::{Serialize, Serializer, ser::SerializeMap};

mod canonical;

pub(crate) use canonical::milliseconds;
pub use canonical::{Kind, canonical, equal};

/// The value of a property: bytes, as they stand in the router.
///
/// Names and comments come from customers, in any encoding; nothing here assumes UTF-8.
///
/// # Example
/// ```
/// use multi_isp::routeros::value::{Kind, Value, equal};
///
/// let typed = Value::from("1m");
/// assert!(equal(Kind::Duration, &typed, &Value::from("00:01:00")));
/// assert!(!equal(Kind::Text, &typed, &Value::from("00:01:00")));
/// ```
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Value(Vec<u8>);

impl Value {
    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// As text; bytes that are not UTF-8 become U+FFFD.
    pub fn to_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }

    /// Whether there are no bytes at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The bytes, owned.
    pub fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value(text.as_bytes().to_vec())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value(text.into_bytes())
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Value {
        Value(bytes)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Value {
        Value(bytes.to_vec())
    }
}

impl AsRef<[u8]> for Value {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl PartialEq<str> for Value {
    fn eq(&self, other: &str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl PartialEq<&str> for Value {
    fn eq(&self, other: &&str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_text(), f)
    }
}

/// A string; bytes that are not UTF-8 become `{"hex": ".."}`.
impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match core::str::from_utf8(&self.0) {
            Ok(text) => serializer.serialize_str(text),
            Err(_) => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("hex", &Hex(&self.0))?;
                map.end()
            }
        }
    }
}

struct Hex<'a>(&'a [u8]);

impl Serialize for Hex<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_any_encoding_survives_json() {
        let json = |value: Value| serde_json::to_string(&value).unwrap();
        assert_eq!(json(Value::from("Jos\u{e9}")), "\"Jos\u{e9}\"");
        assert_eq!(json(Value::from(&b"\xCF\xF0"[..])), r#"{"hex":"cff0"}"#);
    }
}
