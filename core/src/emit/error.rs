//! Why changes cannot be sent by id.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use thiserror::Error;

use crate::diagnostic::{Code, Diagnostic};
use crate::plan::NoGuard;
use crate::routeros::version::Version;

/// Why changes cannot be sent over the API or REST. Nothing was sent.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum TransportError {
    /// The router was read without ids.
    #[error("a row of `{menu}` has no id in what was read of the router: {row}")]
    IdsUnknown {
        /// The row's menu.
        menu: String,
        /// By what it is known.
        row: String,
    },
    /// The router is not what the change was made for any more.
    #[error("a row of `{menu}` is not as it was when the plan was made: {row}: {found}")]
    Stale {
        /// The row's menu.
        menu: String,
        /// By what it is known.
        row: String,
        /// What was found instead.
        found: String,
    },
    /// A value that the router alone knows was not read.
    #[error("`{property}` of a row of `{menu}` was not read: {row}")]
    NotRead {
        /// The row's menu.
        menu: String,
        /// By what it is known.
        row: String,
        /// What the router would report.
        property: String,
    },
    /// A value is not text, which JSON must be.
    #[error("`{property}` of a row of `{menu}` is not UTF-8")]
    NotUtf8 {
        /// The row's menu.
        menu: String,
        /// The property.
        property: String,
    },
    /// A guard was asked for, and the router or the user cannot have one.
    #[error(transparent)]
    NoGuard(#[from] NoGuard),
    /// The router's version has no REST.
    #[error("RouterOS {version} has no REST")]
    NoRest {
        /// The router's version.
        version: Version,
    },
}

impl TransportError {
    /// The error as findings, for a caller that shows them to people.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let (code, help) = match self {
            Self::NoGuard(NoGuard(findings)) => return findings.clone(),
            Self::IdsUnknown { .. } => (
                "ids-unknown",
                "read the router over REST or the API, or send the plan as a script",
            ),
            Self::Stale { .. } => ("plan-stale", "read the router again, and make a new plan"),
            Self::NotRead { .. } => (
                "value-not-read",
                "read all properties of the menu over REST or the API, or send the plan as a script",
            ),
            Self::NotUtf8 { .. } => (
                "not-utf8",
                "send the plan as a script or over the API, which take any bytes",
            ),
            Self::NoRest { .. } => (
                "no-rest",
                "send the plan as a script or over the API; REST came with RouterOS 7.1",
            ),
        };
        alloc::vec![Diagnostic::error(Code::new(code), self.to_string()).with_help(help)]
    }
}
