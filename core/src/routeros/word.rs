//! Words of the API (D:47579160).

use alloc::vec::Vec;

/// An attribute: `=name=value`.
pub(crate) fn attribute(name: &str, value: &[u8]) -> Vec<u8> {
    [b"=", name.as_bytes(), b"=", value].concat()
}
