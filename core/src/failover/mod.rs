//! Priorities → distances, probe hosts and detection times.
//!
//! # Example
//!
//! ```
//! use multi_isp::failover::{allot_probes, distances};
//! use multi_isp::site::{Access, LineDraft, Mbps, Mode, SiteDraft};
//!
//! let speed = Mbps::new(100).ok_or("no speed")?;
//! let line = |id: &str, port: &str| LineDraft::new(id, port, Access::Dhcp, speed);
//! let site = SiteDraft::new(Mode::Failover, vec![line("isp1", "ether1"), line("isp2", "ether2")]).build()?;
//!
//! let ranks: Vec<_> = distances(&site).iter().map(|rank| (rank.distance, rank.last_resort)).collect();
//! assert_eq!(ranks, [(1, 201), (2, 202)]);
//!
//! let resolver = "9.9.9.10".parse()?;
//! let probes = allot_probes(&site, &[resolver], &[])?;
//! assert!(probes.iter().all(|(_, hosts)| hosts.len() == 2 && !hosts.contains(&resolver)));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod detection;
mod probes;

use alloc::vec::Vec;

pub use self::detection::{CheckGateway, Detection, WATCH, Watch, detection_time, probe_bytes};
pub use self::probes::allot_probes;
use crate::site::{LineId, Site};

/// Most lines that distances are kept for: those of the last resort end below 255, which RouterOS never uses
pub const MAX_LINES: usize = 50;

/// Farthest default of ISP 1 that the others can line up behind: the last resorts lie behind all of them
pub const FARTHEST: u8 = 100;

/// Distances of one line in a routing table
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rank {
    /// The line
    pub line: LineId,
    /// Of its default route, 1 to 50; the nearest that works carries
    pub distance: u8,
    /// Of the default route that its own client adds, 201 to 250: it works when everything of ours is gone
    pub last_resort: u8,
}

/// Ranks of all lines in the main table, by priority
///
/// Lines beyond [`MAX_LINES`] are left out: preflight refuses such a site.
pub fn distances(site: &Site) -> Vec<Rank> {
    ranks(site, site.lines().iter().map(|line| line.id()))
}

/// Ranks of all lines in the table of one of them: itself, then those after it by priority, then those before it
///
/// Two lines thus have different first substitutes, where there are three or more. Of a line that the site has not, the ranks
/// are those of the main table.
pub fn distances_in_table(site: &Site, owner: &LineId) -> Vec<Rank> {
    let position = site
        .lines()
        .iter()
        .position(|line| line.id() == owner)
        .unwrap_or_default();
    let rotated = site
        .lines()
        .iter()
        .cycle()
        .skip(position)
        .take(site.lines().len());
    ranks(site, rotated.map(|line| line.id()))
}

fn ranks<'a>(site: &Site, order: impl Iterator<Item = &'a LineId>) -> Vec<Rank> {
    let priority = |id: &LineId| site.lines().iter().position(|line| line.id() == id).and_then(nth);
    let ranked = order.zip(1..).map_while(|(id, distance)| {
        let last_resort = LAST_RESORT.checked_add(priority(id)?)?;
        Some(Rank {
            line: id.clone(),
            distance,
            last_resort,
        })
    });
    ranked.take(MAX_LINES).collect()
}

/// Number from 1 of a position from 0, of those that have a rank
fn nth(position: usize) -> Option<u8> {
    let number = position.checked_add(1).filter(|&number| number <= MAX_LINES)?;
    u8::try_from(number).ok()
}

/// Clients whose default is to lose against every other have distances from here on
const LAST_RESORT: u8 = 200;

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;
    use std::{format, vec};

    use super::*;
    use crate::site::{Access, LineDraft, Mbps, Mode, SiteDraft};

    fn site(lines: usize) -> Site {
        let speed = Mbps::new(100).unwrap();
        let lines =
            (1..=lines).map(|n| LineDraft::new(format!("isp{n}"), format!("ether{n}"), Access::Dhcp, speed));
        SiteDraft::new(Mode::Failover, lines.collect()).build().unwrap()
    }

    fn order(ranks: &[Rank]) -> Vec<(&str, u8, u8)> {
        ranks
            .iter()
            .map(|rank| (rank.line.as_str(), rank.distance, rank.last_resort))
            .collect()
    }

    #[test]
    fn a_table_begins_with_its_own_line() {
        let site = site(3);
        let table = distances_in_table(&site, site.lines()[1].id());
        assert_eq!(
            order(&table),
            vec![("isp2", 1, 202), ("isp3", 2, 203), ("isp1", 3, 201)]
        );
        assert_eq!(
            distances_in_table(&site, &LineId::new("other").unwrap()),
            distances(&site)
        );
    }

    #[test]
    fn distances_stay_below_255() {
        let ranks = distances(&site(MAX_LINES + 9));
        assert_eq!(order(&ranks).last(), Some(&("isp50", 50, 250)));
    }
}
