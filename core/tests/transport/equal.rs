//! The three transports leave the same router.

use std::num::NonZeroU8;
use std::time::Duration;

use multi_isp::plan::{Options, Part, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::{Router, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::version::Version;

use super::other_end::OtherEnd;
use super::reading::read;
use crate::examples::{VERSIONS, case, matrix};

/// The router that each transport leaves: all the same.
pub fn sent(name: &str, router: &Router, plan: &Plan) -> Router {
    let script = router.run(&Script::parse(&plan.script()).unwrap(), &Unknown);
    assert_eq!(script.error, None, "{name}");
    let script = script.router;
    let mut api = OtherEnd::new(router);
    let calls = plan
        .api(Part::Plan, router)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    api.api(&calls).unwrap_or_else(|error| panic!("{name}: {error}"));
    same(name, &script, &api.router);
    if router.version() < Some(Version::new(7, 1, 0)) {
        assert_eq!(
            plan.rest(Part::Plan, router).unwrap_err().diagnostics()[0]
                .code
                .as_str(),
            "no-rest"
        );
        return script;
    }
    let mut rest = OtherEnd::new(router);
    let calls = plan
        .rest(Part::Plan, router)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    rest.rest(&calls)
        .unwrap_or_else(|error| panic!("{name}: {error}"));
    same(name, &script, &rest.router);
    script
}

fn same(name: &str, left: &Router, right: &Router) {
    assert_eq!(left.diff(right), [], "{name}");
    assert_eq!(right.diff(left), [], "{name}");
}

#[test]
fn every_case_of_the_matrix_is_the_same_over_each_transport() {
    let mut steps = 0;
    for version in VERSIONS {
        for case in matrix() {
            let name = format!("{} at {version}", case.name);
            let router = read(&case.at(version).router);
            let plan = plan_apply(&case.site, &router, &Options::default())
                .unwrap_or_else(|error| panic!("{name}: {error:#?}"));
            steps += plan.steps().len();
            let applied = read(&sent(&name, &router, &plan));
            let disable = plan_disable(&applied, &Options::default()).unwrap();
            let freed = sent(&name, &applied, &disable);
            same(&name, &freed, &router);
        }
    }
    println!("{steps} steps apply the cases of the matrix");
    assert!(steps > 1_000, "only {steps} steps");
}

/// A guard is armed, confirmed and run over each transport alike.
#[test]
fn every_part_of_a_plan_is_the_same_over_each_transport() {
    let ten = NonZeroU8::new(10).unwrap();
    for version in ["6.49.10", "7.22.3"] {
        let case = case("combined").at(version);
        let router = read(&case.router);
        let plan = plan_apply(&case.site, &router, &Options::default()).unwrap();
        let armed = each(
            &plan,
            Part::Guarded(ten),
            &router,
            &plan.guarded_script(ten).unwrap(),
        );
        let forgotten = armed.advance(Duration::from_secs(600), &Unknown).router;
        same(version, &router, &forgotten);
        each(&plan, Part::Confirm, &armed, &plan.confirm_script());
        let undone = each(&plan, Part::Undo, &armed, &plan.undo_script());
        same(version, &router, &undone);
    }
}

/// The router that a part leaves, read again.
fn each(plan: &Plan, part: Part, router: &Router, script: &[u8]) -> Router {
    let script = router.run(&Script::parse(script).unwrap(), &Unknown);
    assert_eq!(script.error, None, "{part:?}");
    let mut api = OtherEnd::new(router);
    api.api(&plan.api(part, router).unwrap()).unwrap();
    same("api", &script.router, &api.router);
    if router.version() >= Some(Version::new(7, 1, 0)) {
        let mut rest = OtherEnd::new(router);
        rest.rest(&plan.rest(part, router).unwrap()).unwrap();
        same("rest", &script.router, &rest.router);
    }
    read(&script.router)
}
