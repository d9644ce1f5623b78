//! Bytes to tokens: the input that nom walks over, its faults, byte classes, blanks and line ends.

use core::cell::{Cell, RefCell};
use core::iter::{Copied, Enumerate};
use core::slice::Iter;

use alloc::vec::Vec;
use memchr::memchr2;
use nom::bytes::complete::take_while;
use nom::error::{ErrorKind, ParseError};
use nom::{IResult, Input, Needed};

use super::limits::Limits;
use super::tree::Span;

/// What is left of the source, and where in it we are
///
/// A plain value: going back to an earlier one undoes everything that was read since.
#[derive(Clone, Copy)]
pub(super) struct Text<'a> {
    rest: &'a [u8],
    at: u32,
    /// Brackets, braces and parentheses that are open
    depth: u16,
    /// Whether the current menu is certainly the root, where `find` and `set` are the root's
    pub(super) at_root: bool,
    pub(super) run: &'a Run,
}

/// What one parse shares over the whole of its input
pub(super) struct Run {
    /// Whether what RouterOS does not read is not read either
    strict: bool,
    pub(super) limits: Limits,
    /// Faults that were recovered from, in order
    pub(super) faults: RefCell<Vec<Fault>>,
    /// Set once the rest of the input has been searched in vain for a closing brace or quote
    pub(super) unbalanced: Cell<bool>,
}

impl Run {
    pub(super) fn new(limits: Limits, strict: bool) -> Self {
        Self {
            strict,
            limits,
            faults: RefCell::new(Vec::new()),
            unbalanced: Cell::new(false),
        }
    }

    pub(super) fn is_strict(&self) -> bool {
        self.strict
    }

    /// Keeps a fault that the parse goes on after
    pub(super) fn record(&self, fault: Fault) {
        let mut faults = self.faults.borrow_mut();
        if faults.len() < usize::from(self.limits.errors) {
            faults.push(fault);
        }
    }
}

impl<'a> Text<'a> {
    pub(super) fn new(source: &'a [u8], run: &'a Run) -> Self {
        Self {
            rest: source,
            at: 0,
            depth: 0,
            at_root: true,
            run,
        }
    }

    /// Offset of the next byte
    pub(super) fn at(self) -> u32 {
        self.at
    }

    /// The bytes not yet read
    pub(super) fn rest(self) -> &'a [u8] {
        self.rest
    }

    /// The next byte
    pub(super) fn next(self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// The byte behind the next one
    pub(super) fn second(self) -> Option<u8> {
        self.rest.get(1).copied()
    }

    /// Everything between an earlier position and this one
    pub(super) fn since(self, start: Text<'_>) -> Span {
        Span::new(start.at, self.at)
    }

    /// The bytes between this position and a later one
    pub(super) fn text_before(self, end: Text<'_>) -> &'a [u8] {
        let length = self.rest.len().saturating_sub(end.rest.len());
        self.rest.get(..length).unwrap_or_default()
    }

    /// The input one level of nesting further in, or a fault at the place where it gets too deep
    pub(super) fn deeper(self) -> Result<Self, nom::Err<Fault>> {
        if self.depth >= self.run.limits.depth {
            return Err(self.fail(FaultKind::TooDeep));
        }
        Ok(Self {
            depth: self.depth.saturating_add(1),
            ..self
        })
    }

    /// This position with the nesting and the menu of another
    pub(super) fn within(self, outer: Text<'_>) -> Self {
        Self {
            depth: outer.depth,
            at_root: outer.at_root,
            ..self
        }
    }

    /// This position with the root certainly the current menu, or not
    pub(super) fn with_menu(self, at_root: bool) -> Self {
        Self { at_root, ..self }
    }

    /// A fault here
    pub(super) fn fault(self, kind: FaultKind) -> Fault {
        Fault { kind, at: self.at }
    }

    /// A fault here that no alternative can mend
    pub(super) fn fail(self, kind: FaultKind) -> nom::Err<Fault> {
        nom::Err::Failure(self.fault(kind))
    }
}

impl<'a> Input for Text<'a> {
    type Item = u8;
    type Iter = Copied<Iter<'a, u8>>;
    type IterIndices = Enumerate<Self::Iter>;

    fn input_len(&self) -> usize {
        self.rest.len()
    }

    fn take(&self, count: usize) -> Self {
        Self {
            rest: self.rest.get(..count).unwrap_or(self.rest),
            ..*self
        }
    }

    fn take_from(&self, count: usize) -> Self {
        Self {
            rest: self.rest.get(count..).unwrap_or_default(),
            at: self
                .at
                .saturating_add(u32::try_from(count.min(self.rest.len())).unwrap_or(u32::MAX)),
            ..*self
        }
    }

    fn take_split(&self, count: usize) -> (Self, Self) {
        (self.take_from(count), self.take(count))
    }

    fn position<P: Fn(u8) -> bool>(&self, predicate: P) -> Option<usize> {
        self.rest.iter().position(|&byte| predicate(byte))
    }

    fn iter_elements(&self) -> Self::Iter {
        self.rest.iter().copied()
    }

    fn iter_indices(&self) -> Self::IterIndices {
        self.iter_elements().enumerate()
    }

    fn slice_index(&self, count: usize) -> Result<usize, Needed> {
        match count.checked_sub(self.rest.len()) {
            None | Some(0) => Ok(count),
            Some(missing) => Err(Needed::new(missing)),
        }
    }
}

/// Why the text cannot be read on, and where
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) kind: FaultKind,
    pub(super) at: u32,
}

/// The kinds of fault; the first six are what RouterOS itself reports
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    CommandName,
    Syntax,
    EndOfCommand,
    InputValue,
    ClosingBrace,
    ClosingBracket,
    ClosingParenthesis,
    ClosingQuote,
    Undeclared,
    TooDeep,
    TooLong,
    TooLarge,
    Unopened,
}

impl<'a> ParseError<Text<'a>> for Fault {
    fn from_error_kind(input: Text<'a>, _: ErrorKind) -> Self {
        Self {
            kind: FaultKind::Syntax,
            at: input.at,
        }
    }

    fn append(_: Text<'a>, _: ErrorKind, first: Self) -> Self {
        first
    }
}

/// What a parser of this grammar returns
pub(super) type Parsed<'a, T> = IResult<Text<'a>, T, Fault>;

/// Blanks and continuations (`\` and a line end), if any
pub(super) fn blanks(input: Text<'_>) -> Parsed<'_, ()> {
    let mut input = input;
    loop {
        match input.next() {
            Some(b' ' | b'\t') => input = take_while(is_blank)(input)?.0,
            Some(b'\\') => match line_end(input.rest.get(1..).unwrap_or_default()) {
                Some(length) => input = input.take_from(length.saturating_add(1)),
                None => return Ok((input, ())),
            },
            _ => return Ok((input, ())),
        }
    }
}

/// Blanks, continuations and line ends, if any
pub(super) fn space(input: Text<'_>) -> Parsed<'_, ()> {
    let (mut input, ()) = blanks(input)?;
    while matches!(input.next(), Some(b'\r' | b'\n')) {
        (input, _) = take_while(is_line_end)(input)?;
        (input, ()) = blanks(input)?;
    }
    Ok((input, ()))
}

/// Blanks, line ends and semicolons, if any
pub(super) fn gap(input: Text<'_>) -> Parsed<'_, ()> {
    let (mut input, ()) = space(input)?;
    while input.next() == Some(b';') {
        (input, ()) = space(input.take_from(1))?;
    }
    Ok((input, ()))
}

/// Blanks, line ends, semicolons and comments, if any
pub(super) fn separators(input: Text<'_>) -> Parsed<'_, ()> {
    let mut input = input;
    loop {
        (input, ()) = space(input)?;
        match input.next() {
            Some(b';') => input = input.take_from(1),
            Some(b'#') => (input, _) = comment(input)?,
            _ => return Ok((input, ())),
        }
    }
}

/// `#` up to the line end
///
/// A backslash at its end does not continue it.
pub(super) fn comment(input: Text<'_>) -> Parsed<'_, Span> {
    let length = memchr2(b'\r', b'\n', input.rest).unwrap_or(input.rest.len());
    let rest = input.take_from(length);
    Ok((rest, rest.since(input)))
}

/// Length of the line end that `bytes` begin with: LF, CRLF or CR
pub(super) fn line_end(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'\r', b'\n', ..] => Some(2),
        [b'\r' | b'\n', ..] => Some(1),
        _ => None,
    }
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t')
}

pub(super) fn is_line_end(byte: u8) -> bool {
    matches!(byte, b'\r' | b'\n')
}

/// Bytes of menu and command words
///
/// Capitals are none: `IMAGENAME=mginx` fails at its first byte, `486920746F` at the `F` (oracle 0e085e88cf8b,
/// bc26163283f7). Dots are: `..`, and `1.0.0.1` is only found to be no command when it runs (b8bce2b59e14).
pub(super) fn is_command(byte: u8) -> bool {
    matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.')
}

/// Bytes of argument names
pub(super) fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_')
}

/// Bytes of variable names that need no quotes
pub(super) fn is_variable(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// Bytes that an unquoted value may hold
///
/// Exports quote a value with any of the others (247 exports, ROUTEROS-BEHAVIOUR §15).
pub(super) fn is_bare(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b':'
                | b'/'
                | b','
                | b'_'
                | b'~'
                | b'!'
                | b'#'
                | b'@'
                | b'<'
                | b'>'
                | b'*'
                | b'%'
                | b'+'
        )
}

/// Bytes of an unquoted value behind `=`
///
/// Some routers print `|` there as it is: `name=2025-12-17-|-16:54:15-|-admin2` (sujirou/routerOS-failoverLB).
pub(super) fn is_assigned(byte: u8) -> bool {
    is_bare(byte) || byte == b'|'
}

/// Bytes of an unquoted value before a comparison: `name` of `[find name~"x"]`
pub(super) fn is_compared(byte: u8) -> bool {
    is_bare(byte) && !matches!(byte, b'<' | b'>' | b'~' | b'!')
}
