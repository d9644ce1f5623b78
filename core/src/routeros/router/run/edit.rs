//! The commands that change rows.

use alloc::{borrow::Cow, format, sync::Arc, vec::Vec};

use super::{
    Items, Result, Scope, Stop,
    data::Data,
    machine::{Call, Machine, word_text},
    path::Here,
    query::no_such_item,
    targets::Target,
};
use crate::routeros::{
    router::{
        name::Name,
        row::{Row, RowId, Selector},
    },
    schema::Menu,
    syntax::{Arg, Expr, Span},
    value::{Kind, Value},
};

impl Machine<'_> {
    /// Runs a command of a menu; one that changes no configuration (`print`, `monitor`) is let through.
    pub(super) fn verb(&mut self, verb: &str, call: &Call<'_>, scope: &mut Scope) -> Result {
        match verb {
            "add" => self.add(call, scope),
            "set" => self.set(call, scope),
            "remove" => self.remove(call, scope),
            "move" => self.move_rows(call, scope),
            "enable" => self.set_all(call, scope, "disabled", &Value::from("no")),
            "disable" => self.set_all(call, scope, "disabled", &Value::from("yes")),
            "comment" => self.comment(call, scope),
            "unset" | "reset" => self.unset(call, scope),
            "find" => Ok(Data::list(self.find(call, scope)?.into_iter().map(Data::Id))),
            "get" => self.get(call, scope),
            "print" => self.print(call, scope),
            "run" if call.here.path == "/system/script" => self.run_scripts(call, scope),
            "debug" | "error" | "info" | "warning" if call.here.path == "/log" => {
                self.write_log(verb, call, &call.operands(), scope)
            }
            verb if self.items == Items::Create || QUIET.contains(&verb) => Ok(Data::Nothing),
            verb => Err(Stop::error(format!("what {verb} changes is not known here"))),
        }
    }

    fn add(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result {
        let mut row = Row::new(call.here.menu, self.router.version());
        row.reserve(call.command.args.len());
        if let Some(from) = call.named("copy-from").cloned() {
            let from = self.one_target(call, &from, scope)?;
            row = self
                .router
                .table(&from.0)
                .by_id(from.1)
                .cloned()
                .ok_or_else(no_such_item)?;
            row.describe(Selector::Added);
        }
        let before = match call.named("place-before").cloned() {
            Some(before) => Some(self.one_target(call, &before, scope)?.1),
            None => None,
        };
        let changes = self.changes(call, call.words, scope)?;
        apply(&mut row, changes);
        row.set_place(self.place(call));
        if self.items == Items::Exist {
            missing(call.here.menu, &row)?;
            self.check_name(&call.here.path, None, row.get("name"))?;
        }
        let id = self.router.add(call.here.path.clone(), row, before);
        Ok(Data::Id(id.ok_or_else(already_there)?))
    }

    fn set(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result {
        let described = call.words.first().copied().map(Expr::Word);
        let targets: Vec<Expr> = described
            .into_iter()
            .chain(call.command.args.iter().filter_map(|arg| match arg {
                Arg::Positional(value) => Some(value.clone()),
                _ => None,
            }))
            .collect();
        let bare = targets.is_empty() && call.named("numbers").is_none();
        let single = self.is_single(&call.here) || (call.here.menu.is_none() && bare);
        let (targets, flags) = if single {
            (alloc::vec![self.single_target(&call.here)], call.words)
        } else {
            (
                self.numbers(call, &targets, scope, self.items)?,
                call.words.get(1..).unwrap_or_default(),
            )
        };
        let changes = self.changes(call, flags, scope)?;
        let name = changes.iter().find(|(name, _)| **name == *"name");
        let name = name.and_then(|(_, value)| value.as_ref());
        for (path, id) in targets {
            if self.items == Items::Exist {
                self.check_name(&path, Some(id), name)?;
            }
            self.change(call, (path, id), |row| apply(row, changes.clone()))?;
        }
        Ok(Data::Nothing)
    }

    /// Changes a row; one that the command describes first was read from there.
    fn change(&mut self, call: &Call<'_>, (path, id): Target, change: impl FnOnce(&mut Row)) -> Result<()> {
        let place = self.place(call);
        let changed = self.router.change(&path, id, |row| {
            change(row);
            row.set_place(row.place().or(place));
        });
        changed.then_some(()).ok_or_else(already_there)
    }

    fn remove(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result {
        let targets = self.numbers(call, &call.operands(), scope, Items::Exist)?;
        self.router.remove(&targets);
        Ok(Data::Nothing)
    }

    fn move_rows(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result {
        let mut operands = call.operands();
        let destination = match call.named("destination").cloned() {
            None if operands.len() > 1 || call.named("numbers").is_some() => operands.pop(),
            named => named,
        };
        let targets = self.numbers(call, &operands, scope, Items::Exist)?;
        let before = match destination {
            Some(destination) => Some(self.one_target(call, &destination, scope)?.1),
            None => None,
        };
        let ids: Vec<RowId> = targets.into_iter().map(|(_, id)| id).collect();
        self.router
            .table_mut(call.here.path.clone())
            .move_rows(&ids, before);
        Ok(Data::Nothing)
    }

    fn comment(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result {
        let comment = match call.named("comment").cloned() {
            Some(comment) => self.value(call.source, &comment, scope)?,
            None => Value::default(),
        };
        self.set_all(call, scope, "comment", &comment)
    }

    fn set_all(&mut self, call: &Call<'_>, scope: &mut Scope, name: &'static str, value: &Value) -> Result {
        for (path, id) in self.numbers(call, &call.operands(), scope, self.items)? {
            self.change(call, (path, id), |row| row.set(name, value.clone()))?;
        }
        Ok(Data::Nothing)
    }

    /// `unset 0 check-gateway`, `unset [find ..] value-name=check-gateway`.
    fn unset(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result {
        let mut operands = call.operands();
        let name = match call.named("value-name").cloned() {
            None if operands.len() > 1 => operands.pop(),
            named => named,
        };
        let name = name.ok_or_else(|| Stop::error("missing value(s) of argument(s) value-name"))?;
        let name = self.value(call.source, &name, scope)?;
        let name = name.to_text();
        let name = self.property_name(&call.here, &name);
        for (path, id) in self.numbers(call, &operands, scope, self.items)? {
            self.change(call, (path, id), |row| row.unset(&name))?;
        }
        Ok(Data::Nothing)
    }

    fn one_target(&mut self, call: &Call<'_>, expr: &Expr, scope: &mut Scope) -> Result<Target> {
        self.targets(call, expr, scope, Items::Exist)?
            .into_iter()
            .next()
            .ok_or_else(no_such_item)
    }

    /// What the arguments of `add` and `set` change, each checked.
    fn changes(&mut self, call: &Call<'_>, flags: &[Span], scope: &mut Scope) -> Result<Vec<Change>> {
        let mut changes = Vec::with_capacity(call.command.args.len().saturating_add(flags.len()));
        for flag in flags {
            let name = self.name(call, *flag, &changes)?;
            changes.push((name, Some(Value::from("yes"))));
        }
        for arg in &call.command.args {
            match arg {
                Arg::Named { name, .. } if ROW_ARGUMENTS.contains(&call.source.text(*name)) => {}
                Arg::Named {
                    name: typed, value, ..
                } => {
                    let name = self.name(call, *typed, &changes)?;
                    let value = match value {
                        Some(value) => self.value(call.source, value, scope)?,
                        None => Value::default(),
                    };
                    self.check(&name, &value)
                        .map_err(|stop| stop.at(call.source, arg.span()))?;
                    changes.push((name, Some(value)));
                }
                Arg::Unset { name, .. } => {
                    let name = self.name(call, *name, &changes)?;
                    changes.push((name, None));
                }
                Arg::Positional(Expr::Word(word)) if is_flag(call, *word) => {
                    let name = self.name(call, *word, &changes)?;
                    changes.push((name, Some(Value::from("yes"))));
                }
                Arg::Positional(_) | Arg::Where { .. } => {}
            }
        }
        Ok(changes)
    }

    /// The property that a typed name means; RouterOS stops at one that it does not have.
    ///
    /// `.ssid` goes on with the group of an argument `before`: `configuration.country=Latvia .ssid=x`.
    fn name(&mut self, call: &Call<'_>, typed: Span, before: &[Change]) -> Result<Name> {
        let mut text = word_text(call.source, typed);
        let mut groups = before.iter().rev().filter_map(|(name, _)| name.split_once('.'));
        if text.starts_with('.')
            && let Some((group, _)) = groups.next()
        {
            text.to_mut().insert_str(0, group);
        }
        let Some(menu) = call.here.menu else {
            return Ok(Name::Other(Arc::from(&*text)));
        };
        if let Some(known) = self.named.get(before.len()).filter(|known| known.name() == text)
            && menu.owns(known)
            && !before.iter().any(|(name, _)| **name == *text)
        {
            return Ok(Name::Known(known));
        }
        let name = Name::of(Some(menu), &self.property_name(&call.here, &text));
        let unknown = self
            .router
            .version()
            .is_some_and(|version| menu.has_property(&name, version).is_no());
        // A property stands once: a rule has one `dst-address` (`ROUTEROS` §2c).
        let is_twice = before.iter().any(|(own, _)| *own == name);
        if (unknown || is_twice) && self.items == Items::Exist {
            return Err(Stop::error("expected end of command").at(call.source, typed));
        }
        if let Name::Known(property) = &name {
            self.named.truncate(before.len());
            self.named.push(property);
        }
        Ok(name)
    }

    /// A property's full name: `dst-addr` is `dst-address` where nothing else begins so.
    pub(super) fn property_name<'a>(&self, here: &Here, typed: &'a str) -> Cow<'a, str> {
        let menu = here
            .menu
            .filter(|menu| self.items == Items::Exist && menu.property(typed).is_none());
        let mut fitting = menu
            .into_iter()
            .flat_map(Menu::properties)
            .filter(|property| property.name().starts_with(typed));
        match (fitting.next(), fitting.next()) {
            (Some(property), None) => Cow::Borrowed(property.name()),
            _ => Cow::Borrowed(typed),
        }
    }
}

/// Commands that show, measure or restart something and leave the configuration as it is.
const QUIET: [&str; 35] = [
    "at-chat",
    "blink",
    "cable-test",
    "cell-monitor",
    "check",
    "copy",
    "dump-dot",
    "edit",
    "export",
    "flat-snoop",
    "force-update",
    "frequency-monitor",
    "frequency-scan",
    "head",
    "login",
    "monitor",
    "monitor-slaves",
    "monitor-traffic",
    "read",
    "recursive-print",
    "release",
    "renew",
    "reset-counters",
    "reset-counters-all",
    "roam",
    "save",
    "scan",
    "show-capabilities",
    "show-client-config",
    "sniffer",
    "spectral-history",
    "spectral-scan",
    "tail",
    "take",
    "wg-export",
];

/// A property and its new value; none sets it back.
type Change = (Name, Option<Value>);

/// Arguments that say which row or where, not what.
const ROW_ARGUMENTS: [&[u8]; 3] = [b"numbers", b"place-before", b"copy-from"];

/// Whether a word is a property that stands for itself, anywhere among the arguments: `add name=x fib`.
fn is_flag(call: &Call<'_>, word: Span) -> bool {
    let property = call
        .here
        .menu
        .and_then(|menu| menu.property(&word_text(call.source, word)));
    property.is_some_and(|property| property.kind() == Kind::Flag)
}

fn apply(row: &mut Row, changes: Vec<Change>) {
    for (name, value) in changes {
        match value {
            // `blackhole=no` is a row without the flag.
            Some(value) if name.kind() == Kind::Flag && value == "no" => row.unset(&name),
            Some(value) => row.put(name, value),
            None => row.unset(&name),
        }
    }
}

fn already_there() -> Stop {
    Stop::error("failure: already have such entry")
}

fn missing(menu: Option<&'static Menu>, row: &Row) -> Result<()> {
    let required = menu.map(Menu::required).unwrap_or_default();
    let missing: Vec<&str> = required
        .iter()
        .copied()
        .filter(|name| row.get(name).is_none())
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(Stop::error(format!(
        "missing value(s) of argument(s) {}",
        missing.join(" ")
    )))
}
