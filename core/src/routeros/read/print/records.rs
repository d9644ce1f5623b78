//! `print detail` and `print terse`: a number, letters and `name=value` for each row → fields.

use alloc::{string::String, vec::Vec};

use super::{
    Menu,
    comment::Comment,
    fault::{Fault, NOT_PRINT_OUTPUT},
    fields::Body,
    flags::{Flags, Letter},
    text::{Line, blanks, is_blank, name_before},
};
use crate::routeros::{
    read::{remark::ABOUT, rows::Fields},
    value::Value,
};

/// The rows of an output; what cannot be read of it, all of it.
pub(super) fn read(
    menu: &Menu<'_>,
    flags: &Flags<'_>,
    lines: &[Line<'_>],
) -> Result<Vec<Fields>, Vec<Fault>> {
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    for record in records(flags, lines, &mut faults) {
        match record.fields(menu, flags) {
            Ok(fields) => rows.push(fields),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

/// What stands of a row.
#[derive(Default)]
struct Record {
    letters: Vec<Letter>,
    comment: Comment,
    body: Body,
}

impl Record {
    fn fields(&self, menu: &Menu<'_>, flags: &Flags<'_>) -> Result<Fields, Fault> {
        let mut fields = self.body.fields(menu)?;
        for (name, value) in flags.fields(&self.letters)? {
            if fields.iter().all(|(own, _)| *own != name) {
                fields.push((name, value));
            }
        }
        if let Some(text) = self.comment.text() {
            fields.push((String::from("comment"), Value::from(text)));
        }
        if let Some(text) = self.comment.remark() {
            fields.push((String::from(ABOUT), Value::from(text)));
        }
        Ok(fields)
    }
}

fn records(flags: &Flags<'_>, lines: &[Line<'_>], faults: &mut Vec<Fault>) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let mut above = Comment::default();
    for line in lines {
        if let Some((letters, at)) = start(flags, line) {
            let mut record = Record {
                letters,
                comment: core::mem::take(&mut above),
                body: Body::default(),
            };
            take(&mut record, line, at);
            records.push(record);
        } else if let Some(text) = Comment::begins(line).filter(|_| line.indent() <= MARGIN) {
            above.push(text);
        } else if above.is_open() {
            above.go_on(line);
        } else if let Some(record) = records.last_mut() {
            take(record, line, 0);
        } else {
            let message = "this is neither a row nor a setting";
            faults.push(Fault::of_line(&NOT_PRINT_OUTPUT, line, message));
            break;
        }
    }
    records
}

/// Takes what stands from a byte of a text line on into a row: its comment as long as no property was seen.
fn take(record: &mut Record, line: &Line<'_>, at: usize) {
    let text = line.text.get(at..).unwrap_or_default();
    let trimmed = text.trim_ascii_start();
    if record.body.is_empty() {
        if let Some(comment) = Comment::begins_text(trimmed) {
            return record.comment.push(comment);
        }
        if record.comment.is_open() && name_before(trimmed, b'=').is_none() {
            return record.comment.go_on(line);
        }
    }
    if !trimmed.is_empty() {
        record.body.push(text, line.offset.saturating_add(at));
    }
}

/// How far from the edge a row may begin; what goes on with one stands deeper.
const MARGIN: usize = 3;

/// The letters of a row that begins in a text line, and where its comment or its first property stands there.
///
/// RouterOS 7 gives no number to routes that it made itself.
fn start(flags: &Flags<'_>, line: &Line<'_>) -> Option<(Vec<Letter>, usize)> {
    let indent = line.indent();
    let rest = line.text.get(indent..).filter(|_| indent <= MARGIN)?;
    let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let behind = rest.get(digits..)?;
    let is_numbered = digits > 0 && behind.first().is_none_or(|byte| is_blank(*byte));
    let (letters, at) = letters(behind, line.offset.saturating_add(indent).saturating_add(digits));
    let is_dynamic = || {
        let mut shown = letters.iter().map(|(letter, _)| *letter);
        shown.clone().all(|letter| flags.knows(letter)) && shown.any(|letter| flags.is_dynamic(letter))
    };
    (is_numbered || (digits == 0 && is_dynamic()))
        .then_some((letters, indent.saturating_add(digits).saturating_add(at)))
}

/// The letters that a text begins with, up to a comment or a property, and where that stands.
fn letters(text: &[u8], offset: usize) -> (Vec<Letter>, usize) {
    let mut letters = Vec::new();
    let mut at = blanks(text);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if Comment::begins_text(rest).is_some() || name_before(rest, b'=').is_some() {
            break;
        }
        let length = rest.iter().take_while(|byte| !is_blank(**byte)).count();
        let word = rest.get(..length).unwrap_or_default();
        letters.extend(
            word.iter()
                .zip(offset.saturating_add(at)..)
                .map(|(letter, at)| (*letter, at)),
        );
        at = at.saturating_add(length);
        at = at.saturating_add(blanks(text.get(at..).unwrap_or_default()));
    }
    (letters, at)
}
