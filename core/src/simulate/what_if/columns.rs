//! The columns that people see: traffic that fares alike in every state stands in one.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::classes::{CUSTOMER, ON};
use super::{Class, Matrix};
use crate::simulate::scenario::Source;

/// Some of the classes.
pub(super) struct Column {
    pub(super) name: String,
    /// The place of the first; the others have the same cells.
    pub(super) class: usize,
}

/// Classes that fare alike.
struct Group<'m> {
    classes: Vec<&'m Class>,
    first: usize,
    told: Vec<String>,
}

impl Matrix {
    pub(super) fn columns(&self) -> Vec<Column> {
        let mut groups: Vec<Group<'_>> = Vec::new();
        for (at, class) in self.classes.iter().enumerate() {
            let told = self.told(at);
            let alike = groups.iter_mut().find(|group| {
                group.told == told && group.classes.first().is_some_and(|first| first.is_akin(class))
            });
            match alike {
                Some(group) => group.classes.push(class),
                None => groups.push(Group {
                    classes: alloc::vec![class],
                    first: at,
                    told,
                }),
            }
        }
        groups
            .into_iter()
            .map(|group| Column {
                name: self.name(&group.classes),
                class: group.first,
            })
            .collect()
    }

    /// All cells of a class in words.
    fn told(&self, class: usize) -> Vec<String> {
        let cells = self
            .states
            .iter()
            .flat_map(|state| [state.new.get(class), state.established.get(class)]);
        cells.flatten().map(|cell| cell.told(&self.lines)).collect()
    }

    fn name(&self, classes: &[&Class]) -> String {
        let Some((first, others)) = classes.split_first() else {
            return String::new();
        };
        let customers = self.classes.iter().filter(|class| class.is_customer()).count();
        match others.len() {
            0 => first.name.clone(),
            _ if first.is_customer() && classes.len() == customers => CUSTOMER.into(),
            1 | 2 if first.is_customer() => {
                let names = others.iter().filter_map(|other| other.by_network());
                let names: Vec<&str> = core::iter::once(first.name.as_str()).chain(names).collect();
                names.join(", ")
            }
            more => format!("{} and {more} more", first.name),
        }
    }
}

impl Class {
    /// Whether both are of one kind: customers, or ports that are forwarded over one line.
    fn is_akin(&self, other: &Self) -> bool {
        match (&self.by, &other.by) {
            (None, None) => self.is_customer() && other.is_customer(),
            (own, other) => own == other,
        }
    }

    fn by_network(&self) -> Option<&str> {
        self.name.split_once(ON).map(|(_, network)| network)
    }

    fn is_customer(&self) -> bool {
        matches!(self.traffic.from, Source::Lan | Source::Interface { .. })
    }
}
