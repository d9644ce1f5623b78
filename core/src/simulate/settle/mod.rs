//! A router and a scenario → the router as it then is: leases come and go, and the scripts that they and netwatch run have run.

mod clients;
pub(super) mod connections;
mod customers;
mod guesses;
mod leases;
mod live;
pub(super) mod schedulers;
mod scripts;
pub(super) mod watches;

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub(crate) use self::guesses::BY_ORDER;
use self::leases::Assigned;
pub use self::live::Around;
use super::network::Network;
use super::scenario::{Condition, Noticed, Scenario};
use crate::routeros::router::{Router, RowId};
use crate::routeros::syntax::Script;
use crate::routeros::value::Value;

/// A router on which all lines work, from which every failure begins.
#[derive(Clone, Debug)]
pub(super) struct Settled {
    router: Router,
    leases: Vec<Assigned>,
    /// What netwatch knows.
    watched: BTreeMap<RowId, bool>,
    /// What was assumed, in sentences.
    pub(super) assumed: Vec<String>,
    /// What is not modelled, in sentences.
    pub(super) unmodelled: Vec<String>,
}

impl Settled {
    /// The router with all lines up, their clients bound, its scripts having looked.
    pub(super) fn of(router: &Router, scenario: &Scenario) -> Self {
        let healthy = scenario.healthy();
        let mut settled = Self {
            router: router.clone(),
            leases: Vec::new(),
            watched: BTreeMap::new(),
            assumed: Vec::new(),
            unmodelled: scripts::unfollowed(router),
        };
        settled.leases = leases::assign(router, scenario, &mut settled.assumed);
        leases::forget_derived(&mut settled.router);
        connections::forget(&mut settled.router);
        for lease in settled.leases.clone() {
            leases::bind(&mut settled, &lease, &healthy);
        }
        customers::dial_in(&mut settled.router);
        settled.look(&healthy);
        settled
    }

    /// The router with all lines up.
    pub(super) fn router(&self) -> &Router {
        &self.router
    }

    /// The router some time after the lines of the scenario failed.
    pub(super) fn failed(&self, scenario: &Scenario) -> Self {
        let mut failed = self.clone();
        if connections::are_touched(&failed.router) {
            connections::open(&mut failed.router);
        }
        let network = Network::of(&self.router, scenario);
        for (line, _) in scenario.lines() {
            if !network.has_interface(line.as_bytes()) {
                failed.note(format!(
                    "the router has no interface `{}`: that it fails changes nothing",
                    line.to_text()
                ));
            }
        }
        for lease in &self.leases {
            if !holds(network.condition(lease.interface.as_bytes())) {
                leases::release(&mut failed, lease, scenario);
            }
        }
        if scenario.noticed >= Noticed::Everything {
            failed.look(scenario);
        }
        failed
    }

    /// Lets netwatch and the schedulers look.
    fn look(&mut self, scenario: &Scenario) {
        watches::run(self, scenario);
        schedulers::run(self, scenario);
    }

    /// Runs a script of the router; one that stops leaves what it did until then, as on a router.
    fn run(&mut self, what: &str, source: &Value, variables: &[(&str, Value)], scenario: &Scenario) {
        // As of `on-event`, the name of a script stands for it (ROUTEROS-BEHAVIOUR §5); of netwatch that is unconfirmed.
        let scripts = self.router.table("/system/script");
        let named = scripts.named(source).and_then(|row| row.get("source"));
        let script = Script::parse_lenient(named.unwrap_or(source).as_bytes());
        let outcome = self.router.run_with(&script, variables, &Around { scenario });
        self.router = outcome.router;
        if let Some(error) = outcome.error {
            self.note(format!("{what} stops: {error}"));
        }
    }

    fn note(&mut self, sentence: String) {
        if !self.unmodelled.contains(&sentence) {
            self.unmodelled.push(sentence);
        }
    }
}

/// Whether a client of a line in that condition has a lease: providers renew none over a dead gateway, but none runs out
/// within the time that is looked at.
fn holds(condition: Condition) -> bool {
    !matches!(condition, Condition::LinkDown | Condition::NoLease)
}
