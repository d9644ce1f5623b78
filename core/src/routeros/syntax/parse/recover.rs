//! Where to go on after a command that cannot be read.

use memchr::memchr2;
use nom::Input;

use crate::routeros::syntax::lex::{Fault, FaultKind, Text, is_line_end};

/// Records the fault and skips the rest of its command
///
/// The command ends at the first line end or semicolon behind the fault that stands outside braces and quotes. Where a
/// brace or a quote is never closed, that would be the end of the source: then the text line of the fault is its end, and
/// from there on braces and quotes are no longer trusted, so that no part is searched twice.
pub(super) fn after(start: Text<'_>, error: nom::Err<Fault>) -> Text<'_> {
    let fault = match error {
        nom::Err::Error(fault) | nom::Err::Failure(fault) => fault,
        nom::Err::Incomplete(_) => start.fault(FaultKind::Syntax),
    };
    start.run.record(fault);
    let rest = start.rest();
    let faulty = usize::try_from(fault.at.saturating_sub(start.at())).unwrap_or(usize::MAX);
    let end = if start.run.unbalanced.get() {
        None
    } else {
        command_end(rest, faulty)
    };
    let end = end.unwrap_or_else(|| {
        start.run.unbalanced.set(true);
        line_end(rest, faulty)
    });
    start.take_from(end.max(1))
}

/// First line end, semicolon or closing brace at `from` or behind it that stands outside braces and quotes
///
/// None when a brace or a quote is still open at the end.
fn command_end(text: &[u8], from: usize) -> Option<usize> {
    let mut open: usize = 0;
    let mut at: usize = 0;
    while let Some(&byte) = text.get(at) {
        match byte {
            b'"' => at = at.saturating_add(quoted(text.get(at..)?)?),
            b'{' => open = open.saturating_add(1),
            b'}' if open > 0 => open = open.saturating_sub(1),
            b'}' | b';' | b'\r' | b'\n' if open == 0 && at >= from => return Some(at),
            b'\\' => at = at.saturating_add(1),
            _ => {}
        }
        at = at.saturating_add(1);
    }
    (open == 0).then_some(text.len())
}

/// Bytes from an opening quote to before the closing one
fn quoted(text: &[u8]) -> Option<usize> {
    let mut at: usize = 1;
    loop {
        at = at.saturating_add(memchr2(b'"', b'\\', text.get(at..)?)?);
        if text.get(at) == Some(&b'"') {
            return Some(at);
        }
        at = at.saturating_add(2);
    }
}

fn line_end(text: &[u8], from: usize) -> usize {
    let tail = text.get(from..).unwrap_or_default();
    let length = tail
        .iter()
        .position(|&byte| is_line_end(byte))
        .unwrap_or(tail.len());
    from.saturating_add(length)
}
