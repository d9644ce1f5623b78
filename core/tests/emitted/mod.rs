//! Whether a version of RouterOS has all that a script names.
//!
//! From 7.9 on its own command trees say so, for every version between the gates around the target; before that, the
//! cited facts of `routeros::schema`, and what no source says is listed, not hidden.

mod closed;
mod trees;
mod walk;

use std::collections::BTreeSet;
use std::ops::Range;

use multi_isp::routeros::schema::{self, Existence};
use multi_isp::routeros::version::Version;

use crate::shared::shared;
use trees::Trees;
pub use walk::{Use, uses};

/// What was found out about a script.
#[derive(Debug, Default)]
pub struct Verdict {
    /// What the version does not have.
    pub faults: Vec<String>,
    /// What no source says that the version has.
    pub unconfirmed: BTreeSet<String>,
    /// How many commands, arguments and conditions were looked up.
    pub looked_up: usize,
}

/// Judges scripts of one version.
pub struct Checker {
    version: Version,
    trees: Option<Trees>,
}

impl Checker {
    /// `None`, said loudly, where the trees that it needs are not there.
    pub fn of(version: Version) -> Option<Self> {
        let trees = match version {
            version if version < FIRST_TREE => None,
            version => Some(Trees::around(&shared("schema")?, version)),
        };
        Some(Self { version, trees })
    }

    /// Looks everything up that a script names, in scripts that it stores, too.
    pub fn check(&self, script: &[u8]) -> Verdict {
        let mut verdict = Verdict::default();
        for named in uses(script) {
            verdict.looked_up += 1 + named.arguments.len() + named.asked.len();
            match &self.trees {
                _ if named.menu.is_empty() => self.language(&named, &mut verdict),
                _ if (named.menu.as_str(), named.command.as_str()) == FETCH => {
                    self.fetch(&named, &mut verdict)
                }
                Some(trees) => tree(trees, &named, &mut verdict),
                None => self.facts(&named, &mut verdict),
            }
        }
        verdict
    }

    /// A command of the scripting language.
    fn language(&self, named: &Use, verdict: &mut Verdict) {
        match LANGUAGE.iter().find(|(name, _)| *name == named.command) {
            Some((_, since)) if *since <= self.version => {}
            _ => verdict.faults.push(format!(":{} is not there", named.command)),
        }
    }

    /// The command that sends something to the outside, which trees and facts leave out.
    fn fetch(&self, named: &Use, verdict: &mut Verdict) {
        for (name, _) in &named.arguments {
            let known = FETCH_ARGUMENTS.iter().find(|(own, ..)| own == name);
            match known {
                Some((_, versions, is_cited, _)) if versions.contains(&self.version) => {
                    if !is_cited && self.version < FIRST_TREE {
                        verdict.unconfirmed.insert(format!("/tool/fetch {name}"));
                    }
                }
                _ => verdict.faults.push(format!("/tool fetch {name}: not there")),
            }
        }
    }

    /// What cited facts say.
    fn facts(&self, named: &Use, verdict: &mut Verdict) {
        let Use { menu, command, .. } = named;
        let Some(known) = schema::menu(menu) else {
            return verdict.faults.push(format!("{menu} is not in the schema"));
        };
        verdict.note(named, "", known.existence(self.version));
        if !known.has(command) {
            verdict.faults.push(format!("{menu} {command}: not there"));
        } else if !COMMANDS.iter().any(|(own, names, _)| {
            ["", menu.as_str()].contains(own) && names.split(' ').any(|name| name == command)
        }) {
            verdict.unconfirmed.insert(format!("{menu} {command}"));
        }
        for (name, _) in named
            .arguments
            .iter()
            .filter(|(name, _)| !ROW_ARGUMENTS.contains(&name.as_str()))
        {
            verdict.note(named, name, known.has_property(name, self.version));
        }
        for name in named.asked.iter().filter(|name| *name != ".id") {
            verdict.note(named, name, known.has_value(name, self.version));
        }
    }
}

impl Verdict {
    fn note(&mut self, named: &Use, property: &str, existence: Existence) {
        let Use { menu, command, .. } = named;
        match existence {
            Existence::Yes(_) => {}
            Existence::No(source) => self
                .faults
                .push(format!("{menu} {command} {property}: not there, says {source}")),
            Existence::Unconfirmed => {
                self.unconfirmed
                    .insert(format!("{menu} {property}").trim_end().to_owned());
            }
        }
    }
}

fn tree(trees: &Trees, named: &Use, verdict: &mut Verdict) {
    verdict.faults.extend(trees.faults(named));
    for (name, value) in &named.arguments {
        let completions = trees.completions(&named.menu, &named.command, name);
        let foreign = value
            .as_ref()
            .filter(|value| closed::is_foreign(&named.menu, name, value, &completions));
        verdict.faults.extend(foreign.map(|value| {
            let value = String::from_utf8_lossy(value);
            format!(
                "{} {} {name}={value}: none of {completions:?}",
                named.menu, named.command
            )
        }));
    }
}

const FIRST_TREE: Version = Version::new(7, 9, 0);

/// Menu and command.
const FETCH: (&str, &str) = ("/tool", "fetch");

/// Its arguments with the versions that have them, whether a source says so before the first tree, and which.
const FETCH_ARGUMENTS: [(&str, Range<Version>, bool, &str); 6] = [
    ("url", V6..LATER, true, "manual of fetch"),
    ("keep-result", V6..LATER, true, "manual of fetch"),
    ("http-method", V6..LATER, true, "changelog 6.39"),
    ("http-data", V6..LATER, true, "changelog 6.39"),
    (
        "http-header-field",
        HEADERS..LATER,
        false,
        "manual of fetch; a script of 7.x",
    ),
    (
        "http-content-type",
        V6..HEADERS,
        false,
        "manual of fetch before 6.44",
    ),
];

/// When the one took the place of the other, from memory.
const HEADERS: Version = Version::new(6, 44, 0);

const LATER: Version = Version::new(8, 0, 0);

/// The versions that are planned for begin here.
const V6: Version = Version::new(6, 40, 0);

/// Arguments of commands that are no properties: which row, and where.
const ROW_ARGUMENTS: [&str; 4] = ["copy-from", "destination", "numbers", "place-before"];

/// Commands of menus (of every menu where none is named) before the first tree, with their source.
const COMMANDS: [(&str, &str, &str); 3] = [
    (
        "",
        "add comment disable enable find get move print remove set unset",
        "[D:328134]",
    ),
    (
        "/ip/dhcp-client",
        "release renew",
        "[M:network-management/dhcp.md]",
    ),
    ("/system/script", "run", "[D:8978504]"),
];

/// The scripting language and when it came: what we emit of it; `:onerror` is in the changelog of 7.13.
const LANGUAGE: [(&str, Version); 16] = [
    ("delay", V6),
    ("do", V6),
    ("error", V6),
    ("find", V6),
    ("for", V6),
    ("foreach", V6),
    ("global", V6),
    ("if", V6),
    ("len", V6),
    ("local", V6),
    ("onerror", Version::new(7, 13, 0)),
    ("pick", V6),
    ("put", V6),
    ("set", V6),
    ("toarray", V6),
    ("typeof", V6),
];
