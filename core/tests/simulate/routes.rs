//! The routes that are active, compared with the model that was written from the facts alone.

use std::fmt::Write;
use std::net::Ipv4Addr;

use multi_isp::routeros::router::Router;
use multi_isp::routeros::version::Version;
use multi_isp::simulate::{Activity, Condition, Noticed, RouteState, Scenario, Why, routes};
use proptest::prelude::*;
use proptest::sample::select;

use super::model::{Gateway, Net, Picture, Route, SESSION, Ways, World};

const fn host(a: u8, b: u8, c: u8, d: u8) -> Ipv4Addr {
    Ipv4Addr::new(a, b, c, d)
}

/// Where the routes lead: everywhere, to probes, to virtual hops, and to the gateways themselves.
const TO: [Net; 7] = [
    (host(0, 0, 0, 0), 0),
    (host(0, 0, 0, 0), 0),
    (host(9, 9, 9, 1), 32),
    (host(9, 9, 9, 2), 32),
    (host(9, 9, 9, 0), 24),
    (host(127, 88, 1, 1), 32),
    (host(10, 0, 1, 1), 32),
];

/// Neighbours, far hosts, interfaces, and what is not there.
const GATEWAYS: [Gateway; 14] = [
    Gateway::Host(host(10, 0, 1, 1), "main"),
    Gateway::Host(host(10, 0, 2, 1), "main"),
    Gateway::Host(host(10, 0, 3, 1), "main"),
    Gateway::Host(host(10, 0, 4, 1), "main"),
    Gateway::Host(host(9, 9, 9, 1), "main"),
    Gateway::Host(host(9, 9, 9, 1), "main"),
    Gateway::Host(host(9, 9, 9, 2), "main"),
    Gateway::Host(host(127, 88, 1, 1), "main"),
    Gateway::Host(host(9, 9, 9, 1), "to-wan1"),
    Gateway::Pinned(host(10, 0, 1, 1), "ether1"),
    Gateway::Pinned(host(10, 0, 1, 1), "ether2"),
    Gateway::Interface("ether3"),
    Gateway::Interface(SESSION),
    Gateway::Gone,
];

fn any_route() -> impl Strategy<Value = Route> {
    let gateways = prop_oneof![
        4 => prop::collection::vec(select(GATEWAYS.to_vec()), 1),
        1 => prop::collection::vec(select(GATEWAYS.to_vec()), 2)
    ];
    let table = prop_oneof![4 => Just("main"), 1 => Just("to-wan1"), 1 => Just("to-wan2")];
    let distance = prop_oneof![6 => 1..4_u8, 1 => Just(255)];
    let scopes = (
        select(vec![9, 10, 10, 11, 12, 20, 30]),
        select(vec![9, 10, 10, 11, 11, 12, 13, 30, 255]),
    );
    let flags = (any::<bool>(), prop::bool::weighted(0.1));
    (table, select(TO.to_vec()), gateways, distance, scopes, flags).prop_map(
        |(table, to, gateways, distance, (scope, target_scope), (is_checked, is_blackhole))| Route {
            table,
            to,
            gateways,
            distance,
            scope,
            target_scope,
            is_checked,
            is_blackhole,
            is_connected: false,
        },
    )
}

/// Two lines of one network or of two, a third, and a session.
fn any_world() -> impl Strategy<Value = World> {
    let condition = || prop_oneof![2 => Just(Condition::Up), 3 => select(Condition::ALL.to_vec())];
    let conditions = (condition(), condition(), condition(), condition());
    let noticed = select(vec![Noticed::AtOnce, Noticed::Checks, Noticed::Everything]);
    let routes = prop::collection::vec(any_route(), 1..9);
    (any::<bool>(), any::<bool>(), noticed, conditions, routes).prop_map(
        |(is_v7, is_same, noticed, (first, second, third, session), mut routes)| {
            if !is_v7 {
                let is_here = |gateway: &Gateway| !matches!(gateway, Gateway::Host(_, "to-wan1"));
                routes.iter_mut().for_each(|route| route.gateways.retain(is_here));
            }
            let second_net = host(10, 0, if is_same { 1 } else { 2 }, 0);
            let lines = vec![
                ("ether1", (host(10, 0, 1, 0), 24), first),
                ("ether2", (second_net, 24), second),
                ("ether3", (host(10, 0, 3, 0), 24), third),
                (SESSION, (host(10, 0, 4, 1), 32), session),
            ];
            // v7 lists its tables, and those of v6 spring from the routes.
            let tables = if is_v7 {
                vec!["to-wan1"]
            } else {
                vec!["to-wan1", "to-wan2"]
            };
            World {
                is_v7,
                noticed,
                lines,
                tables,
                routes,
            }
        },
    )
}

/// The world as an export. Clients that add no default say which ports are lines.
fn export(world: &World) -> String {
    let mut text = format!("/interface pppoe-client\nadd disabled=no interface=ether4 name={SESSION}\n");
    if world.is_v7 {
        text += "/routing table\nadd fib name=to-wan1\n";
    }
    text += "/ip address\n";
    for (interface, (network, length), _) in &world.lines {
        let [a, b, c, d] = network.octets();
        let _ = match length {
            32 => writeln!(
                text,
                "add address=10.99.9.9/32 interface={interface} network={network}"
            ),
            _ => writeln!(
                text,
                "add address={a}.{b}.{c}.{}/{length} interface={interface}",
                d + 77
            ),
        };
    }
    text += "/ip dhcp-client\n";
    for (interface, ..) in world.lines.iter().filter(|(name, ..)| *name != SESSION) {
        let _ = writeln!(text, "add add-default-route=no disabled=no interface={interface}");
    }
    text += "/ip route\n";
    for route in &world.routes {
        let _ = writeln!(text, "{}", row(world, route));
    }
    text
}

fn row(world: &World, route: &Route) -> String {
    let mut text = format!(
        "add dst-address={}/{} distance={} scope={} target-scope={}",
        route.to.0, route.to.1, route.distance, route.scope, route.target_scope
    );
    let gateways: Vec<String> = route.gateways.iter().map(gateway).collect();
    let (table, blackhole) = if world.is_v7 {
        ("routing-table", "blackhole")
    } else {
        ("routing-mark", "type=blackhole")
    };
    if route.table != "main" {
        let _ = write!(text, " {table}={}", route.table);
    }
    if route.is_blackhole {
        let _ = write!(text, " {blackhole}");
    } else if !gateways.is_empty() {
        let _ = write!(text, " gateway={}", gateways.join(","));
    }
    if route.is_checked {
        text += " check-gateway=ping";
    }
    text
}

fn gateway(gateway: &Gateway) -> String {
    match gateway {
        Gateway::Host(host, "main") => host.to_string(),
        Gateway::Host(host, table) => format!("{host}@{table}"),
        Gateway::Pinned(host, interface) => format!("{host}%{interface}"),
        Gateway::Interface(interface) => (*interface).to_owned(),
        Gateway::Gone => "*16".to_owned(),
    }
}

/// What the library says of the rows that somebody wrote.
fn stated(world: &World) -> Vec<RouteState> {
    let version = if world.is_v7 {
        Version::new(7, 16, 2)
    } else {
        Version::new(6, 49, 18)
    };
    let text = export(world);
    let router =
        Router::from_export(text.as_bytes(), Some(version)).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let scenario = world
        .lines
        .iter()
        .fold(Scenario::default().at(world.noticed), |scenario, line| {
            let (interface, _, condition) = *line;
            scenario.with_line(interface, condition)
        });
    let all = routes(&router, &scenario).into_iter();
    all.filter(|route| route.row.menu == "/ip/route").collect()
}

fn picture(stated: &[RouteState], world: &World) -> Picture {
    let ways = stated.iter().map(|route| {
        let hops = route.hops.iter().map(|hop| {
            let known = world.lines.iter().find(|(name, ..)| hop.interface == *name);
            (known.expect("a line of the world").0, hop.address)
        });
        match route.activity {
            Activity::Inactive(_) => Ways::new(),
            Activity::Active | Activity::Standby => hops.collect(),
        }
    });
    Picture {
        ways: ways.collect(),
        scopes: stated.iter().map(|route| route.scope).collect(),
        is_active: stated
            .iter()
            .map(|route| route.activity == Activity::Active)
            .collect(),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn active_routes_are_those_of_the_facts(world in any_world()) {
        let stated = stated(&world);
        if stated.iter().any(|route| route.activity == Activity::Inactive(Why::Unsettled)) {
            prop_assert!(world.has_loops(), "{}\n{:#?}", export(&world), stated);
        } else {
            let found = picture(&stated, &world);
            let follows = world.follows(&found);
            prop_assert!(follows == found, "{}\n{:#?}\n{:#?}", export(&world), found, follows);
        }
    }
}
