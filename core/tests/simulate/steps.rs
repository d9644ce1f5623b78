//! Make before break: after each single step of a plan, customers and the management endpoint still reach the internet, whichever
//! of the lines that it adds is dead; and of a plan that takes it away again.

use multi_isp::plan::{Options, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::Router;
use multi_isp::simulate::{Condition, Protocol, Scenario, Source, Traffic, settle};
use multi_isp::site::Site;

use super::walk::{End, Walk};
use super::wanted::{Wanted, cases};

/// A customer's, and that of the router with what manages it.
pub fn traffic(site: &Site) -> Vec<Traffic> {
    let management = site.management().first();
    let management =
        management.map(|net| Traffic::new(Source::Router, net.addr(), Protocol::Udp, Some(13231)));
    [Traffic::default()].into_iter().chain(management).collect()
}

/// Carries a plan out in a world; the router at the end, unless a step refused to go on.
fn go(name: &str, plan: &Plan, traffic: &[Traffic], start: &Router, world: &Scenario) -> Option<Router> {
    let start = settle(start, world);
    match Walk::of(plan, traffic).go(&start, world) {
        Ok(End::Done(router)) => Some(router),
        Ok(End::Refused) => None,
        Err(error) => panic!("{name}, {world:?}, {error}"),
    }
}

/// How many plans were carried out, and how many steps they have in all.
fn judge(version: &'static str) -> (usize, usize) {
    let (mut plans, mut steps) = (0, 0);
    for (name, case) in cases(version) {
        let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
        let wanted = Wanted::of(&case.site, &case.router, &plan);
        let traffic = traffic(&case.site);
        let up = Scenario::default();
        let applied = go(&name, &plan, &traffic, &case.router, &up);
        let applied = applied.unwrap_or_else(|| panic!("{name}: its own checks stop it"));
        for line in wanted.interfaces().filter(|line| !wanted.is_primary(line)) {
            for failure in [Condition::LinkDown, Condition::UpstreamDead] {
                if wanted.sees(line, failure) {
                    let dead = Scenario::default().with_line(line, failure);
                    go(&name, &plan, &traffic, &case.router, &dead);
                }
            }
        }
        let disable = plan_disable(&applied, &Options::default()).unwrap();
        let name = format!("{name}, taken away");
        assert!(go(&name, &disable, &traffic, &applied, &up).is_some());
        plans += 2;
        steps += plan.steps().len() + disable.steps().len();
    }
    (plans, steps)
}

#[test]
fn no_step_on_6_breaks_before_it_makes() {
    let (plans, steps) = judge("6.49.10");
    assert!(plans == 24 && steps > 1_000, "{plans} plans, {steps} steps");
}

#[test]
fn no_step_on_7_9_breaks_before_it_makes() {
    let (plans, steps) = judge("7.9");
    assert!(plans == 24 && steps > 1_000, "{plans} plans, {steps} steps");
}

#[test]
fn no_step_on_7_18_breaks_before_it_makes() {
    let (plans, steps) = judge("7.18.2");
    assert!(plans == 24 && steps > 1_000, "{plans} plans, {steps} steps");
}

#[test]
fn no_step_on_7_22_breaks_before_it_makes() {
    let (plans, steps) = judge("7.22.3");
    assert!(plans == 24 && steps > 1_000, "{plans} plans, {steps} steps");
}
