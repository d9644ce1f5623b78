//! Metered lines: netwatch pings their probes, seldom, and switches the defaults over each.
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

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;
use core::time::Duration;

use super::{DesiredLine, DesiredRow, Needs, routes};
use crate::failover;
use crate::routeros::schema;
use crate::routeros::syntax::print::fill;
use crate::routeros::syntax::quote::quote;
use crate::survey::Role;

/// What runs when the probe answers, and when it does not any more. Netwatch may write (`ROUTEROS-BEHAVIOUR` §10).
const UP: &str = include_str!("scripts/watch-up.rsc");
const DOWN: &str = include_str!("scripts/watch-down.rsc");

/// The test that RouterOS 6 makes, where a version has more than one: a ping.
const PING: &str = "simple";

/// How long netwatch waits after a start: half an interval, in which links and leases mostly come back. A probe that does not
/// answer yet costs one more interval.
const AFTER_START: Duration = Duration::from_secs(30);

/// The rows of `/tool/netwatch`.
pub(super) fn rows(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let watched = needs.lines.iter().filter(|line| line.is_watched());
    let of_line = |line: &DesiredLine<'_>| {
        let probes = (1..).zip(&line.probes);
        probes
            .map(|(number, probe)| row(needs, line, number, *probe))
            .collect::<Vec<_>>()
    };
    watched.flat_map(of_line).collect()
}

fn row(needs: &Needs<'_>, line: &DesiredLine<'_>, number: usize, probe: Ipv4Addr) -> DesiredRow {
    let row = DesiredRow::new(Role::Watch, line.id(), number).with("host", probe.to_string());
    // Kinds of tests came with 7.4.
    let kind = Some(("type", PING.to_string())).filter(|_| has(needs, "type"));
    let delay = Some(("startup-delay", seconds(AFTER_START))).filter(|_| has(needs, "startup-delay"));
    let row = kind
        .into_iter()
        .chain(delay)
        .fold(row, |row, (property, value)| row.with(property, value));
    row.with("interval", seconds(failover::WATCH.interval))
        .with("timeout", seconds(failover::WATCH.timeout))
        .with("up-script", script(UP, line, probe))
        .with("down-script", script(DOWN, line, probe))
}

/// Whether netwatch is known to have a property.
fn has(needs: &Needs<'_>, property: &str) -> bool {
    let menu = schema::menu(Role::Watch.menu());
    let version = needs.router.version();
    menu.zip(version)
        .is_some_and(|(menu, version)| menu.has_property(property, version).is_yes())
}

fn script(template: &str, line: &DesiredLine<'_>, probe: Ipv4Addr) -> Vec<u8> {
    let pattern = routes::default_pattern(line);
    let blanks: [(&str, &[u8]); 2] = [
        ("PATTERN", &quote(pattern.as_bytes())),
        ("PROBE", &quote(probe.to_string().as_bytes())),
    ];
    fill(template.trim_end(), &blanks)
}

fn seconds(time: Duration) -> String {
    format!("{}s", time.as_secs())
}
