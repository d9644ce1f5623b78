//! What becomes of packets and of everybody: traces, and all failures at once.

use multi_isp::{Scenario, WhatIf};
use napi::bindgen_prelude::{AsyncTask, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::json::{self, Document, Given, read_or_default};
use crate::places::Places;
use crate::router::Router;
use crate::work::Work;

/// Where the packets of a connection go, on every way that it can take.
#[napi]
pub struct Trace {
    inner: multi_isp::Trace,
    places: Places,
}

#[napi]
impl Trace {
    /// The ways, each with its share of all such connections.
    #[napi(getter, catch_unwind, ts_return_type = "Way[]")]
    pub fn ways<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        json::parse_field(env, &self.document(), "ways")
    }

    /// Whether there are more ways than were followed.
    #[napi(getter, catch_unwind)]
    pub fn cut(&self) -> bool {
        self.inner.cut
    }

    /// What was assumed because the router was not read with it, in sentences.
    #[napi(getter, catch_unwind)]
    pub fn assumed(&self) -> Vec<String> {
        self.inner.assumed.clone()
    }

    /// What the router has and the simulator does not know, in sentences.
    #[napi(getter, catch_unwind)]
    pub fn unmodelled(&self) -> Vec<String> {
        self.inner.unmodelled.clone()
    }

    /// Every way, packet by packet, with the row that did what.
    #[napi(catch_unwind)]
    pub fn text(&self) -> String {
        self.inner.to_string()
    }

    /// The same as a sequence diagram of Mermaid.
    #[napi(catch_unwind)]
    pub fn to_mermaid(&self) -> String {
        self.inner.to_mermaid()
    }

    /// The document, as `JSON.stringify` takes it.
    #[napi(js_name = "toJSON", catch_unwind, ts_return_type = "TraceDocument")]
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

impl Trace {
    fn document(&self) -> String {
        self.places.told(self.inner.to_json())
    }
}

/// What becomes of traffic in every state of the lines.
#[napi]
pub struct Matrix {
    inner: multi_isp::Matrix,
    places: Places,
}

#[napi]
impl Matrix {
    /// The lines, those that fail first.
    #[napi(getter, catch_unwind, ts_return_type = "Text[]")]
    pub fn lines<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        json::parse_field(env, &self.document(), "lines")
    }

    /// The traffic, in the order of the cells.
    #[napi(getter, catch_unwind, ts_return_type = "TrafficClass[]")]
    pub fn classes<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        json::parse_field(env, &self.document(), "classes")
    }

    /// Every state of the lines for every way in which they fail; the first has all of them up.
    #[napi(getter, catch_unwind, ts_return_type = "LineState[]")]
    pub fn states<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        json::parse_field(env, &self.document(), "states")
    }

    /// What was assumed because the router was not read with it, in sentences.
    #[napi(getter, catch_unwind)]
    pub fn assumed(&self) -> Vec<String> {
        self.inner.assumed.clone()
    }

    /// What the router has and the simulator does not know, in sentences.
    #[napi(getter, catch_unwind)]
    pub fn unmodelled(&self) -> Vec<String> {
        self.inner.unmodelled.clone()
    }

    /// A table for a terminal.
    #[napi(catch_unwind)]
    pub fn text(&self) -> String {
        self.inner.to_string()
    }

    /// A table for a page.
    #[napi(catch_unwind)]
    pub fn to_svg(&self) -> String {
        self.inner.to_svg()
    }

    /// The document, as `JSON.stringify` takes it.
    #[napi(js_name = "toJSON", catch_unwind, ts_return_type = "MatrixDocument")]
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

impl Matrix {
    fn document(&self) -> String {
        self.places.told(self.inner.to_json())
    }
}

/// Follows a connection through a router; one of a customer to the internet where the scenario names none.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, scenario?: Input<Scenario> | null"
)]
pub fn simulate(env: &Env, router: &Router, scenario: Option<Given<'_>>) -> Result<Trace> {
    following(env, router, scenario)?.now(env)
}

/// The same, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, scenario?: Input<Scenario> | null",
    ts_return_type = "Promise<Trace>"
)]
pub fn simulate_async(
    env: &Env,
    router: &Router,
    scenario: Option<Given<'_>>,
) -> Result<AsyncTask<Work<Trace>>> {
    Ok(following(env, router, scenario)?.later())
}

/// What becomes of all traffic for every set of lines that fails.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, options?: Input<WhatIfOptions> | null"
)]
pub fn what_if(env: &Env, router: &Router, options: Option<Given<'_>>) -> Result<Matrix> {
    asking(env, router, options)?.now(env)
}

/// The same, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, options?: Input<WhatIfOptions> | null",
    ts_return_type = "Promise<Matrix>"
)]
pub fn what_if_async(
    env: &Env,
    router: &Router,
    options: Option<Given<'_>>,
) -> Result<AsyncTask<Work<Matrix>>> {
    Ok(asking(env, router, options)?.later())
}

/// The router as it would be read while the scenario lasts: with leases, links, active routes and what its checks noticed.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, scenario?: Input<Scenario> | null"
)]
pub fn observe(env: &Env, router: &Router, scenario: Option<Given<'_>>) -> Result<Router> {
    observing(env, router, scenario)?.now(env)
}

/// The same, off the event loop.
#[napi(
    catch_unwind,
    ts_args_type = "router: Router, scenario?: Input<Scenario> | null",
    ts_return_type = "Promise<Router>"
)]
pub fn observe_async(
    env: &Env,
    router: &Router,
    scenario: Option<Given<'_>>,
) -> Result<AsyncTask<Work<Router>>> {
    Ok(observing(env, router, scenario)?.later())
}

fn following(env: &Env, router: &Router, scenario: Option<Given<'_>>) -> Result<Work<Trace>> {
    let (router, scenario) = (router.clone(), Document::maybe(env, scenario)?);
    Ok(Work::new(move || {
        let scenario = read_or_default(scenario.as_ref(), Scenario::SCHEMA, Scenario::from_json)?;
        Ok(Trace {
            inner: multi_isp::simulate(&router.inner, &scenario),
            places: router.places,
        })
    }))
}

fn asking(env: &Env, router: &Router, options: Option<Given<'_>>) -> Result<Work<Matrix>> {
    let (router, options) = (router.clone(), Document::maybe(env, options)?);
    Ok(Work::new(move || {
        let options = read_or_default(options.as_ref(), WhatIf::SCHEMA, WhatIf::from_json)?;
        Ok(Matrix {
            inner: multi_isp::what_if(&router.inner, &options),
            places: router.places,
        })
    }))
}

fn observing(env: &Env, router: &Router, scenario: Option<Given<'_>>) -> Result<Work<Router>> {
    let (router, scenario) = (router.clone(), Document::maybe(env, scenario)?);
    Ok(Work::new(move || {
        let scenario = read_or_default(scenario.as_ref(), Scenario::SCHEMA, Scenario::from_json)?;
        Ok(Router::new(
            multi_isp::observe(&router.inner, &scenario),
            router.places,
        ))
    }))
}
