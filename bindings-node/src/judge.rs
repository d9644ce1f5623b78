//! Verbs that judge: what is in the way of a plan, what is wrong with a router, and what a rule means.

use multi_isp::{Audited, Entry, Levels, Options, Site};
use napi::bindgen_prelude::{AsyncTask, ClassInstance, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::json::{self, Document, Given, read_or_default};
use crate::report::Report;
use crate::router::Router;
use crate::text::{self, bytes};
use crate::work::Work;

/// All findings about a site on its router.
#[napi(
    catch_unwind,
    ts_args_type = "site: Input<Site>, router: Router, options?: Input<Options> | null"
)]
pub fn preflight(env: &Env, site: Given<'_>, router: &Router, options: Option<Given<'_>>) -> Result<Report> {
    asking(env, site, router, options)?.now(env)
}

/// The same, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "site: Input<Site>, router: Router, options?: Input<Options> | null",
    ts_return_type = "Promise<Report>"
)]
pub fn preflight_async(
    env: &Env,
    site: Given<'_>,
    router: &Router,
    options: Option<Given<'_>>,
) -> Result<AsyncTask<Work<Report>>> {
    Ok(asking(env, site, router, options)?.later())
}

/// All findings about taking a site off its router again.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, options?: Input<Options> | null"
)]
pub fn preflight_disable(env: &Env, router: &Router, options: Option<Given<'_>>) -> Result<Report> {
    leaving(env, router, options)?.now(env)
}

/// The same, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, options?: Input<Options> | null",
    ts_return_type = "Promise<Report>"
)]
pub fn preflight_disable_async(
    env: &Env,
    router: &Router,
    options: Option<Given<'_>>,
) -> Result<AsyncTask<Work<Report>>> {
    Ok(leaving(env, router, options)?.later())
}

/// What is wrong with a router, whoever configured it, with what shows it and what mends it.
#[napi(catch_unwind, ts_args_type = "router: Router, levels?: Input<Levels> | null")]
pub fn audit(env: &Env, router: &Router, levels: Option<Given<'_>>) -> Result<Report> {
    auditing(env, router, levels)?.now(env)
}

/// The same, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, levels?: Input<Levels> | null",
    ts_return_type = "Promise<Report>"
)]
pub fn audit_async(env: &Env, router: &Router, levels: Option<Given<'_>>) -> Result<AsyncTask<Work<Report>>> {
    Ok(auditing(env, router, levels)?.later())
}

/// The page of the rule with that code, in Markdown; `null` where there is none.
#[napi(catch_unwind, ts_return_type = "string | null")]
pub fn explain(code: String) -> Option<&'static str> {
    multi_isp::explain(&code)
}

/// All rules: those of audit, then those that preflight alone asks for.
#[napi(catch_unwind, ts_return_type = "RuleEntry[]")]
pub fn rules(env: &Env) -> Result<Unknown<'_>> {
    let rules: Vec<Entry> = multi_isp::entries().collect();
    json::parse_field(env, &Entry::all_to_json(&rules), "rules")
}

/// A router that was audited, and the text that it was read from.
#[napi(object, object_to_js = false)]
pub struct AuditedRouter<'a> {
    /// The path of the text, relative to the top of the repository.
    pub name: String,
    /// The text; none of a router that was read otherwise.
    #[napi(ts_type = "string | Uint8Array | null")]
    pub export: Option<text::Given>,
    /// What was found.
    #[napi(ts_type = "Report")]
    pub report: ClassInstance<'a, Report>,
}

/// The reports of some routers as one document of SARIF 2.1.0, for a Git forge that holds their configurations.
#[napi(catch_unwind)]
pub fn sarif(routers: Vec<AuditedRouter<'_>>) -> String {
    let routers: Vec<(String, Vec<u8>, ClassInstance<'_, Report>)> = routers
        .into_iter()
        .map(|router| {
            (
                router.name,
                router.export.map(bytes).unwrap_or_default(),
                router.report,
            )
        })
        .collect();
    let audited: Vec<Audited<'_>> = routers
        .iter()
        .map(|(file, export, report)| Audited {
            file,
            export,
            report: &report.inner,
        })
        .collect();
    multi_isp::sarif(&audited)
}

fn asking(env: &Env, site: Given<'_>, router: &Router, options: Option<Given<'_>>) -> Result<Work<Report>> {
    let (site, options) = (Document::of(env, site)?, Document::maybe(env, options)?);
    let router = router.clone();
    Ok(Work::new(move || {
        let site = site.read(Site::SCHEMA, Site::from_json)?;
        let options = read_or_default(options.as_ref(), Options::SCHEMA, Options::from_json)?;
        let report = multi_isp::preflight(&site, &router.inner, &options.context);
        Ok(Report::new(report, router.places))
    }))
}

fn leaving(env: &Env, router: &Router, options: Option<Given<'_>>) -> Result<Work<Report>> {
    let (router, options) = (router.clone(), Document::maybe(env, options)?);
    Ok(Work::new(move || {
        let options = read_or_default(options.as_ref(), Options::SCHEMA, Options::from_json)?;
        let report = multi_isp::preflight_disable(&router.inner, &options.context);
        Ok(Report::new(report, router.places))
    }))
}

fn auditing(env: &Env, router: &Router, levels: Option<Given<'_>>) -> Result<Work<Report>> {
    let (router, levels) = (router.clone(), Document::maybe(env, levels)?);
    Ok(Work::new(move || {
        let levels = read_or_default(levels.as_ref(), Levels::SCHEMA, Levels::from_json)?;
        let report = multi_isp::audit(&router.inner).at(&levels);
        Ok(Report::new(report, router.places))
    }))
}
