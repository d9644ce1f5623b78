//! Probes that netwatch pings: those of metered lines, whose defaults it switches, and all where the router reports its lines.
//!
//! A probe has one row of netwatch, whose scripts are full-path commands on one text line. They switch the defaults over it where its
//! line is metered, and its note where the line is [reported](super::report), and nothing else.
//!
//! # Metered lines
//!
//! `check-gateway` has one interval for the whole router, and before 7.21 not even that can be set. A default over a probe that
//! netwatch watches is therefore enabled and disabled instead of checked. Each probe switches its own defaults alone: the line
//! is dead when all its probes are, as with `check-gateway`, and no script has to know of the other probes, whose state could
//! be seen before or after it changes.
//!
//! RouterOS runs a script when the state of a host changes, and stores what the script switches. That the first answer counts
//! as a change is likely, since 7.17 has `ignore-initial-up` and `ignore-initial-down` to prevent it, and unconfirmed.
//!
//! The pings are the router's own: the main table sends them to the probe, whether or not connections are marked. Its
//! connection ends after `icmp-timeout`, ten seconds by default, so that the next one never finds it marked for a line.
//!
//! After a start RouterOS 7 does not look for five minutes (`startup-delay`, `ROUTEROS` §2j), or for as long as the row says
//! where its version is known to have the property. Until then the defaults are as they were. One that was disabled stays so:
//! while the links of the nearer lines are up, their last resorts lead before that of this line, so that it stands by unused even
//! where they are dead. One that was enabled may lead over a line that died meanwhile, which matters only where the nearer lines
//! are down too.
//!
//! # Lines that are only reported
//!
//! `check-gateway` goes on deciding. One lost ping is no dead line: where netwatch has tests of type `icmp`, four go out over one
//! and a half seconds, and the host answers when one of them comes back. How long it takes to come back decides nothing but by the
//! time-out: RouterOS' own limit of 100 ms on average is too tight for a mobile line (`ROUTEROS` §2j), and a geostationary satellite is
//! 35,786 km away, which light goes four times in 477 ms. That no limit is met below the time-out follows from what they limit
//! [D:8323208]: an average, a maximum, a difference and a deviation of times that are all within it. That RouterOS takes limits of
//! more than a second is unconfirmed.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;
use core::time::Duration;

use super::{DesiredLine, DesiredRow, Needs, report, routes};
use crate::failover;
use crate::routeros::schema;
use crate::routeros::syntax::print::fill;
use crate::routeros::syntax::quote::quote;
use crate::survey::Role;

/// What switches the defaults over a probe when it answers, and when it does not any more. Netwatch may write
/// (`ROUTEROS-BEHAVIOUR` §10).
const SWITCH: Scripts = Scripts {
    up: include_str!("scripts/watch-up.rsc"),
    down: include_str!("scripts/watch-down.rsc"),
};

/// What notes the same.
const NOTE: Scripts = Scripts {
    up: include_str!("scripts/state-up.rsc"),
    down: include_str!("scripts/state-down.rsc"),
};

/// A pair of templates.
struct Scripts {
    up: &'static str,
    down: &'static str,
}

/// The test that RouterOS 6 makes, where a version has more than one: a ping.
const PING: &[(&str, &str)] = &[("type", "simple")];

/// Several pings, and no limit for their times but the time-out of [`failover::WATCH`]. Of four, `90` are lost when all are, whether
/// the limit itself is one loss too many or not.
const PINGS: &[(&str, &str)] = &[
    ("type", "icmp"),
    ("packet-count", "4"),
    ("packet-interval", "500ms"),
    ("thr-avg", "3s"),
    ("thr-jitter", "3s"),
    ("thr-max", "3s"),
    ("thr-stdev", "3s"),
    ("thr-loss-percent", "90"),
];

/// How long netwatch waits after a start: half an interval, in which links and leases mostly come back. A probe that does not
/// answer yet costs one more interval.
const AFTER_START: Duration = Duration::from_secs(30);

/// The rows of `/tool/netwatch` that have a role: they switch the defaults over probes, or only note whether those answer.
pub(super) fn rows(needs: &Needs<'_>, role: Role) -> Vec<DesiredRow> {
    let of_line = |line: &DesiredLine<'_>| {
        let probes = (1..).zip(&line.probes);
        probes
            .map(|(number, probe)| row(needs, role, line, number, *probe))
            .collect::<Vec<_>>()
    };
    let lines = needs.lines.iter();
    lines
        .filter(|line| line.netwatch() == Some(role))
        .flat_map(of_line)
        .collect()
}

fn row(needs: &Needs<'_>, role: Role, line: &DesiredLine<'_>, number: usize, probe: Ipv4Addr) -> DesiredRow {
    let row = DesiredRow::new(role, line.id(), number).with("host", probe.to_string());
    let row = test(needs, role)
        .iter()
        .fold(row, |row, (property, value)| row.with(property, *value));
    // Who only notes has time: after a start a modem may take minutes, and RouterOS itself waits five (`ROUTEROS` §2j).
    let row = match role == Role::Watch && has(needs, "startup-delay") {
        true => row.with("startup-delay", seconds(AFTER_START)),
        false => row,
    };
    row.with("interval", seconds(failover::WATCH.interval))
        .with("timeout", seconds(failover::WATCH.timeout))
        .with("up-script", script(line, number, probe, |scripts| scripts.up))
        .with("down-script", script(line, number, probe, |scripts| scripts.down))
}

/// The test that is made: kinds of tests came with 7.4, and what more they take is known from the first command tree on. A metered
/// line is pinged once.
fn test(needs: &Needs<'_>, role: Role) -> &'static [(&'static str, &'static str)] {
    let all = |test: &[(&str, &str)]| test.iter().all(|(property, _)| has(needs, property));
    match role {
        Role::Monitor if all(PINGS) => PINGS,
        _ if all(PING) => PING,
        _ => &[],
    }
}

/// Whether netwatch is known to have a property.
fn has(needs: &Needs<'_>, property: &str) -> bool {
    let menu = schema::menu(Role::Watch.menu());
    let version = needs.router.version();
    menu.zip(version)
        .is_some_and(|(menu, version)| menu.has_property(property, version).is_yes())
}

/// What runs: commands of both pairs, as far as the line needs them.
fn script(
    line: &DesiredLine<'_>,
    number: usize,
    probe: Ipv4Addr,
    of: impl Fn(&Scripts) -> &'static str,
) -> Vec<u8> {
    let pattern = routes::default_pattern(line);
    let blanks: [(&str, &[u8]); 3] = [
        ("PATTERN", &quote(pattern.as_bytes())),
        ("PROBE", &quote(probe.to_string().as_bytes())),
        ("TAG", &quote(report::state_tag(line, number).text().as_bytes())),
    ];
    let wanted = [(SWITCH, line.is_watched()), (NOTE, line.is_reported)];
    let templates = wanted.iter().filter(|(_, is_wanted)| *is_wanted);
    let commands: Vec<Vec<u8>> = templates
        .map(|(scripts, _)| fill(of(scripts).trim_end(), &blanks))
        .collect();
    commands.join(&b"; "[..])
}

/// About how many bytes a month it costs to look at a line that is only reported: four pings a minute for each probe, or one where
/// that is all that netwatch can.
pub(super) fn monitor_bytes(needs: &Needs<'_>, line: &DesiredLine<'_>) -> u64 {
    if line.netwatch() != Some(Role::Monitor) {
        return 0;
    }
    let test = test(needs, Role::Monitor).iter();
    let count = test.clone().find(|(property, _)| *property == "packet-count");
    let count = count.and_then(|(_, count)| count.parse().ok()).unwrap_or(1);
    let bytes = failover::monthly_bytes(line.probes.len(), failover::WATCH.interval);
    bytes.unwrap_or_default().saturating_mul(count)
}

fn seconds(time: Duration) -> String {
    format!("{}s", time.as_secs())
}
