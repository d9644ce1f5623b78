//! Plain `print`: columns below a header → fields, where each value is surely one column's.

use alloc::{format, string::String, vec::Vec};
use core::ops::Range;

use super::{
    Menu,
    comment::Comment,
    fault::{Fault, NOT_PRINT_OUTPUT, UNCLEAR_TABLE, UNCLEAR_VALUE},
    flags::{Flags, Letter},
    text::{Line, is_blank, is_of_name},
    values::{self, Shown},
};
use crate::routeros::{
    read::{remark::ABOUT, rows::Fields},
    value::{Kind, Value},
};

/// Whether a text line begins a table.
pub(super) fn begins(line: &Line<'_>) -> bool {
    line.trimmed().starts_with(b"Columns:") || is_header(line)
}

/// The rows; what cannot be read of them, all of it.
pub(super) fn read(
    menu: &Menu<'_>,
    flags: &Flags<'_>,
    lines: &[Line<'_>],
) -> Result<Vec<Fields>, Vec<Fault>> {
    let (columns, lines) = columns(menu, lines).map_err(|fault| alloc::vec![fault])?;
    let (mut rows, mut faults) = (Vec::new(), Vec::new());
    let mut pending = Pending::default();
    for line in lines.iter().filter(|line| !is_header(line)) {
        match row(menu, flags, &columns, line, &mut pending) {
            Ok(fields) => rows.extend(fields),
            Err(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(rows) } else { Err(faults) }
}

/// A column: the name of its property, and where its title stands in a text line.
struct Column {
    name: String,
    title: Range<usize>,
}

/// What stands above the cells of a row.
#[derive(Default)]
struct Pending {
    comment: Comment,
    /// The letters, where a text line with the number and the comment came before the cells.
    letters: Option<Vec<Letter>>,
}

/// `#    NAME     MTU`
fn is_header(line: &Line<'_>) -> bool {
    line.trimmed()
        .strip_prefix(b"#")
        .is_some_and(|titles| titles.starts_with(b" "))
}

/// The columns of a table, and the text lines behind its header.
fn columns<'a, 'b>(menu: &Menu<'_>, lines: &'a [Line<'b>]) -> Result<(Vec<Column>, &'a [Line<'b>]), Fault> {
    let (names, lines) = listed(lines);
    let Some((header, lines)) = lines.split_first() else {
        return Ok((Vec::new(), &[]));
    };
    let mut columns = titles(&header.text);
    let is_clear = if names.is_empty() {
        columns.iter().all(|column| is_whole(menu, &column.name))
    } else {
        let agree = columns
            .iter()
            .zip(&names)
            .all(|(column, name)| name.starts_with(&column.name));
        agree && columns.len() == names.len()
    };
    if !is_clear || columns.len() > MOST_COLUMNS {
        let message = "the titles of this table are cut off";
        return Err(Fault::of_line(&UNCLEAR_TABLE, header, message));
    }
    for (column, name) in columns.iter_mut().zip(names) {
        column.name = name;
    }
    Ok((columns, lines))
}

/// More than any table has.
const MOST_COLUMNS: usize = 64;

/// The columns as the header has them: their names may be cut off.
fn titles(header: &[u8]) -> Vec<Column> {
    let columns = words(header).map(|title| Column {
        name: lowered(header.get(title.clone()).unwrap_or_default()),
        title,
    });
    columns.filter(|column| column.name != "#").collect()
}

/// Whether a title that no list of names explains is surely a name.
fn is_whole(menu: &Menu<'_>, name: &str) -> bool {
    name.bytes().all(is_of_name) && !name.ends_with("...") && !menu.is_cut_off(name)
}

fn lowered(title: &[u8]) -> String {
    String::from_utf8_lossy(&title.to_ascii_lowercase()).into_owned()
}

/// The names in `Columns: ADDRESS, NETWORK`, which goes on behind a comma, and the text lines behind it.
fn listed<'a, 'b>(lines: &'a [Line<'b>]) -> (Vec<String>, &'a [Line<'b>]) {
    let mut names = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let part = match (index, line.trimmed().strip_prefix(b"Columns:")) {
            (0, Some(part)) => part,
            (0, None) => break,
            _ => line.trimmed(),
        };
        let own = part.split(|byte| *byte == b',').map(<[u8]>::trim_ascii);
        names.extend(own.filter(|name| !name.is_empty()).map(lowered));
        if !part.ends_with(b",") {
            return (names, lines.get(index.saturating_add(1)..).unwrap_or_default());
        }
    }
    (Vec::new(), lines)
}

/// The row of a text line; none where it is a comment alone, or the number and the comment of a row that comes below.
fn row(
    menu: &Menu<'_>,
    flags: &Flags<'_>,
    columns: &[Column],
    line: &Line<'_>,
    pending: &mut Pending,
) -> Result<Option<Fields>, Fault> {
    let first = columns.first().map_or(0, |column| column.title.start);
    let (number, letters, at) = margin(line, first);
    let rest = line.text.get(at..).unwrap_or_default();
    if let Some(comment) = Comment::begins_text(rest.trim_ascii_start()) {
        pending.comment.push(comment);
        if number {
            pending.letters = Some(letters);
        }
        return Ok(None);
    }
    let above = core::mem::take(pending);
    let letters = above.letters.unwrap_or(letters);
    let mut fields = cells(menu, columns, line, at)?;
    fields.extend(flags.fields(&letters)?);
    if let Some(text) = above.comment.text() {
        fields.push((String::from("comment"), Value::from(text)));
    }
    if let Some(text) = above.comment.remark() {
        fields.push((String::from(ABOUT), Value::from(text)));
    }
    Ok(Some(fields))
}

/// Whether there is a number left of the first column, the letters beside it, and where the cells begin.
fn margin(line: &Line<'_>, first: usize) -> (bool, Vec<Letter>, usize) {
    let (mut number, mut letters, mut at) = (false, Vec::new(), 0);
    for word in words(&line.text).take_while(|word| word.end <= first) {
        let shown = line.text.get(word.clone()).unwrap_or_default();
        if Comment::begins_text(shown).is_some() {
            break;
        }
        if at == 0 && shown.iter().all(u8::is_ascii_digit) {
            number = true;
        } else {
            let offset = line.offset.saturating_add(word.start);
            letters.extend(shown.iter().zip(offset..).map(|(letter, at)| (*letter, at)));
        }
        at = word.end;
    }
    (number, letters, at)
}

/// The values of a row by their places below the titles.
fn cells(menu: &Menu<'_>, columns: &[Column], line: &Line<'_>, at: usize) -> Result<Fields, Fault> {
    let mut cells: Vec<(usize, Range<usize>)> = Vec::new();
    for word in words(&line.text).filter(|word| word.start >= at) {
        match place(columns, cells.last(), &word) {
            Ok(Some(column)) => cells.push((column, word)),
            Ok(None) => {
                if let Some((_, cell)) = cells.last_mut() {
                    cell.end = word.end;
                }
            }
            Err(message) => {
                let offset = line.offset.saturating_add(word.start);
                return Err(Fault::new(&UNCLEAR_TABLE, offset, word.len(), message));
            }
        }
    }
    if cells.is_empty() {
        let message = "this is no row of the table";
        return Err(Fault::of_line(&NOT_PRINT_OUTPUT, line, message));
    }
    let fields = cells
        .into_iter()
        .map(|(column, cell)| cell_value(menu, columns.get(column), line, cell));
    fields.collect()
}

/// The column in which a word begins a value; none where it goes on with the value before it.
fn place(
    columns: &[Column],
    last: Option<&(usize, Range<usize>)>,
    word: &Range<usize>,
) -> Result<Option<usize>, &'static str> {
    let mut below = (0..).zip(columns).filter(|(_, own)| overlap(&own.title, word));
    let joins = last.filter(|(_, cell)| cell.end.saturating_add(1) == word.start);
    match (below.next(), below.next()) {
        (Some(_), Some(_)) => Err("a value stands below more than one title"),
        (Some((column, _)), None) if last.is_none_or(|(own, _)| *own < column) => Ok(Some(column)),
        (Some((column, _)), None) if joins.is_some_and(|(own, _)| *own == column) => Ok(None),
        (None, None) if joins.is_some() => Ok(None),
        _ => Err("a value stands below no title of its own"),
    }
}

fn cell_value(
    menu: &Menu<'_>,
    column: Option<&Column>,
    line: &Line<'_>,
    cell: Range<usize>,
) -> Result<(String, Value), Fault> {
    let name = column.map(|column| column.name.clone()).unwrap_or_default();
    let text = line.text.get(cell.clone()).unwrap_or_default();
    let offset = line.offset.saturating_add(cell.start);
    if text.ends_with(b"...") || text.ends_with("…".as_bytes()) {
        let message = format!("the value of `{name}` is cut off");
        return Err(Fault::new(&UNCLEAR_TABLE, offset, text.len(), message));
    }
    let is_free = menu.kind(&name) == Kind::Text;
    match values::read(menu, &name, Shown::Bare(text)) {
        Ok(value) => Ok((name, value)),
        Err(_) if is_free => Ok((name, Value::from(text))),
        Err(why) => Err(Fault::new(
            &UNCLEAR_VALUE,
            offset,
            text.len(),
            format!("`{name}` {why}"),
        )),
    }
}

fn overlap(left: &Range<usize>, right: &Range<usize>) -> bool {
    left.start < right.end && right.start < left.end
}

/// Where the words of a text stand.
fn words(text: &[u8]) -> impl Iterator<Item = Range<usize>> {
    let mut at: usize = 0;
    text.split(|byte| is_blank(*byte)).filter_map(move |word| {
        let start = at;
        let end = start.saturating_add(word.len());
        at = end.saturating_add(1);
        (!word.is_empty()).then_some(start..end)
    })
}
