//! The status of a twin, whose live values the simulator sets, agrees with what the simulator says carries customers: in every case of
//! the line matrix, in every version, for every kind of failure of every set of lines.

use std::collections::{BTreeMap, BTreeSet};

use multi_isp::pcc::Ratio;
use multi_isp::plan::{Options, plan_apply};
use multi_isp::routeros::router::Router;
use multi_isp::simulate::{Condition, Noticed, Scenario, Trace, Verdict, observe, simulate};
use multi_isp::site::Site;
use multi_isp::status::{LineStatus, Reason, Setup, SiteStatus, State, Style, status};

use crate::simulate::wanted::{Wanted, cases, sum};
use crate::twin::run;

/// What customers send over each line: what arrives, and what is lost there.
#[derive(Debug, Default)]
struct Sent {
    works: BTreeMap<String, Ratio>,
    lost: BTreeMap<String, Ratio>,
}

impl Sent {
    fn of(trace: &Trace) -> Self {
        let mut sent = Self::default();
        for way in &trace.ways {
            let (parts, line) = match &way.verdict {
                Verdict::Works { line, .. } => (&mut sent.works, line),
                Verdict::Lost { line, .. } => (&mut sent.lost, line),
            };
            if let Some(line) = line {
                let part = parts.entry(line.to_text().into_owned()).or_insert(Ratio::ZERO);
                *part = sum(*part, way.share);
            }
        }
        sent
    }

    fn over(&self, line: &str) -> (Ratio, Ratio) {
        let part = |parts: &BTreeMap<String, Ratio>| parts.get(line).copied().unwrap_or(Ratio::ZERO);
        (part(&self.works), part(&self.lost))
    }
}

/// Every line in every condition, with every other in every other; of more than three lines, those that fail in the same way.
fn worlds(lines: &[String]) -> Vec<BTreeMap<&str, Condition>> {
    let mut worlds = vec![BTreeMap::new()];
    for line in lines {
        let grown = worlds.iter().flat_map(|world| {
            Condition::ALL.map(|condition| {
                let mut world = world.clone();
                world.insert(line.as_str(), condition);
                world
            })
        });
        worlds = grown.collect();
    }
    let is_alike = |world: &BTreeMap<&str, Condition>| {
        let failures: BTreeSet<Condition> = world.values().copied().collect();
        failures
            .into_iter()
            .filter(|failure| *failure != Condition::Up)
            .count()
            <= 1
    };
    worlds.retain(|world| lines.len() <= 3 || is_alike(world));
    worlds
}

/// What a line must be told to be: its failure is one that the router can see, or not.
fn judge(told: &str, line: &LineStatus, condition: Condition, is_seen: bool) -> Option<Reason> {
    match (line.state, Some(condition).filter(|_| is_seen)) {
        (State::Offline(reason), Some(failure)) => {
            let allowed: &[Reason] = match failure {
                Condition::LinkDown => &[Reason::NoLink, Reason::NoAddress],
                Condition::NoLease => &[Reason::NoAddress],
                // Whoever keeps a session open ends it.
                Condition::GatewayDead => &[
                    Reason::GatewayDown,
                    Reason::UpstreamDown,
                    Reason::NoAddress,
                    Reason::NoLink,
                ],
                Condition::UpstreamDead => &[Reason::UpstreamDown],
                Condition::Up => &[],
            };
            assert!(allowed.contains(&reason), "{told}: {line:#?}");
            assert!(!line.detail.is_empty(), "{told}: {line:#?}");
            Some(reason)
        }
        (State::Active | State::Standby, None) => None,
        _ => panic!("{told}: {condition:?}, seen: {is_seen}: {line:#?}"),
    }
}

/// How many worlds were compared, and which reasons were told of which failures.
fn compare(version: &'static str) -> (usize, BTreeSet<(Condition, Reason)>) {
    let (mut compared, mut reasons) = (0, BTreeSet::new());
    for (name, case) in cases(version) {
        let plan = plan_apply(&case.site, &case.router, &Options::default()).unwrap();
        let planned = run(&case.router, &plan.script());
        let wanted = Wanted::of(&case.site, &case.router, &plan);
        let lines: Vec<String> = wanted.interfaces().map(String::from).collect();
        for world in worlds(&lines) {
            let scenario = world
                .iter()
                .fold(Scenario::default(), |scenario, (line, condition)| {
                    scenario.with_line(*line, *condition)
                });
            let told = format!("{name}, {world:?}");
            let status = agree(&told, &case.site, &planned, &scenario);
            for line in &status.lines {
                let condition = world[line.interface.as_str()];
                let is_seen = wanted.is_seen(&line.interface, condition);
                reasons.extend(judge(&told, line, condition, is_seen).map(|reason| (condition, reason)));
            }
            let all = status
                .lines
                .iter()
                .all(|line| matches!(line.state, State::Offline(_)));
            assert_eq!(
                status.sentence(Style::Ascii).starts_with("All lines down - "),
                all,
                "{told}"
            );
            // Before the router has noticed, too, it tells what it does.
            for noticed in [Noticed::AtOnce, Noticed::Checks] {
                agree(&told, &case.site, &planned, &scenario.clone().at(noticed));
            }
            compared += 1;
        }
    }
    (compared, reasons)
}

/// What is told of the lines is what they carry.
fn agree(told: &str, site: &Site, planned: &Router, scenario: &Scenario) -> SiteStatus {
    let sent = Sent::of(&simulate(planned, scenario));
    let status = status(site, &observe(planned, scenario));
    assert_eq!(status.setup, Setup::Applied, "{told}: {:#?}", status.detail);
    for line in &status.lines {
        let (works, lost) = sent.over(&line.interface);
        let is_offline = line.state.is_up() == Some(false);
        assert_eq!(line.share, sum(works, lost), "{told}: {line:#?}\n{sent:#?}");
        assert!(
            !is_offline || works == Ratio::ZERO,
            "{told}: {line:#?}\n{sent:#?}"
        );
    }
    status
}

/// What the router tells of its lines fits every failure alike, whatever the version.
fn check(version: &'static str, worlds: usize) {
    let (compared, reasons) = compare(version);
    println!("{version}: {compared} worlds, three times each: {reasons:?}");
    assert_eq!(compared, worlds);
    assert_eq!(reasons.into_iter().collect::<Vec<_>>(), REASONS);
}

/// What is told of which failure; a session that is kept alive ends when nobody is there, and its port stays up.
const REASONS: [(Condition, Reason); 7] = [
    (Condition::LinkDown, Reason::NoLink),
    (Condition::LinkDown, Reason::NoAddress),
    (Condition::NoLease, Reason::NoAddress),
    (Condition::GatewayDead, Reason::NoAddress),
    (Condition::GatewayDead, Reason::GatewayDown),
    (Condition::GatewayDead, Reason::UpstreamDown),
    (Condition::UpstreamDead, Reason::UpstreamDown),
];

#[test]
fn on_6_49() {
    check("6.49.10", 436);
}

#[test]
fn on_7_9() {
    check("7.9", 436);
}

#[test]
fn on_7_18() {
    check("7.18.2", 436);
}

#[test]
fn on_7_22() {
    check("7.22.3", 436);
}
