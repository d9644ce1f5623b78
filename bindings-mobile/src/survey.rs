//! What a set-up form offers.

use multi_isp as core;

use crate::documents;
use crate::error::Result;
use crate::records::Site;
use crate::router::Router;

/// The site that was last applied to a router, its secrets left out; null where none was.
#[uniffi::export]
pub fn site_of(router: &Router) -> Result<Option<Site>> {
    let site = core::site_of(router.core()).transpose()?;
    Ok(site.map(|site| documents::written(&site.to_json())))
}
