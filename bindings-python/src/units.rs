//! In which unit the places of diagnostics count: as the host counts what it gave.

use std::sync::Arc;

use multi_isp::{Diagnostic, Subject, Unit};

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
        let found = found.clone();
        match self {
            Self::Bytes => found,
            Self::Characters(text) => found.in_units(text.as_bytes(), Unit::Characters),
            Self::Nowhere => without_places(found),
        }
    }
}

fn without_places(mut found: Diagnostic) -> Diagnostic {
    found.place = None;
    for subject in &mut found.subjects {
        if let Subject::Row(row) = subject {
            row.place = None;
        }
    }
    for evidence in &mut found.evidence {
        evidence.place = None;
    }
    found
}
