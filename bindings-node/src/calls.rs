//! The calls of a transport, one after the other, each made with the answers to those before it.

use multi_isp::{ApiCall, Part, Replies, RestCall};
use napi::bindgen_prelude::{Buffer, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use serde_json::json;

use crate::error::{Answer, Fault};
use crate::json;
use crate::number::whole;
use crate::text::{Given, bytes};

/// Sentences of the API. Ask `next()`, send its words, hand every sentence of the reply to `answer()`, and ask again.
#[napi]
pub struct ApiCalls {
    calls: Vec<ApiCall>,
    replies: Replies,
}

#[napi]
impl ApiCalls {
    /// The words of the next sentence; `null` when all are answered.
    #[napi(catch_unwind, ts_return_type = "Buffer[] | null")]
    pub fn next(&self, env: &Env) -> Result<Option<Vec<Buffer>>> {
        let call = self.calls.get(self.replies.len());
        let sentence = call.map(|call| call.sentence(&self.replies)).transpose();
        let sentence = sentence.map_err(|error| Fault::from(error).thrown(env))?;
        Ok(sentence.map(|sentence| sentence.words().iter().map(|word| word.clone().into()).collect()))
    }

    /// Takes one sentence of the reply, as its words; the last one, `!done`, answers the call.
    #[napi(catch_unwind, ts_args_type = "words: Array<string | Uint8Array>")]
    pub fn answer(&mut self, env: &Env, words: Vec<Given>) -> Result<()> {
        let words: Vec<Vec<u8>> = words.into_iter().map(bytes).collect();
        let taken = self.replies.api(&words);
        taken.map_err(|error| Fault::from(error).thrown(env))
    }
}

/// The part of a plan that a caller names; all of it where none is.
pub fn part(name: Option<&str>, minutes: Option<f64>) -> Answer<Part> {
    let minutes = minutes.map(|minutes| whole(minutes, "minutes")).transpose()?;
    Ok(Part::named(name.unwrap_or("plan"), minutes)?)
}

impl ApiCalls {
    pub(crate) fn new(calls: Vec<ApiCall>) -> Self {
        Self {
            calls,
            replies: Replies::default(),
        }
    }
}

/// Requests of REST. Ask `next()`, send it, hand status and body of the answer to `answer()`, and ask again.
#[napi]
pub struct RestCalls {
    calls: Vec<RestCall>,
    replies: Replies,
}

#[napi]
impl RestCalls {
    /// The next request, passwords and PINs in its body included; `null` when all are answered.
    #[napi(catch_unwind, ts_return_type = "RestRequest | null")]
    pub fn next<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        let call = self.calls.get(self.replies.len());
        let request = call.map(|call| call.request(&self.replies)).transpose();
        let request = request.map_err(|error| Fault::from(error).thrown(env))?;
        let document = request.map(
            |request| json!({"method": request.method(), "path": request.path(), "body": request.body()}),
        );
        json::parse(env, &json!(document).to_string())
    }

    /// Takes the status and the body of the answer.
    #[napi(
        catch_unwind,
        ts_args_type = "status: number, body?: string | Uint8Array | null"
    )]
    pub fn answer(&mut self, env: &Env, status: f64, body: Option<Given>) -> Result<()> {
        let taken = self.taken(status, body);
        taken.map_err(|fault| fault.thrown(env))
    }
}

impl RestCalls {
    pub(crate) fn new(calls: Vec<RestCall>) -> Self {
        Self {
            calls,
            replies: Replies::default(),
        }
    }

    fn taken(&mut self, status: f64, body: Option<Given>) -> Answer<()> {
        let status = whole(status, "status")?;
        Ok(self.replies.rest(status, &body.map(bytes).unwrap_or_default())?)
    }
}
