//! Routers in memory.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use multi_isp as core;
use multi_isp::{Difference, Script, Unknown, Version};

use crate::documents;
use crate::error::Result;
use crate::records::{Diagnostic, Differences, FetchRequest, LogEntry, OutcomeDocument, Table};
use crate::text::Text;

/// A router as it was read, in memory: its version and the rows of its menus.
#[derive(Debug, uniffi::Object)]
pub struct Router(core::Router);

impl Router {
    pub(crate) fn of(router: core::Router) -> Arc<Self> {
        Arc::new(Self(router))
    }

    pub(crate) fn core(&self) -> &core::Router {
        &self.0
    }
}

#[uniffi::export]
impl Router {
    /// Reads an export of RouterOS 6 or 7: compact, terse or verbose, with or without its header.
    ///
    /// The version is the one that is given, else the header's; many exports have none.
    #[uniffi::constructor(default(version = None))]
    pub fn from_export(export: Vec<u8>, version: Option<String>) -> Result<Arc<Self>> {
        Ok(Self::of(core::Router::from_export(
            &export,
            version.as_deref().map(self::version).transpose()?,
        )?))
    }

    /// Reads what `GET /rest/<menu>` gave, as one JSON object: `{"/ip/route": [{..}], "/ip/dns": {..}}`.
    ///
    /// The version is the one that is given, else that of `/system/resource`.
    #[uniffi::constructor(default(version = None))]
    pub fn from_rest(json: String, version: Option<String>) -> Result<Arc<Self>> {
        Ok(Self::of(core::Router::from_rest(
            json.as_bytes(),
            version.as_deref().map(self::version).transpose()?,
        )?))
    }

    /// Reads the replies to `<menu>/print` over the API: for each menu its sentences, each as its words.
    ///
    /// The version is the one that is given, else that of `/system/resource`.
    #[uniffi::constructor(default(version = None))]
    pub fn from_api(
        replies: HashMap<String, Vec<Vec<Vec<u8>>>>,
        version: Option<String>,
    ) -> Result<Arc<Self>> {
        let replies = in_order(&replies);
        Ok(Self::of(core::Router::from_api(
            &replies,
            version.as_deref().map(self::version).transpose()?,
        )?))
    }

    /// Reads what `print detail` and the like wrote: for each menu its text.
    ///
    /// The version is the one that is given, else that of `/system/resource`.
    #[uniffi::constructor(default(version = None))]
    pub fn from_print(outputs: HashMap<String, Vec<u8>>, version: Option<String>) -> Result<Arc<Self>> {
        let outputs = in_order(&outputs);
        Ok(Self::of(core::Router::from_print(
            &outputs,
            version.as_deref().map(self::version).transpose()?,
        )?))
    }

    /// The version of RouterOS, as `7.22.3`; null where neither what was read nor the caller said it.
    pub fn version(&self) -> Option<String> {
        self.0.version().map(|version| version.to_string())
    }

    /// The menus that have rows, by their paths as `/ip/route`, sorted.
    pub fn menus(&self) -> Vec<String> {
        self.0.menus().map(str::to_owned).collect()
    }

    /// Whether the list of ports is complete: a compact export does not list a port that was left as the factory made it.
    pub fn ports_known(&self) -> bool {
        self.0.ports_known()
    }

    /// Whether every row has the id by which it can be addressed over REST and the API.
    pub fn ids_known(&self) -> bool {
        self.0.ids_known()
    }

    /// The rows of a menu, by its path as `/ip/route`; none where it has none. Secrets are not shown.
    pub fn table(&self, menu: String) -> Table {
        documents::written(&self.0.table(&menu).to_json())
    }

    /// What it takes to come from this router to another one, row by row. Secrets are not shown.
    pub fn diff(&self, other: &Router) -> Differences {
        documents::written(&Difference::all_to_json(&self.0.diff(&other.0)))
    }

    /// The router as an export that makes it.
    pub fn to_export(&self) -> Vec<u8> {
        self.0.to_export()
    }

    /// What the router is set to, in a few letters: two that are set the same have the same.
    pub fn fingerprint(&self) -> String {
        self.0.fingerprint().to_string()
    }

    /// Runs a script as RouterOS would, up to the first error; this router stays as it is.
    pub fn run(&self, script: Vec<u8>) -> Result<Arc<Outcome>> {
        Ok(Outcome::of(self.0.run(&Script::parse(&script)?, &Unknown)))
    }

    /// Lets so many seconds pass: the schedulers run what falls due. This router stays as it is.
    pub fn advance(&self, seconds: i64) -> Arc<Outcome> {
        Outcome::of(self.0.advance(
            Duration::from_secs(seconds.try_into().unwrap_or_default()),
            &Unknown,
        ))
    }

    /// Starts the router anew; this one stays as it is.
    pub fn reboot(&self) -> Arc<Outcome> {
        Outcome::of(self.0.reboot(&Unknown))
    }
}

#[uniffi::export]
impl Router {
    /// What a router with these rows answers to a sentence of the API; this one stays as it is.
    ///
    /// For test servers: who plays a router puts a socket around it.
    pub fn answer_sentence(&self, words: Vec<Vec<u8>>) -> ApiAnswer {
        let answer = self.0.answer_sentence(&words, &Unknown);
        ApiAnswer {
            router: Self::of(answer.router),
            sentences: answer.sentences,
        }
    }

    /// What a router with these rows answers to a request of REST, from RouterOS 7.1 on; this one stays as it is.
    ///
    /// For test servers: who plays a router puts a socket around it. The path is that of the request, its query included.
    #[uniffi::method(default(body = None))]
    pub fn answer_request(&self, method: String, path: String, body: Option<Vec<u8>>) -> RestAnswer {
        let answer = self.0.answer_request(&method, &path, body.as_deref(), &Unknown);
        RestAnswer {
            router: Self::of(answer.router),
            status: answer.status.into(),
            body: answer.body,
        }
    }
}

/// What a router answers to a sentence of the API.
#[derive(Clone, Debug, uniffi::Record)]
pub struct ApiAnswer {
    /// The router as it then is.
    pub router: Arc<Router>,
    /// The sentences of the reply, each as its words.
    pub sentences: Vec<Vec<Vec<u8>>>,
}

/// What a router answers to a request of REST.
#[derive(Clone, Debug, uniffi::Record)]
pub struct RestAnswer {
    /// The router as it then is.
    pub router: Arc<Router>,
    /// The status of HTTP.
    pub status: i32,
    /// The JSON text; empty with status 204.
    pub body: String,
}

/// What a script left behind.
#[derive(Debug, uniffi::Object)]
pub struct Outcome(core::Outcome);

impl Outcome {
    pub(crate) fn of(outcome: core::Outcome) -> Arc<Self> {
        Arc::new(Self(outcome))
    }

    fn document(&self) -> OutcomeDocument {
        documents::written(&self.0.to_json())
    }
}

#[uniffi::export]
impl Outcome {
    /// The router as it is then: RouterOS stops half way, so an error does not undo what came before it.
    pub fn router(&self) -> Arc<Router> {
        Router::of(self.0.router.clone())
    }

    /// The error that stopped the script; null where none did.
    pub fn error(&self) -> Option<Diagnostic> {
        self.document().error
    }

    /// What `:log` wrote.
    pub fn log(&self) -> Vec<LogEntry> {
        self.document().log
    }

    /// What `:put` wrote, in text lines.
    pub fn output(&self) -> Vec<Text> {
        self.document().output
    }

    /// What `/tool fetch` sent and somebody took.
    pub fn requests(&self) -> Vec<FetchRequest> {
        self.document().requests
    }
}

/// Pairs in the order of their names: a map of the host language has one of its own.
fn in_order<T: Clone>(map: &HashMap<String, T>) -> Vec<(&str, T)> {
    let mut pairs: Vec<(&str, T)> = map
        .iter()
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    pairs.sort_by_key(|(name, _)| *name);
    pairs
}

/// The version of RouterOS that somebody gave, as `7.22.3`.
pub fn version(text: &str) -> Result<Version> {
    Ok(text.parse()?)
}
