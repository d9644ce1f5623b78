//! Words of the API → a call, and its reply → sentences.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{Call, Fields, Refusal, Reply};
use crate::routeros::{
    router::{Live, Router},
    value::Value,
    version::Version,
    word::attribute,
};

type Sentence = Vec<Vec<u8>>;

/// From when on the router says that it has no rows to tell of (ROUTEROS §3.4).
const EMPTY_SINCE: Version = Version::new(7, 18, 0);

pub(super) fn answer(router: Router, words: &[&[u8]], live: &dyn Live) -> (Router, Vec<Sentence>) {
    let Some((command, attributes)) = words.split_first() else {
        return (router, Vec::new());
    };
    let (router, sentences) = match *command {
        // The manual's own words (D:47579160); whoever holds the connection ends it.
        b"/quit" => (router, alloc::vec![fatal(b"session terminated on request")]),
        command => obey(router, command, attributes, live),
    };
    (router, tagged(sentences, attributes))
}

fn obey(router: Router, command: &[u8], attributes: &[&[u8]], live: &dyn Live) -> (Router, Vec<Sentence>) {
    let version = router.version();
    let (router, reply) = match read(command, attributes) {
        Ok(call) => router.answer(&call, live),
        Err(refusal) => (router, Err(refusal)),
    };
    match reply {
        Ok(reply) => (router, reply.sentences(version)),
        Err(refusal) => (router, refusal.sentences()),
    }
}

fn read(command: &[u8], attributes: &[&[u8]]) -> Result<Call, Refusal> {
    let command = core::str::from_utf8(command).map_err(|_| Refusal::NoCommand)?;
    let (menu, verb) = command.rsplit_once('/').ok_or(Refusal::NoCommand)?;
    let mut call = Call {
        menu: menu.into(),
        verb: verb.into(),
        arguments: Vec::new(),
        query: Vec::new(),
    };
    for word in attributes {
        match word {
            [b'?', query @ ..] => call.query.push(query.to_vec()),
            [b'=', attribute @ ..] => call.arguments.push(split(attribute)),
            // A word of the API itself: `.tag=4`.
            [b'.', ..] => {}
            other => return Err(Refusal::Unknown(String::from_utf8_lossy(other).into_owned())),
        }
    }
    Ok(call)
}

/// `name=value`.
fn split(attribute: &[u8]) -> (String, Value) {
    let end = memchr::memchr(b'=', attribute).unwrap_or(attribute.len());
    let (name, value) = attribute.split_at_checked(end).unwrap_or_default();
    let value = Value::from(value.get(1..).unwrap_or_default());
    (String::from_utf8_lossy(name).into_owned(), value)
}

/// Each sentence of a reply bears the tag of what it answers.
fn tagged(mut sentences: Vec<Sentence>, attributes: &[&[u8]]) -> Vec<Sentence> {
    if let Some(tag) = attributes.iter().find(|word| word.starts_with(b".tag=")) {
        sentences
            .iter_mut()
            .for_each(|sentence| sentence.push(tag.to_vec()));
    }
    sentences
}

impl Reply {
    fn sentences(self, version: Option<Version>) -> Vec<Sentence> {
        match self {
            Reply::Done => alloc::vec![done(None)],
            Reply::Added(id) => alloc::vec![done(Some(Value::from(id.to_string())))],
            Reply::Value(value) => alloc::vec![done(Some(value))],
            Reply::Settings(fields) => alloc::vec![row(fields), done(None)],
            Reply::Rows(rows) if rows.is_empty() && version.is_none_or(|version| version >= EMPTY_SINCE) => {
                alloc::vec![alloc::vec![b"!empty".to_vec()], done(None)]
            }
            Reply::Rows(rows) => rows.into_iter().map(row).chain([done(None)]).collect(),
        }
    }
}

impl Refusal {
    fn sentences(self) -> Vec<Sentence> {
        let last = match self {
            // Two of them, as an old tool and Home Assistant captured them.
            Refusal::Lost(_) => Some(trap(None, &Refusal::NoName)),
            _ => None,
        };
        let first = trap(self.category(), &self);
        [first].into_iter().chain(last).chain([done(None)]).collect()
    }

    /// The manual's list: 0 a missing item or command, 1 a value that is none; others have none here.
    fn category(&self) -> Option<&'static str> {
        match self {
            Refusal::Lost(_) | Refusal::NoItem => Some("0"),
            Refusal::Fails(message) if message.starts_with("input does not match") => Some("1"),
            _ => None,
        }
    }
}

fn row(fields: Fields) -> Sentence {
    let words = fields.0.iter();
    let words = words.map(|(name, value)| attribute(name, value.as_bytes()));
    [b"!re".to_vec()].into_iter().chain(words).collect()
}

fn done(value: Option<Value>) -> Sentence {
    let value = value.map(|value| attribute("ret", value.as_bytes()));
    [b"!done".to_vec()].into_iter().chain(value).collect()
}

fn fatal(reason: &[u8]) -> Sentence {
    alloc::vec![b"!fatal".to_vec(), reason.to_vec()]
}

fn trap(category: Option<&str>, refusal: &Refusal) -> Sentence {
    let category = category.map(|category| attribute("category", category.as_bytes()));
    let message = attribute("message", refusal.to_string().as_bytes());
    [b"!trap".to_vec()]
        .into_iter()
        .chain(category)
        .chain([message])
        .collect()
}
