//! What a set-up form offers: ports, lines, the site that is there, and how speeds are shared.

use multi_isp::{InvalidSpeed, Mbps, SetupRow, Site, SplitOptions};
use napi::bindgen_prelude::{Either3, JsObjectValue, Object, Uint8Array, Unknown};
use napi::{Env, Result, Status};
use napi_derive::napi;

use crate::error::{Answer, Fault};
use crate::json::{self, Document, Given, read_or_default};
use crate::router::Router;

/// How new connections are shared by lines of these speeds, in Mbps.
#[napi(
    catch_unwind,
    ts_args_type = "mbps: number[], options?: Input<SplitOptions> | null",
    ts_return_type = "Split"
)]
pub fn split<'env>(env: &'env Env, mbps: Vec<f64>, options: Option<Given<'_>>) -> Result<Unknown<'env>> {
    let options = Document::maybe(env, options)?;
    let split = shared(&mbps, options.as_ref()).map_err(|fault| fault.thrown(env))?;
    json::parse(env, &split.to_json())
}

/// The site that stands on a router; `null` where none does.
#[napi(catch_unwind, ts_return_type = "Site | null")]
pub fn site_of<'env>(env: &'env Env, router: &Router) -> Result<Unknown<'env>> {
    let site = multi_isp::site_of(&router.inner).transpose();
    let site = site.map_err(|errors| Fault::from(errors).thrown(env))?;
    json::parse(env, &site.map_or_else(|| "null".into(), |site| site.to_json()))
}

/// The ports of a router, each with whether it can become a line and why not; `chosen` are those that a form has taken already.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, chosen?: Array<Text | Uint8Array> | null",
    ts_return_type = "PortList"
)]
pub fn ports<'env>(env: &'env Env, router: &Router, chosen: Option<Vec<Name<'_>>>) -> Result<Unknown<'env>> {
    let chosen: Result<Vec<_>> = chosen.into_iter().flatten().map(value_of).collect();
    json::parse(env, &multi_isp::ports(&router.inner, &chosen?).to_json())
}

/// The line that a router has today, which becomes ISP 1; `null` where there is none.
#[napi(catch_unwind, ts_return_type = "DetectedLine | null")]
pub fn detect_line<'env>(env: &'env Env, router: &Router) -> Result<Unknown<'env>> {
    let line = multi_isp::detect_line(&router.inner);
    json::parse(env, &line.map_or_else(|| "null".into(), |line| line.to_json()))
}

/// The rows of a multi-WAN set-up that somebody made by hand, which stands in the way of a site.
#[napi(
    catch_unwind,
    ts_args_type = "site: Input<Site>, router: Router",
    ts_return_type = "ExistingRows"
)]
pub fn existing_setup<'env>(env: &'env Env, site: Given<'_>, router: &Router) -> Result<Unknown<'env>> {
    let site = Document::of(env, site)?.read(Site::SCHEMA, Site::from_json);
    let site = site.map_err(|fault| fault.thrown(env))?;
    let rows = multi_isp::existing_setup(&site, &router.inner);
    json::parse(env, &router.places.told(SetupRow::all_to_json(&rows)))
}

/// A name as documents and bytes have it.
type Name<'a> = Either3<String, Uint8Array, Object<'a>>;

fn value_of<V: From<Vec<u8>>>(name: Name<'_>) -> Result<V> {
    Ok(match name {
        Either3::A(text) => text.into_bytes().into(),
        Either3::B(bytes) => bytes.to_vec().into(),
        Either3::C(bytes) => decoded(&bytes.get_named_property::<String>("hex")?)
            .ok_or_else(|| napi::Error::new(Status::InvalidArg, "`hex` is not hexadecimal"))?
            .into(),
    })
}

fn decoded(hex: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u8>> = hex
        .chars()
        .map(|digit| digit.to_digit(16)?.try_into().ok())
        .collect();
    let digits = digits.filter(|digits| digits.len() % 2 == 0)?;
    Some(
        digits
            .chunks(2)
            .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit))
            .collect(),
    )
}

fn shared(mbps: &[f64], options: Option<&Document>) -> Answer<multi_isp::Split> {
    let speeds: std::result::Result<Vec<Mbps>, InvalidSpeed> =
        mbps.iter().map(|speed| speed.to_string().parse()).collect();
    let options = read_or_default(options, SplitOptions::SCHEMA, SplitOptions::from_json)?;
    Ok(multi_isp::split(&speeds?, &options))
}
