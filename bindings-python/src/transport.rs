//! Calls to send one after the other, each when the one before it is answered.

use std::sync::{Mutex, MutexGuard, PoisonError};

use multi_isp::{ApiCall, NotReady, Replies, RestCall};
use pyo3::prelude::*;
use serde_json::json;

use crate::errors;
use crate::given::{Several, Text};
use crate::typed::{Bytes, Tuple, Typed, class};

/// Sentences of the API, to send one after the other: each comes when the one before it was answered.
///
/// ```python
/// calls = plan.api(router)
/// for words in calls:
///     for sentence in send(words):
///         calls.answer(sentence)
/// ```
#[pyclass(frozen, module = "multi_isp")]
pub struct ApiCalls(Mutex<Exchange<ApiCall>>);

/// Requests of REST, to send one after the other: each comes when the one before it was answered.
#[pyclass(frozen, module = "multi_isp")]
pub struct RestCalls(Mutex<Exchange<RestCall>>);

impl ApiCalls {
    /// Nothing was sent of them yet.
    pub fn new(calls: Vec<ApiCall>) -> Self {
        Self(Mutex::new(Exchange::new(calls)))
    }
}

impl RestCalls {
    /// Nothing was sent of them yet.
    pub fn new(calls: Vec<RestCall>) -> Self {
        Self(Mutex::new(Exchange::new(calls)))
    }
}

#[pymethods]
impl ApiCalls {
    /// Takes one sentence of the reply, as its words; only the last one, `!done`, answers the call.
    ///
    /// Raises `TransportError` where the router refused the call: no other one is given away then.
    fn answer(&self, py: Python<'_>, words: Several<Text>) -> PyResult<()> {
        let taken = locked(&self.0).replies.api(&words.0);
        taken.map_err(|refused| errors::refused(py, &refused))
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Tuple<Bytes>>> {
        let sentence = locked(&self.0).next(|call, replies| call.sentence(replies));
        let sentence = sentence.map_err(|error| errors::not_ready(py, &error))?;
        Ok(sentence.map(|sentence| Tuple(sentence.words().iter().cloned().map(Bytes).collect())))
    }

    fn __repr__(&self) -> String {
        locked(&self.0).shown("ApiCalls")
    }
}

#[pymethods]
impl RestCalls {
    /// Takes the status and the body of the reply to the request.
    ///
    /// Raises `TransportError` where the router refused it: no other one is given away then.
    #[pyo3(signature = (status: "int", body))]
    fn answer(&self, py: Python<'_>, status: u16, body: Text) -> PyResult<()> {
        let taken = locked(&self.0).replies.rest(status, body.bytes());
        taken.map_err(|refused| errors::refused(py, &refused))
    }

    fn __iter__(this: PyRef<'_, Self>) -> PyRef<'_, Self> {
        this
    }

    fn __next__(&self, py: Python<'_>) -> PyResult<Option<Typed<class::RestRequest>>> {
        let request = locked(&self.0).next(|call, replies| call.request(replies));
        let request = request.map_err(|error| errors::not_ready(py, &error))?;
        let document = request.map(
            |request| json!({"method": request.method(), "path": request.path(), "body": request.body()}),
        );
        Ok(document.map(|document| Typed::new(document.to_string())))
    }

    fn __repr__(&self) -> String {
        locked(&self.0).shown("RestCalls")
    }
}

/// Calls, and what was answered to those that were sent.
struct Exchange<C> {
    calls: Vec<C>,
    sent: usize,
    replies: Replies,
}

impl<C> Exchange<C> {
    fn new(calls: Vec<C>) -> Self {
        Self {
            calls,
            sent: 0,
            replies: Replies::default(),
        }
    }

    /// The next call, resolved; `None` behind the last one, when that is answered too.
    fn next<S>(
        &mut self,
        resolved: impl FnOnce(&C, &Replies) -> Result<S, NotReady>,
    ) -> Result<Option<S>, NotReady> {
        let Some(call) = self.calls.get(self.sent) else {
            let call = self.replies.len();
            return match call < self.calls.len() {
                true => Err(NotReady::Unanswered { call }),
                false => Ok(None),
            };
        };
        let resolved = resolved(call, &self.replies)?;
        self.sent += 1;
        Ok(Some(resolved))
    }

    fn shown(&self, name: &str) -> String {
        let (calls, answered) = (self.calls.len(), self.replies.len());
        format!("<{name} calls: {calls}, answered: {answered}>")
    }
}

/// A call that panicked left nothing half done: each step of an exchange is one.
fn locked<C>(exchange: &Mutex<Exchange<C>>) -> MutexGuard<'_, Exchange<C>> {
    exchange.lock().unwrap_or_else(PoisonError::into_inner)
}
