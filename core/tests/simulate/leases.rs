//! What is assumed of what nobody told: leases above all.

use multi_isp::Router;
use multi_isp::routeros::version::Version;
use multi_isp::simulate::{Condition, Lease, Scenario, WhatIf, simulate, what_if};

const CLIENTS: &str =
    "/ip dhcp-client\nadd interface=ether1 add-default-route=no\nadd interface=ether2 add-default-route=no\n";

fn router(parts: &[&str]) -> Router {
    let export = parts.concat();
    Router::from_export(export.as_bytes(), Some(Version::new(7, 22, 0)))
        .unwrap_or_else(|error| panic!("{error}"))
}

fn assumed(parts: &[&str], scenario: &Scenario) -> Vec<String> {
    simulate(&router(parts), scenario).assumed
}

#[test]
fn a_route_that_names_the_interface_tells() {
    let routes = "/ip route\nadd gateway=192.0.2.1%ether2\nadd gateway=198.51.100.1\n";
    let told = assumed(&[CLIENTS, routes], &Scenario::default());
    assert_eq!(
        told,
        [
            "ether1 has the lease 198.51.100.2/24 with gateway 198.51.100.1, the only one of the routes that is in no known network",
            "ether2 has the lease 192.0.2.2/24 with gateway 192.0.2.1, which a route names for it",
        ]
    );
}

#[test]
fn the_lease_script_tells() {
    let clients = "/ip dhcp-client\nadd interface=ether1\n\
        add interface=ether2 add-default-route=no script=\":if (\\$bound=1) do={ /ip route set [find comment=two] gateway=(\\$\\\"gateway-address\\\" . \\\"%ether2\\\") }\"\n";
    let routes = "/ip route\nadd gateway=192.0.2.1 comment=one\nadd gateway=198.51.100.1 comment=two\n";
    let told = assumed(&[clients, routes], &Scenario::default());
    assert_eq!(
        told[1],
        "ether2 has the lease 198.51.100.2/24 with gateway 198.51.100.1, which its lease script maintains"
    );
}

#[test]
fn as_many_gateways_as_clients_stand_in_their_order() {
    let routes = "/ip route\nadd gateway=192.0.2.1\nadd gateway=198.51.100.1 distance=2\n";
    let router = router(&[CLIENTS, routes]);
    let matrix = what_if(&router, &WhatIf::default());
    assert_eq!(matrix.lines, ["ether1", "ether2"]);
    assert_eq!(
        matrix.assumed,
        [
            "ether1 has the lease 192.0.2.2/24 with gateway 192.0.2.1, by the order of clients and routes",
            "ether2 has the lease 198.51.100.2/24 with gateway 198.51.100.1, by the order of clients and routes",
        ]
    );
}

/// A far gateway is nobody's lease, though the host route that leads to it is disabled.
#[test]
fn recursive_gateways_are_left_alone() {
    let routes = "/ip route\nadd gateway=9.9.9.10 target-scope=11\nadd dst-address=9.9.9.10/32 gateway=127.0.0.1 scope=10 disabled=yes\n";
    let client = "/ip dhcp-client\nadd interface=ether1 add-default-route=no\n";
    let told = assumed(&[client, routes], &Scenario::default());
    assert_eq!(
        told,
        ["ether1 has the lease 198.18.1.2/24 with gateway 198.18.1.1, made up"]
    );
}

#[test]
fn what_is_told_counts() {
    let routes = "/ip route\nadd gateway=192.0.2.1\nadd gateway=198.51.100.1 distance=2\n";
    let lease = Lease {
        address: "192.0.2.77/24".parse().unwrap(),
        gateway: "192.0.2.1".parse().unwrap(),
    };
    let told = assumed(
        &[CLIENTS, routes],
        &Scenario::default().with_lease("ether2", lease),
    );
    assert_eq!(
        told,
        [
            "ether1 has the lease 198.51.100.2/24 with gateway 198.51.100.1, the only one of the routes that is in no known network",
        ]
    );
}

#[test]
fn a_line_that_is_not_there_is_told() {
    let scenario = Scenario::default().with_line("ether9", Condition::LinkDown);
    let trace = simulate(&router(&[CLIENTS]), &scenario);
    assert_eq!(
        trace.unmodelled,
        ["the router has no interface `ether9`: that it fails changes nothing"]
    );
}

/// Networks for benchmarks that a route or an address names are not given to others.
#[test]
fn made_up_leases_do_not_meet() {
    let routes = "/ip route\nadd gateway=198.18.1.1%ether1\n";
    let told = assumed(&[CLIENTS, routes], &Scenario::default());
    assert_eq!(
        told[1],
        "ether2 has the lease 198.18.2.2/24 with gateway 198.18.2.1, made up"
    );
}
