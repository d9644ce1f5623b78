//! Which probe hosts lines have, and which they must not: those that the router or its customers resolve names by.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::{Role, tag_of};
use crate::document::DocumentErrors;
use crate::failover;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::{Line, LineId, Site};

/// The probe hosts of every line that is checked by them: those that it has on the router stay.
///
/// # Errors
///
/// Those of [`failover::allot_probes`].
pub fn probes(site: &Site, router: &Router) -> Result<Vec<(LineId, Vec<Ipv4Addr>)>, DocumentErrors> {
    let avoid = [resolvers(router), pinned(router)].concat();
    failover::allot_probes(site, &avoid, &held_probes(site, router))
}

/// The host routes of each line's probes; of one that somebody removed the default over it still tells the host.
fn held_probes(site: &Site, router: &Router) -> Vec<(LineId, Vec<Ipv4Addr>)> {
    let of_line = |line: &Line| {
        let named = |role: Role, property: &'static str| {
            let host = move |row: &Row| {
                let tag = tag_of("/ip/route", row)?;
                let value = row.text(property)?;
                let host = value.strip_suffix("/32").unwrap_or(&value).parse().ok()?;
                let is_own = tag.role() == role && tag.subject() == line.id().as_str();
                is_own.then_some((tag.number(), host))
            };
            router.table("/ip/route").iter().filter_map(host)
        };
        let mut probes: BTreeMap<usize, Ipv4Addr> = named(Role::Main, "gateway").collect();
        probes.extend(named(Role::Probe, "dst-address"));
        (line.id().clone(), probes.into_values().collect())
    };
    site.lines().iter().map(of_line).collect()
}

/// The hosts that disabled routes of somebody lead to, as those of a set-up by hand that is replaced: they may lead over another
/// line, and are in force until the new routes are seen to work.
fn pinned(router: &Router) -> Vec<Ipv4Addr> {
    let is_off = |row: &&Row| row.disabled() && tag_of("/ip/route", row).is_none();
    let hosts = router.table("/ip/route").iter().filter(is_off);
    hosts
        .filter_map(|row| row.text("dst-address")?.strip_suffix("/32")?.parse().ok())
        .collect()
}

/// Every address that the router or its customers use as a resolver: a probe is reachable over its line only, so
/// their DNS would die with that line.
fn resolvers(router: &Router) -> Vec<Ipv4Addr> {
    named_resolvers(router)
        .into_iter()
        .map(|named| named.host)
        .collect()
}

/// A resolver, and what names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct NamedResolver<'a> {
    pub(crate) host: Ipv4Addr,
    pub(crate) menu: &'static str,
    pub(crate) row: &'a Row,
    pub(crate) property: &'static str,
}

/// The same with the rows that name them.
pub(crate) fn named_resolvers(router: &Router) -> Vec<NamedResolver<'_>> {
    let addresses = |value: &Value| -> Vec<Ipv4Addr> {
        let text = value.to_text();
        let words = text.split(|sign: char| !sign.is_ascii_digit() && sign != '.');
        words.filter_map(|word| word.parse().ok()).collect()
    };
    let of_row = |row, (menu, property): (&'static str, &'static str)| {
        let named = move |host| NamedResolver {
            host,
            menu,
            row,
            property,
        };
        let hosts = Row::get(row, property).map(addresses).unwrap_or_default();
        hosts.into_iter().map(named)
    };
    let of = |place: (&'static str, &'static str)| {
        let rows = router.table(place.0).iter();
        rows.flat_map(move |row| of_row(row, place))
    };
    PROPERTIES.into_iter().flat_map(of).collect()
}

/// Where a router names resolvers.
const PROPERTIES: [(&str, &str); 4] = [
    ("/ip/dns", "servers"),
    ("/ip/dns", "use-doh-server"),
    ("/ip/dhcp-server/network", "dns-server"),
    ("/ppp/profile", "dns-server"),
];
