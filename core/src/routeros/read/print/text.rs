//! The output as a terminal shows it: its text lines, without what the terminal and the log put between them.

use alloc::{borrow::Cow, vec::Vec};

/// A text line that belongs to the output, without its end.
#[derive(Clone, Debug)]
pub(super) struct Line<'a> {
    /// Where it begins in the source.
    pub(super) offset: usize,
    /// As shown: without escape sequences and control bytes.
    pub(super) text: Cow<'a, [u8]>,
}

impl Line<'_> {
    /// The text without blanks around it.
    pub(super) fn trimmed(&self) -> &[u8] {
        self.text.trim_ascii()
    }

    /// How many blanks it begins with.
    pub(super) fn indent(&self) -> usize {
        blanks(&self.text)
    }
}

/// The text lines that hold output: not the prompt, the command that was typed, messages of the log, nor empty ones.
pub(super) fn lines(source: &[u8]) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    for line in shown_lines(source) {
        if !is_noise(line.trimmed(), lines.is_empty()) {
            lines.push(line);
        }
    }
    lines
}

/// Where a pager still waits for a key before it shows the rest.
pub(super) fn waiting(source: &[u8]) -> Option<Line<'_>> {
    let last = shown_lines(source).last();
    last.filter(|line| line.trimmed().starts_with(PAGER))
}

/// Every text line that shows anything.
fn shown_lines(source: &[u8]) -> impl Iterator<Item = Line<'_>> {
    let mut offset: usize = 0;
    let lines = source.split_inclusive(|byte| b"\r\n".contains(byte));
    let lines = lines.map(move |text| {
        let line = Line {
            offset,
            text: shown(text.trim_ascii_end()),
        };
        offset = offset.saturating_add(text.len());
        line
    });
    lines.filter(|line| !line.trimmed().is_empty())
}

/// What `-- [Q quit|D dump|down]` begins with.
const PAGER: &[u8] = b"-- [";

/// How many blanks a text begins with.
pub(super) fn blanks(text: &[u8]) -> usize {
    text.iter().take_while(|byte| is_blank(**byte)).count()
}

pub(super) fn is_blank(byte: u8) -> bool {
    byte.is_ascii_whitespace()
}

/// A byte of the name of a property.
pub(super) fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-._".contains(&byte)
}

/// The name that a text begins with, and what stands behind it: `name=..`, `name: ..`.
pub(super) fn name_before(text: &[u8], sign: u8) -> Option<(&[u8], &[u8])> {
    let length = text.iter().take_while(|byte| is_of_name(**byte)).count();
    let (name, behind) = text.split_at_checked(length)?;
    let is_name = name.first().is_some_and(u8::is_ascii_alphabetic);
    let behind = behind.strip_prefix(&[sign]).filter(|_| is_name)?;
    Some((name, behind))
}

/// The text without escape sequences (`ESC [ 9 m`, `ESC ( B`) and control bytes.
fn shown(text: &[u8]) -> Cow<'_, [u8]> {
    let is_control = |byte: &u8| byte.is_ascii_control() && *byte != b'\t';
    if !text.iter().any(is_control) {
        return Cow::Borrowed(text);
    }
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&byte, behind)) = rest.split_first() {
        rest = if byte == ESCAPE {
            behind.get(sequence_length(behind)..).unwrap_or_default()
        } else {
            behind
        };
        if !is_control(&byte) {
            out.push(byte);
        }
    }
    Cow::Owned(out)
}

const ESCAPE: u8 = 0x1B;

/// How long the escape sequence is, its first byte aside.
fn sequence_length(behind: &[u8]) -> usize {
    let is_last = |byte: &u8| (b'@'..=b'~').contains(byte);
    match behind.first() {
        Some(b'[') => {
            let end = behind.iter().skip(1).position(is_last);
            end.map_or(behind.len(), |end| end.saturating_add(2))
        }
        Some(b'(' | b')') => 2,
        Some(_) => 1,
        None => 0,
    }
}

fn is_noise(text: &[u8], is_first: bool) -> bool {
    is_prompt(text) || is_of_log(text) || text.starts_with(PAGER) || (is_first && is_command(text))
}

/// `[admin@MikroTik] > /ip route print detail`, `[admin@MikroTik] /ip route<SAFE> print`
fn is_prompt(text: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b']', text).filter(|_| text.starts_with(b"[")) else {
        return false;
    };
    let (user, behind) = text.split_at(end);
    user.contains(&b'@') && behind.contains(&b'>')
}

/// `17:20:06 echo: system,error,critical login failure for user admin`: consoles show it wherever they are.
fn is_of_log(text: &[u8]) -> bool {
    let mut words = text.split(|byte| *byte == b' ');
    let is_time = |word: &[u8]| word.len() == 8 && word.iter().filter(|byte| **byte == b':').count() == 2;
    let time_at = words.position(is_time);
    time_at.is_some_and(|at| at < 2) && words.next() == Some(b"echo:")
}

/// `/ip route print detail` as typed, where an answer was kept with its command.
fn is_command(text: &[u8]) -> bool {
    let mut words = text.split(|byte| b" /".contains(byte));
    text.starts_with(b"/") && words.any(|word| word == b"print")
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;
    use std::vec;

    use super::*;

    fn texts(source: &str) -> Vec<String> {
        let lines = lines(source.as_bytes()).into_iter();
        lines
            .map(|line| String::from_utf8(line.text.into_owned()).unwrap())
            .collect()
    }

    #[test]
    fn what_is_no_output_is_passed_over() {
        assert_eq!(
            texts(
                "[admin@MikroTik] > /ip route print\r\n/ip route print\r\n\r\n\
                 17:20:06 echo: system,error,critical login failure\n\
                 2026-01-02 17:20:06 echo: system,info x\n 0 a=b\n-- [Q quit|D dump|down]\n[admin@MikroTik] > "
            ),
            [" 0 a=b"]
        );
        assert_eq!(texts("\x1b[9m 0 \x1b[35;1ma\x1b[m=b\x1b[K\x1b(B\n"), [" 0 a=b"]);
    }

    #[test]
    fn places_are_those_of_the_source() {
        let source = b"\r\n\x1b[m 0 a=b\n 1 c=d";
        let offsets: Vec<usize> = lines(source).iter().map(|line| line.offset).collect();
        assert_eq!(offsets, vec![2, 12]);
    }
}
