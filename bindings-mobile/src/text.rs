//! Text that may be in any encoding.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Text of a router or a customer: names may be in any encoding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, uniffi::Enum)]
#[serde(untagged)]
#[uniffi::export(Display)]
pub enum Text {
    /// Text in UTF-8, as nearly all is.
    Utf8(String),
    /// Bytes that are not UTF-8.
    Bytes {
        /// The bytes in hexadecimal, two digits each.
        hex: String,
    },
}

impl Text {
    /// The bytes; none where the digits are not hexadecimal, or one is missing.
    pub fn bytes(&self) -> Option<Vec<u8>> {
        let hex = match self {
            Self::Utf8(value) => return Some(value.clone().into_bytes()),
            Self::Bytes { hex } => hex.as_bytes(),
        };
        let digit = |digit: u8| {
            char::from(digit)
                .to_digit(16)
                .and_then(|digit| u8::try_from(digit).ok())
        };
        hex.chunks(2)
            .map(|pair| match *pair {
                [high, low] => Some((digit(high)? << 4) | digit(low)?),
                _ => None,
            })
            .collect()
    }
}

/// For people: bytes that are no text show as `\u{fffd}`.
impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&String::from_utf8_lossy(&self.bytes().unwrap_or_default()))
    }
}
