#![doc = include_str!("probes_over_metered.md")]

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;
use core::net::Ipv4Addr;
use core::time::Duration;

use crate::audit::menus::{ADDRESSES, NETWATCH, ROUTES};
use crate::audit::probes::gateways;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::failover::{WATCH, monthly_bytes};
use crate::routeros::router::Row;
use crate::routeros::value::{Value, milliseconds};
use crate::rule::row_subject;
use crate::survey::networks::parse;
use crate::survey::{check_gateway, tag_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("probes-over-metered"),
    level: Level::Note,
    page: include_str!("probes_over_metered.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.lines().iter().any(|line| view.is_mobile(line.as_bytes())) {
        return Vec::new();
    }
    let mut by_line: BTreeMap<&Value, Vec<Pings<'_>>> = BTreeMap::new();
    for (line, pings) in watches(view).into_iter().chain(checks(view)) {
        by_line.entry(line).or_default().push(pings);
    }
    by_line
        .into_iter()
        .map(|(line, pings)| finding(line, &pings))
        .collect()
}

/// What asks a host over a mobile line, more often than our own watch would
struct Pings<'a> {
    menu: &'static str,
    row: &'a Row,
    /// Bytes a month
    bytes: u64,
}

/// Hosts that netwatch looks at
fn watches<'v, 'a>(view: &'v View<'a>) -> Vec<(&'v Value, Pings<'a>)> {
    let pings = |row: &&Row| {
        row.get("type")
            .is_none_or(|own| KINDS.iter().any(|kind| *own == *kind))
    };
    let rows = view.rows(NETWATCH).filter(pings);
    let rows = rows.filter(|row| tag_of(NETWATCH, row).is_none() && row.get("src-address").is_none());
    let told = rows.filter_map(|row| {
        let interval = Duration::from_millis(milliseconds(&row.effective("interval")?.to_text())?);
        let line = view.mobile_line_to(outside(view, row.text("host")?.parse().ok()?)?)?;
        let bytes = often(interval)?.saturating_mul(packets(row));
        Some((
            line,
            Pings {
                menu: NETWATCH,
                row,
                bytes,
            },
        ))
    });
    told.collect()
}

/// The packets of one test: ten, unless it says otherwise, of the tests that count them
fn packets(row: &Row) -> u64 {
    let count = || row.text("packet-count").and_then(|count| count.parse().ok());
    if row.is("type", "icmp") {
        count().unwrap_or(USUAL_COUNT)
    } else {
        1
    }
}

/// Next hops that are checked with pings, each once
fn checks<'v, 'a>(view: &'v View<'a>) -> Vec<(&'v Value, Pings<'a>)> {
    let interval = check_gateway(view.router()).interval;
    let mut known: Vec<Ipv4Addr> = Vec::new();
    let mut told = Vec::new();
    for (route, row) in view.static_routes() {
        if !row.is("check-gateway", "ping") || tag_of(ROUTES, row).is_some() {
            continue;
        }
        let hosts: Vec<Ipv4Addr> = gateways(route).filter(|host| !known.contains(host)).collect();
        for host in hosts {
            known.push(host);
            let line = outside(view, host).and_then(|host| view.mobile_line_to(host));
            if let (Some(line), Some(bytes)) = (line, often(interval)) {
                told.push((
                    line,
                    Pings {
                        menu: ROUTES,
                        row,
                        bytes,
                    },
                ));
            }
        }
    }
    told
}

/// What it costs to ping a host that often; none where that is seldom enough
fn often(interval: Duration) -> Option<u64> {
    (interval < WATCH.interval).then(|| monthly_bytes(1, interval))?
}

/// A host that is in none of the router's own networks: a stick with a router inside answers itself
fn outside(view: &View<'_>, host: Ipv4Addr) -> Option<Ipv4Addr> {
    let mut own = view
        .settled()
        .table(ADDRESSES)
        .iter()
        .filter_map(|row| parse(row.get("address")?));
    (!own.any(|net| net.prefix_len() < 32 && net.contains(&host))).then_some(host)
}

fn finding(line: &Value, pings: &[Pings<'_>]) -> Diagnostic {
    let bytes = pings
        .iter()
        .fold(0, |sum: u64, pings| sum.saturating_add(pings.bytes));
    let name = line.to_text();
    let seldom = WATCH.interval.as_secs();
    let found = RULE
        .finding(format!(
            "what asks hosts over `{name}` whether they answer costs about {} MB a month",
            bytes.div_ceil(MEGABYTE)
        ))
        .with_help(format!(
            "ask once in {seldom} seconds, with netwatch, where the line is paid for by volume"
        ))
        .about(Subject::interface(name));
    pings.iter().fold(found, |found, pings| {
        found.about(row_subject(pings.menu, pings.row))
    })
}

/// Tests that ping
const KINDS: [&str; 2] = ["icmp", "simple"];

/// RouterOS' own `packet-count`
const USUAL_COUNT: u64 = 10;

const MEGABYTE: u64 = 1_000_000;

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, with_lte, with_ppp};

    Cases {
        flagged: &[
            // Once in ten seconds, 56 bytes there and back: 29 MB.
            Flagged {
                router: Export(with_lte!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=lte1 scope=10\n",
                    "/tool netwatch\nadd host=203.0.113.10 type=simple\n"
                )),
                says: &["what asks hosts over `lte1` whether they answer costs about 30 MB a month"],
                fix: &[],
            },
            // Ten packets, twice a minute, and the check of the default.
            Flagged {
                router: Export(with_ppp!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=ppp-out1 scope=10\n",
                    "add check-gateway=ping distance=4 gateway=203.0.113.10 target-scope=11\n",
                    "/tool netwatch\nadd host=203.0.113.10 interval=30s thr-avg=1s type=icmp\n"
                )),
                says: &["what asks hosts over `ppp-out1` whether they answer costs about 126 MB a month"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "once a minute",
                Export(with_lte!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=lte1 scope=10\n",
                    "/tool netwatch\nadd host=203.0.113.10 interval=1m type=simple\n"
                )),
            ),
            (
                "hosts that are asked over the fibre",
                Export(with_lte!("/tool netwatch\nadd host=203.0.113.10 type=simple\n")),
            ),
            (
                "a stick with a router inside, which answers itself",
                Export(with_lte!(
                    "/ip address\nadd address=192.168.8.100/24 interface=lte1\n",
                    "/ip route\nadd check-gateway=ping distance=3 gateway=192.168.8.1\n"
                )),
            ),
        ],
    }
};
