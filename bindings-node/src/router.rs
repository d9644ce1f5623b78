//! The router that a plan is made for, and what a script leaves of it.

use std::time::Duration;

use multi_isp::{Diagnostic, Difference, Router as Core, Script, Subject, Unknown as NothingKnown, Version};
use napi::bindgen_prelude::{AsyncTask, Buffer, Object, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::error::{Answer, Fault};
use crate::json::{self, Document};
use crate::menus;
use crate::places::Places;
use crate::text::{Given, Text, bytes};
use crate::work::Work;

/// What a router is: its version and its menus, each an ordered table of rows. Read once, it never changes.
#[napi]
#[derive(Clone)]
pub struct Router {
    pub(crate) inner: Core,
    pub(crate) places: Places,
}

#[napi]
impl Router {
    /// Reads the text of `/export`. The version is the caller's, else that of the header.
    #[napi(
        catch_unwind,
        ts_args_type = "text: string | Uint8Array, version?: string | null"
    )]
    pub fn from_export(env: &Env, text: Given, version: Option<String>) -> Result<Router> {
        export(text, version).now(env)
    }

    /// The same, off the event loop.
    #[napi(
        catch_unwind,
        ts_args_type = "text: string | Uint8Array, version?: string | null",
        ts_return_type = "Promise<Router>"
    )]
    pub fn from_export_async(text: Given, version: Option<String>) -> AsyncTask<Work<Router>> {
        export(text, version).later()
    }

    /// Reads what `GET /rest/<menu>` gave, menu by menu: `{ '/ip/route': [..], '/ip/dns': {..} }`. The version is the caller's,
    /// else that of `/system/resource`.
    #[napi(
        catch_unwind,
        ts_args_type = "answers: Record<string, unknown> | string | Uint8Array, version?: string | null"
    )]
    pub fn from_rest(env: &Env, answers: json::Given<'_>, version: Option<String>) -> Result<Router> {
        rest(Document::of(env, answers)?, version).now(env)
    }

    /// The same, off the event loop.
    #[napi(
        catch_unwind,
        ts_args_type = "answers: Record<string, unknown> | string | Uint8Array, version?: string | null",
        ts_return_type = "Promise<Router>"
    )]
    pub fn from_rest_async(
        env: &Env,
        answers: json::Given<'_>,
        version: Option<String>,
    ) -> Result<AsyncTask<Work<Router>>> {
        Ok(rest(Document::of(env, answers)?, version).later())
    }

    /// Reads the replies to `<menu>/print` over the API: for each menu its sentences, each as its words. The version is the
    /// caller's, else that of `/system/resource`.
    #[napi(
        catch_unwind,
        ts_args_type = "replies: Record<string, Array<Array<string | Uint8Array>>>, version?: string | null"
    )]
    pub fn from_api(env: &Env, replies: Object<'_>, version: Option<String>) -> Result<Router> {
        api(menus::of(replies)?, version).now(env)
    }

    /// The same, off the event loop.
    #[napi(
        catch_unwind,
        ts_args_type = "replies: Record<string, Array<Array<string | Uint8Array>>>, version?: string | null",
        ts_return_type = "Promise<Router>"
    )]
    pub fn from_api_async(replies: Object<'_>, version: Option<String>) -> Result<AsyncTask<Work<Router>>> {
        Ok(api(menus::of(replies)?, version).later())
    }

    /// Reads what `<menu>/print detail` or `print terse` wrote on a terminal: each menu with its output. The version is the
    /// caller's, else that of `/system/resource`.
    #[napi(
        catch_unwind,
        ts_args_type = "outputs: Record<string, string | Uint8Array>, version?: string | null"
    )]
    pub fn from_print(env: &Env, outputs: Object<'_>, version: Option<String>) -> Result<Router> {
        print(menus::of(outputs)?, version).now(env)
    }

    /// The same, off the event loop.
    #[napi(
        catch_unwind,
        ts_args_type = "outputs: Record<string, string | Uint8Array>, version?: string | null",
        ts_return_type = "Promise<Router>"
    )]
    pub fn from_print_async(outputs: Object<'_>, version: Option<String>) -> Result<AsyncTask<Work<Router>>> {
        Ok(print(menus::of(outputs)?, version).later())
    }

    /// The version, where the text said it or the caller gave it.
    #[napi(getter, catch_unwind, ts_return_type = "string | null")]
    pub fn version(&self) -> Option<String> {
        self.inner.version().map(|version| version.to_string())
    }

    /// How many rows each menu has, for `console.log`.
    #[napi(symbol_for = "nodejs.util.inspect.custom", skip_typescript, catch_unwind)]
    pub fn inspect(&self) -> String {
        let version = self
            .inner
            .version()
            .map_or_else(String::new, |version| version.to_string());
        let menus = self.inner.menus();
        let menus: Vec<String> = menus
            .map(|menu| format!("  '{menu}': {}", self.inner.table(menu).iter().count()))
            .collect();
        format!("Router {version} {{\n{}\n}}", menus.join(",\n"))
    }

    /// Whether the list of ports is complete: a compact export does not list a port that was left as the factory made it.
    #[napi(getter, catch_unwind)]
    pub fn ports_known(&self) -> bool {
        self.inner.ports_known()
    }

    /// Whether every row has the id by which the router itself knows it, so that it can be addressed over REST and the API.
    #[napi(getter, catch_unwind)]
    pub fn ids_known(&self) -> bool {
        self.inner.ids_known()
    }

    /// A name for what is set: 64 hexadecimal digits, the same for routers that are set the same.
    #[napi(catch_unwind)]
    pub fn fingerprint(&self) -> String {
        self.inner.fingerprint().to_string()
    }

    /// The paths of the menus that have rows, as `/ip/route`, sorted.
    #[napi(catch_unwind)]
    pub fn menus(&self) -> Vec<String> {
        self.inner.menus().map(str::to_owned).collect()
    }

    /// The rows of a menu, by its path as `/ip/route`; secrets are not shown.
    #[napi(catch_unwind, ts_return_type = "Table")]
    pub fn table<'env>(&self, env: &'env Env, menu: String) -> Result<Unknown<'env>> {
        json::parse(env, &self.inner.table(&menu).to_json())
    }

    /// What changes from this router to another one; both are to be read the same way, for an export tells less than REST does.
    #[napi(catch_unwind, ts_return_type = "Differences")]
    pub fn diff<'env>(&self, env: &'env Env, other: &Router) -> Result<Unknown<'env>> {
        json::parse(env, &Difference::all_to_json(&self.inner.diff(&other.inner)))
    }

    /// The router as `/export` would print it, its passwords too.
    #[napi(catch_unwind)]
    pub fn to_export(&self) -> Buffer {
        self.inner.to_export().into()
    }

    /// Runs a script as RouterOS would, up to the first error. The router that comes of it is another one.
    #[napi(catch_unwind, ts_args_type = "script: string | Uint8Array")]
    pub fn run(&self, env: &Env, script: Given) -> Result<Outcome> {
        self.running(script).now(env)
    }

    /// The same, off the event loop.
    #[napi(
        catch_unwind,
        ts_args_type = "script: string | Uint8Array",
        ts_return_type = "Promise<Outcome>"
    )]
    pub fn run_async(&self, script: Given) -> AsyncTask<Work<Outcome>> {
        self.running(script).later()
    }

    /// What a router with these rows answers to a sentence of the API, and the router as it then is: for test servers.
    #[napi(catch_unwind, ts_args_type = "words: Array<string | Uint8Array>")]
    pub fn answer_sentence(&self, words: Vec<Given>) -> ApiAnswer {
        let words: Vec<Vec<u8>> = words.into_iter().map(bytes).collect();
        let answer = self.inner.answer_sentence(&words, &NothingKnown);
        let sentences = answer.sentences.into_iter();
        ApiAnswer {
            router: Router::new(answer.router, self.places.clone()),
            sentences: sentences
                .map(|words| words.into_iter().map(Buffer::from).collect())
                .collect(),
        }
    }

    /// What a router with these rows answers to a request of REST, and the router as it then is: for test servers.
    #[napi(
        catch_unwind,
        ts_args_type = "method: string, path: string, body?: string | Uint8Array | null"
    )]
    pub fn answer_request(&self, method: String, path: String, body: Option<Given>) -> RestAnswer {
        let body = body.map(bytes);
        let answer = self
            .inner
            .answer_request(&method, &path, body.as_deref(), &NothingKnown);
        RestAnswer {
            router: Router::new(answer.router, self.places.clone()),
            status: answer.status,
            body: answer.body,
        }
    }

    /// Lets so many seconds pass: schedulers run their scripts.
    #[napi(catch_unwind)]
    pub fn advance(&self, env: &Env, seconds: f64) -> Result<Outcome> {
        let time = Duration::try_from_secs_f64(seconds)
            .map_err(|_| Fault::argument("`seconds` is no time that can pass").thrown(env))?;
        Ok(self.left_by(self.inner.advance(time, &NothingKnown), &Places::default()))
    }

    /// Starts the router anew: schedulers that wait for that run their scripts.
    #[napi(catch_unwind)]
    pub fn reboot(&self) -> Outcome {
        self.left_by(self.inner.reboot(&NothingKnown), &Places::default())
    }
}

impl Router {
    pub(crate) fn new(inner: Core, places: Places) -> Self {
        Self { inner, places }
    }

    /// What core made of this router, where it could.
    pub(crate) fn judged<T, E: Into<Fault>>(&self, made: std::result::Result<T, E>) -> Answer<T> {
        made.map_err(|error| error.into().counted_by(&self.places))
    }

    fn running(&self, script: Given) -> Work<Outcome> {
        let router = self.clone();
        let script = Text::from(script);
        Work::new(move || {
            let parsed = Script::parse(&script.bytes)
                .map_err(|errors| Fault::from(errors).counted_by(&script.places))?;
            Ok(router.left_by(router.inner.run(&parsed, &NothingKnown), &script.places))
        })
    }

    fn left_by(&self, outcome: multi_isp::Outcome, places: &Places) -> Outcome {
        Outcome {
            rows: self.places.clone(),
            inner: outcome,
            places: places.clone(),
        }
    }
}

/// What a script left behind.
#[napi]
pub struct Outcome {
    inner: multi_isp::Outcome,
    /// How places of the router's rows are counted.
    rows: Places,
    /// How places in the script are counted.
    places: Places,
}

#[napi]
impl Outcome {
    /// The router as it is then; RouterOS stops half way, so an error does not undo what came before it.
    #[napi(getter, catch_unwind)]
    pub fn router(&self) -> Router {
        Router::new(self.inner.router.clone(), self.rows.clone())
    }

    /// The error that stopped the script, of scripts that a scheduler ran the first; `null` where none did.
    #[napi(getter, catch_unwind, ts_return_type = "Diagnostic | null")]
    pub fn error<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.field(env, "error")
    }

    /// What `:log` wrote.
    #[napi(getter, catch_unwind, ts_return_type = "LogEntry[]")]
    pub fn log<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.field(env, "log")
    }

    /// What `:put` wrote, in text lines.
    #[napi(getter, catch_unwind, ts_return_type = "Text[]")]
    pub fn output<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.field(env, "output")
    }

    /// What `/tool fetch` sent.
    #[napi(getter, catch_unwind, ts_return_type = "FetchRequest[]")]
    pub fn requests<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.field(env, "requests")
    }

    /// The document, as `JSON.stringify` takes it; the router is no part of it.
    #[napi(js_name = "toJSON", catch_unwind, ts_return_type = "OutcomeDocument")]
    pub fn to_js_object<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        json::parse(env, &self.document())
    }
}

impl Outcome {
    fn document(&self) -> String {
        self.places.told(self.inner.to_json())
    }

    fn field<'env>(&self, env: &'env Env, name: &str) -> Result<Unknown<'env>> {
        json::parse_field(env, &self.document(), name)
    }
}

/// What a router answers to a sentence of the API.
#[napi(object, object_from_js = false)]
pub struct ApiAnswer {
    /// The router as it then is; each of its rows has an id.
    pub router: Router,
    /// The sentences of the reply, each as its words, the last of them `!done` or `!fatal`.
    pub sentences: Vec<Vec<Buffer>>,
}

/// What a router answers to a request of REST.
#[napi(object, object_from_js = false)]
pub struct RestAnswer {
    /// The router as it then is; each of its rows has an id.
    pub router: Router,
    /// The status of HTTP.
    pub status: u16,
    /// The JSON text; empty with status 204.
    pub body: String,
}

/// The version of RouterOS that a caller names, where one does.
fn version(text: Option<&String>) -> Answer<Option<Version>> {
    Ok(text.map(|text| text.parse()).transpose()?)
}

fn export(text: Given, told: Option<String>) -> Work<Router> {
    let text = Text::from(text);
    Work::new(move || {
        let read = Core::from_export(&text.bytes, version(told.as_ref())?);
        let inner = read.map_err(|error| Fault::from(error).counted_by(&text.places))?;
        Ok(Router::new(inner, text.places))
    })
}

fn rest(answers: Document, told: Option<String>) -> Work<Router> {
    Work::new(move || {
        let version = version(told.as_ref())?;
        let inner = answers.read_as_it_is(|json| Core::from_rest(json, version))?;
        Ok(Router::new(inner, Places::default()))
    })
}

/// Sentences of the API, each as its words.
type Sentences = Vec<Vec<Vec<u8>>>;

fn api(replies: Vec<(String, Vec<Vec<Given>>)>, told: Option<String>) -> Work<Router> {
    let words = |given: Vec<Given>| given.into_iter().map(bytes).collect();
    let sentences = |given: Vec<Vec<Given>>| given.into_iter().map(words).collect();
    let (menus, replies): (Vec<String>, Vec<Sentences>) = replies
        .into_iter()
        .map(|(menu, given)| (menu, sentences(given)))
        .unzip();
    Work::new(move || {
        let version = version(told.as_ref())?;
        let replies: Vec<(&str, _)> = menus.iter().map(String::as_str).zip(replies).collect();
        Ok(Router::new(Core::from_api(&replies, version)?, Places::default()))
    })
}

fn print(outputs: Vec<(String, Given)>, told: Option<String>) -> Work<Router> {
    let outputs: Vec<(String, Text)> = outputs
        .into_iter()
        .map(|(menu, given)| (menu, given.into()))
        .collect();
    Work::new(move || {
        let version = version(told.as_ref())?;
        let texts: Vec<(&str, &[u8])> = outputs
            .iter()
            .map(|(menu, text)| (menu.as_str(), &text.bytes[..]))
            .collect();
        let inner = Core::from_print(&texts, version);
        let inner =
            inner.map_err(|error| Fault::from(error).counted_each(|found| places_of(found, &outputs)))?;
        Ok(Router::new(inner, Places::default()))
    })
}

/// How places are counted in the output of the menu that a diagnostic names.
fn places_of<'a>(found: &Diagnostic, outputs: &'a [(String, Text)]) -> Option<&'a Places> {
    let menu = found.subjects.iter().find_map(|subject| match subject {
        Subject::Menu(menu) => Some(menu.trim_matches('/')),
        _ => None,
    })?;
    let output = outputs.iter().find(|(named, _)| named.trim_matches('/') == menu);
    output.map(|(_, text)| &text.places)
}
