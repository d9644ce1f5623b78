//! Two routers → what differs.

use alloc::{collections::BTreeMap, string::String, vec::Vec};

use core::fmt;

use crate::routeros::{
    router::{Router, Row, Table},
    schema,
    value::Value,
};

/// A difference between two routers, from the first to the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A row that only the second has.
    Added {
        /// Path of the menu.
        menu: String,
        /// The row.
        row: Row,
    },
    /// A row that only the first has.
    Removed {
        /// Path of the menu.
        menu: String,
        /// The row.
        row: Row,
    },
    /// A row that both have, with other properties.
    Changed {
        /// Path of the menu.
        menu: String,
        /// The row as the first has it.
        row: Row,
        /// Each property that means something else.
        properties: Vec<Change>,
    },
    /// A row that stands elsewhere, in a menu whose order means something.
    Moved {
        /// Path of the menu.
        menu: String,
        /// The row as the second has it.
        row: Row,
    },
}

/// A property that means something else.
#[derive(Clone, PartialEq, Eq)]
pub struct Change {
    /// Its name.
    pub name: String,
    /// The first's value, where it is set.
    pub before: Option<Value>,
    /// The second's value, where it is set.
    pub after: Option<Value>,
}

/// Secrets are not shown.
impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if schema::is_secret(&self.name) {
            return write!(f, "{}: (secret)", self.name);
        }
        write!(f, "{}: {:?} -> {:?}", self.name, self.before, self.after)
    }
}

impl Router {
    /// What changes from this router to `other`, menu by menu; dynamic rows and live values do not count.
    ///
    /// Rows that mean the same are one; of the others those with the same name, else the same comment, are one that
    /// changed.
    ///
    /// # Example
    /// ```
    /// use multi_isp::routeros::router::{Difference, Router};
    ///
    /// let before = Router::from_export(b"/ip route add comment=isp1 gateway=192.0.2.1\n", None)?;
    /// let after = Router::from_export(b"/ip route add comment=isp1 gateway=192.0.2.1 distance=2\n", None)?;
    /// let differences = before.diff(&after);
    /// let [Difference::Changed { properties, .. }] = differences.as_slice() else { panic!() };
    /// assert_eq!(format!("{:?}", properties[0]), r#"distance: None -> Some("2")"#);
    /// assert!(before.diff(&before).is_empty());
    /// # Ok::<(), multi_isp::routeros::read::ReadError>(())
    /// ```
    pub fn diff(&self, other: &Router) -> Vec<Difference> {
        let mut menus: Vec<&str> = self.menus().chain(other.menus()).collect();
        menus.sort_by_key(|menu| schema::export_order(menu));
        menus.dedup();
        menus
            .into_iter()
            .flat_map(|menu| differences(menu, self.table(menu), other.table(menu)))
            .collect()
    }
}

fn differences(menu: &str, before: &Table, after: &Table) -> Vec<Difference> {
    let before: Vec<&Row> = before.iter().filter(|row| !row.is_given()).collect();
    let after: Vec<&Row> = after.iter().filter(|row| !row.is_given()).collect();
    let mut pairs = Pairs {
        partner: alloc::vec![None; after.len()],
        taken: alloc::vec![false; before.len()],
    };
    pairs.join(&before, &after, |row| Some(identity(row)));
    pairs.join(&before, &after, |row| handle(row, "name"));
    pairs.join(&before, &after, |row| handle(row, "comment"));
    if schema::menu(menu).is_some_and(schema::Menu::single) {
        pairs.join(&before, &after, |_| Some(Vec::new()));
    }
    let mut found = Vec::new();
    let gone = before.iter().zip(&pairs.taken).filter(|(_, taken)| !**taken);
    found.extend(gone.map(|(row, _)| Difference::Removed {
        menu: menu.into(),
        row: (*row).clone(),
    }));
    for (row, partner) in after.iter().zip(&pairs.partner) {
        let Some(old) = partner.and_then(|index| before.get(index)) else {
            found.push(Difference::Added {
                menu: menu.into(),
                row: (*row).clone(),
            });
            continue;
        };
        let properties = changed(old, row);
        if !properties.is_empty() {
            found.push(Difference::Changed {
                menu: menu.into(),
                row: (*old).clone(),
                properties,
            });
        }
    }
    if schema::menu(menu).is_some_and(schema::Menu::ordered) {
        let moved = after.iter().zip(pairs.moved()).filter(|(_, moved)| *moved);
        found.extend(moved.map(|(row, _)| Difference::Moved {
            menu: menu.into(),
            row: (*row).clone(),
        }));
    }
    found
}

/// Which row of the first is which row of the second.
struct Pairs {
    /// For each row of the second, the index in the first.
    partner: Vec<Option<usize>>,
    /// For each row of the first, whether it has a partner.
    taken: Vec<bool>,
}

impl Pairs {
    /// Joins rows that are still alone and have the same key, in their order.
    fn join(&mut self, before: &[&Row], after: &[&Row], key: impl Fn(&Row) -> Option<Vec<u8>>) {
        let mut free: BTreeMap<Vec<u8>, Vec<usize>> = BTreeMap::new();
        for (index, row) in before.iter().enumerate().rev() {
            if let Some(key) = key(row).filter(|_| self.taken.get(index) == Some(&false)) {
                free.entry(key).or_default().push(index);
            }
        }
        for (row, partner) in after.iter().zip(&mut self.partner) {
            if partner.is_some() {
                continue;
            }
            let found = key(row).and_then(|key| free.get_mut(&key)?.pop());
            if let Some(taken) = found.and_then(|index| self.taken.get_mut(index)) {
                *taken = true;
                *partner = found;
            }
        }
    }

    /// For each row of the second, whether it has to move for the order to be that of the first: all but a longest
    /// run that is in order already.
    fn moved(&self) -> Vec<bool> {
        let order: Vec<usize> = self.partner.iter().flatten().copied().collect();
        let mut staying = longest_rising(&order).into_iter().peekable();
        let stays =
            |index: &usize, staying: &mut core::iter::Peekable<_>| staying.next_if_eq(index).is_some();
        self.partner
            .iter()
            .map(|partner| partner.as_ref().is_some_and(|index| !stays(index, &mut staying)))
            .collect()
    }
}

/// A longest rising subsequence.
fn longest_rising(values: &[usize]) -> Vec<usize> {
    // ends[n]: the smallest value that ends a rising sequence of n + 1, and the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: BTreeMap<usize, Option<usize>> = BTreeMap::new();
    for value in values {
        let place = ends.partition_point(|end| end < value);
        before.insert(
            *value,
            place.checked_sub(1).and_then(|index| ends.get(index).copied()),
        );
        match ends.get_mut(place) {
            Some(end) => *end = *value,
            None => ends.push(*value),
        }
    }
    let mut rising = Vec::new();
    let mut at = ends.last().copied();
    while let Some(value) = at {
        rising.push(value);
        at = before.get(&value).copied().flatten();
    }
    rising.reverse();
    rising
}

/// All that a row means, as one key.
fn identity(row: &Row) -> Vec<u8> {
    let mut key = Vec::new();
    for (name, value) in row.meaning() {
        key.extend_from_slice(name.as_bytes());
        key.push(b'=');
        key.extend_from_slice(&value);
        key.push(0);
    }
    key
}

fn handle(row: &Row, name: &str) -> Option<Vec<u8>> {
    row.get(name)
        .filter(|value| !value.is_empty())
        .map(|value| value.as_bytes().to_vec())
}

fn changed(old: &Row, new: &Row) -> Vec<Change> {
    let (old_meaning, new_meaning) = (old.meaning(), new.meaning());
    let mut names: Vec<&str> = Vec::new();
    names.extend(
        old_meaning
            .iter()
            .filter(|own| !new_meaning.contains(own))
            .map(|(name, _)| *name),
    );
    names.extend(
        new_meaning
            .iter()
            .filter(|own| !old_meaning.contains(own))
            .map(|(name, _)| *name),
    );
    names.sort_unstable();
    names.dedup();
    names
        .into_iter()
        .map(|name| Change {
            name: name.into(),
            before: old.get(name).cloned(),
            after: new.get(name).cloned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::format;

    use super::*;

    fn rules(chains: &[&str]) -> Router {
        let rules = chains
            .iter()
            .map(|comment| format!("add chain=forward comment={comment}\n"));
        let export = format!("/ip firewall filter\n{}", rules.collect::<String>());
        Router::from_export(export.as_bytes(), None).unwrap()
    }

    #[test]
    fn order_counts_where_the_menu_has_one() {
        let moved = rules(&["a", "b", "c"]).diff(&rules(&["c", "a", "b"]));
        let [Difference::Moved { row, .. }] = moved.as_slice() else {
            panic!("{moved:?}")
        };
        assert_eq!(row.text("comment").unwrap(), "c");

        let lists = |export: &str| Router::from_export(export.as_bytes(), None).unwrap();
        let one = lists("/interface list\nadd name=WAN\nadd name=LAN\n");
        assert_eq!(
            one.diff(&lists("/interface list\nadd name=LAN\nadd name=WAN\n")),
            []
        );
    }

    #[test]
    fn rows_come_and_go() {
        let differences = rules(&["a", "b"]).diff(&rules(&["b", "d"]));
        assert!(matches!(
            differences.as_slice(),
            [Difference::Removed { .. }, Difference::Added { .. }]
        ));
    }

    #[test]
    fn secrets_are_not_shown() {
        let client = |password: &str| {
            let export =
                format!("/interface pppoe-client add name=wan interface=ether1 password={password}\n");
            Router::from_export(export.as_bytes(), None).unwrap()
        };
        let shown = format!(
            "{:?} {:?}",
            client("hunter2").diff(&client("hunter3")),
            client("hunter2")
        );
        assert!(shown.contains("password: (secret)"));
        assert!(!shown.contains("hunter"));
    }

    #[test]
    fn a_longest_run_in_order_stays() {
        assert_eq!(longest_rising(&[3, 0, 1, 4, 2, 5]), [0, 1, 2, 5]);
        assert!(longest_rising(&[]).is_empty());
    }
}
