//! `find` and `where`: conditions → rows.

use alloc::{borrow::Cow, format, vec::Vec};

use super::{
    Asked, Items, Result, Scope, Stop,
    data::Data,
    machine::{Call, Machine, word_text},
    path::Here,
};
use crate::routeros::{
    router::row::{Row, RowId},
    syntax::{Arg, BinaryOp, Expr, Script, UnaryOp},
    value::{Kind, Value, equal},
};

impl Machine<'_> {
    /// `find`: the ids of the rows that fulfil all conditions.
    pub(super) fn find(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result<Vec<RowId>> {
        let mut found = Vec::new();
        for path in self.tables_of(&call.here) {
            // The row is asked in the menu in which the command runs: `/interface` knows all interfaces.
            let table = self.rows(&path);
            for row in table.iter() {
                if self.fits(
                    call,
                    scope,
                    Asked {
                        here: &call.here,
                        row,
                    },
                )? {
                    found.push(row.id());
                }
            }
        }
        Ok(found)
    }

    /// Whether a row fulfils all conditions of a command.
    pub(super) fn fits(&mut self, call: &Call<'_>, scope: &mut Scope, asked: Asked<'_>) -> Result<bool> {
        for word in call.words {
            let name = word_text(call.source, *word);
            // `find where ..` and `print detail where ..`: words that are no property ask for nothing.
            let known = call.here.menu.is_none_or(|menu| menu.property(&name).is_some()) || is_state(&name);
            if known && &*name != "where" && !self.property(asked, &name).is_true() {
                return Ok(false);
            }
        }
        for arg in &call.command.args {
            let fits = match arg {
                Arg::Where { conditions, .. } => {
                    let mut fits = true;
                    for condition in conditions {
                        fits = fits && self.condition(call.source, condition, scope, asked)?.is_true();
                    }
                    fits
                }
                Arg::Named { name, value, .. } => {
                    let name = word_text(call.source, *name);
                    let wanted = match value {
                        Some(value) => self.value(call.source, value, scope)?,
                        None => Value::default(),
                    };
                    self.equals(asked, &name, &wanted)
                }
                Arg::Positional(condition) => self.condition(call.source, condition, scope, asked)?.is_true(),
                Arg::Unset { name, .. } => !self.property(asked, &word_text(call.source, *name)).is_true(),
            };
            if !fits {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// A condition: words on the left name properties.
    pub(super) fn condition(
        &mut self,
        source: &Script,
        expr: &Expr,
        scope: &mut Scope,
        asked: Asked<'_>,
    ) -> Result {
        match expr {
            Expr::Word(span) => Ok(match Data::literal(source.text(*span)) {
                Data::Bool(value) => Data::Bool(value),
                _ => self.property(asked, &word_text(source, *span)),
            }),
            Expr::Unary {
                op: UnaryOp::Not,
                operand,
                ..
            } => Ok(Data::Bool(
                !self.condition(source, operand, scope, asked)?.is_true(),
            )),
            Expr::Paren {
                value: Some(value), ..
            } => self.condition(source, value, scope, asked),
            Expr::Binary {
                op: op @ (BinaryOp::And | BinaryOp::Or),
                operands,
                ..
            } => {
                let left = self.condition(source, &operands.0, scope, asked)?.is_true();
                if left == (*op == BinaryOp::Or) {
                    return Ok(Data::Bool(left));
                }
                self.condition(source, &operands.1, scope, asked)
            }
            Expr::Binary { op, operands, .. } => {
                let (left, right) = &**operands;
                match (left, op) {
                    (Expr::Word(name), BinaryOp::Equal | BinaryOp::NotEqual) => {
                        let name = word_text(source, *name);
                        let wanted = match self.eval_right(source, right, scope, asked)? {
                            Cow::Borrowed(word) => Value::from(word),
                            Cow::Owned(text) => Value::from(text),
                        };
                        let equal = self.equals(asked, &name, &wanted);
                        Ok(Data::Bool(equal == (*op == BinaryOp::Equal)))
                    }
                    (Expr::Word(name), op) => {
                        let left = match op {
                            BinaryOp::Matches => Data::text(self.shown(asked, &word_text(source, *name))),
                            _ => self.property(asked, &word_text(source, *name)),
                        };
                        let right = self.eval(source, right, scope, Some(asked))?;
                        self.binary(*op, left, right)
                    }
                    _ => self.eval(source, expr, scope, Some(asked)),
                }
            }
            expr => self.eval(source, expr, scope, Some(asked)),
        }
    }

    /// The right side of `name=..`: a word as it is typed.
    fn eval_right<'s>(
        &mut self,
        source: &'s Script,
        right: &Expr,
        scope: &mut Scope,
        asked: Asked<'_>,
    ) -> Result<Cow<'s, [u8]>> {
        match right {
            Expr::Word(span) => Ok(Cow::Borrowed(source.text(*span))),
            right => Ok(Cow::Owned(
                self.eval(source, right, scope, Some(asked))?
                    .to_value()
                    .into_bytes(),
            )),
        }
    }

    fn equals(&self, asked: Asked<'_>, name: &str, wanted: &Value) -> bool {
        match self.known(asked, name) {
            Some(own) => equal(asked.row.kind(name), &own, wanted),
            None if is_state(name) => !equal(Kind::Flag, wanted, &Value::from("yes")),
            None => wanted.is_empty(),
        }
    }

    /// The value of a property of a row: set, read live, asked live, or default.
    pub(super) fn known<'a>(&self, asked: Asked<'a>, name: &str) -> Option<Cow<'a, Value>> {
        if name == ".id" {
            return Some(Cow::Owned(Value::from(format!("{}", asked.row.id()))));
        }
        let row: &'a Row = asked.row;
        if let Some(value) = row.get(name) {
            return Some(Cow::Borrowed(value));
        }
        if let Some(value) = self.live.property(&self.router, &asked.here.path, row, name) {
            return Some(Cow::Owned(value));
        }
        row.live(name).map(Cow::Borrowed).or_else(|| row.effective(name))
    }

    pub(super) fn property(&self, asked: Asked<'_>, name: &str) -> Data {
        match self.known(asked, name) {
            Some(value) => Data::of_property(asked.row.kind(name), &value),
            None if is_state(name) => Data::Bool(false),
            None => Data::Nothing,
        }
    }

    /// The bytes of a property, as they stand in the row.
    fn shown(&self, asked: Asked<'_>, name: &str) -> Vec<u8> {
        self.known(asked, name)
            .map(|value| value.into_owned().into_bytes())
            .unwrap_or_default()
    }

    /// `get`: a property of one row, or all of them.
    pub(super) fn get(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result {
        let single = self.is_single(&call.here);
        let mut operands = call.operands().into_iter();
        let row = match (single, call.named("number").cloned()) {
            (true, _) => Some(self.single_row(&call.here)),
            (false, number) => {
                let number = number.or_else(|| operands.next());
                let number = number.ok_or_else(|| Stop::error("missing value(s) of argument(s) number"))?;
                match self.targets(call, &number, scope, Items::Exist)?.as_slice() {
                    [(path, id)] => self.rows(path).by_id(*id).cloned(),
                    [] => return Err(no_such_item()),
                    _ => return Err(Stop::error("invalid internal item number")),
                }
            }
        };
        let row = row.ok_or_else(no_such_item)?;
        let asked = Asked {
            here: &call.here,
            row: &row,
        };
        let name = match call.named("value-name").cloned().or_else(|| operands.next()) {
            Some(name) => self.value(call.source, &name, scope)?,
            None => return Ok(self.record(asked)),
        };
        let name = name.to_text();
        let name = self.property_name(&call.here, &name);
        let version = self.router.version();
        let refused = call
            .here
            .menu
            .zip(version)
            .is_some_and(|(menu, version)| menu.has_value(&name, version).is_no());
        if refused && self.known(asked, &name).is_none() {
            return Err(Stop::error("input does not match any value of value-name"));
        }
        Ok(self.property(asked, &name))
    }

    /// A row as an array: what is set, what was read live, and the id.
    pub(super) fn record(&self, asked: Asked<'_>) -> Data {
        let id = (Some(b".id".to_vec()), Data::Id(asked.row.id()));
        let named = asked.row.iter().chain(asked.row.live_values());
        let values = named.map(|(name, _)| (Some(name.as_bytes().to_vec()), self.property(asked, name)));
        Data::Array(core::iter::once(id).chain(values).collect())
    }

    /// `print`: shows rows, which nobody sees here; `as-value` and `count-only` give a value.
    pub(super) fn print(&mut self, call: &Call<'_>, scope: &mut Scope) -> Result {
        let has = |word: &str| {
            call.words
                .iter()
                .any(|own| call.source.text(*own) == word.as_bytes())
        };
        let (as_value, count_only) = (has("as-value"), has("count-only"));
        if !as_value && !count_only {
            return Ok(Data::Nothing);
        }
        let bare = Call {
            source: call.source,
            command: call.command,
            here: call.here.clone(),
            words: &[],
        };
        let found = self.find(&bare, scope)?;
        if count_only {
            return Ok(Data::Number(i64::try_from(found.len()).unwrap_or(i64::MAX)));
        }
        let mut records = Vec::with_capacity(found.len());
        for path in self.tables_of(&call.here) {
            let table = self.rows(&path);
            let rows = table.iter().filter(|row| found.contains(&row.id()));
            records.extend(rows.map(|row| {
                self.record(Asked {
                    here: &call.here,
                    row,
                })
            }));
        }
        Ok(Data::list(records))
    }

    /// The tables that a menu shows: its own; of `/interface` those of every type.
    pub(super) fn tables_of(&self, here: &Here) -> Vec<alloc::string::String> {
        if here.path != "/interface" {
            return alloc::vec![here.path.clone().into_owned()];
        }
        self.router.interface_menus().map(Into::into).collect()
    }
}

pub(super) fn no_such_item() -> Stop {
    Stop::error("no such item")
}

/// States that every row may have; where nothing is said of one, it is not so.
fn is_state(name: &str) -> bool {
    matches!(
        name,
        "disabled"
            | "dynamic"
            | "invalid"
            | "inactive"
            | "active"
            | "running"
            | "slave"
            | "default"
            | "builtin"
    )
}
