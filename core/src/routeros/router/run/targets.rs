//! Which rows a command means: ids, numbers, names, `[find ..]`.

use alloc::{string::String, vec::Vec};

use super::{
    Items, Result, RunError, Scope, Stop, Unknown,
    data::Data,
    machine::{Call, Machine, word_text},
    path::{Here, Target as Meaning},
    query::no_such_item,
};
use crate::routeros::{
    router::{
        Router,
        row::{Row, RowId, Selector},
    },
    schema::Menu,
    syntax::{Arg, BinaryOp, Command, Expr, Item, Script, Span},
    value::Value,
};

/// A row: the path of its table, and its id there.
pub(super) type Target = (String, RowId);

impl Machine<'_> {
    /// The rows that an argument means; a `[find ..]` may mean none.
    pub(super) fn targets(
        &mut self,
        call: &Call<'_>,
        expr: &Expr,
        scope: &mut Scope,
        items: Items,
    ) -> Result<Vec<Target>> {
        if items == Items::Create
            && let Some(made) = self.described(call, expr, scope)?
        {
            return Ok(alloc::vec![made]);
        }
        let numbers = match expr {
            Expr::Word(span) => {
                let words = call.source.text(*span).split(|byte| *byte == b',');
                words.map(Data::literal).collect()
            }
            expr => {
                // `[find ..]` in a command of a menu asks that menu.
                let before = core::mem::replace(&mut scope.here, call.here.clone());
                let numbers = self.eval(call.source, expr, scope, None);
                scope.here = before;
                numbers?
                    .into_elements()
                    .into_iter()
                    .map(|(_, value)| value)
                    .collect::<Vec<_>>()
            }
        };
        numbers
            .into_iter()
            .map(|number| self.target(&call.here, &number, items))
            .collect()
    }

    fn target(&mut self, here: &Here, number: &Data, items: Items) -> Result<Target> {
        for path in self.tables_of(here) {
            let table = self.router.table(&path);
            let row = match number {
                Data::Id(id) => table.by_id(*id),
                Data::Number(index) => {
                    let numbered = table.iter().find(|row| row.selector.is(&number.to_value()));
                    numbered.or_else(|| table.rows().get(usize::try_from(*index).ok()?))
                }
                name => table.named(&name.to_value()),
            };
            if let Some(row) = row {
                return Ok((path, row.id()));
            }
        }
        match items {
            Items::Create => self.make(here, Selector::Position(number.to_value())),
            Items::Exist => Err(no_such_item()),
        }
    }

    /// The factory's row that `[ find default-name=ether1 ]` describes, made where it is not there.
    fn described(&mut self, call: &Call<'_>, expr: &Expr, scope: &mut Scope) -> Result<Option<Target>> {
        let Some(find) = find_command(call.source, expr) else {
            return Ok(None);
        };
        let Some(described) = factory_row(call.source, find, call.here.menu) else {
            return Ok(None);
        };
        let query = Call {
            source: call.source,
            command: find,
            here: call.here.clone(),
            words: &[],
        };
        if !self.find(&query, scope)?.is_empty() {
            return Ok(None);
        }
        let mut properties = Vec::new();
        for (name, value) in described {
            let value = match value {
                Expr::Word(span) => Value::from(call.source.text(*span)),
                value => self.eval(call.source, value, scope, None)?.to_value(),
            };
            properties.push((name, value));
        }
        self.make(&call.here, Selector::Found(properties)).map(Some)
    }

    fn make(&mut self, here: &Here, selector: Selector) -> Result<Target> {
        let mut row = Row::new(here.menu, self.router.version());
        row.describe(selector);
        let path: String = here.path.clone().into_owned();
        let id = self.router.push(&path, row);
        Ok((path, id))
    }

    /// Whether a menu is one row of settings; of menus that the schema does not hold, what the rows say.
    pub(super) fn is_single(&self, here: &Here) -> bool {
        match here.menu {
            Some(menu) => menu.single(),
            None => self
                .router
                .table(&here.path)
                .iter()
                .any(|row| row.selector == Selector::Single),
        }
    }

    /// The row of a menu of settings, which is always there; unwritten it is all defaults.
    pub(super) fn single_row(&self, here: &Here) -> Row {
        let written = self.router.table(&here.path).rows().first().cloned();
        written.unwrap_or_else(|| Row::new(here.menu, self.router.version()))
    }

    pub(super) fn single_target(&mut self, here: &Here) -> Target {
        let path: String = here.path.clone().into_owned();
        let id = match self.router.table(&path).rows().first() {
            Some(row) => row.id(),
            None => {
                let mut row = Row::new(here.menu, self.router.version());
                row.describe(Selector::Single);
                self.router.push(&path, row)
            }
        };
        (path, id)
    }

    /// The rows that a command's `numbers=` or first unnamed arguments mean.
    pub(super) fn numbers(
        &mut self,
        call: &Call<'_>,
        operands: &[Expr],
        scope: &mut Scope,
        items: Items,
    ) -> Result<Vec<Target>> {
        let named = call.named("numbers").cloned();
        let mut targets = Vec::new();
        for operand in named.iter().chain(operands) {
            targets.extend(self.targets(call, operand, scope, items)?);
        }
        if named.is_none() && operands.is_empty() {
            return Err(Stop::error("missing value(s) of argument(s) numbers"));
        }
        Ok(targets)
    }
}

impl Router {
    /// The rows that a command means by its first arguments, as they are before it runs: those of `[find ..]`.
    ///
    /// # Errors
    ///
    /// What the router would stop at while it looks for them.
    pub(crate) fn addressed(&self, command: &Script) -> core::result::Result<Vec<RowId>, RunError> {
        let mut machine = Machine::new(self.clone(), &Unknown, Items::Exist);
        machine.fill_up(command.items());
        match machine.addressed(command) {
            Ok(targets) => Ok(targets.into_iter().map(|(_, id)| id).collect()),
            Err(Stop::Error(error)) => Err(error),
            Err(Stop::Return(_) | Stop::Break | Stop::Continue) => Ok(Vec::new()),
        }
    }
}

impl Machine<'_> {
    fn addressed(&mut self, source: &Script) -> Result<Vec<Target>> {
        let Some(command) = source.commands().next() else {
            return Ok(Vec::new());
        };
        let Meaning::Command { here, used, .. } = self.resolve(source, command, &Here::ROOT) else {
            return Ok(Vec::new());
        };
        let words = command.words.get(used..).unwrap_or_default();
        let call = Call {
            source,
            command,
            here,
            words,
        };
        self.numbers(&call, &call.operands(), &mut Scope::new(), Items::Exist)
    }
}

/// The command of an expression that is nothing but `[ find .. ]`.
fn find_command<'a>(source: &Script, expr: &'a Expr) -> Option<&'a Command> {
    let Expr::Subst { items, .. } = expr else {
        return None;
    };
    match items.as_slice() {
        [Item::Command(command)]
            if command
                .words
                .first()
                .is_some_and(|word| source.text(*word) == b"find") =>
        {
            Some(command)
        }
        _ => None,
    }
}

/// `name=value` of a query that can only mean a row of the factory: by its name, or all of a menu without `add`.
fn factory_row<'a>(
    source: &Script,
    find: &'a Command,
    menu: Option<&'static Menu>,
) -> Option<Vec<(String, &'a Expr)>> {
    const NAMES: [&str; 3] = ["default", "default-name", "name"];
    let mut found = Vec::new();
    for arg in &find.args {
        match arg {
            Arg::Named {
                name,
                value: Some(value),
                ..
            } => found.push((*name, value)),
            Arg::Where { conditions, .. } => {
                for condition in conditions {
                    found.push(equality(condition)?);
                }
            }
            _ => return None,
        }
    }
    let named = |(name, value): (Span, &'a Expr)| {
        let name = word_text(source, name).into_owned();
        NAMES.contains(&name.as_str()).then_some((name, value))
    };
    let may_be_all = menu.is_none_or(|menu| !menu.has("add"));
    (!found.is_empty() || may_be_all).then(|| found.into_iter().map(named).collect())?
}

fn equality(condition: &Expr) -> Option<(Span, &Expr)> {
    let Expr::Binary {
        op: BinaryOp::Equal,
        operands,
        ..
    } = condition
    else {
        return None;
    };
    let (Expr::Word(name), value) = &**operands else {
        return None;
    };
    Some((*name, value))
}
