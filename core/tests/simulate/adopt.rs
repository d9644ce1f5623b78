//! Set-ups that somebody made by hand, and what becomes of their customers when a plan replaces them.
//!
//! All are made by hand, after the listings of the manual: two static lines beside the office.

use std::format as f;

use multi_isp::diagnostic::Subject;
use multi_isp::plan::{Options, Plan, PlanError, plan_apply, plan_disable};
use multi_isp::preflight::Context;
use multi_isp::routeros::router::Router;
use multi_isp::simulate::{Condition, Scenario, settle};
use multi_isp::site::Site;
use multi_isp::survey::{ExistingSetup, SetupRole, existing_setup};

use super::steps::traffic;
use super::walk::{Walk, is_served, trace};
use super::wanted::{Served, Wanted};
use crate::office::two_lines::{router, site};
use crate::twin::run;

const BY_DISTANCE: &str = "\
/ip route add check-gateway=ping distance=1 dst-address=0.0.0.0/0 gateway=198.51.100.1
/ip route add check-gateway=ping comment=backup distance=2 dst-address=0.0.0.0/0 gateway=203.0.113.1
";

/// The target scope differs by major.
fn recursive(target: u8) -> String {
    f!("\
/ip route add comment=far1 dst-address=8.8.8.8/32 gateway=198.51.100.1 scope=10
/ip route add comment=far2 dst-address=9.9.9.10/32 gateway=203.0.113.1 scope=10
/ip route add check-gateway=ping comment=first distance=1 dst-address=0.0.0.0/0 gateway=8.8.8.8 target-scope={target}
/ip route add check-gateway=ping comment=second distance=2 dst-address=0.0.0.0/0 gateway=9.9.9.10 target-scope={target}
")
}

/// 1:1, each table with its own line alone: main stands in. The tables are rows on 7, and spring from the routes on 6.
fn pcc(major: u64) -> String {
    let (tables, table) = if major == 6 {
        ("", "routing-mark")
    } else {
        (
            "/routing table add fib name=to1\n/routing table add fib name=to2\n",
            "routing-table",
        )
    };
    let rule = |remainder: u8, line: u8| {
        f!(
            "/ip firewall mangle add action=mark-connection chain=prerouting comment=pcc{line} connection-mark=no-mark connection-state=new dst-address-type=!local in-interface=bridge new-connection-mark=c{line} passthrough=yes per-connection-classifier=both-addresses:2/{remainder}\n"
        )
    };
    let line = |line: u8, gateway: &str| {
        f!("\
/ip route add check-gateway=ping comment=table{line} dst-address=0.0.0.0/0 gateway={gateway} {table}=to{line}
/ip firewall mangle add action=mark-connection chain=prerouting comment=in{line} connection-mark=no-mark in-interface=ether{line} new-connection-mark=c{line} passthrough=yes
/ip firewall mangle add action=mark-routing chain=prerouting comment=route{line} connection-mark=c{line} in-interface=bridge new-routing-mark=to{line} passthrough=no
/ip firewall mangle add action=mark-routing chain=output comment=reply{line} connection-mark=c{line} new-routing-mark=to{line} passthrough=no
")
    };
    let fasttrack = "/ip firewall filter set [find action=fasttrack-connection] connection-mark=no-mark\n";
    [
        tables,
        fasttrack,
        &rule(0, 1),
        &rule(1, 2),
        &line(1, "198.51.100.1"),
        &line(2, "203.0.113.1"),
        BY_DISTANCE,
    ]
    .concat()
}

fn options(existing: ExistingSetup) -> Options {
    let context = Context {
        existing,
        ..Context::default()
    };
    Options { context }
}

fn planned(site: &Site, router: &Router, existing: ExistingSetup) -> Plan {
    plan_apply(site, router, &options(existing)).unwrap_or_else(|error| panic!("{error:#?}"))
}

/// The codes of the errors that a plan is refused for.
fn refused(site: &Site, router: &Router, existing: ExistingSetup) -> Vec<&'static str> {
    match plan_apply(site, router, &options(existing)) {
        Ok(_) => Vec::new(),
        Err(PlanError::Refused(report)) => report.errors().map(|found| found.code.as_str()).collect(),
        Err(error) => panic!("{error:#?}"),
    }
}

/// Row by row, also when both are exported and read again.
fn assert_same(name: &str, left: &Router, right: &Router) {
    assert_eq!(left.diff(right), [], "{name}");
    let again = |router: &Router| Router::from_export(&router.to_export(), None).unwrap();
    assert_eq!(again(left).diff(&again(right)), [], "{name}");
}

/// Every step of a plan serves customers while the lines are up, and with the second one dead where that is seen before and after.
fn go(name: &str, plan: &Plan, site: &Site, start: &Router, end: &Router) {
    let traffic = traffic(site);
    let walk = |world: &Scenario| {
        let start = settle(start, world);
        if let Err(error) = Walk::of(plan, &traffic).go(&start, world) {
            panic!("{name}, {world:?}: {error}");
        }
    };
    walk(&Scenario::default());
    let dead = Scenario::default().with_line("ether2", Condition::GatewayDead);
    let is_seen = |router: &Router| is_served(&settle(router, &dead), &dead, &traffic[0]).is_ok();
    if is_seen(start) && is_seen(end) {
        walk(&dead);
    }
}

/// What customers get afterwards is what the site promises.
fn shares(name: &str, plan: &Plan, site: &Site, start: &Router, applied: &Router) {
    let wanted = Wanted::of(site, start, plan);
    let told = |failure: Condition, down: &[String]| {
        let world = down.iter().fold(Scenario::default(), |world, line| {
            world.with_line(line.as_str(), failure)
        });
        let settled = settle(applied, &world);
        let served = Served::of(&trace(&settled, &world, &traffic(site)[0]));
        assert_eq!(
            served,
            wanted.customers(failure, down),
            "{name}, {failure:?} {down:?}"
        );
    };
    told(Condition::Up, &[]);
    for line in ["ether1", "ether2"] {
        for failure in [
            Condition::LinkDown,
            Condition::GatewayDead,
            Condition::UpstreamDead,
        ] {
            if wanted.sees(line, failure) {
                told(failure, &[line.to_owned()]);
            }
        }
    }
}

/// A set-up is refused, replaced with every step served, goes back exactly, and comes back exactly.
fn judge(name: &str, router: &Router) {
    for (mode, health) in [
        ("failover", "internet"),
        ("load_balance_failover", "internet"),
        ("load_balance", "link"),
    ] {
        let name = f!("{name}, {mode}, {health}");
        let site = site(mode, health);
        assert!(
            refused(&site, router, ExistingSetup::Refuse)
                .iter()
                .all(|code| *code == "existing-multi-wan"),
            "{name}"
        );
        let plan = planned(&site, router, ExistingSetup::Replace);
        let applied = run(router, &plan.script());
        go(&name, &plan, &site, router, &applied);
        shares(&name, &plan, &site, router, &applied);
        for found in existing_setup(&site, router) {
            let row = applied.table(found.menu).by_id(found.row.id());
            assert!(row.is_some_and(|row| row.disabled()), "{name}, {:?}", found.row);
        }
        for existing in [ExistingSetup::Replace, ExistingSetup::Refuse] {
            let again = planned(&site, &applied, existing);
            assert!(again.is_empty(), "{name}\n{}", again.summary());
        }
        assert_same(&name, &run(&applied, &plan.undo_script()), router);
        let disable = plan_disable(&applied, &Options::default()).unwrap();
        let name = f!("{name}, taken away");
        go(&name, &disable, &site, &applied, router);
        assert_same(&name, &run(&applied, &disable.script()), router);
    }
}

#[test]
fn failover_by_distance_is_replaced() {
    for version in ["6.49.10", "7.22.3"] {
        judge(version, &router(version, BY_DISTANCE));
    }
}

#[test]
fn recursive_failover_is_replaced() {
    for (version, target) in [("6.49.10", 10), ("7.22.3", 11)] {
        judge(version, &router(version, &recursive(target)));
    }
}

#[test]
fn a_load_balance_by_classifier_is_replaced() {
    for (version, major) in [("6.49.10", 6), ("7.22.3", 7)] {
        judge(version, &router(version, &pcc(major)));
    }
}

/// One default over both gateways shares by itself, and a rule lets a host out by its table alone.
#[test]
fn shared_defaults_and_rules_are_replaced() {
    let rows = "/routing table add fib name=voip\n\
        /ip route add comment=ecmp dst-address=0.0.0.0/0 gateway=198.51.100.1,203.0.113.1\n\
        /ip route add comment=voip dst-address=0.0.0.0/0 gateway=203.0.113.1 routing-table=voip\n\
        /routing rule add action=lookup-only-in-table comment=phone src-address=192.168.88.20/32 table=voip\n";
    judge("7.22.3", &router("7.22.3", rows));
}

/// Rules that somebody entered twice cannot be told from each other, nor from one that says more.
#[test]
fn rows_that_are_alike_are_replaced_together() {
    let again = "/ip firewall mangle add action=mark-routing chain=output connection-mark=c1 new-routing-mark=to1 passthrough=no\n";
    let more = "/ip firewall mangle add action=mark-routing chain=output connection-mark=c1 dst-address=1.1.1.1 new-routing-mark=to1 passthrough=no\n";
    judge(
        "twice",
        &router("7.22.3", &[&pcc(7), again, more, again].concat()),
    );
}

/// What the manual calls advanced failover: netwatch moves the routes.
#[test]
fn what_switches_routes_by_itself_is_replaced() {
    let rows = "/tool netwatch add comment=watch down-script=\"/ip route disable [find comment=first]\" host=8.8.8.8 up-script=\"/ip route enable [find comment=first]\"\n\
        /ip route add comment=pin dst-address=8.8.8.8/32 gateway=198.51.100.1\n\
        /ip route add comment=first distance=1 dst-address=0.0.0.0/0 gateway=198.51.100.1\n\
        /ip route add comment=second distance=2 dst-address=0.0.0.0/0 gateway=203.0.113.1\n\
        /system script add name=look source=\":if ([/ip route get [find comment=first] distance]>5) do={/ip route set [find comment=first] distance=1}\"\n\
        /system scheduler add interval=1m name=look on-event=look\n\
        /system scheduler add name=wake on-event=\"/system scheduler enable [find name=\\\"look\\\"]\" start-time=startup\n\
        /system scheduler add interval=1d name=backup on-event=\"/system backup save\"\n";
    let router = router("7.22.3", rows);
    judge("7.22.3", &router);
    let found = existing_setup(&site("failover", "internet"), &router);
    let told: Vec<(SetupRole, String)> = found
        .iter()
        .map(|found| {
            let name = found.row.text("comment").or_else(|| found.row.text("name"));
            (found.role, name.unwrap().into_owned())
        })
        .collect();
    let wanted = [
        (SetupRole::Schedule, "look"),
        (SetupRole::Schedule, "wake"),
        (SetupRole::Watch, "watch"),
        (SetupRole::Default, "second"),
        (SetupRole::Probe, "pin"),
    ];
    assert_eq!(told, wanted.map(|(role, name)| (role, name.to_owned())));
}

#[test]
fn what_is_no_choice_between_the_lines_is_left_alone() {
    let rows = "/interface wireguard add name=wg1\n\
        /routing table add fib name=vpn\n\
        /ip route add distance=1 dst-address=0.0.0.0/0 gateway=198.51.100.1\n\
        /ip route add distance=210 dst-address=0.0.0.0/0 gateway=203.0.113.1\n\
        /ip route add dst-address=0.0.0.0/0 gateway=wg1 routing-table=vpn\n\
        /ip route add distance=2 dst-address=0.0.0.0/0 gateway=198.51.100.1 routing-table=vpn\n\
        /ip route add dst-address=10.0.0.0/8 gateway=192.168.88.2\n\
        /routing rule add action=lookup comment=tunnel src-address=192.168.88.30/32 table=vpn\n\
        /ip firewall mangle add action=mark-routing chain=prerouting new-routing-mark=vpn src-address=192.168.88.31\n\
        /ip firewall mangle add action=mark-packet chain=forward new-packet-mark=bulk out-interface=ether2\n\
        /ip firewall mangle add action=mark-connection chain=forward new-connection-mark=qos out-interface=ether2\n\
        /tool netwatch add host=8.8.8.8 down-script=\":log info down\"\n";
    let router = router("7.22.3", rows);
    for mode in ["failover", "load_balance_failover"] {
        let site = site(mode, "internet");
        assert!(existing_setup(&site, &router).is_empty());
        assert_eq!(refused(&site, &router, ExistingSetup::Refuse), [""; 0]);
    }
}

/// The plan stands beside what stays, and a later one that replaces it begins where that ended.
#[test]
fn a_set_up_is_kept_and_replaced_later() {
    let router = router("7.22.3", BY_DISTANCE);
    let site = site("failover", "internet");
    let keep = planned(&site, &router, ExistingSetup::Keep);
    assert!(
        keep.report()
            .warnings()
            .any(|found| found.code.as_str() == "existing-multi-wan-kept")
    );
    let kept = run(&router, &keep.script());
    let enabled = |router: &Router| {
        router
            .table("/ip/route")
            .iter()
            .filter(|row| !row.disabled())
            .count()
    };
    assert_eq!(enabled(&kept), 2 + 4 + 4, "the old ones stand behind");
    for existing in [ExistingSetup::Keep, ExistingSetup::Refuse] {
        assert!(planned(&site, &kept, existing).is_empty());
    }
    let replace = planned(&site, &kept, ExistingSetup::Replace);
    let replaced = run(&kept, &replace.script());
    go("kept, then replaced", &replace, &site, &kept, &replaced);
    assert_eq!(enabled(&replaced), 1 + 4 + 4);
    let back = planned(&site, &replaced, ExistingSetup::Keep);
    assert_same("kept again", &run(&replaced, &back.script()), &kept);
    let disable = plan_disable(&replaced, &Options::default()).unwrap();
    assert_same("taken away", &run(&replaced, &disable.script()), &router);
}

/// With the marks of the set-up beside ours, what asks for unmarked connections would meet none.
#[test]
fn marks_beside_ours_are_refused_as_ever() {
    let router = router("7.22.3", &pcc(7));
    let site = site("load_balance_failover", "internet");
    let codes = refused(&site, &router, ExistingSetup::Keep);
    assert!(
        !codes.is_empty() && codes.iter().all(|code| *code == "foreign-marks"),
        "{codes:?}"
    );
    // Each row is told once.
    let report = match plan_apply(&site, &router, &options(ExistingSetup::Refuse)) {
        Err(PlanError::Refused(report)) => report,
        other => panic!("{other:?}"),
    };
    let mut subjects: Vec<&Subject> = report
        .findings()
        .iter()
        .flat_map(|found| &found.subjects)
        .collect();
    let all = subjects.len();
    subjects.sort();
    subjects.dedup();
    assert_eq!(subjects.len(), all);
}

/// A script that stopped half way leaves rows on and off; a plan goes on from there, and disable puts all back.
#[test]
fn what_was_replaced_half_way_goes_on() {
    let router = router("7.22.3", &pcc(7));
    let site = site("load_balance_failover", "internet");
    let plan = planned(&site, &router, ExistingSetup::Replace);
    let mut now = router.clone();
    for (at, step) in plan.steps().iter().enumerate() {
        let name = f!("after step {at}");
        let disable =
            plan_disable(&now, &Options::default()).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_same(&name, &run(&now, &disable.script()), &router);
        let rest = planned(&site, &now, ExistingSetup::Replace);
        let whole = run(&now, &rest.script());
        assert!(planned(&site, &whole, ExistingSetup::Refuse).is_empty(), "{name}");
        now = run(&now, &step.change.command());
    }
}
