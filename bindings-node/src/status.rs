//! How the lines are, and what to tell people about it.

use multi_isp::{Alert, AlertOptions, AlertState, Log, Messages, Site, SiteStatus, StatusRead};
use napi::bindgen_prelude::{AsyncTask, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::error::Answer;
use crate::json::{self, Document, Given, read_or_default};
use crate::number::whole;
use crate::router::Router;
use crate::work::{Parsed, Work};

/// How each line of a site is, by a router that was read a moment ago.
#[napi(
    catch_unwind,
    ts_args_type = "site: Input<Site>, router: Router",
    ts_return_type = "SiteStatus"
)]
pub fn status<'env>(env: &'env Env, site: Given<'_>, router: &Router) -> Result<Unknown<'env>> {
    let site = read_site(&Document::of(env, site)?).map_err(|fault| fault.thrown(env))?;
    shown(env, &multi_isp::status(&site, &router.inner))
}

/// The status of a site whose router does not answer.
#[napi(
    catch_unwind,
    ts_args_type = "site: Input<Site>",
    ts_return_type = "SiteStatus"
)]
pub fn unreachable<'env>(env: &'env Env, site: Given<'_>) -> Result<Unknown<'env>> {
    let site = read_site(&Document::of(env, site)?).map_err(|fault| fault.thrown(env))?;
    shown(env, &SiteStatus::unreachable(&site))
}

/// What to tell people after one more reading, at a time in seconds of a clock of the caller's; `state` is that of the reading
/// before, none before the first.
#[napi(
    catch_unwind,
    ts_args_type = "state: Input<AlertState> | null | undefined, status: Input<SiteStatus>, at: number, options?: Input<AlertOptions> | null",
    ts_return_type = "{ state: AlertState, alerts: Alert[] }"
)]
pub fn alerts<'env>(
    env: &'env Env,
    state: Option<Given<'_>>,
    status: Given<'_>,
    at: f64,
    options: Option<Given<'_>>,
) -> Result<Unknown<'env>> {
    let (state, status) = (Document::maybe(env, state)?, Document::of(env, status)?);
    let options = Document::maybe(env, options)?;
    let told = told(state.as_ref(), &status, at, options.as_ref());
    json::parse(env, &told.map_err(|fault| fault.thrown(env))?)
}

/// What a recorded series of readings would have told.
#[napi(
    catch_unwind,
    ts_args_type = "log: Input<Log>, options?: Input<AlertOptions> | null",
    ts_return_type = "Replay"
)]
pub fn replay<'env>(env: &'env Env, log: Given<'_>, options: Option<Given<'_>>) -> Result<Unknown<'env>> {
    let replay = replaying(env, log, options)?.now(env)?;
    json::parse(env, &replay)
}

/// The same, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "log: Input<Log>, options?: Input<AlertOptions> | null",
    ts_return_type = "Promise<Replay>"
)]
pub fn replay_async(env: &Env, log: Given<'_>, options: Option<Given<'_>>) -> Result<AsyncTask<Parsed>> {
    Ok(AsyncTask::new(Parsed(replaying(env, log, options)?)))
}

/// What to write to people about an alert, under the name that they know the router by.
#[napi(
    catch_unwind,
    ts_args_type = "alert: Input<Alert>, routerName: string, messages?: Input<Messages> | null",
    ts_return_type = "Message"
)]
pub fn message<'env>(
    env: &'env Env,
    alert: Given<'_>,
    router_name: String,
    messages: Option<Given<'_>>,
) -> Result<Unknown<'env>> {
    let (alert, messages) = (Document::of(env, alert)?, Document::maybe(env, messages)?);
    let message = worded(&alert, &router_name, messages.as_ref());
    json::parse(env, &message.map_err(|fault| fault.thrown(env))?)
}

/// What has to be read of a router to know how the lines of a site are: a sentence of the API and a request of REST for each menu.
#[napi(
    catch_unwind,
    ts_args_type = "site: Input<Site>, version: string",
    ts_return_type = "StatusReads"
)]
pub fn status_reads<'env>(env: &'env Env, site: Given<'_>, version: String) -> Result<Unknown<'env>> {
    let site = Document::of(env, site)?;
    let reads = read_site(&site).and_then(|site| Ok(multi_isp::status_reads(&site, version.parse()?)));
    let reads = reads.map_err(|fault| fault.thrown(env))?;
    json::parse(env, &StatusRead::all_to_json(&reads))
}

fn replaying(env: &Env, log: Given<'_>, options: Option<Given<'_>>) -> Result<Work<String>> {
    let (log, options) = (Document::of(env, log)?, Document::maybe(env, options)?);
    Ok(Work::new(move || {
        let log = log.read(Log::SCHEMA, Log::from_json)?;
        let options = read_or_default(options.as_ref(), AlertOptions::SCHEMA, AlertOptions::from_json)?;
        Ok(multi_isp::replay(&log.readings, &options).to_json())
    }))
}

fn worded(alert: &Document, router_name: &str, messages: Option<&Document>) -> Answer<String> {
    let alert = alert.read(Alert::SCHEMA, Alert::from_json)?;
    let messages = read_or_default(messages, Messages::SCHEMA, Messages::from_json)?;
    Ok(messages.of(&alert, router_name).to_json())
}

fn told(state: Option<&Document>, status: &Document, at: f64, options: Option<&Document>) -> Answer<String> {
    let state = read_or_default(state, AlertState::SCHEMA, AlertState::from_json)?;
    let status = status.read(SiteStatus::SCHEMA, SiteStatus::from_json)?;
    let options = read_or_default(options, AlertOptions::SCHEMA, AlertOptions::from_json)?;
    let (state, alerts) = multi_isp::alerts(&state, &status, whole(at, "at")?, &options);
    let alerts: Vec<String> = alerts.iter().map(|alert| alert.to_json()).collect();
    Ok(format!(
        "{{\"state\":{},\"alerts\":[{}]}}",
        state.to_json(),
        alerts.join(",")
    ))
}

fn read_site(site: &Document) -> Answer<Site> {
    site.read(Site::SCHEMA, Site::from_json)
}

fn shown<'env>(env: &'env Env, status: &SiteStatus) -> Result<Unknown<'env>> {
    json::parse(env, &status.to_json(Default::default()))
}
