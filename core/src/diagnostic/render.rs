//! A diagnostic as plain text with a code frame.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::place::line_start;
use super::{Diagnostic, Evidence, Place};

/// `name` is what people call the source; empty where it has no name
pub(super) fn render(diagnostic: &Diagnostic, name: &str, source: Option<&[u8]>) -> String {
    let mut out = format!("{diagnostic}\n");
    if let Some(place) = diagnostic.place {
        let colon = if name.is_empty() { "" } else { ":" };
        out.push_str(&format!(" --> {name}{colon}{place}\n"));
        if let Some(source) = source {
            out.push_str(&frame(place, source));
        }
    }
    if !diagnostic.evidence.is_empty() {
        out.push_str("shown by:\n");
        out.extend(diagnostic.evidence.iter().map(shown_by));
    }
    if let Some(help) = &diagnostic.help {
        out.push_str(&format!("help: {help}\n"));
    }
    if let Some(fix) = &diagnostic.fix {
        out.push_str(&format!("fix: {}\n", fix.what));
        out.extend(fix.commands.iter().map(|command| format!("    {command}\n")));
    }
    out
}

fn shown_by(evidence: &Evidence) -> String {
    let indent = "  ".repeat(usize::from(evidence.depth));
    match evidence.place {
        Some(place) => format!("    {indent}{}  (line {})\n", evidence.what, place.line),
        None => format!("    {indent}{}\n", evidence.what),
    }
}

/// The text line of `place` with carets under the bytes meant; a place over several text lines is marked in its first
fn frame(place: Place, source: &[u8]) -> String {
    let offset = place.offset.min(source.len());
    let start = line_start(source.get(..offset).unwrap_or_default());
    let text = source.get(start..).unwrap_or_default();
    let text = text
        .get(..memchr::memchr2(b'\r', b'\n', text).unwrap_or(text.len()))
        .unwrap_or_default();

    let cells = cells(text);
    let from = offset.saturating_sub(start);
    let to = from.saturating_add(place.length.max(1));
    let first = cells.iter().take_while(|cell| cell.end <= from).count();
    let marked = cells
        .iter()
        .skip(first)
        .take_while(|cell| cell.start < to)
        .count();

    let window = Window::around(first, &cells);
    let margin = window.print(&cells, 0, first).chars().count();
    let carets = window
        .print(&cells, first, first.saturating_add(marked))
        .chars()
        .count()
        .max(1);
    let number = place.line.to_string();
    let gutter = " ".repeat(number.len());
    format!(
        "{gutter} |\n{number} | {text}\n{gutter} | {blank}{carets}\n",
        text = window.print(&cells, 0, cells.len()).trim_end(),
        blank = " ".repeat(margin),
        carets = "^".repeat(carets),
    )
}

/// What one character, or one byte that is none, looks like
struct Cell {
    start: usize,
    end: usize,
    text: String,
}

fn cells(text: &[u8]) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut push = |text: String, length: usize| {
        let start = cells.last().map_or(0, |cell: &Cell| cell.end);
        cells.push(Cell {
            start,
            end: start.saturating_add(length),
            text,
        });
    };
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars() {
            push(printable(character), character.len_utf8());
        }
        for byte in chunk.invalid() {
            push(format!("\\{byte:02X}"), 1);
        }
    }
    cells
}

fn printable(character: char) -> String {
    match character {
        '\t' => " ".repeat(4),
        control if control.is_control() => control
            .to_string()
            .bytes()
            .map(|byte| format!("\\{byte:02X}"))
            .collect(),
        other => other.to_string(),
    }
}

/// Which cells of a long text line are shown
struct Window {
    start: usize,
    end: usize,
    len: usize,
}

impl Window {
    fn around(first: usize, cells: &[Cell]) -> Self {
        let len = cells.len();
        if len <= WIDTH {
            return Self {
                start: 0,
                end: len,
                len,
            };
        }
        let start = first.saturating_sub(WIDTH / 2).min(len.saturating_sub(WIDTH));
        Self {
            start,
            end: start.saturating_add(WIDTH),
            len,
        }
    }

    /// The cells `from..to` as far as they are shown, with an ellipsis where the text line is cut
    fn print(&self, cells: &[Cell], from: usize, to: usize) -> String {
        let mut out = String::new();
        if from == 0 && self.start > 0 {
            out.push_str(ELLIPSIS);
        }
        let (from, to_shown) = (from.max(self.start), to.min(self.end));
        out.extend(
            cells
                .iter()
                .take(to_shown)
                .skip(from)
                .map(|cell| cell.text.as_str()),
        );
        if to == self.len && self.end < self.len && from < to_shown {
            out.push_str(ELLIPSIS);
        }
        out
    }
}

/// Cells shown of a text line; an export wraps at 79 columns, a hand-written script rarely goes beyond this
const WIDTH: usize = 120;
const ELLIPSIS: &str = "...";

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use proptest::prelude::*;

    use crate::diagnostic::{Code, Diagnostic, Place};

    fn rendered(source: &[u8], offset: usize, length: usize) -> String {
        Diagnostic::error(Code::new("syntax"), "bad")
            .at(Place::locate(source, offset, length))
            .render(Some(source))
    }

    #[test]
    fn tabs_and_foreign_bytes_keep_the_carets_in_place() {
        assert_eq!(
            rendered(b"\tname=\xCF\xF0 x", 6, 3),
            "error[syntax]: bad\n --> 1:7\n  |\n1 |     name=\\CF\\F0 x\n  |          ^^^^^^^\n"
        );
    }

    #[test]
    fn the_end_of_the_text_can_be_meant() {
        assert_eq!(
            rendered(b"a\nb=", 4, 0),
            "error[syntax]: bad\n --> 2:3\n  |\n2 | b=\n  |   ^\n"
        );
    }

    #[test]
    fn a_place_over_several_text_lines_is_marked_in_its_first() {
        assert_eq!(
            rendered(b"ab{\r\n}", 2, 4),
            "error[syntax]: bad\n --> 1:3\n  |\n1 | ab{\n  |   ^\n"
        );
    }

    #[test]
    fn a_long_text_line_is_cut_around_the_place() {
        let source = [b"x".repeat(500), b"HERE".to_vec(), b"y".repeat(500)].concat();
        let text = rendered(&source, 500, 4);
        let (shown, carets) = (text.lines().nth(3).unwrap(), text.lines().nth(4).unwrap());
        assert!(
            shown.starts_with("1 | ...x") && shown.ends_with("y..."),
            "{shown}"
        );
        assert_eq!(shown.find("HERE"), carets.find("^^^^"));
        assert!(shown.len() < 140);
    }

    #[test]
    fn without_a_source_there_is_no_frame() {
        let found = Diagnostic::note(Code::new("note"), "so it is")
            .with_help("nothing")
            .at(Place::locate(b"", 0, 0));
        assert_eq!(
            found.render(None),
            "note[note]: so it is\n --> 1:1\nhelp: nothing\n"
        );
    }

    proptest! {
        #[test]
        fn any_place_in_any_bytes_renders(source: Vec<u8>, offset in 0usize..300, length in 0usize..300) {
            let text = rendered(&source, offset, length);
            prop_assert!(text.contains('^') && !text.contains('\t'));
        }
    }
}
