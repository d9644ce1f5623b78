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

pub(crate) use self::detection::monthly_bytes;
pub use self::detection::{CheckGateway, Detection, WATCH, Watch, detection_time, probe_bytes};
pub use self::probes::allot_probes;
use crate::site::{Line, LineId, Site};

/// Most lines that distances are kept for: those of the last resort end below 255, which RouterOS never uses
pub const MAX_LINES: usize = 50;

/// Farthest default of ISP 1 that the others can line up behind: the last resorts lie behind all of them
pub const FARTHEST: u8 = 100;

/// Clients whose default is to lose against that of every line have distances beyond this one
pub const LAST_RESORT: u8 = 200;

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
    let rank = |(position, line): (usize, &Line)| {
        let distance = nth(position)?;
        Some(Rank {
            line: line.id().clone(),
            distance,
            last_resort: LAST_RESORT.checked_add(distance)?,
        })
    };
    let lines = site.lines().iter().enumerate();
    lines.map_while(rank).collect()
}

/// Number from 1 of a position from 0, of those that have a rank
fn nth(position: usize) -> Option<u8> {
    let number = position.checked_add(1).filter(|&number| number <= MAX_LINES)?;
    u8::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use std::format;
    use std::prelude::rust_2024::*;

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
    fn distances_stay_below_255() {
        let ranks = distances(&site(MAX_LINES + 9));
        assert_eq!(order(&ranks).last(), Some(&("isp50", 50, 250)));
    }
}
