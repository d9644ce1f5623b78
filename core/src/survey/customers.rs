//! Who the customers are, and which of their traffic must not be balanced.

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use super::foreign_enabled;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::{Lan, Site};

/// How a packet of a customer is told from any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Customers {
    /// It comes in over one of these interfaces.
    Interfaces(Vec<Value>),
    /// It comes in over anything that is not a line: customers' interfaces are dynamic (PPPoE server) or unknown.
    NotALine,
}

/// The customers of a site on this router.
///
/// Named interfaces win. Else PPPoE-server customers, whose interfaces are dynamic and in no list, are told by what
/// they are not; else it is the router's own `LAN` list, else every interface with an address that is no line.
pub fn customers(site: &Site, router: &Router) -> Customers {
    if let Lan::Interfaces(named) = site.lan() {
        return Customers::Interfaces(named.iter().map(|name| Value::from(name.as_bytes())).collect());
    }
    if foreign_enabled(router, "/interface/pppoe-server/server")
        .next()
        .is_some()
    {
        return Customers::NotALine;
    }
    let listed = lan_list(router);
    let found = if listed.is_empty() {
        addressed(site, router)
    } else {
        listed
    };
    if found.is_empty() {
        Customers::NotALine
    } else {
        Customers::Interfaces(found)
    }
}

/// The interfaces that run a hotspot: what has not logged in there must not be marked.
///
/// The hotspot's proxy and login page use the main table only \[D:152600617\].
pub fn hotspot_interfaces(router: &Router) -> Vec<Value> {
    interfaces(foreign_enabled(router, "/ip/hotspot"))
}

fn lan_list(router: &Router) -> Vec<Value> {
    interfaces(foreign_enabled(router, "/interface/list/member").filter(|row| row.is("list", "LAN")))
}

fn addressed(site: &Site, router: &Router) -> Vec<Value> {
    let is_line = |row: &Row| {
        site.lines()
            .iter()
            .any(|line| row.is("interface", line.interface()))
    };
    interfaces(foreign_enabled(router, "/ip/address").filter(|row| !is_line(row)))
}

/// The interfaces that rows name, each once.
fn interfaces<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Value> {
    let names: BTreeSet<Value> = rows.filter_map(|row| row.get("interface").cloned()).collect();
    names.into_iter().collect()
}
