//! Rows of ours: what comes, what changes, what moves, what goes.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::target::{configuration, keys, replaces};
use super::{Assignment, Change, NewValue, Phase, PlanError, Properties, Step, Target, summary};
use crate::desired::{Desired, DesiredRow, Keeper};
use crate::routeros::router::{Router, Row, Unknown, longest_rising};
use crate::routeros::schema::{self, identity};
use crate::routeros::syntax::Script;
use crate::routeros::value::Value;
use crate::survey::{Role, Tag, tag_of};

/// The property that switches a row.
const DISABLED: &str = "disabled";

/// The property that holds the lease script of a client.
const SCRIPT: &str = "script";

/// The property by which rules tell the line that a packet comes in by.
const COMES_IN: &str = "in-interface";

/// Why what marks connections is off for a while.
const MOVES: &str = "the connections of a line that moves are not marked meanwhile";

/// Why it is emptied.
const LETS_GO: &str = "the routes of the line follow the lease of its new client";

/// What two defaults of a table that share its connections have alike, on either major.
const LEVELS: [&str; 4] = ["dst-address", "distance", "routing-table", "routing-mark"];

/// Why such a one goes as soon as the wanted one leads anywhere.
const LEVEL: &str = "not wanted any more: it would take a part of what the new default carries";

/// The steps that bring our rows from what `router` has to what is desired.
pub(super) fn steps(desired: &Desired, router: &Router) -> Result<Vec<Step>, PlanError> {
    let mut steps = Vec::new();
    for menu in Role::menus() {
        let menu = Menu::new(menu, desired, router);
        menu.is_free()?;
        steps.extend(menu.steps());
    }
    Ok(steps)
}

/// Whether a row of a menu is the one that is wanted.
type IsMeant = fn(&str, &DesiredRow, &Tag, &Row) -> bool;

/// Our rows of one menu: as they are wanted, each with the row that it is today, and those that nobody wants.
struct Menu<'a> {
    path: &'static str,
    is_ordered: bool,
    wanted: Vec<(&'a DesiredRow, Option<&'a Row>)>,
    surplus: Vec<(Tag, &'a Row)>,
    router: &'a Router,
}

impl<'a> Menu<'a> {
    fn new(path: &'static str, desired: &'a Desired, router: &'a Router) -> Self {
        let found = router
            .table(path)
            .iter()
            .filter_map(|row| Some((tag_of(path, row)?, row)));
        // The record of original values and the guard are not desired: they are kept apart.
        let is_kept = |tag: &Tag| matches!(tag.role(), Role::Restore | Role::Undo | Role::Guard);
        let mut surplus: Vec<(Tag, &Row)> = found.filter(|(tag, _)| !is_kept(tag)).collect();
        let wanted = desired.rows.iter().filter(|row| row.menu() == path);
        let mut wanted: Vec<(&DesiredRow, Option<&Row>)> = wanted.map(|row| (row, None)).collect();
        // A row that the menu would refuse a second one of keeps its place and gets another tag: swapping the values of two
        // rows would be refused half way.
        let passes: [IsMeant; 3] = [
            |path, wanted, tag, row| {
                *tag == wanted.tag && keys(path).is_none_or(|names| is_alike(names, wanted, row))
            },
            |path, wanted, _, row| is_same(path, wanted, row),
            |path, wanted, tag, _| *tag == wanted.tag && !replaces(path),
        ];
        for is_meant in passes {
            for (wanted, found) in wanted.iter_mut().filter(|(_, found)| found.is_none()) {
                *found = take(&mut surplus, |tag, row| is_meant(path, wanted, tag, row));
            }
        }
        surplus.sort_by(|(left, _), (right, _)| left.cmp(right));
        Self {
            path,
            is_ordered: super::is_ordered(path),
            wanted,
            surplus,
            router,
        }
    }

    /// Whether nobody else has a row that the menu would refuse one of ours beside.
    fn is_free(&self) -> Result<(), PlanError> {
        let coming = self
            .wanted
            .iter()
            .filter(|(_, found)| found.is_none())
            .map(|(wanted, _)| wanted);
        let foreign = self
            .router
            .table(self.path)
            .iter()
            .filter(|row| tag_of(self.path, row).is_none() && !row.disabled());
        let taken = |wanted: &DesiredRow| foreign.clone().find(|row| is_same(self.path, wanted, row));
        match coming.filter_map(|wanted| taken(wanted)).next() {
            None => Ok(()),
            Some(row) => Err(PlanError::NameTaken {
                menu: self.path.to_string(),
                row: summary::properties(row.iter()),
            }),
        }
    }

    fn steps(&self) -> Vec<Step> {
        let settled = self.settled();
        // The jumps, which switch the marks, are the last of the roles: they are the first to be taken down.
        let mut steps: Vec<Step> = self
            .surplus
            .iter()
            .flat_map(|(tag, row)| self.remove(tag, row))
            .collect();
        for (index, (wanted, found)) in self.wanted.iter().enumerate() {
            match found {
                None => steps.extend(self.add(wanted, self.anchor(index, &settled))),
                Some(row) => {
                    steps.extend(self.set(wanted, row));
                    steps.extend(self.shift(wanted, row, index, &settled));
                }
            }
        }
        steps
    }

    /// A row goes; one that dials hangs up before what protects it goes, and goes itself after that. A client that another one
    /// replaces lets go of the line's routes first: whether its script runs when it goes is not known.
    fn remove(&self, tag: &Tag, row: &Row) -> Vec<Step> {
        let role = tag.role();
        let target = Target::of(self.path, &configuration(row));
        let down =
            |phase, change| Step::down(phase, change, ["not wanted any more: ", role.purpose()].concat());
        let mut last = configuration(row);
        let hang_up = (role.dials() && !row.disabled()).then(|| {
            put(&mut last, DISABLED, "yes");
            let off = Assignment::new(row, DISABLED, NewValue::Given(Value::from("yes")));
            down(
                Phase::of_change(role),
                self.change(target.clone(), alloc::vec![off]),
            )
        });
        let is_replaced = self.wanted.iter().any(|(wanted, _)| wanted.tag == *tag);
        let let_go = (is_replaced && row.get(SCRIPT).is_some_and(|script| !script.is_empty())).then(|| {
            put(&mut last, SCRIPT, "");
            let none = Assignment::new(row, SCRIPT, NewValue::Given(Value::default()));
            let change = self.change(target.clone(), alloc::vec![none]);
            Step::up(Phase::of_role(role), change, LETS_GO)
        });
        let change = Change::Remove {
            menu: self.path.to_string(),
            target,
            comes_back: self.comes_back(row),
            row: last,
            before: None,
        };
        let remove = if self.is_level(tag, row) {
            Step::up(Phase::Leases, change, LEVEL)
        } else {
            down(Phase::of_role(role), change)
        };
        // What goes down goes newest first.
        [remove].into_iter().chain(hang_up).chain(let_go).collect()
    }

    /// Whether RouterOS would take a row back that goes.
    fn comes_back(&self, row: &Row) -> bool {
        let mut router = self.router.clone();
        router.remove(&[(self.path.to_string(), row.id())]);
        let again = Change::Add {
            menu: self.path.to_string(),
            row: configuration(row),
            before: None,
        };
        let script = Script::parse(&again.command());
        script.is_ok_and(|script| router.run(&script, &Unknown).error.is_none())
    }

    /// Whether a default of a line's table would share the connections of one that is wanted there: answers would leave by the
    /// line that it leads over.
    fn is_level(&self, tag: &Tag, row: &Row) -> bool {
        let is_as_wanted = |wanted: &DesiredRow| is_alike(&LEVELS, wanted, row);
        matches!(tag.role(), Role::Own | Role::Backup)
            && self.wanted.iter().any(|(wanted, _)| is_as_wanted(wanted))
    }

    /// A row comes; one that dials comes switched off, so that what protects it can name it, and starts after that.
    fn add(&self, wanted: &DesiredRow, before: Option<Target>) -> Vec<Step> {
        let role = wanted.tag.role();
        let mut row: Properties = wanted
            .configuration()
            .map(|(name, value)| (name.to_string(), value))
            .collect();
        let target = Target::of(self.path, &row);
        let start = role.dials().then(|| {
            put(&mut row, DISABLED, "yes");
            let on = Assignment {
                name: String::from(DISABLED),
                from: NewValue::Given(Value::from("yes")),
                to: NewValue::Given(Value::from("no")),
            };
            Step::up(
                Phase::of_change(role),
                self.change(target, alloc::vec![on]),
                role.purpose(),
            )
        });
        let change = Change::Add {
            menu: self.path.to_string(),
            row,
            before,
        };
        [Step::up(Phase::of_role(role), change, role.purpose())]
            .into_iter()
            .chain(start)
            .collect()
    }

    /// A row changes. What marks the connections of a line that moves to another port is off until its table leads there: it would
    /// send the answers of the old port's connections out of the new one.
    fn set(&self, wanted: &DesiredRow, row: &Row) -> Vec<Step> {
        let mut values = assignments(wanted, row);
        if values.is_empty() {
            return Vec::new();
        }
        let role = wanted.tag.role();
        let target = Target::of(self.path, &configuration(row));
        let moves = values.iter().any(|value| value.name == COMES_IN) && !row.disabled();
        let off = moves.then(|| {
            let off = Assignment::new(row, DISABLED, NewValue::Given(Value::from("yes")));
            values.push(off.clone().inverse());
            let change = self.change(target.clone(), alloc::vec![off]);
            Step::up(Phase::Lists, change, MOVES)
        });
        let change = Step::up(
            Phase::of_change(role),
            self.change(target, values),
            role.purpose(),
        );
        off.into_iter().chain([change]).collect()
    }

    fn change(&self, target: Target, values: Vec<Assignment>) -> Change {
        Change::Set {
            menu: self.path.to_string(),
            target,
            values,
        }
    }

    fn shift(&self, wanted: &DesiredRow, row: &Row, index: usize, settled: &BTreeSet<&Tag>) -> Option<Step> {
        let stays = if wanted.leads_chain {
            self.leads(wanted, row)
        } else {
            settled.contains(&wanted.tag)
        };
        if !self.is_ordered || stays {
            return None;
        }
        let change = Change::Move {
            menu: self.path.to_string(),
            target: tagged(&wanted.tag),
            before: self.anchor(index, settled),
            back: None,
        };
        Some(Step::up(
            Phase::of_role(wanted.tag.role()),
            change,
            wanted.tag.role().purpose(),
        ))
    }

    /// Whether a row stands before every other static row of its chain.
    fn leads(&self, wanted: &DesiredRow, row: &Row) -> bool {
        self.first_of(chain(wanted))
            .is_some_and(|first| first.id() == row.id())
    }

    fn first_of(&self, chain: Option<&Value>) -> Option<&'a Row> {
        self.router
            .table(self.path)
            .iter()
            .find(|row| !row.dynamic() && row.get("chain") == chain)
    }

    /// The row that a row comes to stand before: the first of its chain, or the next of ours that stays where it is.
    fn anchor(&self, index: usize, settled: &BTreeSet<&Tag>) -> Option<Target> {
        let (wanted, _) = self.wanted.get(index).filter(|_| self.is_ordered)?;
        if let Some(foreign) = wanted.before {
            let table = self.router.table(self.path);
            let place = table
                .iter()
                .filter(|row| !row.dynamic())
                .position(|row| row.id() == foreign)?;
            // Rows that come before it by then push it down.
            let earlier = self.wanted.iter().take(index);
            let coming = earlier
                .filter(|(row, found)| found.is_none() && row.before.is_some())
                .count();
            return Some(Target::Place(place.saturating_add(coming)));
        }
        if wanted.leads_chain {
            return self
                .first_of(chain(wanted))
                .and(chain(wanted))
                .cloned()
                .map(Target::FirstOf);
        }
        let behind = self
            .wanted
            .iter()
            .skip(index.saturating_add(1))
            .map(|(row, _)| row);
        let behind = behind.filter(|row| chain(row) == chain(wanted));
        behind
            .map(|row| &row.tag)
            .find(|tag| settled.contains(tag))
            .map(tagged)
    }

    /// Our rows that need not move: in each chain a longest run of them that stands in the wanted order already.
    fn settled(&self) -> BTreeSet<&Tag> {
        let place = |row: &Row| {
            self.router
                .table(self.path)
                .iter()
                .position(|other| other.id() == row.id())
        };
        let mut chains: BTreeMap<Option<&Value>, Vec<(&Tag, usize)>> = BTreeMap::new();
        for (wanted, found) in self.wanted.iter().filter(|(row, _)| !row.leads_chain) {
            let place = found.and_then(place).map(|place| (&wanted.tag, place));
            chains.entry(chain(wanted)).or_default().extend(place);
        }
        let stays = |rows: Vec<(&'a Tag, usize)>| {
            let (tags, places): (Vec<&Tag>, Vec<usize>) = rows.into_iter().unzip();
            let staying = longest_rising(&places).into_iter();
            staying.filter_map(move |index| tags.get(index).copied())
        };
        chains.into_values().flat_map(stays).collect()
    }
}

/// Gives a property another value.
fn put(row: &mut Properties, name: &str, value: &str) {
    for (_, own) in row.iter_mut().filter(|(own, _)| own == name) {
        *own = Value::from(value);
    }
}

/// Takes the first row out that is meant.
fn take<'a>(rows: &mut Vec<(Tag, &'a Row)>, is_meant: impl Fn(&Tag, &Row) -> bool) -> Option<&'a Row> {
    let place = rows.iter().position(|(tag, row)| is_meant(tag, row))?;
    Some(rows.remove(place).1)
}

/// Whether the menu would refuse the wanted row beside this one.
fn is_same(menu: &str, wanted: &DesiredRow, row: &Row) -> bool {
    identity(menu).is_some_and(|names| is_alike(names, wanted, row))
}

/// Whether a row has these properties as they are wanted.
fn is_alike(names: &[&str], wanted: &DesiredRow, row: &Row) -> bool {
    let mut properties = names.iter().map(|name| {
        let wanted = wanted.properties.iter().find(|(own, _)| own == name);
        (name, wanted.map(|(_, value)| value))
    });
    properties.all(|(name, wanted)| match wanted {
        Some(value) => row.is(name, value),
        None => row.get(name).is_none(),
    })
}

/// What must change in a row of ours, strangers' settings taken out; what a lease or a netwatch keeps is left alone.
fn assignments(wanted: &DesiredRow, row: &Row) -> Vec<Assignment> {
    let keeper = wanted.keeper.filter(|keeper| may_keep(*keeper, wanted, row));
    let is_kept = |name: &str| keeper.is_some_and(|keeper| keeper.properties().contains(&name));
    let desired: Vec<(&str, Value)> = wanted
        .configuration()
        .filter(|(name, _)| !is_kept(name))
        .collect();
    // A picture of the router may hide passwords: one that it does not show is taken to be right.
    let is_hidden = |name: &str| schema::is_secret(name) && row.get(name).is_none();
    let differing = desired
        .iter()
        .filter(|(name, value)| !row.is(name, value) && !is_hidden(name));
    let set = differing.map(|(name, value)| Assignment::new(row, name, NewValue::Given(value.clone())));
    let surplus = row
        .iter()
        .map(|(name, _)| name)
        .filter(|name| !is_kept(name) && !schema::is_secret(name) && !is_filled_in(wanted.menu(), name))
        .filter(|name| !desired.iter().any(|(own, _)| own == name));
    let reset = surplus.map(|name| Assignment::new(row, name, NewValue::default_of(row, name)));
    set.chain(reset.filter(|value| !value.is_met(row))).collect()
}

/// Whether the router sets a property by itself when a row comes: a script belongs to the user who added it.
fn is_filled_in(menu: &str, property: &str) -> bool {
    (menu, property) == ("/system/script", "owner")
}

/// Whether a row leads where it is wanted to, so that the keeper of what leads there may have set it: over the same interface
/// for a lease, over the same probe for a netwatch, which notes the state of the same host.
fn may_keep(keeper: Keeper, wanted: &DesiredRow, row: &Row) -> bool {
    let pin = |gateway: &Value| -> Option<Vec<u8>> {
        let mut parts = gateway.as_bytes().splitn(2, |byte| *byte == b'%');
        parts.nth(1).map(<[u8]>::to_vec)
    };
    let of = |name: &str| {
        let mut properties = wanted.properties.iter();
        properties.find(|(own, _)| *own == name).map(|(_, value)| value)
    };
    match keeper {
        // Where next hops are not pinned (RouterOS 6), any address may be that of the lease: a client that comes or changes
        // copies its own again.
        Keeper::Lease => of("gateway")
            .zip(row.get("gateway"))
            .is_some_and(|(gateway, own)| {
                let is_address = || own.to_text().parse::<Ipv4Addr>().is_ok();
                pin(gateway) == pin(own) && (pin(own).is_some() || is_address())
            }),
        Keeper::Watch => of("gateway").is_some_and(|gateway| row.is("gateway", gateway)),
        Keeper::State => of("address").is_some_and(|host| row.is("address", host)),
        Keeper::Report => true,
    }
}

fn chain(row: &DesiredRow) -> Option<&Value> {
    row.properties
        .iter()
        .find(|(name, _)| *name == "chain")
        .map(|(_, value)| value)
}

fn tagged(tag: &Tag) -> Target {
    let tag = (
        String::from(Tag::property(tag.role().menu())),
        Value::from(tag.text()),
    );
    Target::Where([tag].into())
}
