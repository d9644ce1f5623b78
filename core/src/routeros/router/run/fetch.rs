//! `/tool fetch`: what scripts send to the outside.

use core::fmt;

use serde::Serialize;

use super::{
    Result, Scope, Stop,
    data::Data,
    machine::{Call, Machine},
};
use crate::routeros::value::Value;

/// Where the command stands.
pub(super) const FETCH: &str = "/tool/fetch";

/// A request of `/tool fetch`. As JSON it is what was sent, its URL included.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Request {
    /// Whom it asks.
    pub url: Value,
    /// What it sends, `http-data`.
    pub data: Value,
}

/// URLs may hold a token: they are not shown.
impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("data", &self.data)
            .finish_non_exhaustive()
    }
}

impl Machine<'_> {
    /// Sends a request; one that nobody takes stops the script, as on a router. What is answered is not known.
    pub(super) fn fetch(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result {
        let request = Request {
            url: self.argument(call, "url", scope)?,
            data: self.argument(call, "http-data", scope)?,
        };
        if !self.live.takes(&self.router, &request) {
            return Err(Stop::error("failure: connection timeout"));
        }
        self.requests.push(request);
        Ok(Data::Nothing)
    }

    fn argument(&mut self, call: &Call<'_>, name: &str, scope: &mut Scope) -> Result<Value> {
        call.named(name).map_or(Ok(Value::default()), |value| {
            self.value(call.source, value, scope)
        })
    }
}
