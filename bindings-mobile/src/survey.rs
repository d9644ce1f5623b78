//! What a set-up form offers.

use multi_isp as core;
use multi_isp::site::Mbps;

use crate::documents;
use crate::error::Result;
use crate::records::{Site, Split, SplitOptions};
use crate::router::Router;

/// The site that was last applied to a router, its secrets left out; null where none was.
#[uniffi::export]
pub fn site_of(router: &Router) -> Result<Option<Site>> {
    let site = core::site_of(router.core()).transpose()?;
    Ok(site.map(|site| documents::written(&site.to_json())))
}

/// How lines of these speeds in Mbps share new connections, in PCC buckets.
#[uniffi::export(default(options = None))]
pub fn split(mbps: Vec<f64>, options: Option<SplitOptions>) -> Result<Split> {
    let speeds: std::result::Result<Vec<Mbps>, _> = mbps.iter().map(|speed| speed.to_string().parse()).collect();
    let split = core::split(&speeds?, &documents::read_or_usual(options)?);
    Ok(documents::written(&split.to_json()))
}
