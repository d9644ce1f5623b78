//! How the lines of a site are.

use multi_isp as core;
use multi_isp::status::Style;

use crate::documents::{self, Given};
use crate::error::Result;
use crate::records::{Site, SiteStatus};
use crate::router::Router;

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

fn record(status: &core::SiteStatus) -> SiteStatus {
    documents::written(&status.to_json(Style::default()))
}
