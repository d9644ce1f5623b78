//! Record of a host language ↔ JSON document of core.

use std::io::{self, Write};

use multi_isp as core;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Serializer;
use serde_json::ser::Formatter;

use crate::error::Result;
use crate::records::{
    Alert, AlertOptions, AlertState, DetectedLine, Differences, ExistingRows, ImportCommands, Levels, Log,
    Message, Messages, Options, OutcomeDocument, PhaseScripts, PortList, Replay, Scenario, Site, SiteStatus,
    Split, SplitOptions, StatusReads, Table, WhatIfOptions,
};

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
    let mut text = Vec::new();
    let mut serializer = Serializer::with_formatter(&mut text, AsCore);
    value.serialize(&mut serializer).expect("all keys are texts");
    String::from_utf8(text).expect("JSON is text")
}

/// Numbers as core writes them: a whole one without a fraction.
struct AsCore;

impl Formatter for AsCore {
    fn write_f64<W: ?Sized + Write>(&mut self, writer: &mut W, value: f64) -> io::Result<()> {
        write!(writer, "{value}")
    }
}

/// What core makes of a document that may be left out.
pub fn read_or_usual<G: Given>(given: Option<G>) -> Result<G::Read>
where
    G::Read: Default,
{
    given.map_or_else(|| Ok(G::Read::default()), |given| given.read())
}

/// Which reader of core takes a record, and what reads the record from its document.
macro_rules! given {
    ($($record:ident => $read:ty, $from_json:ident;)*) => {$(
        impl Given for $record {
            type Read = $read;

            fn read(&self) -> Result<$read> {
                Ok(<$read>::from_json(json(self).as_bytes())?)
            }
        }

        /// The value of a JSON document, which is refused where it is not as its schema says.
        #[uniffi::export]
        pub fn $from_json(json: String) -> Result<$record> {
            <$read>::from_json(json.as_bytes())?;
            Ok(written(&json))
        }

        readable!($record);
    )*};
}

/// Records that are documents.
macro_rules! readable {
    ($($record:ident),* $(,)?) => {$(
        #[uniffi::export]
        impl $record {
            /// The value as its JSON document.
            pub fn to_json(&self) -> String {
                json(self)
            }
        }
    )*};
}

given! {
    Alert => core::Alert, alert_from_json;
    AlertOptions => core::AlertOptions, alert_options_from_json;
    AlertState => core::AlertState, alert_state_from_json;
    Levels => core::Levels, levels_from_json;
    Log => core::Log, log_from_json;
    Messages => core::Messages, messages_from_json;
    Options => core::Options, options_from_json;
    Scenario => core::Scenario, scenario_from_json;
    Site => core::Site, site_from_json;
    SiteStatus => core::SiteStatus, site_status_from_json;
    SplitOptions => core::SplitOptions, split_options_from_json;
    WhatIfOptions => core::WhatIf, what_if_options_from_json;
}

readable! {
    DetectedLine, Differences, ExistingRows, ImportCommands, Message, OutcomeDocument, PhaseScripts, PortList, Replay, Split,
    StatusReads, Table,
}
