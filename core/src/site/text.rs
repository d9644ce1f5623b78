//! Names and labels that customers typed, in whatever encoding.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

/// Name of an interface or label of a line: any bytes, as a router keeps them
///
/// Most are UTF-8; a router set up with an old WinBox may hold CP1251 or CP1252, and those bytes come out as they went in.
/// `Display` is for people: bytes that are no text show as `�`.
#[derive(Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Text(Vec<u8>);

impl Text {
    /// Longest text that a site takes, in bytes; the limit of RouterOS is not known, longer ones were never seen
    pub const MAX_BYTES: usize = 200;

    /// The bytes themselves
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The text where it is UTF-8
    pub fn as_str(&self) -> Option<&str> {
        core::str::from_utf8(&self.0).ok()
    }

    /// What forbids it as a name, if anything: how RouterOS treats control bytes in names is not known
    pub(super) fn fault(&self) -> Option<&'static str> {
        match self.0.len() {
            0 => Some("is empty"),
            length if length > Self::MAX_BYTES => Some("is longer than 200 bytes"),
            _ if self.0.iter().any(u8::is_ascii_control) => Some("has a control character in it"),
            _ => None,
        }
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&String::from_utf8_lossy(&self.0))
    }
}

impl fmt::Debug for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "\"{}\"", self.0.escape_ascii())
    }
}

impl AsRef<[u8]> for Text {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text.into_bytes())
    }
}

impl From<Vec<u8>> for Text {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes)
    }
}

impl PartialEq<str> for Text {
    fn eq(&self, other: &str) -> bool {
        self.0 == other.as_bytes()
    }
}

impl PartialEq<&str> for Text {
    fn eq(&self, other: &&str) -> bool {
        self == *other
    }
}
