#![doc = include_str!("management_pinned.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::audit::menus::{NETWATCH, ROUTES};
use crate::audit::probes::{gateways, host};
use crate::audit::view::lost;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::row_subject;
use crate::simulate::{Condition, Protocol, RouteState, SOMEWHERE, Source, Traffic, Way};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("management-pinned"),
    level: Level::Warning,
    page: include_str!("management_pinned.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let is_told = SCRIPTS.iter().all(|menu| view.is_told(menu));
    if !view.has_lines() || !is_told || view.is_steered() {
        return Vec::new();
    }
    let pins = pins(view);
    // Tunnels that are pinned to different lines stand in for each other.
    let is_spread = |pin: &Pin<'_>| pins.iter().any(|other| other.line != pin.line);
    let alone = pins.iter().filter(|pin| !is_spread(pin) && is_bare(view, pin));
    alone.filter_map(|pin| finding(view, pin)).collect()
}

/// A host route to where a VPN ends
struct Pin<'a> {
    vpn: String,
    endpoint: Ipv4Addr,
    row: &'a Row,
    line: Value,
}

fn pins<'a>(view: &View<'a>) -> Vec<Pin<'a>> {
    let mut pins = Vec::new();
    for (vpn, endpoint) in endpoints(view) {
        let routes = view
            .static_routes()
            .filter(|(route, _)| is_main(route) && host(route) == Some(endpoint));
        for (route, row) in routes {
            if let Some(line) = one_line(view, route) {
                let vpn = vpn.clone();
                pins.push(Pin {
                    vpn,
                    endpoint,
                    row,
                    line,
                });
            }
        }
    }
    pins
}

/// The VPNs that the router dials, with the addresses where they end
fn endpoints(view: &View<'_>) -> Vec<(String, Ipv4Addr)> {
    let of_menu = |(menu, name, property): (&'static str, &'static str, &'static str)| {
        view.rows(menu).filter_map(move |row| {
            let text = row.text(property)?;
            let address = text.split(':').next()?.parse().ok()?;
            Some((row.text(name)?.into_owned(), address))
        })
    };
    ENDPOINTS.into_iter().flat_map(of_menu).collect()
}

fn is_main(route: &RouteState) -> bool {
    route.table == *"main"
}

/// The line that a route leads over, where it is one
fn one_line(view: &View<'_>, route: &RouteState) -> Option<Value> {
    let first = route.hops.first()?;
    let is_one = route.hops.iter().all(|hop| hop.interface == first.interface);
    (is_one && view.is_line(first.interface.as_bytes())).then(|| first.interface.clone())
}

/// Whether nothing notices that its gateway is dead, and no other route to that host stands behind it
fn is_bare(view: &View<'_>, pin: &Pin<'_>) -> bool {
    let is_checked = pin.row.get("check-gateway").is_some_and(|check| *check != "none");
    let mut others = view
        .static_routes()
        .filter(|(route, _)| is_main(route) && host(route) == Some(pin.endpoint));
    !is_checked && others.all(|(_, row)| row.id() == pin.row.id())
}

fn finding(view: &View<'_>, pin: &Pin<'_>) -> Option<Diagnostic> {
    let way = dead_end(view, pin)?;
    let line = pin.line.to_text();
    let found = RULE
        .finding(format!(
            "the VPN `{}` ends at `{}`, whose route is pinned to `{line}` without a check: it dies with that line while others work",
            pin.vpn, pin.endpoint
        ))
        .with_help("check the gateway of the route and put one over another line behind it, or leave the route out")
        .about(row_subject(ROUTES, pin.row))
        .shown_by(view.evidence(&way))
        .fixed_by(fix(view, pin));
    Some(found)
}

/// The way on which the tunnel is lost while the gateway of its line is dead and the rest of the internet is reached
fn dead_end(view: &View<'_>, pin: &Pin<'_>) -> Option<Way> {
    let down = Some((&pin.line, Condition::GatewayDead));
    let to = |host| Traffic::new(Source::Router, host, Protocol::Udp, Some(PORT));
    let elsewhere = view.trace(&to(SOMEWHERE), down);
    if elsewhere.cut || lost(&elsewhere).next().is_some() {
        return None;
    }
    let tunnel = view.trace(&to(pin.endpoint), down);
    lost(&tunnel).next().cloned()
}

/// A check, where there is an address to ask
fn fix(view: &View<'_>, pin: &Pin<'_>) -> Option<Fix> {
    let mut routes = view.static_routes();
    let (route, _) = routes.find(|(_, row)| row.id() == pin.row.id())?;
    gateways(route).next()?;
    view.set(
        "notice that the gateway is dead",
        (ROUTES, pin.row),
        &[("check-gateway", "ping")],
    )
}

/// What the router dials, what it is called by, and where it ends
const ENDPOINTS: [(&str, &str, &str); 5] = [
    ("/interface/wireguard/peers", "interface", "endpoint-address"),
    ("/interface/l2tp-client", "name", "connect-to"),
    ("/interface/sstp-client", "name", "connect-to"),
    ("/interface/ovpn-client", "name", "connect-to"),
    ("/interface/pptp-client", "name", "connect-to"),
];

/// What could move such a route by itself
const SCRIPTS: [&str; 2] = ["/system/scheduler", NETWATCH];

/// Any will do: what WireGuard is mostly reached by
const PORT: u16 = 13231;

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines, two_lines_v6};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/interface wireguard\nadd listen-port=13231 name=office\n/interface wireguard peers\nadd allowed-address=10.9.0.0/24 endpoint-address=203.0.113.9 endpoint-port=13231 interface=office public-key=\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\"\n",
                    defaults!(),
                    "add comment=office dst-address=203.0.113.9/32 gateway=192.0.2.1\n"
                )),
                says: &[
                    "the VPN `office` ends at `203.0.113.9`, whose route is pinned to `ether1` without a check: it dies with that line while others work",
                ],
                fix: &["/ip route set [find where comment=\"office\"] check-gateway=ping"],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    "/interface l2tp-client\nadd connect-to=203.0.113.9 disabled=no name=head user=jo\n",
                    defaults!(),
                    "add comment=head dst-address=203.0.113.9/32 gateway=198.51.100.1\n"
                )),
                says: &[
                    "the VPN `head` ends at `203.0.113.9`, whose route is pinned to `ether2` without a check: it dies with that line while others work",
                ],
                fix: &["/ip route set [find where comment=\"head\"] check-gateway=ping"],
            },
        ],
        passed: &[
            (
                "a route with a check, and one over the other line behind it",
                Export(two_lines!(
                    "/interface l2tp-client\nadd connect-to=203.0.113.9 disabled=no name=head user=jo\n",
                    defaults!(),
                    "add check-gateway=ping dst-address=203.0.113.9/32 gateway=192.0.2.1\nadd distance=2 dst-address=203.0.113.9/32 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a tunnel over each line",
                Export(two_lines!(
                    "/interface l2tp-client\nadd connect-to=203.0.113.9 disabled=no name=head1 user=jo\nadd connect-to=203.0.113.10 disabled=no name=head2 user=jo\n",
                    defaults!(),
                    "add dst-address=203.0.113.9/32 gateway=192.0.2.1\nadd dst-address=203.0.113.10/32 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a client that is disabled",
                Export(two_lines!(
                    "/interface l2tp-client\nadd connect-to=203.0.113.9 disabled=yes name=head user=jo\n",
                    defaults!(),
                    "add dst-address=203.0.113.9/32 gateway=192.0.2.1\n"
                )),
            ),
            (
                "a route that a script moves",
                Export(two_lines!(
                    "/interface l2tp-client\nadd connect-to=203.0.113.9 disabled=no name=head user=jo\n",
                    defaults!(),
                    "add comment=head dst-address=203.0.113.9/32 gateway=192.0.2.1\n",
                    "/tool netwatch\nadd down-script=\"/ip route set [find comment=head] gateway=198.51.100.1\" host=192.0.2.1 up-script=\"/ip route set [find comment=head] gateway=192.0.2.1\"\n"
                )),
            ),
        ],
    }
};
