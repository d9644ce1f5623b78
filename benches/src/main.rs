//! Speed as ratios within one run: prints JSON, asserts every answer, judges no time.
//!
//! `cargo xtask bench` measures; `--smoke` runs everything once on small inputs, to see that it still answers rightly. Each
//! `--doorway NAME=COMMAND` is a program of a binding that is measured against Rust.

use std::time::Duration;

use multi_isp::routeros::router::Unknown;
use multi_isp::simulate::Condition;
use multi_isp::{Options, Router, Script, WhatIf, plan_apply, what_if};
use serde_json::{Value, json};

use crate::input::Case;
use crate::measure::{medians, ratio, timed};

mod doorways;
mod input;
mod measure;

/// Bytes of the exports whose cost per byte is compared.
const SIZES: &[usize] = &[100_000, 1_000_000, 5_000_000, 20_000_000];

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let smoke = arguments.iter().any(|argument| argument == "--smoke");
    let named = arguments.windows(2).filter(|pair| pair[0] == "--doorway");
    let doorways: Vec<String> = named.map(|pair| pair[1].clone()).collect();
    let (sizes, repeats) = if smoke { (&SIZES[..1], 1) } else { (SIZES, 7) };
    let figures: Vec<Value> = sizes.iter().map(|size| against_json(*size, repeats)).collect();
    let report = json!({
        "against_serde_json": figures,
        "flatness": flatness(&figures),
        "plan_apply": plans_against_load(if smoke { 1 } else { 101 }),
        "what_if": what_if_against_plans(if smoke { 1 } else { 21 }),
        "doorways": doorways::against_rust(&doorways, if smoke { 1 } else { 21 }),
    });
    println!("{report:#}");
}

/// Parse and load of an export, and `serde_json::from_slice::<Value>` of the same rows as REST JSON.
fn against_json(size: usize, repeats: usize) -> Value {
    let input = input::of_size(size);
    let [parse, load, json] = medians(
        repeats,
        [
            &mut timed(|| assert_eq!(parse(&input.export), input.commands)),
            &mut timed(|| assert_eq!(load(&input.export), input.rows)),
            &mut timed(|| assert_eq!(json_rows(&input.rest), input.rows)),
        ],
    );
    let (export, rest) = (input.export.len(), input.rest.len());
    json!({
        "rows": input.rows,
        "export_bytes": export,
        "json_bytes": rest,
        "parse_ns_per_byte": per(parse, export),
        "load_ns_per_byte": per(load, export),
        "serde_json_ns_per_byte": per(json, rest),
        "parse_bytes_per_second_to_serde_json": per(json, rest) / per(parse, export),
        "load_rows_per_second_to_serde_json": ratio(json, load),
    })
}

fn parse(export: &[u8]) -> usize {
    Script::parse(export).map_or(0, |script| script.commands().count())
}

fn load(export: &[u8]) -> usize {
    Router::from_export(export, None).map_or(0, |router| input::rows(&router))
}

fn json_rows(rest: &[u8]) -> usize {
    let menus: Value = serde_json::from_slice(rest).unwrap_or_default();
    let menus = menus.as_object().into_iter().flatten();
    menus.map(|(_, rows)| rows.as_array().map_or(0, Vec::len)).sum()
}

/// `plan_apply` of the bundled cases, and loading the router that each plans for.
fn plans_against_load(repeats: usize) -> Vec<Value> {
    let cases = input::cases();
    let figures = cases.iter().map(|case| {
        let loaded = case.load();
        let steps = steps(case, &loaded);
        assert!(steps > 0, "{}: nothing to do", case.name);
        let [plan, load] = medians(
            repeats,
            [
                &mut timed(|| assert_eq!(self::steps(case, &loaded), steps)),
                &mut timed(|| assert_eq!(input::rows(&case.load()), input::rows(&loaded))),
            ],
        );
        json!({
            "case": case.name,
            "steps": steps,
            "plan_us": plan.as_secs_f64() * 1e6,
            "load_us": load.as_secs_f64() * 1e6,
            "plan_to_load": ratio(plan, load),
        })
    });
    figures.collect()
}

fn steps(case: &Case, router: &Router) -> usize {
    plan_apply(&case.site, router, &Options::default()).map_or(0, |plan| plan.steps().len())
}

/// `what_if` of the planned router - every set of its lines dead behind the gateway, every bucket, new and open connections -
/// and the `plan_apply` that it judges.
fn what_if_against_plans(repeats: usize) -> Vec<Value> {
    let asked = WhatIf {
        failures: vec![Condition::UpstreamDead],
        ..WhatIf::default()
    };
    let cases = input::cases();
    let figures = cases.iter().map(|case| {
        let (name, loaded) = (&case.name, case.load());
        let plan = || plan_apply(&case.site, &loaded, &Options::default());
        let script = plan().map(|plan| plan.script()).unwrap_or_default();
        let script = Script::parse(&script).unwrap_or_else(|errors| panic!("{}", errors.render()));
        let planned = loaded.run(&script, &Unknown);
        assert_eq!(planned.error, None, "{name}");
        let states = what_if(&planned.router, &asked).states.len();
        assert!(states >= 1 << case.site.lines().len(), "{name}: {states} states");
        let [simulated, planned_again] = medians(
            repeats,
            [
                &mut timed(|| assert_eq!(what_if(&planned.router, &asked).states.len(), states)),
                &mut timed(|| assert!(plan().is_ok())),
            ],
        );
        json!({
            "case": name,
            "lines": case.site.lines().len(),
            "states": states,
            "what_if_us": simulated.as_secs_f64() * 1e6,
            "what_if_to_plan": ratio(simulated, planned_again),
        })
    });
    figures.collect()
}

/// Cost per byte of the largest input over that of the smallest: 1 when it is flat, or what `serde_json` has on a machine whose
/// caches and neighbours are felt.
fn flatness(figures: &[Value]) -> Value {
    let of = |name: &str| {
        let cost = |figures: Option<&Value>| figures.and_then(|figures| figures[name].as_f64());
        Some(cost(figures.last())? / cost(figures.first())?)
    };
    json!({"parse": of("parse_ns_per_byte"), "load": of("load_ns_per_byte"), "serde_json": of("serde_json_ns_per_byte")})
}

fn per(time: Duration, count: usize) -> f64 {
    time.as_secs_f64() * 1e9 / count as f64
}
