//! The active routes, in the order in which they are looked through.

use alloc::vec::Vec;
use core::cmp::Reverse;

use super::{Route, RouteKind, Selected};

/// By table, the longest prefix first.
pub(super) fn selected<'a>(routes: &[Route<'a>]) -> Vec<Selected<'a>> {
    let mut active: Vec<(usize, &Route<'a>)> =
        (0..).zip(routes).filter(|(_, route)| route.is_active()).collect();
    active.sort_by_key(|(_, route)| (route.table, Reverse(route.prefix.prefix_len()), route.prefix));
    active
        .chunk_by(|(_, one), (_, other)| (one.table, one.prefix) == (other.table, other.prefix))
        .filter_map(together)
        .collect()
}

/// Active routes of one prefix are one route with all their gateways as members [D:26476608]. Where some of them send nothing
/// on, no source says what becomes of it; those that do are taken.
fn together<'a>(active: &[(usize, &Route<'a>)]) -> Option<Selected<'a>> {
    let (_, first) = active.first()?;
    let kinds = active.iter().map(|(_, route)| route.kind);
    let hops = active.iter().flat_map(|(_, route)| &route.reached);
    Some(Selected {
        table: first.table,
        prefix: first.prefix,
        distance: first.distance,
        kind: kinds.min().unwrap_or(RouteKind::Unicast),
        routes: active.iter().map(|(index, _)| *index).collect(),
        hops: hops.flatten().flatten().cloned().collect(),
    })
}
