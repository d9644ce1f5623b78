//! A call that changes something → one command of the console, which the interpreter runs.

use alloc::{
    string::{String, ToString},
    vec::Vec,
};

use super::{Call, Refusal, Reply, path};
use crate::routeros::{
    router::{Live, Router, Row, RowId, RunError},
    schema::{self, Menu},
    syntax::{Script, print::Line, quote},
    value::{Kind, Value},
};

/// Commands that need to be told which rows.
const OF_ROWS: [&str; 8] = [
    "comment", "disable", "enable", "move", "remove", "run", "set", "unset",
];

/// How rows are named; `number` is what the console calls it where it takes but one.
const ROWS: [&str; 3] = [".id", "numbers", "number"];

/// Does what the call says.
pub(super) fn change(router: Router, call: &Call, live: &dyn Live) -> (Router, Result<Reply, Refusal>) {
    let command = match Command::read(&router, call).and_then(|command| command.script(&router)) {
        Ok(command) => command,
        Err(refusal) => return (router, Err(refusal)),
    };
    let outcome = router.run(&command, live);
    // Of all rows that were there the id is known.
    let is_new = |row: &&Row| call.verb == "add" && row.router_id().is_none();
    let new = outcome.router.table(&call.menu).iter().find(is_new).map(Row::id);
    let reply = match outcome.error {
        Some(error) => Err(Refusal::of(&error)),
        None => Ok(new.map_or(Reply::Done, Reply::Added)),
    };
    (outcome.router.with_ids(), reply)
}

/// A call whose arguments are told apart and known to be there.
struct Command<'a> {
    call: &'a Call,
    menu: Option<&'static Menu>,
    /// None where the command takes none.
    rows: Option<Vec<RowId>>,
    /// Other rows: before which one it is to stand, of which one it is a copy.
    places: Vec<(&'a str, RowId)>,
    values: Vec<(&'a str, &'a Value)>,
}

impl<'a> Command<'a> {
    fn read(router: &Router, call: &'a Call) -> Result<Command<'a>, Refusal> {
        let mut command = Command {
            call,
            menu: schema::menu(&call.menu),
            rows: None,
            places: Vec::new(),
            values: Vec::new(),
        };
        let takes_rows = call.verb != "add" && !path::is_single(router, &call.menu);
        for (name, value) in &call.arguments {
            if takes_rows && ROWS.contains(&name.as_str()) {
                let rows = path::rows(router, &call.menu, value)?;
                command.rows.get_or_insert_default().extend(rows);
            } else if places(&call.verb).contains(&name.as_str()) {
                command.place(router, name, value)?;
            } else {
                command.check(router, name)?;
                command.values.push((name, value));
            }
        }
        if takes_rows && command.rows.is_none() && OF_ROWS.contains(&call.verb.as_str()) {
            return Err(Refusal::Missing(".id".into()));
        }
        command.check_move()?;
        Ok(command)
    }

    /// A row that is not there to move before is the end of the menu; to add before, it is refused (unconfirmed).
    fn place(&mut self, router: &Router, name: &'a str, value: &Value) -> Result<(), Refusal> {
        match path::rows(router, &self.call.menu, value).as_deref() {
            Ok([row, ..]) => self.places.push((name, *row)),
            Ok([]) | Err(_) if name == "destination" => {}
            _ => return Err(Refusal::NoItem),
        }
        Ok(())
    }

    fn check_move(&self) -> Result<(), Refusal> {
        let rows = self.rows.as_deref().unwrap_or_default();
        let is_itself = |(name, row): &(&str, RowId)| *name == "destination" && rows.contains(row);
        if self.places.iter().any(is_itself) {
            return Err(Refusal::Fails(
                "failure: can not move object before itself".into(),
            ));
        }
        Ok(())
    }

    /// Refuses an argument that the command does not have; names stand unquoted in the command.
    fn check(&self, router: &Router, name: &str) -> Result<(), Refusal> {
        let verb = self.call.verb.as_str();
        let property = name.strip_prefix('!').filter(|_| verb == "set").unwrap_or(name);
        let is_name = property.starts_with(|first: char| first.is_ascii_alphanumeric())
            && property
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
        let lacks = |menu: &Menu| {
            let version = router.version();
            version.is_some_and(|version| menu.has_property(property, version).is_no())
        };
        let is_known = match verb {
            "add" | "set" => !self.menu.is_some_and(lacks) && !ROW_ARGUMENTS.contains(&property),
            "comment" => name == "comment",
            "unset" => name == "value-name",
            "disable" | "enable" | "move" | "remove" => false,
            _ => true,
        };
        (is_name && is_known)
            .then_some(())
            .ok_or_else(|| Refusal::Unknown(name.into()))
    }

    /// The command as the console takes it: which rows, words that stand for themselves, then the rest.
    fn script(&self, router: &Router) -> Result<Script, Refusal> {
        let mut line = Line::new(&self.call.menu, &self.call.verb);
        if let Some(rows) = &self.rows {
            let ids: Vec<String> = rows.iter().map(RowId::to_string).collect();
            line = line.expression(ids.join(",").as_bytes());
        }
        let sample = router.new_row(&self.call.menu);
        let takes_flags = ["add", "set"].contains(&self.call.verb.as_str());
        let (flags, values): (Vec<_>, Vec<_>) = self
            .values
            .iter()
            .partition(|(name, value)| takes_flags && value.is_empty() && sample.kind(name) == Kind::Flag);
        line = flags.iter().fold(line, |line, (name, _)| line.flag(name));
        line = self.places.iter().fold(line, |line, (name, row)| {
            line.arg_expression(name, row.to_string().as_bytes())
        });
        line = values
            .iter()
            .fold(line, |line, (name, value)| match name.strip_prefix('!') {
                Some(name) => line.unset(name),
                None => line.arg_expression(name, &quote::quote(&spelled(sample.kind(name), value))),
            });
        let malformed = |_| Refusal::Fails("syntax error".into());
        Script::parse(&line.finish()).map_err(malformed)
    }
}

/// Arguments that say which row or where, of commands that are not to be told.
const ROW_ARGUMENTS: [&str; 4] = ["copy-from", "destination", "numbers", "place-before"];

/// The arguments of a command that name other rows.
fn places(verb: &str) -> &'static [&'static str] {
    match verb {
        "add" => &["place-before", "copy-from"],
        "move" => &["destination"],
        _ => &[],
    }
}

/// The console's spelling: REST and the API write `true` where it writes `yes`.
fn spelled(kind: Kind, value: &Value) -> Vec<u8> {
    match value.as_bytes() {
        b"true" if kind != Kind::Text => b"yes".to_vec(),
        b"false" if kind != Kind::Text => b"no".to_vec(),
        bytes => bytes.to_vec(),
    }
}

impl Refusal {
    /// What the console says, as the API and REST say it.
    fn of(error: &RunError) -> Refusal {
        const MISSING: &str = "missing value(s) of argument(s) ";
        let message = error.message();
        match message.strip_prefix(MISSING) {
            // The capture has `missing =.id=`; of more than one it is unconfirmed.
            Some(names) => Refusal::Missing(names.split(' ').collect::<Vec<_>>().join("=, =")),
            None if message == "no such item" => Refusal::NoItem,
            None => Refusal::Fails(message.into()),
        }
    }
}
