//! `name=value name="a text" ..` → the fields of a row.

use alloc::{
    collections::{BTreeMap, BTreeSet},
    format,
    string::String,
    vec::Vec,
};
use core::ops::Range;

use super::{
    Menu,
    fault::{Fault, UNCLEAR_VALUE},
    text::{blanks, is_blank, name_before},
    values::{self, Shown},
};
use crate::{diagnostic::shown::text_length, routeros::read::rows::Fields};

/// The fields of a row in one piece, its text lines joined by line feeds, and where each of them stands in the source.
#[derive(Debug, Default)]
pub(super) struct Body {
    text: Vec<u8>,
    /// Where a part of the text begins, here and in the source.
    parts: Vec<(usize, usize)>,
}

impl Body {
    /// Appends a text line that stands at `offset` of the source.
    pub(super) fn push(&mut self, text: &[u8], offset: usize) {
        let text_at = blanks(text);
        if !self.text.is_empty() {
            self.text.push(b'\n');
        }
        self.parts.push((self.text.len(), offset.saturating_add(text_at)));
        self.text.extend_from_slice(text.trim_ascii());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Where a byte of the text stands in the source.
    fn offset(&self, at: usize) -> usize {
        let (before, _) = self
            .parts
            .split_at_checked(self.parts.partition_point(|(own, _)| *own <= at))
            .unwrap_or_default();
        let (start, offset) = before.last().copied().unwrap_or_default();
        offset.saturating_add(at.saturating_sub(start))
    }

    /// The fields, in their order.
    pub(super) fn fields(&self, menu: &Menu<'_>) -> Result<Fields, Fault> {
        let reader = Reader {
            menu,
            body: self,
            keys: keys(&self.text),
        };
        reader.fields()
    }
}

/// What looks like the name of a property behind a blank, with its place.
struct Keys<'a> {
    all: Vec<(Range<usize>, &'a str)>,
    /// Where each name stands for the last time.
    last: BTreeMap<&'a str, usize>,
}

fn keys(text: &[u8]) -> Keys<'_> {
    let mut keys = Keys {
        all: Vec::new(),
        last: BTreeMap::new(),
    };
    let mut is_behind_blank = true;
    for (at, byte) in text.iter().enumerate() {
        let rest = if is_behind_blank {
            text.get(at..).unwrap_or_default()
        } else {
            &[]
        };
        if let Some((name, _)) = name_before(rest, b'=')
            && let Ok(name) = core::str::from_utf8(name)
        {
            keys.all.push((at..at.saturating_add(name.len()), name));
            keys.last.insert(name, at);
        }
        is_behind_blank = is_blank(*byte);
    }
    keys
}

struct Reader<'a> {
    menu: &'a Menu<'a>,
    body: &'a Body,
    keys: Keys<'a>,
}

impl Reader<'_> {
    fn fields(&self) -> Result<Fields, Fault> {
        let (mut fields, mut seen) = (Fields::new(), BTreeSet::new());
        let text = &self.body.text[..];
        let mut at: usize = 0;
        while at < text.len() {
            let rest = text.get(at..).unwrap_or_default();
            let Some((name, value)) = name_before(rest, b'=')
                .and_then(|(name, value)| Some((core::str::from_utf8(name).ok()?, value)))
            else {
                at = at.saturating_add(self.flag(rest, at, &mut fields)?);
                continue;
            };
            if !seen.insert(name) {
                return Err(self.unclear(at, name, "stands twice in a row"));
            }
            let start = at.saturating_add(name.len()).saturating_add(1);
            let shown = self.value(name, value, start, &seen);
            let length = shown.bytes().len();
            let value = values::read(self.menu, name, shown).map_err(|why| self.unclear(at, name, why))?;
            fields.push((String::from(name), value));
            at = start.saturating_add(length);
            at = at.saturating_add(blanks(text.get(at..).unwrap_or_default()));
        }
        Ok(fields)
    }

    /// A property that is written without a value, as `blackhole`; its length with the blanks behind it.
    fn flag(&self, rest: &[u8], at: usize, fields: &mut Fields) -> Result<usize, Fault> {
        let word = rest.split(|byte| is_blank(*byte)).next().unwrap_or_default();
        let name = core::str::from_utf8(word)
            .ok()
            .filter(|name| self.menu.is_flag(name));
        let Some(name) = name else {
            let message = "what stands here is no `name=value`";
            return Err(Fault::new(
                &UNCLEAR_VALUE,
                self.body.offset(at),
                word.len(),
                message,
            ));
        };
        fields.push((String::from(name), Default::default()));
        let behind = rest.get(word.len()..).unwrap_or_default();
        Ok(word.len().saturating_add(blanks(behind)))
    }

    /// The value at the start of `rest`, as it is shown.
    fn value<'b>(&self, name: &str, rest: &'b [u8], start: usize, seen: &BTreeSet<&str>) -> Shown<'b> {
        if rest.starts_with(b"\"") {
            let (text, behind) = rest.split_at(text_length(rest).min(rest.len()));
            let is_closed = text.len() > 1 && text.ends_with(b"\"");
            let next = behind.trim_ascii_start();
            let is_whole = behind.is_empty() || (next.len() < behind.len() && self.is_start(next));
            if is_closed && is_whole {
                return Shown::Quoted(text);
            }
        }
        let end = self.end(name, rest, start, seen).saturating_sub(start);
        Shown::Bare(rest.get(..end).unwrap_or(rest).trim_ascii_end())
    }

    /// Whether a text begins as a field does.
    fn is_start(&self, text: &[u8]) -> bool {
        let word = text.split(|byte| is_blank(*byte)).next().unwrap_or_default();
        let is_flag = core::str::from_utf8(word).is_ok_and(|name| self.menu.is_flag(name));
        is_flag || name_before(text, b'=').is_some()
    }

    /// Where a value ends that has no quotes: before the next name, or before a flag that stands there by itself.
    fn end(&self, name: &str, rest: &[u8], start: usize, seen: &BTreeSet<&str>) -> usize {
        let from = self.keys.all.partition_point(|(range, _)| range.start < start);
        let behind = self.keys.all.get(from..).unwrap_or_default();
        let mut depth = Depth::default();
        let mut done = start;
        let is_script = self.menu.is_script(name);
        let next = behind.iter().find(|(range, key)| {
            if is_script {
                let passed = rest.get(done.saturating_sub(start)..range.start.saturating_sub(start));
                depth.pass(passed.unwrap_or_default());
                done = range.start;
            }
            let is_free = self.menu.is_free(name);
            !is_free || (depth.is_none() && self.is_next(key, range.start, seen))
        });
        let end = next.map_or(self.body.text.len(), |(range, _)| range.start);
        let value = rest.get(..end.saturating_sub(start)).unwrap_or(rest);
        let before_flag = value.trim_ascii_end();
        match self.last_word(before_flag) {
            Some(at) if name != "comment" && !is_script => start.saturating_add(at),
            _ => end,
        }
    }

    /// Where the last word of a value begins, where it is a flag.
    fn last_word(&self, value: &[u8]) -> Option<usize> {
        let at = memchr::memrchr2(b' ', b'\n', value)?.saturating_add(1);
        let word = core::str::from_utf8(value.get(at..)?).ok()?;
        self.menu.is_flag(word).then_some(at)
    }

    /// Whether a name in a text without quotes is the next property: one of the menu's that the router shows at that place, and
    /// no word of the text. A row shows each property once.
    fn is_next(&self, key: &str, at: usize, seen: &BTreeSet<&str>) -> bool {
        let is_last = self.keys.last.get(key).is_none_or(|last| *last == at);
        let waits_for = self.menu.shown_behind(key);
        self.menu.knows(key)
            && is_last
            && !seen.contains(key)
            && !NEVER_LATER.contains(&key)
            && waits_for.is_none_or(|first| seen.contains(first))
    }

    fn unclear(&self, at: usize, name: &str, why: &str) -> Fault {
        let name_length = name.len();
        let message = format!("`{name}` {why}");
        Fault::new(&UNCLEAR_VALUE, self.body.offset(at), name_length, message)
    }
}

/// What no row shows behind another property: a comment comes first, and a letter tells what is disabled.
const NEVER_LATER: [&str; 2] = ["comment", "disabled"];

/// How deep within brackets and quotes of a script a place is.
#[derive(Default)]
struct Depth {
    open: usize,
    is_quoted: bool,
    is_escaped: bool,
}

impl Depth {
    fn pass(&mut self, text: &[u8]) {
        for byte in text {
            let is_escaped = core::mem::replace(&mut self.is_escaped, false);
            match byte {
                _ if is_escaped => {}
                b'\\' => self.is_escaped = true,
                b'"' => self.is_quoted = !self.is_quoted,
                b'{' | b'[' | b'(' if !self.is_quoted => self.open = self.open.saturating_add(1),
                b'}' | b']' | b')' if !self.is_quoted => self.open = self.open.saturating_sub(1),
                _ => {}
            }
        }
    }

    fn is_none(&self) -> bool {
        self.open == 0 && !self.is_quoted
    }
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;

    fn fields(menu: &str, lines: &[&str]) -> Result<Vec<String>, Fault> {
        let mut body = Body::default();
        lines.iter().for_each(|line| body.push(line.as_bytes(), 0));
        let fields = body.fields(&Menu::new(menu, None))?.into_iter();
        Ok(fields
            .map(|(name, value)| format!("{name}={}", value.to_text()))
            .collect())
    }

    #[test]
    fn a_text_ends_at_the_next_property_that_is_none_of_its_words() {
        let read = |line| fields("/ip/dhcp-client", &[line]).unwrap();
        assert_eq!(
            read("comment=at 9=nine interface=ether1 status=bound gateway=192.0.2.1"),
            [
                "comment=at 9=nine",
                "interface=ether1",
                "status=bound",
                "gateway=192.0.2.1"
            ]
        );
        assert_eq!(
            read("comment=was interface=ether9 once interface=ether1 status=bound"),
            [
                "comment=was interface=ether9 once",
                "interface=ether1",
                "status=bound"
            ]
        );
        assert_eq!(
            read(
                "interface=ether1 script={ :put status=x } gateway=y disabled=no status=bound gateway=192.0.2.1"
            ),
            [
                "interface=ether1",
                "script={ :put status=x } gateway=y disabled=no",
                "status=bound",
                "gateway=192.0.2.1"
            ]
        );
    }

    #[test]
    fn a_flag_stands_without_a_value() {
        let wanted = ["pref-src=", "blackhole=", "distance=254"];
        assert_eq!(
            fields("/ip/route", &["pref-src= blackhole distance=254"]).unwrap(),
            wanted
        );
        assert_eq!(
            fields("/ip/route", &["pref-src=\"\" blackhole", "distance=254"]).unwrap(),
            wanted
        );
        assert_eq!(
            fields("/ip/route", &["comment=a blackhole"]).unwrap(),
            ["comment=a blackhole"]
        );
    }

    #[test]
    fn broken_text_lines_are_put_together() {
        assert_eq!(
            fields(
                "/interface/ethernet",
                &[
                    "name=\"a",
                    "    b\" advertise=10M-baseT-half,",
                    "    1G-baseT-full"
                ]
            )
            .unwrap(),
            ["name=a b", "advertise=10M-baseT-half,1G-baseT-full"]
        );
    }

    #[test]
    fn a_fault_has_its_place_in_the_source() {
        let mut body = Body::default();
        body.push(b"  name=\"a\"", 10);
        body.push(b"      mtu=\"1500", 40);
        let fault = body.fields(&Menu::new("/interface/ethernet", None)).unwrap_err();
        let place = fault
            .diagnostic("/interface/ethernet", &[b' '; 80])
            .place
            .unwrap();
        assert_eq!((place.offset, place.length), (46, 3));
    }
}
