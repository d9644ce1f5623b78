//! How the lines of a site are.

use multi_isp as core;
use multi_isp::status::Style;

use crate::documents::Document;
use crate::error::Result;
use crate::records::{Site, SiteStatus};
use crate::router::Router;

/// How the lines of a site are, by a router that was read a moment ago.
#[uniffi::export]
pub fn status(site: Site, router: &Router) -> Result<SiteStatus> {
    let status = core::status(&site.core()?, router.core());
    Ok(SiteStatus::of(&status.to_json(Style::default())))
}
