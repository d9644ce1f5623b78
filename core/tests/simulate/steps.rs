//! Make before break: after each single step of a plan, customers and the management endpoint still reach the internet, whichever
//! of the lines that it adds is dead; and of a plan that takes it away again.

use multi_isp::plan::{Options, Phase, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::{Outcome, Router};
use multi_isp::routeros::syntax::Script;
use multi_isp::simulate::{
    Around, Condition, Protocol, Scenario, Source, Traffic, Verdict, settle, simulate,
};
use multi_isp::site::Site;

use super::wanted::{Wanted, cases};

/// A plan, and the world in which it is carried out.
struct Walk<'a> {
    name: String,
    site: &'a Site,
    plan: &'a Plan,
    /// Before the first step.
    start: Router,
}

impl Walk<'_> {
    /// Carries the plan out in a world, and calls `judge` after each step; the router at the end, unless a step refused to go on.
    fn go(&self, world: &Scenario, mut judge: impl FnMut(usize, &Router)) -> Option<Router> {
        let mut router = settle(&self.start, world);
        for (number, step) in (1..).zip(self.plan.steps()) {
            let command = Script::parse(&step.change.command()).unwrap();
            let Outcome {
                router: changed,
                error,
                ..
            } = router.run(&command, &Around { scenario: world });
            router = settle(&changed, world);
            if error.is_some() {
                assert_eq!(
                    step.phase,
                    Phase::Verify,
                    "{}, step {number}: {error:?}",
                    self.name
                );
                return None;
            }
            judge(number, &router);
        }
        Some(router)
    }

    /// Customers and the management endpoint are served.
    fn is_served(&self, number: usize, router: &Router, world: &Scenario) {
        let step = &self.plan.steps()[number - 1];
        let command = String::from_utf8_lossy(&step.change.command()).into_owned();
        let told = || format!("{}, step {number}, {:?}: {}", self.name, world, command);
        for traffic in self.traffic() {
            let trace = simulate(router, &world.clone().with_traffic(traffic));
            let works = trace
                .ways
                .iter()
                .all(|way| matches!(way.verdict, Verdict::Works { .. }));
            assert!(works, "{}\n{trace}", told());
        }
    }

    /// A customer's, and that of the router with what manages it.
    fn traffic(&self) -> Vec<Traffic> {
        let management = self
            .site
            .management()
            .first()
            .map(|net| Traffic::new(Source::Router, net.addr(), Protocol::Udp, Some(13231)));
        [Traffic::default()].into_iter().chain(management).collect()
    }
}

/// How many plans were carried out, and how many steps they have.
fn judge(version: &'static str) -> (usize, usize) {
    let (mut plans, mut steps) = (0, 0);
    for (name, case) in cases(version) {
        let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
        let wanted = Wanted::of(&case.site, &case.router, &plan);
        let apply = Walk {
            name: format!("{name}, applied"),
            site: &case.site,
            plan: &plan,
            start: case.router.clone(),
        };
        let all_up = Scenario::default();
        let applied = apply
            .go(&all_up, |number, router| apply.is_served(number, router, &all_up))
            .unwrap_or_else(|| panic!("{name}: its own checks stop it"));
        for line in wanted.interfaces().filter(|line| !wanted.is_primary(line)) {
            for failure in [Condition::LinkDown, Condition::UpstreamDead] {
                if !wanted.sees(line, failure) {
                    continue;
                }
                let dead = Scenario::default().with_line(line, failure);
                apply.go(&dead, |number, router| apply.is_served(number, router, &dead));
            }
        }
        let disable = plan_disable(&applied, &Options::default()).unwrap();
        let disable = Walk {
            name: format!("{name}, taken away"),
            site: &case.site,
            plan: &disable,
            start: applied,
        };
        let done = disable.go(&all_up, |number, router| {
            disable.is_served(number, router, &all_up)
        });
        assert!(done.is_some());
        plans += 2;
        steps += plan.steps().len() + disable.plan.steps().len();
    }
    (plans, steps)
}

#[test]
fn no_step_on_6_breaks_before_it_makes() {
    assert_eq!(judge("6.49.10"), (24, 1041));
}

#[test]
fn no_step_on_7_9_breaks_before_it_makes() {
    assert_eq!(judge("7.9"), (24, 1175));
}

#[test]
fn no_step_on_7_18_breaks_before_it_makes() {
    assert_eq!(judge("7.18.2"), (24, 1175));
}

#[test]
fn no_step_on_7_22_breaks_before_it_makes() {
    assert_eq!(judge("7.22.3"), (24, 1168));
}
