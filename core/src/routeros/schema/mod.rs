//! Which menu, command and argument exists in which version, with provenance.
//!
//! From 7.9 on the facts are RouterOS' own command trees (`/console/inspect` of 7.9 to 7.24, by way of
//! tikoci/restraml); before that, the cited facts of `cited`. What neither holds is [`Existence::Unconfirmed`].

use alloc::borrow::Cow;

use crate::routeros::value::{Kind, Value};
use crate::routeros::version::Version;

mod cited;
pub(crate) mod hide;
mod order;
mod table;

pub use order::export_order;

/// The menu at a canonical path, as `/ip/route`; `None` where the schema does not hold it.
///
/// # Example
/// ```
/// use multi_isp::routeros::{schema, version::Version};
///
/// let client = schema::menu("/ip/dhcp-client").unwrap();
/// let check = client.property("check-gateway").unwrap();
/// assert!(check.existence(Version::new(7, 19, 0)).is_yes());
/// assert!(check.existence(Version::new(7, 18, 2)).is_no());
/// assert_eq!(client.required(), ["interface"]);
/// ```
pub fn menu(path: &str) -> Option<&'static Menu> {
    let menus = table::below(path.split('/').nth(1)?);
    let index = menus.binary_search_by(|menu| menu.path.cmp(path)).ok()?;
    menus.get(index)
}

/// Every menu of the schema.
pub fn menus() -> impl Iterator<Item = &'static Menu> {
    table::TABLES.iter().flat_map(|(_, menus)| menus.iter())
}

/// The menus whose paths begin so, as `/ip/firewall/`.
pub(crate) fn menus_below(prefix: &str) -> impl Iterator<Item = &'static Menu> + use<> {
    let within = |menus: &'static [Menu]| {
        let first = menus.partition_point(|menu| menu.path < prefix);
        let (_, rest) = menus.split_at_checked(first).unwrap_or_default();
        rest.split_at_checked(rest.partition_point(|menu| menu.path.starts_with(prefix)))
            .unwrap_or_default()
            .0
    };
    table::TABLES
        .map(|(_, menus)| within(menus))
        .into_iter()
        .flatten()
}

/// Whether a command tree of that version, or of versions around it, was read.
pub fn is_confirmed(version: Version) -> bool {
    (OLDEST..UNREAD).contains(&version)
}

/// Whether values of that name must never be shown.
pub fn is_secret(property: &str) -> bool {
    const SECRETS: [&str; 13] = [
        "authentication-key",
        "authentication-password",
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
    SECRETS.binary_search(&property).is_ok() || property.ends_with("passphrase")
}

/// A value as it is shown to people: one that is secret is not, nor are the secrets in a script.
pub(crate) fn shown<'a>(property: &str, value: &'a Value) -> Cow<'a, Value> {
    if is_secret(property) {
        Cow::Owned(Value::from("(secret)"))
    } else if is_script(property) {
        Cow::Owned(Value::from(hide::in_script(value.as_bytes())))
    } else {
        Cow::Borrowed(value)
    }
}

/// Whether a property holds commands.
pub(crate) fn is_script(property: &str) -> bool {
    SCRIPTS.contains(&property)
}

/// Properties that hold commands.
const SCRIPTS: [&str; 7] = [
    "down-script",
    "on-down",
    "on-event",
    "on-up",
    "script",
    "source",
    "up-script",
];

/// The properties that no two rows of a menu may share, and whether disabled rows count.
///
/// `failure: already have such entry` of address lists is a capture (disabled duplicates were let in), as is the
/// refusal of a second list member (ROUTEROS-BEHAVIOUR §7, §13); names are unique in every menu whose rows are named
/// by others. Interfaces share their names over all menus: the interpreter sees to them.
pub(crate) fn unique(menu: &str) -> Option<(&'static [&'static str], bool)> {
    match menu {
        "/ip/firewall/address-list" | "/ipv6/firewall/address-list" => Some((&["list", "address"], false)),
        "/interface/list/member" => Some((&["list", "interface"], true)),
        "/interface/list"
        | "/ip/dhcp-server"
        | "/ip/hotspot"
        | "/ip/hotspot/profile"
        | "/ip/pool"
        | "/ppp/profile"
        | "/queue/simple"
        | "/queue/tree"
        | "/queue/type"
        | "/routing/table"
        | "/system/scheduler"
        | "/system/script" => Some((&["name"], true)),
        _ => None,
    }
}

/// The properties by which a menu tells its rows apart, where it does.
pub(crate) fn identity(menu: &str) -> Option<&'static [&'static str]> {
    let found = IDENTITIES.iter().find(|(path, _)| *path == menu);
    found.map(|(_, names)| *names)
}

/// What makes two rows the same one, in menus that refuse a second row like it.
const IDENTITIES: [(&str, &[&str]); 18] = [
    ("/interface/bridge", &["name"]),
    ("/interface/bridge/port", &["interface"]),
    ("/interface/l2tp-client", &["name"]),
    ("/interface/list", &["name"]),
    ("/interface/lte", &["name"]),
    ("/interface/lte/apn", &["name"]),
    ("/interface/ovpn-client", &["name"]),
    ("/interface/ppp-client", &["name"]),
    ("/interface/pppoe-client", &["name"]),
    ("/interface/pptp-client", &["name"]),
    ("/interface/sstp-client", &["name"]),
    ("/interface/list/member", &["list", "interface"]),
    ("/ip/firewall/address-list", &["list", "address"]),
    ("/routing/table", &["name"]),
    ("/ip/address", &["address", "interface"]),
    ("/ip/dhcp-client", &["interface"]),
    ("/system/scheduler", &["name"]),
    ("/system/script", &["name"]),
];

/// A menu: its commands and the properties of its rows.
#[derive(Debug, PartialEq, Eq)]
pub struct Menu {
    path: &'static str,
    commands: &'static str,
    required: &'static [&'static str],
    versions: Versions,
    properties: &'static [Property],
    /// What only a live router knows, in the tree that lists it (7.22.3); empty where none does.
    read_only: &'static str,
    /// Whether a command tree holds it; else it is known from exports.
    tree: bool,
}

/// A property of the rows of a menu.
#[derive(Debug, PartialEq, Eq)]
pub struct Property {
    name: &'static str,
    kind: Kind,
    versions: Versions,
    default: Option<&'static str>,
    /// The default before a version.
    earlier: Option<(Version, &'static str)>,
    refers: Option<Refers>,
}

/// What the values of a hard reference must name; RouterOS refuses what is not there.
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
    /// It is there, says the source.
    Yes(&'static str),
    /// It is not there, says the source.
    No(&'static str),
    /// No source says so.
    Unconfirmed,
}

impl Existence {
    /// Whether a source says that it is there.
    pub fn is_yes(self) -> bool {
        matches!(self, Existence::Yes(_))
    }

    /// Whether a source says that it is not there.
    pub fn is_no(self) -> bool {
        matches!(self, Existence::No(_))
    }
}

/// The versions from 7.9 on that have a thing.
#[derive(Debug, PartialEq, Eq)]
enum Versions {
    All,
    One(Version, Version),
    Some(&'static [(Version, Version)]),
}

impl Menu {
    /// The canonical path, as `/ip/route`.
    pub fn path(&self) -> &'static str {
        self.path
    }

    /// The commands, sorted; `edit` and `export` aside, which every menu has.
    pub fn commands(&self) -> impl Iterator<Item = &'static str> {
        self.commands.split(' ')
    }

    /// Whether the menu has `command`.
    pub fn has(&self, command: &str) -> bool {
        self.commands().any(|own| own == command)
    }

    /// Whether the order of the rows means something: there is a `move`, and rows are gone through until one matches.
    pub fn ordered(&self) -> bool {
        self.has("move") && !UNORDERED.contains(&self.path)
    }

    /// Whether the menu is one row, of settings as `/ip/dns` or to be read only as `/system/resource`.
    pub fn single(&self) -> bool {
        self.has("get") && !self.has("find")
    }

    /// Whether rows can carry a comment.
    pub fn comment(&self) -> bool {
        self.property("comment").is_some()
    }

    /// What `add` refuses to run without: each was tried on a live 7.22.1.
    pub fn required(&self) -> &'static [&'static str] {
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

    /// Whether a property is one of this menu's, not its namesake of another.
    pub(crate) fn owns(&self, property: &'static Property) -> bool {
        self.properties
            .as_ptr_range()
            .contains(&core::ptr::from_ref(property))
    }

    /// Whether the menu is there in `version`.
    pub fn existence(&self, version: Version) -> Existence {
        match cited::existence(self.path, "", version) {
            Existence::Unconfirmed if self.tree => self.versions.existence(version),
            cited => cited,
        }
    }

    /// Whether the property called `name` is there in `version`; what the trees do not list is not there.
    pub fn has_property(&self, name: &str, version: Version) -> Existence {
        match (cited::existence(self.path, name, version), self.property(name)) {
            (Existence::Unconfirmed, Some(property)) if self.tree => property.versions.existence(version),
            (Existence::Unconfirmed, None) if self.tree && version >= OLDEST => Existence::No(TREES),
            (cited, _) => cited,
        }
    }

    /// What only a live router knows of a row, in the tree that lists it; none where no tree does.
    pub(crate) fn live_names(&self) -> impl Iterator<Item = &'static str> {
        self.read_only.split(' ').filter(|name| !name.is_empty())
    }

    /// Whether rows have anything of that name in some version: a property, or what only a live router knows.
    pub(crate) fn knows(&self, name: &str) -> bool {
        let mut live = self.read_only.split(' ');
        self.property(name).is_some() || live.any(|own| own == name) || cited::names(self.path, name)
    }

    /// Whether `get` has a value of that name in `version`: a property, or what only a live router knows.
    pub fn has_value(&self, name: &str, version: Version) -> Existence {
        if let live @ Existence::Yes(_) = cited::live(self.path, name, version) {
            return live;
        }
        let may_be_live = self.read_only.is_empty() || self.read_only.split(' ').any(|own| own == name);
        match self.has_property(name, version) {
            Existence::No(_) if may_be_live || version < OLDEST => Existence::Unconfirmed,
            other => other,
        }
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

    /// What a row means that does not say: the default in `version`, or in the newest one where none is known.
    pub fn default(&self, version: Option<Version>) -> Option<&'static str> {
        match (self.earlier, version) {
            (Some((since, earlier)), Some(version)) if version < since => Some(earlier),
            _ => self.default,
        }
    }

    /// What its values must name, where the router checks it.
    pub fn refers(&self) -> Option<Refers> {
        self.refers
    }

    /// Whether the trees have the property in `version`; cited facts are [`Menu::has_property`]'s.
    pub fn existence(&self, version: Version) -> Existence {
        self.versions.existence(version)
    }
}

impl Versions {
    fn existence(&self, version: Version) -> Existence {
        let inside = match self {
            _ if version < OLDEST => return Existence::Unconfirmed,
            Versions::All => true,
            Versions::One(first, last) => (*first..=*last).contains(&version),
            Versions::Some(ranges) => ranges
                .iter()
                .any(|(first, last)| (*first..=*last).contains(&version)),
        };
        if inside {
            Existence::Yes(TREES)
        } else {
            Existence::No(TREES)
        }
    }
}

/// Menus with a `move` whose rows all count, wherever they stand.
const UNORDERED: [&str; 1] = ["/interface/bridge/port"];

/// The first version whose tree was not read.
const UNREAD: Version = Version::new(7, 25, 0);

/// The version of the oldest tree.
const OLDEST: Version = Version::new(7, 9, 0);

const TREES: &str = "command trees of 7.9 to 7.24";
