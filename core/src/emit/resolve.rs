//! Changes and a router → calls by id.

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::call::{Call, Verb};
use super::{Address, TransportError};
use crate::plan::{Assignment, Change, Commands, NewValue, NoGuard, Part, Plan, Properties, Target, kind};
use crate::routeros::router::{Router, Row, RowId, Unknown};
use crate::routeros::syntax::print::{self, Line};
use crate::routeros::syntax::{Script, quote::quote};
use crate::routeros::value::{Kind, Value};
use crate::survey::{Role, SITE_SUBJECT, Tag, name, tag_of};

/// What becomes of a change whose row is not as the change was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gone {
    /// Nothing is sent: a plan is for the router that it was made for.
    Refuse,
    /// The change is left out, as an undo script passes over a step that never ran; what a row has now does not matter.
    Skip,
}

impl Gone {
    /// Confirmation and undo are sent to whatever is there.
    pub(super) fn of(part: Part) -> Self {
        match part {
            Part::Plan | Part::Guarded(_) => Self::Refuse,
            Part::Confirm | Part::Undo => Self::Skip,
        }
    }
}

/// The changes of a part of a plan.
pub(super) fn changes(plan: &Plan, part: Part) -> Result<Vec<Change>, NoGuard> {
    let steps = plan.part(part)?.into_iter();
    Ok(steps.map(|step| step.change).collect())
}

/// The calls that make changes one after the other on `router`.
pub(super) fn resolve(
    changes: &[Change],
    router: &Router,
    gone: Gone,
) -> Result<Vec<Call<Value>>, TransportError> {
    let mut resolver = Resolver {
        twin: router.clone(),
        gone,
        added: BTreeMap::new(),
        calls: Vec::new(),
    };
    if gone == Gone::Skip {
        resolver.clear()?;
    }
    changes
        .iter()
        .enumerate()
        .try_for_each(|(index, change)| resolver.change(index, change))?;
    Ok(resolver.calls)
}

/// A row and its address; that of a menu of settings has none.
type Found = (Option<Address>, Row);

struct Resolver {
    /// The router as it is when the calls so far have run.
    twin: Router,
    gone: Gone,
    /// The rows that they added, each with its call.
    added: BTreeMap<(String, RowId), usize>,
    calls: Vec<Call<Value>>,
}

impl Resolver {
    /// Takes away what a step left behind that was cut off between its calls; it belongs to the first change.
    fn clear(&mut self) -> Result<(), TransportError> {
        let is_left = |row: &&Row| tag_of(SCRIPTS, row).is_some_and(|tag| tag.role() == Role::Step);
        let left: Vec<RowId> = self
            .twin
            .table(SCRIPTS)
            .iter()
            .filter(is_left)
            .map(Row::id)
            .collect();
        for id in left {
            let address = self.address(SCRIPTS, id, &Target::Only)?;
            self.bare(0, SCRIPTS, Verb::Remove, Some(address), None);
            self.twin.remove(&[(SCRIPTS.to_string(), id)]);
        }
        Ok(())
    }

    fn change(&mut self, index: usize, change: &Change) -> Result<(), TransportError> {
        match change {
            Change::Add { menu, row, before } => self.add(index, change, menu, row, before.as_ref()),
            Change::Set { menu, target, values } => self.set(index, change, menu, target, values),
            Change::Remove {
                menu, target, row, ..
            } => self.remove(index, change, menu, target, row),
            Change::Move {
                menu, target, before, ..
            } => self.shift(index, change, menu, target, before.as_ref()),
            Change::Run { script } => self.step(index, change, script),
        }
    }

    fn add(
        &mut self,
        index: usize,
        change: &Change,
        menu: &str,
        row: &Properties,
        before: Option<&Target>,
    ) -> Result<(), TransportError> {
        let target = Target::of(menu, row);
        let is_ours = |(name, value): &(String, Value)| {
            name == Tag::property(menu) && Tag::parse(menu, value.as_bytes()).is_some()
        };
        let stands = !self.found(menu, &target)?.is_empty();
        match self.gone {
            Gone::Skip if stands => return Ok(()),
            Gone::Refuse if stands && row.iter().any(is_ours) => {
                return Err(stale(menu, target.to_text(), "it is there already"));
            }
            _ => {}
        }
        let place = before.map(|before| self.place(menu, before)).transpose()?;
        let values = row
            .iter()
            .map(|(name, value)| (name.clone(), Some(argument(menu, name, value))));
        let call = Call {
            change: index,
            menu: menu.to_string(),
            verb: Verb::Add,
            row: None,
            place,
            values: values.collect(),
        };
        let old = self.twin.clone();
        self.run(change)?;
        let is_new = |row: &&Row| old.table(menu).by_id(row.id()).is_none();
        if let Some(new) = self.twin.table(menu).iter().find(is_new) {
            self.added.insert((menu.to_string(), new.id()), self.calls.len());
        }
        self.calls.push(call);
        Ok(())
    }

    fn set(
        &mut self,
        index: usize,
        change: &Change,
        menu: &str,
        target: &Target,
        values: &[Assignment],
    ) -> Result<(), TransportError> {
        for (address, row) in self.rows(menu, target)? {
            let other = values.iter().find(|value| !value.starts_from(&row));
            if let Some(other) = other.filter(|_| self.gone == Gone::Refuse) {
                let found = format!("`{}` has another value", other.name);
                return Err(stale(menu, target.to_text(), &found));
            }
            let values = values.iter().map(|value| {
                let to = match &value.to {
                    NewValue::Given(to) => Some(argument(menu, &value.name, to)),
                    NewValue::Unset => None,
                    NewValue::Reported(property) => Some(reported(menu, target, &row, property)?),
                };
                Ok((value.name.clone(), to))
            });
            let call = Call {
                change: index,
                menu: menu.to_string(),
                verb: Verb::Set,
                row: address,
                place: None,
                values: values.collect::<Result<_, TransportError>>()?,
            };
            self.calls.push(call);
        }
        self.run(change)
    }

    fn remove(
        &mut self,
        index: usize,
        change: &Change,
        menu: &str,
        target: &Target,
        was: &Properties,
    ) -> Result<(), TransportError> {
        let Some((address, row)) = self.row(menu, target)? else {
            return Ok(());
        };
        let other = was.iter().find(|(name, value)| !row.is(name, value));
        if let Some((name, _)) = other.filter(|_| self.gone == Gone::Refuse) {
            let found = format!("`{name}` has another value");
            return Err(stale(menu, target.to_text(), &found));
        }
        self.bare(index, menu, Verb::Remove, address, None);
        self.run(change)
    }

    fn shift(
        &mut self,
        index: usize,
        change: &Change,
        menu: &str,
        target: &Target,
        before: Option<&Target>,
    ) -> Result<(), TransportError> {
        let Some((address, _)) = self.row(menu, target)? else {
            return Ok(());
        };
        let place = before.map(|before| self.place(menu, before)).transpose()?;
        self.bare(index, menu, Verb::Move, address, place);
        self.run(change)
    }

    /// A command that no single call makes: a script that runs it comes, runs and goes.
    ///
    /// That a script's error is the reply to its `run` is unconfirmed. A script that fails therefore removes itself, so that its
    /// removal is refused. That a script may remove itself while it runs, with these policies, is unconfirmed too.
    fn step(&mut self, index: usize, change: &Change, command: &Commands) -> Result<(), TransportError> {
        let scripts = self.twin.table(SCRIPTS);
        let is_free = |number: &usize| {
            scripts.find_by("comment", step_tag(*number)).is_none()
                && scripts.find_by("name", step_name(*number)).is_none()
        };
        let number = (1..).find(is_free).unwrap_or_default();
        let tag = step_tag(number);
        let source = print::fill(
            include_str!("step.rsc"),
            &[
                ("COMMAND", command.as_bytes()),
                ("TAG", &quote(tag.as_bytes())),
                ("MESSAGE", &quote(FAILED)),
            ],
        );
        let text = |name: &str, value: Value| (name.to_string(), Some(value));
        let added = Some(Address::Added {
            call: self.calls.len(),
        });
        self.calls.push(Call {
            change: index,
            menu: SCRIPTS.to_string(),
            verb: Verb::Add,
            row: None,
            place: None,
            values: alloc::vec![
                text("name", Value::from(step_name(number))),
                text("policy", Value::from("read,write")),
                text("source", Value::from(source)),
                text("comment", Value::from(tag)),
            ],
        });
        self.bare(index, SCRIPTS, Verb::Run, added, None);
        self.bare(index, SCRIPTS, Verb::Remove, added, None);
        self.run(change)
    }

    fn bare(&mut self, change: usize, menu: &str, verb: Verb, row: Option<Address>, place: Option<Address>) {
        self.calls.push(Call {
            change,
            menu: menu.to_string(),
            verb,
            row,
            place,
            values: Vec::new(),
        });
    }

    /// The row that a change is of, with its address. `None` where it is not there and need not be.
    fn row(&self, menu: &str, target: &Target) -> Result<Option<Found>, TransportError> {
        let mut rows = self.rows(menu, target)?;
        match rows.len() {
            0 | 1 => Ok(rows.pop()),
            count => Err(not_one(menu, target, count)),
        }
    }

    /// The rows that a change is of: of somebody else's there may be several that are alike in everything.
    fn rows(&self, menu: &str, target: &Target) -> Result<Vec<Found>, TransportError> {
        let table = self.twin.table(menu);
        if *target == Target::Only {
            let row = table.rows().first().cloned();
            return Ok(alloc::vec![(
                None,
                row.unwrap_or_else(|| self.twin.new_row(menu))
            )]);
        }
        let found = self.found(menu, target)?;
        let rows: Vec<&Row> = found.iter().filter_map(|id| table.by_id(*id)).collect();
        let is_alike = |rows: &[&Row]| {
            let is_ours = rows.first().is_some_and(|row| tag_of(menu, row).is_some());
            !is_ours && rows.windows(2).all(|pair| pair.first() == pair.last())
        };
        match rows.as_slice() {
            [] if self.gone == Gone::Skip => Ok(Vec::new()),
            [] => Err(not_one(menu, target, 0)),
            [_, _, ..] if !is_alike(&rows) => Err(not_one(menu, target, rows.len())),
            rows => {
                let with_address =
                    |row: &&Row| Ok((Some(self.address(menu, row.id(), target)?), (*row).clone()));
                rows.iter().map(with_address).collect()
            }
        }
    }

    /// The row that another comes to stand before.
    fn place(&self, menu: &str, target: &Target) -> Result<Address, TransportError> {
        match self.found(menu, target)?.as_slice() {
            [id] => self.address(menu, *id, target),
            found => Err(not_one(menu, target, found.len())),
        }
    }

    fn address(&self, menu: &str, id: RowId, target: &Target) -> Result<Address, TransportError> {
        if let Some(call) = self.added.get(&(menu.to_string(), id)) {
            return Ok(Address::Added { call: *call });
        }
        let row = self.twin.table(menu).by_id(id);
        match row.and_then(Row::router_id) {
            Some(id) => Ok(Address::Known(id)),
            None => Err(TransportError::IdsUnknown {
                menu: menu.to_string(),
                row: target.to_text(),
            }),
        }
    }

    /// The rows that a target means now, as the script would find them.
    fn found(&self, menu: &str, target: &Target) -> Result<Vec<RowId>, TransportError> {
        let command = Line::new(menu, "remove").expression(&target.expression(menu));
        let command = Script::parse(&command.finish())
            .map_err(|errors| stale(menu, target.to_text(), &errors.first().to_string()))?;
        self.twin
            .addressed(&command)
            .map_err(|error| stale(menu, target.to_text(), error.message()))
    }

    fn run(&mut self, change: &Change) -> Result<(), TransportError> {
        let menu = change.menu().unwrap_or(SCRIPTS);
        let refused = |found: &str| stale(menu, change_text(change), found);
        let script =
            Script::parse(&change.command()).map_err(|errors| refused(&errors.first().to_string()))?;
        let outcome = self.twin.run(&script, &Unknown);
        if let Some(error) = outcome.error {
            return Err(refused(error.message()));
        }
        self.twin = outcome.router;
        Ok(())
    }
}

const SCRIPTS: &str = "/system/script";

/// What the script of a step says when its command fails.
const FAILED: &[u8] = b"multi-isp: the command of this step failed";

fn step_tag(number: usize) -> String {
    Tag::new(Role::Step, SITE_SUBJECT, number).to_string()
}

/// `multi-isp-step`, `multi-isp-step-2`.
fn step_name(number: usize) -> String {
    let word = Role::Step.word();
    if number == 1 {
        name(word)
    } else {
        name(&format!("{word}-{number}"))
    }
}

/// A property as a call gives it: a flag is there, and has no value.
fn argument(menu: &str, name: &str, value: &Value) -> Value {
    let is_flag = kind(menu, name) == Some(Kind::Flag);
    if is_flag { Value::default() } else { value.clone() }
}

/// What the router reports as a property of a row, which a script would ask when it runs.
fn reported(menu: &str, target: &Target, row: &Row, property: &str) -> Result<Value, TransportError> {
    let read = row.get(property).or_else(|| row.live(property));
    read.cloned().ok_or_else(|| TransportError::NotRead {
        menu: menu.to_string(),
        row: target.to_text(),
        property: property.to_string(),
    })
}

fn change_text(change: &Change) -> String {
    match change {
        Change::Add { menu, row, .. } => Target::of(menu, row).to_text(),
        Change::Set { target, .. } | Change::Remove { target, .. } | Change::Move { target, .. } => {
            target.to_text()
        }
        // Its text may hold a secret.
        Change::Run { .. } => "a command of its own".to_string(),
    }
}

fn not_one(menu: &str, target: &Target, found: usize) -> TransportError {
    let found = match found {
        0 => "it is not there".to_string(),
        count => format!("{count} rows are like it"),
    };
    stale(menu, target.to_text(), &found)
}

fn stale(menu: &str, row: String, found: &str) -> TransportError {
    TransportError::Stale {
        menu: menu.to_string(),
        row,
        found: found.to_string(),
    }
}
