//! JSON with its members in the order in which they stand: it is the order of fields in every language.

use indexmap::IndexMap;
use serde::Deserialize;
use serde_json::Value;

/// A value of JSON.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum Json {
    Object(IndexMap<String, Json>),
    List(Vec<Json>),
    /// What is neither.
    Plain(Value),
}

impl Json {
    /// A member of an object.
    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Json::Object(members) => members.get(name),
            _ => None,
        }
    }

    /// The members of an object, the items of nothing else.
    pub fn members(&self) -> impl Iterator<Item = (&String, &Json)> {
        let members = match self {
            Json::Object(members) => Some(members),
            _ => None,
        };
        members.into_iter().flatten()
    }

    pub fn items(&self) -> &[Json] {
        match self {
            Json::List(items) => items,
            _ => &[],
        }
    }

    pub fn text(&self) -> Option<&str> {
        match self {
            Json::Plain(value) => value.as_str(),
            _ => None,
        }
    }
}
