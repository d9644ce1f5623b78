//! In which unit the places of diagnostics count: as the host counts what it gave.

use std::sync::Arc;

use multi_isp::diagnostic::{Diagnostic, Place, Subject, Unit};

/// How places are told of what was read.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Units {
    /// As core counts them: in bytes.
    #[default]
    Bytes,
    /// In characters of this text, of which not all are of one byte.
    Characters(Arc<str>),
    /// Not at all: the caller never saw the text.
    Nowhere,
}

impl Units {
    /// Those of a text that came as `str`.
    pub fn of_text(text: &str) -> Self {
        match text.is_ascii() {
            true => Self::Bytes,
            false => Self::Characters(text.into()),
        }
    }

    /// Findings as the caller counts.
    pub fn told(&self, findings: &[Diagnostic]) -> Vec<Diagnostic> {
        findings.iter().map(|found| self.finding(found)).collect()
    }

    fn finding(&self, found: &Diagnostic) -> Diagnostic {
        let mut told = found.clone();
        told.place = self.place(told.place);
        for subject in &mut told.subjects {
            if let Subject::Row(row) = subject {
                row.place = self.place(row.place);
            }
        }
        for evidence in &mut told.evidence {
            evidence.place = self.place(evidence.place);
        }
        told
    }

    fn place(&self, place: Option<Place>) -> Option<Place> {
        match self {
            Self::Bytes => place,
            Self::Characters(text) => Some(place?.in_units(text.as_bytes(), Unit::Characters)),
            Self::Nowhere => None,
        }
    }
}
