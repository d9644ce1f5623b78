//! What is wrong with a text, in our words.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::{fmt, iter};

use super::lex::{Fault, FaultKind};
use crate::diagnostic::{Code, Diagnostic, Level, Place};

/// What RouterOS would refuse in a text, in the order of the text; never empty
///
/// RouterOS itself stops at the first. The codes are the names of RouterOS' own messages: `expected-command-name`,
/// `syntax-error`, `expected-end-of-command`, `expected-input-value`, `expected-closing-brace`,
/// `expected-closing-bracket`, `expected-closing-parenthesis`, `expected-closing-quote`; and of our limits:
/// `nesting-too-deep`, `expression-too-long`, `input-too-large`.
///
/// # Example
///
/// ```
/// use multi_isp::routeros::syntax::Script;
///
/// let errors = Script::parse(b"/ip route\nadd gateway=\"1.1.1.1\\c\"\n").unwrap_err();
/// assert_eq!(
///     errors.to_string(),
///     "error[expected-input-value]: `c` is no escape
///  --> 2:22
///   |
/// 2 | add gateway=\"1.1.1.1\\c\"
///   |                      ^
/// help: escapes are \\\" \\\\ \\$ \\? \\_ \\n \\r \\t and two upper-case hexadecimal digits; write \\\\ for a backslash
/// "
/// );
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxErrors {
    first: Box<Diagnostic>,
    more: Vec<Diagnostic>,
    source: Vec<u8>,
}

impl SyntaxErrors {
    /// The errors among the findings in a source, if there are any
    pub(super) fn new(findings: &[Diagnostic], source: &[u8]) -> Option<Self> {
        let mut errors = findings
            .iter()
            .filter(|found| found.level == Level::Error)
            .cloned();
        Some(Self {
            first: Box::new(errors.next()?),
            more: errors.collect(),
            source: source.to_vec(),
        })
    }

    /// The one that RouterOS would report
    pub fn first(&self) -> &Diagnostic {
        &self.first
    }

    /// All of them, in the order of the text
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        self.iter().cloned().collect()
    }

    /// The same, borrowed
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        iter::once(self.first()).chain(&self.more)
    }

    /// Plain text of all of them, each with a code frame
    pub fn render(&self) -> String {
        self.iter()
            .map(|error| error.render(Some(&self.source)))
            .collect()
    }
}

impl fmt::Display for SyntaxErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.first.render(Some(&self.source)))
    }
}

impl core::error::Error for SyntaxErrors {}

/// Faults as diagnostics, in the order of the text
pub(super) fn diagnostics(mut faults: Vec<Fault>, source: &[u8]) -> Vec<Diagnostic> {
    faults.sort_by_key(|fault| fault.at);
    faults.dedup();
    let mut places = Places::new(source);
    faults
        .into_iter()
        .map(|fault| diagnostic(fault, places.locate(fault.at), source))
        .collect()
}

fn diagnostic(fault: Fault, place: Place, source: &[u8]) -> Diagnostic {
    let found = found(source, place);
    let (code, message, help) = match fault.kind {
        FaultKind::CommandName => (
            EXPECTED_COMMAND_NAME,
            format!("no command begins with {found}"),
            "commands are lower-case words; a comment begins with `#`",
        ),
        FaultKind::Syntax => (
            SYNTAX_ERROR,
            format!("{found} cannot stand here"),
            "quote values that hold other signs than letters, digits and - . : / , _",
        ),
        FaultKind::Undeclared => (
            SYNTAX_ERROR,
            format!("variable `{}` is set but not declared", name(source, place)),
            "declare it with `:local` or `:global` before, in this block or around it",
        ),
        FaultKind::EndOfCommand => (
            EXPECTED_END_OF_COMMAND,
            format!("the command should end before {found}"),
            "begin the next command or comment on its own line, or behind `;`",
        ),
        FaultKind::InputValue => (
            EXPECTED_INPUT_VALUE,
            format!("{found} is no escape"),
            "escapes are \\\" \\\\ \\$ \\? \\_ \\n \\r \\t and two upper-case hexadecimal digits; write \\\\ for a backslash",
        ),
        FaultKind::ClosingBrace => (EXPECTED_CLOSING_BRACE, unclosed("{"), "close it with `}`"),
        FaultKind::ClosingBracket => (EXPECTED_CLOSING_BRACKET, unclosed("["), "close it with `]`"),
        FaultKind::ClosingParenthesis => (EXPECTED_CLOSING_PARENTHESIS, unclosed("("), "close it with `)`"),
        FaultKind::ClosingQuote => (EXPECTED_CLOSING_QUOTE, unclosed("\""), "close it with `\"`"),
        FaultKind::TooDeep => (
            NESTING_TOO_DEEP,
            "brackets are nested too deep".to_string(),
            "split the script, or raise the limit on depth",
        ),
        FaultKind::TooLong => (
            EXPRESSION_TOO_LONG,
            "an expression has too many operators".to_string(),
            "split it with parentheses, or raise the limit on operators",
        ),
        FaultKind::Unopened => (
            UNOPENED_BRACE,
            "`}` closes nothing".to_string(),
            "remove it: RouterOS ignores everything behind it",
        ),
        FaultKind::TooLarge => (
            INPUT_TOO_LARGE,
            "the text is too large".to_string(),
            "split it, or raise the limit on bytes",
        ),
    };
    let level = match fault.kind {
        FaultKind::Unopened => Level::Warning,
        _ => Level::Error,
    };
    Diagnostic::new(code, level, message).with_help(help).at(place)
}

fn unclosed(opening: &str) -> String {
    format!("`{opening}` is not closed")
}

/// The variable name at a place
fn name(source: &[u8], place: Place) -> String {
    let rest = source.get(place.offset..).unwrap_or_default();
    let rest = rest.strip_prefix(b"\"").unwrap_or(rest);
    let is_sign = |byte: &u8| byte.is_ascii_whitespace() || b"\";])}=".contains(byte);
    let name = rest.split(is_sign).next().unwrap_or_default();
    String::from_utf8_lossy(name).into_owned()
}

/// The byte or character at a place, in back-ticks
fn found(source: &[u8], place: Place) -> String {
    let rest = source.get(place.offset..).unwrap_or_default();
    // No character is longer, and the rest of a large source must not be looked at for every error.
    let rest = rest.get(..4).unwrap_or(rest);
    let character = rest
        .utf8_chunks()
        .next()
        .and_then(|chunk| chunk.valid().chars().next());
    match (character, rest.first()) {
        (_, None) => "the end of the text".to_string(),
        (Some('\r' | '\n'), _) => "the end of the line".to_string(),
        (Some(character), _) if !character.is_control() => format!("`{character}`"),
        (_, Some(byte)) => format!("byte `{byte:02X}`"),
    }
}

/// Finds places in ascending order, looking at every byte of the source once
struct Places<'a> {
    rest: &'a [u8],
    offset: usize,
    line: u32,
    column: u32,
}

impl<'a> Places<'a> {
    fn new(source: &'a [u8]) -> Self {
        Self {
            rest: source,
            offset: 0,
            line: 1,
            column: 1,
        }
    }

    /// Place of the byte at `offset`, which must not be before the last one asked for
    fn locate(&mut self, offset: u32) -> Place {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        let (before, rest) = self
            .rest
            .split_at_checked(offset.saturating_sub(self.offset))
            .unwrap_or((self.rest, &[]));
        let mut bytes = before.iter().chain(rest.first()).copied().peekable();
        for _ in before {
            let ends = match (bytes.next(), bytes.peek()) {
                (Some(b'\r'), next) => next != Some(&b'\n'),
                (byte, _) => byte == Some(b'\n'),
            };
            self.column = if ends { 1 } else { self.column.saturating_add(1) };
            self.line = self.line.saturating_add(u32::from(ends));
        }
        self.offset = self.offset.saturating_add(before.len());
        self.rest = rest;
        Place {
            offset: self.offset,
            length: rest.len().min(1),
            line: self.line,
            column: self.column,
        }
    }
}

const EXPECTED_COMMAND_NAME: Code = Code::new("expected-command-name");
const SYNTAX_ERROR: Code = Code::new("syntax-error");
const EXPECTED_END_OF_COMMAND: Code = Code::new("expected-end-of-command");
const EXPECTED_INPUT_VALUE: Code = Code::new("expected-input-value");
const EXPECTED_CLOSING_BRACE: Code = Code::new("expected-closing-brace");
const EXPECTED_CLOSING_BRACKET: Code = Code::new("expected-closing-bracket");
const EXPECTED_CLOSING_PARENTHESIS: Code = Code::new("expected-closing-parenthesis");
const EXPECTED_CLOSING_QUOTE: Code = Code::new("expected-closing-quote");
const NESTING_TOO_DEEP: Code = Code::new("nesting-too-deep");
const EXPRESSION_TOO_LONG: Code = Code::new("expression-too-long");
const UNOPENED_BRACE: Code = Code::new("unopened-brace");
const INPUT_TOO_LARGE: Code = Code::new("input-too-large");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_those_of_place_locate() {
        let source = b"a\r\nb\rc\n\nd\n";
        let mut places = Places::new(source);
        let inside_crlf =
            |offset: &usize| source[..*offset].ends_with(b"\r") && source[*offset..].starts_with(b"\n");
        for offset in (0..=source.len()).filter(|offset| !inside_crlf(offset)) {
            let expected = Place::locate(source, offset, 1);
            assert_eq!(places.locate(u32::try_from(offset).unwrap()), expected);
        }
    }
}
