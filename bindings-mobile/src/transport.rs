//! Plans as calls by id, one after the other.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use multi_isp as core;
use multi_isp::Replies;

use crate::error::Result;
use crate::records::RestRequest;

/// A plan as sentences of the API: take one, send it, hand over what the router answers, take the next.
#[derive(Debug, uniffi::Object)]
pub struct ApiCalls(Mutex<Calls<core::ApiCall>>);

/// A plan as requests of REST: take one, send it, hand over what the router answers, take the next.
#[derive(Debug, uniffi::Object)]
pub struct RestCalls(Mutex<Calls<core::RestCall>>);

/// Calls, and what was answered so far.
#[derive(Debug)]
struct Calls<C> {
    calls: Vec<C>,
    replies: Replies,
}

impl<C> Calls<C> {
    fn of(calls: Vec<C>) -> Mutex<Self> {
        Mutex::new(Self {
            calls,
            replies: Replies::default(),
        })
    }

    /// The call that is to be sent now; none when all are answered.
    fn next(&self) -> Option<&C> {
        self.calls.get(self.replies.len())
    }
}

impl ApiCalls {
    pub(crate) fn of(calls: Vec<core::ApiCall>) -> Arc<Self> {
        Arc::new(Self(Calls::of(calls)))
    }
}

impl RestCalls {
    pub(crate) fn of(calls: Vec<core::RestCall>) -> Arc<Self> {
        Arc::new(Self(Calls::of(calls)))
    }
}

#[uniffi::export]
impl ApiCalls {
    /// The words of the sentence to send now, the same until it is answered; null when all are answered.
    pub fn next(&self) -> Result<Option<Vec<Vec<u8>>>> {
        let calls = locked(&self.0);
        let sentence = calls
            .next()
            .map(|call| call.sentence(&calls.replies))
            .transpose()?;
        Ok(sentence.map(|sentence| sentence.words().to_vec()))
    }

    /// Takes a sentence that the router answered, as its words; `!done` answers the call.
    pub fn answer(&self, words: Vec<Vec<u8>>) -> Result<()> {
        Ok(locked(&self.0).replies.api(&words)?)
    }
}

#[uniffi::export]
impl RestCalls {
    /// The request to send now, the same until it is answered; null when all are answered.
    pub fn next(&self) -> Result<Option<RestRequest>> {
        let calls = locked(&self.0);
        let request = calls
            .next()
            .map(|call| call.request(&calls.replies))
            .transpose()?;
        Ok(request.map(|request| RestRequest {
            method: request.method().to_owned(),
            path: request.path().to_owned(),
            body: request.body(),
        }))
    }

    /// Takes the status and the body of the router's answer.
    pub fn answer(&self, status: i32, body: Vec<u8>) -> Result<()> {
        // What is no status of HTTP is none of a router either: it is refused as 0 is.
        Ok(locked(&self.0)
            .replies
            .rest(status.try_into().unwrap_or_default(), &body)?)
    }
}

/// Nothing between lock and unlock can leave calls half changed.
fn locked<T>(calls: &Mutex<T>) -> MutexGuard<'_, T> {
    calls.lock().unwrap_or_else(PoisonError::into_inner)
}
