//! Changes → requests of REST.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::call::{Call, Verb, is_hidden};
use super::resolve::{Gone, changes, resolve};
use super::{Address, NotReady, Replies, TransportError};
use crate::plan::{Change, Part, Plan};
use crate::routeros::router::Router;
use crate::routeros::value::Value;
use crate::routeros::version::Version;

/// The requests that make changes one after the other over REST, from RouterOS 7.1.
///
/// # Errors
///
/// Those of [`Plan::rest`].
pub fn rest(changes: &[Change], router: &Router, gone: Gone) -> Result<Vec<RestCall>, TransportError> {
    if let Some(version) = router.version().filter(|version| *version < Version::REST) {
        return Err(TransportError::NoRest { version });
    }
    let calls = resolve(changes, router, gone)?.into_iter().enumerate();
    calls
        .map(|(place, call)| {
            let call = call.try_map(text)?;
            Ok(RestCall { place, call })
        })
        .collect()
}

impl Plan {
    /// A part of the plan as requests of REST, for `router` as it was read last.
    ///
    /// What is said of ids at [`Plan::api`] holds here too. A router ends a command that takes longer than 60 seconds
    /// (`ROUTEROS-BEHAVIOUR` §13).
    ///
    /// # Errors
    ///
    /// Those of [`Plan::api`]; [`TransportError::NotUtf8`] where a value is not text, which JSON must be;
    /// [`TransportError::NoRest`] before RouterOS 7.1.
    ///
    /// # Example
    ///
    /// ```
    /// use multi_isp::emit::Replies;
    /// use multi_isp::{Options, Part, Router, plan_disable};
    ///
    /// let router = Router::from_rest(br#"{"/system/resource": {"version": "7.22.3 (stable)"}, "/ip/firewall/nat": [
    ///     {".id": "*1F", "chain": "srcnat", "action": "masquerade", "out-interface": "ether2", "comment": "multi-isp:nat:lte:1"}]}"#, None)?;
    /// let plan = plan_disable(&router, &Options::default())?;
    ///
    /// let mut replies = Replies::default();
    /// for call in plan.rest(Part::Plan, &router)? {
    ///     let request = call.request(&replies)?;
    ///     assert_eq!((request.method(), request.path()), ("DELETE", "/rest/ip/firewall/nat/*1F"));
    ///     assert_eq!(request.body(), None);
    ///     replies.rest(204, b"")?;
    /// }
    /// # Ok::<(), Box<dyn core::error::Error>>(())
    /// ```
    pub fn rest(&self, part: Part, router: &Router) -> Result<Vec<RestCall>, TransportError> {
        rest(&changes(self, part)?, router, Gone::of(part))
    }
}

/// A request whose ids may not all be known yet.
#[derive(Clone)]
pub struct RestCall {
    place: usize,
    call: Call<String>,
}

impl RestCall {
    /// The place of the change that it makes among those that were given, from 0; a change may take several calls.
    pub fn change(&self) -> usize {
        self.call.change
    }

    /// The rows that it names.
    pub fn addresses(&self) -> impl Iterator<Item = Address> {
        self.call.addresses()
    }

    /// The request, when all calls before it are answered.
    ///
    /// # Errors
    ///
    /// What is missing, or that the router refused a call before it.
    pub fn request(&self, replies: &Replies) -> Result<Request, NotReady> {
        replies.next(self.place)?;
        let call = &self.call;
        let menu = ["/rest", &call.menu].concat();
        let row = call.row.map(|row| replies.id(row)).transpose()?;
        let (method, path, is_named_in_path) = match (call.verb, row) {
            (Verb::Add, _) => ("PUT", menu, false),
            (Verb::Set, Some(id)) => ("PATCH", alloc::format!("{menu}/{id}"), true),
            (Verb::Remove, Some(id)) => ("DELETE", alloc::format!("{menu}/{id}"), true),
            // Settings have no id; any command can be sent (`ROUTEROS-BEHAVIOUR` §13).
            (verb, _) => ("POST", [&menu, "/", verb.word()].concat(), false),
        };
        let rows = call.named(replies)?.into_iter();
        let rows = rows
            .filter(|_| !is_named_in_path)
            .map(|(name, id)| (name.to_string(), Json::String(id.to_string())));
        let values = call.values.iter().map(|(name, value)| match value {
            Some(value) => (name.clone(), Json::String(value.clone())),
            None => (["!", name].concat(), Json::String(String::new())),
        });
        let body = (call.verb != Verb::Remove).then(|| rows.chain(values).collect());
        Ok(Request { method, path, body })
    }
}

/// Secrets are not shown.
impl fmt::Debug for RestCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.call, f)
    }
}

/// A request of REST, all known. As JSON it is what is sent, passwords and PINs included.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    method: &'static str,
    path: String,
    body: Option<Map<String, Json>>,
}

impl Request {
    /// The request that reads properties of those rows of a menu for which a query holds (`ROUTEROS-BEHAVIOUR` §13).
    pub(crate) fn print(menu: &str, properties: &[&str], query: &[String]) -> Self {
        let list = |words: Vec<Json>| Json::Array(words);
        let properties = properties.iter().map(|name| Json::from(*name)).collect();
        let query: Vec<Json> = query.iter().map(|word| Json::from(word.as_str())).collect();
        let query = Some((".query", list(query))).filter(|(_, query)| *query != list(Vec::new()));
        let body = [(".proplist", list(properties))].into_iter().chain(query);
        Self {
            method: "POST",
            path: ["/rest", menu, "/print"].concat(),
            body: Some(body.map(|(name, words)| (name.to_string(), words)).collect()),
        }
    }

    /// `PUT`, `PATCH`, `DELETE` or `POST`.
    pub fn method(&self) -> &'static str {
        self.method
    }

    /// The path on the router: `/rest/ip/route/*1F`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The JSON object that is sent with it; its values are strings, or lists of them where it reads.
    pub fn body(&self) -> Option<String> {
        let body = self.body.as_ref()?;
        serde_json::to_string(body).ok()
    }
}

/// Secrets are not shown.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body: Vec<(&String, &str)> = self
            .body
            .iter()
            .flatten()
            .map(|(name, value)| {
                let value = value.as_str().unwrap_or_default();
                (name, if is_hidden(name) { "(secret)" } else { value })
            })
            .collect();
        write!(f, "{} {} {body:?}", self.method, self.path)
    }
}

fn text(menu: &str, property: &str, value: Value) -> Result<String, TransportError> {
    String::from_utf8(value.into_bytes()).map_err(|_| TransportError::NotUtf8 {
        menu: menu.to_string(),
        property: property.to_string(),
    })
}
