//! Requests of REST → calls, and their replies → JSON.

use alloc::{
    borrow::Cow,
    format,
    string::{String, ToString},
    vec::Vec,
};

use serde_json::{Map, Value as Json};

use super::{Call, Fields, Refusal, Reply, path, read};
use crate::routeros::{
    router::{Live, Router, RowId},
    value::Value,
    version::Version,
};

pub(super) fn answer(
    router: Router,
    method: &str,
    path: &str,
    body: Option<&[u8]>,
    live: &dyn Live,
) -> (Router, u16, String) {
    let (router, reply) = match Asked::read(&router, method, path, body) {
        Ok(asked) => asked.answer(router, live),
        Err(refusal) => (router, Err(refusal)),
    };
    let (status, body) = match reply {
        Ok((status, json)) => (status, json.map_or_else(String::new, |json| json.to_string())),
        Err(refusal) => refusal.rest(),
    };
    (router, status, body)
}

/// What a request asks for.
enum Asked {
    /// One row, of which only these properties.
    Row {
        menu: String,
        row: RowId,
        wanted: Option<String>,
    },
    /// A command, and the status with which its reply is sent.
    Command {
        call: Call,
        status: u16,
        /// The row that is told of afterwards.
        row: Option<RowId>,
    },
}

impl Asked {
    fn read(router: &Router, method: &str, path: &str, body: Option<&[u8]>) -> Result<Asked, Refusal> {
        if router.version().is_some_and(|version| version < Version::REST) {
            return Err(Refusal::NotThere);
        }
        let target = Target::read(path)?;
        match method {
            "GET" => target.get(router),
            "PUT" => target.put(router, body),
            "PATCH" => target.patch(router, body),
            "DELETE" => target.delete(router),
            "POST" => target.post(router, body),
            _ => Err(Refusal::NoMethod),
        }
    }

    fn answer(self, router: Router, live: &dyn Live) -> (Router, Result<(u16, Option<Json>), Refusal>) {
        match self {
            Asked::Row { menu, row, wanted } => {
                let told = read::one(&router, &menu, row, live);
                let told = told.map(|fields| (200, Some(fields.json(wanted.as_deref()))));
                (router, told.ok_or(Refusal::NoItem))
            }
            Asked::Command { call, status, row } => {
                let (router, reply) = router.answer(&call, live);
                let reply = reply.map(|reply| {
                    let told = match (&reply, row) {
                        (Reply::Added(id), _) if status == 201 => read::one(&router, &call.menu, *id, live),
                        (_, Some(id)) => read::one(&router, &call.menu, id, live),
                        _ => None,
                    };
                    let json = told.map_or_else(|| reply.json(), |fields| fields.json(None));
                    (status, Some(json).filter(|_| status != 204))
                });
                (router, reply)
            }
        }
    }
}

/// Where a request goes to.
struct Target {
    /// The words of the path behind `/rest`, decoded.
    words: Vec<Value>,
    /// `name=value` of the query, decoded.
    query: Vec<Vec<u8>>,
}

impl Target {
    /// Routers refuse an id whose star is coded: two programs tell of it, no capture does.
    fn read(path: &str) -> Result<Target, Refusal> {
        let (path, query) = path.split_once('?').unwrap_or((path, ""));
        let below = path
            .strip_prefix("/rest")
            .filter(|below| below.is_empty() || below.starts_with('/'));
        let below = below.ok_or(Refusal::NotThere)?;
        if below.to_ascii_lowercase().contains("/%2a") {
            return Err(Refusal::NoRow);
        }
        let words = below.split('/').filter(|word| !word.is_empty());
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        Ok(Target {
            words: words.map(|word| Value::from(decoded(word))).collect(),
            query: pairs.map(decoded).collect(),
        })
    }

    fn get(self, router: &Router) -> Result<Asked, Refusal> {
        const LIST: &[u8] = b".proplist=";
        let (lists, query): (Vec<_>, Vec<_>) = self
            .query
            .iter()
            .cloned()
            .partition(|pair| pair.starts_with(LIST));
        let wanted = lists.first().and_then(|pair| pair.strip_prefix(LIST));
        // It always tells the id.
        let wanted = wanted.map(|wanted| format!(".id,{}", String::from_utf8_lossy(wanted)));
        let menu = self.menu();
        if path::is_menu(router, &menu) {
            let list = wanted.map(|wanted| (".proplist".into(), Value::from(wanted)));
            let call = Call {
                menu,
                verb: "print".into(),
                arguments: list.into_iter().collect(),
                query,
            };
            return Ok(Asked::Command {
                call,
                status: 200,
                row: None,
            });
        }
        let (menu, row) = self.row(router)?;
        Ok(Asked::Row { menu, row, wanted })
    }

    fn put(self, router: &Router, body: Option<&[u8]>) -> Result<Asked, Refusal> {
        let menu = self.menu();
        if !path::is_menu(router, &menu) {
            return Err(path::lost(router, &menu));
        }
        let call = command(menu, "add", body)?;
        Ok(Asked::Command {
            call,
            status: 201,
            row: None,
        })
    }

    fn patch(self, router: &Router, body: Option<&[u8]>) -> Result<Asked, Refusal> {
        let (menu, row) = self.named_row(router)?;
        let call = command(menu, "set", body)?.of(row);
        Ok(Asked::Command {
            call,
            status: 200,
            row: Some(row),
        })
    }

    fn delete(self, router: &Router) -> Result<Asked, Refusal> {
        let (menu, row) = self.named_row(router)?;
        let call = command(menu, "remove", None)?.of(row);
        Ok(Asked::Command {
            call,
            status: 204,
            row: None,
        })
    }

    fn post(self, router: &Router, body: Option<&[u8]>) -> Result<Asked, Refusal> {
        if path::is_menu(router, &self.menu()) {
            return Err(Refusal::NoCommand);
        }
        let (verb, menu) = self.last()?;
        let call = command(menu, &verb.to_text(), body)?;
        Ok(Asked::Command {
            call,
            status: 200,
            row: None,
        })
    }

    fn menu(&self) -> String {
        menu(&self.words)
    }

    /// The last word, and the menu that the words before it name.
    fn last(&self) -> Result<(&Value, String), Refusal> {
        let (last, before) = self.words.split_last().ok_or(Refusal::NoCommand)?;
        Ok((last, menu(before)))
    }

    /// The menu and the row that the last word names.
    fn row(&self, router: &Router) -> Result<(String, RowId), Refusal> {
        let (word, menu) = self.last()?;
        if !path::is_menu(router, &menu) {
            return Err(path::lost(router, &self.menu()));
        }
        if path::command(router, &menu, &word.to_text()).is_ok() {
            return Err(Refusal::NoCommand);
        }
        let row = path::row(router, &menu, word)?;
        Ok((menu, row))
    }

    /// The same of a request that must name a row.
    fn named_row(&self, router: &Router) -> Result<(String, RowId), Refusal> {
        if path::is_menu(router, &self.menu()) {
            return Err(Refusal::NoRow);
        }
        self.row(router)
    }
}

fn menu(words: &[Value]) -> String {
    let words = words.iter().map(|word| format!("/{}", word.to_text()));
    words.collect()
}

/// The command that a body makes: an object of values; `.query` says which rows, the rest are arguments.
fn command(menu: String, verb: &str, body: Option<&[u8]>) -> Result<Call, Refusal> {
    let mut call = Call {
        menu,
        verb: verb.into(),
        arguments: Vec::new(),
        query: Vec::new(),
    };
    let Some(body) = body.filter(|body| !body.trim_ascii().is_empty()) else {
        return Ok(call);
    };
    // What a router says to a body that is no object is unconfirmed.
    let malformed = || Refusal::Fails("invalid JSON".into());
    let object: Map<String, Json> = serde_json::from_slice(body).map_err(|_| malformed())?;
    for (name, value) in object {
        let words = texts(&value).ok_or_else(malformed)?;
        if name == ".query" {
            call.query
                .extend(words.iter().map(|word| word.as_bytes().to_vec()));
        } else {
            call.arguments.push((name, Value::from(words.join(","))));
        }
    }
    Ok(call)
}

/// A text, a number, a switch, or a list of them.
fn texts(value: &Json) -> Option<Vec<Cow<'_, str>>> {
    let text = match value {
        Json::String(text) => Cow::Borrowed(text.as_str()),
        Json::Bool(_) | Json::Number(_) => Cow::Owned(value.to_string()),
        Json::Array(values) => {
            let texts: Option<Vec<Vec<Cow<'_, str>>>> = values
                .iter()
                .map(|value| texts(value).filter(|_| !value.is_array()))
                .collect();
            return texts.map(|texts| texts.concat());
        }
        Json::Null | Json::Object(_) => return None,
    };
    Some(alloc::vec![text])
}

/// Bytes whose codes as `%20` are taken for what they stand for; a `+` is one (unconfirmed).
fn decoded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, behind)) = rest.split_first() {
        let coded = behind
            .first_chunk::<2>()
            .filter(|_| *first == b'%')
            .and_then(|digits| {
                let digits = core::str::from_utf8(digits).ok()?;
                u8::from_str_radix(digits, 16).ok()
            });
        bytes.push(coded.unwrap_or(*first));
        rest = behind.get(coded.map_or(0, |_| 2)..).unwrap_or_default();
    }
    bytes
}

impl Call {
    /// The same of a row.
    fn of(mut self, row: RowId) -> Call {
        self.arguments.push((".id".into(), Value::from(row.to_string())));
        self
    }
}

impl Reply {
    fn json(&self) -> Json {
        match self {
            Reply::Done => Json::Array(Vec::new()),
            Reply::Added(id) => ret(&id.to_string()),
            Reply::Value(value) => ret(&value.to_text()),
            Reply::Rows(rows) => rows.iter().map(|row| row.json(None)).collect(),
            Reply::Settings(fields) => fields.json(None),
        }
    }
}

fn ret(value: &str) -> Json {
    let ret = ("ret".to_string(), Json::from(value));
    Json::Object(Map::from_iter([ret]))
}

impl Fields {
    fn json(&self, wanted: Option<&str>) -> Json {
        let is_wanted = |name: &str| wanted.is_none_or(|wanted| wanted.split(',').any(|own| own == name));
        let fields = self.0.iter().filter(|(name, _)| is_wanted(name));
        let fields = fields.map(|(name, value)| (name.clone(), Json::from(value.to_text().into_owned())));
        Json::Object(fields.collect())
    }
}

impl Refusal {
    /// The status and the body; a row that is not there has no detail.
    fn rest(&self) -> (u16, String) {
        let (status, message) = match self {
            Refusal::NoItem | Refusal::NotThere => (404, "Not Found"),
            Refusal::NoMethod => (501, "Not Implemented"),
            _ => (400, "Bad Request"),
        };
        let error = [("error", Json::from(status)), ("message", Json::from(message))];
        let detail = Some(("detail", Json::from(self.to_string()))).filter(|_| status == 400);
        let body = error.into_iter().chain(detail);
        let body: Map<String, Json> = body.map(|(name, value)| (name.into(), value)).collect();
        (status, Json::Object(body).to_string())
    }
}
