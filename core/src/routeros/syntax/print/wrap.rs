//! Text lines of at most 79 bytes, as exports have them.
//!
//! An export breaks between arguments, behind `=` and inside quoted text; a value too long for a text line is quoted so
//! that it can be broken (247 exports, ROUTEROS-BEHAVIOUR §15).

use alloc::vec::Vec;

use crate::routeros::syntax::lex::is_bare;

/// Bytes of a text line, the backslash at its end included
const WIDTH: usize = 79;

const INDENT: &[u8] = b"    ";

/// Pieces separated by blanks, broken into text lines
pub(super) fn wrap(pieces: &[Vec<u8>]) -> Vec<u8> {
    let mut page = Page {
        out: Vec::new(),
        column: 0,
    };
    let last = pieces.len().saturating_sub(1);
    for (index, piece) in pieces.iter().enumerate() {
        // What follows needs ` \` behind this piece, or nothing where this one is the last.
        let reserve = if index == last { 0 } else { 2 };
        page.piece(piece, index == 0, reserve);
    }
    page.out
}

struct Page {
    out: Vec<u8>,
    column: usize,
}

impl Page {
    fn piece(&mut self, piece: &[u8], first: bool, reserve: usize) {
        let blank = usize::from(!first);
        let needs = piece.len().saturating_add(reserve);
        if self.column.saturating_add(blank).saturating_add(needs) <= WIDTH {
            self.blank(first);
            self.write(piece);
        } else if INDENT.len().saturating_add(needs) <= WIDTH {
            self.blank(first);
            self.line_break();
            self.write(piece);
        } else {
            self.long(piece, first);
        }
    }

    /// A piece that no text line can hold: its value is broken
    fn long(&mut self, piece: &[u8], first: bool) {
        let (name, value) = split(piece);
        self.blank(first);
        // The name, a quote, one escape and a backslash.
        if self.column.saturating_add(name.len()).saturating_add(5) > WIDTH {
            self.line_break();
        }
        self.write(name);
        match value {
            [b'"', inner @ .., b'"'] if is_plain(inner) => self.quoted(inner),
            bare if bare.iter().copied().all(is_bare) => self.quoted(bare),
            other => self.write(other),
        }
    }

    /// Quoted text, broken where the text line is full but never inside an escape
    fn quoted(&mut self, inner: &[u8]) {
        self.write(b"\"");
        let mut rest = inner;
        while let Some((atom, tail)) = atom(rest) {
            // Room for the backslash, and for the closing quote and ` \` behind the last atom.
            let reserve = if tail.is_empty() { 3 } else { 1 };
            if self.column.saturating_add(atom.len()).saturating_add(reserve) > WIDTH {
                self.line_break();
                // The blanks that a continued text line begins with are dropped.
                self.write(if atom == b" " { b"\\_" } else { atom });
            } else {
                self.write(atom);
            }
            rest = tail;
        }
        self.write(b"\"");
    }

    fn blank(&mut self, first: bool) {
        if !first {
            self.write(b" ");
        }
    }

    fn line_break(&mut self) {
        self.out.extend_from_slice(b"\\\n");
        self.out.extend_from_slice(INDENT);
        self.column = INDENT.len();
    }

    fn write(&mut self, text: &[u8]) {
        self.out.extend_from_slice(text);
        self.column = self.column.saturating_add(text.len());
    }
}

/// `name=` and the value, or nothing and all of it
fn split(piece: &[u8]) -> (&[u8], &[u8]) {
    let name = piece
        .iter()
        .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
    let name = name.count();
    match piece.get(name) {
        Some(b'=') => piece
            .split_at_checked(name.saturating_add(1))
            .unwrap_or((&[], piece)),
        _ => (&[], piece),
    }
}

/// Whether quoted text can be broken anywhere: it ends where it seems to, and interpolates nothing
fn is_plain(inner: &[u8]) -> bool {
    let mut rest = inner;
    while let Some((atom, tail)) = atom(rest) {
        if matches!(atom, b"$" | b"\"" | b"\\") {
            return false;
        }
        rest = tail;
    }
    true
}

/// The first byte of quoted text, or the escape that it begins with
fn atom(text: &[u8]) -> Option<(&[u8], &[u8])> {
    let length = match text {
        [] => return None,
        [b'\\', b'0'..=b'9' | b'A'..=b'F', ..] => 3,
        [b'\\', ..] => 2,
        _ => 1,
    };
    text.split_at_checked(length.min(text.len()))
}
