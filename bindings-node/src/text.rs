//! What stands for a text in JavaScript: a string, or bytes.

use napi::bindgen_prelude::{Either, Uint8Array};

use crate::places::Places;

/// A string, or bytes in any encoding.
pub type Given = Either<String, Uint8Array>;

/// Bytes as core takes them, and how places in them are counted.
pub struct Text {
    pub bytes: Vec<u8>,
    pub places: Places,
}

impl From<Given> for Text {
    fn from(given: Given) -> Self {
        match given {
            Either::A(text) => Self {
                places: Places::of_string(&text),
                bytes: text.into_bytes(),
            },
            Either::B(bytes) => Self {
                places: Places::default(),
                bytes: bytes.to_vec(),
            },
        }
    }
}

/// The bytes alone, where nobody asks for places.
pub fn bytes(given: Given) -> Vec<u8> {
    Text::from(given).bytes
}
