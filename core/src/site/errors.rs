//! All that is wrong with a site.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::read;
use crate::diagnostic::{Diagnostic, shown};

/// All that is wrong with a draft or a document, at least one fault, in the order of its fields
///
/// The first subject of each is the field, such as `lines[1].mbps`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct SiteErrors(Vec<Diagnostic>);

impl SiteErrors {
    /// `Err` where there are faults
    pub(crate) fn unless_empty(faults: Vec<Diagnostic>) -> Result<(), Self> {
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Self(faults))
        }
    }

    /// The faults
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.0
    }

    /// The faults, owned
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.0
    }

    /// Plain text of all of them, with code frames where the document is given; those show the values of public fields alone
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::site::Site;
    ///
    /// let json = br#"{"schema": "multi-isp/site/1", "mode": "fail", "password": "hunter2", "lines": []}"#;
    /// let text = Site::from_json(json).unwrap_err().render(Some(json));
    /// assert!(text.contains(r#""mode": "fail", "password": *********"#));
    /// ```
    pub fn render(&self, source: Option<&[u8]>) -> String {
        let shown = source.map(|json| shown::shown(json, read::is_public));
        self.0
            .iter()
            .map(|fault| fault.render(shown.as_deref()))
            .collect()
    }
}

impl From<Vec<Diagnostic>> for SiteErrors {
    fn from(faults: Vec<Diagnostic>) -> Self {
        Self(faults)
    }
}

impl From<Diagnostic> for SiteErrors {
    fn from(fault: Diagnostic) -> Self {
        Self([fault].into())
    }
}

impl fmt::Display for SiteErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for fault in &self.0 {
            write!(f, "{separator}{fault}")?;
            separator = "\n";
        }
        Ok(())
    }
}
