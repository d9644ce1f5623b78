//! What a set-up form offers.

use multi_isp as core;
use multi_isp::{Mbps, SetupRow, Value};

use crate::documents::{self, Given};
use crate::error::Result;
use crate::records::{DetectedLine, ExistingRows, PortList, Site, Split, SplitOptions};
use crate::router::Router;
use crate::text::Text;

/// The site that was last applied to a router, its secrets left out; null where none was.
#[uniffi::export]
pub fn site_of(router: &Router) -> Result<Option<Site>> {
    let site = core::site_of(router.core()).transpose()?;
    Ok(site.map(|site| documents::written(&site.to_json())))
}

/// The ports of a router, and whether each can become a line beside those that are chosen already.
#[uniffi::export(default(chosen = None))]
pub fn ports(router: &Router, chosen: Option<Vec<Text>>) -> PortList {
    // Digits that are no bytes are no port's name either.
    let chosen = chosen.unwrap_or_default();
    let chosen: Vec<Value> = chosen.iter().filter_map(Text::bytes).map(Value::from).collect();
    documents::written(&core::ports(router.core(), &chosen).to_json())
}

/// The line that works today; null where none can be told.
#[uniffi::export]
pub fn detect_line(router: &Router) -> Option<DetectedLine> {
    let line = core::detect_line(router.core())?;
    Some(documents::written(&line.to_json()))
}

/// The rows of a multi-WAN set-up that somebody made by hand, and that a plan for the site would meet.
#[uniffi::export]
pub fn existing_setup(site: Site, router: &Router) -> Result<ExistingRows> {
    let rows = core::existing_setup(&site.read()?, router.core());
    Ok(documents::written(&SetupRow::all_to_json(&rows)))
}

/// How lines of these speeds in Mbps share new connections, in PCC buckets.
#[uniffi::export(default(options = None))]
pub fn split(mbps: Vec<f64>, options: Option<SplitOptions>) -> Result<Split> {
    let speeds: std::result::Result<Vec<Mbps>, _> =
        mbps.iter().map(|speed| speed.to_string().parse()).collect();
    let split = core::split(&speeds?, &documents::read_or_usual(options)?);
    Ok(documents::written(&split.to_json()))
}
