//! Plans, and what is not as planned.

use multi_isp::{Difference, Part, PhaseScript, Plan as Core};
use napi::bindgen_prelude::{Buffer, Unknown};
use napi::{Env, Result};
use napi_derive::napi;

use crate::calls::{ApiCalls, RestCalls, part};
use crate::error::Answer;
use crate::json;
use crate::number::whole;
use crate::places::Places;
use crate::report::Report;
use crate::router::Router;

/// The ordered, smallest change that brings a router to what a site needs, proven on a copy of it. It never changes.
#[napi]
pub struct Plan {
    inner: Core,
    places: Places,
}

#[napi]
impl Plan {
    /// Whether the plan applies a site or disables one.
    #[napi(getter, catch_unwind, ts_return_type = "Purpose")]
    pub fn purpose<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.field(env, "purpose")
    }

    /// The version of RouterOS that the plan is for.
    #[napi(getter, catch_unwind)]
    pub fn version(&self) -> String {
        self.inner.version().to_string()
    }

    /// Whether there is nothing to send.
    #[napi(getter, catch_unwind)]
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// Whether an earlier plan waits on the router to be confirmed: its guard would take it back.
    #[napi(getter, catch_unwind)]
    pub fn is_unconfirmed(&self) -> bool {
        self.inner.is_unconfirmed()
    }

    /// The findings that the plan was made with; none of them is an error.
    #[napi(getter, catch_unwind)]
    pub fn report(&self) -> Report {
        Report::new(self.inner.report().clone(), self.places.clone())
    }

    /// The lines as they will run, nearest first; none in a plan to disable.
    #[napi(getter, catch_unwind, ts_return_type = "Outline[]")]
    pub fn lines<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.field(env, "lines")
    }

    /// How new connections are shared by the lines; `null` where they are not.
    #[napi(getter, catch_unwind, ts_return_type = "Balance | null")]
    pub fn balance<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.field(env, "balance")
    }

    /// Whose connections are marked; `null` where none are.
    #[napi(getter, catch_unwind, ts_return_type = "Customers | null")]
    pub fn customers<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.field(env, "customers")
    }

    /// The steps in their order, each with its command, its reason and what takes it back.
    #[napi(getter, catch_unwind, ts_return_type = "Step[]")]
    pub fn steps<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        self.field(env, "steps")
    }

    /// A name for what the plan does: 64 hexadecimal digits, the same for plans that do the same.
    #[napi(catch_unwind)]
    pub fn fingerprint(&self) -> String {
        self.inner.fingerprint().to_string()
    }

    /// The steps as text for an operator, without secrets.
    #[napi(catch_unwind)]
    pub fn summary(&self) -> String {
        self.inner.summary()
    }

    /// The script that does it, one full command in each text line.
    #[napi(catch_unwind)]
    pub fn script(&self) -> Buffer {
        self.inner.script().into()
    }

    /// The script that takes it back, newest step first; harmless where a step never ran.
    #[napi(catch_unwind)]
    pub fn undo_script(&self) -> Buffer {
        self.inner.undo_script().into()
    }

    /// The script with a guard: the router takes the plan back by itself after so many minutes, 1 to 255, or when it starts anew,
    /// unless `confirmScript()` comes before.
    #[napi(catch_unwind)]
    pub fn guarded_script(&self, env: &Env, after: f64) -> Result<Buffer> {
        let script = || {
            Ok(self
                .inner
                .guarded_script(Part::guard_minutes(whole(after, "minutes")?)?)?)
        };
        let script: Answer<Vec<u8>> = script();
        Ok(script
            .map_err(|fault| fault.counted_by(&self.places).thrown(env))?
            .into())
    }

    /// The script that disarms the guard: the plan stays.
    #[napi(catch_unwind)]
    pub fn confirm_script(&self) -> Buffer {
        self.inner.confirm_script().into()
    }

    /// The plan in scripts of their own, a part each, for who sends one part and looks before the next.
    #[napi(catch_unwind, ts_return_type = "PhaseScripts")]
    pub fn phase_scripts<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        json::parse(env, &PhaseScript::all_to_json(&self.inner.phase_scripts()))
    }

    /// How a script of this plan is tried and run that was uploaded as a file of that name.
    #[napi(catch_unwind, ts_return_type = "ImportCommands")]
    pub fn import_commands<'env>(&self, env: &'env Env, file: String) -> Result<Unknown<'env>> {
        json::parse(env, &self.inner.import(&file).to_json())
    }

    /// What moved on a router since the plan was made for it: no `differences` and no `versions` where it still does what it was
    /// proven to do.
    #[napi(catch_unwind, ts_return_type = "Differences")]
    pub fn still_valid<'env>(&self, env: &'env Env, router: &Router) -> Result<Unknown<'env>> {
        let moved = self.inner.still_valid(&router.inner);
        json::parse(
            env,
            &moved.map_or_else(|moved| moved.to_json(), |()| Difference::all_to_json(&[])),
        )
    }

    /// The plan as calls of the API, for a router as it was read last. The part is `plan` unless another one is named; `guarded`
    /// needs the minutes, 1 to 255.
    #[napi(
        catch_unwind,
        ts_args_type = "router: Router, part?: Part | null, minutes?: number | null"
    )]
    pub fn api(
        &self,
        env: &Env,
        router: &Router,
        named: Option<String>,
        after: Option<f64>,
    ) -> Result<ApiCalls> {
        let calls = part(named.as_deref(), after).and_then(|part| Ok(self.inner.api(part, &router.inner)?));
        calls.map(ApiCalls::new).map_err(|fault| fault.thrown(env))
    }

    /// The same as requests of REST, which RouterOS has from 7.1 on.
    #[napi(
        catch_unwind,
        ts_args_type = "router: Router, part?: Part | null, minutes?: number | null"
    )]
    pub fn rest(
        &self,
        env: &Env,
        router: &Router,
        named: Option<String>,
        after: Option<f64>,
    ) -> Result<RestCalls> {
        let calls =
            part(named.as_deref(), after).and_then(|part| Ok(self.inner.rest(part, &router.inner)?));
        calls.map(RestCalls::new).map_err(|fault| fault.thrown(env))
    }

    /// The document, as `JSON.stringify` takes it: passwords and PINs stand in `command` and `undo` of its steps, and nowhere else.
    #[napi(js_name = "toJSON", catch_unwind, ts_return_type = "PlanDocument")]
    pub fn to_js_object<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        json::parse(env, &self.document())
    }

    /// The document as core writes it.
    #[napi(catch_unwind)]
    pub fn to_json(&self) -> String {
        self.inner.to_json()
    }

    /// The same as `summary()`.
    #[napi(js_name = "toString", catch_unwind)]
    pub fn to_js_string(&self) -> String {
        self.inner.summary()
    }

    /// The same, for `console.log`.
    #[napi(symbol_for = "nodejs.util.inspect.custom", skip_typescript, catch_unwind)]
    pub fn inspect(&self) -> String {
        self.inner.summary()
    }
}

impl Plan {
    pub(crate) fn new(inner: Core, places: Places) -> Self {
        Self { inner, places }
    }

    fn document(&self) -> String {
        self.places.told(self.inner.to_json())
    }

    fn field<'env>(&self, env: &'env Env, name: &str) -> Result<Unknown<'env>> {
        json::parse_field(env, &self.document(), name)
    }
}

/// What is not as planned, row by row, with the plan that mends it.
#[napi]
pub struct Drift {
    inner: multi_isp::Drift,
    places: Places,
}

#[napi]
impl Drift {
    /// The rows that are not as planned.
    #[napi(getter, catch_unwind, ts_return_type = "DriftRow[]")]
    pub fn rows<'env>(&self, env: &'env Env) -> Result<Unknown<'env>> {
        json::parse_field(env, &self.document(), "rows")
    }

    /// The plan that mends them.
    #[napi(getter, catch_unwind)]
    pub fn plan(&self) -> Plan {
        Plan::new(self.inner.plan().clone(), self.places.clone())
    }

    /// Whether the router is as planned.
    #[napi(getter, catch_unwind)]
    pub fn is_empty(&self) -> bool {
        self.inner.is_empty()
    }

    /// As a technician reads it.
    #[napi(catch_unwind)]
    pub fn text(&self) -> String {
        self.inner.to_string()
    }

    /// The document, as `JSON.stringify` takes it; its plan has passwords as that of `Plan.toJSON` has.
    #[napi(js_name = "toJSON", catch_unwind, ts_return_type = "DriftDocument")]
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

impl Drift {
    pub(crate) fn new(inner: multi_isp::Drift, places: Places) -> Self {
        Self { inner, places }
    }

    fn document(&self) -> String {
        self.places.told(self.inner.to_json())
    }
}
