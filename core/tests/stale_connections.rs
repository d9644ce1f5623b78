//! What the flush script does on a router: which connections go when a line fails or returns, and which stay.

use std::collections::BTreeSet;
use std::time::Duration;

use multi_isp::desired::desired;
use multi_isp::plan::{Options, Phase, plan_apply, plan_disable};
use multi_isp::routeros::router::{Live, Router, Row};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::value::Value;
use multi_isp::routeros::version::Version;
use multi_isp::site::{Access, Health, LineDraft, Mbps, Mode, Site, SiteDraft, StaleConnections, Text};
use multi_isp::survey::{Role, site_of};

use crate::emitted::Checker;
use crate::examples::{cases, cases_on_both};
use crate::twin::{clean, run};

/// A router with one line, made by hand.
const ROUTER: &str = "/interface bridge\nadd name=bridge\n\
    /interface ethernet\nset [ find default-name=ether1 ] mtu=1500\nset [ find default-name=ether2 ] mtu=1500\n\
    set [ find default-name=ether3 ] mtu=1500\nset [ find default-name=ether4 ] mtu=1500\n\
    /interface list\nadd name=WAN\nadd name=LAN\n/interface bridge port\nadd bridge=bridge interface=ether4\n\
    /interface list member\nadd interface=ether1 list=WAN\nadd interface=bridge list=LAN\n\
    /ip address\nadd address=198.51.100.2/24 interface=ether1\nadd address=192.168.88.1/24 interface=bridge\n\
    /ip firewall filter\nadd action=drop chain=input in-interface-list=!LAN\n\
    add action=drop chain=forward in-interface-list=WAN connection-nat-state=!dstnat connection-state=new\n\
    /ip firewall nat\nadd action=masquerade chain=srcnat out-interface-list=WAN\n\
    /ip route\nadd gateway=198.51.100.1\n";

const CONNECTIONS: &str = "/ip/firewall/connection";

/// The look of the scheduler at the lines.
const LOOK: Duration = Duration::from_secs(10);

/// Three lines, of which one's id begins with another's and one's has a hyphen.
fn draft(mode: Mode) -> SiteDraft {
    let line = |id: &str, port: &str, address: &str, gateway: &str| {
        let access = Access::Static {
            address: address.parse().unwrap(),
            gateway: gateway.parse().unwrap(),
        };
        LineDraft::new(id, port, access, Mbps::new(100).unwrap())
    };
    let lines = vec![
        line("isp1", "ether1", "198.51.100.2/24", "198.51.100.1"),
        line("isp10", "ether2", "203.0.113.6/24", "203.0.113.1"),
        line("isp-2", "ether3", "192.0.2.60/24", "192.0.2.254"),
    ];
    SiteDraft {
        stale_connections: StaleConnections::FailedLine,
        ..SiteDraft::new(mode, lines)
    }
}

/// The router after the plan of a site.
fn planned(draft: SiteDraft) -> Router {
    let router = Router::from_export(ROUTER.as_bytes(), Some(Version::new(7, 22, 3))).unwrap();
    applied(&draft.build().unwrap(), &router)
}

#[track_caller]
fn applied(site: &Site, router: &Router) -> Router {
    let plan = plan_apply(site, router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"));
    run(router, &plan.script())
}

/// The router with connections: a name, a mark, and whom the far end answers to.
fn with_connections(mut router: Router, connections: &[(&str, &str, &str)]) -> Router {
    for (name, mark, answered) in connections {
        let mut row = router.new_row(CONNECTIONS);
        row.set("src-address", *name);
        row.set("reply-dst-address", *answered);
        if !mark.is_empty() {
            row.set("connection-mark", *mark);
        }
        router.push(CONNECTIONS, row);
    }
    router
}

/// The names of the connections that are left.
fn left(router: &Router) -> Vec<String> {
    let rows = router.table(CONNECTIONS).iter();
    rows.map(|row| row.text("src-address").unwrap().into_owned())
        .collect()
}

/// A router on which the routes with such comments, and interfaces with such names, do not work.
struct Dead<'a>(&'a [&'a str]);

impl Live for Dead<'_> {
    fn property(&self, _: &Router, menu: &str, row: &Row, name: &str) -> Option<Value> {
        let has = |property: &str| {
            let own = row.text(property).unwrap_or_default();
            self.0.iter().any(|dead| own.starts_with(dead))
        };
        match (menu, name) {
            ("/ip/route", "inactive") => has("comment").then(|| Value::from("yes")),
            ("/interface", "running") => Some(Value::from(if has("name") { "no" } else { "yes" })),
            ("/ip/dhcp-client", "status") => Some(Value::from("bound")),
            _ => None,
        }
    }
}

/// The defaults of lines, in their own tables and in the main one.
const ISP1: [&str; 3] = [
    "multi-isp:main:isp1:",
    "multi-isp:own:isp1:",
    "multi-isp:backup:isp1:",
];
const ISP10: [&str; 3] = [
    "multi-isp:main:isp10:",
    "multi-isp:own:isp10:",
    "multi-isp:backup:isp10:",
];

#[track_caller]
fn look(router: &Router, dead: &[&str]) -> Router {
    clean(router.advance(LOOK, &Dead(dead)))
}

const MARKED: [(&str, &str, &str); 6] = [
    ("a", "multi-isp-isp1", "198.51.100.2:40000"),
    ("b", "multi-isp-isp1_2", "198.51.100.2:40001"),
    ("c", "multi-isp-isp10", "203.0.113.6:40002"),
    ("d", "multi-isp-isp-2", "192.0.2.60:40003"),
    ("e", "", "198.51.100.2:40004"),
    ("f", "voip-multi-isp-isp1", "198.51.100.2:40005"),
];

#[test]
fn a_marked_line_loses_its_connections_when_it_fails_and_when_it_returns() {
    let router = with_connections(planned(draft(Mode::LoadBalanceFailover)), &MARKED);
    let learnt = look(&router, &[]);
    assert_eq!(
        left(&learnt),
        ["a", "b", "c", "d", "e", "f"],
        "the first look learns"
    );
    let one_probe = look(
        &learnt,
        &[
            "multi-isp:main:isp1:1",
            "multi-isp:own:isp1:1",
            "multi-isp:own:isp1:3",
        ],
    );
    assert_eq!(left(&one_probe), left(&learnt), "one dead probe is no dead line");
    let failed = look(&one_probe, &ISP1);
    assert_eq!(left(&failed), ["c", "d", "e", "f"]);
    let still = look(&failed, &ISP1);
    assert_eq!(left(&still), ["c", "d", "e", "f"]);
    // While the line is dead its share goes over another one, with that one's address.
    let meanwhile = with_connections(still, &[("g", "multi-isp-isp1", "203.0.113.6:40006")]);
    let unchanged = look(&meanwhile, &ISP1);
    assert_eq!(left(&unchanged), ["c", "d", "e", "f", "g"]);
    let back = look(&unchanged, &[]);
    assert_eq!(left(&back), ["c", "d", "e", "f"]);
    let hyphen = look(&back, &["multi-isp:main:isp-2:", "multi-isp:own:isp-2:"]);
    assert_eq!(left(&hyphen), ["c", "e", "f"]);
}

const TRANSLATED: [(&str, &str, &str); 6] = [
    ("a", "", "198.51.100.2:40000"),
    // A ping has no port.
    ("b", "", "198.51.100.2"),
    ("c", "", "198.51.100.20:40002"),
    ("d", "", "203.0.113.6:40003"),
    ("e", "", "192.168.88.7:40004"),
    ("f", "", "192.0.2.60:40005"),
];

#[test]
fn in_failover_mode_the_line_that_carried_before_loses_its_connections_both_ways() {
    let router = with_connections(planned(draft(Mode::Failover)), &TRANSLATED);
    let learnt = look(&router, &[]);
    assert_eq!(left(&learnt), ["a", "b", "c", "d", "e", "f"]);
    let one_probe = look(&learnt, &["multi-isp:main:isp1:2"]);
    assert_eq!(left(&one_probe), left(&learnt));
    let standby = look(&one_probe, &ISP10);
    assert_eq!(
        left(&standby),
        left(&learnt),
        "a line that stands by has nothing to lose"
    );
    let failed = look(&standby, &ISP1);
    assert_eq!(left(&failed), ["c", "d", "e", "f"]);
    let farther = look(&failed, &[ISP1, ISP10].concat());
    assert_eq!(left(&farther), ["c", "e", "f"]);
    let back = look(&farther, &[]);
    assert_eq!(left(&back), ["c", "e"]);
}

#[test]
fn while_no_line_works_connections_wait_for_the_one_that_they_are_on() {
    let router = with_connections(planned(draft(Mode::Failover)), &TRANSLATED);
    let none = look(&look(&router, &[]), &["multi-isp:main:"]);
    assert_eq!(left(&none), ["a", "b", "c", "d", "e", "f"]);
    assert_eq!(
        left(&look(&none, &[])),
        left(&none),
        "it is back, and so are they"
    );
    assert_eq!(
        left(&look(&none, &ISP1)),
        ["c", "d", "e", "f"],
        "another one is back"
    );
}

#[test]
fn the_address_is_the_one_that_the_line_had() {
    let router = with_connections(planned(draft(Mode::Failover)), &TRANSLATED);
    let learnt = look(&router, &[]);
    let gone = run(&learnt, b"/ip address remove [find where interface=ether1]");
    assert_eq!(left(&look(&gone, &ISP1)), ["c", "d", "e", "f"]);
}

#[test]
fn a_start_forgets_and_the_first_look_learns_again() {
    for (mode, connections) in [(Mode::Failover, TRANSLATED), (Mode::LoadBalanceFailover, MARKED)] {
        let router = with_connections(planned(draft(mode)), &connections);
        let failed = look(&look(&router, &[]), &[]);
        let started = clean(failed.reboot(&Dead(&ISP1)));
        let learnt = look(&started, &ISP1);
        assert_eq!(left(&learnt), left(&router));
        assert_ne!(left(&look(&learnt, &[])), left(&router), "but it does learn");
    }
}

#[test]
fn a_connection_that_ends_meanwhile_does_not_keep_the_others() {
    for (mode, connections, stay) in [
        (Mode::Failover, TRANSLATED, ["c", "d", "e", "f"]),
        (Mode::LoadBalanceFailover, MARKED, ["c", "d", "e", "f"]),
    ] {
        let router = with_connections(planned(draft(mode)), &connections);
        // The first one that is found is gone when its turn comes.
        let scripts = router.table("/system/script");
        let flush = scripts.find_by("name", "multi-isp-flush").unwrap();
        let source = flush.text("source").unwrap().into_owned();
        let ended = source
            .replace(
                "in=[/ip firewall connection find",
                "in=(*FFFFF,[/ip firewall connection find",
            )
            .replace("] do={\n    :do", "]) do={\n    :do")
            .replace("] do={\n        :do", "]) do={\n        :do");
        let run = |source: &str, router: &Router, dead: &[&str]| {
            router.run(&Script::parse(source.as_bytes()).unwrap(), &Dead(dead))
        };
        let learnt = clean(run(&ended, &router, &[]));
        assert_eq!(left(&clean(run(&ended, &learnt, &ISP1))), stay);
        let unguarded = ended.replace(" on-error={}", "");
        assert_ne!(unguarded, ended);
        let stopped = run(&unguarded, &learnt, &ISP1);
        assert_eq!(stopped.error.unwrap().message(), "no such item");
    }
}

#[test]
fn a_router_without_connections_has_nothing_to_remove() {
    for mode in Mode::ALL {
        let router = planned(draft(*mode));
        assert!(router.table(CONNECTIONS).is_empty());
        let failed = look(&look(&router, &[]), &ISP1);
        look(&failed, &[]);
    }
}

#[test]
fn a_line_whose_default_is_not_ours_is_told_by_its_link() {
    let mut draft = draft(Mode::Failover);
    draft.health = Health::Link;
    let router = with_connections(planned(draft), &TRANSLATED);
    let routes = router.table("/ip/route").iter();
    let mains: Vec<_> = routes
        .filter_map(|row| row.text("comment"))
        .filter(|own| own.starts_with("multi-isp:main:isp1:"))
        .collect();
    assert!(mains.is_empty(), "ISP 1's own default stays as it is");
    let learnt = look(&router, &[]);
    let failed = look(&learnt, &["ether1"]);
    assert_eq!(left(&failed), ["c", "d", "e", "f"]);
    assert_eq!(left(&look(&failed, &[])), ["c", "e", "f"]);
}

/// A site with the option on, whatever it says.
fn flushing(site: &Site) -> Site {
    let json = site.to_json();
    let on = json.replace(
        r#""stale_connections":"none""#,
        r#""stale_connections":"failed-line""#,
    );
    Site::from_json(on.as_bytes()).unwrap()
}

#[test]
fn every_case_can_have_it_and_can_be_freed_of_it() {
    for case in cases_on_both() {
        let site = flushing(&case.site);
        let plan = plan_apply(&site, &case.router, &Options::default()).unwrap();
        let steps = plan.steps().iter();
        let flush: Vec<_> = steps
            .filter(|step| step.phase == Phase::StaleConnections)
            .collect();
        assert_eq!(flush.len(), 2, "{}: a script and its scheduler", case.name);
        let router = run(&case.router, &plan.script());
        assert_eq!(site_of(&router), Some(Ok(site.without_secrets())));
        assert!(
            plan_apply(&site, &router, &Options::default())
                .unwrap()
                .is_empty()
        );

        let off = plan_apply(&case.site, &router, &Options::default()).unwrap();
        let changed: Vec<_> = off.steps().iter().map(|step| step.phase).collect();
        let expected: &[Phase] = if site == case.site {
            &[]
        } else {
            &[Phase::StaleConnections, Phase::StaleConnections, Phase::Commit]
        };
        // Without the flush the client of the radio keeps its routes itself: those of ours go too.
        if case.name != "fiber-radio" {
            assert_eq!(changed, expected, "{}", case.name);
        }

        let freed = plan_disable(&router, &Options::default()).unwrap();
        let first = &freed.steps()[0];
        assert_eq!(first.phase, Phase::StaleConnections, "{}", case.name);
        assert_eq!(
            first.change.menu(),
            Some("/system/scheduler"),
            "the scheduler first"
        );
        let disabled = run(&router, &freed.script());
        assert_eq!(disabled.diff(&case.router), []);
    }
}

/// The source of the script that a site wants.
fn source(site: &Site, router: &Router) -> Vec<u8> {
    let desired = desired(site, router, &[]).unwrap();
    let mut rows = desired.rows.iter().filter(|row| row.tag.role() == Role::Flush);
    let properties = &rows.next().expect("the site wants one").properties;
    let source = properties.iter().find(|(name, _)| *name == "source");
    source.unwrap().1.as_bytes().to_vec()
}

#[test]
fn both_scripts_read_well() {
    for (name, mode) in [
        ("by-address", Mode::Failover),
        ("by-mark", Mode::LoadBalanceFailover),
    ] {
        let router = Router::from_export(ROUTER.as_bytes(), Some(Version::new(7, 22, 3))).unwrap();
        let source = source(&draft(mode).build().unwrap(), &router);
        insta::assert_snapshot!(name, String::from_utf8(source).unwrap());
    }
}

/// The routes of RouterOS 6 say in words whether they work.
#[test]
fn routeros_6_tells_by_the_status_of_gateways() {
    struct Status(&'static str);
    impl Live for Status {
        fn property(&self, _: &Router, menu: &str, row: &Row, name: &str) -> Option<Value> {
            let is_status = menu == "/ip/route" && name == "gateway-status";
            let is_isp1 = row.text("comment").is_some_and(|own| own.contains(":isp1:"));
            let status = if is_isp1 {
                self.0
            } else {
                "192.0.2.9 reachable via  ether2"
            };
            is_status.then(|| Value::from(status))
        }
    }
    for (mode, connections) in [(Mode::Failover, TRANSLATED), (Mode::LoadBalanceFailover, MARKED)] {
        let version = Some(Version::new(6, 49, 18));
        let router = Router::from_export(ROUTER.as_bytes(), version).unwrap();
        let site = draft(mode).build().unwrap();
        let flush = Script::parse(&source(&site, &router)).unwrap();
        let mut router = with_connections(router, &connections);
        for row in desired(&site, &router, &[]).unwrap().rows {
            let mut added = router.new_row(row.menu());
            row.configuration()
                .for_each(|(name, value)| added.set(name, value));
            router.push(row.menu(), added);
        }
        let look = |router: &Router, status| clean(router.run(&flush, &Status(status)));
        let learnt = look(&router, "9.9.9.10 recursive via 198.51.100.1 ether1");
        let other_words = look(&learnt, "198.51.100.1 reachable via  ether1");
        let pointed = look(&other_words, "pppoe-out1 reachable");
        assert_eq!(left(&pointed), left(&router));
        let failed = look(&pointed, "9.9.9.10 unreachable");
        assert_eq!(left(&failed), ["c", "d", "e", "f"]);
    }
}

#[test]
fn both_scripts_name_only_what_each_version_has() {
    for version in ["6.40.9", "6.49.18", "7.1.5", "7.9", "7.24"] {
        let Some(checker) = Checker::of(Version::parse(version).unwrap()) else {
            return;
        };
        for case in cases() {
            let case = case.at(version);
            let script = source(&flushing(&case.site), &case.router);
            let faults = checker.check(&script).faults;
            assert!(faults.is_empty(), "{} {version}: {faults:#?}", case.name);
        }
    }
}

/// Nothing of a line that works the whole time is ever removed, whatever becomes of the others, over any number of looks
/// and starts.
#[test]
fn a_line_that_works_all_the_time_keeps_its_connections() {
    for case in cases() {
        let site = flushing(&case.site);
        let router = applied(&site, &case.router);
        let ids: Vec<String> = site.lines().iter().map(|line| line.id().to_string()).collect();
        let marks = router
            .table("/system/script")
            .find_by("name", "multi-isp-flush")
            .unwrap()
            .text("source")
            .unwrap()
            .contains("connection-mark~");
        for (position, id) in ids.iter().enumerate() {
            // Without marks a farther line gives its connections back when a nearer one returns: it must carry throughout.
            let others: Vec<(&str, &Text)> = site
                .lines()
                .iter()
                .enumerate()
                .filter(|(other, _)| marks && *other != position || *other > position)
                .map(|(_, line)| (line.id().as_str(), line.interface()))
                .collect();
            let connections = [
                ("own", format!("multi-isp-{id}"), "198.51.100.2:40000"),
                ("group", format!("multi-isp-{id}_2"), "198.51.100.2:40001"),
                ("plain", String::new(), "192.168.88.7:40002"),
            ];
            let connections: Vec<(&str, &str, &str)> = connections
                .iter()
                .map(|(name, mark, answered)| (*name, mark.as_str(), *answered))
                .collect();
            let mut router = with_connections(router.clone(), &connections);
            for pass in 0..1u32 << others.len() {
                let fall = |(bit, (id, interface)): (usize, &(&str, &Text))| {
                    let down = pass >> bit & 1 == 1;
                    let names = ["main", "own", "backup"].map(|role| format!("multi-isp:{role}:{id}:"));
                    let names = names.into_iter().chain([interface.to_string()]);
                    if down { names.collect() } else { Vec::new() }
                };
                let dead: Vec<String> = others.iter().enumerate().flat_map(fall).collect();
                let dead: Vec<&str> = dead.iter().map(String::as_str).collect();
                router = look(&router, &dead);
                let names: BTreeSet<_> = left(&router).into_iter().collect();
                assert_eq!(names.len(), 3, "{}, {id} up, {dead:?}: {names:?}", case.name);
                if pass % 3 == 2 {
                    router = clean(router.reboot(&Dead(&dead)));
                }
            }
        }
    }
}
