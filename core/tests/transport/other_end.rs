//! The other end of the API and of REST, written from the facts alone (`ROUTEROS-BEHAVIOUR` §13): it decodes what was sent, knows
//! rows by ids of its own, and runs one command at a time.

use std::collections::BTreeMap;

use multi_isp::emit::{ApiCall, Replies, RestCall};
use multi_isp::routeros::router::{Router, RowId, Unknown};
use multi_isp::routeros::syntax::Script;
use serde_json::{Value as Json, json};

/// A router that is spoken to.
pub struct OtherEnd {
    pub router: Router,
    /// The rows by menu and id. Rows that come get ids that no plan can guess.
    ids: BTreeMap<(String, String), RowId>,
    next: u32,
    /// Whether the reply to an added row is the row, or `ret`: sources differ.
    gives_ret: bool,
    /// Whether the error of a script is not told to who ran it.
    pub is_silent: bool,
    /// Whether the command of every step fails here.
    pub breaks: bool,
}

/// A command as it arrived.
struct Command {
    menu: String,
    verb: String,
    row: Option<String>,
    place: Option<String>,
    values: Vec<(String, Vec<u8>)>,
}

/// Properties that have no value.
const FLAGS: [&str; 2] = ["blackhole", "fib"];

const VERBS: [&str; 5] = ["add", "set", "remove", "move", "run"];

impl OtherEnd {
    pub fn new(router: &Router) -> Self {
        let mut ids = BTreeMap::new();
        for menu in router.menus() {
            for row in router.table(menu) {
                let of_router = row.router_id().map(|id| ((menu.to_owned(), id.to_string()), id));
                ids.extend(of_router);
            }
        }
        Self {
            router: router.clone(),
            ids,
            next: 0x1_0000,
            gives_ret: false,
            is_silent: false,
            breaks: false,
        }
    }

    /// Sends calls over the API, up to the first that is refused.
    pub fn api(&mut self, calls: &[ApiCall]) -> Result<(), String> {
        let mut replies = Replies::default();
        for call in calls {
            let sentence = call.sentence(&replies).map_err(|error| error.to_string())?;
            for reply in self.sentence(&sentence.to_bytes()) {
                replies.api(&reply).map_err(|refused| refused.message)?;
            }
        }
        Ok(())
    }

    /// Sends calls over REST, up to the first that is refused.
    pub fn rest(&mut self, calls: &[RestCall]) -> Result<(), String> {
        let mut replies = Replies::default();
        for call in calls {
            let request = call.request(&replies).map_err(|error| error.to_string())?;
            let body = request.body();
            let (status, reply) = self.request(request.method(), request.path(), body.as_deref());
            replies
                .rest(status, reply.to_string().as_bytes())
                .map_err(|refused| refused.message)?;
        }
        Ok(())
    }

    /// One sentence, and the sentences of its reply.
    fn sentence(&mut self, bytes: &[u8]) -> Vec<Vec<String>> {
        let words = words(bytes);
        let (command, attributes) = words.split_first().unwrap();
        let command = std::str::from_utf8(command).unwrap();
        let (menu, verb) = command.rsplit_once('/').unwrap();
        let mut found = Command::new(menu, verb);
        for word in attributes {
            let word = word.strip_prefix(b"=").unwrap();
            let end = word.iter().position(|byte| *byte == b'=').unwrap();
            found.argument(std::str::from_utf8(&word[..end]).unwrap(), &word[end + 1..]);
        }
        match self.run(&found) {
            Ok(Some(id)) => vec![vec!["!done".into(), format!("=ret={id}")]],
            Ok(None) => vec![vec!["!done".into()]],
            Err(message) => vec![
                vec!["!trap".into(), format!("=message={message}")],
                vec!["!done".into()],
            ],
        }
    }

    /// One request, and its reply.
    fn request(&mut self, method: &str, path: &str, body: Option<&str>) -> (u16, Json) {
        let path = path.strip_prefix("/rest").unwrap();
        let (menu, last) = path.rsplit_once('/').unwrap();
        let mut found = match method {
            "PUT" => Command::new(path, "add"),
            "PATCH" => Command::new(menu, "set"),
            "DELETE" => Command::new(menu, "remove"),
            "POST" => Command::new(menu, last),
            other => panic!("{other}"),
        };
        if ["PATCH", "DELETE"].contains(&method) {
            found.row = Some(last.to_owned());
        }
        let body: Json = serde_json::from_str(body.unwrap_or("{}")).unwrap();
        for (name, value) in body.as_object().unwrap() {
            assert!(
                method != "PATCH" || name != "place-before",
                "unknown parameter place-before"
            );
            found.argument(name, value.as_str().unwrap().as_bytes());
        }
        let found = self.run(&found);
        self.gives_ret = !self.gives_ret;
        match found {
            Ok(Some(id)) if self.gives_ret => (201, json!({"ret": id})),
            Ok(Some(id)) => (201, json!({".id": id, "comment": "ret"})),
            Ok(None) if method == "POST" => (200, json!([])),
            Ok(None) => (204, json!("")),
            Err(message) => (
                400,
                json!({"error": 400, "message": "Bad Request", "detail": message}),
            ),
        }
    }

    /// Runs a command; the id of a row that came.
    fn run(&mut self, command: &Command) -> Result<Option<String>, String> {
        assert!(VERBS.contains(&command.verb.as_str()), "{}", command.verb);
        let row = self.known(&command.menu, command.row.as_ref())?;
        let place = self.known(&command.menu, command.place.as_ref())?;
        let needs_row = !["add", "set"].contains(&command.verb.as_str());
        assert!(row.is_some() || !needs_row, "{} of no row", command.verb);
        let menu = command.menu.strip_prefix('/').unwrap().replace('/', " ");
        let mut text = format!("/{menu} {}", command.verb);
        text.extend(row.map(|id| format!(" {id}")));
        let name = if command.verb == "move" {
            "destination"
        } else {
            "place-before"
        };
        text.extend(place.map(|id| format!(" {name}={id}")));
        for (name, value) in &command.values {
            text.push(' ');
            text.push_str(&written(name, value));
        }
        let before = self.router.table(&command.menu).clone();
        if let Some(id) = row.filter(|_| command.verb == "run" && self.breaks) {
            self.break_script(id);
        }
        let outcome = self
            .router
            .run(&Script::parse(text.as_bytes()).unwrap(), &Unknown);
        self.router = outcome.router;
        self.forget();
        let is_told = command.verb != "run" || !self.is_silent;
        if let Some(error) = outcome.error.filter(|_| is_told) {
            return Err(error.message().to_owned());
        }
        let mut rows = self.router.table(&command.menu).iter();
        let new = rows.find(|row| before.by_id(row.id()).is_none());
        let Some(new) = new.filter(|_| command.verb == "add") else {
            return Ok(None);
        };
        self.next += 1;
        let id = format!("*{:X}", self.next);
        self.ids.insert((command.menu.clone(), id.clone()), new.id());
        Ok(Some(id))
    }

    /// Makes the command of a step fail, whatever it is.
    fn break_script(&mut self, id: RowId) {
        let row = self.router.table("/system/script").by_id(id).unwrap();
        let source = row.text("source").unwrap();
        let (start, end) = (source.find("{ ").unwrap(), source.find(" } on-error=").unwrap());
        let broken = [&source[..start], "{ :error broken", &source[end..]].concat();
        let text = format!("/system script set {id} {}", written("source", broken.as_bytes()));
        self.router = self
            .router
            .run(&Script::parse(text.as_bytes()).unwrap(), &Unknown)
            .router;
    }

    fn known(&self, menu: &str, id: Option<&String>) -> Result<Option<RowId>, String> {
        let Some(id) = id else { return Ok(None) };
        let known = self.ids.get(&(menu.to_owned(), id.clone()));
        known.map(|id| Some(*id)).ok_or_else(|| "no such item".to_owned())
    }

    /// Ids of rows that went: a script may remove rows too.
    fn forget(&mut self) {
        let router = &self.router;
        self.ids
            .retain(|(menu, _), id| router.table(menu).by_id(*id).is_some());
    }
}

impl Command {
    fn new(menu: &str, verb: &str) -> Self {
        Self {
            menu: menu.to_owned(),
            verb: verb.to_owned(),
            row: None,
            place: None,
            values: Vec::new(),
        }
    }

    fn argument(&mut self, name: &str, value: &[u8]) {
        let id = || String::from_utf8(value.to_vec()).unwrap();
        match (name, self.verb.as_str()) {
            (".id", "set" | "remove" | "run") | ("numbers", "move") => self.row = Some(id()),
            ("place-before", "add") | ("destination", "move") => self.place = Some(id()),
            _ => self.values.push((name.to_owned(), value.to_vec())),
        }
    }
}

/// An argument as text of the console: every byte of a value as its code.
fn written(name: &str, value: &[u8]) -> String {
    let is_name = |name: &str| {
        name.bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-.".contains(&byte))
    };
    assert!(is_name(name.strip_prefix('!').unwrap_or(name)), "{name}");
    if name.starts_with('!') || (FLAGS.contains(&name) && value.is_empty()) {
        assert!(value.is_empty());
        return name.to_owned();
    }
    let codes: String = value.iter().map(|byte| format!("\\{byte:02X}")).collect();
    format!("{name}=\"{codes}\"")
}

/// The words of one whole sentence.
fn words(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut words = Vec::new();
    loop {
        let first = u32::from(bytes[0]);
        let (extra, bits) = match first {
            0x00..=0x7F => (0, first),
            0x80..=0xBF => (1, first & 0x3F),
            0xC0..=0xDF => (2, first & 0x1F),
            0xE0..=0xEF => (3, first & 0x0F),
            _ => (4, 0),
        };
        let length = bytes[1..=extra]
            .iter()
            .fold(bits, |length, byte| (length << 8) | u32::from(*byte));
        bytes = &bytes[1 + extra..];
        if length == 0 {
            assert!(bytes.is_empty(), "a sentence ends once");
            return words;
        }
        let (word, rest) = bytes.split_at(usize::try_from(length).unwrap());
        words.push(word.to_vec());
        bytes = rest;
    }
}
