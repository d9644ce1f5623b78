//! Every case of the line matrix under every failure of its lines: customers get what the plan says, and the management endpoint
//! answers; what a line's check cannot see is lost, and shown as lost.

use multi_isp::pcc::Ratio;
use multi_isp::plan::{Options, plan_apply};
use multi_isp::routeros::value::Value;
use multi_isp::simulate::{Cell, Condition, LineState, Matrix, Outage, WhatIf, what_if};

use super::wanted::{Served, Wanted, cases};

use crate::twin::run;

const FAILURES: [Condition; 4] = [
    Condition::LinkDown,
    Condition::NoLease,
    Condition::GatewayDead,
    Condition::UpstreamDead,
];

fn served(matrix: &Matrix, cell: &Cell) -> Served {
    let shares = matrix.lines.iter().zip(&cell.shares);
    let shares = shares.filter(|(_, share)| **share != Ratio::ZERO);
    Served {
        shares: shares
            .map(|(line, share)| (line.to_text().into_owned(), *share))
            .collect(),
        lost: cell.lost,
    }
}

fn down(state: &LineState) -> Vec<String> {
    state
        .down
        .iter()
        .map(|line| line.to_text().into_owned())
        .collect()
}

/// How many states were compared, and in how many of them something is lost that no check can see.
fn compare(version: &'static str) -> (usize, usize) {
    let (mut compared, mut unseen) = (0, 0);
    for (name, case) in cases(version) {
        let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
        let planned = run(&case.router, &plan.script());
        let wanted = Wanted::of(&case.site, &case.router, &plan);
        let asked = WhatIf {
            lines: wanted.interfaces().map(Value::from).collect(),
            failures: FAILURES.to_vec(),
            management: case.site.management().first().map(|net| net.addr()),
            ..WhatIf::default()
        };
        let matrix = what_if(&planned, &asked);
        let class = |name: &str| matrix.classes.iter().position(|class| class.name == name);
        let is_customer = |class: &usize| matrix.classes[*class].name.starts_with("customer");
        let customers: Vec<usize> = (0..matrix.classes.len()).filter(is_customer).collect();
        assert!(!customers.is_empty(), "{name}");
        for state in matrix
            .states
            .iter()
            .filter(|state| state.down.len() < matrix.lines.len())
        {
            let told = format!("{name}, {}", state.told());
            let expected = wanted.customers(state.failure, &down(state));
            let detection = wanted.detection(&down(state));
            for customer in &customers {
                let outage = state.new[*customer].outage;
                let is_seen = down(state).iter().all(|line| wanted.sees(line, state.failure));
                assert!(
                    !is_seen || outage <= Outage::AtMost(detection),
                    "{told}: {outage}, {detection:?}\n{matrix}"
                );
                let class = &matrix.classes[*customer].name;
                let served = served(&matrix, &state.new[*customer]);
                assert_eq!(served, expected, "{told}, {class}\n{matrix}");
            }
            if let Some(management) = class("management") {
                let is_seen = down(state).iter().all(|line| wanted.sees(line, state.failure));
                let lost = state.new[management].lost;
                assert!(!is_seen || lost == Ratio::ZERO, "{told}: management\n{matrix}");
            }
            compared += 1;
            unseen += usize::from(expected.lost != Ratio::ZERO);
        }
    }
    (compared, unseen)
}

#[test]
fn customers_of_6_get_what_the_plan_says() {
    assert_eq!(compare("6.49.10"), (172, 16));
}

#[test]
fn customers_of_7_9_get_what_the_plan_says() {
    assert_eq!(compare("7.9"), (172, 4));
}

#[test]
fn customers_of_7_18_get_what_the_plan_says() {
    assert_eq!(compare("7.18.2"), (172, 4));
}

#[test]
fn customers_of_7_22_get_what_the_plan_says() {
    assert_eq!(compare("7.22.3"), (172, 4));
}
