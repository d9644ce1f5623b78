//! The schema against the command trees, where they are there.

use std::collections::BTreeSet;
use std::path::Path;

use multi_isp::routeros::schema::{self, Menu};
use multi_isp::routeros::version::Version;
use serde_json::Value;

use crate::shared::shared;

const TREES: [&str; 9] = [
    "7.9", "7.10.2", "7.12.2", "7.14.3", "7.16.2", "7.18.2", "7.20.8", "7.22.3", "7.24",
];

#[test]
fn the_table_is_what_the_trees_say() {
    let Some(folder) = shared("schema") else { return };
    let mut compared = 0;
    for name in TREES {
        let version = Version::parse(name).unwrap();
        for (path, commands) in read(&folder, name).as_object().unwrap() {
            let rows = ["add", "set"].map(|command| names(&commands[command]));
            if !path.starts_with('/') || commands.get("").is_some() {
                continue;
            }
            let menu = schema::menu(path).unwrap_or_else(|| panic!("{name}: no {path}"));
            assert!(menu.existence(version).is_yes(), "{name}: {path}");
            let wanted: BTreeSet<String> = rows.into_iter().flatten().collect();
            assert_eq!(existing(menu, version), wanted, "{name}: {path}");
            compared += wanted.len();
        }
    }
    assert!(compared > 8_000, "only {compared} properties were compared");
}

#[test]
fn required_arguments_are_what_a_live_router_asked_for() {
    let Some(folder) = shared("schema") else { return };
    for entry in read(&folder, "required-args-7.22.1").as_array().unwrap() {
        let error = entry["rawError"].as_str().unwrap_or_default();
        let menu = schema::menu(entry["path"].as_str().unwrap());
        let Some(menu) = menu.filter(|_| error.contains("missing value(s) of argument(s)")) else {
            continue;
        };
        let mut required: Vec<&str> = menu.required().to_vec();
        required.sort_unstable();
        assert_eq!(required, names(&entry["required"]), "{}", menu.path());
    }
}

#[test]
fn defaults_are_what_the_facts_say() {
    let Some(folder) = shared("schema") else { return };
    let facts = read(&folder, "defaults");
    let fields = facts["menus"]["/interface/pppoe-client"].as_object().unwrap();
    let menu = schema::menu("/interface/pppoe-client").unwrap();
    for (name, value) in fields {
        let value = match value {
            Value::Bool(true) => "yes".to_owned(),
            Value::Bool(false) => "no".to_owned(),
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        assert_eq!(
            menu.property(name).unwrap().default(Some(Version::new(7, 22, 3))),
            Some(value.as_str()),
            "{name}"
        );
    }
    let client = schema::menu("/ip/dhcp-client")
        .unwrap()
        .property("disabled")
        .unwrap();
    assert_eq!(client.default(Some(Version::new(6, 49, 6))), Some("yes"));
    assert_eq!(client.default(Some(Version::new(7, 1, 0))), Some("no"));
}

/// Facts of before 7.9 that no source confirms; the figure may only fall.
#[test]
fn unconfirmed_entries_are_counted() {
    let version = Version::new(6, 49, 6);
    let properties =
        schema::menus().flat_map(|menu| menu.properties().iter().map(move |property| (menu, property)));
    let (confirmed, unconfirmed): (Vec<_>, Vec<_>) = properties.partition(|(menu, property)| {
        menu.has_property(property.name(), version) != schema::Existence::Unconfirmed
    });
    assert_eq!((confirmed.len(), unconfirmed.len()), (190, 1400));
}

#[test]
fn versions_gate_what_exists() {
    let existence = |menu: &str, property: &str, version: &str| {
        schema::menu(menu)
            .unwrap()
            .has_property(property, Version::parse(version).unwrap())
    };
    assert!(existence("/ip/route", "routing-mark", "6.49.6").is_yes());
    assert!(existence("/ip/route", "routing-mark", "7.22.3").is_no());
    assert!(existence("/ip/route", "routing-table", "6.49.6").is_no());
    assert!(existence("/ip/route", "suppress-hw-offload", "7.20.8").is_yes());
    assert!(existence("/ip/route", "suppress-hw-offload", "7.21").is_no());
    assert!(existence("/ip/dhcp-client", "check-gateway", "7.18.2").is_no());
    assert!(existence("/ip/dhcp-client", "check-gateway", "7.25").is_yes());
    assert!(existence("/ip/route", "metric", "7.22.3").is_no());
    assert!(
        schema::menu("/ip/route/rule")
            .unwrap()
            .existence(Version::new(7, 9, 0))
            .is_no()
    );
    assert!(
        schema::menu("/routing/settings")
            .unwrap()
            .existence(Version::new(7, 10, 2))
            .is_no()
    );
    assert!(schema::menu("/interface/vlans").is_none());
}

fn existing(menu: &Menu, version: Version) -> BTreeSet<String> {
    let there = menu
        .properties()
        .iter()
        .filter(|property| property.existence(version).is_yes());
    there.map(|property| property.name().to_owned()).collect()
}

/// The strings of an array, what names rows and not properties aside.
fn names(value: &Value) -> Vec<String> {
    let names = value.as_array().into_iter().flatten().filter_map(Value::as_str);
    names
        .filter(|name| !["numbers", "copy-from", "place-before"].contains(name))
        .map(str::to_owned)
        .collect()
}

fn read(folder: &Path, name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(folder.join(format!("{name}.json"))).unwrap()).unwrap()
}
