//! Tokens to tree: a predictive grammar that looks ahead one word at most.
//!
//! A fault ends the command that it stands in, not the parse: the bytes become an error node and the next command of the
//! innermost block is read. `Script::parse` is the same walk, whose result counts only if there was no fault.

mod command;
mod expr;
mod recover;
mod value;

use alloc::vec::Vec;

use nom::Input;

use super::lex::{FaultKind, Parsed, Text, comment, gap};
use super::tree::{Item, Span};

/// All items of a source, from its first to its last byte
pub(super) fn script(input: Text<'_>) -> Vec<Item> {
    let mut items = Vec::new();
    let mut rest = input;
    loop {
        let end = block_items(rest, &mut items);
        if end.next().is_none() {
            return items;
        }
        rest = unopened(end);
        items.push(Item::Error(rest.since(end)));
    }
}

/// Past a closing bracket that nothing has opened
///
/// RouterOS takes such a brace for the end of the script and ignores what follows, whatever it is (oracle 3fe5b60e1602).
fn unopened(input: Text<'_>) -> Text<'_> {
    if input.next() != Some(b'}') {
        input.run.record(input.fault(FaultKind::CommandName));
        return input.take_from(1);
    }
    input.run.record(input.fault(FaultKind::Unopened));
    let ignored = if input.run.is_strict() {
        input.input_len()
    } else {
        1
    };
    input.take_from(ignored)
}

/// `{ .. }` as code
///
/// A menu line inside it is undone at the brace: the menu that was current before is current again.
fn block(input: Text<'_>) -> Parsed<'_, (Span, Vec<Item>)> {
    let mut items = Vec::new();
    let rest = block_items(input.take_from(1).deeper()?, &mut items);
    let rest = match rest.next() {
        Some(b'}') => rest.take_from(1),
        None => {
            rest.run.record(rest.fault(FaultKind::ClosingBrace));
            rest
        }
        Some(_) => return Err(rest.fail(FaultKind::Syntax)),
    };
    let rest = rest.within(input);
    Ok((rest, (rest.since(input), items)))
}

/// `[ .. ]`, or `$[ .. ]` when `start` is before the bracket
fn substitution<'a>(input: Text<'a>, start: Text<'a>) -> Parsed<'a, (Span, Vec<Item>)> {
    let mut rest = input.take_from(1).deeper()?;
    let mut items = Vec::new();
    loop {
        (rest, ()) = gap(rest)?;
        rest = match rest.next() {
            Some(b']') => break,
            None => return Err(rest.fail(FaultKind::ClosingBracket)),
            Some(_) => {
                let (rest, item) = item(rest)?;
                items.push(item);
                rest
            }
        };
    }
    let rest = rest.take_from(1).within(input);
    Ok((rest, (rest.since(start), items)))
}

/// Commands and comments up to a closing bracket or the end, with error nodes for what cannot be read
fn block_items<'a>(input: Text<'a>, items: &mut Vec<Item>) -> Text<'a> {
    let mut rest = input;
    loop {
        if let Ok((next, ())) = gap(rest) {
            rest = next;
        }
        match rest.next() {
            None | Some(b']' | b'}' | b')') => return rest,
            Some(_) => {}
        }
        match item(rest) {
            Ok((next, item)) => {
                rest = next;
                items.push(item);
            }
            Err(error) => {
                let start = rest;
                rest = recover::after(start, error);
                items.push(Item::Error(rest.since(start)));
            }
        }
    }
}

/// A comment or a command
fn item(input: Text<'_>) -> Parsed<'_, Item> {
    if input.next() == Some(b'#') {
        let (rest, span) = comment(input)?;
        return Ok((rest, Item::Comment(span)));
    }
    let (rest, command) = command::command(input)?;
    Ok((rest, Item::Command(command)))
}
