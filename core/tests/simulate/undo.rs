//! The way back: wherever a plan stopped, what takes it back serves customers and the management endpoint after each of its
//! commands, which is how a guard does it by itself.

use multi_isp::plan::{Options, Part, Plan, Step, plan_apply, plan_disable};
use multi_isp::routeros::router::Router;
use multi_isp::simulate::{Scenario, Traffic, settle};

use super::steps::traffic;
use super::walk::{End, Walk};
use super::wanted::cases;

fn done(name: &str, walk: &Walk<'_>, start: &Router) -> Router {
    match walk.go(start, &Scenario::default()) {
        Ok(End::Done(router)) => router,
        Ok(End::Refused) => panic!("{name}: its own checks stop it"),
        Err(error) => panic!("{name}, {error}"),
    }
}

/// Takes a plan back from the end of each of its parts, and looks after each command of the last way and of every third; how
/// many ways back there were.
fn take_back(name: &str, plan: &Plan, traffic: &[Traffic], start: &Router) -> usize {
    let undo = plan.part(Part::Undo).unwrap();
    let is_one = |left: &Step, right: &Step| left.phase == right.phase && left.direction == right.direction;
    let parts: Vec<&[Step]> = plan.steps().chunk_by(is_one).collect();
    let mut router = start.clone();
    for (left, part) in (0..parts.len()).rev().zip(&parts) {
        let there = Walk {
            steps: part.iter().collect(),
            ..Walk::of(plan, &[])
        };
        router = done(name, &there, &router);
        let name = format!("{name}, back from {:?}", part[0].phase);
        let looked_at = if left % 3 == 0 { traffic } else { &[] };
        let back = Walk::back(&undo, looked_at);
        assert!(done(&name, &back, &router).diff(start).is_empty(), "{name}");
    }
    parts.len()
}

fn judge(version: &'static str) -> usize {
    let mut ways = 0;
    for (name, case) in cases(version) {
        let traffic = traffic(&case.site);
        let start = settle(&case.router, &Scenario::default());
        let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
        ways += take_back(&name, &plan, &traffic, &start);
        let applied = done(&name, &Walk::of(&plan, &[]), &start);
        let disable = plan_disable(&applied, &Options::default()).unwrap();
        ways += take_back(&format!("{name}, taken away"), &disable, &traffic, &applied);
    }
    println!("{ways} ways back on {version}");
    ways
}

#[test]
fn nobody_is_cut_off_on_the_way_back_on_6() {
    assert!(judge("6.49.10") > 200);
}

#[test]
fn nobody_is_cut_off_on_the_way_back_on_7() {
    assert!(judge("7.22.3") > 200);
}
