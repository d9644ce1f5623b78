//! A router that was read → one that can be played: it has an id for every row, and its ports.

use alloc::{
    collections::BTreeSet,
    format,
    string::{String, ToString},
    vec::Vec,
};

use crate::routeros::{
    router::{Router, Row, Selector},
    value::Value,
};

/// The router as it would tell of itself.
///
/// A compact export leaves out ports as the factory made them. Those that a row names are there, and of the numbered `ether`
/// ports all up to the highest that is named; what nothing names cannot be known.
pub(super) fn played(router: &Router) -> Router {
    if router.ids_known() {
        return router.clone();
    }
    let mut played = router.clone();
    if !router.ports_known() {
        for name in lacking(router) {
            if let Some(menu) = menu_of(&name) {
                let mut port = played.new_row(menu);
                let properties = [("default-name".to_string(), Value::from(name))];
                port.describe(Selector::Found(properties.into()));
                played.push(menu, port);
            }
        }
    }
    played.with_ids()
}

/// The ports that the router must have and does not list.
fn lacking(router: &Router) -> BTreeSet<String> {
    let mut named = mentioned(router);
    let listed = listed(router);
    let highest = named.iter().chain(&listed).filter_map(|name| number(name)).max();
    // The largest of them have some 50.
    const MOST: u32 = 64;
    let numbered = 1..=highest.unwrap_or(0).min(MOST);
    named.extend(numbered.map(|number| format!("{NUMBERED}{number}")));
    named.difference(&listed).cloned().collect()
}

/// What rows name as an interface.
fn mentioned(router: &Router) -> BTreeSet<String> {
    let rows = router.menus().flat_map(|menu| router.table(menu));
    let values = rows.flat_map(|row| {
        let referring = row.iter().filter(|(name, _)| row.refers(name));
        referring.map(|(_, value)| value.to_text())
    });
    let mut names = BTreeSet::new();
    for value in values {
        let each = value.split(',').map(|name| name.trim_start_matches('!'));
        names.extend(each.filter(|name| menu_of(name).is_some()).map(String::from));
    }
    names
}

/// The interfaces that are listed, by their names and those of the factory.
fn listed(router: &Router) -> BTreeSet<String> {
    let rows = router.interface_menus().flat_map(|menu| router.table(menu));
    let names = |row: &Row| -> Vec<String> {
        let names = row.get("name").into_iter().chain(row.live("default-name"));
        names.map(|name| name.to_text().into_owned()).collect()
    };
    rows.flat_map(names).collect()
}

/// The menu of a port with that name of the factory: letters, and then a number.
fn menu_of(name: &str) -> Option<&'static str> {
    let found = FACTORY.iter().find(|(stem, _)| {
        let number = name.strip_prefix(stem);
        number.is_some_and(|number| number.starts_with(|first: char| first.is_ascii_digit()))
    });
    found.map(|(_, menu)| *menu)
}

fn number(name: &str) -> Option<u32> {
    name.strip_prefix(NUMBERED)?.parse().ok()
}

/// The ports that every router counts from 1 without a gap.
const NUMBERED: &str = "ether";

const ETHERNET: &str = "/interface/ethernet";

/// What names of the factory begin with, and the menus of such interfaces.
const FACTORY: [(&str, &str); 12] = [
    (NUMBERED, ETHERNET),
    ("combo", ETHERNET),
    ("sfp", ETHERNET),
    ("sfp-sfpplus", ETHERNET),
    ("sfpplus", ETHERNET),
    ("sfp28-", ETHERNET),
    ("qsfp", ETHERNET),
    ("qsfpplus", ETHERNET),
    ("qsfp28-", ETHERNET),
    ("wlan", "/interface/wireless"),
    ("wifi", "/interface/wifi"),
    ("lte", "/interface/lte"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_that_an_export_leaves_out_are_there() {
        let export = "/interface ethernet set [ find default-name=ether2 ] name=wan\n/interface bridge add name=bridge\n\
            /interface bridge port add bridge=bridge interface=ether4\n/ip address add address=192.0.2.2/24 interface=lte1\n\
            /ip address add address=192.0.3.2/24 interface=ether-office\n";
        let router = Router::from_export(export.as_bytes(), None).unwrap();
        let played = played(&router);
        let names = |menu: &str| -> Vec<_> {
            let rows = played.table(menu).iter();
            rows.map(|row| row.text("name").unwrap().into_owned()).collect()
        };
        assert_eq!(names(ETHERNET), ["wan", "ether1", "ether3", "ether4"]);
        assert_eq!(names("/interface/lte"), ["lte1"]);
        assert!(played.ids_known());
        assert_eq!(router.diff(&played), []);
    }

    #[test]
    fn a_router_that_was_read_with_its_ids_is_played_as_it_is() {
        let json = br#"{"/ip/address": [{".id": "*1", "address": "192.0.2.2/24", "interface": "ether2"}]}"#;
        let router = Router::from_rest(json, None).unwrap();
        assert!(played(&router).table(ETHERNET).is_empty());
    }
}
