//! One row of a menu.

use alloc::{borrow::Cow, boxed::Box, string::String, vec::Vec};
use core::{fmt, net::Ipv4Addr};

use crate::diagnostic::Place;
use crate::routeros::{
    router::{name::Name, twins::Hasher},
    schema::{self, Menu},
    value::{Kind, Value, canonical, equal},
    version::Version,
};

/// One row of a menu: its properties in the order in which they were typed, and what is known of its live state.
///
/// Rows are equal where their configuration means the same: the order of properties, spellings (`yes`, `true`),
/// defaults that are written out, ids and live values do not count.
#[derive(Clone)]
pub struct Row {
    menu: Option<&'static Menu>,
    version: Option<Version>,
    id: RowId,
    /// Whether the router itself gave the id.
    is_identified: bool,
    place: Option<Place>,
    properties: Vec<(Name, Value)>,
    live: Vec<(Name, Value)>,
    /// Few rows have one.
    remark: Option<Box<Value>>,
    pub(in crate::routeros) selector: Selector,
}

/// The id of a row in its menu; RouterOS prints it as `*1F`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowId(pub(super) u32);

/// How an export addresses a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Selector {
    /// A row that somebody added: `add ...`.
    #[default]
    Added,
    /// The one row of a menu of settings: `set ...`.
    Single,
    /// A row that the factory made: `set [ find default-name=ether1 ] ...`, `set [ find ] ...`.
    Found(Vec<(String, Value)>),
    /// The same by number, id or name: `set 0 ...`, `set *3 ...`, `set telnet ...`.
    Position(Value),
}

/// Modems use the profile `default` unless they are told another one: an export calls it `[ find default=yes ]` alone
/// (`ROUTEROS-BEHAVIOUR` §12). Of other menus no source says what such a row is called.
const APN_PROFILES: &str = "/interface/lte/apn";

/// What an export finds a row by that is its name, unless it got another one.
const NAMES: [&str; 2] = ["default-name", "name"];

impl Selector {
    /// Whether it addresses the row by that number, id or name.
    pub(crate) fn is(&self, position: &Value) -> bool {
        matches!(self, Selector::Position(own) if own == position)
    }

    /// Whether a property follows from how the row is addressed: a port is called by its default name.
    pub(crate) fn implies(&self, name: &str, value: &Value) -> bool {
        name == "name"
            && match self {
                Selector::Added | Selector::Single => false,
                Selector::Position(position) => position == value,
                Selector::Found(properties) => properties
                    .iter()
                    .any(|(own, default)| NAMES.contains(&own.as_str()) && default == value),
            }
    }
}

impl Row {
    pub(crate) fn new(menu: Option<&'static Menu>, version: Option<Version>) -> Row {
        let (properties, live) = (Vec::new(), Vec::new());
        Row {
            menu,
            version,
            id: RowId(0),
            is_identified: false,
            place: None,
            properties,
            live,
            remark: None,
            selector: Selector::Added,
        }
    }

    /// The value that was set; `None` where the row leaves it at its default.
    pub fn get(&self, name: &str) -> Option<&Value> {
        find(&self.properties, name)
    }

    /// The text that was set, bytes that are not UTF-8 replaced; `None` where the row leaves it at its default.
    pub fn text(&self, name: &str) -> Option<Cow<'_, str>> {
        self.get(name).map(Value::to_text)
    }

    /// The value that was set, else the default of the row's version.
    pub fn effective(&self, name: &str) -> Option<Cow<'_, Value>> {
        match self.get(name) {
            Some(value) => Some(Cow::Borrowed(value)),
            None => self.default(name).map(|text| Cow::Owned(Value::from(text))),
        }
    }

    /// Whether the property means `value`; a property that is not set means its default.
    pub fn is(&self, name: &str, value: impl AsRef<[u8]>) -> bool {
        self.effective(name)
            .is_some_and(|own| equal(self.kind(name), &own, &Value::from(value.as_ref())))
    }

    /// Sets a property; its place among the others is kept.
    pub fn set(&mut self, name: &str, value: impl Into<Value>) {
        let name = Name::of(self.menu, name);
        self.put(name, value.into());
    }

    /// Sets a property back to its default.
    pub fn unset(&mut self, name: &str) {
        self.properties.retain(|(own, _)| **own != *name);
    }

    /// The properties that are set, in the order in which they were typed.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.properties.iter().map(|(name, value)| (&**name, value))
    }

    /// The comment.
    pub fn comment(&self) -> Option<&Value> {
        self.get("comment")
    }

    /// Whether the row is disabled, its menu's default counted.
    pub fn disabled(&self) -> bool {
        self.is("disabled", "yes")
    }

    /// Whether the router made this row itself; exports never list such rows.
    pub fn dynamic(&self) -> bool {
        self.live("dynamic")
            .is_some_and(|value| equal(Kind::Bool, value, &Value::from("yes")))
    }

    /// Whether the router made it: a dynamic row, one that is built in as the interface list `all`, or the one row of a
    /// menu as `/system/resource` where nothing is set.
    pub(crate) fn is_given(&self) -> bool {
        self.is_built_in() || (self.selector == Selector::Single && self.iter().next().is_none())
    }

    /// Whether it is a dynamic row, or one that is built in as the interface list `all`.
    pub(crate) fn is_built_in(&self) -> bool {
        let is_yes = |value: &Value| equal(Kind::Bool, value, &Value::from("yes"));
        self.dynamic() || self.live("builtin").is_some_and(is_yes)
    }

    /// What an export finds a row of the factory by; `None` where somebody added the row, or it goes by its number or name.
    pub(crate) fn found_by(&self) -> Option<&[(String, Value)]> {
        match &self.selector {
            Selector::Found(properties) => Some(properties),
            _ => None,
        }
    }

    /// Whether it is the one row of a menu of settings.
    pub(crate) fn is_settings(&self) -> bool {
        self.selector == Selector::Single
    }

    /// The id in its menu.
    pub fn id(&self) -> RowId {
        self.id
    }

    /// The id by which the router itself knows the row; none of a row that was read from an export, or that came since the
    /// router was read.
    pub fn router_id(&self) -> Option<RowId> {
        self.is_identified.then_some(self.id)
    }

    /// Whether the router itself knows the row by an id that is not known here; settings have none.
    pub(super) fn lacks_id(&self) -> bool {
        !self.is_identified && self.selector != Selector::Single
    }

    /// From now on the router itself knows the row by its id.
    pub(super) fn identify(&mut self) {
        self.is_identified |= self.selector != Selector::Single;
    }

    /// The command of the export that the row was read from; none of rows that came otherwise.
    pub fn place(&self) -> Option<Place> {
        self.place
    }

    /// The text line of that command, from 1.
    pub fn line(&self) -> Option<u32> {
        self.place.map(|place| place.line)
    }

    pub(in crate::routeros) fn set_place(&mut self, place: Option<Place>) {
        self.place = place;
    }

    /// A value that only a live router knows (`running`, `bound`, `active`, `default-name`), where it was read.
    pub fn live(&self, name: &str) -> Option<&Value> {
        find(&self.live, name)
    }

    /// The live values that were read.
    pub fn live_values(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.live.iter().map(|(name, value)| (&**name, value))
    }

    /// What the router itself says of the row, such as why it does not work: in an export, a comment right above it; over REST,
    /// its `.about`.
    pub fn remark(&self) -> Option<&Value> {
        self.remark.as_deref()
    }

    pub(in crate::routeros) fn set_remark(&mut self, remark: Value) {
        self.remark = Some(Box::new(remark));
    }

    /// Says how an export addresses the row; what that implies becomes known of it.
    pub(crate) fn describe(&mut self, selector: Selector) {
        match &selector {
            Selector::Added | Selector::Single => {}
            Selector::Found(properties) => {
                for (name, value) in properties {
                    if NAMES.contains(&name.as_str()) {
                        self.set("name", value.clone());
                    }
                    if *name == "default" && self.menu.is_some_and(|menu| menu.path() == APN_PROFILES) {
                        self.set("name", "default");
                    }
                    self.put_live(Name::of(self.menu, name), value.clone());
                }
            }
            Selector::Position(position) => {
                let named = !position.as_bytes().starts_with(b"*")
                    && !position.as_bytes().iter().all(u8::is_ascii_digit);
                if named {
                    self.set("name", position.clone());
                }
            }
        }
        self.selector = selector;
    }

    /// The properties that no other row of its menu may share; disabled rows of address lists may.
    fn unique(&self) -> Option<&'static [&'static str]> {
        let (names, also_disabled) = schema::unique(self.menu?.path())?;
        let disabled = || {
            self.get("disabled")
                .is_some_and(|value| equal(Kind::Bool, value, &Value::from("yes")))
        };
        (also_disabled || !disabled()).then_some(names)
    }

    /// A hash of the properties that must be unique, where the row has them all.
    pub(crate) fn unique_hash(&self) -> Option<u64> {
        let mut hasher = Hasher::NEW;
        for name in self.unique()? {
            let (name, value) = self.properties.iter().find(|(own, _)| **own == **name)?;
            hasher = match plain_v4(name.kind(), value) {
                Some(address) => hasher.write(&address.octets()),
                None => hasher.write(&canonical(name.kind(), value)),
            };
            hasher = hasher.write(&[0]);
        }
        Some(hasher.finish())
    }

    /// Whether the menu may have only one of both.
    pub(crate) fn is_twin(&self, other: &Row) -> bool {
        let same = |name: &&str| match (self.get(name), other.get(name)) {
            (Some(own), Some(other)) => equal(self.kind(name), own, other),
            _ => false,
        };
        other.unique().is_some() && self.unique().is_some_and(|names| names.iter().all(same))
    }

    /// The row with an id that is made up here.
    pub(crate) fn with_id(mut self, id: RowId) -> Row {
        self.id = id;
        self.is_identified = false;
        self
    }

    /// The row with the id that the router gave it.
    pub(super) fn identified(mut self, id: RowId) -> Row {
        self.id = id;
        self.is_identified = true;
        self
    }

    pub(crate) fn put(&mut self, name: Name, value: Value) {
        put(&mut self.properties, name, value);
    }

    pub(crate) fn reserve(&mut self, properties: usize) {
        self.properties.reserve(properties);
    }

    /// Sets a value that only a live router knows.
    pub(crate) fn set_live(&mut self, name: &str, value: impl Into<Value>) {
        let name = Name::of(self.menu, name);
        self.put_live(name, value.into());
    }

    pub(crate) fn unset_live(&mut self, name: &str) {
        self.live.retain(|(own, _)| **own != *name);
    }

    pub(crate) fn put_live(&mut self, name: Name, value: Value) {
        put(&mut self.live, name, value);
    }

    /// How the values of a property of this row are compared.
    pub(crate) fn kind(&self, name: &str) -> Kind {
        self.menu
            .and_then(|menu| menu.property(name))
            .map_or(Kind::Auto, schema::Property::kind)
    }

    /// Whether a property is the name of something else that the router has: an interface, a table.
    pub(crate) fn refers(&self, name: &str) -> bool {
        let property = self.menu.and_then(|menu| menu.property(name));
        property.is_some_and(|property| property.refers().is_some())
    }

    /// Whether `value` is what the property is anyway.
    pub(crate) fn default_is(&self, name: &str, value: &Value) -> bool {
        self.default(name)
            .is_some_and(|default| equal(self.kind(name), value, &Value::from(default)))
    }

    pub(crate) fn default(&self, name: &str) -> Option<&'static str> {
        let property = self.menu?.property(name)?;
        // A text that nobody wrote is empty: a lease script, a comment.
        let empty = (property.kind() == Kind::Text).then_some("");
        property.default(self.version).or(empty)
    }

    /// The properties whose values differ from their defaults, canonical and sorted.
    pub(crate) fn meaning(&self) -> Vec<(&str, Cow<'_, [u8]>)> {
        let mut meaning: Vec<_> = self
            .iter()
            .filter(|(name, value)| !self.default_is(name, value))
            .map(|(name, value)| (name, canonical(self.kind(name), value)))
            .collect();
        meaning.sort_unstable();
        meaning
    }
}

impl PartialEq for Row {
    fn eq(&self, other: &Row) -> bool {
        self.meaning() == other.meaning()
    }
}

impl Eq for Row {}

impl RowId {
    /// Reads `*1F`.
    pub(crate) fn parse(text: &str) -> Option<RowId> {
        let digits = text.strip_prefix('*').filter(|digits| !digits.starts_with('+'))?;
        u32::from_str_radix(digits, 16).ok().map(RowId)
    }
}

impl fmt::Display for RowId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "*{:X}", self.0)
    }
}

/// Secrets are not shown.
impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self
            .iter()
            .map(|(name, value)| (name, schema::shown(name, value).to_text().into_owned()));
        f.debug_map().entries(shown).finish()
    }
}

/// The address of a prefix that is one host, which needs no other spelling to be compared.
fn plain_v4(kind: Kind, value: &Value) -> Option<Ipv4Addr> {
    let text = core::str::from_utf8(value.as_bytes())
        .ok()
        .filter(|_| kind == Kind::Prefix)?;
    text.strip_suffix("/32").unwrap_or(text).parse().ok()
}

fn find<'a>(values: &'a [(Name, Value)], name: &str) -> Option<&'a Value> {
    values
        .iter()
        .find_map(|(own, value)| (**own == *name).then_some(value))
}

fn put(values: &mut Vec<(Name, Value)>, name: Name, value: Value) {
    match values.iter_mut().find(|(own, _)| *own == name) {
        Some((_, own)) => *own = value,
        None => values.push((name, value)),
    }
}

#[cfg(test)]
mod tests {
    use std::format;

    use super::*;

    fn row(menu: &str, properties: &[(&str, &str)]) -> Row {
        let mut row = Row::new(schema::menu(menu), None);
        for (name, value) in properties {
            row.set(name, *value);
        }
        row
    }

    #[test]
    fn order_spelling_and_written_defaults_do_not_count() {
        let typed = row("/ip/route", &[("gateway", "192.0.2.1"), ("distance", "2")]);
        let read = row(
            "/ip/route",
            &[
                ("distance", "2"),
                ("disabled", "false"),
                ("gateway", "192.0.2.1"),
                ("routing-table", "main"),
            ],
        );
        assert_eq!(typed, read);
        assert_ne!(
            typed,
            row("/ip/route", &[("gateway", "192.0.2.1"), ("distance", "3")])
        );
    }

    #[test]
    fn defaults_count_where_a_row_is_asked() {
        let client = row("/interface/pppoe-client", &[("interface", "ether1")]);
        assert!(client.disabled(), "a new pppoe-client is disabled");
        assert!(client.is("add-default-route", "false"));
        assert_eq!(client.get("add-default-route"), None);
    }

    #[test]
    fn secrets_are_not_shown() {
        let client = row(
            "/interface/pppoe-client",
            &[("user", "jo"), ("password", "hunter2")],
        );
        assert_eq!(format!("{client:?}"), r#"{"user": "jo", "password": "(secret)"}"#);
    }
}
