//! How the lines of a site are.

use multi_isp as core;
use multi_isp::Style;

use crate::documents::{self, Given};
use crate::error::Result;
use crate::records::{Site, SiteStatus, StatusReads};
use crate::router::{self, Router};

/// How the lines of a site are, by a router that was read a moment ago.
#[uniffi::export]
pub fn status(site: Site, router: &Router) -> Result<SiteStatus> {
    Ok(record(&core::status(&site.read()?, router.core())))
}

/// The status of a site whose router does not answer.
#[uniffi::export]
pub fn unreachable(site: Site) -> Result<SiteStatus> {
    Ok(record(&core::SiteStatus::unreachable(&site.read()?)))
}

/// The fewest rows and properties that a status is told by, for RouterOS of a version, as `7.22.3`.
#[uniffi::export]
pub fn status_reads(site: Site, version: String) -> Result<StatusReads> {
    let reads = core::status_reads(&site.read()?, router::version(&version)?);
    Ok(documents::written(&core::StatusRead::all_to_json(&reads)))
}

fn record(status: &core::SiteStatus) -> SiteStatus {
    documents::written(&status.to_json(Style::default()))
}
