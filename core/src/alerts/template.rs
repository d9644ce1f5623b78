//! Template text -> template -> message text.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::message::Values;
use super::{AlertKind, plain};
use crate::diagnostic::{Code, Diagnostic, Place};
use crate::document::DocumentErrors;

/// What is written for one kind of alert, with placeholders in braces.
///
/// | placeholder | what stands for it |
/// |---|---|
/// | `{router}` | the name of the router |
/// | `{state}` | `down`, `up`, `offline`, `online` or `back`; `still down` in a reminder; in ASCII in capitals |
/// | `{reason}` | why: `no link`, `router does not answer`; nothing where something is up |
/// | `{advice}` | what to do, by the reason: `Check the cable or port.`; nothing where something is up |
/// | `{at}`, `{since}` | when it is told, and since when it is so: seconds of the caller's clock |
/// | `{for}` | how long that is: `45 s`, `12 min`, `3 h 20 min`, `2 d 4 h` |
/// | `{line}` | the line: `ISP 1 (ether1)` |
/// | `{label}`, `{interface}`, `{id}` | its parts |
///
/// The last two rows are known in templates of [`AlertKind::LineDown`] and [`AlertKind::LineUp`] alone. `{{` and `}}` stand for a
/// brace each. What stands for a placeholder is never read as a template again.
///
/// # Example
///
/// ```
/// use multi_isp::alerts::{AlertKind, Messages, Template};
///
/// let short = Template::parse(AlertKind::LineDown, "{router}: {label} {state} ({reason})")?;
/// let messages = Messages::default().with(short);
/// # let _ = messages;
/// let errors = Template::parse(AlertKind::LineDown, "{router}: {labl} down").unwrap_err();
/// assert_eq!(errors.to_string(), "error[unknown-placeholder]: a template has no `{labl}`");
/// # Ok::<(), multi_isp::document::DocumentErrors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    kind: AlertKind,
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Value(Placeholder),
}

/// What a text is filled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placeholder {
    Router,
    State,
    Reason,
    Advice,
    At,
    Since,
    For,
    Line,
    Label,
    Interface,
    Id,
}

impl Template {
    /// The template of a text.
    ///
    /// # Errors
    ///
    /// All that is wrong with it: `unknown-placeholder`, `placeholder-without-line`, `unclosed-brace`, `stray-brace`,
    /// `empty-template`.
    pub fn parse(kind: AlertKind, source: &str) -> Result<Self, DocumentErrors> {
        let (template, faults) = Self::read(kind, source);
        DocumentErrors::unless_empty(faults)?;
        Ok(template)
    }

    /// The text of the product, which has no faults.
    pub(super) fn usual(kind: AlertKind) -> Self {
        let usual = USUAL.iter().find(|(of, _)| *of == kind);
        Self::read(kind, usual.map_or("", |(_, text)| *text)).0
    }

    /// The shortest text that says what happened, and to what.
    pub(super) fn short(kind: AlertKind) -> Self {
        let short = SHORT.iter().find(|(of, _)| *of == kind);
        Self::read(kind, short.map_or("", |(_, text)| *text)).0
    }

    /// Whether its own words can be written in ASCII.
    pub(super) fn is_spelled(&self) -> bool {
        let mut parts = self.parts.iter();
        !parts.any(|part| matches!(part, Part::Text(text) if plain::loses(text)))
    }

    /// The kind of alert that it is for.
    pub fn kind(&self) -> AlertKind {
        self.kind
    }

    pub(super) fn fill(&self, values: &Values<'_>) -> String {
        let part = |part: &Part| match part {
            Part::Text(text) => plain::text(values.style, text),
            Part::Value(placeholder) => values.value(*placeholder),
        };
        self.parts.iter().map(part).collect()
    }

    fn read(kind: AlertKind, source: &str) -> (Self, Vec<Diagnostic>) {
        let mut reader = Reader {
            kind,
            source,
            rest: source,
            parts: Vec::new(),
            faults: Vec::new(),
        };
        if source.trim().is_empty() {
            reader.fault(EMPTY_TEMPLATE, 0, "a template says nothing", "write a text");
        }
        reader.read();
        let parts = reader.parts;
        (Self { kind, parts }, reader.faults)
    }
}

struct Reader<'a> {
    kind: AlertKind,
    source: &'a str,
    rest: &'a str,
    parts: Vec<Part>,
    faults: Vec<Diagnostic>,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        while !self.rest.is_empty() {
            let (text, behind) = until_brace(self.rest);
            self.rest = behind;
            self.text(text);
            self.brace();
        }
    }

    fn brace(&mut self) {
        if let Some(behind) = self.rest.strip_prefix("{{") {
            self.text("{");
            self.rest = behind;
        } else if let Some(behind) = self.rest.strip_prefix("}}") {
            self.text("}");
            self.rest = behind;
        } else if let Some(behind) = self.rest.strip_prefix('}') {
            let help = "write `}}` for a brace";
            self.fault(STRAY_BRACE, 1, "a template closes a brace that is not open", help);
            self.rest = behind;
        } else if let Some(behind) = self.rest.strip_prefix('{') {
            self.placeholder(behind);
        }
    }

    /// What begins with an open brace, which is not in `inner` any more.
    fn placeholder(&mut self, inner: &'a str) {
        let (name, behind) = until_brace(inner);
        let Some(behind) = behind.strip_prefix('}') else {
            let help = "close it with `}`, or write `{{` for a brace";
            let length = name.len().saturating_add(1);
            self.fault(
                UNCLOSED_BRACE,
                length,
                "a template opens a brace and does not close it",
                help,
            );
            self.rest = behind;
            return;
        };
        self.value(name, name.len().saturating_add(2));
        self.rest = behind;
    }

    fn value(&mut self, name: &str, length: usize) {
        let known = PLACEHOLDERS.iter().find(|(known, ..)| *known == name);
        match known {
            Some((_, value, needs_line)) if !needs_line || self.kind.is_of_a_line() => {
                self.parts.push(Part::Value(*value));
            }
            Some(_) => {
                let message = format!("a template that is of no line has no `{{{name}}}`");
                self.fault(PLACEHOLDER_WITHOUT_LINE, length, message, self.known());
            }
            None => {
                let message = format!("a template has no `{{{name}}}`");
                self.fault(UNKNOWN_PLACEHOLDER, length, message, self.known());
            }
        }
    }

    fn text(&mut self, text: &str) {
        match self.parts.last_mut() {
            Some(Part::Text(before)) => before.push_str(text),
            _ if text.is_empty() => {}
            _ => self.parts.push(Part::Text(text.into())),
        }
    }

    fn known(&self) -> String {
        let fits = |needs_line: bool| !needs_line || self.kind.is_of_a_line();
        let known = PLACEHOLDERS.iter().filter(|(.., needs_line)| fits(*needs_line));
        let known: Vec<String> = known.map(|(name, ..)| format!("`{{{name}}}`")).collect();
        format!("known here are {}", known.join(", "))
    }

    /// A fault that stands where the rest begins.
    fn fault(&mut self, code: Code, length: usize, message: impl Into<String>, help: impl Into<String>) {
        let offset = self.source.len().saturating_sub(self.rest.len());
        let place = Place::locate(self.source.as_bytes(), offset, length);
        let fault = Diagnostic::error(code, message).with_help(help).at(place);
        self.faults.push(fault);
    }
}

fn until_brace(text: &str) -> (&str, &str) {
    let end = text.find(['{', '}']).unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Name, value, and whether it takes a line.
const PLACEHOLDERS: &[(&str, Placeholder, bool)] = &[
    ("router", Placeholder::Router, false),
    ("state", Placeholder::State, false),
    ("reason", Placeholder::Reason, false),
    ("advice", Placeholder::Advice, false),
    ("at", Placeholder::At, false),
    ("since", Placeholder::Since, false),
    ("for", Placeholder::For, false),
    ("line", Placeholder::Line, true),
    ("label", Placeholder::Label, true),
    ("interface", Placeholder::Interface, true),
    ("id", Placeholder::Id, true),
];

/// The first is the text of the product's page, whatever the reason; good news needs no advice.
const USUAL: &[(AlertKind, &str)] = &[
    (
        AlertKind::LineDown,
        "🔴 ISP link {state}\nRouter: {router}\nLine: {line}\nCheck the cable or port.",
    ),
    (
        AlertKind::LineUp,
        "🟢 ISP link {state}\nRouter: {router}\nLine: {line}",
    ),
    (
        AlertKind::RouterUnreachable,
        "🔴 Router {state}\nRouter: {router}\nCheck its power and its lines.",
    ),
    (AlertKind::RouterReachable, "🟢 Router {state}\nRouter: {router}"),
    (
        AlertKind::AllLinesDown,
        "🔴 All ISP links {state}\nRouter: {router}\nCheck the cables and ports.",
    ),
    (AlertKind::LinesBack, "🟢 ISP links {state}\nRouter: {router}"),
];

/// With names of at most 8 signs and an id of at most 32 it fits into a segment, also where each sign counts double.
const SHORT: &[(AlertKind, &str)] = &[
    (AlertKind::LineDown, "ISP link {state}\n{router}: {id}"),
    (AlertKind::LineUp, "ISP link {state}\n{router}: {id}"),
    (AlertKind::RouterUnreachable, "Router {state}\n{router}"),
    (AlertKind::RouterReachable, "Router {state}\n{router}"),
    (AlertKind::AllLinesDown, "All ISP links {state}\n{router}"),
    (AlertKind::LinesBack, "ISP links {state}\n{router}"),
];

const UNKNOWN_PLACEHOLDER: Code = Code::new("unknown-placeholder");
const PLACEHOLDER_WITHOUT_LINE: Code = Code::new("placeholder-without-line");
const UNCLOSED_BRACE: Code = Code::new("unclosed-brace");
const STRAY_BRACE: Code = Code::new("stray-brace");
const EMPTY_TEMPLATE: Code = Code::new("empty-template");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_ours_have_no_faults() {
        for (kind, source) in USUAL.iter().chain(SHORT) {
            assert!(Template::parse(*kind, source).is_ok(), "{source}");
        }
        for kind in AlertKind::ALL {
            assert!(USUAL.iter().any(|(usual, _)| usual == kind), "{kind:?}");
            assert!(SHORT.iter().any(|(short, _)| short == kind), "{kind:?}");
        }
    }

    #[test]
    fn faults_stand_where_they_are() {
        for (source, code, at, length) in [
            ("a\n{b}", "unknown-placeholder", 2, 3),
            ("{}", "unknown-placeholder", 0, 2),
            ("{ router}", "unknown-placeholder", 0, 9),
            ("é{router", "unclosed-brace", 2, 7),
            ("{router{state}", "unclosed-brace", 0, 7),
            ("{", "unclosed-brace", 0, 1),
            ("a}b", "stray-brace", 1, 1),
            ("{router}}", "stray-brace", 8, 1),
            ("{line}", "placeholder-without-line", 0, 6),
            (" \n", "empty-template", 0, 0),
        ] {
            let errors = Template::parse(AlertKind::LinesBack, source).unwrap_err();
            let fault = &errors.diagnostics()[0];
            assert_eq!(errors.diagnostics().len(), 1, "{source}: {errors}");
            let place = fault.place.unwrap();
            assert_eq!(
                (fault.code.as_str(), place.offset, place.length),
                (code, at, length),
                "{source}"
            );
            assert!(fault.help.is_some(), "{source}");
        }
    }

    #[test]
    fn every_fault_is_told() {
        let errors = Template::parse(AlertKind::LineUp, "{a} } {b} {router").unwrap_err();
        assert_eq!(errors.diagnostics().len(), 4);
    }
}
