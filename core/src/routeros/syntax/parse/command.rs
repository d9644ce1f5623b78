//! Commands: path, words and arguments.

use alloc::vec::Vec;

use nom::Input;
use nom::bytes::complete::take_while;

use super::{expr, value};
use crate::routeros::syntax::lex::{FaultKind, Parsed, Text, blanks, is_command, is_name, is_variable};
use crate::routeros::syntax::roots::{self, RootCommand};
use crate::routeros::syntax::tree::{Arg, Command, Expr, Root, Span};

/// A command with its arguments
///
/// The text that is left carries the menu that the command leaves current.
pub(super) fn command(input: Text<'_>) -> Parsed<'_, Command> {
    let (rest, root) = root(input)?;
    let (rest, path) = path(rest, root)?;
    let inside = rest.with_menu(roots::at_root_inside(input.at_root, path.known, &path.words));
    let (rest, args) = if path.query {
        query(inside)?
    } else {
        arguments(inside, &path)?
    };
    let rest = rest.with_menu(roots::at_root_behind(
        input.at_root,
        root,
        path.known,
        &path.words,
        &args,
    ));
    let end = args.last().map_or(path.end, |arg| arg.span().end);
    let command = Command {
        span: Span::new(input.at(), end),
        root,
        words: path.words,
        args,
    };
    Ok((rest, command))
}

/// `/`, `:` or nothing
fn root(input: Text<'_>) -> Parsed<'_, Root> {
    match input.next() {
        Some(b'/') => {
            let (rest, ()) = blanks(input.take_from(1))?;
            Ok((rest, Root::Slash))
        }
        Some(b':') => Ok((input.take_from(1), Root::Colon)),
        _ => Ok((input, Root::Relative)),
    }
}

/// What stands before the arguments
struct Path {
    words: Vec<Span>,
    /// Behind the last word, or the slash that follows it
    end: u32,
    /// The scripting command that the words name
    known: Option<&'static RootCommand>,
    /// Whether the last word is `find`, behind which a query stands
    query: bool,
}

/// Words separated by slashes or blanks, as long as they could be menus or commands
fn path(input: Text<'_>, root: Root) -> Parsed<'_, Path> {
    let mut path = Path {
        words: Vec::new(),
        end: input.at(),
        known: None,
        query: false,
    };
    let mut rest = input;
    let mut only_upwards = false;
    loop {
        let (end, span, name) = word(rest);
        // Up to a name that is none of `..`, nothing says what an argument would be one of.
        let first = path.words.is_empty() || only_upwards;
        only_upwards = first && name.iter().all(|&byte| byte == b'.');
        match end.next() {
            // No word at all: an expression, the root itself, or the arguments begin.
            _ if span.is_empty() => {
                if first && !may_be_wordless(rest, root) {
                    return Err(rest.fail(FaultKind::CommandName));
                }
                return Ok((rest, path));
            }
            next if !ends_word(next) && first => {
                let kind = match roots::known(name, root, input.at_root) {
                    Some(_) => FaultKind::EndOfCommand,
                    None => FaultKind::Syntax,
                };
                return Err(end.fail(kind));
            }
            next if !ends_word(next) => return Ok((rest, path)),
            _ => path.words.push(span),
        }
        rest = end;
        path.end = end.at();
        if first {
            path.known = roots::known(name, root, input.at_root);
            if path.known.is_some() {
                return Ok((rest, path));
            }
        }
        if name == b"find" && !(first && root != Root::Relative) {
            path.query = true;
            return Ok((rest, path));
        }
        if rest.next() == Some(b'/') {
            rest = rest.take_from(1);
            path.end = rest.at();
            if !ends_command(rest) && !rest.next().is_some_and(|byte| is_command(byte) || byte == b' ') {
                return Err(rest.fail(FaultKind::CommandName));
            }
        }
        let (next, ()) = blanks(rest)?;
        if keyword(next, b"where") {
            return Ok((rest, path));
        }
        if !next.next().is_some_and(is_command) {
            return Ok((rest, path));
        }
        rest = next;
    }
}

/// The word at the start of the input, possibly empty
fn word(input: Text<'_>) -> (Text<'_>, Span, &[u8]) {
    let length = input
        .position(|byte| !is_command(byte))
        .unwrap_or(input.input_len());
    let end = input.take_from(length);
    (
        end,
        end.since(input),
        input.rest().get(..length).unwrap_or_default(),
    )
}

/// Whether the word before may be a menu or a command
fn ends_word(next: Option<u8>) -> bool {
    matches!(
        next,
        None | Some(
            b' ' | b'\t'
                | b'\r'
                | b'\n'
                | b'\\'
                | b';'
                | b'/'
                | b'{'
                | b'}'
                | b'['
                | b']'
                | b'('
                | b')'
                | b'"'
                | b'$'
        )
    )
}

/// Whether a statement without words can begin here
fn may_be_wordless(input: Text<'_>, root: Root) -> bool {
    match root {
        Root::Slash => ends_command(input) || input.next() == Some(b'{'),
        Root::Colon => false,
        Root::Relative => matches!(input.next(), Some(b'$' | b'[' | b'(' | b'{')),
    }
}

/// Whether the command is over
fn ends_command(input: Text<'_>) -> bool {
    matches!(
        input.next(),
        None | Some(b'\r' | b'\n' | b';' | b']' | b'}' | b')')
    )
}

fn arguments<'a>(input: Text<'a>, path: &Path) -> Parsed<'a, Vec<Arg>> {
    let mut args = Vec::new();
    let (mut rest, ()) = blanks(input)?;
    if path.known.is_some_and(|root| root.declares(b"")) && !ends_command(rest) && !named(rest) {
        let (end, name) = variable_name(rest)?;
        args.push(Arg::Positional(name));
        (rest, ()) = blanks(end)?;
    }
    while !ends_command(rest) {
        if rest.next() == Some(b'#') {
            // RouterOS takes no comment behind a command (oracle cc4e197ddf4a); a lenient reader still sees one.
            rest.run.record(rest.fault(FaultKind::EndOfCommand));
            break;
        }
        let (end, arg) = argument(rest, path)?;
        args.push(arg);
        (rest, ()) = blanks(end)?;
        // Behind a bracket an argument needs a blank before it: `(vdb): x` is refused (oracle f4610df611a3).
        if rest.at() == end.at() && rest.next() == Some(b':') {
            return Err(rest.fail(FaultKind::Syntax));
        }
    }
    Ok((rest, args))
}

/// The name of a variable that a command declares
///
/// A plain name ends at a blank: `:local x($i->7)` is refused at the parenthesis, `:local café` at the `é` (oracle
/// 41a6f1bcd8f1, 94ec4fc44c7f).
fn variable_name(input: Text<'_>) -> Parsed<'_, Expr> {
    if matches!(input.next(), Some(b'"' | b'$' | b'(' | b'[')) {
        return value::value(input, value::Braces::Guess);
    }
    let (rest, _) = take_while(|byte| is_variable(byte) || matches!(byte, b',' | b'-'))(input)?;
    let ended = ends_command(rest) || matches!(rest.next(), Some(b' ' | b'\t' | b'\\'));
    if rest.at() == input.at() || !ended {
        return Err(rest.fail(FaultKind::EndOfCommand));
    }
    Ok((rest, Expr::Word(rest.since(input))))
}

fn argument<'a>(input: Text<'a>, path: &Path) -> Parsed<'a, Arg> {
    let braces = |name: &[u8]| match path.known {
        Some(root) if root.takes_code(name) => value::Braces::Code,
        Some(_) => value::Braces::Values,
        None => value::Braces::Guess,
    };
    match input.next() {
        Some(b'"' | b'$' | b'[' | b'(') => {}
        Some(b'{') if path.known.is_none() => {
            let (rest, block) = value::code(input)?;
            return Ok((rest, Arg::Positional(block)));
        }
        Some(b'{') => {}
        Some(b'!') => {
            let (end, span) = name(input.take_from(1));
            if !span.is_empty() && (ends_command(end) || matches!(end.next(), Some(b' ' | b'\t' | b'\\'))) {
                let span = end.since(input);
                let name = Span::new(span.start.saturating_add(1), span.end);
                return Ok((end, Arg::Unset { span, name }));
            }
        }
        Some(_) => {
            let (end, span) = name(input);
            if !span.is_empty() && end.next() == Some(b'=') {
                let typed = input.text_before(end);
                if path.known.is_some_and(|root| !root.takes(typed)) {
                    return Err(end.fail(FaultKind::EndOfCommand));
                }
                let kind = braces(typed);
                let (rest, value) = value::assigned(end.take_from(1), kind)?;
                let named = Arg::Named {
                    span: rest.since(input),
                    name: span,
                    value,
                };
                return Ok((rest, named));
            }
            if keyword(input, b"where") && path.known.is_none() {
                return filter(input);
            }
        }
        None => {}
    }
    match value::optional(input, braces(b""))? {
        (rest, Some(value)) => Ok((rest, Arg::Positional(value))),
        (rest, None) if path.known.is_some() => Err(rest.fail(FaultKind::EndOfCommand)),
        (rest, None) => Err(rest.fail(FaultKind::Syntax)),
    }
}

/// The argument name at the start of the input, possibly empty
fn name(input: Text<'_>) -> (Text<'_>, Span) {
    let length = input.position(|byte| !is_name(byte)).unwrap_or(input.input_len());
    let end = input.take_from(length);
    (end, end.since(input))
}

/// Whether an argument with a name begins here
fn named(input: Text<'_>) -> bool {
    name(input).0.next() == Some(b'=')
}

/// What stands behind `find`
fn query(input: Text<'_>) -> Parsed<'_, Vec<Arg>> {
    let (start, ()) = blanks(input)?;
    if ends_command(start) {
        return Ok((start, Vec::new()));
    }
    let (rest, query) = filter(start)?;
    Ok((rest, alloc::vec![query]))
}

/// `where`, if it stands there, and the conditions
fn filter(input: Text<'_>) -> Parsed<'_, Arg> {
    let (mut rest, mut keyword_span) = (input, None);
    if keyword(input, b"where") {
        rest = input.take_from(5);
        keyword_span = Some(rest.since(input));
    }
    let mut end = rest;
    let mut conditions = Vec::new();
    loop {
        (rest, ()) = blanks(end)?;
        if ends_command(rest) {
            break;
        }
        let (next, condition) = expr::condition(rest)?;
        conditions.push(condition);
        end = next;
    }
    let filter = Arg::Where {
        span: end.since(input),
        keyword: keyword_span,
        conditions,
    };
    Ok((rest, filter))
}

/// Whether that word stands here, and not a longer one
fn keyword(input: Text<'_>, word: &[u8]) -> bool {
    input
        .rest()
        .strip_prefix(word)
        .is_some_and(|tail| !tail.first().is_some_and(|&byte| is_name(byte) || byte == b'='))
}
