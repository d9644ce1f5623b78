//! Small routers, made by hand; each case cites the fact that it holds to.

#![cfg(test)]

use std::format;
use std::string::String;
use std::vec::Vec;

use super::super::network::Network;
use super::super::scenario::{Condition, Noticed, Scenario};
use super::{Activity, Fib, Route, RouteKind, Why};
use crate::routeros::router::Router;
use crate::routeros::value::Value;
use crate::routeros::version::Version;

const V6: Version = Version::new(6, 49, 18);
const V7: Version = Version::new(7, 22, 3);

/// Two static lines, a PPPoE session, and a LAN.
const LINES: &str = "/interface bridge\nadd name=bridge\n\
    /interface pppoe-client\nadd disabled=no interface=ether3 name=pppoe-out1\n\
    /ip address\nadd address=192.0.2.2/24 interface=ether1\nadd address=198.51.100.2/24 interface=ether2\n\
    add address=192.168.88.1/24 interface=bridge\nadd address=100.64.9.9/32 interface=pppoe-out1 network=10.0.0.1\n";

/// A probe, and a default over it.
const RECURSIVE: &str = "add dst-address=9.9.9.10/32 gateway=192.0.2.1 scope=10\n";

fn router(version: Version, routes: &str) -> Router {
    let export = format!("{LINES}/ip route\n{routes}");
    Router::from_export(export.as_bytes(), Some(version)).unwrap()
}

/// What every static route comes to: its next hops, or why it has none.
fn told(version: Version, routes: &str, scenario: &Scenario) -> Vec<String> {
    let router = router(version, routes);
    let network = Network::of(&router, scenario);
    let fib = Fib::of(&network);
    let statics = fib.routes().iter().filter(|route| route.menu == "/ip/route");
    let told = statics.map(|route| match route.activity {
        Activity::Active => format!("+{}", route.immediate_gw().to_text()),
        Activity::Standby => format!("-{}", route.immediate_gw().to_text()),
        Activity::Inactive(why) => format!("{why:?}"),
    });
    told.collect()
}

#[track_caller]
fn check(version: Version, routes: &str, expected: &[&str]) {
    assert_eq!(told(version, routes, &Scenario::default()), expected);
}

#[track_caller]
fn check_when(version: Version, routes: &str, scenario: &Scenario, expected: &[&str]) {
    assert_eq!(told(version, routes, scenario), expected);
}

fn when(line: &str, condition: Condition) -> Scenario {
    Scenario::default().with_line(line, condition)
}

/// What is said of a router without routes but these.
fn notes(version: Version, routes: &str) -> String {
    let router = router(version, routes);
    let scenario = Scenario::default();
    Fib::of(&Network::of(&router, &scenario)).notes().join("\n")
}

/// Where packets to a host go by a table.
fn goes(fib: &Fib<'_>, table: &str, to: &str, suppressed: Option<u8>) -> String {
    match fib.lookup(table.as_bytes(), to.parse().unwrap(), suppressed) {
        None => "nowhere".into(),
        Some(found) if found.kind != RouteKind::Unicast => format!("{:?}", found.kind),
        Some(found) => {
            let hops = found.hops.iter().map(|hop| {
                let next = hop.next_hop.map_or(String::new(), |next| format!("{next}%"));
                let asks = if hop.asks_for_mac { " asks" } else { "" };
                format!("{next}{}{asks}", String::from_utf8_lossy(hop.interface))
            });
            hops.collect::<Vec<_>>().join(" ")
        }
    }
}

/// `ROUTEROS` §2b: v7 raises the scope of the probe to 11, v6 does not.
#[test]
fn a_gateway_is_found_within_its_target_scope() {
    let over = |target: u8| format!("{RECURSIVE}add gateway=9.9.9.10 target-scope={target}\n");
    let found = ["+192.0.2.1%ether1", "+192.0.2.1%ether1"];
    let lost = ["+192.0.2.1%ether1", "Unresolved"];
    check(V7, &over(10), &lost);
    check(V7, &over(11), &found);
    check(V7, &over(12), &found);
    check(V6, &over(10), &found);
    check(V6, &over(9), &lost);
    let usual_scope = "add dst-address=9.9.9.10/32 gateway=192.0.2.1\nadd gateway=9.9.9.10 target-scope=11\n";
    check(V7, usual_scope, &lost);
}

/// `ROUTEROS` §2b: the virtual hop of two levels [D:26476608].
#[test]
fn levels_of_recursion_need_a_scope_each() {
    let levels = |target: u8| {
        format!(
            "{RECURSIVE}add dst-address=127.88.1.1/32 gateway=9.9.9.10 scope=10 target-scope=11 check-gateway=ping\n\
             add gateway=127.88.1.1 target-scope={target}\n"
        )
    };
    let gateway = "+192.0.2.1%ether1";
    check(V7, &levels(12), &[gateway, gateway, gateway]);
    check(V7, &levels(11), &[gateway, gateway, "Unresolved"]);
}

/// ROUTEROS-BEHAVIOUR §2: what v6 does not find, and v7 does.
#[test]
fn v6_finds_nothing_through_a_route_that_names_an_interface() {
    let over = |gateway: &str, target: u8| {
        format!(
            "add dst-address=9.9.9.10/32 gateway={gateway} scope=10\nadd gateway=9.9.9.10 target-scope={target}\n"
        )
    };
    let pinned = "192.0.2.1%ether1";
    check(V6, &over(pinned, 10), &["+192.0.2.1%ether1", "ThroughInterface"]);
    check(V7, &over(pinned, 11), &["+192.0.2.1%ether1", "+192.0.2.1%ether1"]);
    check(V6, &over("pppoe-out1", 10), &["+pppoe-out1", "ThroughInterface"]);
    check(V7, &over("pppoe-out1", 11), &["+pppoe-out1", "+pppoe-out1"]);
    // The remedy: the other end of the session is connected.
    check(
        V6,
        &over("10.0.0.1", 10),
        &["+10.0.0.1%pppoe-out1", "+10.0.0.1%pppoe-out1"],
    );
    check(
        V6,
        "add gateway=192.0.2.1%ether1 check-gateway=ping\n",
        &["+192.0.2.1%ether1"],
    );
}

/// `ROUTEROS` §2f.
#[test]
fn a_gateway_of_two_networks_is_behind_both_unless_pinned() {
    let both = "add gateway=100.64.0.1\nadd gateway=100.64.0.1%ether2 distance=2\n/ip address\n\
        add address=100.64.0.2/24 interface=ether1\nadd address=100.64.0.3/24 interface=ether2\n";
    check(
        V7,
        both,
        &["+100.64.0.1%ether1,100.64.0.1%ether2", "-100.64.0.1%ether2"],
    );
    let unplugged = when("ether1", Condition::LinkDown);
    check_when(
        V7,
        both,
        &unplugged,
        &["+100.64.0.1%ether2", "-100.64.0.1%ether2"],
    );
    assert!(notes(V6, both).contains("which of them RouterOS 6 takes"));
}

/// `ROUTEROS` §2a: a link that is down is seen at once, a gateway by its check, and what is behind it by recursion only.
#[test]
fn checks_see_what_they_can_in_their_time() {
    let direct =
        "add gateway=192.0.2.1 check-gateway=ping\nadd gateway=198.51.100.1 distance=2 check-gateway=ping\n";
    let healthy = ["+192.0.2.1%ether1", "-198.51.100.1%ether2"];
    let failed = ["CheckFailed", "+198.51.100.1%ether2"];
    check(V7, direct, &healthy);
    for version in [V6, V7] {
        let dead = when("ether1", Condition::GatewayDead);
        check_when(version, direct, &dead.clone().at(Noticed::AtOnce), &healthy);
        check_when(version, direct, &dead.at(Noticed::Checks), &failed);
        check_when(
            version,
            direct,
            &when("ether1", Condition::UpstreamDead),
            &healthy,
        );
        let unplugged = when("ether1", Condition::LinkDown).at(Noticed::AtOnce);
        check_when(
            version,
            direct,
            &unplugged,
            &["Unresolved", "+198.51.100.1%ether2"],
        );
    }
    let recursive = format!(
        "{RECURSIVE}add gateway=9.9.9.10 target-scope=11 check-gateway=ping\nadd gateway=198.51.100.1 distance=2\n"
    );
    let far = when("ether1", Condition::UpstreamDead);
    let failed = ["+192.0.2.1%ether1", "CheckFailed", "+198.51.100.1%ether2"];
    check_when(V7, &recursive, &far, &failed);
}

/// ROUTEROS-BEHAVIOUR §2, `ROUTEROS` §2b.
#[test]
fn an_interface_cannot_be_checked() {
    let session = "add gateway=pppoe-out1 check-gateway=ping\n";
    check(V7, session, &["NothingToCheck"]);
    check(V7, "add gateway=ether1 check-gateway=arp\n", &["NothingToCheck"]);
    check(V6, session, &["+pppoe-out1"]);
    assert!(notes(V6, session).contains("what its check asks of an interface is not known"));
    assert_eq!(notes(V7, session), "");
    assert!(notes(V7, "add gateway=192.0.2.1 check-gateway=bfd\n").contains("`check-gateway=bfd`"));
    let far_arp = format!("{RECURSIVE}add gateway=9.9.9.10 target-scope=11 check-gateway=arp\n");
    assert!(notes(V7, &far_arp).contains("far gateway"));
}

/// [D:26476608], `ROUTEROS` §2q.
#[test]
fn each_gateway_of_a_route_is_judged_alone() {
    let ecmp = "add gateway=192.0.2.1,198.51.100.1 check-gateway=ping\n";
    check(V7, ecmp, &["+192.0.2.1%ether1,198.51.100.1%ether2"]);
    let dead = when("ether1", Condition::GatewayDead);
    check_when(V7, ecmp, &dead, &["+198.51.100.1%ether2"]);
    let weighted = "add gateway=192.0.2.1,192.0.2.1,198.51.100.1\n";
    check(
        V6,
        weighted,
        &["+192.0.2.1%ether1,192.0.2.1%ether1,198.51.100.1%ether2"],
    );
    assert_eq!(notes(V6, weighted), "");
    assert!(notes(V7, weighted).contains("stands there twice"));
}

#[test]
fn rows_of_the_same_distance_are_active_together() {
    let rows = "add gateway=192.0.2.1\nadd gateway=198.51.100.1\nadd gateway=pppoe-out1 distance=2\n";
    for version in [V6, V7] {
        let router = router(version, rows);
        let scenario = Scenario::default();
        let network = Network::of(&router, &scenario);
        let fib = Fib::of(&network);
        assert_eq!(
            goes(&fib, "main", "8.8.8.8", None),
            "192.0.2.1%ether1 198.51.100.1%ether2"
        );
        assert_eq!(fib.notes().is_empty(), version == V7, "{:?}", fib.notes());
    }
}

#[test]
fn what_can_never_be_used() {
    check(V7, "add gateway=192.0.2.1 distance=255\n", &["NeverUsed"]);
    check(
        V7,
        "add gateway=*16\nadd gateway=192.0.2.1%*16\nadd gateway=gone\n",
        &["NoGateway"; 3],
    );
    check(V7, "add dst-address=10.0.0.0/8\n", &["NoGateway"]);
    check(V7, "add disabled=yes gateway=192.0.2.1\n", &[]);
    check(V6, "add gateway=192.0.2.1@main\n", &["NoGateway"]);
    check(V7, "add gateway=203.0.113.1\n", &["Unresolved"]);
    check_when(
        V7,
        "add gateway=ether1\n",
        &when("ether1", Condition::LinkDown),
        &["InterfaceDown"],
    );
}

/// `ROUTEROS` §2c: v7 lists its tables, those of v6 spring from the marks of routes.
#[test]
fn tables_of_both_majors() {
    let tables = "/routing table\nadd fib name=to-wan1\nadd name=not-for-forwarding\n/ip route\n\
        add gateway=192.0.2.1 routing-table=to-wan1\nadd gateway=192.0.2.1 routing-table=not-for-forwarding\n\
        add gateway=198.51.100.1@to-wan1\nadd dst-address=198.51.100.1/32 gateway=192.0.2.1 routing-table=to-wan1 scope=10\n";
    let way = "+192.0.2.1%ether1";
    check(V7, tables, &[way, "NoTable", "Unresolved", way]);
    let wider = tables.replace(
        "add gateway=198.51.100.1@to-wan1",
        "add gateway=198.51.100.1@to-wan1 target-scope=11",
    );
    check(V7, &wider, &[way, "NoTable", way, way]);

    let marked = router(
        V6,
        "add gateway=192.0.2.1 routing-mark=to-wan1\nadd distance=3 routing-mark=dark type=prohibit\n",
    );
    let scenario = Scenario::default();
    let network = Network::of(&marked, &scenario);
    let fib = Fib::of(&network);
    assert_eq!(goes(&fib, "to-wan1", "8.8.8.8", None), "192.0.2.1%ether1");
    assert_eq!(goes(&fib, "dark", "8.8.8.8", None), "Prohibit");
    assert_eq!(goes(&fib, "main", "8.8.8.8", None), "nowhere");
}

/// `ROUTEROS` §2b: the guard of a probe takes over, and no default is found by it.
#[test]
fn a_blackhole_is_always_usable_and_leads_nowhere() {
    let guarded = format!(
        "{RECURSIVE}add blackhole distance=20 dst-address=9.9.9.10/32\nadd gateway=9.9.9.10 target-scope=11\n\
         add gateway=198.51.100.1 distance=2\n"
    );
    let way = "+192.0.2.1%ether1";
    check(V7, &guarded, &[way, "-", way, "-198.51.100.1%ether2"]);
    let unplugged = when("ether1", Condition::LinkDown);
    check_when(
        V7,
        &guarded,
        &unplugged,
        &["Unresolved", "+", "Unresolved", "+198.51.100.1%ether2"],
    );
    let wide = guarded.replace("distance=20", "distance=20 scope=10");
    check_when(
        V7,
        &wide,
        &unplugged,
        &["Unresolved", "+", "Refused", "+198.51.100.1%ether2"],
    );
}

#[test]
fn packets_take_the_longest_prefix() {
    let rows = "add gateway=192.0.2.1\nadd dst-address=203.0.113.0/24 gateway=ether2\nadd dst-address=10.0.0.0/8 blackhole\n";
    let router = router(V7, rows);
    let scenario = Scenario::default();
    let network = Network::of(&router, &scenario);
    let fib = Fib::of(&network);
    let cases = [
        ("8.8.8.8", None, "192.0.2.1%ether1"),
        ("8.8.8.8", Some(0), "nowhere"),
        ("203.0.113.9", Some(0), "ether2 asks"),
        ("192.168.88.9", None, "bridge"),
        ("192.168.88.9", Some(24), "nowhere"),
        ("192.0.2.77", None, "ether1"),
        ("10.0.0.1", None, "pppoe-out1"),
        ("10.0.0.2", None, "Blackhole"),
    ];
    for (to, suppressed, expected) in cases {
        assert_eq!(
            goes(&fib, "main", to, suppressed),
            expected,
            "{to} {suppressed:?}"
        );
    }
    assert_eq!(goes(&fib, "none", "8.8.8.8", None), "nowhere");
}

/// A route of v6 through itself, two through each other, and one that makes itself impossible.
#[test]
fn loops_come_to_an_end() {
    let itself = "add dst-address=203.0.113.0/24 gateway=203.0.113.1 target-scope=30\n";
    check(V6, itself, &["Unresolved"]);
    check(V7, itself, &["Unresolved"]);
    let each_other = "add dst-address=203.0.113.1/32 gateway=203.0.113.2 target-scope=30\n\
        add dst-address=203.0.113.2/32 gateway=203.0.113.1 target-scope=30\n";
    check(V6, each_other, &["Unresolved"; 2]);
    check(V7, each_other, &["Unresolved"; 2]);
    // The second keeps the first from being found, by which it is found itself.
    let paradox = "add dst-address=203.0.113.1/32 gateway=192.0.2.1 distance=2 scope=10\n\
        add dst-address=203.0.113.9/32 gateway=203.0.113.1 scope=10 target-scope=11\n\
        add dst-address=203.0.113.1/32 gateway=203.0.113.9 scope=20 target-scope=12\n";
    let told = told(V7, paradox, &Scenario::default());
    assert!(told.contains(&format!("{:?}", Why::Unsettled)), "{told:?}");
    assert!(notes(V7, paradox).contains("impossible"));
}

/// `ROUTEROS` §2g, §2h: REST of a live router with a lease and a session.
#[test]
fn clients_add_defaults_while_they_are_up() {
    let rest = r#"{"/interface/ethernet": [{".id": "*1", "name": "ether1"}, {".id": "*2", "name": "ether2"}],
        "/interface/pppoe-client": [{".id": "*3", "name": "pppoe-out1", "interface": "ether2", "disabled": "false",
            "add-default-route": "true", "default-route-distance": "3"}],
        "/interface/lte": [{".id": "*4", "name": "lte1"}],
        "/routing/table": [{".id": "*1", "name": "to-wan1", "fib": ""}],
        "/ip/address": [{".id": "*1", "address": "192.0.2.2/24", "interface": "ether1", "dynamic": "true"}],
        "/ip/dhcp-client": [{".id": "*1", "interface": "ether1", "status": "bound", "gateway": "192.0.2.1",
            "default-route-distance": "4", "default-route-tables": "main,to-wan1:7", "check-gateway": "ping"}],
        "/ip/route": [
            {".id": "*80000001", "dynamic": "true", "dhcp": "true", "dst-address": "0.0.0.0/0", "gateway": "192.0.2.254"},
            {".id": "*80000002", "dynamic": "true", "ospf": "true", "dst-address": "10.9.0.0/16", "gateway": "192.0.2.9"}]}"#;
    let router = Router::from_rest(rest.as_bytes(), Some(V7)).unwrap();
    let told = |scenario: &Scenario| {
        let network = Network::of(&router, scenario);
        let fib = Fib::of(&network);
        let defaults = fib.routes().iter().filter(|route| route.prefix.prefix_len() == 0);
        let told = defaults.map(|route| {
            let table = String::from_utf8_lossy(route.table);
            format!(
                "{table}:{} {} {:?}",
                route.distance,
                route.immediate_gw().to_text(),
                route.activity
            )
        });
        (told.collect::<Vec<_>>(), fib.notes().join("\n"))
    };
    let (healthy, notes) = told(&Scenario::default());
    assert_eq!(
        healthy,
        [
            "main:4 192.0.2.1%ether1 Standby",
            "to-wan1:7 192.0.2.1%ether1 Active",
            "main:3 pppoe-out1 Standby",
            "main:2 lte1 Active"
        ]
    );
    assert_eq!(
        notes,
        "the router has learned a route to `10.9.0.0/16`, which is not followed"
    );
    let (down, _) = told(
        &when("ether1", Condition::GatewayDead)
            .with_line("lte1", Condition::LinkDown)
            .with_line("ether2", Condition::LinkDown),
    );
    assert_eq!(
        down,
        [
            "main:4  Inactive(CheckFailed)",
            "to-wan1:7  Inactive(CheckFailed)"
        ]
    );
}

/// `ROUTEROS` §3.3, §3.4.
#[test]
fn a_router_says_how_its_routes_stand() {
    let rows = format!(
        "{RECURSIVE}add gateway=9.9.9.10 target-scope=11\nadd gateway=pppoe-out1 distance=2\n\
         add gateway=203.0.113.1 distance=3\nadd gateway=192.0.2.1%ether1 distance=4\n"
    );
    let said = |version: Version, say: fn(&Route<'_>) -> Value| -> Vec<String> {
        let router = router(version, &rows);
        let scenario = Scenario::default();
        let network = Network::of(&router, &scenario);
        let fib = Fib::of(&network);
        let rows = router.table("/ip/route").iter();
        let routes = rows.filter_map(|row| fib.routes().iter().find(|route| route.is_static(row)));
        routes.map(|route| say(route).to_text().into_owned()).collect()
    };
    let near = "192.0.2.1%ether1";
    assert_eq!(
        said(V7, |route| route.immediate_gw()),
        [near, near, "pppoe-out1", "", near]
    );
    assert_eq!(
        said(V6, |route| route.gateway_status()),
        [
            "192.0.2.1 reachable via  ether1",
            "9.9.9.10 recursive via 192.0.2.1 ether1",
            "pppoe-out1 reachable",
            "203.0.113.1 unreachable",
            "192.0.2.1%ether1 reachable via  ether1"
        ]
    );
}

#[test]
fn what_is_assumed_is_said() {
    let on_link = "add dst-address=203.0.113.1/32 gateway=ether1 scope=10\nadd gateway=203.0.113.1\n";
    check(V7, on_link, &["+ether1", "+203.0.113.1%ether1"]);
    assert!(notes(V7, on_link).contains("taken to be a neighbour"));
    assert!(notes(V7, "add gateway=203.0.113.1%ether1\n").contains("in no network of the interface"));
    assert!(notes(V7, "add gateway=192.0.2.1\nadd blackhole\n").contains("give way"));
    assert!(notes(V7, "/ip vrf\nadd interfaces=ether2 name=isp2\n").contains("`/ip/vrf`"));
    assert_eq!(
        notes(V7, &format!("{RECURSIVE}add gateway=9.9.9.10 target-scope=11\n")),
        ""
    );
}
