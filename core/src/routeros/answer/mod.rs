//! What is said to a router → what it answers: the other end of the API and of REST.
//!
//! ```text
//!  words ----api---.          .--read---> fields of rows --query--.
//!                   >--> Call <                                    >--> Reply --api or rest--> what is sent back
//!  request --rest--'          '--change-> one command, run -------'
//! ```
//!
//! No socket is opened here: who plays a router puts one around it, and does what belongs to the connection, such as the log-in.
//! Where no source is named, what a router says is `ROUTEROS-BEHAVIOUR` §13, or a capture of 7.23.7 (CHR) over REST.
//!
//! It tells more than RouterOS 7 in one place: of a disabled route also the distance, the scope and the table, which are rows here
//! and must be read back. It tells less of rows of others: of what is at its default only `disabled`, and all of the settings.

use alloc::{string::String, vec::Vec};
use core::fmt;

use crate::routeros::{
    router::{Live, Router, RowId},
    value::Value,
};

mod api;
mod change;
mod path;
mod played;
mod query;
mod read;
mod rest;

/// What a router answers to a sentence of the API.
#[derive(Clone)]
pub struct ApiAnswer {
    /// The router as it then is: what it was told is done up to the first error, and each of its rows has an id.
    pub router: Router,
    /// The sentences of the reply, each as its words, the last of them `!done` or `!fatal`; none to a sentence without words.
    pub sentences: Vec<Vec<Vec<u8>>>,
}

/// What a router answers to a request of REST.
#[derive(Clone)]
pub struct RestAnswer {
    /// The router as it then is: what it was told is done up to the first error, and each of its rows has an id.
    pub router: Router,
    /// The status of HTTP: 200, 201, 204; 400, 404 and 501 where the router refuses.
    pub status: u16,
    /// The JSON text; empty with status 204.
    pub body: String,
}

/// A command with its arguments, as either transport says it.
struct Call {
    /// The canonical path of the menu.
    menu: String,
    verb: String,
    /// In the order in which they were said; `.id` and `.proplist` among them.
    arguments: Vec<(String, Value)>,
    /// Which rows are asked for: the words of a query, without their `?`.
    query: Vec<Vec<u8>>,
}

/// What a router has to say to a call.
enum Reply {
    /// It is done.
    Done,
    Added(RowId),
    Value(Value),
    Rows(Vec<Fields>),
    /// The one row of a menu of settings.
    Settings(Fields),
}

/// What a router tells of a row, in its order; each name once.
#[derive(Clone, Default)]
struct Fields(Vec<(String, Value)>);

/// Why a router does not do what it is told.
enum Refusal {
    /// A word of the path leads nowhere.
    Lost(String),
    NoCommand,
    /// A row is asked for by its name in a menu whose rows have none.
    NoName,
    NoItem,
    /// A row must be named in the path, and is not.
    NoRow,
    Unknown(String),
    Missing(String),
    /// RouterOS 6 has no REST, and REST not every method.
    NotThere,
    NoMethod,
    /// In the router's own words.
    Fails(String),
}

impl Router {
    /// What a router with these rows answers to a sentence of the API, on RouterOS 6 and 7; `live` is what it knows of its lines.
    ///
    /// Rows are named by the ids by which the router was read; a row that came without, as from an export, has one of its own here.
    /// A word `.tag` comes back with each sentence. Which trap has a category is unconfirmed where the manual shows none.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::{Router, Unknown};
    ///
    /// let router = Router::from_export(b"# by RouterOS 7.22.3\n/ip route\nadd gateway=192.0.2.1 comment=isp1\n", None)?;
    /// let read = router.answer_sentence(&["/ip/route/print", "=.proplist=.id,gateway", "?comment=isp1"], &Unknown);
    /// assert_eq!(read.sentences, [vec![&b"!re"[..], b"=.id=*1", b"=gateway=192.0.2.1"], vec![b"!done"]]);
    ///
    /// let set = read.router.answer_sentence(&["/ip/route/set", "=.id=*1", "=distance=2"], &Unknown);
    /// assert_eq!(set.sentences, [[b"!done"]]);
    /// assert!(set.router.table("/ip/route").rows()[0].is("distance", "2"));
    ///
    /// let refused = set.router.answer_sentence(&["/ip/route/remove", "=.id=*9"], &Unknown);
    /// assert_eq!(refused.sentences[0], [&b"!trap"[..], b"=category=0", b"=message=no such item"]);
    /// # Ok::<(), multi_isp::ReadError>(())
    /// ```
    pub fn answer_sentence<W: AsRef<[u8]>>(&self, words: &[W], live: &dyn Live) -> ApiAnswer {
        let words: Vec<&[u8]> = words.iter().map(AsRef::as_ref).collect();
        let (router, sentences) = api::answer(played::played(self), &words, live);
        ApiAnswer { router, sentences }
    }

    /// What a router with these rows answers to a request of REST, from RouterOS 7.1 on; `live` is what it knows of its lines.
    ///
    /// The path is that of the request, its query included: `/rest/ip/route?comment=isp1`. Text that is not UTF-8, which JSON
    /// must be, comes back with U+FFFD in its place (unconfirmed).
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::{Router, Unknown};
    ///
    /// let router = Router::from_export(b"# by RouterOS 7.22.3\n/interface list add name=WAN\n", None)?;
    /// let added = router.answer_request("PUT", "/rest/interface/list", Some(br#"{"name": "LAN"}"#), &Unknown);
    /// assert_eq!((added.status, added.body.as_str()), (201, r#"{".id":"*2","dynamic":"false","name":"LAN"}"#));
    ///
    /// let gone = added.router.answer_request("DELETE", "/rest/interface/list/*2", None, &Unknown);
    /// assert_eq!(gone.status, 204);
    /// let again = gone.router.answer_request("DELETE", "/rest/interface/list/*2", None, &Unknown);
    /// assert_eq!((again.status, again.body.as_str()), (404, r#"{"error":404,"message":"Not Found"}"#));
    /// # Ok::<(), multi_isp::ReadError>(())
    /// ```
    pub fn answer_request(
        &self,
        method: &str,
        path: &str,
        body: Option<&[u8]>,
        live: &dyn Live,
    ) -> RestAnswer {
        let (router, status, body) = rest::answer(played::played(self), method, path, body, live);
        RestAnswer { router, status, body }
    }

    /// Does what a call says; what an error stops half way is done up to there.
    fn answer(self, call: &Call, live: &dyn Live) -> (Router, Result<Reply, Refusal>) {
        if let Err(refusal) = path::command(&self, &call.menu, &call.verb) {
            return (self, Err(refusal));
        }
        match call.verb.as_str() {
            "print" | "getall" | "find" | "get" => {
                let read = read::read(&self, call, live);
                (self, read)
            }
            _ => change::change(self, call, live),
        }
    }
}

impl Call {
    fn argument(&self, name: &str) -> Option<&Value> {
        let found = self.arguments.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value)
    }
}

impl Fields {
    fn get(&self, name: &str) -> Option<&Value> {
        let found = self.0.iter().find(|(own, _)| own == name);
        found.map(|(_, value)| value)
    }

    /// What is told already stays as it is.
    fn tell(&mut self, name: &str, value: impl Into<Value>) {
        if self.get(name).is_none() {
            self.0.push((name.into(), value.into()));
        }
    }
}

/// The router's own words.
impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // An argument as a word of the API.
        const SIGN: char = '=';
        match self {
            Refusal::Lost(word) => write!(f, "no such command or directory ({word})"),
            Refusal::NoCommand => f.write_str("no such command"),
            Refusal::NoName => f.write_str("no such command prefix"),
            Refusal::NoItem => f.write_str("no such item"),
            Refusal::NoRow => f.write_str("missing or invalid resource identifier"),
            Refusal::Unknown(name) => write!(f, "unknown parameter {name}"),
            Refusal::Missing(name) => write!(f, "missing {SIGN}{name}{SIGN}"),
            Refusal::NotThere => f.write_str("Not Found"),
            Refusal::NoMethod => f.write_str("Not Implemented"),
            Refusal::Fails(message) => f.write_str(message),
        }
    }
}
