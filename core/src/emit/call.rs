//! One command by id, before a transport gives it its form.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{NotReady, Replies};
use crate::routeros::router::RowId;
use crate::routeros::schema;

/// Where the id of a row comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Address {
    /// The router gave it when it was read.
    Known(RowId),
    /// The reply to a call before this one gives it.
    Added {
        /// The place of that call, from 0.
        call: usize,
    },
}

/// One command by id; the values are bytes, or text where a transport takes nothing else.
#[derive(Clone)]
pub(super) struct Call<V> {
    /// The place of the change among those that were given, from 0.
    pub(super) change: usize,
    pub(super) menu: String,
    pub(super) verb: Verb,
    /// The row; none where one comes, and in a menu of settings.
    pub(super) row: Option<Address>,
    /// The row that it comes to stand before.
    pub(super) place: Option<Address>,
    /// What becomes of each property; none clears it.
    pub(super) values: Vec<(String, Option<V>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Add,
    Set,
    Remove,
    Move,
    /// Of a script.
    Run,
}

impl Verb {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Set => "set",
            Self::Remove => "remove",
            Self::Move => "move",
            Self::Run => "run",
        }
    }

    /// The argument that says which row; the API's is `.id`; a move takes the console's (`ROUTEROS-BEHAVIOUR` §13).
    pub(super) fn row(self) -> &'static str {
        if self == Self::Move { "numbers" } else { ".id" }
    }

    /// The argument that says where.
    pub(super) fn place(self) -> &'static str {
        if self == Self::Move {
            "destination"
        } else {
            "place-before"
        }
    }
}

impl<V> Call<V> {
    /// The same call with other values.
    pub(super) fn try_map<W, E>(self, map: impl Fn(&str, &str, V) -> Result<W, E>) -> Result<Call<W>, E> {
        let menu = self.menu;
        let values = self.values.into_iter().map(|(name, value)| {
            let value = value.map(|value| map(&menu, &name, value)).transpose()?;
            Ok((name, value))
        });
        Ok(Call {
            values: values.collect::<Result<_, E>>()?,
            change: self.change,
            menu,
            verb: self.verb,
            row: self.row,
            place: self.place,
        })
    }

    /// The rows that the call names.
    pub(super) fn addresses(&self) -> impl Iterator<Item = Address> {
        self.row.into_iter().chain(self.place)
    }

    /// The arguments that name rows, with their ids.
    pub(super) fn named(&self, replies: &Replies) -> Result<Vec<(&'static str, RowId)>, NotReady> {
        let row = self.row.map(|row| (self.verb.row(), row));
        let place = self.place.map(|place| (self.verb.place(), place));
        row.into_iter()
            .chain(place)
            .map(|(name, address)| Ok((name, replies.id(address)?)))
            .collect()
    }
}

/// Secrets are not shown.
impl<V: fmt::Debug> fmt::Debug for Call<V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.menu, self.verb.word())?;
        for address in self.addresses() {
            write!(f, " {address:?}")?;
        }
        for (name, value) in &self.values {
            match value {
                Some(_) if is_hidden(name) => write!(f, " {name}: (secret)")?,
                Some(value) => write!(f, " {name}: {value:?}")?,
                None => write!(f, " !{name}")?,
            }
        }
        Ok(())
    }
}

/// Whether a value is not shown: a secret, or a script, which may hold one (that of a guard does).
pub(super) fn is_hidden(property: &str) -> bool {
    schema::is_secret(property) || property == "source"
}
