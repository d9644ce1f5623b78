//! Which menu, command and argument exists in which version, with provenance.
#![allow(dead_code, reason = "the interpreter and the generated table land next")]

use crate::routeros::{value::Kind, version::Version};

mod table;

/// The menu at a canonical path, as `/ip/route`; `None` where the schema does not hold it.
pub fn menu(path: &str) -> Option<&'static Menu> {
    let index = table::MENUS.binary_search_by(|menu| menu.path.cmp(path)).ok()?;
    table::MENUS.get(index)
}

/// Every menu of the schema, sorted by path.
pub fn menus() -> &'static [Menu] {
    table::MENUS
}

/// A menu: its commands and the properties of its rows.
#[derive(Debug, PartialEq, Eq)]
pub struct Menu {
    path: &'static str,
    commands: &'static [&'static str],
    required: &'static [&'static str],
    versions: Versions,
    properties: &'static [Property],
}

/// A property of the rows of a menu.
#[derive(Debug, PartialEq, Eq)]
pub struct Property {
    name: &'static str,
    kind: Kind,
    versions: Versions,
    default: Default,
    refers: Option<Refers>,
}

/// What the rows of a hard reference must name; the router refuses what is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refers {
    /// An interface of any type.
    Interface,
    /// A row of `/interface/list`.
    InterfaceList,
    /// A row of `/routing/table`.
    RoutingTable,
}

/// What is known of a thing in a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existence {
    /// It is there.
    Yes,
    /// It is not there.
    No,
    /// No source says so: the version is older than the command trees (before 7.9) and nothing is cited.
    Unconfirmed,
}

impl Existence {
    /// Whether a source says that it is there.
    pub fn is_yes(self) -> bool {
        self == Existence::Yes
    }

    /// Whether a source says that it is not there.
    pub fn is_no(self) -> bool {
        self == Existence::No
    }
}

/// The ranges of versions, first and last, between 7.9 and the newest tree; empty: all of them.
type Versions = &'static [(Version, Version)];

/// The value that an absent property has, by version.
type Default = &'static [(Version, Version, &'static str)];

impl Menu {
    /// The canonical path, as `/ip/route`.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// The commands, sorted.
    pub fn commands(&self) -> &'static [&'static str] {
        self.commands
    }

    /// Whether the menu has `command`.
    pub fn has(&self, command: &str) -> bool {
        self.commands.binary_search(&command).is_ok()
    }

    /// Whether the order of the rows means something: there is a `move`.
    pub fn ordered(&self) -> bool {
        self.has("move")
    }

    /// Whether the menu is one row of settings, as `/ip/dns`.
    pub fn single(&self) -> bool {
        self.has("set") && !self.has("find")
    }

    /// Whether rows can carry a comment.
    pub fn comment(&self) -> bool {
        self.property("comment").is_some()
    }

    /// What `add` refuses to run without; executed on a live 7.22.1.
    pub fn required(&self, _version: Version) -> &'static [&'static str] {
        self.required
    }

    /// The properties, sorted by name.
    pub fn properties(&self) -> &'static [Property] {
        self.properties
    }

    /// The property of that name.
    pub fn property(&self, name: &str) -> Option<&'static Property> {
        let index = self
            .properties
            .binary_search_by(|property| property.name.cmp(name))
            .ok()?;
        self.properties.get(index)
    }

    /// Whether the menu is there in `version`.
    pub fn existence(&self, version: Version) -> Existence {
        existence(self.versions, version)
    }
}

impl Property {
    /// The name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// How its values are compared.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The value of a row that does not say; the newest version's where none is given.
    pub fn default(&self, version: Option<Version>) -> Option<&'static str> {
        let Some(version) = version else {
            return self.default.last().map(|(_, _, value)| *value);
        };
        self.default
            .iter()
            .find(|(first, last, _)| (*first..=*last).contains(&version))
            .map(|(_, _, value)| *value)
    }

    /// What its values must name, where the router checks it.
    pub fn refers(&self) -> Option<Refers> {
        self.refers
    }

    /// Whether the property is there in `version`.
    pub fn existence(&self, version: Version) -> Existence {
        existence(self.versions, version)
    }
}

/// The first version with a command tree.
const FIRST: Version = Version::new(7, 9, 0);

fn existence(versions: Versions, version: Version) -> Existence {
    if version < FIRST {
        return Existence::Unconfirmed;
    }
    let inside = versions.is_empty()
        || versions
            .iter()
            .any(|(first, last)| (*first..=*last).contains(&version));
    if inside { Existence::Yes } else { Existence::No }
}

/// Whether values of that name must never be shown.
pub fn is_secret(property: &str) -> bool {
    const SECRETS: [&str; 12] = [
        "authentication-key",
        "eap-password",
        "encryption-password",
        "ipsec-secret",
        "passphrase",
        "password",
        "pin",
        "pre-shared-key",
        "preshared-key",
        "private-key",
        "secret",
        "wpa2-pre-shared-key",
    ];
    SECRETS.binary_search(&property).is_ok()
}
