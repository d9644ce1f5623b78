//! What is wrong with routers and sites.

use std::sync::Arc;

use multi_isp as core;
use multi_isp::Audited;

use crate::documents::{self, Given};
use crate::error::Result;
use crate::records::{Levels, Options, RuleEntry, Rules, Site};
use crate::report::Report;
use crate::router::Router;

/// What is wrong with a router that anybody set up, with the rules at other levels where they are given.
#[uniffi::export(default(levels = None))]
pub fn audit(router: &Router, levels: Option<Levels>) -> Result<Arc<Report>> {
    let levels = documents::read_or_usual(levels)?;
    Ok(Report::of(core::audit(router.core()).at(&levels)))
}

/// What is wrong with a site on its router, before it is applied.
#[uniffi::export(default(options = None))]
pub fn preflight(site: Site, router: &Router, options: Option<Options>) -> Result<Arc<Report>> {
    let options = documents::read_or_usual(options)?;
    Ok(Report::of(core::preflight(
        &site.read()?,
        router.core(),
        &options.context,
    )))
}

/// What is wrong before everything of multi-isp is taken off a router.
#[uniffi::export(default(options = None))]
pub fn preflight_disable(router: &Router, options: Option<Options>) -> Result<Arc<Report>> {
    let options = documents::read_or_usual(options)?;
    Ok(Report::of(core::preflight_disable(
        router.core(),
        &options.context,
    )))
}

/// The page of a rule, in Markdown; null where no rule has that code.
#[uniffi::export]
pub fn explain(code: String) -> Option<String> {
    core::explain(&code).map(str::to_owned)
}

/// Every rule, in the order of the codes.
#[uniffi::export]
pub fn rules() -> Vec<RuleEntry> {
    let entries: Vec<core::Entry> = core::entries().collect();
    documents::written::<Rules>(&core::Entry::all_to_json(&entries)).rules
}

/// A router that was audited.
#[derive(Clone, Debug, uniffi::Record)]
pub struct AuditedRouter {
    /// The name of the file that the router was read from.
    pub name: String,
    /// What was found.
    pub report: Arc<Report>,
    /// The export that the router was read from, for the places of what was found.
    #[uniffi(default = None)]
    pub export: Option<Vec<u8>>,
}

/// What was found on routers, for a Git forge that holds their exports: SARIF 2.1.0.
#[uniffi::export]
pub fn sarif(routers: Vec<AuditedRouter>) -> String {
    let audited: Vec<Audited<'_>> = routers
        .iter()
        .map(|router| Audited {
            file: &router.name,
            export: router.export.as_deref().unwrap_or_default(),
            report: router.report.core(),
        })
        .collect();
    multi_isp::sarif(&audited)
}
