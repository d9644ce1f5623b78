//! Plans of the documented cases, proven on the twin.

use multi_isp::plan::{Options, Phase, Plan, PlanError, plan_apply, plan_disable};
use multi_isp::preflight::Context;
use multi_isp::routeros::router::{Live, Outcome, Router, Row, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::value::Value as RosValue;
use multi_isp::survey::site_of;

use crate::examples::{Case, case, cases, router, site};
use crate::json_schema::faults_of_text;

fn plan(case: &Case) -> Plan {
    plan_apply(&case.site, &case.router, &Options::default())
        .unwrap_or_else(|error| panic!("{}: {error:#?}", case.name))
}

/// The router after a script that must run to its end.
fn run(name: &str, router: &Router, script: &[u8]) -> Router {
    let parsed = Script::parse(script).unwrap_or_else(|errors| panic!("{name}: {errors}"));
    let Outcome { router, error, .. } = router.run(&parsed, &Unknown);
    if let Some(error) = error {
        panic!("{name}: {error}\n{}", String::from_utf8_lossy(script));
    }
    router
}

fn assert_same(name: &str, left: &Router, right: &Router) {
    let differences = left.diff(right);
    assert!(differences.is_empty(), "{name}: {differences:#?}");
}

#[test]
fn a_second_plan_has_nothing_to_do() {
    for case in cases() {
        let applied = run(&case.name, &case.router, &plan(&case).script());
        let again =
            plan_apply(&case.site, &applied, &Options::default()).expect("a planned router can be planned");
        assert!(again.is_empty(), "{}: {}", case.name, again.summary());
        assert_eq!(
            site_of(&applied),
            Some(Ok(case.site.without_secrets())),
            "{}",
            case.name
        );
    }
}

#[test]
fn undo_gives_back_the_router() {
    for case in cases() {
        let plan = plan(&case);
        let applied = run(&case.name, &case.router, &plan.script());
        assert!(
            !applied.diff(&case.router).is_empty(),
            "{}: the plan changed nothing",
            case.name
        );
        assert_same(
            &case.name,
            &run(&case.name, &applied, &plan.undo_script()),
            &case.router,
        );
    }
}

#[test]
fn undo_is_right_after_every_step() {
    for case in cases() {
        let plan = plan(&case);
        let mut router = case.router.clone();
        for (index, step) in plan.steps().iter().enumerate() {
            let name = format!("{}, step {index}", case.name);
            router = run(&name, &router, &step.change.command());
            assert_same(&name, &run(&name, &router, &plan.undo_script()), &case.router);
        }
    }
}

#[test]
fn disable_takes_everything_away_and_can_be_undone() {
    for case in cases() {
        let applied = run(&case.name, &case.router, &plan(&case).script());
        let disable = plan_disable(&applied, &Options::default()).expect("a planned router can be freed");
        let disabled = run(&case.name, &applied, &disable.script());
        assert_same(&case.name, &disabled, &case.router);
        assert!(
            plan_disable(&disabled, &Options::default())
                .expect("a free router can be planned")
                .is_empty(),
            "{}",
            case.name
        );
        assert_same(
            &case.name,
            &run(&case.name, &disabled, &disable.undo_script()),
            &applied,
        );
    }
}

#[test]
fn the_old_default_steps_back_only_behind_routes_that_work() {
    for case in cases() {
        let plan = plan(&case);
        let phases: Vec<Phase> = plan.steps().iter().map(|step| step.phase).collect();
        let mut sorted = phases.clone();
        sorted.sort();
        assert_eq!(
            phases, sorted,
            "{}: a fresh plan goes through its phases in order",
            case.name
        );
        let switches = phases.contains(&Phase::Switch);
        assert_eq!(
            switches,
            phases.contains(&Phase::Verify),
            "{}: what switches verifies before",
            case.name
        );
    }
}

#[test]
fn routes_follow_the_lease_of_their_line_and_no_other() {
    /// Both clients are bound, to the gateways that their interfaces tell.
    struct Bound;
    impl Live for Bound {
        fn property(&self, _: &Router, menu: &str, row: &Row, name: &str) -> Option<RosValue> {
            let gateway = if row.is("interface", "ether1") {
                "203.0.113.1"
            } else {
                "203.0.113.129"
            };
            match (menu, name) {
                ("/ip/dhcp-client", "status") => Some(RosValue::from("bound")),
                ("/ip/dhcp-client", "gateway") => Some(RosValue::from(gateway)),
                _ => None,
            }
        }
    }
    let hops = |router: &Router, line: &str| -> Vec<(String, bool)> {
        let prefix = format!("multi-isp:probe:{line}:");
        let routes = router.table("/ip/route").iter();
        let own = routes.filter(|row| {
            row.comment()
                .is_some_and(|own| own.to_text().starts_with(&prefix))
        });
        own.map(|row| {
            (
                row.text("gateway").expect("a probe has one").into_owned(),
                row.disabled(),
            )
        })
        .collect()
    };
    let twice = |hop: &str, disabled| vec![(hop.to_owned(), disabled); 2];
    let case = case("hotspot-combined");
    let plan = plan(&case);

    // The clients are bound already: the plan itself copies their gateways.
    let applied = case
        .router
        .run(&Script::parse(&plan.script()).expect("it parses"), &Bound);
    assert!(applied.error.is_none());
    let applied = applied.router;
    assert_eq!(hops(&applied, "fiber"), twice("203.0.113.1%ether1", false));
    assert_eq!(hops(&applied, "wireless"), twice("203.0.113.129%ether2", false));

    // The provider moves the second line's gateway, and later takes its lease away: RouterOS runs the client's script.
    let lease = |router: &Router, bound: &str, gateway: &str| {
        let client = router
            .table("/ip/dhcp-client")
            .find_by("interface", "ether2")
            .expect("the plan added it");
        let script =
            Script::parse(client.get("script").expect("with a script").as_bytes()).expect("it parses");
        let variables = [
            ("bound", bound),
            ("gateway-address", gateway),
            ("interface", "ether2"),
        ];
        let outcome = router.run_with(
            &script,
            &variables.map(|(name, value)| (name, RosValue::from(value))),
            &Unknown,
        );
        assert!(outcome.error.is_none(), "{:?}", outcome.error);
        outcome.router
    };
    let moved = lease(&applied, "1", "203.0.113.130");
    assert_eq!(hops(&moved, "wireless"), twice("203.0.113.130%ether2", false));
    assert_eq!(hops(&moved, "fiber"), twice("203.0.113.1%ether1", false));
    assert_eq!(
        hops(&lease(&moved, "1", ""), "wireless"),
        twice("203.0.113.130%ether2", false),
        "no gateway, no change"
    );
    let lost = lease(&moved, "0", "");
    assert_eq!(hops(&lost, "wireless"), twice("203.0.113.130%ether2", true));
    assert_eq!(hops(&lost, "fiber"), twice("203.0.113.1%ether1", false));

    // None of that is drift.
    for router in [&applied, &moved, &lost] {
        assert!(
            plan_apply(&case.site, router, &Options::default())
                .expect("it can be planned")
                .is_empty()
        );
    }
}

#[test]
fn a_plan_conforms_to_its_json_schema() {
    for case in cases() {
        assert_eq!(
            faults_of_text(Plan::JSON_SCHEMA, &plan(&case).to_json()),
            Vec::<String>::new(),
            "{}",
            case.name
        );
    }
}

#[test]
fn scripts_read_well() {
    for case in cases() {
        let plan = plan(&case);
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("scripts are ASCII");
        insta::assert_snapshot!(format!("{}-script", case.name), text(plan.script()));
        insta::assert_snapshot!(format!("{}-undo", case.name), text(plan.undo_script()));
        insta::assert_snapshot!(format!("{}-summary", case.name), plan.summary());
    }
}

#[test]
fn a_switch_waits_for_routes_that_work() {
    /// A router on which no route of `comment` works.
    struct Dead(&'static str);
    impl Live for Dead {
        fn property(&self, _: &Router, menu: &str, row: &Row, name: &str) -> Option<RosValue> {
            let is_dead =
                menu == "/ip/route" && row.comment().is_some_and(|own| own.to_text().starts_with(self.0));
            (is_dead && name == "inactive").then(|| RosValue::from("yes"))
        }
    }
    let case = case("hotspot-combined");
    let plan = plan(&case);
    let script = Script::parse(&plan.script()).expect("what is emitted parses");

    let stopped = case.router.run(&script, &Dead("multi-isp:main:fiber:"));
    let error = stopped.error.expect("the script stops");
    assert!(
        error.to_string().contains("no new route of fiber works"),
        "{error}"
    );
    let distance = |router: &Router| {
        router
            .table("/ip/dhcp-client")
            .find_by("interface", "ether1")
            .map(|row| row.is("default-route-distance", "1"))
    };
    assert_eq!(
        distance(&stopped.router),
        Some(true),
        "the old default stays the better one"
    );
    assert_same(
        "undo of a stopped script",
        &run("undo", &stopped.router, &plan.undo_script()),
        &case.router,
    );

    let healthy = case.router.run(&script, &Dead("multi-isp:main:wireless:"));
    assert!(
        healthy.error.is_none(),
        "a dead second line does not keep the first from being switched"
    );
    assert_eq!(distance(&healthy.router), Some(false));
}

#[test]
fn what_hands_changed_is_mended_and_nothing_else() {
    let case = case("fiber-wireless");
    let applied = run(&case.name, &case.router, &plan(&case).script());
    let edits: [(&str, usize); 4] = [
        (
            r#"/ip route set [find where comment="multi-isp:main:fiber:1"] distance=9 pref-src=10.1.1.1"#,
            1,
        ),
        (
            r#"/ip firewall mangle remove [find where comment="multi-isp:pcc:fiber:1"]"#,
            1,
        ),
        (
            r#"/ip firewall mangle move [find where comment="multi-isp:bypass:site:1"]"#,
            1,
        ),
        (
            r#"/ip firewall mangle add chain=prerouting action=accept comment=mine place-before=[:pick [find where chain=prerouting] 0]"#,
            1,
        ),
    ];
    for (edit, steps) in edits {
        let edited = run(edit, &applied, edit.as_bytes());
        let mend =
            plan_apply(&case.site, &edited, &Options::default()).expect("an edited router can be planned");
        assert_eq!(mend.steps().len(), steps, "{edit}: {}", mend.summary());
        let mended = run(edit, &edited, &mend.script());
        let again =
            plan_apply(&case.site, &mended, &Options::default()).expect("a mended router can be planned");
        assert!(again.is_empty(), "{edit}: {}", again.summary());
        assert_same(edit, &run(edit, &mended, &mend.undo_script()), &edited);
    }
}

/// A script belongs to the user who added it; exports and REST say who that was.
#[test]
fn what_a_router_fills_in_by_itself_is_no_drift() {
    for case in cases() {
        let applied = run(&case.name, &case.router, &plan(&case).script());
        let seen = run(&case.name, &applied, b"/system script set [find] owner=admin");
        let again =
            plan_apply(&case.site, &seen, &Options::default()).expect("a planned router can be planned");
        assert!(again.is_empty(), "{}: {}", case.name, again.summary());
    }
}

#[test]
fn one_site_after_the_other_ends_where_it_began() {
    let router = router("routers/hex-hotspot-pppoe-7.20.rsc");
    let mut now = router.clone();
    for path in [
        "sites/fiber-lte.json",
        "sites/fiber-wireless-dhcp.json",
        "sites/hotspot-port.json",
        "sites/fiber-lte.json",
    ] {
        let site = site(path);
        let plan =
            plan_apply(&site, &now, &Options::default()).unwrap_or_else(|error| panic!("{path}: {error:#?}"));
        let next = run(path, &now, &plan.script());
        let again = plan_apply(&site, &next, &Options::default()).expect("a planned router can be planned");
        assert!(again.is_empty(), "{path}: {}", again.summary());
        assert_same(path, &run(path, &next, &plan.undo_script()), &now);
        now = next;
    }
    let disable = plan_disable(&now, &Options::default()).expect("a planned router can be freed");
    assert_same("disable", &run("disable", &now, &disable.script()), &router);
}

#[test]
fn there_is_no_plan_for_a_router_that_is_not_understood() {
    let case = case("fiber-wireless");
    let plan = |router: &Router| plan_apply(&case.site, router, &Options::default());
    let old = Router::from_export(b"# jan/02/2018 10:00:00 by RouterOS 6.39.3\n", None).expect("it loads");
    assert!(matches!(plan(&old), Err(PlanError::VersionTooOld { version }) if version.minor == 39));
    let unversioned =
        Router::from_export(b"/ip address add address=10.0.0.1/24 interface=ether5", None).expect("it loads");
    assert!(matches!(plan(&unversioned), Err(PlanError::VersionUnknown)));
    let unreachable = Options {
        context: Context {
            reachable: false,
            ..Context::default()
        },
    };
    assert!(
        matches!(plan_apply(&case.site, &case.router, &unreachable), Err(PlanError::Refused(report)) if report.blocks())
    );
}
