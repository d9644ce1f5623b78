//! What the router answered: the ids of rows that came, or why it stopped.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde_json::Value as Json;
use thiserror::Error;

use super::Address;
use crate::diagnostic::{Code, Diagnostic};
use crate::routeros::router::RowId;

/// What the router answered to the calls so far, in their order.
///
/// A router that refuses one is not sent the next: no later call is given away, just as a script stops at its first error.
///
/// # Example
///
/// ```
/// use multi_isp::emit::Replies;
///
/// let mut replies = Replies::default();
/// replies.api(&["!done", "=ret=*1F"])?;
/// replies.rest(201, br#"{".id": "*20", "gateway": "192.0.2.1"}"#)?;
/// assert_eq!(replies.len(), 2);
///
/// let refused = replies.rest(404, br#"{"error": 404, "message": "Not Found"}"#).unwrap_err();
/// assert_eq!(refused.to_string(), "the router refused call 2: Not Found");
/// let portal = Replies::default().rest(200, b"<html>Log in</html>").unwrap_err();
/// assert_eq!(portal.message, "status 200, and no JSON: that was no router");
/// # Ok::<(), multi_isp::emit::Refused>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Replies {
    ids: Vec<Option<RowId>>,
    refused: Option<Refused>,
}

/// The router refused a call.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the router refused call {call}: {message}")]
pub struct Refused {
    /// The place of the call, from 0.
    pub call: usize,
    /// What the router said.
    pub message: String,
}

/// Why a call cannot be sent yet, or not at all.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NotReady {
    /// A call before it is not answered yet.
    #[error("call {call} is not answered yet")]
    Unanswered {
        /// The place of that call, from 0.
        call: usize,
    },
    /// The call is answered already, or one reply was taken twice: which call each of them answers is not known any more.
    #[error("call {call} is answered already")]
    Answered {
        /// The place of that call, from 0.
        call: usize,
    },
    /// The reply to the call that adds the row gave no id.
    #[error("the reply to call {call} gave no id")]
    NoId {
        /// The place of that call, from 0.
        call: usize,
    },
    /// The router refused a call before it.
    #[error(transparent)]
    Refused(#[from] Refused),
}

impl Refused {
    /// The error as a finding, for a caller that shows it to people.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let help = "read the router again: what was sent before this call is done; make a new plan, or send what takes this one back";
        Vec::from([Diagnostic::error(ROUTER_REFUSED, self.to_string()).with_help(help)])
    }
}

impl NotReady {
    /// The error as a finding, for a caller that shows it to people.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let (code, help) = match self {
            Self::Refused(refused) => return refused.diagnostics(),
            Self::Unanswered { .. } => (
                UNANSWERED,
                "hand over the reply to each call before the next one is asked for",
            ),
            Self::Answered { .. } => (
                ANSWERED,
                "hand over each reply once, and read the router again before anything else is sent",
            ),
            Self::NoId { .. } => (
                NO_ID,
                "read the router again, and make a new plan: it may not be the router that answered",
            ),
        };
        Vec::from([Diagnostic::error(code, self.to_string()).with_help(help)])
    }
}

impl Replies {
    /// How many calls are answered.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether none is answered.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// Takes one sentence of the reply to an API sentence, as its words; only the last one, `!done`, answers the call.
    ///
    /// `!done` with `=ret=*1F`, `!trap` with `=message=` and `!fatal` with its reason are the manual's (D:47579160); a `!done`
    /// follows a `!trap`.
    ///
    /// # Errors
    ///
    /// What the router said where it refused this call or one before it.
    pub fn api(&mut self, words: &[impl AsRef<[u8]>]) -> Result<(), Refused> {
        let mut words = words.iter().map(AsRef::as_ref);
        let kind = words.next().unwrap_or_default();
        let attribute = |name: &[u8]| words.clone().find_map(|word| word.strip_prefix(name));
        match kind {
            b"!done" => self.answered(attribute(b"=ret=").map(<[u8]>::to_vec)),
            b"!trap" | b"!fatal" => {
                let message = attribute(b"=message=").or_else(|| words.clone().next());
                self.stop(message.unwrap_or_default())
            }
            _ => self.refused.clone().map_or(Ok(()), Err),
        }
    }

    /// Takes the status and the body of the reply to a REST request.
    ///
    /// The reply to a `PUT` is the created object; one source says `{"ret": "*2"}` (`ROUTEROS-BEHAVIOUR` §13): both are taken.
    ///
    /// # Errors
    ///
    /// What the router said where it refused this request or one before it.
    pub fn rest(&mut self, status: u16, body: &[u8]) -> Result<(), Refused> {
        let is_empty = body.trim_ascii().is_empty();
        let Some(body) = serde_json::from_slice::<Json>(body)
            .ok()
            .or(is_empty.then_some(Json::Null))
        else {
            return self.stop(format!("status {status}, and no JSON: that was no router").as_bytes());
        };
        let text = |names: [&str; 2]| names.iter().find_map(|name| body.get(name)?.as_str());
        if (200..300).contains(&status) {
            return self.answered(text([".id", "ret"]).map(|id| id.as_bytes().to_vec()));
        }
        match text(["detail", "message"]) {
            Some(message) => self.stop(message.as_bytes()),
            None => self.stop(format!("status {status}").as_bytes()),
        }
    }

    /// Whether the call at a place is the next one.
    pub(super) fn next(&self, call: usize) -> Result<(), NotReady> {
        match &self.refused {
            Some(refused) => Err(refused.clone().into()),
            None if self.len() < call => Err(NotReady::Unanswered { call: self.len() }),
            None if self.len() > call => Err(NotReady::Answered { call }),
            None => Ok(()),
        }
    }

    pub(super) fn id(&self, address: Address) -> Result<RowId, NotReady> {
        match address {
            Address::Known(id) => Ok(id),
            Address::Added { call } => match self.ids.get(call) {
                None => Err(NotReady::Unanswered { call }),
                Some(None) => Err(NotReady::NoId { call }),
                Some(Some(id)) => Ok(*id),
            },
        }
    }

    fn answered(&mut self, id: Option<Vec<u8>>) -> Result<(), Refused> {
        if let Some(refused) = &self.refused {
            return Err(refused.clone());
        }
        let id = id.and_then(|id| RowId::parse(core::str::from_utf8(&id).ok()?));
        self.ids.push(id);
        Ok(())
    }

    fn stop(&mut self, message: &[u8]) -> Result<(), Refused> {
        let call = self.len();
        let refused = self.refused.get_or_insert_with(|| Refused {
            call,
            message: String::from_utf8_lossy(message).into_owned(),
        });
        Err(refused.clone())
    }
}

const ROUTER_REFUSED: Code = Code::new("router-refused");
const UNANSWERED: Code = Code::new("call-not-answered");
const ANSWERED: Code = Code::new("call-answered-twice");
const NO_ID: Code = Code::new("reply-without-id");
