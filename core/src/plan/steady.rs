//! What of a router's configuration moves by itself, without anybody changing it.

use alloc::collections::BTreeSet;
use alloc::string::{String, ToString};

use crate::desired::Keeper;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::{Access, Site};
use crate::survey::{Role, Tag, site_of, tag_of};

/// The router without what scripts of ours keep up to date on it: next hops that come from a lease, routes that are switched by a
/// lease or a netwatch, and the notes of the report. Which these are, the applied site says that the router remembers.
pub(super) fn steady(router: &Router) -> Router {
    let Some(Ok(site)) = site_of(router) else {
        return router.clone();
    };
    let tagged = |row: &Row| Some((row.id(), tag_of(ROUTES, row)?));
    let routes = router.table(ROUTES).iter().filter_map(tagged);
    let probed: BTreeSet<String> = routes
        .clone()
        .filter(|(_, tag)| tag.role() == Role::Probe)
        .map(|(_, tag)| tag.subject().to_string())
        .collect();
    let mut steady = router.clone();
    let is_note = |row: &&Row| {
        let tag = tag_of(NOTES, row);
        tag.is_some_and(|tag| matches!(tag.role(), Role::State | Role::Sent))
    };
    for note in router.table(NOTES).iter().filter(is_note) {
        let _ = steady.change(NOTES, note.id(), |row| strip(row, "disabled"));
    }
    for (id, tag) in routes {
        let Some(keeper) = keeper(&tag, &site, probed.contains(tag.subject())) else {
            continue;
        };
        let _ = steady.change(ROUTES, id, |row| {
            keeper.properties().iter().for_each(|name| strip(row, name));
        });
    }
    steady
}

/// What keeps a route of ours up to date; `is_probed` where the line has probes, over which its defaults lead.
fn keeper(tag: &Tag, site: &Site, is_probed: bool) -> Option<Keeper> {
    let line = site
        .lines()
        .iter()
        .find(|line| line.id().as_str() == tag.subject())?;
    let leased = matches!(line.access(), Access::Dhcp).then_some(Keeper::Lease);
    match tag.role() {
        Role::Probe => leased,
        Role::Main | Role::Own | Role::Backup if is_probed => line.metered().then_some(Keeper::Watch),
        Role::Main | Role::Own | Role::Backup => leased,
        _ => None,
    }
}

/// Takes a property out that is kept up to date; of a next hop the interface stays that it is pinned to.
fn strip(row: &mut Row, name: &str) {
    let pin = row.get(name).filter(|_| name == "gateway").and_then(|gateway| {
        let place = gateway.as_bytes().iter().position(|byte| *byte == b'%')?;
        gateway.as_bytes().get(place..).map(Value::from)
    });
    match pin {
        Some(pin) => row.set(name, pin),
        None => row.unset(name),
    }
}

const ROUTES: &str = "/ip/route";

/// Where the notes of the report stand.
const NOTES: &str = "/ip/firewall/address-list";
