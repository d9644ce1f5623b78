//! A set-up by hand that is replaced: its rows are disabled, never removed.

use alloc::format;
use alloc::vec::Vec;
use core::cmp::Reverse;

use super::{ForeignChange, ForeignEdit, Needs, Setting};
use crate::failover;
use crate::routeros::router::Router;
use crate::routeros::value::Value;
use crate::survey::{Replaced, route_distance};

/// The changes with those that disable what is replaced: first what would move routes meanwhile and the defaults that stand by,
/// then those before that of ISP 1, the nearest last, then what only marked packets meet.
pub(super) fn around(needs: &Needs<'_>, changes: Vec<ForeignChange>) -> Vec<ForeignChange> {
    let mut replaced: Vec<&Replaced> = needs.replaced.iter().collect();
    replaced.sort_by_key(|found| (found.role, Reverse(distance(needs.router, found))));
    let own = needs
        .lines
        .first()
        .and_then(|line| line.existing.default_distance);
    let stands_by = |found: &Replaced| {
        let distance = distance(needs.router, found);
        distance.is_none_or(|distance| own.is_some_and(|own| own <= distance))
    };
    let (before, behind): (Vec<&Replaced>, Vec<&Replaced>) = replaced
        .into_iter()
        .partition(|found| found.role.switches() && stands_by(found));
    let before = before.into_iter().map(disable);
    let behind = behind.into_iter().map(disable);
    before.chain(changes).chain(behind).collect()
}

/// The distance of the farthest default that is replaced and has room behind it: ours stand behind it until the switch; 0 where
/// there is none.
pub(super) fn farthest(router: &Router, replaced: &[Replaced]) -> u8 {
    let distances = replaced.iter().filter_map(|found| distance(router, found));
    let with_room = distances.filter(|distance| *distance <= failover::FARTHEST);
    with_room.max().unwrap_or_default()
}

/// The distance of a default of the main table.
fn distance(router: &Router, found: &Replaced) -> Option<u8> {
    let row = router.table(found.menu).by_id(found.row);
    row.filter(|_| found.role.is_main()).map(route_distance)
}

fn disable(found: &Replaced) -> ForeignChange {
    ForeignChange {
        menu: found.menu,
        row: Some(found.row),
        edit: ForeignEdit::Set(alloc::vec![("disabled", Setting::To(Value::from("yes")))]),
        steps_back: found.role.switches(),
        reason: format!("the site replaces it: {}", found.role),
    }
}
