#![doc = include_str!("probe_without_guard.md")]

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use crate::audit::menus::{NETWATCH, ROUTES};
use crate::audit::probes::{Probe, host};
use crate::audit::{Rule, View, fix};
use crate::diagnostic::{Code, Diagnostic, Fix, Level};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::rule::{property_subject, row_subject};
use crate::simulate::RouteKind;
use crate::survey::probes::named_resolvers;
use crate::survey::switching;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("probe-without-guard"),
    level: Level::Warning,
    page: include_str!("probe_without_guard.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() {
        return Vec::new();
    }
    let mut told: Vec<Ipv4Addr> = Vec::new();
    let mut found = Vec::new();
    for (line, probe) in view.far_probes() {
        if !told.contains(&probe.host) && !is_guarded(view, probe.host) {
            told.push(probe.host);
            found.extend(finding(view, line, &probe));
        }
    }
    found
}

/// Whether a route that sends nothing on stands behind that to the probe
fn is_guarded(view: &View<'_>, probe: Ipv4Addr) -> bool {
    let mut routes = view.static_routes();
    routes.any(|(route, _)| {
        host(route) == Some(probe) && route.kind != RouteKind::Unicast && route.table == *"main"
    })
}

fn finding(view: &View<'_>, line: &Value, probe: &Probe<'_, '_>) -> Option<Diagnostic> {
    let host = probe.host;
    let watch = watches(view, host);
    let who = match watch {
        Some(_) => "netwatch",
        None if is_pinged_by_scripts(view, host) => "a script",
        None => return None,
    };
    let name = line.to_text();
    let found = RULE
        .finding(format!("{who} pings `{host}`, a probe of `{name}`: while `{name}` has no link, the ping leaves by another line and is answered"))
        .with_help("add a blackhole route to the host with distance 254, which is used while the other one is gone")
        .about(row_subject(ROUTES, probe.row))
        .fixed_by(fix(view, probe));
    Some(watch.into_iter().fold(found, |found, row| {
        found.about(property_subject(NETWATCH, row, "host"))
    }))
}

/// A watch whose ping may leave by any line
fn watches<'a>(view: &View<'a>, host: Ipv4Addr) -> Option<&'a Row> {
    let is_free = |row: &Row| {
        row.text("src-address")
            .is_none_or(|source| ANY.contains(&&*source))
    };
    let mut watches = view.rows(NETWATCH).filter(|row| is_free(row));
    watches.find(|row| row.is("host", host.to_string()))
}

/// Whether a script that runs by itself pings the host, and does not say by which way
fn is_pinged_by_scripts(view: &View<'_>, host: Ipv4Addr) -> bool {
    let pings = |source: &String| {
        let mut words = source.split(|sign: char| !sign.is_ascii_digit() && sign != '.');
        let is_free = !WAYS.iter().any(|way| source.contains(way));
        is_free && source.contains("ping") && words.any(|word| word.parse() == Ok(host))
    };
    let mut scripts = view
        .scripts()
        .into_iter()
        .flat_map(|(.., source)| switching::reached(view.router(), &source));
    scripts.any(|source| pings(&source))
}

/// None where the host is a resolver, which would be lost with the line, where a default would be found by the blackhole, or where
/// the version of the router is not known
fn fix(view: &View<'_>, probe: &Probe<'_, '_>) -> Option<Fix> {
    let version = view.router().version()?;
    let is_resolver = named_resolvers(view.router())
        .iter()
        .any(|named| named.host == probe.host);
    let looks_far = |target: &str| target.parse().is_ok_and(|target: u8| target >= USUAL_SCOPE);
    let is_found = probe.defaults.iter().any(|(_, row)| {
        row.effective("target-scope")
            .is_some_and(|target| looks_far(&target.to_text()))
    });
    if is_resolver || is_found {
        return None;
    }
    let (name, value) = if version.major >= 7 {
        ("blackhole", "yes")
    } else {
        ("type", "blackhole")
    };
    let host = format!("{}/32", probe.host);
    view.fix(
        format!("let pings of `{}` end while its line has no link", probe.host),
        |router| {
            let values = [("dst-address", host.as_str()), (name, value), ("distance", "254")];
            fix::add(router, ROUTES, &values, None);
        },
    )
}

/// The scope of a route that names none
const USUAL_SCOPE: u8 = 30;

/// A source that the router chooses
const ANY: [&str; 3] = ["", "0.0.0.0", "::"];

/// What a script's ping says of its way
const WAYS: [&str; 4] = ["interface=", "routing-table=", "src-address=", "vrf="];

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, two_lines, two_lines_v6};

    macro_rules! probed {
        () => {
            concat!(
                "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.11/32 gateway=192.0.2.1 scope=10\n",
                "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd check-gateway=ping gateway=203.0.113.11 target-scope=11\n",
                "add check-gateway=ping distance=2 gateway=198.51.100.1\n"
            )
        };
    }
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    probed!(),
                    "/tool netwatch\nadd down-script=\"/log warning down\" host=203.0.113.10\n"
                )),
                says: &[
                    "netwatch pings `203.0.113.10`, a probe of `ether1`: while `ether1` has no link, the ping leaves by another line and is answered",
                ],
                fix: &["/ip route add dst-address=203.0.113.10/32 blackhole distance=254"],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\nadd dst-address=203.0.113.11/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10\nadd check-gateway=ping gateway=203.0.113.11\nadd check-gateway=ping distance=2 gateway=198.51.100.1\n",
                    "/system scheduler\nadd interval=1m name=look on-event=\":if ([/ping 203.0.113.11 count=3] = 0) do={ /log warning \\\"isp1 down\\\" }\"\n"
                )),
                says: &[
                    "a script pings `203.0.113.11`, a probe of `ether1`: while `ether1` has no link, the ping leaves by another line and is answered",
                ],
                fix: &["/ip route add dst-address=203.0.113.11/32 type=blackhole distance=254"],
            },
        ],
        passed: &[
            (
                "probes that the check of the gateway alone pings",
                Export(two_lines!(probed!())),
            ),
            (
                "a guard",
                Export(two_lines!(
                    probed!(),
                    "add blackhole distance=254 dst-address=203.0.113.10/32\n/tool netwatch\nadd host=203.0.113.10\n"
                )),
            ),
            (
                "a watch of another host, one that is off, one with a source of its own",
                Export(two_lines!(
                    probed!(),
                    "/tool netwatch\nadd host=203.0.113.99\nadd disabled=yes host=203.0.113.10\nadd host=203.0.113.11 src-address=192.0.2.2\n"
                )),
            ),
            (
                "a script that pings by one interface",
                Export(two_lines!(
                    probed!(),
                    "/system scheduler\nadd interval=1m name=look on-event=\"/ping 203.0.113.10 interface=ether1 count=3\"\n"
                )),
            ),
        ],
    }
};
