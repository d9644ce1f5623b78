//! A plan as text for a router.
//!
//! Every command is a full-path line that stands alone: after an unknown menu line RouterOS would run the next commands
//! in the menu before it (`ROUTEROS-BEHAVIOUR` §1).

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::time::Duration;

use serde_json::{Value, json};

use crate::desired::{Balance, Outline};
use crate::pcc::Part;
use crate::plan::{Change, Plan};
use crate::survey::{ComeIn, Customers};

impl Plan {
    /// The script that applies the plan.
    ///
    /// RouterOS stops a script at its first error; what was done until then is taken back by [`Plan::undo_script`], and
    /// a new plan goes on from there.
    pub fn script(&self) -> Vec<u8> {
        let mut script = header("plan", self.steps().len(), self);
        let mut heading = String::new();
        for step in self.steps() {
            if heading != step.heading() {
                heading = step.heading();
                script.extend_from_slice(format!("\n# {heading}\n").as_bytes());
            }
            push(&mut script, step.change.command());
        }
        script
    }

    /// The script that takes the plan back, newest step first; harmless where a step never ran.
    pub fn undo_script(&self) -> Vec<u8> {
        let undo: Vec<Change> = self.undo().collect();
        let mut script = header("undo", undo.len(), self);
        for change in undo {
            push(&mut script, change.undo_command());
        }
        script
    }

    /// The plan as a JSON document, with the command of every step and what takes it back.
    ///
    /// `command` and `undo` are what is sent, passwords and PINs included; no other field has a secret in it. A document that is
    /// kept or shown is kept or shown without these two.
    pub fn to_json(&self) -> String {
        let steps: Vec<_> = self.steps().iter().map(|step| {
            json!({
                "phase": step.phase,
                "direction": step.direction,
                "reason": step.reason,
                "change": step.change,
                "command": String::from_utf8_lossy(&step.change.command()),
                "undo": step.change.inverse().map(|change| String::from_utf8_lossy(&change.undo_command()).into_owned()),
            })
        }).collect();
        let document = json!({
            "schema": Plan::SCHEMA,
            "purpose": self.purpose(),
            "lines": self.outline().iter().map(line).collect::<Vec<_>>(),
            "version": self.version(),
            "report": self.report(),
            "balance": self.balance().map(balance),
            "customers": self.customers().map(customers),
            "steps": steps,
        });
        format!("{document:#}\n")
    }
}

fn line(line: &Outline) -> Value {
    let seconds = |time: Duration| time.as_secs_f64();
    json!({
        "id": line.id,
        "interface": line.interface,
        "distance": line.distance,
        "detection_seconds": line.detection.map(|time| [seconds(time.earliest), seconds(time.latest)]),
        "probe_bytes_per_month": line.probe_bytes,
    })
}

fn balance(balance: &Balance) -> Value {
    let names = |lines: &[usize]| -> Vec<&String> {
        lines.iter().filter_map(|line| balance.lines.get(*line)).collect()
    };
    let failures = balance.failures().into_iter();
    let shares: Vec<Value> = failures
        .map(
            |failure| json!({"dead": names(&failure.dead), "shares": failure.shares, "loads": failure.loads}),
        )
        .collect();
    let worst = balance.split.parts().iter().map(Part::relative_error).max();
    let certificate = json!({"worst_relative_error": worst, "rules": balance.allotment.assignment().len()});
    json!({"lines": balance.lines, "split": balance.split, "certificate": certificate, "allotment": balance.allotment, "shares": shares})
}

fn customers(customers: &Customers) -> Value {
    let (come_in, interfaces) = match &customers.come_in {
        ComeIn::Over(interfaces) => ("over", interfaces),
        ComeIn::NotOver(interfaces) => ("not_over", interfaces),
    };
    json!({
        "come_in": come_in,
        "interfaces": interfaces,
        "basis": customers.basis,
        "message": customers.to_string(),
    })
}

fn header(what: &str, commands: usize, plan: &Plan) -> Vec<u8> {
    format!(
        "# multi-isp {what} for RouterOS {}: {commands} commands, each stands alone\n\
         # run it with /import: what goes on after an error would run past a failed verification\n",
        plan.version()
    )
    .into_bytes()
}

fn push(script: &mut Vec<u8>, command: Vec<u8>) {
    script.extend(command);
    script.push(b'\n');
}
