//! Whatever sites follow each other on whatever router: no step breaks before it makes, and the router that a plan leaves does
//! what the plan says.

use std::cell::Cell;
use std::format as f;

use multi_isp::plan::{Options, Plan, PlanError, plan_apply, plan_disable};
use multi_isp::routeros::router::Router;
use multi_isp::simulate::{Condition, Protocol, Scenario, Source, Traffic, settle};
use multi_isp::site::{Access, Site};
use proptest::prelude::*;
use proptest::sample::Index;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

use super::walk::{End, Walk, is_served, trace};
use super::wanted::{Served, Wanted};
use crate::sequences::any_case;

/// How the routers are read that plans are made for.
#[derive(Clone, Copy, Debug)]
pub enum Reading {
    /// With their leases.
    Live,
    /// What an export says.
    Export,
}

impl Reading {
    fn read(self, router: &Router) -> Router {
        match self {
            Self::Live => router.clone(),
            Self::Export => Router::from_export(router.to_export().as_ref(), router.version()).unwrap(),
        }
    }
}

/// A router on the way through a sequence of sites.
pub struct Sequence<'a> {
    /// Before the first plan.
    first: &'a Router,
    reading: Reading,
    /// Who was served then.
    traffic: Vec<Traffic>,
    /// Which of the worlds with a dead line are tried of each plan.
    worlds: Tried,
}

/// What was applied of a sequence.
#[derive(Clone, Copy, Debug, Default)]
pub struct Judged {
    pub plans: usize,
    pub steps: usize,
}

/// Which of several worlds are tried.
#[derive(Clone, Copy, Debug)]
pub enum Tried {
    All,
    One(Index),
}

impl<'a> Sequence<'a> {
    pub fn of(first: &'a Router, reading: Reading, worlds: Tried) -> Self {
        let up = Scenario::default();
        let settled = settle(first, &up);
        let traffic = traffic(first).into_iter();
        Self {
            first,
            reading,
            traffic: traffic
                .filter(|traffic| is_served(&settled, &up, traffic).is_ok())
                .collect(),
            worlds,
        }
    }

    /// Applies every site that is not refused, and takes all away again.
    ///
    /// # Errors
    ///
    /// Who was not served, and when.
    pub fn go(&self, sites: &[Site]) -> Result<Judged, String> {
        let mut judged = Judged::default();
        let up = Scenario::default();
        let mut now = settle(self.first, &up);
        for site in sites.iter().filter(|site| self.has_tunnel(site)) {
            let Some(plan) = self.plan(site, &now)? else {
                continue;
            };
            let wanted = Wanted::of(site, self.first, &plan);
            // Lines that change places while one of them is dead may stand level for some commands, and what is connected in that
            // moment may go by both: with a dead line only the first plan is judged.
            let is_first = judged.plans == 0;
            for dead in self.tried(worlds(&wanted)).into_iter().filter(|_| is_first) {
                self.apply_dead(site, &now, &dead)
                    .map_err(|error| f!("{dead:?}\n{}\n{error}", site.to_json()))?;
            }
            now = self
                .walk(&plan, &self.traffic, &now, &up)
                .map_err(|error| f!("{}\n{error}", site.to_json()))?
                .ok_or_else(|| f!("its own checks stop it\n{}", site.to_json()))?;
            self.compare(&wanted, &now)
                .map_err(|error| f!("{}\n{error}", site.to_json()))?;
            judged.plans += 1;
            judged.steps += plan.steps().len();
        }
        let plan =
            plan_disable(&self.reading.read(&now), &Options::default()).map_err(|error| f!("{error:#?}"))?;
        let done = self
            .walk(&plan, &self.traffic, &now, &up)
            .map_err(|error| f!("disable\n{error}"))?;
        done.map(|_| judged)
            .ok_or_else(|| String::from("disable is refused"))
    }

    /// Whether the router has the tunnel that a site uses: nobody makes one for it.
    fn has_tunnel(&self, site: &Site) -> bool {
        let mut lines = site.lines().iter();
        let tunnels = self.first.table("/interface/l2tp-client");
        lines.all(|line| !matches!(line.access(), Access::Tunnel) || !tunnels.is_empty())
    }

    /// The plan; `None` where preflight refuses it.
    fn plan(&self, site: &Site, now: &Router) -> Result<Option<Plan>, String> {
        match plan_apply(site, &self.reading.read(now), &Options::default()) {
            Ok(plan) => Ok(Some(plan)),
            // Four lines that are probed need all eight hosts, and one may be a resolver here.
            Err(PlanError::Refused(_) | PlanError::NotInVersion { .. } | PlanError::Probes(_)) => Ok(None),
            Err(error) => Err(f!("{error:#?}\n{}\n{}", site.to_json(), text(now))),
        }
    }

    fn walk(
        &self,
        plan: &Plan,
        traffic: &[Traffic],
        now: &Router,
        world: &Scenario,
    ) -> Result<Option<Router>, String> {
        let end = Walk::of(plan, traffic).go(now, world);
        match end.map_err(|error| f!("{error}\n{}", text(now)))? {
            End::Done(router) => Ok(Some(router)),
            End::Refused => Ok(None),
        }
    }

    /// Applies a site while a line of it is dead.
    fn apply_dead(&self, site: &Site, now: &Router, dead: &Scenario) -> Result<(), String> {
        let now = settle(now, dead);
        let Some(plan) = self.plan(site, &now)? else {
            return Ok(());
        };
        // The site before may not see that the line is dead.
        let served = self
            .traffic
            .iter()
            .filter(|traffic| is_served(&now, dead, traffic).is_ok());
        let served: Vec<Traffic> = served.cloned().collect();
        let Some(applied) = self.walk(&plan, &served, &now, dead)? else {
            return Ok(());
        };
        let unserved = self
            .traffic
            .iter()
            .find_map(|traffic| is_served(&applied, dead, traffic).err());
        unserved.map_or(Ok(()), |trace| Err(f!("{trace}\n{}", text(&applied))))
    }

    fn tried(&self, mut worlds: Vec<Scenario>) -> Vec<Scenario> {
        match self.worlds {
            Tried::One(index) if !worlds.is_empty() => vec![worlds.swap_remove(index.index(worlds.len()))],
            _ => worlds,
        }
    }

    /// Customers get what the plan says, whichever lines are dead.
    fn compare(&self, wanted: &Wanted<'_>, applied: &Router) -> Result<(), String> {
        let Some(customer) = self.traffic.iter().find(|traffic| traffic.from == Source::Lan) else {
            return Ok(());
        };
        for (failure, down) in failures(wanted) {
            let world = down.iter().fold(Scenario::default(), |world, line| {
                world.with_line(line.as_str(), failure)
            });
            let expected = wanted.customers(failure, &down);
            let trace = trace(applied, &world, customer);
            let served = Served::of(&trace);
            if served != expected {
                return Err(f!(
                    "{failure:?} of {down:?}: {expected:?} is wanted, and it is {served:?}\n{trace}\n{}",
                    text(applied)
                ));
            }
            for traffic in &self.traffic {
                is_served(applied, &world, traffic)
                    .map_err(|trace| f!("{failure:?} of {down:?}\n{trace}\n{}", text(applied)))?;
            }
        }
        Ok(())
    }
}

fn text(router: &Router) -> String {
    String::from_utf8_lossy(router.to_export().as_ref()).into_owned()
}

/// Customers, of the LAN and of a PPPoE server, and what manages the router.
fn traffic(router: &Router) -> Vec<Traffic> {
    let is_dialled = !router.table("/interface/pppoe-server/server").is_empty();
    let host = Source::Interface {
        interface: "bridge".into(),
        source: None,
    };
    let web = |from| Traffic::new(from, FAR, Protocol::Tcp, Some(443));
    let management = Traffic::new(Source::Router, FAR, Protocol::Udp, Some(13231));
    let of_lan = is_dialled.then(|| web(host));
    [web(Source::Lan), management].into_iter().chain(of_lan).collect()
}

/// A host of the internet that no pool of a router holds (TEST-NET-2, RFC 5737).
const FAR: std::net::Ipv4Addr = std::net::Ipv4Addr::new(198, 51, 100, 80);

/// The worlds in which one of the lines that ISP 1 is joined by is dead from the beginning, as its check sees.
fn worlds(wanted: &Wanted<'_>) -> Vec<Scenario> {
    let new = wanted.interfaces().filter(|line| !wanted.is_primary(line));
    let dead = new.flat_map(|line| FAILURES.map(|failure| (line, failure)));
    let seen = dead.filter(|(line, failure)| wanted.sees(line, *failure));
    seen.map(|(line, failure)| Scenario::default().with_line(line, failure))
        .collect()
}

/// Every set of dead lines that are seen to be dead, for each way to die, none first.
fn failures(wanted: &Wanted<'_>) -> Vec<(Condition, Vec<String>)> {
    let lines: Vec<&str> = wanted.interfaces().collect();
    let sets = FAILURES
        .into_iter()
        .flat_map(|failure| (1..(1_usize << lines.len()) - 1).map(move |set| (failure, set)));
    let down = sets.map(|(failure, set)| {
        let down = lines.iter().enumerate().filter(|(at, _)| set >> at & 1 == 1);
        (
            failure,
            down.map(|(_, line)| String::from(*line)).collect::<Vec<_>>(),
        )
    });
    let seen = down.filter(|(failure, down)| down.iter().all(|line| wanted.sees(line, *failure)));
    [(Condition::Up, Vec::new())].into_iter().chain(seen).collect()
}

const FAILURES: [Condition; 2] = [Condition::LinkDown, Condition::UpstreamDead];

/// Each case costs seconds in a debug build.
fn cases() -> u32 {
    match std::env::var_os("PROPTEST_CASES") {
        Some(_) => ProptestConfig::default().cases,
        None => 8,
    }
}

#[test]
fn no_step_breaks_before_it_makes() {
    let config = ProptestConfig {
        cases: cases(),
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let reading = prop::sample::select(vec![Reading::Live, Reading::Export]);
    let (plans, steps) = (Cell::new(0), Cell::new(0));
    // The same cases every time, unless somebody hunts for more.
    let mut runner = match std::env::var_os("PROPTEST_CASES") {
        Some(_) => TestRunner::new(config),
        None => TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha)),
    };
    let result = runner.run(&(any_case(), reading, any::<Index>()), |case| {
        let ((router, sites), reading, world) = case;
        let sequence = Sequence::of(&router, reading, Tried::One(world));
        let judged = sequence.go(&sites).map_err(TestCaseError::fail)?;
        plans.set(plans.get() + judged.plans);
        steps.set(steps.get() + judged.steps);
        Ok(())
    });
    println!("{} plans, {} steps", plans.get(), steps.get());
    result.unwrap_or_else(|error| panic!("{error}"));
}
