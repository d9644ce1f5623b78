//! The JSON Schemas of all documents.

use crate::alerts::{Alert, AlertOptions, AlertState, Log, Message, Messages, Replay};
use crate::emit::{Import, PhaseScript};
use crate::pcc::{Split, SplitOptions};
use crate::plan::{Drift, Options, Plan};
use crate::routeros::router::{Difference, Outcome, Table};
use crate::rule::{Levels, Report};
use crate::rulebook::Entry;
use crate::simulate::{Matrix, Scenario, Trace, WhatIf};
use crate::site::Site;
use crate::status::{SiteStatus, StatusRead};
use crate::survey::{DetectedLine, PortList, SetupRow};

/// The JSON Schema of each document that is read or written, by the name and version that stands in its field `schema`.
///
/// The `$id` of `multi-isp/plan/1` is `urn:multi-isp:plan:1`: by it one schema refers to another.
///
/// # Example
///
/// ```
/// let plan = multi_isp::schemas().iter().find(|(name, _)| *name == "multi-isp/plan/1");
/// assert!(plan.is_some_and(|(_, schema)| schema.contains("\"$ref\": \"urn:multi-isp:report:1\"")));
/// ```
pub fn schemas() -> &'static [(&'static str, &'static str)] {
    SCHEMAS
}

const SCHEMAS: &[(&str, &str)] = &[
    (AlertOptions::SCHEMA, AlertOptions::JSON_SCHEMA),
    (AlertState::SCHEMA, AlertState::JSON_SCHEMA),
    (Alert::SCHEMA, Alert::JSON_SCHEMA),
    (DetectedLine::SCHEMA, DetectedLine::JSON_SCHEMA),
    (Difference::SCHEMA, Difference::JSON_SCHEMA),
    (Drift::SCHEMA, Drift::JSON_SCHEMA),
    (SetupRow::SCHEMA, SetupRow::JSON_SCHEMA),
    (Import::SCHEMA, Import::JSON_SCHEMA),
    (Levels::SCHEMA, Levels::JSON_SCHEMA),
    (Log::SCHEMA, Log::JSON_SCHEMA),
    (Message::SCHEMA, Message::JSON_SCHEMA),
    (Messages::SCHEMA, Messages::JSON_SCHEMA),
    (Options::SCHEMA, Options::JSON_SCHEMA),
    (Outcome::SCHEMA, Outcome::JSON_SCHEMA),
    (PhaseScript::SCHEMA, PhaseScript::JSON_SCHEMA),
    (Plan::SCHEMA, Plan::JSON_SCHEMA),
    (PortList::SCHEMA, PortList::JSON_SCHEMA),
    (Replay::SCHEMA, Replay::JSON_SCHEMA),
    (Report::SCHEMA, Report::JSON_SCHEMA),
    (Entry::SCHEMA, Entry::JSON_SCHEMA),
    (Scenario::SCHEMA, Scenario::JSON_SCHEMA),
    (Site::SCHEMA, Site::JSON_SCHEMA),
    (SplitOptions::SCHEMA, SplitOptions::JSON_SCHEMA),
    (Split::SCHEMA, Split::JSON_SCHEMA),
    (StatusRead::SCHEMA, StatusRead::JSON_SCHEMA),
    (SiteStatus::SCHEMA, SiteStatus::JSON_SCHEMA),
    (Table::SCHEMA, Table::JSON_SCHEMA),
    (Trace::SCHEMA, Trace::JSON_SCHEMA),
    (WhatIf::SCHEMA, WhatIf::JSON_SCHEMA),
    (Matrix::SCHEMA, Matrix::JSON_SCHEMA),
];
