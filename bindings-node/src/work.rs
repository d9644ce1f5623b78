//! One call of core, now or off the thread of JavaScript.

use std::panic::{AssertUnwindSafe, catch_unwind};

use napi::bindgen_prelude::{AsyncTask, ToNapiValue, TypeName, Unknown, panic_to_error};
use napi::{Env, Result, ScopedTask, Task};

use crate::error::Answer;
use crate::json;

/// What is left to do when all arguments are converted.
pub struct Work<T>(Option<Box<dyn FnOnce() -> Answer<T> + Send>>);

impl<T> Work<T> {
    /// Work that touches nothing of JavaScript.
    pub fn new(run: impl FnOnce() -> Answer<T> + Send + 'static) -> Self {
        Self(Some(Box::new(run)))
    }

    /// Does it at once.
    pub fn now(mut self, env: &Env) -> Result<T> {
        self.run()?.map_err(|fault| fault.thrown(env))
    }

    /// A panic must not leave the thread that it came on.
    fn run_apart(&mut self) -> Result<Answer<T>> {
        catch_unwind(AssertUnwindSafe(|| self.run())).unwrap_or_else(|panic| Err(panic_to_error(panic)))
    }

    fn run(&mut self) -> Result<Answer<T>> {
        let run = self
            .0
            .take()
            .ok_or_else(|| napi::Error::from_reason("done twice"))?;
        Ok(run())
    }
}

impl<T: ToNapiValue + TypeName + Send + 'static> Work<T> {
    /// Does it on a thread of libuv's pool; gives the promise.
    pub fn later(self) -> AsyncTask<Self> {
        AsyncTask::new(self)
    }
}

impl<T: ToNapiValue + TypeName + Send + 'static> Task for Work<T> {
    type Output = Answer<T>;
    type JsValue = T;

    fn compute(&mut self) -> Result<Self::Output> {
        self.run_apart()
    }

    fn resolve(&mut self, env: Env, answer: Self::Output) -> Result<Self::JsValue> {
        answer.map_err(|fault| fault.thrown(&env))
    }
}

/// Work whose answer is a document: the promise gives the value.
pub struct Parsed(pub Work<String>);

impl<'env> ScopedTask<'env> for Parsed {
    type Output = Answer<String>;
    type JsValue = Unknown<'env>;

    fn compute(&mut self) -> Result<Self::Output> {
        self.0.run_apart()
    }

    fn resolve(&mut self, env: &'env Env, answer: Self::Output) -> Result<Self::JsValue> {
        json::parse(env, &answer.map_err(|fault| fault.thrown(env))?)
    }
}
