//! Record of a host language ↔ JSON document of core.

use multi_isp as core;
use multi_isp::Version;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::Result;
use crate::records::{Site, SiteStatus};

/// A record that is a whole document.
pub trait Document: Serialize + DeserializeOwned {
    /// What core makes of it.
    type Core;

    /// The document read by core.
    fn core(&self) -> Result<Self::Core>;

    /// The document as core reads it.
    fn document(&self) -> String {
        serde_json::to_string(self).expect("records have texts as keys")
    }

    /// The record of a document that core wrote.
    fn of(document: &str) -> Self {
        serde_json::from_str(document).expect("core writes documents as their schemas say")
    }
}

/// The record of a value that core writes within its documents.
pub fn record<T: DeserializeOwned>(value: &impl Serialize) -> T {
    let json = serde_json::to_value(value).expect("core writes values with texts as keys");
    serde_json::from_value(json).expect("core writes values as their schemas say")
}

impl Document for Site {
    type Core = core::Site;

    fn core(&self) -> Result<core::Site> {
        Ok(core::Site::from_json(self.document().as_bytes())?)
    }
}

impl Document for SiteStatus {
    type Core = core::SiteStatus;

    fn core(&self) -> Result<core::SiteStatus> {
        Ok(core::SiteStatus::from_json(self.document().as_bytes())?)
    }
}

/// The version of RouterOS that somebody gave.
pub fn version(text: Option<String>) -> Result<Option<Version>> {
    Ok(text.and_then(|text| Version::parse(&text)))
}
