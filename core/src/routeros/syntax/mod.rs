//! RouterOS text: bytes ↔ lossless tree.
//!
//! ```text
//!  bytes -- lex, parse --> tree (spans of the bytes) -- check --> errors
//!  tree  -- print -------> text: terse (one full command a text line) or as an export
//! ```
//!
//! Syntax never judges meaning: it knows the commands of the scripting language and the variables that a script declares,
//! but no menu and no property.

mod check;
mod error;
mod lex;
mod limits;
mod parse;
pub mod print;
pub mod quote;
mod roots;
mod tree;

use alloc::borrow::Cow;
use alloc::vec::Vec;

use nom::Input;

use crate::diagnostic::{BYTE_ORDER_MARK, Diagnostic, Level, LineEnds, Place};

pub use error::SyntaxErrors;
pub use limits::Limits;
pub use print::Style;
pub use tree::{Arg, BinaryOp, Command, Element, Expr, Item, Part, Root, Span, UnaryOp};

/// A RouterOS script or export: its bytes and the tree that points into them
///
/// A byte order mark at the beginning of a text that an editor saved is kept, and passed over.
///
/// # Example
///
/// ```
/// use multi_isp::routeros::syntax::{Arg, Script};
///
/// let script = Script::parse(b"/ip route\nadd gateway=10.0.0.1 \\\n    distance=2\n")?;
/// let add = script.commands().nth(1).expect("two commands");
/// let names = add.args.iter().filter_map(|arg| match arg {
///     Arg::Named { name, .. } => Some(script.text(*name)),
///     _ => None,
/// });
/// assert!(names.eq([&b"gateway"[..], b"distance"]));
/// # Ok::<(), multi_isp::routeros::syntax::SyntaxErrors>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    source: Vec<u8>,
    items: Vec<Item>,
    findings: Vec<Diagnostic>,
}

impl Script {
    /// Script that RouterOS would accept
    ///
    /// # Errors
    ///
    /// Everything that RouterOS would refuse, see [`SyntaxErrors`] for the codes.
    pub fn parse(source: &[u8]) -> Result<Self, SyntaxErrors> {
        Self::parse_within(source, Limits::default())
    }

    /// Script that RouterOS would accept, within limits of the caller's
    ///
    /// # Errors
    ///
    /// As [`Script::parse`].
    pub fn parse_within(source: &[u8], limits: Limits) -> Result<Self, SyntaxErrors> {
        let script = Self::read(source, &lex::Run::new(limits, true));
        match SyntaxErrors::new(&script.findings, source) {
            Some(errors) => Err(errors),
            None => Ok(script),
        }
    }

    /// Script of any bytes at all
    ///
    /// What cannot be read becomes [`Item::Error`], and the next command of the same block is read; the reasons stand in
    /// [`Script::findings`].
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::routeros::syntax::Script;
    ///
    /// let source = b"/ip route\nadd gateway='x'\nadd gateway=10.0.0.1\n";
    /// let script = Script::parse_lenient(source);
    /// assert_eq!(script.commands().count(), 2);
    /// assert_eq!(script.findings()[0].to_string(), "error[syntax-error]: `'` cannot stand here");
    /// assert_eq!(script.to_bytes(), source);
    /// ```
    pub fn parse_lenient(source: &[u8]) -> Self {
        Self::parse_lenient_within(source, Limits::default())
    }

    /// Script of any bytes at all, within limits of the caller's
    ///
    /// A source that is larger than the limit is one [`Item::Error`].
    pub fn parse_lenient_within(source: &[u8], limits: Limits) -> Self {
        Self::read(source, &lex::Run::new(limits, false))
    }

    fn read(source: &[u8], run: &lex::Run) -> Self {
        let input = lex::Text::new(source, run);
        let input = match source.starts_with(BYTE_ORDER_MARK) {
            true => input.take_from(BYTE_ORDER_MARK.len()),
            false => input,
        };
        let items = match u32::try_from(source.len()) {
            Ok(length) if length <= run.limits.bytes => parse::script(input),
            length => {
                run.record(input.fault(lex::FaultKind::TooLarge));
                alloc::vec![Item::Error(Span::new(0, length.unwrap_or(u32::MAX)))]
            }
        };
        check::undeclared(&items, source, run);
        Self {
            source: source.to_vec(),
            items,
            findings: error::diagnostics(run.faults.take(), source),
        }
    }

    /// Commands, comments and unreadable stretches of the top level, in typed order
    pub fn items(&self) -> &[Item] {
        &self.items
    }

    /// Commands of the top level
    pub fn commands(&self) -> impl Iterator<Item = &Command> {
        self.items.iter().filter_map(Item::command)
    }

    /// What RouterOS would refuse, in the order of the text; none after [`Script::parse`]
    pub fn errors(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().filter(|found| found.level == Level::Error)
    }

    /// Errors, and warnings of what RouterOS would pass over, in the order of the text
    pub fn findings(&self) -> &[Diagnostic] {
        &self.findings
    }

    /// The exact bytes of the source
    pub fn to_bytes(&self) -> Vec<u8> {
        self.source.clone()
    }

    /// The script printed anew, in one of two styles
    ///
    /// Numbers, names and abbreviations stay as typed; text is quoted anew, blocks come on one text line without the
    /// comments in them, and commands below a menu line get its path. What could not be read stays as it is.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::routeros::syntax::{Script, Style};
    ///
    /// let script = Script::parse(b"/ip route\nadd gateway=10.0.0.1 \\\n  comment=\"a\"\n:put [find]\n")?;
    /// assert_eq!(
    ///     script.format(Style::Terse).escape_ascii().to_string(),
    ///     r#"/ip route add gateway=10.0.0.1 comment=\"a\"\n:put [/ip route find]\n"#
    /// );
    /// # Ok::<(), multi_isp::routeros::syntax::SyntaxErrors>(())
    /// ```
    pub fn format(&self, style: Style) -> Vec<u8> {
        print::script::script(&self.items, &self.source, style)
    }

    /// Bytes that a span covers; empty when it points outside the source
    pub fn text(&self, span: Span) -> &[u8] {
        span.of(&self.source)
    }

    /// The bytes that a plain word or quoted text stands for
    ///
    /// None for everything that has to be evaluated, quoted text that interpolates included.
    pub fn literal(&self, value: &Expr) -> Option<Cow<'_, [u8]>> {
        match value {
            Expr::Word(span) => Some(Cow::Borrowed(self.text(*span))),
            Expr::Str { span, parts } if parts.is_empty() => quote::unquote(self.text(*span)).map(Cow::Owned),
            _ => None,
        }
    }

    /// Where the text lines of the source end
    pub(crate) fn line_ends(&self) -> LineEnds {
        LineEnds::of(&self.source)
    }

    /// Line and column of a span
    ///
    /// Looks at everything before it: for a report, not for every node.
    pub fn place(&self, span: Span) -> Place {
        let start = usize::try_from(span.start).unwrap_or(usize::MAX);
        Place::locate(
            &self.source,
            start,
            usize::try_from(span.len()).unwrap_or(usize::MAX),
        )
    }
}
