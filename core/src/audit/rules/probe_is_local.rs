#![doc = include_str!("probe_is_local.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::{ADDRESSES, ROUTES};
use crate::audit::probes::{Probe, has_gateway};
use crate::audit::routing::leaves_by;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::value::Value;
use crate::rule::property_subject;
use crate::simulate::{Activity, Condition, RouteState};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("probe-is-local"),
    level: Level::Error,
    page: include_str!("probe_is_local.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() || view.has_vrfs() || view.is_steered() {
        return Vec::new();
    }
    let probes = view.line_probes();
    probes
        .iter()
        .filter_map(|(line, probe)| finding(view, line, probe))
        .collect()
}

fn finding(view: &View<'_>, line: &Value, probe: &Probe<'_, '_>) -> Option<Diagnostic> {
    let (host, name) = (probe.host, line.to_text());
    let network = near(view, probe)?;
    let interface = leaves_by(network)?;
    let message = match interface == line {
        true if !is_blind(view, line, probe) => return None,
        true => format!(
            "probe `{host}` of `{name}` is in the network of `{name}` itself: it answers when the provider is dead behind it"
        ),
        false => format!(
            "probe `{host}` of `{name}` is in the network of `{}`: it is not behind the line that it should tell of",
            interface.to_text()
        ),
    };
    Some(
        RULE.finding(message)
            .with_help("probe a host in the internet")
            .about(property_subject(ROUTES, probe.row, "dst-address")),
    )
}

/// The connected network that has the host: one that was read, not one of a lease that is only supposed. A very large one may hold
/// hosts of a provider as well.
fn near<'v>(view: &'v View<'_>, probe: &Probe<'_, '_>) -> Option<&'v RouteState> {
    let connected = view
        .routes()
        .iter()
        .filter(|route| route.row.menu == ADDRESSES && route.activity == Activity::Active);
    let mut near = connected
        .filter(|route| NETWORKS.contains(&route.prefix.prefix_len()) && route.prefix.contains(&probe.host));
    near.find(|route| view.row(&route.row).is_some())
}

/// Whether the provider's death goes unnoticed, and another line would stand by
fn is_blind(view: &View<'_>, line: &Value, probe: &Probe<'_, '_>) -> bool {
    let then = view.routes_while(line, Condition::UpstreamDead);
    let mut defaults = then
        .iter()
        .filter(|route| route.prefix.prefix_len() == 0 && route.table == *"main");
    let is_held = |route: &RouteState| route.activity == Activity::Active && has_gateway(route, probe.host);
    let stands_by = |route: &RouteState| {
        route.activity == Activity::Standby && leaves_by(route).is_some_and(|other| other != line)
    };
    defaults.clone().any(is_held) && defaults.any(stands_by)
}

const NETWORKS: core::ops::RangeInclusive<u8> = 16..=31;

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd dst-address=192.0.2.53/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=192.0.2.53 target-scope=11\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "probe `192.0.2.53` of `ether1` is in the network of `ether1` itself: it answers when the provider is dead behind it",
                ],
                fix: &[],
            },
            // The next hop itself.
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd dst-address=192.0.2.1/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=192.0.2.1 target-scope=11\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "probe `192.0.2.1` of `ether1` is in the network of `ether1` itself: it answers when the provider is dead behind it",
                ],
                fix: &[],
            },
            // The gateway of the other line.
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd dst-address=198.51.100.1/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=198.51.100.1 target-scope=11\nadd check-gateway=ping gateway=203.0.113.10 target-scope=11\n",
                    "add distance=2 gateway=198.51.100.9\n"
                )),
                says: &[
                    "probe `198.51.100.1` of `ether1` is in the network of `ether2`: it is not behind the line that it should tell of",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "gateways that are checked directly",
                Export(two_lines!(defaults!())),
            ),
            (
                "a gateway outside the line's network, which is found there",
                Export(two_lines!(
                    "/ip route\nadd dst-address=100.64.0.1/32 gateway=ether1 scope=10\n",
                    "add check-gateway=ping gateway=100.64.0.1 target-scope=11\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a host of the provider in a private network as large as one inside",
                Export(two_lines!(
                    "/ip address\nadd address=10.0.0.1/8 interface=bridge\n",
                    "/ip route\nadd dst-address=10.20.30.40/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=10.20.30.40 target-scope=11\nadd check-gateway=ping gateway=203.0.113.10 target-scope=11\n",
                    "add distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "a host of the line's network, with nothing that could take over",
                Export(two_lines!(
                    "/ip route\nadd dst-address=192.0.2.53/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=192.0.2.53 target-scope=11\nadd check-gateway=ping gateway=198.51.100.1\n"
                )),
            ),
        ],
    }
};
