//! Values: what stands behind `=`, between blanks, or in an array.

use alloc::boxed::Box;
use alloc::vec::Vec;
use core::mem;

use memchr::memchr3;
use nom::Input;
use nom::bytes::complete::take_while;

use super::{block, expr, substitution};
use crate::routeros::syntax::lex::{
    FaultKind, Parsed, Text, blanks, gap, is_assigned, is_bare, is_blank, is_command, is_line_end,
    is_variable, separators, space,
};
use crate::routeros::syntax::quote;
use crate::routeros::syntax::tree::{Element, Expr, Part, Span};

/// What braces hold
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Braces {
    /// Commands
    Code,
    /// Elements of an array
    Values,
    /// Whatever they look like: the argument is one of a menu, which the grammar does not know
    Guess,
}

/// A value that has to be there
pub(super) fn value(input: Text<'_>, braces: Braces) -> Parsed<'_, Expr> {
    match optional(input, braces)? {
        (rest, Some(value)) => Ok((rest, value)),
        (rest, None) => Err(rest.fail(FaultKind::Syntax)),
    }
}

/// A value, or nothing where none begins
pub(super) fn optional(input: Text<'_>, braces: Braces) -> Parsed<'_, Option<Expr>> {
    joined(input, braces, is_bare)
}

/// What stands behind `=`; an export may break the text line there
pub(super) fn assigned(input: Text<'_>, braces: Braces) -> Parsed<'_, Option<Expr>> {
    let (start, ()) = if input.next() == Some(b'\\') {
        blanks(input)?
    } else {
        (input, ())
    };
    joined(start, braces, is_assigned)
}

/// Pieces without a blank between them
pub(super) fn joined(input: Text<'_>, braces: Braces, bare: fn(u8) -> bool) -> Parsed<'_, Option<Expr>> {
    let (mut rest, Some(first)) = piece(input, braces, bare)? else {
        return Ok((input, None));
    };
    let mut parts = Vec::new();
    let mut last = first;
    while continues(&last, rest, bare) {
        let (end, Some(part)) = piece(rest, braces, bare)? else {
            break;
        };
        parts.push(mem::replace(&mut last, part));
        rest = end;
    }
    if parts.is_empty() {
        return Ok((rest, Some(last)));
    }
    parts.push(last);
    let span = rest.since(input);
    Ok((rest, Some(Expr::Concat { span, parts })))
}

/// Whether another piece of the same value follows
///
/// Nothing is joined to braces, and no colon to brackets.
fn continues(last: &Expr, input: Text<'_>, bare: fn(u8) -> bool) -> bool {
    match (last, input.next()) {
        (Expr::Block { .. } | Expr::Array { .. }, _) | (_, None) => false,
        (Expr::Paren { .. } | Expr::Subst { .. }, Some(b':')) => false,
        (_, Some(b'"' | b'$' | b'[' | b'(')) => true,
        (_, Some(byte)) => bare(byte),
    }
}

fn piece(input: Text<'_>, braces: Braces, bare: fn(u8) -> bool) -> Parsed<'_, Option<Expr>> {
    let (rest, piece) = match input.next() {
        Some(b'"') => string(input)?,
        Some(b'$') => dollar(input)?,
        Some(b'[') => brackets(input, input)?,
        Some(b'(') => parentheses(input, input)?,
        Some(b'{') => match braces {
            Braces::Code => code(input)?,
            Braces::Values => array(input)?,
            Braces::Guess if looks_like_code(input) => code(input)?,
            Braces::Guess => array(input)?,
        },
        Some(byte) if bare(byte) => {
            let (rest, _) = take_while(bare)(input)?;
            (rest, Expr::Word(rest.since(input)))
        }
        _ => return Ok((input, None)),
    };
    Ok((rest, Some(piece)))
}

/// `"` to the next `"`, with what it interpolates
pub(super) fn string(input: Text<'_>) -> Parsed<'_, Expr> {
    let mut rest = input.take_from(1);
    let mut text = rest;
    let mut parts = Vec::new();
    loop {
        let Some(plain) = memchr3(b'"', b'\\', b'$', rest.rest()) else {
            return Err(input.fail(FaultKind::ClosingQuote));
        };
        rest = rest.take_from(plain);
        match rest.next() {
            Some(b'"') => break,
            Some(b'\\') => match quote::escaped(rest.rest()) {
                Some((_, length)) => rest = rest.take_from(length),
                None => return Err(rest.take_from(1).fail(FaultKind::InputValue)),
            },
            _ if !interpolates(rest) => rest = rest.take_from(1),
            _ => {
                push_text(&mut parts, text, rest);
                let (end, value) = dollar(rest)?;
                parts.push(Part::Value(value));
                (rest, text) = (end, end);
            }
        }
    }
    if !parts.is_empty() {
        push_text(&mut parts, text, rest);
    }
    let rest = rest.take_from(1);
    let span = rest.since(input);
    Ok((rest, Expr::Str { span, parts }))
}

fn push_text(parts: &mut Vec<Part>, start: Text<'_>, end: Text<'_>) {
    let span = end.since(start);
    if !span.is_empty() {
        parts.push(Part::Text(span));
    }
}

/// Whether the `$` at the start of the input is more than a character of a string
fn interpolates(input: Text<'_>) -> bool {
    input
        .second()
        .is_some_and(|byte| is_variable(byte) || matches!(byte, b'[' | b'('))
}

/// `$name`, `$"name"`, `$[ .. ]` or `$( .. )`
pub(super) fn dollar(input: Text<'_>) -> Parsed<'_, Expr> {
    let start = input.take_from(1);
    match start.next() {
        Some(b'[') => brackets(start, input),
        Some(b'(') => parentheses(start, input),
        Some(b'"') => {
            let (rest, quoted) = string(start)?;
            let Span { start, end } = quoted.span();
            let var = Expr::Var {
                span: rest.since(input),
                name: Span::new(start.saturating_add(1), end.saturating_sub(1)),
            };
            Ok((rest, var))
        }
        Some(byte) if is_variable(byte) => {
            let (rest, _) = take_while(is_variable)(start)?;
            let var = Expr::Var {
                span: rest.since(input),
                name: rest.since(start),
            };
            Ok((rest, var))
        }
        _ => Err(start.fail(FaultKind::Syntax)),
    }
}

pub(super) fn brackets<'a>(input: Text<'a>, start: Text<'a>) -> Parsed<'a, Expr> {
    let (rest, (span, items)) = substitution(input, start)?;
    Ok((rest, Expr::Subst { span, items }))
}

/// `( .. )`, or `$( .. )` when `start` is before the parenthesis
pub(super) fn parentheses<'a>(input: Text<'a>, start: Text<'a>) -> Parsed<'a, Expr> {
    let (mut rest, ()) = space(input.take_from(1).deeper()?)?;
    let mut value = None;
    if rest.next() != Some(b')') {
        let (end, inner) = expr::expression(rest)?;
        value = Some(Box::new(inner));
        (rest, ()) = space(end)?;
    }
    match rest.next() {
        Some(b')') => {
            let rest = rest.take_from(1).within(input);
            let span = rest.since(start);
            Ok((rest, Expr::Paren { span, value }))
        }
        None => Err(rest.fail(FaultKind::ClosingParenthesis)),
        Some(_) => Err(rest.fail(FaultKind::Syntax)),
    }
}

/// `{ .. }` as commands
pub(super) fn code(input: Text<'_>) -> Parsed<'_, Expr> {
    let (rest, (span, items)) = block(input)?;
    Ok((rest, Expr::Block { span, items }))
}

/// `{ .. }` as elements
pub(super) fn array(input: Text<'_>) -> Parsed<'_, Expr> {
    let mut rest = input.take_from(1).deeper()?;
    let mut elements = Vec::new();
    loop {
        (rest, ()) = separators(rest)?;
        match rest.next() {
            Some(b'}') => break,
            None => return Err(rest.fail(FaultKind::ClosingBrace)),
            Some(_) => {}
        }
        let (end, element) = element(rest)?;
        elements.push(element);
        // A line end separates elements as well as a semicolon does (oracle 1b856f640d26).
        (rest, ()) = blanks(end)?;
        if !matches!(rest.next(), Some(b';' | b'}' | b'\r' | b'\n') | None) {
            return Err(rest.fail(FaultKind::Syntax));
        }
    }
    let rest = rest.take_from(1).within(input);
    let span = rest.since(input);
    Ok((rest, Expr::Array { span, elements }))
}

fn element(input: Text<'_>) -> Parsed<'_, Element> {
    let (rest, first) = value(input, Braces::Values)?;
    let (rest, key, value) = if rest.next() == Some(b'=') {
        let (rest, value) = assigned(rest.take_from(1), Braces::Values)?;
        (rest, Some(first), value)
    } else {
        (rest, None, Some(first))
    };
    let span = rest.since(input);
    Ok((rest, Element { span, key, value }))
}

/// Whether braces begin like a command: `:put`, `/ip`, `add x=`, a comment, or nothing at all
fn looks_like_code(input: Text<'_>) -> bool {
    let Ok((start, ())) = gap(input.take_from(1)) else {
        return false;
    };
    match start.next() {
        Some(b':' | b'/' | b'}' | b'#') => true,
        Some(byte) if is_command(byte) => word_before_blank(start, is_command),
        Some(b'$') => word_before_blank(start.take_from(1), is_variable),
        _ => false,
    }
}

/// Whether a word ends in a blank behind which more of a command stands
fn word_before_blank(input: Text<'_>, of: fn(u8) -> bool) -> bool {
    let tail = input.rest();
    let word = tail.iter().take_while(|&&byte| of(byte)).count();
    let blank = tail.iter().skip(word).take_while(|&&byte| is_blank(byte)).count();
    let next = tail.get(word.saturating_add(blank)).copied();
    blank > 0 && next.is_some_and(|byte| !is_line_end(byte) && !matches!(byte, b';' | b'}' | b'='))
}
