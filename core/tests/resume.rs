//! A plan that did not run to its end: the next one goes on from there, and disable gives the router back.

use multi_isp::plan::{Options, Phase, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::{Router, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::site::Site;
use multi_isp::survey::{Role, Tag};
use serde_json::Value;

use crate::examples::{Case, VERSIONS, case, matrix};

/// The router after a command, which may be refused.
fn after(router: &Router, command: &[u8]) -> Router {
    let script = Script::parse(command).unwrap_or_else(|errors| panic!("{errors}"));
    router.run(&script, &Unknown).router
}

fn run(name: &str, router: &Router, script: &[u8]) -> Router {
    let outcome = router.run(&Script::parse(script).unwrap(), &Unknown);
    assert!(outcome.error.is_none(), "{name}: {:?}", outcome.error);
    outcome.router
}

fn apply(name: &str, site: &Site, router: &Router) -> Plan {
    plan_apply(site, router, &Options::default()).unwrap_or_else(|error| panic!("{name}: {error:#?}"))
}

fn assert_same(name: &str, left: &Router, right: &Router) {
    let differences = left.diff(right);
    assert!(differences.is_empty(), "{name}: {differences:#?}");
}

/// What a plan left half done is finished by the next plan, and taken away by disable.
fn assert_resumes(name: &str, case: &Case, half: &Router) {
    let finished = run(name, half, &apply(name, &case.site, half).script());
    let again = apply(name, &case.site, &finished);
    assert!(again.is_empty(), "{name}: {}", again.summary());
    let disable =
        plan_disable(half, &Options::default()).unwrap_or_else(|error| panic!("{name}: {error:#?}"));
    assert_same(name, &run(name, half, &disable.script()), &case.router);
}

/// A step that is not done, and what is done of the rest.
#[derive(Clone, Copy, Debug)]
enum Fault {
    /// The script stops before the step, as RouterOS does where a row is refused.
    Stops,
    /// Who sends line by line goes on after the refusal; not where the original values were to be written down, which nobody
    /// could tell afterwards.
    GoesOn,
}

/// How many times a plan was resumed: of every other step by turns, each is judged so in two versions of the four.
fn judge(at: usize) -> usize {
    let version = VERSIONS[at];
    let mut resumed = 0;
    for case in matrix().into_iter().map(|case| case.at(version)) {
        let plan = apply(&case.name, &case.site, &case.router);
        let commands: Vec<Vec<u8>> = plan.steps().iter().map(|step| step.change.command()).collect();
        for (number, step) in plan.steps().iter().enumerate() {
            let stops = number % 2 == at % 2 || step.phase == Phase::Arm;
            let fault = if stops { Fault::Stops } else { Fault::GoesOn };
            let done = commands.iter().enumerate().filter(|(other, _)| match fault {
                Fault::Stops => *other < number,
                Fault::GoesOn => *other != number,
            });
            let half = done.fold(case.router.clone(), |router, (_, command)| {
                after(&router, command)
            });
            let command = String::from_utf8_lossy(&commands[number]);
            assert_resumes(
                &format!("{} on {version}, {fault:?} at {command}", case.name),
                &case,
                &half,
            );
            resumed += 1;
        }
    }
    println!("{resumed} resumed on {version}");
    resumed
}

#[test]
fn every_step_may_fail_on_6() {
    assert!(judge(0) > 500);
}

#[test]
fn every_step_may_fail_on_7_9() {
    assert!(judge(1) > 500);
}

#[test]
fn every_step_may_fail_on_7_18() {
    assert!(judge(2) > 500);
}

#[test]
fn every_step_may_fail_on_7_22() {
    assert!(judge(3) > 500);
}

/// Removal may stop too: it goes on, and so does a plan that brings the lines back.
#[test]
fn disable_may_fail_at_every_step() {
    for version in [VERSIONS[0], VERSIONS[3]] {
        for case in matrix().into_iter().map(|case| case.at(version)) {
            let name = format!("{} on {version}", case.name);
            let applied = run(
                &name,
                &case.router,
                &apply(&name, &case.site, &case.router).script(),
            );
            let disable = plan_disable(&applied, &Options::default()).unwrap();
            let mut half = applied;
            for step in disable.steps() {
                let command = step.change.command();
                half = run(&name, &half, &command);
                assert_resumes(
                    &format!("{name}, stopped after {}", String::from_utf8_lossy(&command)),
                    &case,
                    &half,
                );
            }
        }
    }
}

/// Our rows, but the record of original values, which is what disable goes by.
fn own_rows(router: &Router) -> Vec<(&'static str, Tag)> {
    let tagged = |menu: &'static str| {
        let rows = router.table(menu).iter();
        rows.filter_map(move |row| Some((menu, Tag::parse(menu, row.get(Tag::property(menu))?.as_bytes())?)))
    };
    let rows = Role::menus().flat_map(tagged);
    rows.filter(|(_, tag)| tag.role() != Role::Restore).collect()
}

/// Somebody removes a row of ours by hand, and nobody has the site any more: each row in one of two versions.
#[test]
fn disable_gives_the_router_back_whatever_was_removed_by_hand() {
    let cases =
        [VERSIONS[0], VERSIONS[3]].map(|version| matrix().into_iter().map(move |case| case.at(version)));
    let mut removed = 0;
    for (first, case) in cases
        .into_iter()
        .enumerate()
        .flat_map(|(first, cases)| cases.map(move |case| (first, case)))
    {
        let applied = run(
            &case.name,
            &case.router,
            &apply(&case.name, &case.site, &case.router).script(),
        );
        for (menu, tag) in own_rows(&applied).into_iter().skip(first).step_by(2) {
            let path = menu.trim_start_matches('/').replace('/', " ");
            let gone = format!(
                "/{path} remove [find where {}={:?}]",
                Tag::property(menu),
                tag.text()
            );
            let half = run(&gone, &applied, gone.as_bytes());
            let disable = plan_disable(&half, &Options::default())
                .unwrap_or_else(|error| panic!("{}, {gone}: {error:#?}", case.name));
            assert_same(&gone, &run(&gone, &half, &disable.script()), &case.router);
            removed += 1;
        }
    }
    println!("{removed} rows were removed by hand");
    assert!(removed > 400, "{removed}");
}

#[test]
fn each_phase_is_a_script_and_each_line_a_command() {
    for case in matrix() {
        let plan = apply(&case.name, &case.site, &case.router);
        let phases = plan.phase_scripts();
        let mut order: Vec<_> = phases
            .iter()
            .map(|phase| (phase.phase, phase.direction))
            .collect();
        order.dedup();
        assert_eq!(order.len(), phases.len(), "{}: a part has one script", case.name);
        let lines = phases
            .iter()
            .flat_map(|phase| phase.script.split(|byte| *byte == b'\n'));
        let lines: Vec<&[u8]> = lines
            .filter(|line| !line.is_empty() && !line.starts_with(b"#"))
            .collect();
        assert_eq!(lines.len(), plan.steps().len(), "{}", case.name);
        let by_lines = lines
            .into_iter()
            .fold(case.router.clone(), |router, line| run(&case.name, &router, line));
        assert_same(
            &case.name,
            &by_lines,
            &run(&case.name, &case.router, &plan.script()),
        );
    }
}

/// Failover, then both, then three lines, then other ports, then nothing: the router is what it was.
#[test]
fn plans_in_a_row_end_where_they_began() {
    let three = case("three-lines");
    let json: Value = serde_json::from_str(&three.site.to_json()).unwrap();
    let of = |mode: &str, lines: usize, ports: &[(usize, &str)]| {
        let mut json = json.clone();
        json["mode"] = mode.into();
        json["lines"].as_array_mut().unwrap().truncate(lines);
        for (line, port) in ports {
            json["lines"][*line]["interface"] = (*port).into();
        }
        Site::from_json(json.to_string().as_bytes()).unwrap()
    };
    let sites = [
        of("failover", 2, &[]),
        of("load_balance_failover", 2, &[]),
        of("load_balance_failover", 3, &[]),
        of("load_balance_failover", 3, &[(1, "ether6"), (2, "ether7")]),
    ];
    for version in VERSIONS {
        let start = three.at(version).router;
        let mut router = start.clone();
        for site in &sites {
            let plan = apply(version, site, &router);
            assert!(!plan.is_empty(), "{version}: {}", site.to_json());
            let next = run(version, &router, &plan.script());
            assert!(
                apply(version, site, &next).is_empty(),
                "{version}: {}",
                site.to_json()
            );
            assert_same(version, &run(version, &next, &plan.undo_script()), &router);
            router = next;
        }
        let disable = plan_disable(&router, &Options::default()).unwrap();
        assert_same(version, &run(version, &router, &disable.script()), &start);
    }
}
