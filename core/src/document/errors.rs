//! All that is wrong with a document.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::{self, Display};

use crate::diagnostic::{Code, Diagnostic, Subject, shown};

/// All that is wrong with a document, a draft or a template, at least one fault, in the order of its fields or places.
///
/// The first subject of a fault is the field, such as `lines[1].mbps`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct DocumentErrors {
    faults: Vec<Diagnostic>,
    frames: Frames,
}

/// What the code frames of a document may show.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Frames {
    /// All of it: nothing of its kind is a secret.
    #[default]
    Everything,
    /// The values of known fields that hold no secret; one of another name may be a secret that is misspelt.
    Public {
        known: &'static [&'static [&'static str]],
        secret: &'static [&'static str],
    },
}

impl DocumentErrors {
    /// `Err` where there are faults.
    pub(crate) fn unless_empty(faults: Vec<Diagnostic>) -> Result<(), Self> {
        if faults.is_empty() {
            Ok(())
        } else {
            Err(faults.into())
        }
    }

    /// The same for a document of which not everything may be shown.
    pub(crate) fn framed(self, frames: Frames) -> Self {
        Self { frames, ..self }
    }

    /// The faults.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.faults
    }

    /// The faults, owned.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.faults
    }

    /// Plain text of all of them, with code frames where the source is given; those of a site show the values of public fields
    /// alone.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::alerts::{AlertKind, Template};
    /// use multi_isp::site::Site;
    ///
    /// let json = br#"{"schema": "multi-isp/site/1", "mode": "fail", "password": "hunter2", "lines": []}"#;
    /// let text = Site::from_json(json).unwrap_err().render(Some(json));
    /// assert!(text.contains(r#""mode": "fail", "password": *********"#));
    ///
    /// let template = "{router} is gone, {rooter}";
    /// let errors = Template::parse(AlertKind::RouterUnreachable, template).unwrap_err();
    /// assert!(errors.render(Some(template.as_bytes())).contains("^^^^^^^^"));
    /// ```
    pub fn render(&self, source: Option<&[u8]>) -> String {
        let hidden = source.and_then(|source| self.frames.hiding(source));
        let source = hidden.as_deref().or(source);
        self.faults.iter().map(|fault| fault.render(source)).collect()
    }
}

impl Frames {
    /// The source with its secrets hidden, where it may have some.
    fn hiding(self, source: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Everything => None,
            Self::Public { known, secret } => Some(shown::shown(source, |name| {
                known.iter().any(|fields| fields.contains(&name)) && !secret.contains(&name)
            })),
        }
    }
}

impl From<Vec<Diagnostic>> for DocumentErrors {
    fn from(faults: Vec<Diagnostic>) -> Self {
        Self {
            faults,
            frames: Frames::default(),
        }
    }
}

impl From<Diagnostic> for DocumentErrors {
    fn from(fault: Diagnostic) -> Self {
        Vec::from([fault]).into()
    }
}

impl fmt::Display for DocumentErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for fault in &self.faults {
            write!(f, "{separator}{fault}")?;
            separator = "\n";
        }
        Ok(())
    }
}

/// Fault of a field: its first subject.
pub(crate) fn fault(
    code: Code,
    field: impl Display,
    message: impl Display,
    help: impl Into<String>,
) -> Diagnostic {
    let field = format!("{field}");
    Diagnostic::error(code, format!("`{field}`: {message}"))
        .with_help(help)
        .about(Subject::field(field))
}
