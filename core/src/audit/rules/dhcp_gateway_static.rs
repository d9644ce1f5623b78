#![doc = include_str!("dhcp_gateway_static.md")]

use alloc::format;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use ipnet::Ipv4Net;

use crate::audit::menus::{ADDRESSES, DHCP_CLIENTS, ROUTES};
use crate::audit::routing::{alone, parts, pinned};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::property_subject;
use crate::survey::defaults::{hops, network_to};
use crate::survey::networks::parse;
use crate::survey::{bridge_of, tag_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("dhcp-gateway-static"),
    level: Level::Warning,
    page: include_str!("dhcp_gateway_static.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() || view.is_steered() {
        return Vec::new();
    }
    view.rows(DHCP_CLIENTS)
        .filter_map(|client| of_client(view, client))
        .collect()
}

/// The routes that name the gateway of a client's lease, which nothing keeps up to date
fn of_client(view: &View<'_>, client: &Row) -> Option<Diagnostic> {
    let interface = client.get("interface")?;
    let has_script = client.get("script").is_some_and(|script| !script.is_empty());
    if has_script || bridge_of(view.router(), interface.as_bytes()).is_some() {
        return None;
    }
    let routes = view.rows(ROUTES).filter(|row| tag_of(ROUTES, row).is_none());
    let named: Vec<(Ipv4Addr, &Row)> = routes
        .filter_map(|row| Some((of_lease(view, client, interface, row)?, row)))
        .collect();
    let (gateway, _) = named.first()?;
    let name = interface.to_text();
    let count = match named.len() {
        1 => "a route names".into(),
        count => format!("{count} routes name"),
    };
    let found = RULE
        .finding(format!("{count} `{gateway}`, the gateway of the lease of `{name}`: nothing follows when the provider gives another one"))
        .with_help("let a script of the client set the gateway of these routes, or let the client add the default itself");
    Some(named.iter().fold(found, |found, (_, row)| {
        found.about(property_subject(ROUTES, row, "gateway"))
    }))
}

/// The gateway of a route that is for certain the one of a lease: pinned to an interface that has no other address in its network, the
/// one that the client has now, or one that nothing else explains
fn of_lease(view: &View<'_>, client: &Row, interface: &Value, row: &Row) -> Option<Ipv4Addr> {
    let leased = client
        .live("gateway")
        .and_then(|gateway| alone(gateway.as_bytes()));
    let is_its = |host: &Ipv4Addr| leased == Some(*host) || is_only_of(view, *host, interface, row);
    let named = parts(row.get("gateway")?).find_map(|part| match pinned(part) {
        Some((host, pin)) => (pin == interface.as_bytes()).then_some(host),
        None => alone(part).filter(is_its),
    })?;
    let holds = |address: &Row| network_to(address, named).is_some();
    let mut addresses = view.rows(ADDRESSES);
    (!addresses.any(holds)).then_some(named)
}

/// Whether a gateway can only be that of the one client that adds no default itself: no route leads to it, and the router was read whole
fn is_only_of(view: &View<'_>, gateway: Ipv4Addr, interface: &Value, row: &Row) -> bool {
    let leads = |to: Ipv4Net| to.prefix_len() > 0 && to.contains(&gateway);
    let mut routed = view
        .router()
        .table(ROUTES)
        .iter()
        .filter_map(|row| parse(row.get("dst-address")?));
    let mut hops = hops(view.router(), row).into_iter();
    view.is_whole()
        && !routed.any(leads)
        && hops.any(|(hop, over)| alone(hop) == Some(gateway) && over == Some(interface.as_bytes()))
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged,
        Source::{Export, Rest},
        two_lines,
    };

    macro_rules! leased {
        ($client:expr, $routes:expr) => {
            concat!(
                "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=198.51.100.2/24 interface=ether2\n",
                "/ip dhcp-client\nadd add-default-route=no interface=ether1", $client,
                "\n/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=ether1\nadd action=masquerade chain=srcnat out-interface=ether2\n",
                "/ip route\n", $routes
            )
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(leased!(
                    "",
                    "add check-gateway=ping gateway=192.0.2.1%ether1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "a route names `192.0.2.1`, the gateway of the lease of `ether1`: nothing follows when the provider gives another one",
                ],
                fix: &[],
            },
            // No address, no pin and no route explains it but the lease.
            Flagged {
                router: Export(leased!(
                    "",
                    "add check-gateway=ping gateway=192.0.2.1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "a route names `192.0.2.1`, the gateway of the lease of `ether1`: nothing follows when the provider gives another one",
                ],
                fix: &[],
            },
            Flagged {
                router: Rest(
                    r#"{"/interface": [{".id": "*1", "name": "ether1", "type": "ether"}, {".id": "*2", "name": "ether2", "type": "ether"}],
                    "/ip/address": [{".id": "*1", "address": "198.51.100.2/24", "interface": "ether2"},
                        {".id": "*2", "address": "192.0.2.77/24", "interface": "ether1", "dynamic": "true"}],
                    "/ip/dhcp-client": [{".id": "*1", "interface": "ether1", "add-default-route": "no", "status": "bound", "address": "192.0.2.77/24", "gateway": "192.0.2.1"}],
                    "/ip/route": [{".id": "*5", "dst-address": "0.0.0.0/0", "gateway": "192.0.2.1", "distance": "1"},
                        {".id": "*6", "dst-address": "0.0.0.0/0", "gateway": "198.51.100.1", "distance": "2"},
                        {".id": "*7", "dst-address": "0.0.0.0/0", "gateway": "192.0.2.1", "distance": "1", "routing-table": "to-isp1"}]}"#,
                ),
                says: &[
                    "2 routes name `192.0.2.1`, the gateway of the lease of `ether1`: nothing follows when the provider gives another one",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a script of the client",
                Export(leased!(
                    " script=\":if (\\$bound=1) do={ /ip route set [find comment=isp1] gateway=\\$\\\"gateway-address\\\" }\"",
                    "add check-gateway=ping comment=isp1 gateway=192.0.2.1%ether1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a gateway that may be that of either of two clients",
                Export(leased!(
                    "\nadd add-default-route=no interface=ether3",
                    "add check-gateway=ping gateway=192.0.2.1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a probe host that another route leads to",
                Export(leased!(
                    "",
                    "add dst-address=203.0.113.10/32 gateway=198.51.100.1 scope=10\nadd gateway=203.0.113.10 target-scope=11\n"
                )),
            ),
            (
                "a static address beside the lease",
                Export(leased!(
                    "",
                    "add check-gateway=ping gateway=192.0.2.1%ether1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n/ip address\nadd address=192.0.2.9/24 interface=ether1\n"
                )),
            ),
            (
                "a scheduler that sets it",
                Export(leased!(
                    "",
                    concat!(
                        "add check-gateway=ping comment=isp1 gateway=192.0.2.1%ether1\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n",
                        "/system scheduler\nadd interval=1m name=follow on-event=\"/ip route set [find comment=isp1] gateway=[/ip dhcp-client get 0 gateway]\"\n"
                    )
                )),
            ),
            (
                "lines with static addresses",
                Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1%ether1\nadd distance=2 gateway=198.51.100.1%ether2\n"
                )),
            ),
        ],
    }
};
