//! Routers from files.

use std::path::Path;

use multi_isp::simulate::Condition;
use multi_isp::{Router, Version};

use super::arguments;

/// The router of a file: an export, or with `.json` what REST gave.
pub fn read(file: &str, version: Option<Version>) -> Result<Router, String> {
    let bytes = arguments::read(file).map_err(|error| error.render(None))?;
    let is_json = Path::new(file)
        .extension()
        .is_some_and(|extension| extension == "json");
    let router = match is_json {
        true => Router::from_rest(&bytes, version),
        false => Router::from_export(&bytes, version),
    };
    router.map_err(|error| format!("{file}:\n{}", error.render()))
}

/// A version, as `7.22`.
#[allow(dead_code, reason = "not every example takes one")]
pub fn version(text: &str) -> Result<Version, String> {
    text.parse()
        .map_err(|error: multi_isp::UnknownVersion| error.to_string())
}

/// How a line is, as `gateway_dead`.
#[allow(dead_code, reason = "not every example takes one")]
pub fn condition(text: &str) -> Result<Condition, String> {
    Condition::parse(text).ok_or_else(|| {
        format!("`{text}` is not a condition: link_down, no_lease, gateway_dead, upstream_dead")
    })
}
