//! Text that may be in any encoding.

use serde::{Deserialize, Serialize};

/// Text of a router or a customer: names may be in any encoding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, uniffi::Enum)]
#[serde(untagged)]
pub enum Text {
    /// Text in UTF-8, as nearly all is.
    Utf8(String),
    /// Bytes that are not UTF-8.
    Bytes {
        /// The bytes in hexadecimal, two digits each.
        hex: String,
    },
}
