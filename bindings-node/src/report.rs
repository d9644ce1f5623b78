//! The findings of preflight and audit.

use napi::bindgen_prelude::Unknown;
use napi::{Env, Result};
use napi_derive::napi;

use crate::json;
use crate::places::Places;
use crate::text::{Given, Text};

/// Findings about a router, or about a site on one: the gravest first.
#[napi]
pub struct Report {
    pub(crate) inner: multi_isp::Report,
    places: Places,
}

impl Report {
    pub fn new(inner: multi_isp::Report, places: Places) -> Self {
        Self { inner, places }
    }
}

#[napi]
impl Report {
    /// All findings.
    #[napi(getter, catch_unwind, ts_return_type = "Diagnostic[]")]
    pub fn findings<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        json::parse_field(env, &self.document(), "findings")
    }

    /// Whether there is an error: of preflight, there can be no plan then.
    #[napi(getter, catch_unwind)]
    pub fn blocks(&self) -> bool {
        self.inner.blocks()
    }

    /// As plain text; with the export that the router was read from, each finding shows its text line.
    #[napi(catch_unwind, ts_args_type = "name?: string, exported?: string | Uint8Array")]
    pub fn text(&self, name: Option<String>, exported: Option<Given>) -> String {
        match exported {
            Some(exported) => self
                .inner
                .render(&name.unwrap_or_default(), &Text::from(exported).bytes),
            None => self.inner.to_string(),
        }
    }

    /// The document, as `JSON.stringify` takes it.
    #[napi(js_name = "toJSON", catch_unwind, ts_return_type = "ReportDocument")]
    pub fn to_js_object<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        json::parse(env, &self.document())
    }

    /// The document as core writes it.
    #[napi(catch_unwind)]
    pub fn to_json(&self) -> String {
        self.inner.to_json()
    }

    /// The same as `text()`.
    #[napi(js_name = "toString", catch_unwind)]
    pub fn to_js_string(&self) -> String {
        self.inner.to_string()
    }

    /// The same, for `console.log`.
    #[napi(symbol_for = "nodejs.util.inspect.custom", skip_typescript, catch_unwind)]
    pub fn inspect(&self) -> String {
        self.inner.to_string()
    }
}

impl Report {
    fn document(&self) -> String {
        self.places.told(self.to_json())
    }
}
