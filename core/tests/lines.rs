//! What stands on a line's interface already, and what becomes of it. Every router is made by hand.

use multi_isp::plan::{Options, Plan, plan_apply, plan_disable};
use multi_isp::routeros::router::Router;
use multi_isp::routeros::version::Version;
use multi_isp::site::{Access, Health, LineDraft, Mbps, Mode, Site, SiteDraft};

use crate::twin::run;

const BASE: &str = "/interface bridge\nadd name=bridge\n\
    /interface list\nadd name=WAN\nadd name=LAN\n/interface bridge port\nadd bridge=bridge interface=ether5\n\
    /interface list member\nadd interface=ether1 list=WAN\nadd interface=bridge list=LAN\n\
    /ip address\nadd address=192.168.88.1/24 interface=bridge\n\
    /ip firewall filter\nadd action=drop chain=input in-interface-list=!LAN\n\
    add action=fasttrack-connection chain=forward connection-state=established,related\n\
    add action=drop chain=forward in-interface-list=WAN connection-nat-state=!dstnat connection-state=new\n\
    /ip firewall nat\nadd action=masquerade chain=srcnat out-interface-list=WAN\n";

const LEASE: &str = "/ip dhcp-client\nadd disabled=no interface=ether1\n";

const V7: Version = Version::new(7, 22, 3);

fn router(rest: &str, version: Version) -> Router {
    let export = [BASE, rest].concat();
    Router::from_export(export.as_bytes(), Some(version)).unwrap_or_else(|error| panic!("{error}\n{export}"))
}

fn draft(mode: Mode, lines: &[(&str, Access)]) -> SiteDraft {
    let line = |(port, access): &(&str, Access)| {
        let id = format!("{port}-line");
        LineDraft::new(id, *port, access.clone(), Mbps::new(100).unwrap())
    };
    SiteDraft::new(mode, lines.iter().map(line).collect())
}

fn site(mode: Mode, lines: &[(&str, Access)]) -> Site {
    draft(mode, lines).build().unwrap()
}

#[track_caller]
fn planned(site: &Site, router: &Router) -> Plan {
    plan_apply(site, router, &Options::default()).unwrap_or_else(|error| panic!("{error:#?}"))
}

/// The plan's commands that change `menu`.
fn commands(plan: &Plan, menu: &str) -> Vec<String> {
    let steps = plan.steps().iter();
    steps
        .filter(|step| step.change.menu() == Some(menu))
        .map(|step| String::from_utf8_lossy(&step.change.command()).into_owned())
        .collect()
}

/// Applies the plan, and disables it again: nothing is left of it.
#[track_caller]
fn applied_and_gone(site: &Site, start: &Router) -> (Plan, Router) {
    let plan = planned(site, start);
    let applied = run(start, &plan.script());
    let again = planned(site, &applied);
    assert!(again.is_empty(), "{}", again.summary());
    let disable = plan_disable(&applied, &Options::default()).unwrap();
    assert_eq!(run(&applied, &disable.script()).diff(start), []);
    assert_eq!(run(&applied, &plan.undo_script()).diff(start), []);
    (plan, applied)
}

/// One that is not known to have a distance adds no default any more.
#[test]
fn the_default_of_a_tunnels_client_steps_behind_ours() {
    let cases = [
        (
            "l2tp-client",
            "default-route-distance=2",
            "default-route-distance=202",
        ),
        ("l2tp-client", "", "default-route-distance=202"),
        ("pptp-client", "default-route-distance=2", "add-default-route=no"),
        ("sstp-client", "", "add-default-route=no"),
        ("ovpn-client", "", "add-default-route=no"),
    ];
    for version in [Version::new(6, 49, 18), V7] {
        for (menu, distance, becomes) in cases {
            let client = format!(
                "{LEASE}/interface {menu}\nadd name=tun connect-to=1.2.3.4 user=a password=b disabled=no add-default-route=yes {distance}\n"
            );
            let site = site(
                Mode::Failover,
                &[("ether1", Access::Dhcp), ("tun", Access::Tunnel)],
            );
            let (plan, _) = applied_and_gone(&site, &router(&client, version));
            assert_eq!(
                commands(&plan, &format!("/interface/{menu}")),
                [format!(
                    "/interface {menu} set [find where name=\"tun\"] {becomes}"
                )],
                "{version}"
            );
            assert!(plan.report().to_string().contains("its session may restart"));
        }
    }
}

#[test]
fn a_tunnel_that_is_isp_1_keeps_its_default_until_others_work() {
    let client = "/interface list member\nadd interface=tun list=WAN\n/interface sstp-client\nadd name=tun connect-to=1.2.3.4 user=a password=b disabled=no add-default-route=yes\n";
    let lines = [("tun", Access::Tunnel), ("ether1", Access::Dhcp)];
    let start = router(client, V7);
    let plan = applied_and_gone(&site(Mode::Failover, &lines), &start).0;
    let steps = plan.steps();
    let gives_way =
        |step: &multi_isp::plan::Step| step.change.command().starts_with(b"/interface sstp-client set");
    let step = steps.iter().find(|step| gives_way(step)).unwrap();
    assert_eq!(step.phase, multi_isp::plan::Phase::Switch);

    let mut draft = draft(Mode::Failover, &lines);
    draft.health = Health::Link;
    let plan = planned(&draft.build().unwrap(), &start);
    assert!(
        !plan.steps().iter().any(gives_way),
        "where only its link decides, nothing of ISP 1 changes"
    );
    assert!(
        !commands(&plan, "/ip/route")
            .iter()
            .any(|route| route.contains("multi-isp:main:tun-line:")),
        "its own default does"
    );
}

/// A client that adds no default is left alone; one that is off starts.
#[test]
fn a_tunnel_without_a_default_is_left_alone() {
    let off = "/interface l2tp-client\nadd name=tun connect-to=1.2.3.4 user=a password=b disabled=yes\n";
    let site = site(
        Mode::Failover,
        &[("ether1", Access::Dhcp), ("tun", Access::Tunnel)],
    );
    let found = |client: &str| {
        let plan = applied_and_gone(&site, &router(&[LEASE, client].concat(), V7)).0;
        commands(&plan, "/interface/l2tp-client")
    };
    assert_eq!(
        found(off),
        ["/interface l2tp-client set [find where name=\"tun\"] disabled=no"]
    );
    assert!(found(&off.replace("disabled=yes", "disabled=no")).is_empty());
    let other = "/interface sstp-client\nadd name=tun connect-to=1.2.3.4 user=a password=b disabled=no\n";
    let plan = applied_and_gone(&site, &router(&[LEASE, other].concat(), V7)).0;
    assert!(commands(&plan, "/interface/sstp-client").is_empty());
}

/// A compact export does not call the factory's profile by its name.
#[test]
fn the_profile_of_the_factory_is_found_without_its_name() {
    let modem = "/interface lte\nset [ find ] name=lte1\n/interface lte apn\n";
    for (profiles, at_first) in [
        ("set [ find default=yes ] apn=internet\n", "2"),
        (
            "set [ find default=yes ] apn=internet\nadd apn=internet name=other\n",
            "2",
        ),
        (
            "set [ find default=yes ] apn=internet default-route-distance=5\nadd apn=internet name=other\n",
            "5",
        ),
    ] {
        for version in [Version::new(6, 49, 18), V7] {
            let start = router(&[LEASE, modem, profiles].concat(), version);
            let lines = [("ether1", Access::Dhcp), ("lte1", Access::Lte(None))];
            let (plan, applied) = applied_and_gone(&site(Mode::Failover, &lines), &start);
            assert_eq!(
                commands(&plan, "/interface/lte/apn"),
                ["/interface lte apn set [find where name=\"default\"] default-route-distance=202"]
            );
            let undo = String::from_utf8(plan.undo_script()).unwrap();
            assert!(
                undo.contains(&format!("default-route-distance={at_first}")),
                "{undo}"
            );
            let text = applied.to_export();
            let again = Router::from_export(&text, Some(version)).unwrap();
            assert_eq!(again.diff(&applied), []);
        }
    }
}

/// A gateway outside the network of ISP 1: its probes resolve only through a route of a scope that is small enough.
#[test]
fn probes_of_isp_1_get_a_way_to_a_gateway_outside() {
    let outside = Access::Static {
        address: "198.51.100.2/32".parse().unwrap(),
        gateway: "203.0.113.1".parse().unwrap(),
    };
    let site = site(Mode::Failover, &[("ether1", outside), ("ether2", Access::Dhcp)]);
    let default = "add dst-address=0.0.0.0/0 gateway=203.0.113.1 target-scope=30\n";
    let address = "/ip address\nadd address=198.51.100.2/32 interface=ether1\n/ip route\n";
    let peer = "/ip address\nadd address=198.51.100.2/32 interface=ether1 network=203.0.113.1\n/ip route\n";
    let host = "add dst-address=203.0.113.1/32 gateway=ether1";
    for (rest, ways) in [
        (format!("{address}{host}\n{default}"), 1),
        (format!("{address}{host} scope=10\n{default}"), 0),
        (format!("{address}{host} scope=10 disabled=yes\n{default}"), 1),
        (
            format!("{address}add dst-address=203.0.113.1/32 gateway=ether3 scope=10\n{default}"),
            1,
        ),
        (format!("{peer}{default}"), 0),
    ] {
        let (plan, _) = applied_and_gone(&site, &router(&rest, V7));
        let found = commands(&plan, "/ip/route");
        let found: Vec<_> = found
            .iter()
            .filter(|route| route.contains("multi-isp:on-link:ether1-line:"))
            .collect();
        assert_eq!(found.len(), ways, "{rest}");
        assert!(
            found
                .iter()
                .all(|route| route.contains("dst-address=203.0.113.1/32 gateway=ether1 scope=10"))
        );
    }
}

#[test]
fn the_routers_own_timing_of_next_hops_counts() {
    let settings = "/routing settings\nset check-gateway-ping-count=5 check-gateway-ping-interval=1m check-gateway-ping-timeout=500ms\n";
    let site = site(
        Mode::Failover,
        &[("ether1", Access::Dhcp), ("ether2", Access::Dhcp)],
    );
    let plan = planned(&site, &router(&[LEASE, settings].concat(), V7));
    assert!(plan.summary().contains("240-300.5 s"), "{}", plan.summary());
    let script = String::from_utf8(plan.script()).unwrap();
    assert!(
        script.contains(":delay 301s"),
        "it waits until the check has failed"
    );
    let cost = |plan: &Plan| plan.outline()[0].probe_bytes.unwrap();
    let usual = planned(&site, &router(LEASE, V7));
    assert_eq!(cost(&usual), cost(&plan) * 6);
    assert!(usual.summary().contains("10-21 s"));
}

/// What customers send needs no mark where the main table alone carries it: FastTrack keeps it.
#[test]
fn one_forwarded_port_does_not_mark_what_customers_send() {
    let forward = "/ip firewall nat\nadd action=dst-nat chain=dstnat in-interface-list=WAN protocol=tcp dst-port=8443 to-addresses=192.168.88.10\n";
    let lines = [("ether1", Access::Dhcp), ("ether2", Access::Dhcp)];
    for version in [Version::new(6, 49, 18), V7] {
        let start = router(&[LEASE, forward].concat(), version);
        let marks = |mode: Mode, of: &str| {
            let (plan, _) = applied_and_gone(&site(mode, &lines), &start);
            let rules = commands(&plan, "/ip/firewall/mangle").into_iter();
            rules
                .filter(|rule| rule.contains(&format!("multi-isp:{of}:")))
                .count()
        };
        assert_eq!(marks(Mode::Failover, "adopt"), 0);
        assert_eq!(marks(Mode::LoadBalanceFailover, "adopt"), 2);
        // Questions from outside are marked as they come in, and their answers go back by the mark.
        for of in ["ingress", "route", "reply"] {
            assert_eq!(marks(Mode::Failover, of), 2, "{of}");
        }
        let mut draft = draft(Mode::Failover, &lines);
        draft.stale_connections = multi_isp::site::StaleConnections::FailedLine;
        let (plan, _) = applied_and_gone(&draft.build().unwrap(), &start);
        let script = String::from_utf8(plan.script()).unwrap();
        for flushed in ["connection-mark~", "reply-dst-address~"] {
            assert!(
                script.contains(flushed),
                "{flushed}: customers' connections carry no mark"
            );
        }
    }
}

#[test]
fn netwatch_looks_soon_after_a_start_where_it_can_be_told_to() {
    let mut draft = draft(
        Mode::Failover,
        &[("ether1", Access::Dhcp), ("ether2", Access::Dhcp)],
    );
    draft.lines[1].metered = true;
    let site = draft.build().unwrap();
    for (version, delay) in [
        ("6.49.18", false),
        ("7.6", false),
        ("7.9", true),
        ("7.22.3", true),
    ] {
        let (plan, _) = applied_and_gone(&site, &router(LEASE, Version::parse(version).unwrap()));
        let watches = commands(&plan, "/tool/netwatch");
        assert!(
            watches
                .iter()
                .all(|watch| watch.contains(" startup-delay=30s ") == delay)
        );
        assert_eq!(watches.len(), 2, "{version}");
    }
}
