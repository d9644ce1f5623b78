//! Values → JSON documents, in one way.

use alloc::string::String;
use core::time::Duration;

use serde::{Serialize, Serializer};

/// A value whose keys are texts as JSON: then nothing in it can fail to be written.
pub(crate) fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

/// A value as a document, which first says what it is.
pub(crate) fn document(schema: &'static str, content: &impl Serialize) -> String {
    json(&Document { schema, content })
}

/// A document, which may stand within another one.
#[derive(Serialize)]
pub(crate) struct Document<T> {
    pub(crate) schema: &'static str,
    #[serde(flatten)]
    pub(crate) content: T,
}

/// A time in seconds: a whole number where it is one.
pub(crate) fn seconds<S: Serializer>(time: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    match time.subsec_nanos() {
        0 => serializer.serialize_u64(time.as_secs()),
        _ => serializer.serialize_f64(time.as_secs_f64()),
    }
}
