//! What a router tells of its rows.

use alloc::{string::ToString, vec::Vec};

use super::{Call, Fields, Refusal, Reply, path, query::Query};
use crate::routeros::{
    read::interface_type,
    router::{Live, Router, Row, RowId},
    schema::{self, Menu},
    value::{Kind, Value, canonical},
    version::Version,
};

/// Arguments of `print` that change nothing of what is told.
const FORMS: [&str; 4] = ["detail", "stats", "stats-detail", "without-paging"];

/// Menus of which RouterOS 7 tells `disabled` only where somebody wrote it.
const SILENT: [&str; 10] = [
    "/ip/firewall/filter",
    "/ip/firewall/mangle",
    "/ip/firewall/nat",
    "/ip/firewall/raw",
    "/ip/route",
    "/ipv6/firewall/filter",
    "/ipv6/firewall/mangle",
    "/ipv6/firewall/nat",
    "/ipv6/firewall/raw",
    "/ipv6/route",
];

const NETWATCH: &str = "/tool/netwatch";
const RESOURCE: &str = "/system/resource";
const INTERFACE: &str = "/interface";

/// Answers `print`, `find` and `get`.
pub(super) fn read(router: &Router, call: &Call, live: &dyn Live) -> Result<Reply, Refusal> {
    match call.verb.as_str() {
        "find" => {
            let rows = path::tables(router, &call.menu).into_iter();
            let ids = rows
                .flat_map(|table| router.table(table))
                .map(|row| row.id().to_string());
            Ok(Reply::Value(Value::from(ids.collect::<Vec<_>>().join(";"))))
        }
        "get" => get(router, call, live),
        _ => print(router, call, live),
    }
}

/// All that is told of one row; none where it is not there.
pub(super) fn one(router: &Router, menu: &str, id: RowId, live: &dyn Live) -> Option<Fields> {
    let teller = Teller::new(router, menu, live, &[]);
    let mut tables = path::tables(router, menu).into_iter();
    tables.find_map(|table| Some(teller.row(table, router.table(table).by_id(id)?)))
}

fn print(router: &Router, call: &Call, live: &dyn Live) -> Result<Reply, Refusal> {
    const OWN: [&str; 2] = [".proplist", "count-only"];
    let mut names = call.arguments.iter().map(|(name, _)| name);
    if let Some(name) = names.find(|name| !FORMS.contains(&name.as_str()) && !OWN.contains(&name.as_str())) {
        return Err(Refusal::Unknown(name.clone()));
    }
    let wanted = call.argument(".proplist").map(Value::to_text);
    let wanted: Option<Vec<&str>> = wanted.as_deref().map(|list| list.split(',').collect());
    let teller = Teller::new(router, &call.menu, live, wanted.as_deref().unwrap_or_default());
    if path::is_single(router, &call.menu) {
        return Ok(Reply::Settings(teller.settings().only(wanted.as_deref())));
    }
    let rows = teller.rows(&Query::read(&call.query))?;
    if call.argument("count-only").is_some() {
        return Ok(Reply::Value(Value::from(rows.len().to_string())));
    }
    let wanted = wanted.as_deref().map(|wanted| teller.known(wanted, &rows));
    let rows = rows.into_iter().map(|row| row.only(wanted.as_deref()));
    Ok(Reply::Rows(rows.collect()))
}

/// One value of a row, or all of them, as the console joins them.
fn get(router: &Router, call: &Call, live: &dyn Live) -> Result<Reply, Refusal> {
    let row = if path::is_single(router, &call.menu) {
        Teller::new(router, &call.menu, live, &[]).settings()
    } else {
        let named = [".id", "number"].iter().find_map(|name| call.argument(name));
        let named = named.ok_or_else(|| Refusal::Missing(".id".into()))?;
        let id = path::row(router, &call.menu, named)?;
        one(router, &call.menu, id, live).ok_or(Refusal::NoItem)?
    };
    match call.argument("value-name") {
        Some(name) => Ok(Reply::Value(
            row.get(&name.to_text()).cloned().unwrap_or_default(),
        )),
        None => {
            let all = row
                .0
                .iter()
                .map(|(name, value)| [name.as_bytes(), b"=", value.as_bytes()].concat());
            Ok(Reply::Value(Value::from(all.collect::<Vec<_>>().join(&b';'))))
        }
    }
}

/// Who tells of the rows of a menu.
struct Teller<'a> {
    router: &'a Router,
    path: &'a str,
    menu: Option<&'static Menu>,
    live: &'a dyn Live,
    /// What is asked for by name.
    wanted: &'a [&'a str],
}

impl<'a> Teller<'a> {
    fn new(router: &'a Router, path: &'a str, live: &'a dyn Live, wanted: &'a [&'a str]) -> Teller<'a> {
        Teller {
            router,
            path,
            menu: schema::menu(path),
            live,
            wanted,
        }
    }

    /// The rows for which a query holds.
    fn rows(&self, query: &Query) -> Result<Vec<Fields>, Refusal> {
        let mut told = Vec::new();
        for table in path::tables(self.router, self.path) {
            for row in self.router.table(table) {
                let fields = self.row(table, row);
                if query.holds(&fields, |name| row.kind(name))? {
                    told.push(fields);
                }
            }
        }
        Ok(told)
    }

    fn row(&self, table: &str, row: &Row) -> Fields {
        let mut fields = Fields::default();
        fields.tell(".id", row.id().to_string());
        self.tell_row(row, &mut fields);
        if self.path == INTERFACE {
            let last = || table.rsplit('/').next().unwrap_or_default();
            fields.tell("type", interface_type(table).unwrap_or_else(last));
            fields.tell("disabled", boolean(row.disabled()));
        }
        fields
    }

    /// The one row of a menu of settings, which is always there and tells what is at its default too.
    fn settings(&self) -> Fields {
        let written = self.router.table(self.path).rows().first().cloned();
        let row = written.unwrap_or_else(|| self.router.new_row(self.path));
        let mut fields = Fields::default();
        self.tell_version(&row, &mut fields);
        self.tell_row(&row, &mut fields);
        for property in self.menu.map(Menu::properties).unwrap_or_default() {
            let version = self.router.version();
            let is_there = version.is_none_or(|version| property.existence(version).is_yes());
            // Every version has a name.
            if let Some(default) = property.default(version)
                && (is_there || property.name() == "name")
            {
                fields.tell(property.name(), told(property.kind(), &Value::from(default)));
            }
        }
        fields
    }

    /// The version, with its channel where the router was read with it: `7.23.7 (long-term)`.
    fn tell_version(&self, row: &Row, fields: &mut Fields) {
        let Some(version) = self.router.version().filter(|_| self.path == RESOURCE) else {
            return;
        };
        let read = row
            .live("version")
            .filter(|read| Version::parse(&read.to_text()) == Some(version));
        let version = || Value::from(version.to_string());
        fields.tell("version", read.cloned().unwrap_or_else(version));
    }

    fn tell_row(&self, row: &Row, fields: &mut Fields) {
        for (name, value) in row.iter() {
            // A comment that is empty is none.
            let is_told = name != "comment" || !value.is_empty();
            if is_told && self.shows(name) {
                fields.tell(name, told(row.kind(name), value));
            }
        }
        if self.tells_disabled()
            && let Some(disabled) = row.effective("disabled")
        {
            fields.tell("disabled", told(Kind::Bool, &disabled));
        }
        self.tell_live(row, fields);
        if let Some(remark) = row.remark() {
            fields.tell(".about", remark.clone());
        }
    }

    /// What only a live router knows: what it is asked for here, else what was read.
    fn tell_live(&self, row: &Row, fields: &mut Fields) {
        let known = self.menu.into_iter().flat_map(Menu::live_names);
        let known = known.map(|name| -> &str { name });
        for name in known.chain(self.wanted.iter().copied()) {
            if fields.get(name).is_none()
                && let Some(value) = self.live.property(self.router, self.path, row, name)
            {
                fields.tell(name, value);
            }
        }
        for (name, value) in row.live_values().filter(|(name, _)| self.shows_live(name)) {
            let value = match value.as_bytes() {
                b"yes" => boolean(true),
                b"no" => boolean(false),
                _ => value.clone(),
            };
            fields.tell(name, value);
        }
        let mut live = self.menu.into_iter().flat_map(Menu::live_names);
        // RouterOS 7 tells less of a route that is disabled.
        let is_bare = self.is_seven() && self.path == "/ip/route" && row.disabled();
        if live.any(|name| name == "dynamic") && !is_bare {
            fields.tell("dynamic", boolean(false));
        }
    }

    /// Of an interface `/interface` shows what all have; its own menu shows the rest.
    fn shows(&self, name: &str) -> bool {
        self.path != INTERFACE || self.menu.is_none_or(|menu| menu.knows(name))
    }

    /// What `/interface` told of a port is not what its own menu has by that name.
    fn shows_live(&self, name: &str) -> bool {
        let is_property = |menu: &Menu| menu.property(name).is_some();
        self.shows(name) && (self.path == INTERFACE || !self.menu.is_some_and(is_property))
    }

    /// RouterOS 6 always tells it; of RouterOS 7 the capture has it in all menus but these few.
    fn tells_disabled(&self) -> bool {
        let has = self.menu.is_some_and(|menu| menu.property("disabled").is_some());
        has && !(self.is_seven() && (SILENT.contains(&self.path) || self.path == NETWATCH))
    }

    fn is_seven(&self) -> bool {
        self.router
            .version()
            .is_none_or(|version| version >= Version::new(7, 0, 0))
    }

    /// RouterOS 6 leaves out what stands behind a name that it does not know.
    fn known(&self, wanted: &[&'a str], rows: &[Fields]) -> Vec<&'a str> {
        let is_told = |name: &str| rows.iter().any(|row| row.get(name).is_some());
        let is_known = |name: &&str| {
            self.is_seven()
                || name.starts_with('.')
                || self.menu.is_none_or(|menu| menu.knows(name))
                || is_told(name)
        };
        wanted.iter().copied().take_while(is_known).collect()
    }
}

impl Fields {
    /// What is asked for, of what is told.
    fn only(mut self, wanted: Option<&[&str]>) -> Fields {
        if let Some(wanted) = wanted {
            self.0.retain(|(name, _)| wanted.contains(&name.as_str()));
        }
        self
    }
}

/// A value as REST and the API spell it.
fn told(kind: Kind, value: &Value) -> Value {
    match kind {
        Kind::Bool => match &*canonical(kind, value) {
            b"yes" => boolean(true),
            b"no" => boolean(false),
            _ => value.clone(),
        },
        Kind::Flag => Value::default(),
        Kind::Duration => Value::from(canonical(kind, value).into_owned()),
        _ => value.clone(),
    }
}

fn boolean(value: bool) -> Value {
    Value::from(if value { "true" } else { "false" })
}
