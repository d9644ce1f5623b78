//! Record of a host language ↔ JSON document of core.

use multi_isp as core;
use multi_isp::DocumentErrors;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;
use crate::records;

/// A record that core reads as a document.
pub trait Given: Serialize {
    /// What core makes of it.
    type Read;

    /// What core makes of it.
    fn read(&self) -> Result<Self::Read>;
}

/// The record of a document that core wrote.
///
/// # Panics
///
/// Where core does not write what its schema says, which its tests hold it to.
pub fn written<T: DeserializeOwned>(document: &str) -> T {
    serde_json::from_str(document).expect("core writes documents as their schemas say")
}

/// The record of a value that core writes within its documents.
///
/// # Panics
///
/// As [`written`].
pub fn record<T: DeserializeOwned>(value: &impl Serialize) -> T {
    written(&json(value))
}

/// The JSON text of a record, its fields in the order of its schema.
pub fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("all keys are texts")
}

/// What core makes of a document that may be left out.
pub fn read_or_usual<G: Given>(given: Option<G>) -> Result<G::Read>
where
    G::Read: Default,
{
    given.map_or_else(|| Ok(G::Read::default()), |given| given.read())
}

/// Which reader of core takes a record.
macro_rules! given {
    ($($record:ident => $read:ty),* $(,)?) => {$(
        impl Given for records::$record {
            type Read = $read;

            fn read(&self) -> Result<$read> {
                let read: std::result::Result<$read, DocumentErrors> = <$read>::from_json(json(self).as_bytes());
                Ok(read?)
            }
        }
    )*};
}

given! {
    //Alert => core::Alert,
    //AlertOptions => core::AlertOptions,
    AlertState => core::AlertState,
    Levels => core::Levels,
    //Log => core::alerts::Log,
    //Messages => core::Messages,
    Options => core::Options,
    //Scenario => core::Scenario,
    Site => core::Site,
    SiteStatus => core::SiteStatus,
    SplitOptions => core::SplitOptions,
    //WhatIfOptions => core::WhatIf,
}
