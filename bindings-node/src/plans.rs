//! Verbs that plan: what is to be changed on a router.

use multi_isp::{Options, Site, UnknownVersion};
use napi::bindgen_prelude::{AsyncTask, Buffer};
use napi::{Env, Result};
use napi_derive::napi;

use crate::error::Fault;
use crate::json::{Document, Given, read_or_default};
use crate::plan::{Drift, Plan};
use crate::router::Router;
use crate::work::Work;

/// The plan that brings a router to what a site needs, proven on a copy of it.
///
/// Throws a `MultiIspError`; with its `report` where preflight finds an error.
#[napi(
    catch_unwind,
    ts_args_type = "site: Input<Site>, router: Router, options?: Input<Options> | null"
)]
pub fn plan_apply(env: &Env, site: Given<'_>, router: &Router, options: Option<Given<'_>>) -> Result<Plan> {
    applying(env, site, router, options)?.now(env)
}

/// The same, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "site: Input<Site>, router: Router, options?: Input<Options> | null",
    ts_return_type = "Promise<Plan>"
)]
pub fn plan_apply_async(
    env: &Env,
    site: Given<'_>,
    router: &Router,
    options: Option<Given<'_>>,
) -> Result<AsyncTask<Work<Plan>>> {
    Ok(applying(env, site, router, options)?.later())
}

/// The menus to read over REST or the API, each whole, before what plans, verifies or judges.
///
/// Hand over what is answered for each. A router may say that it has no such menu, as of a package that is not installed; any other
/// refusal is found where the router is read.
#[napi(catch_unwind)]
pub fn plan_reads(env: &Env, version: String) -> Result<Vec<&'static str>> {
    let version = version
        .parse()
        .map_err(|error: UnknownVersion| Fault::from(error).thrown(env))?;
    Ok(multi_isp::plan_reads(version))
}

/// The plan that takes everything of ours off a router and puts the rows of others back as they were.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, options?: Input<Options> | null"
)]
pub fn plan_disable(env: &Env, router: &Router, options: Option<Given<'_>>) -> Result<Plan> {
    disabling(env, router, options)?.now(env)
}

/// The same, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, options?: Input<Options> | null",
    ts_return_type = "Promise<Plan>"
)]
pub fn plan_disable_async(
    env: &Env,
    router: &Router,
    options: Option<Given<'_>>,
) -> Result<AsyncTask<Work<Plan>>> {
    Ok(disabling(env, router, options)?.later())
}

/// What of a site does not stand on a router as `planApply` would have it, with the plan that mends it.
#[napi(
    catch_unwind,
    ts_args_type = "site: Input<Site>, router: Router, options?: Input<Options> | null"
)]
pub fn verify(env: &Env, site: Given<'_>, router: &Router, options: Option<Given<'_>>) -> Result<Drift> {
    verifying(env, site, router, options)?.now(env)
}

/// The same, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "site: Input<Site>, router: Router, options?: Input<Options> | null",
    ts_return_type = "Promise<Drift>"
)]
pub fn verify_async(
    env: &Env,
    site: Given<'_>,
    router: &Router,
    options: Option<Given<'_>>,
) -> Result<AsyncTask<Work<Drift>>> {
    Ok(verifying(env, site, router, options)?.later())
}

/// The commands that make the one router the other.
#[napi(catch_unwind)]
pub fn changes(env: &Env, before: &Router, after: &Router) -> Result<Vec<Buffer>> {
    let changes = multi_isp::changes(&before.inner, &after.inner);
    let changes = changes.map_err(|error| Fault::from(error).counted_by(&before.places).thrown(env))?;
    Ok(changes.iter().map(|change| change.command().into()).collect())
}

fn applying(env: &Env, site: Given<'_>, router: &Router, options: Option<Given<'_>>) -> Result<Work<Plan>> {
    let (site, options) = (Document::of(env, site)?, Document::maybe(env, options)?);
    let router = router.clone();
    Ok(Work::new(move || {
        let site = site.read(Site::SCHEMA, Site::from_json)?;
        let options = read_or_default(options.as_ref(), Options::SCHEMA, Options::from_json)?;
        let plan = multi_isp::plan_apply(&site, &router.inner, &options);
        router.judged(plan).map(|plan| Plan::new(plan, router.places))
    }))
}

fn disabling(env: &Env, router: &Router, options: Option<Given<'_>>) -> Result<Work<Plan>> {
    let (router, options) = (router.clone(), Document::maybe(env, options)?);
    Ok(Work::new(move || {
        let options = read_or_default(options.as_ref(), Options::SCHEMA, Options::from_json)?;
        let plan = multi_isp::plan_disable(&router.inner, &options);
        router.judged(plan).map(|plan| Plan::new(plan, router.places))
    }))
}

fn verifying(env: &Env, site: Given<'_>, router: &Router, options: Option<Given<'_>>) -> Result<Work<Drift>> {
    let (site, options) = (Document::of(env, site)?, Document::maybe(env, options)?);
    let router = router.clone();
    Ok(Work::new(move || {
        let site = site.read(Site::SCHEMA, Site::from_json)?;
        let options = read_or_default(options.as_ref(), Options::SCHEMA, Options::from_json)?;
        let drift = multi_isp::verify(&site, &router.inner, &options);
        router.judged(drift).map(|drift| Drift::new(drift, router.places))
    }))
}
