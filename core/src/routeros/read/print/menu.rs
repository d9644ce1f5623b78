//! What is known of a menu whose output is read.

use crate::routeros::{schema, value::Kind, version::Version};

/// A menu, and the version of the router where it is known.
pub(super) struct Menu<'a> {
    pub(super) path: &'a str,
    pub(super) version: Option<Version>,
    schema: Option<&'static schema::Menu>,
}

impl<'a> Menu<'a> {
    pub(super) fn new(path: &'a str, version: Option<Version>) -> Menu<'a> {
        Menu {
            path,
            version,
            schema: schema::menu(path),
        }
    }

    /// Whether it is one row of settings.
    pub(super) fn is_single(&self) -> bool {
        self.schema.is_some_and(schema::Menu::single)
    }

    /// Whether it is known to be no row of settings.
    pub(super) fn has_rows(&self) -> bool {
        self.schema.is_some_and(|menu| !menu.single())
    }

    /// Whether the schema knows a property or a live value of that name.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.schema.is_some_and(|menu| menu.knows(name))
    }

    /// Whether a name is the beginning of one of the menu's, and none itself.
    pub(super) fn is_cut_off(&self, name: &str) -> bool {
        let properties = self.schema.map_or(&[][..], schema::Menu::properties);
        !self.knows(name)
            && properties
                .iter()
                .any(|property| property.name().starts_with(name))
    }

    pub(super) fn kind(&self, name: &str) -> Kind {
        self.property(name).map_or(Kind::Auto, schema::Property::kind)
    }

    /// Whether a value may be any text, with blanks and what looks like names: not one that names an interface.
    pub(super) fn is_free(&self, name: &str) -> bool {
        let is_text =
            |property: &schema::Property| property.kind() == Kind::Text && property.refers().is_none();
        self.property(name).is_some_and(is_text)
    }

    /// Whether a value is a script.
    pub(super) fn is_script(&self, name: &str) -> bool {
        self.is_free(name) && schema::is_script(name)
    }

    /// Whether a property is written without a value.
    pub(super) fn is_flag(&self, name: &str) -> bool {
        self.kind(name) == Kind::Flag
    }

    /// Whether a value is a number, which outputs write in groups of thousands.
    pub(super) fn is_numeric(&self, name: &str) -> bool {
        let counts = |word: &str| COUNTERS.contains(&word);
        match self.property(name) {
            Some(property) => property.kind() == Kind::Number,
            None => name.rsplit('-').next().is_some_and(counts),
        }
    }

    /// Whether only a live router knows such a value.
    pub(super) fn is_live(&self, name: &str) -> bool {
        self.schema.is_some() && self.property(name).is_none()
    }

    /// The property behind which alone one is shown.
    pub(super) fn shown_behind(&self, name: &str) -> Option<&'static str> {
        let found = BEHIND
            .iter()
            .find(|(menu, _, names)| *menu == self.path && names.contains(&name));
        found.map(|(_, first, _)| *first)
    }

    fn property(&self, name: &str) -> Option<&'static schema::Property> {
        self.schema?.property(name)
    }
}

/// What the names of counters end in.
const COUNTERS: [&str; 10] = [
    "byte", "bytes", "count", "downs", "drop", "drops", "error", "errors", "packet", "packets",
];

/// What a menu shows behind a property alone: the lease behind its status, as scripts of leases say `gateway=`, too
/// (ROUTEROS §3.3).
const BEHIND: [(&str, &str, &[&str]); 1] = [(
    "/ip/dhcp-client",
    "status",
    &[
        "address",
        "caps-managers",
        "dhcp-server",
        "expires-after",
        "gateway",
        "netmask",
        "primary-dns",
        "primary-ntp",
        "secondary-dns",
        "secondary-ntp",
    ],
)];
