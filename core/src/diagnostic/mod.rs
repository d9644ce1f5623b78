//! Findings as data: code, level, message, help and place, with plain-text rendering.
//!
//! A message is a sentence for the operator, a code is for the program. Codes are kebab-case nouns of the fault and stable
//! for ever; `help` says what to do about it.
//!
//! # Example
//!
//! ```
//! use multi_isp::diagnostic::{Code, Diagnostic, Place};
//!
//! const UNKNOWN_FIELD: Code = Code::new("unknown-field");
//! let source = b"{\n\t\"mpbs\": 100\n}";
//! let found = Diagnostic::error(UNKNOWN_FIELD, "a line has no field `mpbs`")
//!     .with_help("write `mbps`")
//!     .at(Place::locate(source, 3, 6));
//! assert_eq!(
//!     found.render(Some(source)),
//!     "error[unknown-field]: a line has no field `mpbs`
//!  --> 2:2
//!   |
//! 2 |     \"mpbs\": 100
//!   |     ^^^^^^
//! help: write `mbps`
//! "
//! );
//! ```

mod fix;
mod render;
pub(crate) mod shown;
mod subject;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Serialize, Serializer};

pub use self::fix::{Evidence, Fix};
pub use self::subject::{RowSubject, Subject};

/// Stable kebab-case name of a fault, such as `wan-port-on-bridge`
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(&'static str);

impl Code {
    /// Code of that name
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// Its name
    pub const fn as_str(self) -> &'static str {
        self.0
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.0)
    }
}

/// How grave a finding is; the gravest sorts first
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// Has to be mended before anything can be done
    Error,
    /// Works, at a cost that the operator should know
    Warning,
    /// Worth knowing
    Note,
}

impl Level {
    /// `error`, `warning` or `note`
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Where in a source text something stands
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// Bytes from the start of the source to the first byte meant
    pub offset: usize,
    /// Bytes meant; 0 is the gap before `offset`
    pub length: usize,
    /// Line of text, from 1
    pub line: u32,
    /// Byte within that line, from 1
    pub column: u32,
}

impl Place {
    /// Place of `length` bytes at `offset` of `source`, both cut to its end
    ///
    /// Text lines end with LF, CRLF or CR; each of the three counts once, as on a router.
    pub fn locate(source: &[u8], offset: usize, length: usize) -> Self {
        let offset = offset.min(source.len());
        let before = source.get(..offset).unwrap_or_default();
        let start = line_start(before);
        let ends = memchr::memchr2_iter(b'\r', b'\n', before.get(..start).unwrap_or_default())
            .filter(|&at| !is_inside_crlf(source, at))
            .count();
        Self {
            offset,
            length: length.min(source.len().saturating_sub(offset)),
            line: count(ends),
            column: count(offset.saturating_sub(start)),
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// One finding: a fault of an input, or something to know about it
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Name of the fault, for programs
    pub code: Code,
    /// How grave it is
    pub level: Level,
    /// Sentence for the operator, lower case and without a full stop
    pub message: String,
    /// What to do about it
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where in the source it stands
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
    /// Lines, interfaces, rows, menus or fields that it is about
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub subjects: Vec<Subject>,
    /// What shows it: the way of a packet, step by step
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// What mends it, where that can be told
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

impl Diagnostic {
    /// Finding that has to be mended
    pub fn error(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Level::Error, message)
    }

    /// Finding that works, at a cost
    pub fn warning(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Level::Warning, message)
    }

    /// Finding worth knowing
    pub fn note(code: Code, message: impl Into<String>) -> Self {
        Self::new(code, Level::Note, message)
    }

    /// Finding of a level that is data, as that of a rule
    pub fn new(code: Code, level: Level, message: impl Into<String>) -> Self {
        Self {
            code,
            level,
            message: message.into(),
            help: None,
            place: None,
            subjects: Vec::new(),
            evidence: Vec::new(),
            fix: None,
        }
    }

    /// With advice what to do
    #[must_use]
    pub fn with_help(self, help: impl Into<String>) -> Self {
        Self {
            help: Some(help.into()),
            ..self
        }
    }

    /// With the place that it is about
    #[must_use]
    pub fn at(self, place: Place) -> Self {
        Self {
            place: Some(place),
            ..self
        }
    }

    /// With one more thing that it is about
    ///
    /// The first row that has a place is the place of the finding, unless it has one of its own.
    #[must_use]
    pub fn about(mut self, subject: Subject) -> Self {
        self.place = self.place.or_else(|| subject.row().and_then(|row| row.place));
        self.subjects.push(subject);
        self
    }

    /// With what shows it
    #[must_use]
    pub fn shown_by(self, evidence: Vec<Evidence>) -> Self {
        Self { evidence, ..self }
    }

    /// With what mends it
    #[must_use]
    pub fn fixed_by(self, fix: Option<Fix>) -> Self {
        Self { fix, ..self }
    }

    /// With another level, as the caller wants it
    #[must_use]
    pub fn at_level(self, level: Level) -> Self {
        Self { level, ..self }
    }

    /// Plain text: headline, code frame and help, each ended by a newline
    ///
    /// The frame needs a place and its `source`. Tabs are printed four columns wide; bytes that are no text are printed as
    /// RouterOS escapes them (`\CF`); of a very long text line only the surroundings of the place are shown. The frame shows
    /// all that stands there: for a document with secrets use [`DocumentErrors::render`](crate::document::DocumentErrors::render) or
    /// [`ReadError::render`](crate::routeros::read::ReadError::render), which hide them.
    pub fn render(&self, source: Option<&[u8]>) -> String {
        render::render(self, "", source)
    }

    /// The same, with the name of the source before the place
    pub(crate) fn render_in(&self, name: &str, source: &[u8]) -> String {
        render::render(self, name, Some(source))
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: {}", self.level, self.code, self.message)
    }
}

/// Where the text lines of a source end, for many places of it
#[derive(Clone, Debug)]
pub(crate) struct LineEnds(Vec<usize>);

impl LineEnds {
    pub(crate) fn of(source: &[u8]) -> Self {
        let ends = memchr::memchr2_iter(b'\r', b'\n', source);
        Self(ends.filter(|&at| !is_inside_crlf(source, at)).collect())
    }

    /// Place of `length` bytes at `offset`, both within the source
    pub(crate) fn place(&self, offset: usize, length: usize) -> Place {
        let before = self.0.partition_point(|&end| end < offset);
        let last = before.checked_sub(1).and_then(|last| self.0.get(last));
        let start = last.map_or(0, |end| end.saturating_add(1));
        Place {
            offset,
            length,
            line: count(before),
            column: count(offset.saturating_sub(start)),
        }
    }
}

/// Offset just behind the last end of a text line in `before`
fn line_start(before: &[u8]) -> usize {
    memchr::memrchr2(b'\r', b'\n', before).map_or(0, |end| end.saturating_add(1))
}

fn is_inside_crlf(source: &[u8], at: usize) -> bool {
    source.get(at..at.saturating_add(2)) == Some(b"\r\n")
}

/// From a count of what is before to a number from 1
fn count(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_place_locate() {
        let source = b"a\r\nb\rc\n\nd\n";
        let ends = LineEnds::of(source);
        // Nothing begins between the two bytes of a line end.
        for offset in (0..=source.len()).filter(|offset| *offset != 2) {
            assert_eq!(ends.place(offset, 0), Place::locate(source, offset, 0));
        }
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let source = b"a\r\nb\rc\n\nd";
        let place = |offset| Place::locate(source, offset, 1);
        let spots: Vec<_> = [0, 3, 5, 7, 8]
            .map(|offset| (place(offset).line, place(offset).column))
            .into();
        assert_eq!(spots, [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]);
    }

    #[test]
    fn columns_are_bytes() {
        assert_eq!(Place::locate("é=x".as_bytes(), 2, 1).column, 3);
    }

    #[test]
    fn a_place_never_leaves_its_source() {
        let place = Place::locate(b"ab", 9, 9);
        assert_eq!(
            place,
            Place {
                offset: 2,
                length: 0,
                line: 1,
                column: 3
            }
        );
    }

    #[test]
    fn the_gravest_level_sorts_first() {
        let mut levels = [Level::Note, Level::Error, Level::Warning];
        levels.sort();
        assert_eq!(levels, [Level::Error, Level::Warning, Level::Note]);
    }

    #[test]
    fn json_leaves_out_what_is_not_known() {
        let found = Diagnostic::warning(Code::new("same-gateway"), "two lines share a gateway")
            .about(Subject::line("isp2"));
        assert_eq!(
            serde_json::to_string(&found).unwrap(),
            r#"{"code":"same-gateway","level":"warning","message":"two lines share a gateway","subjects":[{"line":"isp2"}]}"#
        );
    }
}
