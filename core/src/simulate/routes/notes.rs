//! What is assumed of the routes, and what is not followed, in sentences.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::super::network::Network;
use super::candidates::ROUTES;
use super::gateway::{Gateway, Target};
use super::resolve::{is_recursive, led_by};
use super::{Activity, Check, Hop, Route, RouteKind, Selected, Why};
use crate::routeros::router::Row;
use crate::survey::interfaces::enabled;

/// Each sentence once.
pub(super) fn of(network: &Network<'_>, routes: &[Route<'_>], selected: &[Selected<'_>]) -> Vec<String> {
    let of_routes = routes.iter().flat_map(|route| of_route(network, routes, route));
    let of_prefixes = selected
        .iter()
        .flat_map(|group| of_prefix(network, routes, group));
    let mut told = Vec::new();
    for note in learned(network).chain(of_routes).chain(of_prefixes) {
        if !told.contains(&note) {
            told.push(note);
        }
    }
    told
}

/// Where routes come from that are not followed.
fn learned(network: &Network<'_>) -> impl Iterator<Item = String> {
    let router = network.router();
    let is_foreign = |row: &&Row| {
        let says = |flag| {
            row.live(flag)
                .is_some_and(|value| *value != "false" && *value != "no")
        };
        row.dynamic() && !DERIVED.iter().any(|flag| says(flag))
    };
    let foreign = enabled(router, ROUTES).filter(is_foreign).map(|row| {
        let prefix = row.text("dst-address").unwrap_or_default();
        format!("the router has learned a route to `{prefix}`, which is not followed")
    });
    let makers = ROUTE_MAKERS
        .iter()
        .filter(|menu| enabled(router, menu).next().is_some());
    // v6 hands the defaults of clients to this chain.
    let filters = enabled(router, "/routing/filter").filter(|row| row.is("chain", "dynamic-in"));
    let filters = filters
        .map(|_| String::from("what `/routing filter` changes in the routes of clients is not followed"));
    let foreign = foreign.chain(filters.take(1));
    foreign.chain(makers.map(|menu| format!("routes that `{menu}` makes are not followed")))
}

fn of_route(network: &Network<'_>, routes: &[Route<'_>], route: &Route<'_>) -> Vec<String> {
    let restless = (route.activity == Activity::Inactive(Why::Unsettled)).then_some(RESTLESS);
    let gateways = route.gateways.iter().zip(&route.reached);
    let of_gateways = gateways.flat_map(|(gateway, reached)| match reached {
        Ok(hops) => [
            of_check(network, routes, route, gateway, hops),
            of_way(routes, gateway, hops),
        ],
        Err(why) => [(*why == Why::Refused).then_some(REFUSED), None],
    });
    let notes = restless.into_iter().chain(of_gateways.flatten());
    notes
        .map(|note| {
            format!(
                "the route to `{}` over `{}`: {note}",
                route.prefix,
                route.gateway().to_text()
            )
        })
        .collect()
}

fn of_check(
    network: &Network<'_>,
    routes: &[Route<'_>],
    route: &Route<'_>,
    gateway: &Gateway<'_>,
    hops: &[Hop<'_>],
) -> Option<&'static str> {
    match (route.check, gateway.address()) {
        (Check::None, _) => None,
        (Check::Bfd, _) => Some(BFD),
        (_, None) => Some(CHECKED_INTERFACE),
        (Check::Arp, _) if is_recursive(routes, hops) => Some(FAR_ARP),
        (_, Some(target)) => {
            let mut answers = hops.iter().map(|hop| network.answers(hop.interface, target));
            let first = answers.next();
            answers.any(|other| Some(other) != first).then_some(ONE_ANSWERS)
        }
    }
}

fn of_way(routes: &[Route<'_>], gateway: &Gateway<'_>, hops: &[Hop<'_>]) -> Option<&'static str> {
    let asks = |route: &Route<'_>| route.hops().any(|hop| hop.asks_for_mac);
    match gateway.target {
        Target::Pinned(..) => hops.iter().any(|hop| hop.through.is_empty()).then_some(OUTSIDE),
        Target::Address(..) => led_by(routes, hops).any(asks).then_some(NEIGHBOUR),
        Target::Interface(_) | Target::Nothing => None,
    }
}

fn of_prefix(network: &Network<'_>, routes: &[Route<'_>], group: &Selected<'_>) -> Vec<String> {
    let mut members = group.routes.iter().filter_map(|index| routes.get(*index));
    let mut leaves: Vec<_> = group
        .hops
        .iter()
        .map(|hop| (hop.interface, hop.next_hop))
        .collect();
    leaves.sort_unstable();
    let differ = leaves.first() != leaves.last();
    let is_repeated = leaves.windows(2).any(|pair| pair.first() == pair.last());
    let (is_v7, is_one) = (network.is_v7(), group.routes.len() == 1);
    let notes = [
        members.any(|route| route.kind != group.kind).then_some(MIXED),
        (!is_v7 && !is_one && differ && group.kind == RouteKind::Unicast).then_some(EQUAL),
        (is_v7 && differ && is_repeated).then_some(REPEATED),
    ];
    let (prefix, table) = (group.prefix, text(group.table));
    let notes = notes.into_iter().flatten();
    notes
        .map(|note| format!("the routes to `{prefix}` in table `{table}`: {note}"))
        .collect()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

const RESTLESS: &str = "it would make itself impossible, and is taken for inactive";
const REFUSED: &str = "the route to its gateway sends nothing on, and it is taken for inactive";
const BFD: &str = "`check-gateway=bfd` is not followed, and is taken to succeed";
/// Only of v6: v7 has an answer (ROUTEROS-BEHAVIOUR §2).
const CHECKED_INTERFACE: &str =
    "what its check asks of an interface is not known, and it is taken to succeed";
const FAR_ARP: &str =
    "what `check-gateway=arp` asks of a far gateway is not known, and it is taken to succeed";
const ONE_ANSWERS: &str =
    "its gateway answers over one interface and not over another, and its check is taken to succeed";
const OUTSIDE: &str = "its gateway is in no network of the interface, and is taken to be there";
const NEIGHBOUR: &str =
    "its gateway is found by a route over an interface, and is taken to be a neighbour there";
const MIXED: &str = "some send nothing on, and are taken to give way";
/// v7 takes both (`ROUTEROS` §2b, §2f).
const EQUAL: &str = "which of them RouterOS 6 takes is not known; they are taken to share";
/// v3 to v6 give it twice the share, of v7 that is not confirmed (`ROUTEROS` §2q).
const REPEATED: &str = "a next hop stands there twice, and is taken to have twice the share";

/// The marks of dynamic rows that follow from addresses and clients. v6 calls the defaults of clients static (`ROUTEROS` §3.3).
const DERIVED: [&str; 5] = ["connect", "dhcp", "modem", "vpn", "static"];

/// Menus whose rows make routes, or tables of routes, that are not known.
pub(crate) const ROUTE_MAKERS: [&str; 8] = [
    "/ip/vrf",
    "/ip/route/vrf",
    "/routing/bgp/connection",
    "/routing/bgp/peer",
    "/routing/ospf/interface-template",
    "/routing/ospf/network",
    "/routing/rip/interface-template",
    "/routing/rip/network",
];
