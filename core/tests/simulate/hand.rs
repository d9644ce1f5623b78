//! What a network engineer looks at: the cells of the matrix, in words.

use multi_isp::Router;
use multi_isp::simulate::{
    Cause, Cell, Condition, Matrix, Scenario, Source, Traffic, Verdict, WhatIf, simulate, what_if,
};

/// All states of the lines of a router in three failures.
pub fn examine(name: &str, router: &Router) -> Matrix {
    let failures = vec![
        Condition::LinkDown,
        Condition::GatewayDead,
        Condition::UpstreamDead,
    ];
    let asked = WhatIf {
        failures: failures.clone(),
        ..WhatIf::default()
    };
    let matrix = what_if(router, &asked);
    let sets = (1 << matrix.lines.len()) - 1;
    assert_eq!(matrix.states.len(), 1 + failures.len() * sets, "{name}");
    println!("{name}\n{matrix}");
    matrix
}

/// New and open connections of a class in a state; `customer` is those of every network, which must fare alike.
fn told(matrix: &Matrix, state: &str, class: &str) -> (String, String) {
    let state = matrix.states.iter().find(|known| known.told() == state);
    let state = state.unwrap_or_else(|| panic!("no such state\n{matrix}"));
    let is_asked = |name: &str| name == class || (class == "customer" && name.starts_with("customer on "));
    let columns = (0..matrix.classes.len()).filter(|at| is_asked(&matrix.classes[*at].name));
    let told = |cell: &Cell| cell.told(&matrix.lines);
    let mut told: Vec<(String, String)> = columns
        .map(|at| (told(&state.new[at]), told(&state.established[at])))
        .collect();
    told.dedup();
    assert_eq!(told.len(), 1, "{class}\n{matrix}");
    told.remove(0)
}

/// What becomes of new connections.
pub fn expect(matrix: &Matrix, state: &str, class: &str, told: &str) {
    let (new, _) = self::told(matrix, state, class);
    assert_eq!(new, told, "{class}, {state}\n{matrix}");
}

/// What becomes of those that were open.
pub fn open(matrix: &Matrix, state: &str, class: &str) -> String {
    told(matrix, state, class).1
}

/// Why each way of a host's connection is lost, or `None` where it is not.
pub fn lost(router: &Router, interface: &str, host: &str, traffic: Traffic) -> Vec<Option<Cause>> {
    let from = Source::Interface {
        interface: interface.into(),
        source: Some(host.parse().unwrap()),
    };
    let trace = simulate(
        router,
        &Scenario::default().with_traffic(Traffic { from, ..traffic }),
    );
    let cause = |verdict: &Verdict| match verdict {
        Verdict::Works { .. } => None,
        Verdict::Lost { cause, .. } => Some(cause.clone()),
    };
    let mut lost: Vec<Option<Cause>> = trace.ways.iter().map(|way| cause(&way.verdict)).collect();
    lost.sort();
    lost
}
