//! The JSON Schemas of all documents.

use crate::alerts::{Alert, AlertState};
use crate::pcc::Split;
use crate::plan::{Drift, Plan};
use crate::rule::Report;
use crate::simulate::{Matrix, Trace};
use crate::site::Site;
use crate::status::SiteStatus;

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
    (AlertState::SCHEMA, AlertState::JSON_SCHEMA),
    (Alert::SCHEMA, Alert::JSON_SCHEMA),
    (Drift::SCHEMA, Drift::JSON_SCHEMA),
    (Plan::SCHEMA, Plan::JSON_SCHEMA),
    (Report::SCHEMA, Report::JSON_SCHEMA),
    (Site::SCHEMA, Site::JSON_SCHEMA),
    (Split::SCHEMA, Split::JSON_SCHEMA),
    (SiteStatus::SCHEMA, SiteStatus::JSON_SCHEMA),
    (Trace::SCHEMA, Trace::JSON_SCHEMA),
    (Matrix::SCHEMA, Matrix::JSON_SCHEMA),
];
