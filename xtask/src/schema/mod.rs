//! `cargo xtask schema`: the command trees of RouterOS → `core/src/routeros/schema/table`.
//!
//! Reads `../shared/schema`: one tree a version, the ranges of what changed between them (`changes.json`), defaults,
//! and what `add` refuses to run without. What the trees do not say, how values are compared and what they refer
//! to, stands in [`facts`].

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use serde_json::Value;

use self::facts::{CITED, EARLIER, KINDS, OLDER, REFERENCES};

mod facts;

/// Writes the table anew; with `--check` only says whether it would change.
pub fn run(arguments: &[String]) -> ExitCode {
    let check = arguments.iter().any(|argument| argument == "--check");
    let Some(trees) = Trees::read(&shared()) else {
        eprintln!("SKIPPED: ../shared/schema is missing, the schema table stays as it is");
        return ExitCode::SUCCESS;
    };
    let folder = crate::root().join("core/src/routeros/schema/table");
    let mut changed = Vec::new();
    for (name, text) in files(&trees) {
        let path = folder.join(name);
        if fs::read_to_string(&path).is_ok_and(|old| old == text) {
            continue;
        }
        changed.push(path.clone());
        if !check && fs::write(&path, text).is_err() {
            eprintln!("cannot write {}", path.display());
            return ExitCode::FAILURE;
        }
    }
    for path in &changed {
        println!(
            "{}{}",
            if check { "out of date: " } else { "wrote " },
            path.display()
        );
    }
    if check && !changed.is_empty() {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    }
}

fn shared() -> PathBuf {
    std::env::var_os("MULTI_ISP_SHARED")
        .map_or_else(|| crate::root().join("../shared"), PathBuf::from)
        .join("schema")
}

/// What `../shared/schema` says.
struct Trees {
    /// Menu → command → argument → the versions whose tree has it.
    menus: BTreeMap<String, BTreeMap<String, BTreeMap<String, BTreeSet<usize>>>>,
    /// Menu → the versions whose tree has it.
    seen: BTreeMap<String, BTreeSet<usize>>,
    changes: Value,
    defaults: Value,
    enums: Value,
    required: BTreeMap<String, Vec<String>>,
}

const VERSIONS: [&str; 9] = [
    "7.9", "7.10.2", "7.12.2", "7.14.3", "7.16.2", "7.18.2", "7.20.8", "7.22.3", "7.24",
];
const OLDEST: &str = VERSIONS[0];
const NEWEST: &str = VERSIONS[8];

impl Trees {
    fn read(folder: &Path) -> Option<Trees> {
        let json = |name: &str| -> Option<Value> {
            serde_json::from_slice(&fs::read(folder.join(format!("{name}.json"))).ok()?).ok()
        };
        let mut menus: BTreeMap<String, BTreeMap<String, BTreeMap<_, BTreeSet<usize>>>> = BTreeMap::new();
        let mut seen: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (index, version) in VERSIONS.into_iter().enumerate() {
            for (menu, commands) in json(version)?.as_object()? {
                for (command, arguments) in commands.as_object()? {
                    if !menu.starts_with('/') || command.is_empty() {
                        continue;
                    }
                    seen.entry(menu.clone()).or_default().insert(index);
                    let menu = menus.entry(menu.clone()).or_default();
                    let known = menu.entry(command.clone()).or_default();
                    for argument in strings(arguments) {
                        known.entry(argument).or_default().insert(index);
                    }
                }
            }
        }
        let required = json("required-args-7.22.1")?;
        let required = required.as_array()?.iter().filter_map(|entry| {
            let missing = entry.get("rawError").and_then(Value::as_str).unwrap_or_default();
            let plain = !missing.contains(" or ") && !missing.contains("one of");
            plain.then(|| {
                (
                    text(entry.get("path")),
                    strings(entry.get("required").unwrap_or(&Value::Null)).collect(),
                )
            })
        });
        let required = required.collect();
        let (changes, enums) = (json("changes")?, json("enums-7.22.3")?);
        let defaults = json("defaults")?.get("menus")?.clone();
        Some(Trees {
            menus,
            seen,
            changes,
            defaults,
            enums,
            required,
        })
    }

    /// The ranges of versions that have it, between the oldest and the newest tree; none: all of them have it.
    fn ranges(&self, menu: &str, command: &str, argument: &str) -> Vec<(String, String)> {
        let key = format!("{menu}|{command}|{argument}");
        match self.changes.get(key).and_then(Value::as_array) {
            Some(ranges) => {
                let pair = |range: &Value| (text(range.get(0)), text(range.get(1)));
                ranges.iter().map(pair).collect()
            }
            None => self.seen_ranges(menu, command, argument),
        }
    }

    /// The same from the trees alone, for menus of which `changes.json` does not speak.
    fn seen_ranges(&self, menu: &str, command: &str, argument: &str) -> Vec<(String, String)> {
        let arguments = self.menus.get(menu).and_then(|menu| menu.get(command));
        let (Some(with), Some(all)) = (
            arguments.and_then(|arguments| arguments.get(argument)),
            self.seen.get(menu),
        ) else {
            return Vec::new();
        };
        if with == all {
            return Vec::new();
        }
        let mut ranges: Vec<(String, String)> = Vec::new();
        let mut inside = false;
        for (position, index) in all.iter().enumerate() {
            let version = VERSIONS[*index].to_owned();
            match (with.contains(index), inside, ranges.last_mut()) {
                (true, true, Some((_, last))) => *last = version,
                (true, ..) if position == 0 => ranges.push((OLDEST.to_owned(), version)),
                (true, ..) => ranges.push((version.clone(), version)),
                (false, ..) => {}
            }
            inside = with.contains(index);
        }
        ranges
    }

    fn menu_ranges(&self, menu: &str) -> Vec<(String, String)> {
        self.ranges(menu, "None", "None")
    }

    /// The properties of a menu's rows: what `add` and `set` take.
    fn properties(&self, menu: &str) -> BTreeMap<String, Vec<(String, String)>> {
        let mut properties = BTreeMap::new();
        for command in ["set", "add"] {
            for name in self
                .menus
                .get(menu)
                .and_then(|menu| menu.get(command))
                .into_iter()
                .flat_map(BTreeMap::keys)
            {
                if ["numbers", "copy-from", "place-before"].contains(&name.as_str()) {
                    continue;
                }
                let ranges = self.ranges(menu, command, name);
                let known: &mut Vec<_> = properties.entry(name.clone()).or_insert_with(|| ranges.clone());
                if ranges.is_empty() {
                    known.clear();
                }
            }
        }
        properties
    }

    /// The default of the newest version, and the version in which it ended where that is not the newest.
    fn default(&self, menu: &str, property: &str) -> Option<(String, Option<String>)> {
        let cited = CITED.iter().find(|(m, p, ..)| (*m, *p) == (menu, property));
        if let Some((_, _, value, _)) = cited {
            return Some(((*value).to_owned(), None));
        }
        if property == "comment" {
            return Some((String::new(), None));
        }
        let fields = self.defaults.get(menu)?;
        let fields = match fields.as_array() {
            Some(variants) => variants
                .iter()
                .find_map(|variant| variant.get("fields")?.get(property).map(|_| variant))?
                .get("fields")?,
            None => fields,
        };
        let field = fields.get(property)?;
        let gate = field
            .get("when")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .find(|when| text(when.get(1)) == "<");
        let value = field.get("default").unwrap_or(field);
        let value = match value {
            Value::Bool(true) => "yes".to_owned(),
            Value::Bool(false) => "no".to_owned(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => text.clone(),
            _ => return None,
        };
        Some((value, gate.map(|gate| text(gate.get(0)))))
    }

    fn choices(&self, menu: &str, property: &str) -> BTreeSet<String> {
        let of = |command: &str| self.enums.get(menu)?.get(command)?.get(property).cloned();
        let choices = of("add").or_else(|| of("set")).unwrap_or(Value::Null);
        strings(&choices).collect()
    }

    fn kind(&self, menu: &str, property: &str) -> &'static str {
        let by_name = KINDS.iter().find(|(menus, names, _)| {
            (menus.is_empty() || menus.split(' ').any(|m| m == menu))
                && names.split(' ').any(|name| name == property)
        });
        if let Some((_, _, kind)) = by_name {
            return kind;
        }
        let choices = self.choices(menu, property);
        if !choices.is_empty()
            && choices
                .iter()
                .all(|choice| ["yes", "no", "!"].contains(&choice.as_str()))
        {
            return "yes_no";
        }
        let default = self
            .default(menu, property)
            .map(|(value, _)| value)
            .unwrap_or_default();
        let digits = !default.is_empty() && default.bytes().all(|byte| byte.is_ascii_digit());
        match default.as_str() {
            "yes" | "no" if choices.is_empty() => "yes_no",
            _ if digits || default.starts_with("0x") => "number",
            _ if is_duration(&default) => "duration",
            _ => "auto",
        }
    }
}

/// `1w`, `4m20s`, `500ms`.
fn is_duration(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit())
        && text.ends_with(['s', 'm', 'h', 'd', 'w'])
        && text.chars().all(|c| c.is_ascii_digit() || "wdhms".contains(c))
}

/// The files of the table: name and text.
fn files(trees: &Trees) -> Vec<(String, String)> {
    let mut menus: BTreeSet<String> = trees.menus.keys().cloned().collect();
    menus.extend(OLDER.iter().map(|(menu, ..)| (*menu).to_owned()));
    let roots = ["interface", "ip", "ipv6", "queue", "routing", "system"];
    let root_of = |menu: &str| -> &str {
        let root = menu.split('/').nth(1).unwrap_or_default();
        roots.into_iter().find(|known| *known == root).unwrap_or("other")
    };
    let mut files = Vec::new();
    for root in roots.into_iter().chain(["other"]) {
        let mut text = String::from(HEAD);
        for menu in menus.iter().filter(|menu| root_of(menu) == root) {
            text.push_str(&menu_text(trees, menu));
        }
        text.push_str("];\n");
        files.push((format!("{root}.rs"), text));
    }
    files
}

const HEAD: &str = "//! Generated by `cargo xtask schema` from the command trees of 7.9 to 7.24; do not edit.

use super::*;

#[rustfmt::skip]
pub(super) static MENUS: &[Menu] = &[
";

const WIDTH: usize = 118;

fn menu_text(trees: &Trees, menu: &str) -> String {
    let older = OLDER.iter().find(|(path, ..)| *path == menu);
    let hidden = ["edit", "export"];
    let commands: Vec<&str> = match older {
        Some((_, commands, _)) => commands.split(' ').collect(),
        None => trees.menus[menu]
            .keys()
            .map(String::as_str)
            .filter(|name| !hidden.contains(name))
            .collect(),
    };
    let mut text = format!("    menu({menu:?}, {:?})", commands.join(" "));
    match trees.required.get(menu) {
        Some(required) if !required.is_empty() => _ = write!(text, ".requires(&{required:?})"),
        _ => {}
    }
    text.push_str(&gate_text(&trees.menu_ranges(menu)));
    if older.is_some() {
        text.push_str(".without_tree()");
    }
    let mut properties = trees.properties(menu);
    text.push_str(&read_only_text(trees, menu, &properties));
    properties.extend(
        older
            .into_iter()
            .flat_map(|(_, _, names)| names.split(' '))
            .map(|name| (name.to_owned(), vec![])),
    );
    if properties.is_empty() {
        return text + ",\n";
    }
    text.push_str(".with(&[");
    let mut width = usize::MAX;
    for (name, ranges) in &properties {
        let property = property_text(trees, menu, name, ranges);
        if width.saturating_add(property.len()) > WIDTH {
            text.push_str("\n        ");
            width = 8;
        } else {
            text.push(' ');
            width += 1;
        }
        width += property.len();
        text.push_str(&property);
    }
    text + "\n    ]),\n"
}

/// What `get` of the newest tree gives besides properties: states and counters.
fn read_only_text(trees: &Trees, menu: &str, properties: &BTreeMap<String, Vec<(String, String)>>) -> String {
    let names = trees
        .enums
        .get(menu)
        .and_then(|menu| menu.get("get")?.get("value-name"));
    let names: Vec<String> = names
        .into_iter()
        .flat_map(strings)
        .filter(|name| !properties.contains_key(name))
        .collect();
    if names.is_empty() {
        return String::new();
    }
    let mut text = String::from(".reads(\"");
    let mut width = WIDTH;
    for name in names {
        if width.saturating_add(name.len()) >= WIDTH {
            text.push_str("\\\n        ");
            width = 8;
        }
        width += name.len() + 1;
        text.push_str(&name);
        text.push(' ');
    }
    text.trim_end().to_owned() + "\")"
}

fn property_text(trees: &Trees, menu: &str, name: &str, ranges: &[(String, String)]) -> String {
    let mut text = format!("{}({name:?})", trees.kind(menu, name));
    let earlier = EARLIER.iter().find(|(m, p, ..)| (*m, *p) == (menu, name));
    match (trees.default(menu, name), earlier) {
        (Some((value, None)), None) => _ = write!(text, ".or({value:?})"),
        (Some((value, None)), Some((_, _, before, since, _))) => {
            _ = write!(text, ".or({value:?}).before({}, {before:?})", version(since));
        }
        (Some((value, Some(until))), _) => _ = write!(text, ".before({}, {value:?})", version(&until)),
        (None, _) => {}
    }
    text.push_str(&gate_text(ranges));
    let refers = REFERENCES.iter().find(|(menus, names, _)| {
        menus.split(' ').any(|prefix| menu.starts_with(prefix)) && names.split(' ').any(|n| n == name)
    });
    if let Some((_, _, target)) = refers {
        _ = write!(text, ".names({target})");
    }
    text + ","
}

fn gate_text(ranges: &[(String, String)]) -> String {
    match ranges {
        [] => String::new(),
        [(first, last)] if last == NEWEST => format!(".since({})", version(first)),
        [(first, last)] if first == OLDEST => format!(".until({})", version(last)),
        ranges => {
            let one = |(first, last): &(String, String)| {
                let last = if last == NEWEST {
                    "NEWEST".to_owned()
                } else {
                    format!("v({})", version(last))
                };
                format!("(v({}), {last})", version(first))
            };
            format!(
                ".within(&[{}])",
                ranges.iter().map(one).collect::<Vec<_>>().join(", ")
            )
        }
    }
}

/// `7.9` → `7, 9, 0`.
fn version(text: &str) -> String {
    let mut parts = text.split('.');
    let mut part = || parts.next().unwrap_or("0");
    format!("{}, {}, {}", part(), part(), part())
}

fn strings(value: &Value) -> impl Iterator<Item = String> + '_ {
    value
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .map(str::to_owned)
}

fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}
