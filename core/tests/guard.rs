//! "Commit confirmed": a plan with a guard takes itself back unless somebody confirms it, whatever happened to it until then.

use core::num::NonZeroU8;
use core::time::Duration;

use multi_isp::plan::{Change, NoGuard, Options, Part, Phase, Plan, plan_apply, plan_disable};
use multi_isp::preflight::{Context, Policies};
use multi_isp::routeros::router::{Outcome, Router, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::site::Site;
use serde_json::Value;

use crate::examples::{Case, VERSIONS, case, matrix};

const TEN: NonZeroU8 = NonZeroU8::new(10).unwrap();
const TEN_MINUTES: Duration = Duration::from_secs(600);
/// Whatever still stands by then runs often enough to be seen.
const A_DAY: Duration = Duration::from_secs(86_400);

/// What a script leaves behind, wherever it stops.
fn outcome(router: &Router, script: &[u8]) -> Outcome {
    let script = Script::parse(script)
        .unwrap_or_else(|errors| panic!("{errors}\n{}", String::from_utf8_lossy(script)));
    router.run(&script, &Unknown)
}

fn run(name: &str, router: &Router, script: &[u8]) -> Router {
    let outcome = outcome(router, script);
    assert!(outcome.error.is_none(), "{name}: {:?}", outcome.error);
    outcome.router
}

fn after(router: &Router, time: Duration) -> Router {
    quiet(router.advance(time, &Unknown))
}

fn restarted(router: &Router) -> Router {
    quiet(router.reboot(&Unknown))
}

/// The router after a time in which nothing went wrong.
fn quiet(outcome: Outcome) -> Router {
    assert!(
        outcome.error.is_none() && outcome.log.is_empty(),
        "{:?} {:?}",
        outcome.error,
        outcome.log
    );
    outcome.router
}

fn assert_same(name: &str, left: &Router, right: &Router) {
    let differences = left.diff(right);
    assert!(differences.is_empty(), "{name}: {differences:#?}");
}

fn apply(router: &Router, site: &Site) -> Plan {
    plan_apply(site, router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"))
}

fn disable(router: &Router) -> Plan {
    plan_disable(router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"))
}

/// The plan to apply a case, and the one that takes it away again, each with the router that it is for.
fn plans(case: &Case) -> [(Router, Plan); 2] {
    let plan = apply(&case.router, &case.site);
    let applied = run(&case.name, &case.router, &plan.script());
    let disabling = disable(&applied);
    [(case.router.clone(), plan), (applied, disabling)]
}

/// Every plan of the line matrix, to apply and to disable, in every version.
fn all() -> impl Iterator<Item = (String, Router, Plan)> {
    let cases = matrix()
        .into_iter()
        .flat_map(|case| VERSIONS.map(|version| case.at(version)));
    cases.flat_map(|case| {
        plans(&case).map(|(router, plan)| {
            (
                format!("{}, {:?} on {}", case.name, plan.purpose(), plan.version()),
                router,
                plan,
            )
        })
    })
}

#[test]
fn what_nobody_confirms_is_taken_back() {
    let mut plans = 0;
    for (name, start, plan) in all() {
        let guarded = run(&name, &start, &plan.guarded_script(TEN).unwrap());
        let before = after(&guarded, TEN_MINUTES - Duration::from_secs(1));
        assert!(
            !before.diff(&start).is_empty(),
            "{name}: it is taken back too early"
        );
        assert_same(&name, &after(&before, Duration::from_secs(1)), &start);
        assert_same(&name, &restarted(&guarded), &start);
        assert_same(&name, &run(&name, &guarded, &plan.undo_script()), &start);
        plans += 1;
    }
    assert_eq!(plans, 96);
}

#[test]
fn what_is_confirmed_stays_and_nothing_of_the_guard_does() {
    for (name, start, plan) in all() {
        let guarded = run(&name, &start, &plan.guarded_script(TEN).unwrap());
        let confirmed = run(&name, &guarded, &plan.confirm_script());
        let wanted = run(&name, &start, &plan.script());
        assert_same(&name, &confirmed, &wanted);
        // Schedulers of the plan itself may run, and change no row.
        assert_same(&name, &restarted(&after(&confirmed, A_DAY)), &wanted);
    }
}

/// How a plan comes to be taken back.
#[derive(Clone, Copy, Debug, PartialEq)]
enum End {
    ByHand,
    InTime,
    AtStart,
}

/// Each stop in one of the ways, so that each way has every third.
#[test]
fn it_is_taken_back_from_wherever_it_stopped() {
    let mut ends = [End::ByHand, End::InTime, End::AtStart].into_iter().cycle();
    let mut stops = 0;
    for (start, plan) in matrix().iter().flat_map(plans) {
        let undo = Script::parse(&plan.undo_script()).unwrap();
        let mut router = start.clone();
        for step in plan.part(Part::Guarded(TEN)).unwrap() {
            let command = step.change.command();
            let end = ends.next().unwrap();
            let name = format!("{end:?}, stopped after {}", String::from_utf8_lossy(&command));
            router = run(&name, &router, &command);
            let is_armed = router
                .table("/system/scheduler")
                .iter()
                .any(|row| row.is("name", "multi-isp-guard-startup"));
            let back = match end {
                End::InTime if is_armed => after(&router, TEN_MINUTES),
                End::AtStart if is_armed => restarted(&router),
                _ => router.run(&undo, &Unknown).router,
            };
            assert_same(&name, &back, &start);
            stops += 1;
        }
    }
    println!("{stops} stops");
    assert!(stops > 1_000, "{stops}");
}

/// Four lines in 64 buckets, so that the way back needs more than one script.
fn with_speeds(case: &Case, speeds: [u32; 4]) -> Site {
    let mut json: Value = serde_json::from_str(&case.site.to_json()).unwrap();
    for (line, mbps) in json["lines"].as_array_mut().unwrap().iter_mut().zip(speeds) {
        line["mbps"] = mbps.into();
    }
    json["max_buckets"] = 64.into();
    Site::from_json(json.to_string().as_bytes()).unwrap()
}

/// A site that comes in the place of another moves rows before rows that come: not all of those are there yet.
#[test]
fn a_change_of_speeds_is_taken_back_from_wherever_it_stopped() {
    let case = case("four-lines");
    let first = apply(&case.router, &with_speeds(&case, [94, 61, 37, 13]));
    let start = run("first", &case.router, &first.script());
    let plan = apply(&start, &with_speeds(&case, [13, 37, 61, 94]));
    let mut steps = plan.steps().iter();
    assert!(
        steps.any(|step| matches!(step.change, Change::Move { .. })),
        "{}",
        plan.summary()
    );
    let undo = plan.undo_script();
    let mut router = start.clone();
    for (number, step) in plan.steps().iter().enumerate() {
        router = run("step", &router, &step.change.command());
        if number % 3 == 0 {
            let name = format!("stopped after step {number}");
            assert_same(&name, &run(&name, &router, &undo), &start);
        }
    }
}

/// One guard takes over from another: whenever it stops, one of them is armed and takes everything back.
#[test]
fn a_guard_takes_over_without_a_gap() {
    let case = case("four-lines");
    let first = apply(&case.router, &with_speeds(&case, [94, 61, 37, 13]));
    let mut router = run("first", &case.router, &first.guarded_script(TEN).unwrap());
    for speeds in [[13, 37, 61, 94], [50, 50, 50, 50]] {
        let plan = apply(&router, &with_speeds(&case, speeds));
        let steps = plan.part(Part::Guarded(TEN)).unwrap();
        for (number, step) in steps.iter().enumerate() {
            let command = step.change.command();
            router = run("step", &router, &command);
            if step.phase == Phase::Guard || number % 20 == 0 {
                let name = format!("{speeds:?}, stopped after {}", String::from_utf8_lossy(&command));
                // Where two are armed, the first one takes the other one's script away: that is logged, and does no harm.
                let in_time = router.advance(TEN_MINUTES, &Unknown).router;
                assert_same(&name, &in_time, &case.router);
                assert_same(&name, &router.reboot(&Unknown).router, &case.router);
            }
        }
        assert_same("undone", &run("undo", &router, &plan.undo_script()), &case.router);
    }
    let last = apply(&router, &with_speeds(&case, [50, 50, 50, 50]));
    assert!(last.steps().is_empty() && last.is_unconfirmed());
}

#[test]
fn the_guard_stands_before_anything_else_is_changed() {
    let case = case("combined");
    let steps = apply(&case.router, &case.site).part(Part::Guarded(TEN)).unwrap();
    let menus: Vec<Option<&str>> = steps.iter().map(|step| step.change.menu()).collect();
    let (script, scheduler) = (Some("/system/script"), Some("/system/scheduler"));
    assert_eq!(menus[..5], [None, script, scheduler, scheduler, None]);
}

/// The script runs for longer than the guard waits: it stops before anything that disable could not mend. What is left is that the
/// guard runs between the look at it and the next command.
#[test]
fn a_plan_that_is_taken_back_while_it_is_sent_goes_no_further() {
    for case in matrix() {
        let plan = apply(&case.router, &case.site);
        let steps = plan.part(Part::Guarded(TEN)).unwrap();
        let commands: Vec<Vec<u8>> = steps.iter().map(|step| step.change.command()).collect();
        let mut router = case.router.clone();
        for (at, command) in commands.iter().enumerate() {
            router = run(&case.name, &router, command);
            let has_looked = steps[at].change.menu().is_none() && at + 1 < commands.len();
            if at < 5 || at % 3 != 0 || has_looked {
                continue;
            }
            let rest = commands[at + 1..].join(&b'\n');
            let stopped = outcome(&after(&router, TEN_MINUTES), &rest);
            let name = format!("{}, fired after {}", case.name, String::from_utf8_lossy(command));
            assert!(at + 1 == commands.len() || stopped.error.is_some(), "{name}");
            let disable = disable(&stopped.router);
            assert_same(
                &name,
                &run(&name, &stopped.router, &disable.script()),
                &case.router,
            );
        }
    }
}

/// Plans are made for the router as it was read: what was confirmed or taken back since makes them old.
#[test]
fn a_plan_that_waited_for_another_one_is_stopped_where_that_one_ended() {
    let case = case("combined");
    let other = case.site.to_json().replace("load_balance_failover", "failover");
    let other = Site::from_json(other.as_bytes()).unwrap();
    let first = apply(&case.router, &case.site);
    let guarded = run("first", &case.router, &first.guarded_script(TEN).unwrap());
    let confirmed = run("confirmed", &guarded, &first.confirm_script());
    let forgotten = after(&guarded, TEN_MINUTES);
    for second in [apply(&guarded, &other), disable(&guarded)] {
        for script in [second.guarded_script(TEN).unwrap(), second.script()] {
            for router in [&confirmed, &forgotten] {
                let outcome = outcome(router, &script);
                let error = outcome.error.unwrap().to_string();
                assert!(
                    error.contains("since this one was made: read the router and plan again"),
                    "{error}"
                );
                assert_same("nothing is changed", &outcome.router, router);
            }
        }
    }
    // The same file twice.
    let error = outcome(&guarded, &first.guarded_script(TEN).unwrap())
        .error
        .unwrap();
    assert!(error.to_string().contains("since this one was made"), "{error}");
}

#[test]
fn a_router_that_switches_the_guard_off_is_left_as_it_is() {
    let case = case("combined");
    let script = apply(&case.router, &case.site).guarded_script(TEN).unwrap();
    let forbidden = String::from_utf8(script)
        .unwrap()
        .replace("interval=10m", "disabled=yes interval=10m");
    let outcome = outcome(&case.router, forbidden.as_bytes());
    assert!(
        outcome
            .error
            .unwrap()
            .to_string()
            .contains("the guard is not armed, nothing was changed")
    );
    let disabled = run("disable", &outcome.router, &disable(&outcome.router).script());
    assert_same("disable", &disabled, &case.router);
}

#[test]
fn a_plan_that_was_taken_back_cannot_be_confirmed() {
    let case = case("combined");
    let plan = apply(&case.router, &case.site);
    let guarded = run("guarded", &case.router, &plan.guarded_script(TEN).unwrap());
    let forgotten = after(&guarded, TEN_MINUTES);
    let error = outcome(&forgotten, &plan.confirm_script())
        .error
        .unwrap()
        .to_string();
    assert!(error.contains("there is no guard to disarm"), "{error}");
}

/// The plan stops half way, and nobody confirms it: the next one takes over.
#[test]
fn a_second_plan_takes_the_guard_over() {
    let case = case("combined");
    let first = apply(&case.router, &case.site);
    let steps = first.part(Part::Guarded(TEN)).unwrap();
    for stop in (5..steps.len()).step_by(2) {
        let half = steps.iter().take(stop).fold(case.router.clone(), |router, step| {
            run("half", &router, &step.change.command())
        });
        let second = apply(&half, &case.site);
        assert!(second.is_unconfirmed());
        assert!(
            second
                .report()
                .findings()
                .iter()
                .any(|finding| finding.code.as_str() == "plan-not-confirmed")
        );
        // With a guard of its own it takes both back.
        let guarded = run("guarded", &half, &second.guarded_script(TEN).unwrap());
        for end in [
            after(&guarded, TEN_MINUTES),
            restarted(&guarded),
            run("undo", &guarded, &second.undo_script()),
        ] {
            assert_same("both are taken back", &end, &case.router);
        }
        let wanted = run("applied", &case.router, &first.script());
        assert_same(
            "confirmed",
            &run("confirmed", &guarded, &second.confirm_script()),
            &wanted,
        );
        // Without one it disarms the first one's, and stays.
        let alone = run("alone", &half, &second.script());
        assert_same("alone", &after(&alone, A_DAY), &wanted);
        assert_same(
            "disabled",
            &run("disabled", &half, &disable(&half).script()),
            &case.router,
        );
    }
}

#[test]
fn a_long_undo_stands_in_several_scripts() {
    let case = case("four-lines");
    let site = with_speeds(&case, [94, 61, 37, 13]);
    let plan = apply(&case.router, &site);
    let guarded = run("guarded", &case.router, &plan.guarded_script(TEN).unwrap());
    let scripts = guarded
        .table("/system/script")
        .iter()
        .filter(|row| row.text("name").unwrap().starts_with("multi-isp-undo"));
    let sizes: Vec<usize> = scripts
        .map(|row| row.get("source").unwrap().as_bytes().len())
        .collect();
    println!("scripts of {sizes:?} bytes");
    assert!(
        sizes.len() > 1 && sizes.iter().all(|size| *size < 28_000),
        "{sizes:?}"
    );
    assert_same("forgotten", &after(&guarded, TEN_MINUTES), &case.router);
    let confirmed = run("confirmed", &guarded, &plan.confirm_script());
    assert_same(
        "confirmed",
        &confirmed,
        &run("applied", &case.router, &plan.script()),
    );
}

/// Somebody adds a row that stands in the way of one that has to come back: the others come back all the same.
#[test]
fn what_refuses_to_come_back_keeps_nothing_else_from_it() {
    let case = case("combined");
    let [_, (applied, plan)] = plans(&case);
    let guarded = run("guarded", &applied, &plan.guarded_script(TEN).unwrap());
    let taken = run(
        "taken",
        &guarded,
        b"/routing table add fib name=multi-isp-fiber comment=mine\n",
    );
    let outcome = taken.advance(TEN_MINUTES, &Unknown);
    let messages: Vec<String> = outcome
        .log
        .iter()
        .map(|entry| entry.message.to_text().into_owned())
        .collect();
    assert_eq!(messages, ["multi-isp: a change was not taken back"]);
    let menus: Vec<String> = outcome
        .router
        .diff(&applied)
        .into_iter()
        .map(|difference| format!("{difference:?}"))
        .collect();
    assert!(
        menus
            .iter()
            .all(|difference| difference.contains("/routing/table")),
        "{menus:#?}"
    );
}

#[test]
fn who_may_not_have_a_guard_is_told_and_gets_the_plan_without() {
    let case = case("combined");
    let context = Context {
        policies: Some(Policies::of_group("read,write,ssh,!test")),
        ..Context::default()
    };
    let plan = plan_apply(&case.site, &case.router, &Options { context }).unwrap();
    let NoGuard(findings) = plan.guarded_script(TEN).unwrap_err();
    let messages: Vec<&str> = findings.iter().map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        messages,
        ["the user lacks `test`: a plan cannot take itself back"]
    );
    assert_same(
        "without",
        &run("plan", &case.router, &plan.script()),
        &run("plan", &case.router, &apply(&case.router, &case.site).script()),
    );
}

#[test]
fn what_it_looks_like() {
    let case = case("two-starlinks");
    let plan = apply(&case.router, &case.site);
    let text = |script: Vec<u8>| String::from_utf8(script).unwrap();
    insta::assert_snapshot!("guarded", text(plan.guarded_script(TEN).unwrap()));
    insta::assert_snapshot!("confirm", text(plan.confirm_script()));
    let guarded = run("guarded", &case.router, &plan.guarded_script(TEN).unwrap());
    let undo = guarded
        .table("/system/script")
        .find_by("name", "multi-isp-undo")
        .unwrap();
    insta::assert_snapshot!("undo", undo.text("source").unwrap());
}
