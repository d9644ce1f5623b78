//! Rows of a set-up by hand that are hard to tell apart, and those that somebody removes or renames while a plan has them changed.
//!
//! All are made by hand, after the listings of the manual.

use std::format as f;

use multi_isp::plan::{Options, Plan, plan_apply, plan_disable};
use multi_isp::preflight::Context;
use multi_isp::routeros::router::{Router, Row};
use multi_isp::site::Site;
use multi_isp::survey::{ExistingSetup, SetupRole, existing_setup};

use crate::office::two_lines::{router, site};
use crate::twin::run;

const BY_DISTANCE: &str = "\
/ip route add check-gateway=ping comment=main distance=1 dst-address=0.0.0.0/0 gateway=198.51.100.1
/ip route add check-gateway=ping comment=backup distance=2 dst-address=0.0.0.0/0 gateway=203.0.113.1
";

fn planned(site: &Site, router: &Router, existing: ExistingSetup) -> Plan {
    let context = Context {
        existing,
        ..Context::default()
    };
    plan_apply(site, router, &Options { context }).unwrap_or_else(|error| panic!("{error:#?}"))
}

fn disable(router: &Router) -> Plan {
    plan_disable(router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"))
}

/// The messages of a plan's report under a code.
fn told(plan: &Plan, code: &str) -> Vec<String> {
    let of_code = plan.report().findings().iter();
    let of_code = of_code.filter(|found| found.code.as_str() == code);
    of_code.map(|found| found.message.clone()).collect()
}

fn has_record(router: &Router) -> bool {
    let mut scripts = router.table("/system/script").iter();
    scripts.any(|row| row.is("name", "multi-isp-restore"))
}

/// The manual's own listing: on 6 the default of the main table differs from that of a mark by having none.
#[test]
fn defaults_of_v6_that_differ_by_their_mark_alone_are_told_apart() {
    let setup = "\
/ip firewall mangle add action=mark-connection chain=prerouting connection-mark=no-mark in-interface=bridge new-connection-mark=c1 per-connection-classifier=both-addresses:2/0
/ip firewall mangle add action=mark-connection chain=prerouting connection-mark=no-mark in-interface=bridge new-connection-mark=c2 per-connection-classifier=both-addresses:2/1
/ip firewall mangle add action=mark-routing chain=prerouting connection-mark=c1 in-interface=bridge new-routing-mark=to1
/ip firewall mangle add action=mark-routing chain=prerouting connection-mark=c2 in-interface=bridge new-routing-mark=to2
/ip route add check-gateway=ping distance=1 gateway=198.51.100.1 routing-mark=to1
/ip route add check-gateway=ping distance=1 gateway=203.0.113.1 routing-mark=to2
/ip route add check-gateway=ping distance=1 gateway=198.51.100.1
/ip route add check-gateway=ping distance=2 gateway=203.0.113.1
";
    let router = router("6.49.10", setup);
    for (mode, existing) in [
        ("failover", ExistingSetup::Replace),
        ("load_balance_failover", ExistingSetup::Replace),
        ("failover", ExistingSetup::Keep),
    ] {
        let site = site(mode, "internet");
        let plan = planned(&site, &router, existing);
        let applied = run(&router, &plan.script());
        assert_eq!(run(&applied, &plan.undo_script()).diff(&router), []);
        assert_eq!(run(&applied, &disable(&applied).script()).diff(&router), []);
    }
}

#[test]
fn a_row_that_was_switched_off_may_be_removed() {
    let router = router("7.22.3", BY_DISTANCE);
    let site = site("failover", "internet");
    let applied = run(&router, &planned(&site, &router, ExistingSetup::Replace).script());
    let removed = run(&applied, b"/ip route remove [find comment=backup]\n");
    let lost = [
        "the row of `/ip route` that had `check-gateway=ping comment=backup dst-address=0.0.0.0/0` was changed, and is not found any more: it is not given back its `disabled=no`",
    ];

    let off = disable(&removed);
    assert_eq!(told(&off, "row-lost"), lost);
    let left = run(&removed, &off.script());
    let wanted = run(&router, b"/ip route remove [find comment=backup]\n");
    assert_eq!(
        left.diff(&wanted),
        [],
        "all else is back, and nothing of ours is left"
    );

    let again = planned(&site, &removed, ExistingSetup::Refuse);
    assert_eq!(told(&again, "row-lost"), lost);
    let settled = run(&removed, &again.script());
    assert!(planned(&site, &settled, ExistingSetup::Refuse).is_empty());
    assert!(
        has_record(&settled),
        "the default of the first line is still to put back"
    );
    assert_eq!(told(&disable(&settled), "row-lost"), [""; 0]);
    assert_eq!(run(&settled, &disable(&settled).script()).diff(&wanted), []);
}

/// It keeps the distance that the plan gave it: what it had before is told, so that somebody can put it back.
#[test]
fn a_row_that_was_renamed_is_told_with_what_it_had() {
    let router = router("7.22.3", BY_DISTANCE);
    let site = site("failover", "internet");
    let applied = run(&router, &planned(&site, &router, ExistingSetup::Replace).script());
    let renamed = run(&applied, b"/ip route set [find comment=main] comment=fibre\n");
    let off = disable(&renamed);
    let [lost] = told(&off, "row-lost").try_into().expect("one row");
    assert!(lost.ends_with("it is not given back its `distance=1`"), "{lost}");
    let left = run(&renamed, &off.script());
    assert!(!has_record(&left));
    let back = run(
        &left,
        b"/ip route set [find comment=fibre] comment=main distance=1\n",
    );
    assert_eq!(back.diff(&router), []);
}

/// The roles of the rows of a set-up, with what people call them.
fn found(site: &Site, router: &Router) -> Vec<(SetupRole, String)> {
    let name = |row: &Row| {
        let name = row.text("comment").or_else(|| row.text("name"));
        name.or_else(|| row.text("host")).unwrap_or_default().into_owned()
    };
    let rows = existing_setup(site, router).into_iter();
    rows.map(|found| (found.role, name(found.row))).collect()
}

/// Marks for queues, a route of one customer, a list of nets that nobody has: none of it chooses a line.
#[test]
fn scripts_that_change_other_rows_are_no_set_up() {
    let others = "\
/ip firewall mangle add action=mark-packet chain=forward comment=night disabled=yes new-packet-mark=night
/ip route add comment=unpaid disabled=yes dst-address=203.0.113.128/29 gateway=192.168.88.12
/system scheduler add interval=1d name=on on-event=\"/ip firewall mangle enable [find comment=night]\"
/system scheduler add interval=1h name=unpaid on-event=\"/ip route disable [find where comment=\\\"unpaid\\\"]\"
/system scheduler add interval=1h name=bogons on-event=\":foreach r in=[/ip route find comment~\\\"bogon\\\"] do={/ip route remove \\$r}; :foreach n in={\\\"198.18.0.0/15\\\"} do={/ip route add blackhole comment=bogon dst-address=\\$n}\"
/tool netwatch add host=192.168.88.12 down-script=\"/ip route\\nset [find comment=unpaid] distance=5\"
";
    let one = "/ip route add comment=main dst-address=0.0.0.0/0 gateway=198.51.100.1\n";
    let site = site("failover", "internet");
    for setup in [one, BY_DISTANCE] {
        let router = router("7.22.3", &[others, setup].concat());
        let rows = found(&site, &router);
        let is_runner = |role: &SetupRole| matches!(role, SetupRole::Schedule | SetupRole::Watch);
        assert!(!rows.iter().any(|(role, _)| is_runner(role)), "{rows:?}");
        assert_eq!(rows.len(), usize::from(setup == BY_DISTANCE), "{rows:?}");
    }
}

/// However a script names the rows of the set-up, or does not say.
#[test]
fn scripts_that_steer_rows_of_the_set_up_are_of_it() {
    let site = site("failover", "internet");
    for script in [
        "/ip route disable [find comment=main]",
        "/ip/route/set [find comment=\\\"main\\\"] distance=9",
        "/ip route\\nset [find where dst-address=0.0.0.0/0 and gateway=198.51.100.1] distance=9",
        "/ip route disable 0",
        "/ip route set [find] check-gateway=none",
        "/ip route enable [find comment~\\\"back\\\"]",
        ":local r [/ip route find comment=main]; /ip route set \\$r distance=9",
        ":if ([/ping 8.8.8.8 count=3] = 0) do={/ip route disable [find distance=1]} else={/ip route enable [find distance=1]}",
        ":execute \\\"/ip route disable [find comment=main]\\\"",
        "/ip route add gateway=203.0.113.1 distance=1",
        "/ip route set [find gateway=\\$gw] distance=9",
        "failover",
    ] {
        let rows = f!(
            "{BY_DISTANCE}/system script add name=failover source=\"/ip route disable [find comment=main]\"\n/tool netwatch add comment=watch down-script=\"{script}\" host=8.8.8.8\n"
        );
        let rows = found(&site, &router("7.22.3", &rows));
        assert!(
            rows.contains(&(SetupRole::Watch, String::from("watch"))),
            "{script}: {rows:?}"
        );
    }
}

/// The first line is out just now, by the hand of the script.
#[test]
fn a_script_may_steer_what_is_off_just_now() {
    let setup = BY_DISTANCE.replace("comment=main", "comment=main disabled=yes");
    let watch =
        "/tool netwatch add comment=watch host=8.8.8.8 up-script=\"/ip route enable [find comment=main]\"\n";
    let rows = found(
        &site("failover", "internet"),
        &router("7.22.3", &[&setup, watch].concat()),
    );
    assert!(
        rows.contains(&(SetupRole::Watch, String::from("watch"))),
        "{rows:?}"
    );
}
