//! `;;; text`: the comment of a row, or a remark of the router on it.

use alloc::vec::Vec;

use super::super::remark::is_remark;
use super::text::Line;

/// The comment of a row, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Comment {
    texts: Vec<Vec<u8>>,
}

impl Comment {
    /// The comment that a text line begins.
    pub(super) fn begins<'a>(line: &'a Line<'_>) -> Option<&'a [u8]> {
        Comment::begins_text(line.trimmed())
    }

    /// The comment that a text begins.
    pub(super) fn begins_text(text: &[u8]) -> Option<&[u8]> {
        text.strip_prefix(b";;;").map(<[u8]>::trim_ascii)
    }

    pub(super) fn push(&mut self, text: &[u8]) {
        self.texts.push(text.to_vec());
    }

    /// Whether it has a text that may go on: a comment may have many text lines.
    pub(super) fn is_open(&self) -> bool {
        !self.texts.is_empty()
    }

    /// Takes a text line that goes on with it.
    pub(super) fn go_on(&mut self, line: &Line<'_>) {
        if let Some(text) = self.texts.last_mut() {
            text.push(b'\n');
            text.extend_from_slice(line.text.trim_ascii_end());
        }
    }

    /// What somebody wrote; the router's own remarks aside.
    pub(super) fn text(&self) -> Option<Vec<u8>> {
        let texts = self.texts.iter().filter(|text| !is_remark(text));
        let texts: Vec<&[u8]> = texts.map(Vec::as_slice).collect();
        (!texts.is_empty()).then(|| texts.join(&b"\n"[..]))
    }

    /// What the router itself says of the row.
    pub(super) fn remark(&self) -> Option<Vec<u8>> {
        self.texts.iter().find(|text| is_remark(text)).cloned()
    }
}
