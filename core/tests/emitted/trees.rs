//! RouterOS' own command trees, as far as a script for one version needs them.

use std::collections::BTreeMap;
use std::path::Path;

use multi_isp::routeros::version::Version;
use serde_json::Value;

use super::walk::Use;

/// The versions of the trees.
const TREES: [&str; 9] = [
    "7.9", "7.10.2", "7.12.2", "7.14.3", "7.16.2", "7.18.2", "7.20.8", "7.22.3", "7.24",
];

/// From which versions on something else is planned than before; between two gates a script must fit every version.
///
/// 7.21 changes only what is said of the time that a switch takes. A gate of `desired` belongs here.
const GATES: [Version; 1] = [Version::new(7, 0, 0)];

/// What the trees say that a script for one version must fit.
pub struct Trees {
    trees: Vec<(Version, Value)>,
    /// `menu|command|argument` → the versions that have it, for what not all versions have.
    changes: Value,
    /// What `add` refuses to run without, by menu: tried on a live 7.22.1.
    required: BTreeMap<String, Vec<String>>,
    /// The completions of 7.22.3.
    enums: Value,
    version: Version,
}

impl Trees {
    /// The trees between the gates around `version`; its neighbours where no tree lies there.
    pub fn around(folder: &Path, version: Version) -> Self {
        let trees = TREES.map(|name| (parse(name), name));
        let first = GATES.into_iter().filter(|gate| *gate <= version).max();
        let next = GATES.into_iter().filter(|gate| *gate > version).min();
        let is_inside = |(own, _): &(Version, &str)| {
            first.is_none_or(|first| *own >= first) && next.is_none_or(|next| *own < next)
        };
        let mut chosen: Vec<_> = trees.into_iter().filter(is_inside).collect();
        if chosen.is_empty() {
            let below = trees.into_iter().filter(|(own, _)| *own <= version).max();
            let above = trees.into_iter().filter(|(own, _)| *own > version).min();
            chosen.extend(below.into_iter().chain(above));
        }
        let entries = read(folder, "required-args-7.22.1");
        let required = entries.as_array().expect("an array").iter().map(|entry| {
            let names = strings(&entry["required"]).map(str::to_owned).collect();
            (entry["path"].as_str().expect("a path").to_owned(), names)
        });
        Self {
            trees: chosen
                .into_iter()
                .map(|(own, name)| (own, read(folder, name)))
                .collect(),
            changes: read(folder, "changes"),
            required: required.collect(),
            enums: read(folder, "enums-7.22.3"),
            version,
        }
    }

    /// What of a command the trees do not hold.
    pub fn faults(&self, named: &Use) -> Vec<String> {
        let Use { menu, command, .. } = named;
        let mut faults = Vec::new();
        for (own, tree) in &self.trees {
            let missing = |what: &str| format!("{menu} {command} {what}: not in the tree of {own}");
            let Some(arguments) = tree[menu.as_str()].get(command) else {
                faults.push(missing("itself"));
                continue;
            };
            let names = named.arguments.iter().map(|(name, _)| name.as_str());
            faults.extend(
                names
                    .filter(|name| strings(arguments).all(|own| own != *name))
                    .filter(|name| !self.came_or_went(menu, command, name))
                    .map(missing),
            );
        }
        if command == "add" {
            let is_given = |wanted: &&String| named.arguments.iter().any(|(name, _)| name == *wanted);
            let required = self.required.get(menu).into_iter().flatten();
            let missing = required.filter(|wanted| !is_given(wanted));
            faults.extend(missing.map(|name| format!("{menu} add needs {name}")));
        }
        let is_known = |name: &&String| {
            let get = &self.enums[menu.as_str()]["get"]["value-name"];
            *name == ".id" || strings(get).any(|own| own == name.as_str())
        };
        let unknown = named.asked.iter().filter(|name| !is_known(name));
        faults
            .extend(unknown.map(|name| {
                format!("{menu} {command} asks for {name}, which `get` of 7.22.3 does not have")
            }));
        faults
    }

    /// The values that RouterOS completes for an argument.
    pub fn completions(&self, menu: &str, command: &str, argument: &str) -> Vec<&str> {
        strings(&self.enums[menu][command][argument]).collect()
    }

    /// Whether the target has what a neighbour lacks.
    fn came_or_went(&self, menu: &str, command: &str, name: &str) -> bool {
        let ranges = self.changes[format!("{menu}|{command}|{name}")].as_array();
        ranges.into_iter().flatten().any(|range| {
            let ends: Vec<Version> = strings(range).map(parse).collect();
            matches!(ends[..], [first, last] if first <= self.version && self.version <= last)
        })
    }
}

fn strings(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

fn parse(version: &str) -> Version {
    Version::parse(version).expect("the version of a tree")
}

fn read(folder: &Path, name: &str) -> Value {
    let file = folder.join(format!("{name}.json"));
    let text = std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    serde_json::from_slice(&text).expect("a tree is JSON")
}
