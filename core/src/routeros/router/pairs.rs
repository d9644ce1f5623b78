//! Which row of one router is which row of another.

use alloc::collections::{BTreeMap, BTreeSet};
use alloc::string::String;
use alloc::vec::Vec;

use super::diff::Change;
use crate::routeros::{
    router::{Router, Row, RowId, row::Selector},
    schema,
    value::Value,
};

/// The rows of one menu of two routers.
pub(crate) struct MenuPairs<'a> {
    /// Path of the menu.
    pub(crate) menu: &'a str,
    /// The rows of the second, in their order.
    pub(crate) rows: Vec<Paired<'a>>,
    /// The rows that only the first has, in their order.
    pub(crate) gone: Vec<&'a Row>,
}

/// A row of the second router.
pub(crate) struct Paired<'a> {
    /// The row.
    pub(crate) new: &'a Row,
    /// As the first has it.
    pub(crate) old: Option<&'a Row>,
    /// Each property that means something else there.
    pub(crate) properties: Vec<Change>,
    /// Whether it stands elsewhere, in a menu whose order means something: all but a longest run that is in order already.
    pub(crate) moved: bool,
}

impl Router {
    /// The rows of both routers, menu by menu in the order of an export; the routers' own rows aside.
    pub(crate) fn pairs<'a>(&'a self, other: &'a Router) -> impl Iterator<Item = MenuPairs<'a>> {
        let mut menus: Vec<&str> = self.menus().chain(other.menus()).collect();
        menus.sort_by_key(|menu| schema::export_order(menu));
        menus.dedup();
        menus.into_iter().map(|menu| of_menu(menu, self, other))
    }

    /// The router with the settings and the rows of the factory that only `other` tells of, as the factory made them: what
    /// is at its default is in no export.
    pub(crate) fn with_factory_rows_of(&self, other: &Router) -> Router {
        let mut whole = self.clone();
        let lacking = self.pairs(other).flat_map(|pairs| {
            let alone = pairs.rows.into_iter().filter(|row| row.old.is_none());
            alone.map(move |row| (pairs.menu, &row.new.selector))
        });
        for (menu, selector) in lacking.filter(|(_, selector)| **selector != Selector::Added) {
            let mut row = whole.new_row(menu);
            row.describe(selector.clone());
            let first = whole.table(menu).rows().first().map(Row::id);
            let before: Option<RowId> = first.filter(|_| is_ordered(menu));
            let _ = whole.add(String::from(menu).into(), row, before);
        }
        whole
    }
}

fn of_menu<'a>(menu: &'a str, before: &'a Router, after: &'a Router) -> MenuPairs<'a> {
    let rows = |router: &'a Router| router.table(menu).iter().filter(|row| !row.is_built_in());
    let mut pairs = Pairs::new(rows(before).collect(), rows(after).collect());
    pairs.join_all(menu);
    let moved = if is_ordered(menu) {
        pairs.moved()
    } else {
        alloc::vec![false; pairs.after.len()]
    };
    let gone = pairs
        .before
        .iter()
        .zip(&pairs.taken)
        .filter(|(row, taken)| !**taken && !says_nothing(row));
    let gone = gone.map(|(row, _)| *row).collect();
    let found = pairs.after.iter().zip(&pairs.partner).zip(moved);
    let found = found.map(|((new, partner), moved)| {
        let old = partner.and_then(|index| pairs.before.get(index).copied());
        let properties = old.map(|old| changed(old, new)).unwrap_or_default();
        Paired {
            new,
            old,
            properties,
            moved,
        }
    });
    let rows = found
        .filter(|row| row.old.is_some() || !says_nothing(row.new))
        .collect();
    MenuPairs { menu, rows, gone }
}

fn is_ordered(menu: &str) -> bool {
    schema::menu(menu).is_some_and(schema::Menu::ordered)
}

/// Which row of the first is which row of the second.
struct Pairs<'a> {
    before: Vec<&'a Row>,
    after: Vec<&'a Row>,
    /// For each row of the second, the index in the first.
    partner: Vec<Option<usize>>,
    /// For each row of the first, whether it has a partner.
    taken: Vec<bool>,
}

/// What two rows that may be one have alike.
type Key = Option<Vec<u8>>;

impl<'a> Pairs<'a> {
    fn new(before: Vec<&'a Row>, after: Vec<&'a Row>) -> Self {
        Self {
            partner: alloc::vec![None; after.len()],
            taken: alloc::vec![false; before.len()],
            before,
            after,
        }
    }

    /// Joins what is surely one first, then what is so most likely.
    fn join_all(&mut self, menu: &str) {
        self.join(|row| row.selector.key());
        if is_ordered(menu) {
            self.join_in_order();
        }
        self.join(|row| Some(meaning_without(row, "")));
        if schema::menu(menu).is_some_and(schema::Menu::single) {
            self.join(|_| Some(Vec::new()));
        }
        let unique = schema::unique(menu).map(|(names, _)| names);
        for names in unique.into_iter().chain(schema::identity(menu)) {
            self.join(|row| values(row, names));
        }
        self.join_lone(|row| values(row, &["name"]));
        for name in self.properties() {
            self.join(|row| Some(meaning_without(row, &name)));
        }
        self.join_lone(|row| values(row, &["comment"]));
        self.join_alike();
    }

    /// Joins rows that are still alone and have the same key, in their order.
    fn join(&mut self, key: impl Fn(&Row) -> Key) {
        let mut free = self.free_before(&key);
        free.values_mut().for_each(|indices| indices.reverse());
        for index in self.free_after() {
            let found = self
                .after
                .get(index)
                .and_then(|row| free.get_mut(&key(row)?)?.pop());
            self.pair(found, index);
        }
    }

    /// The same where only one row of either router has the key.
    fn join_lone(&mut self, key: impl Fn(&Row) -> Key) {
        let free = self.free_before(&key);
        let mut wanted: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
        for index in self.free_after() {
            if let Some(key) = self.after.get(index).and_then(|row| key(row)) {
                wanted.entry(key).or_default().push(index);
            }
        }
        for (key, indices) in wanted {
            if let ([after], Some([before])) = (indices.as_slice(), free.get(&key).map(Vec::as_slice)) {
                self.pair(Some(*before), *after);
            }
        }
    }

    /// Joins rows that mean the same and need not move: a longest common run of both orders.
    fn join_in_order(&mut self) {
        let free = self.free_before(&|row: &Row| Some(meaning_without(row, "")));
        let (mut steps, mut places) = (Vec::new(), Vec::new());
        for index in self.free_after() {
            let same = self
                .after
                .get(index)
                .and_then(|row| free.get(&meaning_without(row, "")));
            for place in same.into_iter().flatten().rev() {
                steps.push((*place, index));
                places.push(*place);
            }
            // Thousands of equal rows: which of them stays where it is makes no difference worth the time.
            if places.len() > MOST_COMPARED {
                return;
            }
        }
        for step in longest_rising(&places) {
            if let Some((before, after)) = steps.get(step) {
                self.pair(Some(*before), *after);
            }
        }
    }

    /// Joins rows of which at least half is the same, those with most in common first; a name of its own makes a row another.
    fn join_alike(&mut self) {
        let (before, after) = (self.free_places(), self.free_after());
        if before.len().saturating_mul(after.len()) > MOST_COMPARED {
            return;
        }
        let mut alike = Vec::new();
        for new in &after {
            for old in &before {
                let (Some(left), Some(right)) = (self.before.get(*old), self.after.get(*new)) else {
                    continue;
                };
                alike.extend(likeness(left, right).map(|likeness| (likeness, *old, *new)));
            }
        }
        alike.sort_by_key(|(likeness, old, new)| (core::cmp::Reverse(*likeness), *new, *old));
        for (_, old, new) in alike {
            let is_free = self.taken.get(old) == Some(&false) && self.partner.get(new) == Some(&None);
            self.pair(Some(old).filter(|_| is_free), new);
        }
    }

    fn pair(&mut self, before: Option<usize>, after: usize) {
        let taken = before.and_then(|index| self.taken.get_mut(index));
        if let (Some(taken), Some(partner)) = (taken, self.partner.get_mut(after)) {
            *taken = true;
            *partner = before;
        }
    }

    fn free_before(&self, key: &impl Fn(&Row) -> Key) -> BTreeMap<Vec<u8>, Vec<usize>> {
        let mut free: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
        for index in self.free_places() {
            if let Some(key) = self.before.get(index).and_then(|row| key(row)) {
                free.entry(key).or_default().push(index);
            }
        }
        free
    }

    fn free_places(&self) -> Vec<usize> {
        let places = self.taken.iter().enumerate();
        places
            .filter(|(_, taken)| !**taken)
            .map(|(index, _)| index)
            .collect()
    }

    fn free_after(&self) -> Vec<usize> {
        let places = self.partner.iter().enumerate();
        places
            .filter(|(_, partner)| partner.is_none())
            .map(|(index, _)| index)
            .collect()
    }

    /// The properties in which one row may differ from itself: what switches it first, what people call it last, its name
    /// never.
    fn properties(&self) -> Vec<String> {
        let before = self
            .free_places()
            .into_iter()
            .filter_map(|index| self.before.get(index));
        let after = self
            .free_after()
            .into_iter()
            .filter_map(|index| self.after.get(index));
        let names: BTreeSet<&str> = before
            .chain(after)
            .flat_map(|row| row.iter().map(|(name, _)| name))
            .filter(|name| *name != "name")
            .collect();
        let mut names: Vec<String> = names.into_iter().map(String::from).collect();
        names.sort_by_key(|name| (name != "disabled", name == "comment"));
        names
    }

    /// For each row of the second, whether it has to move for the order to be that of the first.
    fn moved(&self) -> Vec<bool> {
        let order: Vec<usize> = self.partner.iter().flatten().copied().collect();
        let staying: BTreeSet<usize> = longest_rising(&order)
            .into_iter()
            .filter_map(|step| order.get(step).copied())
            .collect();
        let moves = |partner: &Option<usize>| partner.is_some_and(|index| !staying.contains(&index));
        self.partner.iter().map(moves).collect()
    }
}

/// How many pairs of rows are looked at one by one: beyond it rows are told apart by their keys alone.
const MOST_COMPARED: usize = 1 << 18;

/// The places of a longest rising subsequence.
pub(crate) fn longest_rising(values: &[usize]) -> Vec<usize> {
    // ends[n]: where the smallest value stands that ends a rising sequence of n + 1; before: what precedes it there.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(values.len());
    for (place, value) in values.iter().enumerate() {
        let length = ends.partition_point(|end| values.get(*end).is_some_and(|end| end < value));
        before.push(length.checked_sub(1).and_then(|last| ends.get(last).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    let mut rising = Vec::with_capacity(ends.len());
    let mut at = ends.last().copied();
    while let Some(place) = at {
        rising.push(place);
        at = before.get(place).copied().flatten();
    }
    rising.reverse();
    rising
}

impl Selector {
    /// What tells the rows of the factory apart.
    fn key(&self) -> Key {
        match self {
            Selector::Added => None,
            Selector::Single => Some(Vec::new()),
            Selector::Position(position) => Some(position.as_bytes().to_vec()),
            Selector::Found(properties) => {
                let mut key = Vec::new();
                for (name, value) in properties {
                    push(&mut key, name, value.as_bytes());
                }
                Some(key)
            }
        }
    }
}

impl Row {
    /// All that the row means but its secrets, and what tells it from others of the factory, as bytes; `None` where it is built in
    /// or as the factory made it.
    pub(crate) fn essence(&self) -> Option<Vec<u8>> {
        if self.is_built_in() || says_nothing(self) {
            return None;
        }
        let mut essence = Vec::new();
        push(&mut essence, "", &self.selector.key().unwrap_or_default());
        let meaning = self.meaning();
        let told = meaning.iter().filter(|(name, _)| !schema::is_secret(name));
        told.for_each(|(name, value)| push(&mut essence, name, value));
        Some(essence)
    }
}

/// Whether a row is always there and is as it always is.
fn says_nothing(row: &Row) -> bool {
    let implied =
        |(name, value): (&str, &Value)| row.default_is(name, value) || row.selector.implies(name, value);
    row.selector != Selector::Added && row.iter().all(implied)
}

/// All that a row means but one property, as one key.
fn meaning_without(row: &Row, property: &str) -> Vec<u8> {
    let mut key = Vec::new();
    for (name, value) in row.meaning().iter().filter(|(name, _)| *name != property) {
        push(&mut key, name, value);
    }
    key
}

/// Adds a property; with the lengths of both, no two rows have one key.
fn push(key: &mut Vec<u8>, name: &str, value: &[u8]) {
    for text in [name.as_bytes(), value] {
        key.extend(u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
        key.extend_from_slice(text);
    }
}

/// What a row has as these properties, where it has them all.
fn values(row: &Row, names: &[&str]) -> Key {
    let mut key = Vec::new();
    for name in names {
        let value = row.get(name).filter(|value| !value.is_empty())?;
        push(
            &mut key,
            name,
            &crate::routeros::value::canonical(row.kind(name), value),
        );
    }
    Some(key)
}

/// How many properties two rows have alike; `None` where that is less than half of either, or they have names of their own.
fn likeness(left: &Row, right: &Row) -> Option<usize> {
    let (own, other) = (left.meaning(), right.meaning());
    let same = own.iter().filter(|property| other.contains(property)).count();
    let names = (left.get("name"), right.get("name"));
    let is_another = matches!(names, (Some(left), Some(right)) if left != right);
    let enough = same > 0 && same.saturating_mul(2) >= own.len().max(other.len());
    (enough && !is_another).then_some(same)
}

fn changed(old: &Row, new: &Row) -> Vec<Change> {
    let (before, after) = (old.meaning(), new.meaning());
    let gone = before.iter().filter(|own| !after.contains(own));
    let come = after.iter().filter(|own| !before.contains(own));
    let names: BTreeSet<&str> = gone.chain(come).map(|(name, _)| *name).collect();
    let change = |name: &str| Change {
        name: name.into(),
        before: old.get(name).cloned(),
        after: new.get(name).cloned(),
    };
    names.into_iter().map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_longest_run_in_order_stays() {
        assert_eq!(longest_rising(&[3, 0, 1, 4, 2, 5]), [1, 2, 4, 5]);
        assert_eq!(longest_rising(&[2, 1, 0, 2, 1]), [2, 4]);
        assert!(longest_rising(&[]).is_empty());
    }
}
