//! Documents of core ↔ values of JavaScript, by JavaScript's own `JSON`.

use std::collections::BTreeMap;

use napi::bindgen_prelude::{
    Either3, FnArgs, Function, FunctionCallContext, JsObjectValue, JsValuesTupleIntoVec, Object, Uint8Array,
    Unknown,
};
use napi::{Env, JsValue, Result, ValueType};
use serde_json::value::RawValue;

use crate::error::{Answer, Fault};
use crate::names;
use crate::text::Text;

/// A document as JavaScript gives it: JSON text, its bytes, or an object with names of JavaScript.
pub type Given<'a> = Either3<String, Uint8Array, Object<'a>>;

/// A document that can leave the thread of JavaScript.
pub enum Document {
    /// JSON text.
    Text(Text),
    /// What `JSON.stringify` made of an object.
    Object(String),
}

impl Document {
    /// Takes what was given; calls `toJSON` where an object has one.
    pub fn of(env: &Env, given: Given<'_>) -> Result<Self> {
        Ok(match given {
            Either3::A(text) => Self::Text(napi::Either::A(text).into()),
            Either3::B(bytes) => Self::Text(napi::Either::B(bytes).into()),
            Either3::C(object) => Self::Object(stringify(env, object)?),
        })
    }

    /// The same, where it may be left out.
    pub fn maybe(env: &Env, given: Option<Given<'_>>) -> Result<Option<Self>> {
        given.map(|given| Self::of(env, given)).transpose()
    }

    /// The value that core makes of it.
    pub fn read<T, E: Into<Fault>>(
        &self,
        schema: &str,
        read: impl Fn(&[u8]) -> std::result::Result<T, E>,
    ) -> Answer<T> {
        match self {
            Self::Text(text) => read(&text.bytes).map_err(|error| error.into().counted_by(&text.places)),
            Self::Object(json) => {
                let document = names::to_snake(json, schema);
                read(document.as_bytes()).map_err(|error| error.into().of_an_object())
            }
        }
    }

    /// What core makes of JSON that is no document of ours: its names are left alone.
    pub fn read_as_it_is<T, E: Into<Fault>>(
        &self,
        read: impl Fn(&[u8]) -> std::result::Result<T, E>,
    ) -> Answer<T> {
        match self {
            Self::Text(text) => read(&text.bytes).map_err(|error| error.into().counted_by(&text.places)),
            Self::Object(json) => read(json.as_bytes()).map_err(|error| error.into().of_an_object()),
        }
    }
}

/// Reads a document that may be left out: core fills in what it means then.
pub fn read_or_default<T: Default, E: Into<Fault>>(
    document: Option<&Document>,
    schema: &str,
    read: impl Fn(&[u8]) -> std::result::Result<T, E>,
) -> Answer<T> {
    document.map_or_else(|| Ok(T::default()), |document| document.read(schema, read))
}

/// A document of core as a value of JavaScript, places as the caller counts them.
pub fn parse<'a>(env: &Env, json: &str) -> Result<Unknown<'a>> {
    json_function::<String, _>(env, "parse")?.call(names::to_camel(json))
}

/// One field of a document of core as a value of JavaScript.
pub fn parse_field<'a>(env: &Env, json: &str, field: &str) -> Result<Unknown<'a>> {
    let fields: BTreeMap<&str, &RawValue> =
        serde_json::from_str(json).map_err(|error| napi::Error::from_reason(error.to_string()))?;
    parse(env, fields.get(field).map_or("null", |value| value.get()))
}

fn stringify(env: &Env, object: Object<'_>) -> Result<String> {
    let text: String = json_function::<Object, _>(env, "stringify")?.call(object)?;
    // What is no finite number would become `null`, which a document takes for left out.
    if text.contains("null") {
        refuse_what_is_no_number(env, object)?;
    }
    Ok(text)
}

fn refuse_what_is_no_number(env: &Env, object: Object<'_>) -> Result<()> {
    let look = env.create_function_from_closure("look", |call: FunctionCallContext| {
        let (key, value) = call.args::<(Unknown, Unknown)>()?;
        if value.get_type()? == ValueType::Number && !value.coerce_to_number()?.get_double()?.is_finite() {
            let name = key.coerce_to_string()?.into_utf8()?.into_owned()?;
            return Err(Fault::argument(&format!("`{name}` is no finite number")).thrown(call.env));
        }
        Ok(value.to_unknown())
    })?;
    let stringify: Function<FnArgs<(Object, Replacer)>, Unknown> = json_function(env, "stringify")?;
    stringify.call((object, look).into()).map(drop)
}

/// What `JSON.stringify` asks for each value.
type Replacer<'a> = Function<'a, (), Unknown<'a>>;

fn json_function<'a, Args: JsValuesTupleIntoVec, Return>(
    env: &Env,
    name: &str,
) -> Result<Function<'a, Args, Return>> {
    let json: Object = env.get_global()?.get_named_property("JSON")?;
    json.get_named_property(name)
}
