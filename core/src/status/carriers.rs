//! Which line carries which part of new connections, by the routes that are in force.

use alloc::vec::Vec;

use super::judge::ROUTES;
use crate::desired;
use crate::pcc::Ratio;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::Site;
use crate::survey::defaults::{live_is, ways};
use crate::survey::{Role, is_default, route_table, tag_of};

/// The share of each line of the site, in their order.
///
/// Where connections are marked, each group of buckets goes by the default that is in force in its table, and by the main table
/// where there is none (`ROUTEROS` §2c). Where the jump to the marks is gone, all go by the main table.
pub(super) fn shares(site: &Site, router: &Router) -> Vec<Ratio> {
    let main = in_force(site, router, None);
    let mut shares: Vec<Ratio> = site.lines().iter().map(|_| Ratio::ZERO).collect();
    let Some(groups) = desired::shares(site).filter(|_| marks(router)) else {
        share_out(&mut shares, &main, Ratio::ONE);
        return shares;
    };
    for (table, part) in groups {
        let own = in_force(site, router, Some(&table));
        share_out(&mut shares, if own.is_empty() { &main } else { &own }, part);
    }
    shares
}

/// Several defaults that are in force at once share alike.
fn share_out(shares: &mut [Ratio], lines: &[Option<usize>], part: Ratio) {
    let ways = u64::try_from(lines.len()).unwrap_or(u64::MAX);
    let each = part.over(Ratio::new(ways, 1));
    for line in lines.iter().flatten() {
        if let Some(share) = shares.get_mut(*line) {
            *share = share.plus(each);
        }
    }
}

/// The defaults that are in force in a table, each as the position of its line; `None` for one over no line of the site.
fn in_force(site: &Site, router: &Router, table: Option<&Value>) -> Vec<Option<usize>> {
    let rows = router.table(ROUTES).iter();
    let active =
        rows.filter(|row| is_default(row) && route_table(row) == table && live_is(row, "active", true));
    active.flat_map(|row| lines_of(site, router, row)).collect()
}

/// The line of each gateway of a route.
fn lines_of(site: &Site, router: &Router, row: &Row) -> Vec<Option<usize>> {
    let lines = || site.lines().iter();
    if let Some(tag) = tag_of(ROUTES, row) {
        return alloc::vec![lines().position(|line| line.id().as_str() == tag.subject())];
    }
    let line_over = |interface: &[u8]| lines().position(|line| line.interface().as_bytes() == interface);
    let lines: Vec<Option<usize>> = ways(router, row).into_iter().map(line_over).collect();
    if lines.is_empty() {
        alloc::vec![None]
    } else {
        lines
    }
}

/// Whether connections are marked, as far as the picture tells.
fn marks(router: &Router) -> bool {
    let is_jump = |row: &Row| tag_of(MANGLE, row).is_some_and(|tag| tag.role() == Role::Jump);
    let mut rows = router.table(MANGLE).iter();
    !router.is_read(MANGLE) || rows.any(|row| is_jump(row) && !row.disabled())
}

pub(super) const MANGLE: &str = "/ip/firewall/mangle";
