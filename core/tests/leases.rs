//! The scripts that DHCP clients run when a lease comes, changes or goes: they move the routes of their line and no other.

use multi_isp::plan::{Options, plan_apply, plan_disable};
use multi_isp::routeros::router::{Live, Outcome, Router, Row, Unknown};
use multi_isp::routeros::syntax::Script;
use multi_isp::routeros::value::Value;
use multi_isp::routeros::version::Version;
use multi_isp::site::{Access, Health, LineDraft, Mbps, Mode, Site, SiteDraft};

/// Lines whose ids begin like one another, each with its port.
const LINES: [(&str, &str); 3] = [("isp1", "ether1"), ("isp10", "ether2"), ("isp1-0", "ether3")];

/// What somebody may have as the script of ISP 1's client; each says `mine` first.
const SCRIPTS: [&str; 4] = [
    ":log info mine",
    ":log info mine\n:error \"the dyndns host is gone\"\n:log info never\n",
    ":log info mine\r\n/ip route set [find where comment=none] distance=3",
    ":log info mine; :local x [/ip address get 99 address]",
];

const MODES: [(Mode, Health); 4] = [
    (Mode::Failover, Health::Gateway),
    (Mode::Failover, Health::Internet),
    (Mode::LoadBalance, Health::Link),
    (Mode::LoadBalanceFailover, Health::Internet),
];

const VERSIONS: [Version; 3] = [
    Version::new(6, 40, 9),
    Version::new(6, 49, 10),
    Version::new(7, 22, 3),
];

/// Made by hand: ISP 1 by DHCP with a script of somebody, customers on a bridge, and a firewall by lists.
fn router(version: Version, script: &str) -> Router {
    let base = "/interface bridge add name=bridge auto-mac=no\n/interface list add name=WAN\n/interface list add name=LAN\n\
        /interface list member add interface=bridge list=LAN\n/interface list member add interface=ether1 list=WAN\n\
        /ip address add address=192.168.88.1/24 interface=bridge\n/ip dhcp-client add disabled=no interface=ether1\n\
        /ip firewall filter add action=drop chain=input in-interface-list=!LAN\n\
        /ip firewall filter add action=drop chain=forward connection-nat-state=!dstnat connection-state=new in-interface-list=WAN\n\
        /ip firewall nat add action=masquerade chain=srcnat out-interface-list=WAN\n\
        /ip route add comment=\"to the other office\" dst-address=10.9.0.0/16 gateway=192.168.88.9\n";
    let router = Router::from_export(base.as_bytes(), Some(version)).unwrap();
    let mut with_script = Router::new(version);
    for menu in router.menus() {
        for row in router.table(menu) {
            let mut row = row.clone();
            if menu == "/ip/dhcp-client" {
                row.set("script", script);
            }
            with_script.push(menu, row);
        }
    }
    with_script
}

fn site(mode: Mode, health: Health) -> Site {
    let speed = Mbps::new(100).unwrap();
    let lines = LINES.map(|(id, port)| LineDraft::new(id, port, Access::Dhcp, speed));
    let draft = SiteDraft {
        health,
        ..SiteDraft::new(mode, lines.to_vec())
    };
    draft.build().unwrap()
}

#[track_caller]
fn applied(site: &Site, router: &Router, live: &dyn Live) -> Router {
    let plan = plan_apply(site, router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"));
    let Outcome { router, error, .. } = router.run(&Script::parse(&plan.script()).unwrap(), live);
    assert_eq!(error, None);
    router
}

/// What the router does when the client on a port gets a lease, or loses it.
fn leased(router: &Router, port: &str, bound: &str, gateway: &str) -> Outcome {
    let script = script(router, port).unwrap_or_default();
    let variables = [
        ("bound", bound),
        ("gateway-address", gateway),
        ("lease-address", "198.51.100.9"),
        ("interface", port),
    ];
    let variables = variables.map(|(name, value)| (name, Value::from(value)));
    router.run_with(&Script::parse(&script).unwrap(), &variables, &Unknown)
}

fn script(router: &Router, port: &str) -> Option<Vec<u8>> {
    let client = router.table("/ip/dhcp-client").find_by("interface", port)?;
    Some(client.get("script")?.as_bytes().to_vec())
}

/// Comment, gateway and whether it is off, of the routes that name the next hop of a line or of every other one.
fn hops(router: &Router, is_meant: impl Fn(&str) -> bool) -> Vec<(String, String, bool)> {
    let text = |row: &Row, name: &str| row.text(name).unwrap_or_default().into_owned();
    let rows = router.table("/ip/route").iter();
    rows.map(|row| (text(row, "comment"), text(row, "gateway"), row.disabled()))
        .filter(|(comment, ..)| is_meant(comment))
        .collect()
}

fn is_of(comment: &str, id: &str) -> bool {
    comment.split(':').nth(2) == Some(id)
}

/// The routes of a line that name its next hop: not those over a probe.
fn own(router: &Router, id: &str) -> Vec<(String, String, bool)> {
    let over_probe = |gateway: &str| {
        let probes = hops(router, |comment| comment.starts_with("multi-isp:probe:"));
        let probes = probes.iter().map(|(comment, ..)| comment.clone());
        let mut targets = probes.filter_map(|comment| {
            let row = router.table("/ip/route").find_by("comment", comment)?;
            Some(row.text("dst-address")?.trim_end_matches("/32").to_owned())
        });
        targets.any(|target| target == gateway)
    };
    let mut own = hops(router, |comment| is_of(comment, id));
    own.retain(|(_, gateway, _)| !over_probe(gateway));
    own
}

#[test]
fn a_lease_moves_the_routes_of_its_line_and_no_other() {
    for version in VERSIONS {
        for (mode, health) in MODES {
            let name = format!("{version} {mode:?} {health:?}");
            let start = applied(&site(mode, health), &router(version, ""), &Unknown);
            for (id, port) in LINES {
                let others = |router: &Router| hops(router, |comment| !is_of(comment, id));
                let fresh = own(&start, id);
                assert!(!fresh.is_empty(), "{name} {id}");
                assert!(
                    fresh.iter().all(|(.., off)| *off),
                    "{name}: no lease yet, no route: {fresh:?}"
                );

                let moves = |router: &Router, gateway: &str| {
                    let Outcome {
                        router: after, error, ..
                    } = leased(router, port, "1", gateway);
                    assert_eq!(error, None, "{name}");
                    let pinned = [gateway, "%", port].concat();
                    for (comment, hop, off) in own(&after, id) {
                        assert!(
                            !off && (hop == gateway || hop == pinned),
                            "{name} {comment}: {hop} {off}"
                        );
                    }
                    assert_eq!(own(&after, id).len(), fresh.len());
                    assert_eq!(others(&after), others(&start), "{name} {id}");
                    after
                };
                let first = moves(&start, "203.0.113.1");
                let moved = moves(&first, "203.0.113.254");
                assert_eq!(
                    leased(&moved, port, "1", "").router.diff(&moved),
                    [],
                    "{name}: no gateway, no change"
                );
                let lost = leased(&moved, port, "0", "").router;
                assert!(
                    own(&lost, id)
                        .iter()
                        .all(|(_, hop, off)| *off && hop.starts_with("203.0.113.254")),
                    "{name}"
                );
                assert_eq!(others(&lost), others(&start), "{name} {id}");
                let again = moves(&lost, "203.0.113.1");
                let plan = plan_apply(&site(mode, health), &again, &Options::default()).unwrap();
                assert!(plan.is_empty(), "{name}: a lease is no drift: {}", plan.summary());
            }
        }
    }
}

/// Clients that are bound already run no new script: the plan copies the gateway that each of them has.
#[test]
fn a_plan_seeds_each_line_with_its_own_lease() {
    struct Bound;
    impl Live for Bound {
        fn property(&self, _: &Router, menu: &str, row: &Row, name: &str) -> Option<Value> {
            let port = row.text("interface")?;
            let gateway = port.replace("ether", "203.0.113.");
            match (menu, name) {
                ("/ip/dhcp-client", "status") => Some(Value::from("bound")),
                ("/ip/dhcp-client", "gateway") => Some(Value::from(gateway)),
                _ => None,
            }
        }
    }
    for version in VERSIONS {
        for (mode, health) in MODES {
            let router = applied(&site(mode, health), &router(version, ""), &Bound);
            for (id, port) in LINES {
                let gateway = port.replace("ether", "203.0.113.");
                for (comment, hop, off) in own(&router, id) {
                    let is_its_own = hop == gateway || hop == [&gateway, "%", port].concat();
                    assert!(
                        !off && is_its_own,
                        "{version} {mode:?} {health:?} {comment}: {hop} {off}"
                    );
                }
            }
        }
    }
}

#[test]
fn a_script_that_stood_there_runs_and_comes_back_as_it_was() {
    for version in VERSIONS {
        for before in SCRIPTS {
            for (mode, health) in MODES {
                let name = format!("{version} {before:?} {mode:?} {health:?}");
                let start = router(version, before);
                let router = applied(&site(mode, health), &start, &Unknown);
                for (bound, gateway) in [("1", "203.0.113.1"), ("1", ""), ("0", "")] {
                    let outcome = leased(&router, "ether1", bound, gateway);
                    let said: Vec<_> = outcome.log.iter().map(|entry| entry.message.to_text()).collect();
                    assert_eq!(said, ["mine"], "{name}");
                    let moved = own(&outcome.router, "isp1");
                    let is_moved = moved
                        .iter()
                        .all(|(_, hop, off)| !off && hop.starts_with("203.0.113.1"));
                    assert_eq!(
                        is_moved,
                        !gateway.is_empty(),
                        "{name}: ours runs whatever his does: {moved:?}"
                    );
                }
                let plan = plan_disable(&router, &Options::default()).unwrap();
                let freed = router
                    .run(&Script::parse(&plan.script()).unwrap(), &Unknown)
                    .router;
                assert_eq!(freed.diff(&start), [], "{name}");
                assert_eq!(
                    script(&freed, "ether1").as_deref(),
                    Some(before.as_bytes()),
                    "{name}"
                );
            }
        }
    }
}
