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
mod place;
mod render;
pub(crate) mod shown;
mod subject;

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use serde::{Serialize, Serializer};

pub use self::fix::{Evidence, Fix};
pub(crate) use self::place::{BYTE_ORDER_MARK, LineEnds};
pub use self::place::{Place, Unit};
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

    /// With all its places counted in another unit, as a host language counts in the `source`
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::Site;
    /// use multi_isp::diagnostic::Unit;
    ///
    /// let json = "{\"schema\": \"multi-isp/site/1\", \"mode\": \"é\", \"lines\": 1}";
    /// let fault = Site::from_json(json.as_bytes()).unwrap_err().into_diagnostics().pop().ok_or("no fault")?;
    /// let place = fault.in_units(json.as_bytes(), Unit::Characters).place.ok_or("no place")?;
    /// assert_eq!(json.chars().nth(place.offset), Some('1'));
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    #[must_use]
    pub fn in_units(mut self, source: &[u8], unit: Unit) -> Self {
        let rows = self.subjects.iter_mut().filter_map(|subject| match subject {
            Subject::Row(row) => row.place.as_mut(),
            _ => None,
        });
        let evidence = self.evidence.iter_mut().filter_map(|step| step.place.as_mut());
        for place in self.place.iter_mut().chain(rows).chain(evidence) {
            *place = place.in_units(source, unit);
        }
        self
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

#[cfg(test)]
mod tests {
    use super::*;

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
