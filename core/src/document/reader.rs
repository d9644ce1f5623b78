//! The reader of documents.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::net::Ipv4Addr;
use core::str::{FromStr, Utf8Error};

use ipnet::Ipv4Net;
use serde::de::value::{self, StrDeserializer};
use serde::de::{Deserialize, DeserializeOwned, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::{DocumentErrors, escape, fault};
use crate::diagnostic::{Code, Diagnostic, Place, Subject};

/// How long a document of a kind may be, and what is usual
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) bytes: usize,
    /// What to do about one that is longer
    pub(crate) help: &'static str,
}

/// Limit of documents that people write or a program keeps
pub(crate) const SMALL: Limit = Limit {
    bytes: 65_536,
    help: "leave out what stands in it more than once; a document of its kind has a few thousand",
};

/// A value of a document, as text, and the field where it stands
///
/// The text is kept because a number's decimals are exact only there.
#[derive(Clone, Debug)]
pub(crate) struct Node<'a> {
    json: &'a str,
    pub(crate) path: String,
}

/// A document and the faults found in it so far
#[derive(Debug)]
pub(crate) struct Document<'a> {
    source: &'a str,
    spans: BTreeMap<String, (usize, usize)>,
    faults: Vec<Diagnostic>,
}

impl<'a> Document<'a> {
    /// A document and its root, if it is JSON and not longer than its kind may be
    pub(crate) fn open(json: &'a [u8], limit: Limit) -> Result<(Self, Node<'a>), DocumentErrors> {
        if json.len() > limit.bytes {
            let message = format!("the document is longer than {} bytes", limit.bytes);
            return Err(Diagnostic::error(TOO_LARGE, message).with_help(limit.help).into());
        }
        let source = core::str::from_utf8(json).map_err(|error| not_utf8(json, error))?;
        let text = source.strip_prefix(MARK).unwrap_or(source);
        let root =
            serde_json::from_str::<&RawValue>(text).map_err(|error| invalid_json(json, text, &error))?;
        let mut document = Self {
            source,
            spans: BTreeMap::new(),
            faults: Vec::new(),
        };
        let root = document.node(root.get(), String::new());
        Ok((document, root))
    }

    /// All faults in the order of their places
    pub(crate) fn into_faults(mut self) -> Vec<Diagnostic> {
        self.faults.sort_by_key(|fault| fault.place);
        self.faults
    }

    /// What was read, or all faults; of what could not be read there is one
    pub(crate) fn finish<T>(self, read: Option<T>) -> Result<T, DocumentErrors> {
        let faults = self.into_faults();
        read.filter(|_| faults.is_empty())
            .ok_or_else(|| DocumentErrors::from(faults))
    }

    /// Adds faults of the draft, but for those of fields that could not be read: they stand in it as something harmless or
    /// empty
    pub(crate) fn add_unless_explained(&mut self, faults: &[Diagnostic]) {
        let misread: Vec<Subject> = self
            .faults
            .iter()
            .flat_map(|fault| fault.subjects.clone())
            .collect();
        for fault in faults {
            let path = fault.subjects.first().map(Subject::name).unwrap_or_default();
            if !misread.iter().any(|field| path.starts_with(field.name())) {
                self.faults.push(Diagnostic {
                    place: self.place(path),
                    ..fault.clone()
                });
            }
        }
    }

    fn place(&self, path: &str) -> Option<Place> {
        let &(offset, length) = self.spans.get(path)?;
        Some(Place::locate(self.source.as_bytes(), offset, length))
    }

    /// Reports a fault of a field
    pub(crate) fn fault(
        &mut self,
        code: Code,
        path: &str,
        message: impl fmt::Display,
        help: impl Into<String>,
    ) {
        let found = fault(
            code,
            if path.is_empty() { "document" } else { path },
            message,
            help,
        );
        let place = self.place(path);
        self.faults.push(Diagnostic { place, ..found });
    }

    /// Members of an object, none of them unknown or twice
    pub(crate) fn fields(&mut self, node: &Node<'a>, known: &[&str]) -> Fields<'a> {
        let fields = self.any_fields(node);
        self.refuse_others(&fields, known);
        fields
    }

    /// Members of an object, none of them twice; none at all of a value that is no object
    pub(crate) fn any_fields(&mut self, node: &Node<'a>) -> Fields<'a> {
        let parsed = serde_json::from_str::<Members<'_>>(node.json);
        let mut fields = Fields {
            path: node.path.clone(),
            is_object: parsed.is_ok(),
            members: BTreeMap::new(),
        };
        let Ok(Members(members)) = parsed else {
            self.wrong_type(node, "an object");
            return fields;
        };
        for (key, value) in members {
            let name: Cow<'_, str> = serde_json::from_str(key.get()).unwrap_or(Cow::Borrowed(key.get()));
            let path = fields.path_of(&name);
            if fields.members.contains_key(name.as_ref()) {
                self.fault(DUPLICATE_FIELD, &path, "is written twice", "keep one of the two");
                continue;
            }
            let value = self.node(value.get(), path);
            fields.members.insert(
                name.into_owned(),
                Member {
                    key: key.get(),
                    value,
                },
            );
        }
        fields
    }

    /// Reports members that are not among those known
    pub(crate) fn refuse_others(&mut self, fields: &Fields<'a>, known: &[&str]) {
        for (name, member) in fields
            .members
            .iter()
            .filter(|(name, _)| !known.contains(&name.as_str()))
        {
            let key = self.node(member.key, fields.path_of(name));
            let help = format!("known here are `{}`", known.join("`, `"));
            self.fault(UNKNOWN_FIELD, &key.path, "is no field of this version", help);
        }
    }

    /// A member that must be there
    pub(crate) fn required(&mut self, fields: &Fields<'a>, name: &str) -> Option<Node<'a>> {
        let node = fields.optional(name);
        if node.is_none() && fields.is_object {
            let path = fields.path_of(name);
            let parent = self.spans.get(&fields.path).copied().unwrap_or_default();
            self.spans.insert(path.clone(), parent);
            self.fault(MISSING_FIELD, &path, "is missing", format!("add `{name}`"));
        }
        node
    }

    /// What `read` makes of a member that may be absent or `null`
    pub(crate) fn given<T>(
        &mut self,
        fields: &Fields<'a>,
        name: &str,
        read: impl FnOnce(&mut Self, &Node<'a>) -> Option<T>,
    ) -> Option<T> {
        let node = fields.optional(name)?;
        read(self, &node)
    }

    /// What `read` makes of a member that must be there
    pub(crate) fn needed<T>(
        &mut self,
        fields: &Fields<'a>,
        name: &str,
        read: impl FnOnce(&mut Self, &Node<'a>) -> Option<T>,
    ) -> Option<T> {
        let node = self.required(fields, name)?;
        read(self, &node)
    }

    /// Checks the field `schema`, which names kind and version of the document; one within another may leave it out
    pub(crate) fn schema(&mut self, fields: &Fields<'a>, wanted: &str, what: &str) {
        let node = if fields.path.is_empty() {
            self.required(fields, "schema")
        } else {
            fields.optional("schema")
        };
        let Some(node) = node else {
            return;
        };
        if self.string(&node).is_some_and(|schema| schema != wanted) {
            let message = format!("is no {what} of a version known here");
            let help = format!("write `\"schema\": \"{wanted}\"`");
            self.fault(UNKNOWN_SCHEMA, &node.path, message, help);
        }
    }

    /// Items of an array
    pub(crate) fn items(&mut self, node: &Node<'a>) -> Option<Vec<Node<'a>>> {
        let Ok(items) = serde_json::from_str::<Vec<&RawValue>>(node.json) else {
            self.wrong_type(node, "a list");
            return None;
        };
        let items = items.into_iter().enumerate();
        Some(
            items
                .map(|(index, item)| self.node(item.get(), format!("{}[{index}]", node.path)))
                .collect(),
        )
    }

    /// What `read` makes of the items of an array; nothing where one cannot be read: its own fault says why, and the others are
    /// read all the same
    pub(crate) fn list<T>(
        &mut self,
        node: &Node<'a>,
        read: impl Fn(&mut Self, &Node<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = self.items(node)?;
        let read: Vec<Option<T>> = items.iter().map(|item| read(self, item)).collect();
        read.into_iter().collect()
    }

    /// The same for a list of many items, of whose fields nobody asks for the places later
    pub(crate) fn long_list<T>(
        &mut self,
        node: &Node<'a>,
        read: impl Fn(&mut Self, &Node<'a>) -> Option<T>,
    ) -> Option<Vec<T>> {
        let items = self.items(node)?;
        let read = |item: &Node<'a>| {
            let spans = core::mem::take(&mut self.spans);
            let item = self.node(item.json, item.path.clone());
            let value = read(self, &item);
            self.spans = spans;
            value
        };
        let read: Vec<Option<T>> = items.iter().map(read).collect();
        read.into_iter().collect()
    }

    /// A string
    pub(crate) fn string(&mut self, node: &Node<'a>) -> Option<String> {
        let string = serde_json::from_str(node.json).ok();
        if string.is_none() && node.json.starts_with('"') {
            let message = "is text that is cut in the middle of a sign: half a surrogate pair stands in it";
            self.fault(UNKNOWN_VALUE, &node.path, message, "write each sign whole");
        } else if string.is_none() {
            self.wrong_type(node, "text");
        }
        string
    }

    /// The bytes of a string, or those of `{"hex": ".."}`
    pub(crate) fn text(&mut self, node: &Node<'a>) -> Option<Vec<u8>> {
        if !node.json.starts_with('{') {
            return self.string(node).map(String::into_bytes);
        }
        let fields = self.fields(node, &[HEX]);
        let hex = self.required(&fields, HEX)?;
        let bytes = bytes_of_hex(&self.string(&hex)?);
        if bytes.is_none() {
            // It may be a password: the message does not repeat it.
            let help = "write bytes as pairs of hexadecimal digits";
            self.fault(UNKNOWN_VALUE, &hex.path, "is no bytes in hexadecimal", help);
        }
        bytes
    }

    /// `true` or `false`
    pub(crate) fn flag(&mut self, node: &Node<'a>) -> Option<bool> {
        let flag = serde_json::from_str(node.json).ok();
        if flag.is_none() {
            self.wrong_type(node, "`true` or `false`");
        }
        flag
    }

    /// A number, read from its text by `parse`
    pub(crate) fn number<T>(
        &mut self,
        node: &Node<'a>,
        what: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let is_number = node
            .json
            .starts_with(|first: char| first == '-' || first.is_ascii_digit());
        if !is_number {
            self.wrong_type(node, "a number");
            return None;
        }
        let number = parse(node.json);
        if number.is_none() {
            self.unknown_value(node, node.json, &format!("write {what}"));
        }
        number
    }

    /// A whole number from 0
    pub(crate) fn whole<T: FromStr>(&mut self, node: &Node<'a>) -> Option<T> {
        self.number(node, "a whole number from 0, not too large", |text| {
            text.parse().ok()
        })
    }

    /// An IPv4 address
    pub(crate) fn address(&mut self, node: &Node<'a>) -> Option<Ipv4Addr> {
        self.parsed(node, "an IPv4 address, as `198.51.100.1`", |text| {
            text.parse().ok()
        })
    }

    /// An IPv4 address with the length of its prefix
    pub(crate) fn interface_address(&mut self, node: &Node<'a>) -> Option<Ipv4Net> {
        self.parsed(
            node,
            "an IPv4 address with its prefix length, as `198.51.100.2/24`",
            |text| text.parse().ok(),
        )
    }

    /// A word of those that the type has
    pub(crate) fn known<T: DeserializeOwned>(&mut self, node: &Node<'a>) -> Option<T> {
        let word = |text: &str| T::deserialize(StrDeserializer::<value::Error>::new(text)).ok();
        self.parsed(node, "one of the words that the schema has", word)
    }

    /// A string in a notation of its own
    pub(crate) fn parsed<T>(
        &mut self,
        node: &Node<'a>,
        what: &str,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Option<T> {
        let text = self.string(node)?;
        let value = parse(&text);
        if value.is_none() {
            self.unknown_value(node, &text, &format!("write {what}"));
        }
        value
    }

    /// One of some words
    pub(crate) fn word<T: Copy>(
        &mut self,
        node: &Node<'a>,
        all: &[T],
        word: fn(T) -> &'static str,
    ) -> Option<T> {
        let names: Vec<_> = all.iter().map(|&value| (word(value), value)).collect();
        self.named(node, &names)
    }

    /// One of some words, each with what it stands for
    pub(crate) fn named<T: Copy>(&mut self, node: &Node<'a>, names: &[(&str, T)]) -> Option<T> {
        let text = self.string(node)?;
        let value = names.iter().find(|(name, _)| *name == text);
        if value.is_none() {
            let words: Vec<_> = names.iter().map(|(name, _)| *name).collect();
            self.unknown_value(node, &text, &format!("write one of `{}`", words.join("`, `")));
        }
        value.map(|(_, value)| *value)
    }

    /// Reports what somebody else found wrong with a field
    pub(crate) fn report(&mut self, node: &Node<'a>, found: Diagnostic) {
        self.faults.push(Diagnostic {
            place: self.place(&node.path),
            subjects: [Subject::field(node.path.clone())].into(),
            ..found
        });
    }

    /// Reports what somebody else found wrong with a part of a string: its place is one within the text
    pub(crate) fn report_within(&mut self, node: &Node<'a>, found: Diagnostic) {
        let text = found.place.zip(self.spans.get(&node.path));
        let place = text.map(|(part, &(offset, _))| {
            let ends = [part.offset, part.offset.saturating_add(part.length)];
            let [start, end] = ends.map(|end| offset.saturating_add(escape::written(node.json, end)));
            Place::locate(self.source.as_bytes(), start, end.saturating_sub(start))
        });
        self.report(node, found);
        if let (Some(place), Some(fault)) = (place, self.faults.last_mut()) {
            fault.place = Some(place);
        }
    }

    /// Reports a value that is well-formed but not known
    pub(crate) fn unknown_value(&mut self, node: &Node<'a>, value: &str, help: &str) {
        self.fault(
            UNKNOWN_VALUE,
            &node.path,
            format!("does not know `{value}`"),
            help,
        );
    }

    fn wrong_type(&mut self, node: &Node<'a>, expected: &str) {
        let message = format!("is {}, not {expected}", node.kind());
        self.fault(WRONG_TYPE, &node.path, message, format!("write {expected}"));
    }

    /// Node of a part of the source
    fn node(&mut self, json: &'a str, path: String) -> Node<'a> {
        let offset = json.as_ptr().addr().saturating_sub(self.source.as_ptr().addr());
        self.spans.insert(path.clone(), (offset, json.len()));
        Node { json, path }
    }
}

impl Node<'_> {
    fn kind(&self) -> &'static str {
        match self.json.bytes().next() {
            Some(b'{') => "an object",
            Some(b'[') => "a list",
            Some(b'"') => "text",
            Some(b't' | b'f') => "`true` or `false`",
            Some(b'n') => "`null`",
            _ => "a number",
        }
    }
}

/// Members of an object by name
#[derive(Debug)]
pub(crate) struct Fields<'a> {
    path: String,
    is_object: bool,
    members: BTreeMap<String, Member<'a>>,
}

#[derive(Debug)]
struct Member<'a> {
    key: &'a str,
    value: Node<'a>,
}

impl<'a> Fields<'a> {
    /// A member that may be absent or `null`
    pub(crate) fn optional(&self, name: &str) -> Option<Node<'a>> {
        self.members
            .get(name)
            .map(|member| &member.value)
            .filter(|node| node.json != "null")
            .cloned()
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_string()
        } else {
            format!("{}.{name}", self.path)
        }
    }
}

/// Members in written order, twins included
struct Members<'a>(Vec<(&'a RawValue, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Collect;

        impl<'de> Visitor<'de> for Collect {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Collect)
    }
}

fn not_utf8(json: &[u8], error: Utf8Error) -> DocumentErrors {
    Diagnostic::error(NOT_UTF8, "the document is not UTF-8")
        .with_help("write other bytes as `{\"hex\": \"CFF0\"}`")
        .at(Place::locate(json, error.valid_up_to(), 1))
        .into()
}

fn invalid_json(json: &[u8], text: &str, error: &serde_json::Error) -> DocumentErrors {
    let texts = text.split_inclusive('\n');
    let before: usize = texts.take(error.line().saturating_sub(1)).map(str::len).sum();
    let mark = json.len().saturating_sub(text.len());
    let offset = mark
        .saturating_add(before)
        .saturating_add(error.column().saturating_sub(1));
    let message = error.to_string();
    let reason = message.split(" at line ").next().unwrap_or_default();
    let is_object = text.trim_start().starts_with('{');
    let help = match is_object {
        true => "mend it there; the fields may be right",
        false => "give the text of the document, an object of JSON: not the name of its file",
    };
    Diagnostic::error(INVALID_JSON, format!("the document is no JSON: {reason}"))
        .with_help(help)
        .at(Place::locate(json, offset, 1))
        .into()
}

fn bytes_of_hex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|digit| digit.to_digit(16)).collect();
    let digits = digits?;
    let pairs = digits.chunks(2).map(|pair| match *pair {
        [high, low] => u8::try_from((high << 4) | low).ok(),
        _ => None,
    });
    pairs.collect()
}

/// What some editors write at the beginning of a text, and means nothing
const MARK: char = '\u{feff}';

/// Field of the bytes of a text that is not UTF-8
pub(crate) const HEX: &str = "hex";

const TOO_LARGE: Code = Code::new("too-large");
const NOT_UTF8: Code = Code::new("not-utf8");
const INVALID_JSON: Code = Code::new("invalid-json");
const UNKNOWN_FIELD: Code = Code::new("unknown-field");
const DUPLICATE_FIELD: Code = Code::new("duplicate-field");
const MISSING_FIELD: Code = Code::new("missing-field");
const WRONG_TYPE: Code = Code::new("wrong-type");
const UNKNOWN_SCHEMA: Code = Code::new("unknown-schema");
const UNKNOWN_VALUE: Code = Code::new("unknown-value");
