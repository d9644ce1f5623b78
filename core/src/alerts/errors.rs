//! All that is wrong with a state or a template.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::diagnostic::Diagnostic;
use crate::site::SiteErrors;

/// All that is wrong with the document of a state or with a template, at least one fault, in the order of their places.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct AlertErrors(Vec<Diagnostic>);

impl AlertErrors {
    /// `Err` where there are faults.
    pub(super) fn unless_empty(faults: Vec<Diagnostic>) -> Result<(), Self> {
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Self(faults))
        }
    }

    /// The faults.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0
    }

    /// The faults, owned.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.0
    }

    /// Plain text of all of them, with code frames where the document or template is given.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::alerts::{AlertKind, Template};
    ///
    /// let source = "{router} is gone, {rooter}";
    /// let errors = Template::parse(AlertKind::RouterUnreachable, source).unwrap_err();
    /// assert!(errors.render(Some(source.as_bytes())).contains("^^^^^^^^"));
    /// ```
    pub fn render(&self, source: Option<&[u8]>) -> String {
        self.0.iter().map(|fault| fault.render(source)).collect()
    }
}

/// The reader of JSON documents is that of sites.
impl From<SiteErrors> for AlertErrors {
    fn from(errors: SiteErrors) -> Self {
        Self(errors.into_diagnostics())
    }
}

impl fmt::Display for AlertErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for fault in &self.0 {
            write!(f, "{separator}{fault}")?;
            separator = "\n";
        }
        Ok(())
    }
}
