//! What a router gave, menu by menu, over REST, the API or a terminal → the router.

use alloc::{string::String, vec::Vec};

use super::check::check;
use super::remark::ABOUT;
use crate::{
    diagnostic::Diagnostic,
    routeros::{
        router::{Name, Router, Row, RowId, Selector},
        schema::{self, Menu},
        value::{Kind, Value},
        version::Version,
    },
};

/// What a router gave of one menu.
pub(super) struct Answer {
    /// The canonical path.
    pub(super) path: String,
    pub(super) rows: Vec<Fields>,
    /// Whether it is one row of settings.
    pub(super) is_single: bool,
    /// Whether all of it was rows.
    pub(super) is_whole: bool,
}

/// The fields of a row by their names, `.id` among them.
pub(super) type Fields = Vec<(String, Value)>;

impl Answer {
    /// The canonical path of a menu: `/ip/route` of `ip/route`.
    pub(super) fn path(path: &str) -> String {
        ["/", path.trim_matches('/')].concat()
    }
}

/// A field of a row.
pub(super) fn field<'a>(fields: &'a Fields, name: &str) -> Option<&'a Value> {
    fields
        .iter()
        .find_map(|(own, value)| (own == name).then_some(value))
}

impl Router {
    /// The router of which these are the answers; all that no router would have given.
    pub(super) fn from_answers(
        answers: &[Answer],
        version: Option<Version>,
    ) -> Result<Router, Vec<Diagnostic>> {
        let findings = check(answers);
        if !findings.is_empty() {
            return Err(findings);
        }
        let mut router = Router::of(version.or_else(|| resource_version(answers)));
        let (interfaces, others): (Vec<&Answer>, Vec<&Answer>) =
            answers.iter().partition(|answer| answer.path == "/interface");
        for answer in &others {
            router.table_mut(answer.path.clone());
            for fields in &answer.rows {
                router.read_row(&answer.path, fields, answer.is_single);
            }
        }
        let lists_ports = |answer: &&Answer| answer.path == "/interface/ethernet";
        router.set_ports_known(!interfaces.is_empty() || others.iter().any(lists_ports));
        for fields in interfaces.iter().flat_map(|answer| &answer.rows) {
            router.read_interface(fields);
        }
        Ok(router)
    }

    fn read_row(&mut self, path: &str, fields: &Fields, is_single: bool) {
        let menu = schema::menu(path);
        let mut row = Row::new(menu, self.version());
        for (name, value) in fields.iter().filter(|(name, _)| !name.starts_with('.')) {
            if !self.is_default_of_six(path, name, value) {
                let is_of_six = self.is_of_six(path, name);
                put(&mut row, menu, name, value.clone(), is_of_six);
            }
        }
        if let Some(remark) = field(fields, ABOUT).filter(|remark| !remark.is_empty()) {
            row.set_remark(remark.clone());
        }
        let selector = if is_single {
            Selector::Single
        } else {
            selector(menu, &row)
        };
        match selector {
            // An export calls such a row by its name, which is then known of it.
            Selector::Position(_) => row.describe(selector),
            selector => row.selector = selector,
        }
        let id = field(fields, ".id").and_then(|id| RowId::parse(&id.to_text()));
        match id {
            Some(id) => self.insert_as(path, row, id),
            None => _ = self.push(path, row),
        }
    }

    /// A row of `/interface`, laid over that of its type; made where that menu was not read.
    fn read_interface(&mut self, fields: &Fields) {
        let text = |name: &str| field(fields, name).cloned().unwrap_or_default();
        let kind = text("type");
        let Some(menu) = TYPES
            .iter()
            .find_map(|(own, menu)| (kind == *own).then_some(*menu))
        else {
            return;
        };
        let typed = self.table(menu).named(&text("name")).map(Row::id);
        let Some(row) = typed.and_then(|id| self.row_mut(menu, id)) else {
            return self.read_row(menu, fields, false);
        };
        for (name, value) in fields.iter().filter(|(name, _)| !name.starts_with('.')) {
            if row.get(name).is_none() && row.live(name).is_none() {
                row.put_live(Name::of(None, name), value.clone());
            }
        }
    }

    fn is_of_six(&self, path: &str, name: &str) -> bool {
        let is_six = self
            .version()
            .is_some_and(|version| version < Version::new(7, 0, 0));
        is_six && OF_SIX.iter().any(|(menu, own, _)| *menu == path && *own == name)
    }

    fn is_default_of_six(&self, path: &str, name: &str, value: &Value) -> bool {
        self.is_of_six(path, name) && OF_SIX.iter().any(|(.., default)| value == default)
    }
}

/// Properties that only RouterOS 6 has, which no command tree lists: the menu, the name, the default. The manual's `ip route`
/// of 6 has both, `type` with `unicast` as default.
const OF_SIX: [(&str, &str, &str); 2] = [
    ("/ip/route", "routing-mark", ""),
    ("/ip/route", "type", "unicast"),
];

/// Types of `/interface` and the menus of their rows.
const TYPES: [(&str, &str); 14] = [
    ("bond", "/interface/bonding"),
    ("bridge", "/interface/bridge"),
    ("eoip", "/interface/eoip"),
    ("ether", "/interface/ethernet"),
    ("gre-tunnel", "/interface/gre"),
    ("l2tp-out", "/interface/l2tp-client"),
    ("lte", "/interface/lte"),
    ("ppp-out", "/interface/ppp-client"),
    ("pppoe-out", "/interface/pppoe-client"),
    ("veth", "/interface/veth"),
    ("vlan", "/interface/vlan"),
    ("wg", "/interface/wireguard"),
    ("wifi", "/interface/wifi"),
    ("wlan", "/interface/wireless"),
];

/// What `/interface` calls the type of the rows of a menu.
pub(in crate::routeros) fn interface_type(menu: &str) -> Option<&'static str> {
    TYPES
        .iter()
        .find_map(|(kind, own)| (*own == menu).then_some(*kind))
}

/// A property where `add` or `set` takes it, else live; of menus that the schema does not hold, by name.
fn put(row: &mut Row, menu: Option<&'static Menu>, name: &str, value: Value, is_of_six: bool) {
    let property = menu.and_then(|menu| menu.property(name));
    let live = if menu.is_some() {
        property.is_none() && !is_of_six
    } else {
        LIVE.contains(&name)
    };
    let value = match (row.kind(name), value) {
        (Kind::Flag, value) if value.is_empty() => Value::from("yes"),
        (Kind::Text, value) => value,
        (_, value) if value == "true" && !live => Value::from("yes"),
        (_, value) if value == "false" && !live => Value::from("no"),
        (_, value) => value,
    };
    let name = Name::of(menu, name);
    if live {
        row.put_live(name, value)
    } else {
        row.put(name, value)
    }
}

const LIVE: [&str; 14] = [
    "active",
    "builtin",
    "bytes",
    "default",
    "default-name",
    "dynamic",
    "inactive",
    "invalid",
    "last-seen",
    "packets",
    "running",
    "slave",
    "static",
    "status",
];

fn selector(menu: Option<&'static Menu>, row: &Row) -> Selector {
    let by = |name: &str| {
        row.live(name)
            .map(|value| Selector::Found(alloc::vec![(String::from(name), value.clone())]))
    };
    let is_default = row
        .live("default")
        .is_some_and(|value| value == "true" || value == "yes");
    if let Some(selector) = by("default-name") {
        return selector;
    }
    if is_default {
        return Selector::Found(alloc::vec![(String::from("default"), Value::from("yes"))]);
    }
    match row.get("name").or_else(|| row.live("name")) {
        Some(name) if menu.is_some_and(|menu| !menu.has("add")) => Selector::Position(name.clone()),
        _ => Selector::Added,
    }
}

pub(super) fn resource_version(answers: &[Answer]) -> Option<Version> {
    let resource = answers.iter().find(|answer| answer.path == "/system/resource")?;
    Version::parse(&field(resource.rows.first()?, "version")?.to_text())
}
