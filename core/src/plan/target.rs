//! How a command finds its row.

use alloc::string::{String, ToString};
use alloc::vec::Vec;

use serde::{Serialize, Serializer};

use super::{PlanError, Properties, summary};
use crate::routeros::router::{Router, Row};
use crate::routeros::schema::{self, identity};
use crate::routeros::syntax::print::{self, Condition, Line};
use crate::routeros::value::{Kind, Value};
use crate::survey::{Tag, is_of_main};

/// How a command finds its row.
#[derive(Clone, Debug, PartialEq)]
pub enum Target {
    /// By these properties, which no other row of the menu has.
    Where(Properties),
    /// By its place among the static rows of the menu, from 0.
    Place(usize),
    /// The first static row of a chain.
    FirstOf(Value),
    /// The one row of a menu of settings.
    Only,
}

impl Target {
    /// How a row is found again that looks like this: by its tag where it is ours, and by what the menu tells its rows apart
    /// by; else by all that is told of it.
    pub(crate) fn of(menu: &str, row: &Properties) -> Self {
        let is_tag = |name: &str, value: &Value| {
            name == Tag::property(menu) && Tag::parse(menu, value.as_bytes()).is_some()
        };
        let is_key = |name: &str| keys(menu).is_some_and(|keys| keys.contains(&name));
        let telling = row
            .iter()
            .filter(|(name, value)| is_tag(name, value) || is_key(name));
        let telling: Properties = telling.cloned().collect();
        Self::Where(if telling.is_empty() { row.clone() } else { telling })
    }

    /// Whether it finds a row by our tag.
    pub(super) fn is_ours(&self, menu: &str) -> bool {
        let Self::Where(properties) = self else {
            return false;
        };
        let is_tag = |name: &str, value: &Value| {
            name == Tag::property(menu) && Tag::parse(menu, value.as_bytes()).is_some()
        };
        properties.iter().any(|(name, value)| is_tag(name, value))
    }

    /// How a script finds a foreign row again: by what people call it, else by its other properties, of which no other row
    /// of the menu has all.
    ///
    /// # Errors
    ///
    /// [`PlanError::AmbiguousRow`] where another row has them too.
    pub(super) fn foreign(
        menu: &str,
        row: &Row,
        changing: &[&str],
        router: &Router,
    ) -> Result<Self, PlanError> {
        let rows = router.table(menu).rows();
        Self::among(menu, row, changing, rows).ok_or_else(|| PlanError::AmbiguousRow {
            menu: menu.to_string(),
            row: summary::properties(row.iter()),
        })
    }

    /// How a row is told from all `rows` of its menu, which it is one of; `None` where it cannot.
    pub(super) fn among(menu: &str, row: &Row, changing: &[&str], rows: &[Row]) -> Option<Self> {
        if super::is_single(menu) {
            return Some(Self::Only);
        }
        let others = |is_wanted: fn(&Value) -> bool| others(menu, row, changing, is_wanted);
        let in_main = || {
            let told = others(|_| true).into_iter();
            unique(told.chain([main_table(menu, row, rows)?]).collect(), rows)
        };
        let everything = || -> Properties {
            let steady = |name: &str| !changing.contains(&name) && !BY_HARDWARE.contains(&name);
            let told = configuration(row)
                .into_iter()
                .filter(|(name, _)| steady(name) && name != "disabled");
            foreign_only(menu, told.chain(today(row, "disabled")).collect())
        };
        identified(menu, row, rows)
            .or_else(|| unique(others(is_plain), rows))
            .or_else(|| unique(others(|_| true), rows))
            .or_else(in_main)
            .or_else(|| unique(everything(), rows))
    }

    /// What people call a row, where no other of `rows` is called so.
    pub(super) fn called(row: &Row, rows: &[Row]) -> Option<Self> {
        let by = |name: &str| {
            let value = row.get(name).filter(|value| !value.is_empty())?;
            unique([(name.to_string(), value.clone())].into(), rows)
        };
        by("name").or_else(|| by("comment"))
    }

    /// How a row that the factory made is found: as an export finds it.
    pub(super) fn of_factory(row: &Row) -> Option<Self> {
        let properties = row.found_by()?.iter().cloned();
        Some(Self::Where(properties.collect()))
    }

    /// How a script finds a foreign row together with others that all are to change alike; `None` where it finds another one too.
    pub(super) fn together(
        menu: &str,
        row: &Row,
        changing: &[&str],
        router: &Router,
        is_alike: impl Fn(&Row) -> bool,
    ) -> Option<Self> {
        let target = Self::Where(others(menu, row, changing, |_| true));
        let mut found = router.table(menu).iter().filter(|row| target.matches(row));
        found.all(is_alike).then_some(target)
    }

    /// A foreign row as people call it, in menus where each has a name or an interface of its own.
    pub(super) fn named(menu: &str, row: &Row, router: &Router) -> Option<Self> {
        identified(menu, row, router.table(menu).rows())
    }

    /// The foreign row that stands behind a row of a menu with an order.
    pub(super) fn behind(menu: &str, row: &Row, router: &Router) -> Option<Self> {
        let behind = router
            .table(menu)
            .iter()
            .skip_while(|other| other.id() != row.id());
        let next = behind
            .skip(1)
            .find(|row| !row.dynamic())
            .filter(|_| super::is_ordered(menu))?;
        Self::foreign(menu, next, &[], router).ok()
    }

    /// The row as the first argument of a command; a menu of settings has no other.
    pub(super) fn select(&self, line: Line, menu: &str) -> Line {
        match self {
            Self::Only => line,
            _ => line.expression(&self.expression(menu)),
        }
    }

    pub(crate) fn expression(&self, menu: &str) -> Vec<u8> {
        let conditions = self.conditions(menu);
        match self {
            Self::Where(_) | Self::Only => print::find(&conditions),
            Self::Place(place) => print::nth(menu, &conditions, *place),
            Self::FirstOf(_) => print::nth(menu, &conditions, 0),
        }
    }

    pub(super) fn conditions(&self, menu: &str) -> Vec<Condition<'_>> {
        match self {
            Self::Where(properties) => properties
                .iter()
                .map(|(name, value)| condition(menu, name, value.as_bytes()))
                .collect(),
            Self::Place(_) => alloc::vec![STATIC],
            Self::FirstOf(chain) => alloc::vec![Condition::Text("chain", chain.as_bytes()), STATIC],
            Self::Only => Vec::new(),
        }
    }

    /// Whether it is this row, as far as the row alone can tell.
    pub(super) fn matches(&self, row: &Row) -> bool {
        match self {
            Self::Where(properties) => properties.iter().all(|(name, value)| match name.as_str() {
                "dynamic" => row.dynamic() != (*value == "no"),
                name if value.is_empty() && row.effective(name).is_none() => true,
                name => row.is(name, value),
            }),
            Self::Only => true,
            Self::Place(_) | Self::FirstOf(_) => false,
        }
    }
}

/// What somebody set in a row: its properties that differ from their defaults. `disabled` is always told, because its
/// default differs by source and version, and `dst-address`, because it is what a route is known by.
pub(super) fn configuration(row: &Row) -> Properties {
    let always = ["disabled", "dst-address"];
    let tells = |name: &str, value: &Value| always.contains(&name) || !row.default_is(name, value);
    let told = row.iter().filter(|(name, value)| tells(name, value));
    told.map(|(name, value)| (name.to_string(), value.clone()))
        .collect()
}

fn identified(menu: &str, row: &Row, rows: &[Row]) -> Option<Target> {
    let keys = identity(menu)?;
    let keys = configuration(row)
        .into_iter()
        .filter(|(name, _)| keys.contains(&name.as_str()));
    unique(keys.collect(), rows)
}

fn unique(properties: Properties, rows: &[Row]) -> Option<Target> {
    let target = Target::Where(properties);
    let found = rows.iter().filter(|row| target.matches(row)).count();
    (found == 1 && target != Target::Where(Properties::default())).then_some(target)
}

fn condition<'a>(menu: &str, name: &'a str, value: &'a [u8]) -> Condition<'a> {
    match kind(menu, name) {
        _ if ["default", "dynamic"].contains(&name) => Condition::Typed(name, value),
        Some(Kind::Text) | None => Condition::Text(name, value),
        Some(_) => Condition::Typed(name, value),
    }
}

/// How a property is compared, where the schema has it.
pub(crate) fn kind(menu: &str, name: &str) -> Option<Kind> {
    Some(schema::menu(menu)?.property(name)?.kind())
}

/// What tells a row of ours from the one that it replaces, which has the same tag and goes when the new one is in use: in menus
/// where a line is cut off as long as it has neither. The others have one row a tag.
const REPLACED: [(&str, &[&str]); 4] = [
    ("/interface/list/member", &["list", "interface"]),
    ("/ip/address", &["address", "interface"]),
    ("/ip/dhcp-client", &["interface"]),
    ("/ip/firewall/nat", &["out-interface"]),
];

/// Whether a row of ours that becomes another one comes before the one that it replaces goes.
pub(super) fn replaces(menu: &str) -> bool {
    names(&REPLACED, menu).is_some()
}

/// The properties by which a row of ours is found beside its tag.
pub(super) fn keys(menu: &str) -> Option<&'static [&'static str]> {
    identity(menu).or_else(|| names(&REPLACED, menu))
}

fn names(of_menus: &'static [(&str, &[&str])], menu: &str) -> Option<&'static [&'static str]> {
    let found = of_menus.iter().find(|(path, _)| *path == menu);
    found.map(|(_, names)| *names)
}

/// Menus that hold rows of the router itself beside those of people, with a property that says so.
const WITH_DYNAMIC: [&str; 5] = [
    "/ip/route",
    "/ip/firewall/filter",
    "/ip/firewall/mangle",
    "/ip/firewall/nat",
    "/ip/dhcp-client",
];

/// The properties of a foreign row with what keeps other rows out where it has no comment: ours have one, and the
/// router's own are dynamic.
fn foreign_only(menu: &str, mut row: Properties) -> Properties {
    if row.iter().any(|(name, _)| name == "comment") {
        return row;
    }
    if schema::menu(menu).is_some_and(|menu| menu.comment()) {
        row.push(("comment".to_string(), Value::default()));
    }
    if WITH_DYNAMIC.contains(&menu) {
        row.push(("dynamic".to_string(), Value::from("no")));
    }
    row
}

/// What a foreign row is told by beside what is changing of it.
fn others(menu: &str, row: &Row, changing: &[&str], is_wanted: fn(&Value) -> bool) -> Properties {
    let tells = |name: &str| !changing.contains(&name) && !UNSTEADY.contains(&name);
    let others = configuration(row).into_iter();
    foreign_only(
        menu,
        others
            .filter(|(name, value)| tells(name) && is_wanted(value))
            .collect(),
    )
}

/// What tells a route of the main table from one that is alike in another. v6 finds a route without a mark by an empty one, as it
/// finds a row without a comment: field practice, unconfirmed on a router. On 7.23.3 such a query finds nothing (field report).
fn main_table(menu: &str, row: &Row, rows: &[Row]) -> Option<(String, Value)> {
    let (name, value) = if rows.iter().any(|row| row.get("routing-mark").is_some()) {
        ("routing-mark", "")
    } else {
        ("routing-table", "main")
    };
    (menu == "/ip/route" && is_of_main(row)).then(|| (name.to_string(), Value::from(value)))
}

/// What a row has as a property today, its default counted.
fn today(row: &Row, name: &str) -> Option<(String, Value)> {
    Some((name.to_string(), row.effective(name)?.into_owned()))
}

/// Properties that exist on some hardware only (`ROUTEROS-BEHAVIOUR` §11): read, never written.
const BY_HARDWARE: [&str; 2] = ["hw-offload", "suppress-hw-offload"];

/// Properties that do not tell rows apart: those of some hardware, and what somebody switches off for a while.
const UNSTEADY: [&str; 3] = ["hw-offload", "suppress-hw-offload", "disabled"];

/// Whether a value is compared as one word: RouterOS' comparison of lists in a query is not known.
fn is_plain(value: &Value) -> bool {
    !value.is_empty() && !value.as_bytes().contains(&b',')
}

/// The router's own rows (of a hotspot, of fasttrack) are not in any export, and cannot be moved.
const STATIC: Condition<'static> = Condition::Typed("dynamic", b"no");

impl Serialize for Target {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let document = match self {
            Self::Where(properties) => TargetDocument::Where { properties },
            Self::Place(place) => TargetDocument::Place { place: *place },
            Self::FirstOf(chain) => TargetDocument::FirstOf { chain },
            Self::Only => TargetDocument::Only,
        };
        document.serialize(serializer)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum TargetDocument<'a> {
    Where { properties: &'a Properties },
    Place { place: usize },
    FirstOf { chain: &'a Value },
    Only,
}
