//! Routes: probes pinned to their line, distance-ordered defaults in the main table, and a table for each line.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::groups::Group;
use super::{DesiredLine, DesiredRow, Keeper, Needs, Outline, watch};
use crate::failover;
use crate::site::Health;
use crate::survey::{self, Role};

/// The scope of a probe's host route, so that a default may resolve through it [D:26476608].
const PROBE_SCOPE: &str = "10";
/// The scope of a host route to a next hop: that of a network that is connected, for which it stands in.
const ON_LINK_SCOPE: u8 = 10;
/// The distance of the blackhole of a probe: behind every other route. Its scope is the usual 30, so that no default resolves
/// through it (`ROUTEROS` §2b).
const BLACKHOLE_DISTANCE: &str = "254";

/// The rows of `/ip/route`.
pub(super) fn rows(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let on_link = needs.lines.iter().filter_map(|line| on_link(needs, line));
    let probes = needs.lines.iter().flat_map(probes);
    let blackholes = needs.lines.iter().flat_map(blackholes);
    let main = needs.lines.iter().flat_map(main);
    on_link
        .chain(probes)
        .chain(blackholes)
        .chain(main)
        .chain(tables(needs))
        .collect()
}

/// The routes that a lease of the line keeps, as a pattern for their comments; `None` where there is none.
///
/// A pattern ends in a delimiter, so that `isp1` is not taken for `isp10`.
pub(super) fn leased_pattern(line: &DesiredLine<'_>) -> String {
    match line.health {
        Health::Internet => format!("^multi-isp:{}:{}:", Role::Probe.word(), line.id()),
        _ => default_pattern(line),
    }
}

/// The defaults over the line in every table, as a pattern for their comments.
pub(super) fn default_pattern(line: &DesiredLine<'_>) -> String {
    let roles = [Role::Main, Role::Own, Role::Backup].map(Role::word).join("|");
    format!("^multi-isp:({roles}):{}:", line.id())
}

/// The lines as they will run.
pub(super) fn outline(needs: &Needs<'_>) -> Vec<Outline> {
    let check = survey::check_gateway(needs.router);
    let line = |line: &DesiredLine<'_>| Outline {
        id: line.id().to_string(),
        interface: line.interface(),
        distance: line.distance,
        detection: needs
            .router
            .version()
            .and_then(|version| failover::detection_time(line.line, line.health, version, check)),
        metered: line.line.metered(),
        probe_bytes: failover::probe_bytes(line.line, line.health, line.probes.len(), check)
            .map(|bytes| bytes.saturating_add(watch::monitor_bytes(needs, line))),
    };
    needs.lines.iter().map(line).collect()
}

/// The route to a next hop outside the line's network (`ROUTEROS` §2g). ISP 1 has one that works today; ours need another
/// where that has a scope through which they do not resolve (`ROUTEROS` §2b).
fn on_link(needs: &Needs<'_>, line: &DesiredLine<'_>) -> Option<DesiredRow> {
    let gateway = line
        .existing
        .gateway
        .filter(|_| line.line.access().gateway_is_outside())?;
    let is_used = line.is_checked() || needs.marks() || !line.keeps_default();
    if line.is_primary && (!is_used || survey::is_on_link(needs.router, line.line, gateway, ON_LINK_SCOPE)) {
        return None;
    }
    let row = DesiredRow::new(Role::OnLink, line.id(), 1)
        .with("dst-address", format!("{gateway}/32"))
        .with("gateway", line.interface());
    Some(row.with("scope", ON_LINK_SCOPE.to_string()))
}

fn probes<'a>(line: &'a DesiredLine<'_>) -> impl Iterator<Item = DesiredRow> + 'a {
    line.probes.iter().enumerate().map(move |(index, probe)| {
        let row = DesiredRow::new(Role::Probe, line.id(), index.saturating_add(1))
            .with("dst-address", format!("{probe}/32"));
        over_next_hop(row, line).with("scope", PROBE_SCOPE)
    })
}

/// What netwatch pings must not leave over another line, which would answer for the one that is down (`ROUTEROS` §2b).
fn blackholes<'a>(line: &'a DesiredLine<'_>) -> impl Iterator<Item = DesiredRow> + 'a {
    let pinged = line.probes.iter().filter(|_| line.netwatch().is_some());
    (1..).zip(pinged).map(|(number, probe)| {
        let (property, value) = line.dialect.blackhole;
        DesiredRow::new(Role::Blackhole, line.id(), number)
            .with("dst-address", format!("{probe}/32"))
            .with(property, value)
            .with("distance", BLACKHOLE_DISTANCE)
    })
}

/// The line's defaults in the main table. Where only the link decides, a DHCP client's own default does the job, and
/// ISP 1's stays as it is.
fn main(line: &DesiredLine<'_>) -> Vec<DesiredRow> {
    let has_one = line.client_adds_default() || line.keeps_default();
    if line.is_native || (!line.is_checked() && has_one) {
        return Vec::new();
    }
    defaults(line, Role::Main, 0, line.distance)
}

/// A table for each group: the defaults of its own line first, then those of its stand-ins.
fn tables(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let mut rows: Vec<DesiredRow> = Vec::new();
    for (group, owner) in needs.owned_groups() {
        let lines = group.order.iter().filter_map(|line| needs.lines.get(*line));
        for (rank, line) in (1..=u8::MAX).zip(lines).filter(|(_, line)| !line.is_native) {
            let role = if rank == 1 { Role::Own } else { Role::Backup };
            let is_alike = |row: &&DesiredRow| row.tag.role() == role && row.tag.subject() == line.id();
            let earlier = rows.iter().filter(is_alike).count();
            let defaults = defaults(line, role, earlier, rank).into_iter();
            rows.extend(defaults.map(|row| row.with(needs.dialect.table, group.name(owner))));
        }
    }
    rows
}

/// The tables that a line has a default in, each with its distance there, as its client wants them: `table:distance`
/// [D:24805500].
pub(super) fn native_tables(needs: &Needs<'_>, line: &DesiredLine<'_>) -> String {
    let main = format!("main:{}", line.distance);
    let in_group = |(group, owner): (&Group, &DesiredLine<'_>)| {
        let is_line = |other: &usize| {
            needs
                .lines
                .get(*other)
                .is_some_and(|other| other.id() == line.id())
        };
        let rank = group.order.iter().position(is_line)?.saturating_add(1);
        Some(format!("{}:{rank}", group.name(owner).to_text()))
    };
    let groups = needs.owned_groups().filter_map(in_group);
    core::iter::once(main).chain(groups).collect::<Vec<_>>().join(",")
}

/// The defaults over a line: one for each probe, or one over its next hop. `earlier` rows have the same role already.
fn defaults(line: &DesiredLine<'_>, role: Role, earlier: usize, distance: u8) -> Vec<DesiredRow> {
    let default = |index: usize| {
        let row = DesiredRow::new(role, line.id(), earlier.saturating_add(index).saturating_add(1));
        row.with("dst-address", "0.0.0.0/0")
            .with("distance", distance.to_string())
    };
    let over_probe = |(index, probe): (usize, &Ipv4Addr)| {
        let row = default(index)
            .with("gateway", probe.to_string())
            .with("target-scope", line.dialect.over_probe);
        checked(row, line)
    };
    match line.health {
        Health::Internet => line.probes.iter().enumerate().map(over_probe).collect(),
        _ => alloc::vec![checked(over_next_hop(default(0), line), line)],
    }
}

/// A default with what tells whether it works.
fn checked(row: DesiredRow, line: &DesiredLine<'_>) -> DesiredRow {
    if line.is_watched() {
        return DesiredRow {
            keeper: Some(Keeper::Watch),
            ..row
        };
    }
    if line.is_checked() {
        row.with("check-gateway", "ping")
    } else {
        row
    }
}

/// A route over the line's next hop, which a lease keeps up to date; disabled while there is none.
fn over_next_hop(row: DesiredRow, line: &DesiredLine<'_>) -> DesiredRow {
    let mut row = row.with("gateway", line.gateway());
    row.keeper = line.is_leased().then_some(Keeper::Lease);
    if line.has_gateway() {
        row
    } else {
        row.with("disabled", "yes")
    }
}
