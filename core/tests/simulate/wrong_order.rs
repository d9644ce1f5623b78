//! The judge judges: plans whose steps are carried out in a wrong order are caught.

use multi_isp::plan::{Change, Direction, Options, Phase, Step, plan_apply, plan_disable};
use multi_isp::routeros::router::Router;
use multi_isp::routeros::version::Version;
use multi_isp::simulate::{Scenario, Traffic, settle};
use multi_isp::site::Site;

use super::steps::traffic;
use super::walk::{End, Walk};
use super::wanted::cases;
use crate::office::OFFICE;

/// Steps that come too late or too early: behind or before all others.
struct Fault {
    name: &'static str,
    direction: Direction,
    is_moved: fn(&Step) -> bool,
    to: Place,
}

#[derive(Clone, Copy)]
enum Place {
    First,
    Last,
}

const FAULTS: &[Fault] = &[
    Fault {
        name: "source NAT comes when all is marked",
        direction: Direction::Up,
        is_moved: |step| step.phase == Phase::Nat,
        to: Place::Last,
    },
    Fault {
        name: "source NAT goes before the marks",
        direction: Direction::Down,
        is_moved: |step| step.phase == Phase::Nat,
        to: Place::First,
    },
    Fault {
        name: "lines join the lists of the firewall when all is marked",
        direction: Direction::Up,
        is_moved: |step| step.phase == Phase::Lists && step.change.menu() == Some(MEMBERS),
        to: Place::Last,
    },
    Fault {
        name: "lines leave the lists of the firewall before the marks go",
        direction: Direction::Down,
        is_moved: |step| step.phase == Phase::Lists && step.change.menu() == Some(MEMBERS),
        to: Place::First,
    },
    Fault {
        name: "fasttrack takes marked connections",
        direction: Direction::Up,
        is_moved: |step| step.phase == Phase::Fasttrack,
        to: Place::Last,
    },
    Fault {
        name: "fasttrack gets marked connections back",
        direction: Direction::Down,
        is_moved: |step| step.phase == Phase::Fasttrack,
        to: Place::First,
    },
    Fault {
        name: "tables come when routes and marks name them",
        direction: Direction::Up,
        is_moved: |step| step.phase == Phase::Tables,
        to: Place::Last,
    },
    Fault {
        name: "clients go before the marks and the routes",
        direction: Direction::Down,
        is_moved: |step| step.phase == Phase::Clients || step.phase == Phase::Interfaces,
        to: Place::First,
    },
    Fault {
        name: "addresses come when all is marked",
        direction: Direction::Up,
        is_moved: |step| step.phase == Phase::Addresses,
        to: Place::Last,
    },
    Fault {
        name: "addresses go before the marks and the routes",
        direction: Direction::Down,
        is_moved: |step| step.phase == Phase::Addresses,
        to: Place::First,
    },
    Fault {
        name: "the old default steps back before there are new ones",
        direction: Direction::Up,
        is_moved: |step| step.phase == Phase::Switch,
        to: Place::First,
    },
];

const MEMBERS: &str = "/interface/list/member";

impl Fault {
    /// The steps in the wrong order; `None` where the order stays as it was.
    fn disordered<'a>(&self, steps: &'a [Step]) -> Option<Vec<&'a Step>> {
        let right: Vec<&Step> = steps.iter().collect();
        let is_moved = |step: &&Step| step.direction == self.direction && (self.is_moved)(step);
        let (moved, others): (Vec<&Step>, Vec<&Step>) = right.iter().copied().partition(is_moved);
        let wrong = match self.to {
            Place::First => [moved, others].concat(),
            Place::Last => [others, moved].concat(),
        };
        (wrong != right).then_some(wrong)
    }
}

/// A plan whose steps are disordered.
struct Planned {
    name: String,
    steps: Vec<Step>,
    start: Router,
    traffic: Vec<Traffic>,
}

/// A plan and the one that takes it away again.
fn planned(name: &str, router: &Router, site: &Site) -> [Planned; 2] {
    let world = Scenario::default();
    let start = settle(router, &world);
    let apply = plan_apply(site, router, &Options::default()).unwrap();
    let Ok(End::Done(applied)) = Walk::of(&apply, &[]).go(&start, &world) else {
        panic!("{name} is not applied");
    };
    let disable = plan_disable(&applied, &Options::default()).unwrap();
    let plan = |steps: &[Step], start| Planned {
        name: name.to_owned(),
        steps: steps.to_vec(),
        start,
        traffic: traffic(site),
    };
    [plan(apply.steps(), start), plan(disable.steps(), applied)]
}

/// Two lines that share the load, told by their links alone, on a router whose source NAT names the first.
fn told_by_links() -> [Planned; 2] {
    let export = [OFFICE, FIRST, NAT].concat();
    let router = Router::from_export(export.as_bytes(), Version::parse("7.9")).unwrap();
    let site = Site::from_json(
        br#"{"schema":"multi-isp/site/1","mode":"load_balance","lines":[
            {"id":"a","interface":"ether1","access":{"type":"dhcp"},"mbps":100},
            {"id":"b","interface":"ether2","access":{"type":"dhcp"},"mbps":100}]}"#,
    );
    planned("told by links", &router, &site.unwrap())
}

const FIRST: &str = "/ip dhcp-client add disabled=no interface=ether1\n/interface list member add interface=ether1 list=WAN\n";
const NAT: &str = "/ip firewall nat add action=masquerade chain=srcnat out-interface=ether1\n";

#[test]
fn a_wrong_order_is_caught() {
    let matrix = cases("7.9").flat_map(|(name, case)| planned(&name, &case.router, &case.site));
    let plans: Vec<Planned> = told_by_links().into_iter().chain(matrix).collect();
    let mut missed = Vec::new();
    for fault in FAULTS {
        let caught = plans.iter().find_map(|plan| {
            let walk = Walk {
                steps: fault.disordered(&plan.steps)?,
                command: Change::command,
                traffic: &plan.traffic,
            };
            let error = walk.go(&plan.start, &Scenario::default()).err()?;
            Some((&plan.name, error))
        });
        match caught {
            Some((name, error)) => println!(
                "{}: {name}, {}",
                fault.name,
                error.lines().next().unwrap_or_default()
            ),
            None => missed.push(fault.name),
        }
    }
    assert!(missed.is_empty(), "{missed:#?}");
}
