//! A plan, and what drifted from one, as JSON documents.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::Serialize;

use super::{Import, PhaseScript};
use crate::desired::{Balance, Outline};
use crate::document::written;
use crate::failover::Detection;
use crate::pcc::{Allotment, Part, Ratio, Split};
use crate::plan::{Change, Direction, Drift, DriftRow, Fingerprint, Phase, Plan, Purpose, Step};
use crate::routeros::value::Value;
use crate::routeros::version::Version;
use crate::rule::Report;
use crate::survey::{ComeIn, Customers, CustomersBasis};

impl Plan {
    /// The plan as a JSON document, with the command of every step and what takes it back.
    ///
    /// `command` and `undo` are what is sent, passwords and PINs included; no other field has a secret in it. A document that is
    /// kept or shown is kept or shown without these two.
    pub fn to_json(&self) -> String {
        written::json(&PlanDocument::of(self))
    }
}

impl PhaseScript {
    /// Name and version of the JSON document of the scripts of a plan.
    pub const SCHEMA: &'static str = "multi-isp/phase-scripts/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("phase-scripts.schema.json");

    /// Scripts as a JSON document, passwords and PINs included.
    pub fn all_to_json(scripts: &[Self]) -> String {
        let scripts = scripts.iter().map(ScriptDocument::of).collect();
        written::document(Self::SCHEMA, &ScriptsDocument { scripts })
    }
}

impl Import {
    /// Name and version of the JSON document.
    pub const SCHEMA: &'static str = "multi-isp/import-commands/1";

    /// The JSON Schema of the document.
    pub const JSON_SCHEMA: &'static str = include_str!("import-commands.schema.json");

    /// The commands as a JSON document.
    pub fn to_json(&self) -> String {
        let document = ImportDocument {
            dry_run: self.dry_run.as_deref().map(Value::from),
            run: self.run.as_slice().into(),
        };
        written::document(Self::SCHEMA, &document)
    }
}

impl Drift {
    /// What is not as planned as a JSON document, with that of the plan that mends it: [`Plan::to_json`] says where that has secrets.
    pub fn to_json(&self) -> String {
        written::json(&DriftDocument {
            schema: Self::SCHEMA,
            rows: self.rows(),
            plan: PlanDocument::of(self.plan()),
        })
    }
}

#[derive(Serialize)]
struct DriftDocument<'a> {
    schema: &'static str,
    rows: &'a [DriftRow],
    plan: PlanDocument<'a>,
}

#[derive(Serialize)]
struct PlanDocument<'a> {
    schema: &'static str,
    purpose: Purpose,
    lines: Vec<LineDocument<'a>>,
    version: Version,
    fingerprint: Fingerprint,
    report: &'a Report,
    balance: Option<BalanceDocument<'a>>,
    customers: Option<CustomersDocument<'a>>,
    unconfirmed: bool,
    steps: Vec<StepDocument<'a>>,
}

impl<'a> PlanDocument<'a> {
    fn of(plan: &'a Plan) -> Self {
        Self {
            schema: Plan::SCHEMA,
            purpose: plan.purpose(),
            lines: plan.outline().iter().map(LineDocument::of).collect(),
            version: plan.version(),
            fingerprint: plan.fingerprint(),
            report: plan.report(),
            balance: plan.balance().map(BalanceDocument::of),
            customers: plan.customers().map(CustomersDocument::of),
            unconfirmed: plan.is_unconfirmed(),
            steps: plan.steps().iter().map(StepDocument::of).collect(),
        }
    }
}

#[derive(Serialize)]
struct LineDocument<'a> {
    id: &'a str,
    interface: &'a Value,
    distance: u8,
    detection_seconds: Option<Detection>,
    metered: bool,
    probe_bytes_per_month: Option<u64>,
}

impl<'a> LineDocument<'a> {
    fn of(line: &'a Outline) -> Self {
        Self {
            id: &line.id,
            interface: &line.interface,
            distance: line.distance,
            detection_seconds: line.detection,
            metered: line.metered,
            probe_bytes_per_month: line.probe_bytes,
        }
    }
}

#[derive(Serialize)]
struct BalanceDocument<'a> {
    lines: &'a [String],
    split: &'a Split,
    certificate: Certificate,
    allotment: &'a Allotment,
    shares: Vec<Shares<'a>>,
}

#[derive(Serialize)]
struct Certificate {
    worst_relative_error: Option<Ratio>,
    rules: usize,
}

#[derive(Serialize)]
struct Shares<'a> {
    dead: Vec<&'a str>,
    shares: Vec<Ratio>,
    loads: Vec<Ratio>,
}

impl<'a> BalanceDocument<'a> {
    fn of(balance: &'a Balance) -> Self {
        let name = |line: usize| balance.lines.get(line).map(String::as_str);
        let shares = balance.failures().into_iter().map(|failure| Shares {
            dead: failure.dead.into_iter().filter_map(name).collect(),
            shares: failure.shares,
            loads: failure.loads,
        });
        Self {
            lines: &balance.lines,
            split: &balance.split,
            certificate: Certificate {
                worst_relative_error: balance.split.parts().iter().map(Part::relative_error).max(),
                rules: balance.allotment.assignment().len(),
            },
            allotment: &balance.allotment,
            shares: shares.collect(),
        }
    }
}

#[derive(Serialize)]
struct CustomersDocument<'a> {
    come_in: &'static str,
    interfaces: &'a [Value],
    basis: CustomersBasis,
    message: String,
}

impl<'a> CustomersDocument<'a> {
    fn of(customers: &'a Customers) -> Self {
        let (come_in, interfaces) = match &customers.come_in {
            ComeIn::Over(interfaces) => ("over", interfaces),
            ComeIn::NotOver(interfaces) => ("not_over", interfaces),
        };
        Self {
            come_in,
            interfaces,
            basis: customers.basis,
            message: customers.to_string(),
        }
    }
}

#[derive(Serialize)]
struct StepDocument<'a> {
    phase: Phase,
    direction: Direction,
    reason: &'a str,
    change: &'a Change,
    command: Value,
    undo: Option<Value>,
}

impl<'a> StepDocument<'a> {
    fn of(step: &'a Step) -> Self {
        let undo = step.change.inverse();
        Self {
            phase: step.phase,
            direction: step.direction,
            reason: &step.reason,
            change: &step.change,
            command: step.change.command().into(),
            undo: undo.map(|change| change.undo_command().into()),
        }
    }
}

#[derive(Serialize)]
struct ScriptsDocument {
    scripts: Vec<ScriptDocument>,
}

#[derive(Serialize)]
struct ScriptDocument {
    phase: Phase,
    direction: Direction,
    script: Value,
}

impl ScriptDocument {
    fn of(part: &PhaseScript) -> Self {
        Self {
            phase: part.phase,
            direction: part.direction,
            script: part.script.as_slice().into(),
        }
    }
}

#[derive(Serialize)]
struct ImportDocument {
    dry_run: Option<Value>,
    run: Value,
}
