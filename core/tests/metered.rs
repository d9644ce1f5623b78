//! Metered lines on a router: netwatch switches their defaults, and nothing else does.

use std::time::Duration;

use multi_isp::plan::{Options, Phase, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::{Live, Outcome, Router, Row, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::value::Value;
use multi_isp::routeros::version::Version;
use multi_isp::site::{Access, LineDraft, Mbps, Mode, Site, SiteDraft, StaleConnections};

use crate::examples::cases_on_both;

/// A router with one line, made by hand.
const ROUTER: &str = "/interface bridge\nadd name=bridge\n\
    /interface ethernet\nset [ find default-name=ether1 ] mtu=1500\nset [ find default-name=ether2 ] mtu=1500\n\
    set [ find default-name=ether3 ] mtu=1500\nset [ find default-name=ether4 ] mtu=1500\n\
    set [ find default-name=ether5 ] mtu=1500\n\
    /interface list\nadd name=WAN\nadd name=LAN\n/interface bridge port\nadd bridge=bridge interface=ether5\n\
    /interface list member\nadd interface=ether1 list=WAN\nadd interface=bridge list=LAN\n\
    /ip address\nadd address=192.168.88.1/24 interface=bridge\n\
    /ip dhcp-client\nadd disabled=no interface=ether1\n\
    /ip firewall filter\nadd action=drop chain=input in-interface-list=!LAN\n\
    add action=drop chain=forward in-interface-list=WAN connection-nat-state=!dstnat connection-state=new\n\
    /ip firewall nat\nadd action=masquerade chain=srcnat out-interface-list=WAN\n";

const VERSIONS: [Version; 2] = [Version::new(6, 49, 18), Version::new(7, 22, 3)];

const ROUTES: &str = "/ip/route";
const CONNECTIONS: &str = "/ip/firewall/connection";

fn router(version: Version) -> Router {
    Router::from_export(ROUTER.as_bytes(), Some(version)).unwrap()
}

/// Two lines and two metered ones, of which one's id begins with another's.
fn draft(mode: Mode) -> SiteDraft {
    let line = |id: &str, port: &str, metered: bool| LineDraft {
        metered,
        ..LineDraft::new(id, port, Access::Dhcp, Mbps::new(100).unwrap())
    };
    let lines = vec![
        line("fiber", "ether1", false),
        line("cable", "ether2", false),
        line("lte", "ether3", true),
        line("lte-2", "ether4", true),
    ];
    SiteDraft::new(mode, lines)
}

fn site(mode: Mode) -> Site {
    draft(mode).build().unwrap()
}

#[track_caller]
fn plan(site: &Site, router: &Router) -> Plan {
    plan_apply(site, router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"))
}

#[track_caller]
fn run(router: &Router, script: &[u8], variables: &[(&str, Value)]) -> Router {
    clean(router.run_with(&Script::parse(script).unwrap(), variables, &Unknown))
}

#[track_caller]
fn clean(outcome: Outcome) -> Router {
    assert_eq!(outcome.error, None);
    outcome.router
}

#[track_caller]
fn planned(site: &Site, router: &Router) -> Router {
    run(router, &plan(site, router).script(), &[])
}

/// What runs when a probe of a line changes its state.
#[track_caller]
fn watched(router: &Router, probe: &str, event: &str) -> Router {
    let watch = format!("multi-isp:watch:{probe}");
    let row = router
        .table("/tool/netwatch")
        .find_by("comment", watch.as_bytes());
    let script = row
        .expect("the probe is watched")
        .get(event)
        .expect("it has a script");
    run(router, script.as_bytes(), &[])
}

fn down(router: &Router, probe: &str) -> Router {
    watched(router, probe, "down-script")
}

fn up(router: &Router, probe: &str) -> Router {
    watched(router, probe, "up-script")
}

/// The comments of our defaults over a line, each with whether it is disabled.
fn defaults(router: &Router, line: &str) -> Vec<(String, bool)> {
    let rows = router.table(ROUTES).iter();
    rows.filter_map(|row| Some((row.text("comment")?.into_owned(), row.disabled())))
        .filter(|(comment, _)| {
            let fields: Vec<&str> = comment.split(':').collect();
            ["main", "own", "backup"].contains(&fields[1]) && fields[2] == line
        })
        .collect()
}

fn all_are(router: &Router, line: &str, disabled: bool) -> bool {
    let defaults = defaults(router, line);
    assert!(!defaults.is_empty(), "{line}");
    defaults.iter().all(|(_, own)| *own == disabled)
}

/// How many rows of the router differ, whatever menu they stand in.
fn differing(router: &Router, other: &Router) -> usize {
    router.diff(other).len()
}

#[test]
fn a_line_is_dead_when_all_its_probes_are_and_back_with_the_first() {
    for version in VERSIONS {
        for mode in [Mode::Failover, Mode::LoadBalanceFailover] {
            let before = planned(&site(mode), &router(version));
            let tables = before.table(ROUTES).iter().filter(|row| {
                row.text("comment")
                    .is_some_and(|own| own.contains(":backup:lte:"))
            });
            assert_eq!(
                tables.count() > 0,
                mode.balances(),
                "stand-ins are there to be switched"
            );

            let one = down(&before, "lte:1");
            let switched = defaults(&one, "lte")
                .iter()
                .filter(|(_, disabled)| *disabled)
                .count();
            assert_eq!(
                switched * 2,
                defaults(&one, "lte").len(),
                "one of two in every table"
            );
            assert_eq!(differing(&one, &before), switched, "and nothing else");

            let dead = down(&one, "lte:2");
            assert!(all_are(&dead, "lte", true));
            assert_eq!(differing(&dead, &before), switched * 2, "{version} {mode:?}");
            assert!(all_are(&dead, "lte-2", false) && all_are(&dead, "fiber", false));

            let back = up(&dead, "lte:2");
            assert_eq!(differing(&back, &one), 0);
            assert_eq!(differing(&up(&back, "lte:1"), &before), 0);
        }
    }
}

#[test]
fn what_netwatch_switches_is_no_drift() {
    for version in VERSIONS {
        let site = site(Mode::LoadBalanceFailover);
        let start = router(version);
        let dead = down(&down(&planned(&site, &start), "lte:1"), "lte:2");
        let again = plan(&site, &dead);
        assert!(again.is_empty(), "{}", again.summary());
        let disable = plan_disable(&dead, &Options::default()).unwrap();
        assert_eq!(run(&dead, &disable.script(), &[]).diff(&start), []);
        // Whoever switches another line's default off meant no line of ours.
        let edited = run(
            &dead,
            b"/ip route disable [find comment=multi-isp:main:fiber:1]",
            &[],
        );
        assert_eq!(plan(&site, &edited).steps().len(), 1);
    }
}

/// The lease moves the probes, netwatch switches the defaults.
#[test]
fn lease_and_netwatch_leave_each_other_alone() {
    for version in VERSIONS {
        let planned = planned(&site(Mode::LoadBalanceFailover), &router(version));
        let dead = down(&down(&planned, "lte:1"), "lte:2");
        let client = dead
            .table("/ip/dhcp-client")
            .find_by("interface", b"ether3")
            .unwrap();
        let script = client.get("script").unwrap().clone();
        let lease = |router: &Router, bound: &str| {
            let variables = [
                ("bound", Value::from(bound)),
                ("gateway-address", Value::from("192.168.8.1")),
                ("interface", Value::from("ether3")),
            ];
            run(router, script.as_bytes(), &variables)
        };
        let probe = |router: &Router| {
            let row = router
                .table(ROUTES)
                .find_by("comment", b"multi-isp:probe:lte:1")
                .unwrap();
            (row.text("gateway").unwrap().into_owned(), row.disabled())
        };
        let gateway = if version.major == 6 {
            "192.168.8.1"
        } else {
            "192.168.8.1%ether3"
        };

        let bound = lease(&dead, "1");
        assert_eq!(probe(&bound), (gateway.to_owned(), false));
        assert!(
            all_are(&bound, "lte", true),
            "the line is dead until a probe answers"
        );
        let back = up(&up(&bound, "lte:1"), "lte:2");
        assert!(all_are(&back, "lte", false));
        let lost = lease(&back, "0");
        assert_eq!(probe(&lost), (gateway.to_owned(), true));
        assert!(
            all_are(&lost, "lte", false),
            "no probe, no way: nothing resolves any more"
        );
    }
}

/// What keeps pings at home leads nowhere, behind the probe's own route, and out of what defaults resolve through.
#[test]
fn every_probe_that_netwatch_pings_has_a_way_and_a_blackhole_behind_it() {
    for case in cases_on_both() {
        let planned = planned(&metered(&case.site), &case.router);
        let watched = planned.table("/tool/netwatch").iter();
        for row in watched.filter(|row| {
            row.text("comment")
                .is_some_and(|own| own.starts_with("multi-isp:"))
        }) {
            let target = format!("{}/32", row.text("host").unwrap());
            let ways = planned
                .table(ROUTES)
                .iter()
                .filter(|route| route.is("dst-address", &target));
            let (holes, ways): (Vec<&Row>, Vec<&Row>) =
                ways.partition(|route| route.is("type", "blackhole") || route.get("blackhole").is_some());
            assert_eq!((holes.len(), ways.len()), (1, 1), "{}: {target}", case.name);
            assert!(holes[0].is("distance", "254") && !holes[0].is("scope", "10"));
            assert!(ways[0].is("distance", "1") && ways[0].is("scope", "10"));
        }
    }
}

/// The site in failover mode, with a last line that is paid for by volume.
fn metered(site: &Site) -> Site {
    let json = site
        .to_json()
        .replace(r#""mode":"load_balance_failover""#, r#""mode":"failover""#)
        .replace(r#""mode":"load_balance""#, r#""mode":"failover""#);
    let json = match json.rsplit_once(r#""metered":false"#) {
        Some((head, tail)) => [head, r#""metered":true"#, tail].concat(),
        None => json,
    };
    Site::from_json(json.as_bytes()).unwrap()
}

#[test]
fn a_line_that_is_no_longer_metered_is_checked_as_others() {
    for version in VERSIONS {
        let start = router(version);
        let dead = down(&planned(&site(Mode::Failover), &start), "lte:1");
        let mut draft = draft(Mode::Failover);
        draft.lines[2].metered = false;
        let site = draft.build().unwrap();
        let plan = plan(&site, &dead);
        let checked = run(&dead, &plan.script(), &[]);
        assert!(all_are(&checked, "lte", false), "netwatch had switched it off");
        let main = checked
            .table(ROUTES)
            .find_by("comment", b"multi-isp:main:lte:1")
            .unwrap();
        assert!(main.is("check-gateway", "ping"));
        let left = |prefix: &str| {
            let rows = checked.menus().flat_map(|menu| checked.table(menu).iter());
            rows.filter(|row| row.text("comment").is_some_and(|own| own.starts_with(prefix)))
                .count()
        };
        assert_eq!(
            (left("multi-isp:watch:lte:"), left("multi-isp:blackhole:lte:")),
            (0, 0)
        );
        assert_eq!(
            (left("multi-isp:watch:lte-2:"), left("multi-isp:blackhole:lte-2:")),
            (2, 2)
        );
        assert_eq!(run(&checked, &plan.undo_script(), &[]).diff(&dead), []);
    }
}

#[test]
fn a_default_over_another_probe_begins_anew() {
    let dead = down(&planned(&site(Mode::Failover), &router(VERSIONS[1])), "lte:1");
    let mut draft = draft(Mode::Failover);
    draft.lines[2].probes = Some(vec!["203.0.113.7".parse().unwrap(), "64.6.64.6".parse().unwrap()]);
    let moved = planned(&draft.build().unwrap(), &dead);
    assert!(all_are(&moved, "lte", false));
    assert!(
        defaults(&down(&moved, "lte:1"), "lte")[0].1,
        "its script knows the new one"
    );
}

/// A router on which all routes are in use that are not disabled.
struct Active;

impl Live for Active {
    fn property(&self, _: &Router, menu: &str, row: &Row, name: &str) -> Option<Value> {
        (menu == ROUTES && name == "gateway-status").then(|| {
            Value::from(format!(
                "{} recursive via 192.0.2.1 ether1",
                row.text("gateway").unwrap_or_default()
            ))
        })
    }
}

#[test]
fn nothing_is_switched_to_a_metered_line_whose_probes_are_dead() {
    for version in VERSIONS {
        let start = router(version);
        let mut draft = draft(Mode::Failover);
        draft.lines[0].metered = true;
        let plan = plan(&draft.build().unwrap(), &start);
        let up_to = |phase: Phase| {
            let steps = plan.steps().iter().filter(|step| step.phase <= phase);
            let commands: Vec<_> = steps.map(|step| step.change.command()).collect();
            commands.join(&b'\n')
        };
        let standing = run(&start, &up_to(Phase::Watches), &[]);
        let dead = down(&down(&standing, "fiber:1"), "fiber:2");
        let verify = plan
            .steps()
            .iter()
            .rfind(|step| step.phase == Phase::Verify)
            .unwrap();
        let verify = Script::parse(&verify.change.command()).unwrap();
        for (router, works) in [
            (&standing, true),
            (&down(&standing, "fiber:1"), true),
            (&dead, false),
        ] {
            assert_eq!(router.run(&verify, &Active).error.is_none(), works, "{version}");
        }
    }
}

#[test]
fn connections_of_a_line_that_netwatch_finds_dead_are_removed_where_the_site_wants_it() {
    for version in VERSIONS {
        let mut draft = draft(Mode::LoadBalanceFailover);
        draft.stale_connections = StaleConnections::FailedLine;
        let mut router = planned(&draft.build().unwrap(), &router(version));
        for mark in ["multi-isp-lte", "multi-isp-lte-2"] {
            let mut row = router.new_row(CONNECTIONS);
            row.set("connection-mark", mark);
            router.push(CONNECTIONS, row);
        }
        let look = |router: &Router| clean(router.advance(Duration::from_secs(10), &Active));
        let left = |router: &Router| router.table(CONNECTIONS).len();
        let learnt = look(&router);
        let one = look(&down(&learnt, "lte:1"));
        assert_eq!(left(&one), 2, "one dead probe is no dead line");
        let dead = look(&down(&one, "lte:2"));
        assert_eq!(left(&dead), 1, "{version}");
        let rest = &dead.table(CONNECTIONS).rows()[0];
        assert!(rest.is("connection-mark", "multi-isp-lte-2"));
    }
}

#[test]
fn a_plan_says_what_probes_cost() {
    let json = |plan: &Plan| -> serde_json::Value { serde_json::from_str(&plan.to_json()).unwrap() };
    let plan_of_four = plan(&site(Mode::Failover), &router(VERSIONS[1]));
    let costs: Vec<_> = json(&plan_of_four)["lines"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| line["probe_bytes_per_month"].as_u64())
        .collect();
    assert_eq!(
        costs,
        [
            Some(58_060_800),
            Some(58_060_800),
            Some(9_676_800),
            Some(9_676_800)
        ]
    );
    let summary = plan_of_four.summary();
    assert!(
        summary.contains("lte on ether3, distance 4, switches within 3-63 s, probes about 10 MB a month\n"),
        "{summary}"
    );
    assert!(
        summary.contains("fiber on ether1, distance 2, switches within 10-21 s\n"),
        "{summary}"
    );
}

/// RouterOS 6 resolves nothing through an interface: such a line is told by its link, and costs nothing.
#[test]
fn a_line_that_cannot_be_probed_costs_nothing() {
    let mut draft = draft(Mode::Failover);
    draft.lines.truncate(3);
    draft.lines[2].access = Access::Tunnel;
    draft.lines[2].interface = "l2tp-out1".into();
    let with_tunnel = [
        ROUTER,
        "/interface l2tp-client add connect-to=192.0.2.9 disabled=no name=l2tp-out1 user=jo\n",
    ]
    .concat();
    let site = draft.build().unwrap();
    for (version, watches) in [(VERSIONS[0], 0), (VERSIONS[1], 2)] {
        let router = Router::from_export(with_tunnel.as_bytes(), Some(version)).unwrap();
        let plan = plan(&site, &router);
        assert_eq!(plan.outline()[2].probe_bytes.is_some(), watches > 0);
        assert_eq!(
            run(&router, &plan.script(), &[]).table("/tool/netwatch").len(),
            watches
        );
    }
}
