//! Exports, REST JSON and API sentences → [`Router`](super::router::Router).

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::diagnostic::Diagnostic;

mod api;
mod check;
mod export;
mod rest;
mod rows;

/// Why a router cannot be read; at least one finding.
///
/// Codes: those of [`SyntaxErrors`](super::syntax::SyntaxErrors), `script-stops` where a command of an export cannot
/// be run; `not-json` for REST JSON, `menu-refused` for the API, `not-a-menu`, `duplicate-menu`, `invalid-id` and `duplicate-id`
/// for both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    findings: Vec<Diagnostic>,
    source: Vec<u8>,
}

impl ReadError {
    /// What is wrong, in the order of the text.
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The findings as text, each with the place in the input, where secrets are not shown.
    pub fn render(&self) -> String {
        self.findings
            .iter()
            .map(|finding| finding.render(Some(&self.source)))
            .collect()
    }

    /// Findings in a text whose secrets are hidden already.
    fn new(findings: Vec<Diagnostic>, source: Vec<u8>) -> ReadError {
        ReadError { findings, source }
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.findings.first() {
            Some(first) => f.write_str(&first.message),
            None => f.write_str("the router cannot be read"),
        }
    }
}

impl core::error::Error for ReadError {}
