//! Places in a source text.

use alloc::vec::Vec;
use core::fmt;

use serde::Serialize;

/// Where in a source text something stands
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// Bytes from the start of the source to the first byte meant
    pub offset: usize,
    /// Bytes meant; 0 is the gap before `offset`
    pub length: usize,
    /// Line of text, from 1
    pub line: u32,
    /// Byte within that line, from 1
    pub column: u32,
}

impl Place {
    /// Place of `length` bytes at `offset` of `source`, both cut to its end
    ///
    /// Text lines end with LF, CRLF or CR; each of the three counts once, as on a router.
    pub fn locate(source: &[u8], offset: usize, length: usize) -> Self {
        let offset = offset.min(source.len());
        let before = source.get(..offset).unwrap_or_default();
        let start = line_start(before);
        let ends = memchr::memchr2_iter(b'\r', b'\n', before.get(..start).unwrap_or_default())
            .filter(|&at| !is_inside_crlf(source, at))
            .count();
        Self {
            offset,
            length: length.min(source.len().saturating_sub(offset)),
            line: count(ends),
            column: count(offset.saturating_sub(start)),
        }
    }

    /// The same place counted in another unit, as a host language counts in `source`; this one is in bytes of it
    ///
    /// Bytes that are no UTF-8 count as one each, whatever the unit.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::diagnostic::{Place, Unit};
    ///
    /// let source = "a\né🔴 x".as_bytes();
    /// let place = Place::locate(source, 9, 1);
    /// assert_eq!((place.line, place.column), (2, 8));
    /// let in_utf16 = place.in_units(source, Unit::Utf16);
    /// assert_eq!((in_utf16.offset, in_utf16.length, in_utf16.column), (6, 1, 5));
    /// assert_eq!(place.in_units(source, Unit::Characters).column, 4);
    /// ```
    #[must_use]
    pub fn in_units(self, source: &[u8], unit: Unit) -> Self {
        let start = self.offset.min(source.len());
        let end = self.offset.saturating_add(self.length).min(source.len());
        if source.get(..end).is_none_or(<[u8]>::is_ascii) {
            return self;
        }
        let count = |start: usize, end: usize| unit.count(source.get(start..end).unwrap_or_default());
        Self {
            offset: count(0, start),
            length: count(start, end),
            column: self.column_in(source, unit),
            line: self.line,
        }
    }

    /// The column counted in another unit
    pub(crate) fn column_in(self, source: &[u8], unit: Unit) -> u32 {
        let bytes = usize::try_from(self.column.saturating_sub(1)).unwrap_or_default();
        let before = source.get(self.offset.saturating_sub(bytes)..self.offset);
        count(before.map_or(bytes, |before| unit.count(before)))
    }
}

/// What places are counted in
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Bytes, as in files
    #[default]
    Bytes,
    /// Unicode scalar values, as in texts of Python
    Characters,
    /// UTF-16 code units, as in texts of JavaScript and Java
    Utf16,
}

impl Unit {
    fn count(self, text: &[u8]) -> usize {
        let valid: fn(&str) -> usize = match self {
            Self::Bytes => return text.len(),
            Self::Characters => |text| text.chars().count(),
            Self::Utf16 => |text| text.encode_utf16().count(),
        };
        let chunks = text.utf8_chunks();
        let counts = chunks.map(|chunk| valid(chunk.valid()).saturating_add(chunk.invalid().len()));
        counts.fold(0, usize::saturating_add)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Where the text lines of a source end, for many places of it
#[derive(Clone, Debug)]
pub(crate) struct LineEnds(Vec<usize>);

impl LineEnds {
    pub(crate) fn of(source: &[u8]) -> Self {
        let ends = memchr::memchr2_iter(b'\r', b'\n', source);
        Self(ends.filter(|&at| !is_inside_crlf(source, at)).collect())
    }

    /// Place of `length` bytes at `offset`, both within the source
    pub(crate) fn place(&self, offset: usize, length: usize) -> Place {
        let before = self.0.partition_point(|&end| end < offset);
        let last = before.checked_sub(1).and_then(|last| self.0.get(last));
        let start = last.map_or(0, |end| end.saturating_add(1));
        Place {
            offset,
            length,
            line: count(before),
            column: count(offset.saturating_sub(start)),
        }
    }
}

/// Offset just behind the last end of a text line in `before`
pub(super) fn line_start(before: &[u8]) -> usize {
    memchr::memrchr2(b'\r', b'\n', before).map_or(0, |end| end.saturating_add(1))
}

fn is_inside_crlf(source: &[u8], at: usize) -> bool {
    source.get(at..at.saturating_add(2)) == Some(b"\r\n")
}

/// From a count of what is before to a number from 1
fn count(before: usize) -> u32 {
    u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1)
}

/// What some editors write at the beginning of a text in UTF-8, and means nothing
pub(crate) const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;

    #[test]
    fn places_are_those_of_place_locate() {
        let source = b"a\r\nb\rc\n\nd\n";
        let ends = LineEnds::of(source);
        // Nothing begins between the two bytes of a line end.
        for offset in (0..=source.len()).filter(|offset| *offset != 2) {
            assert_eq!(ends.place(offset, 0), Place::locate(source, offset, 0));
        }
    }

    #[test]
    fn every_kind_of_line_end_counts_once() {
        let source = b"a\r\nb\rc\n\nd";
        let place = |offset| Place::locate(source, offset, 1);
        let spots: Vec<_> = [0, 3, 5, 7, 8]
            .map(|offset| (place(offset).line, place(offset).column))
            .into();
        assert_eq!(spots, [(1, 1), (2, 1), (3, 1), (4, 1), (5, 1)]);
    }

    #[test]
    fn columns_are_bytes() {
        assert_eq!(Place::locate("é=x".as_bytes(), 2, 1).column, 3);
    }

    #[test]
    fn a_place_never_leaves_its_source() {
        let place = Place::locate(b"ab", 9, 9);
        assert_eq!(
            place,
            Place {
                offset: 2,
                length: 0,
                line: 1,
                column: 3
            }
        );
    }

    #[test]
    fn units_are_those_of_host_languages() {
        let source = b"x\r\n\xCF\xC3\xA9=\xF0\x9F\x94\xB4z";
        let units = |offset, length, unit| {
            let place = Place::locate(source, offset, length).in_units(source, unit);
            (place.offset, place.length, place.line, place.column)
        };
        assert_eq!(units(11, 1, Unit::Bytes), (11, 1, 2, 9));
        assert_eq!(units(11, 1, Unit::Characters), (7, 1, 2, 5));
        assert_eq!(units(11, 1, Unit::Utf16), (8, 1, 2, 6));
        assert_eq!(units(7, 4, Unit::Utf16), (6, 2, 2, 4));
        assert_eq!(units(3, 1, Unit::Characters), (3, 1, 2, 1));
        let beyond = Place {
            offset: 99,
            length: 9,
            line: 7,
            column: 5,
        };
        assert_eq!(
            beyond.in_units(source, Unit::Utf16),
            Place {
                offset: 9,
                length: 0,
                line: 7,
                column: 5
            }
        );
    }
}
