//! Which line carries which part of new connections, by the routes that are in force.

use alloc::vec::Vec;

use super::judge::{ROUTES, leads_over};
use crate::desired;
use crate::pcc::Ratio;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::Site;
use crate::survey::defaults::live_is;
use crate::survey::{is_default, route_table, tag_of};

/// The share of each line of the site, in their order.
///
/// Where connections are marked, each group of buckets goes by the default that is in force in its table, and by the main table
/// where there is none (`ROUTEROS` §2c).
pub(super) fn shares(site: &Site, router: &Router) -> Vec<Ratio> {
    let main = in_force(site, router, None);
    let mut shares: Vec<Ratio> = site.lines().iter().map(|_| Ratio::ZERO).collect();
    let Some(groups) = desired::shares(site) else {
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
    active.map(|row| line_of(site, router, row)).collect()
}

fn line_of(site: &Site, router: &Router, row: &Row) -> Option<usize> {
    let tag = tag_of(ROUTES, row);
    site.lines().iter().position(|line| match &tag {
        Some(tag) => tag.subject() == line.id().as_str(),
        None => leads_over(router, row, line),
    })
}
