//! Why there is no plan.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use thiserror::Error;

use crate::diagnostic::{Code, Diagnostic};
use crate::document::DocumentErrors;
use crate::routeros::version::Version;
use crate::rule::Report;

/// Why there is no plan. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum PlanError {
    /// Preflight found an error.
    #[error("preflight found errors")]
    Refused(Report),
    /// The router's version is not known.
    #[error("the version of RouterOS is not known")]
    VersionUnknown,
    /// The router is older than what is planned for.
    #[error("RouterOS {version} is too old")]
    VersionTooOld {
        /// The router's version.
        version: Version,
    },
    /// The router's version does not have what the site needs.
    #[error("RouterOS {version} has no `{what}`, which the site needs")]
    NotInVersion {
        /// A menu, or a menu and a property.
        what: String,
        /// The router's version.
        version: Version,
    },
    /// A line that is checked by probes has none.
    #[error(transparent)]
    Probes(#[from] DocumentErrors),
    /// A row that somebody else made must be changed, and cannot be told from another one.
    #[error("a row of `{menu}` cannot be told from another one: {row}")]
    AmbiguousRow {
        /// The row's menu.
        menu: String,
        /// What is known of the row.
        row: String,
    },
    /// A row that somebody else made has a name that one of ours needs, or is one of ours whose comment was edited.
    #[error("a row of `{menu}` stands where one of ours must: {row}")]
    NameTaken {
        /// The row's menu.
        menu: String,
        /// What is known of the row.
        row: String,
    },
    /// On a copy of the router the plan does not do what it should: the router is in a state that is not understood.
    #[error("{what} fails on a copy of the router: {found}")]
    Unproven {
        /// What was tried: the plan, a second plan, or the undo.
        what: &'static str,
        /// What was found instead.
        found: String,
    },
    /// The script that remembers the original values of foreign rows was edited.
    #[error("the script `multi-isp-restore` cannot be read: `{command}`")]
    UnreadableRecord {
        /// The command that is not one of ours.
        command: String,
    },
}

impl PlanError {
    /// The error as findings, for a caller that shows them to people.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let (code, help) = match self {
            Self::Refused(report) => return report.findings().to_vec(),
            Self::Probes(errors) => return errors.diagnostics().to_vec(),
            Self::VersionUnknown => (
                "version-unknown",
                "give the version with an export whose header does not tell it",
            ),
            Self::VersionTooOld { .. } => (
                "routeros-too-old",
                "upgrade the router to RouterOS 6.40 or later: older ones do not tell a lease script its gateway",
            ),
            Self::NotInVersion { .. } => (
                "not-in-version",
                "upgrade the router, or describe the site without it",
            ),
            Self::AmbiguousRow { .. } => ("ambiguous-row", "give the row a comment of its own"),
            Self::NameTaken { .. } => (
                "name-taken",
                "rename or remove the row, or give it back the comment that it had when multi-isp added it",
            ),
            Self::Unproven { .. } => (
                "plan-unproven",
                "nothing was changed; mend what the message names on the router, and report the case with its export",
            ),
            Self::UnreadableRecord { .. } => (
                "unreadable-record",
                "put the script back from a backup, or remove it and restore by hand",
            ),
        };
        alloc::vec![Diagnostic::error(Code::new(code), self.to_string()).with_help(help)]
    }
}
