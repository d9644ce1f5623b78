//! Exports, REST JSON, API sentences and outputs of `print` → [`Router`](super::router::Router).

use alloc::{format, string::String, vec::Vec};
use core::fmt;

use super::schema;
use crate::diagnostic::{Code, Diagnostic};

mod api;
mod check;
mod export;
mod print;
mod remark;
mod rest;
mod rows;

pub(super) use rows::interface_type;

/// Why a router cannot be read; at least one finding.
///
/// Codes: those of [`SyntaxErrors`](super::syntax::SyntaxErrors), `script-stops` where a command of an export cannot
/// be run; `not-json` for REST JSON; `menu-refused` for the API and for outputs of `print`, of which `not-print-output`,
/// `unknown-flag`, `unclear-table` and `unclear-value` tell what cannot be read; `not-a-menu` and `duplicate-menu` for these three,
/// `invalid-id` and `duplicate-id` for those with ids.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    findings: Vec<Diagnostic>,
    texts: Vec<Text>,
}

/// A text that was read, its secrets hidden.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Text {
    /// How many findings there are in this text and those before it.
    findings: usize,
    source: Vec<u8>,
}

impl ReadError {
    /// What is wrong, in the order of the text.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The findings as text, each with the place in the input, where secrets are not shown.
    pub fn render(&self) -> String {
        let text_of = |index: usize| self.texts.iter().find(|text| index < text.findings);
        let findings = self.findings.iter().enumerate();
        findings
            .map(|(index, finding)| finding.render(text_of(index).map(|text| &text.source[..])))
            .collect()
    }

    /// Findings in a text whose secrets are hidden already.
    fn new(findings: Vec<Diagnostic>, source: Vec<u8>) -> ReadError {
        ReadError::of_texts(alloc::vec![(findings, source)])
    }

    /// The same of many texts.
    fn of_texts(texts: Vec<(Vec<Diagnostic>, Vec<u8>)>) -> ReadError {
        let mut error = ReadError {
            findings: Vec::new(),
            texts: Vec::new(),
        };
        for (findings, source) in texts {
            error.findings.extend(findings);
            error.texts.push(Text {
                findings: error.findings.len(),
                source,
            });
        }
        error
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

/// The router answered with an error instead of rows.
fn menu_refused(path: &str, message: &str) -> Diagnostic {
    let message = format!("the router refused `{}`: {message}", path.escape_default());
    Diagnostic::error(MENU_REFUSED, message).with_help(REFUSED_HELP)
}

/// Whether a refusal says that the router has no such menu, as where its package is not installed: then there is nothing to read.
///
/// That is believed of menus that the schema knows, and of none that every router has: there it means a session that broke, or a
/// path that nobody typed so.
fn is_absent(path: &str, message: &str) -> bool {
    let path = rows::Answer::path(path);
    message.starts_with(NO_COMMAND) && schema::menu(&path).is_some() && !EVERYWHERE.contains(&path.as_str())
}

/// How every such answer begins: `no such command`, `no such command or directory (lte)`, `no such command prefix`.
const NO_COMMAND: &str = "no such command";

/// Menus of what no router goes without, whatever packages it has; which package of RouterOS 6 each is in is unconfirmed.
const EVERYWHERE: [&str; 14] = [
    "/interface",
    "/interface/bridge",
    "/interface/ethernet",
    "/interface/list",
    "/interface/list/member",
    "/ip/address",
    "/ip/firewall/address-list",
    "/ip/firewall/filter",
    "/ip/firewall/mangle",
    "/ip/firewall/nat",
    "/ip/route",
    "/system/resource",
    "/system/scheduler",
    "/system/script",
];

const MENU_REFUSED: Code = Code::new("menu-refused");
const REFUSED_HELP: &str = "read with a user who may, and only menus that the version has";
