//! Names of properties: static where the schema knows them.

use alloc::sync::Arc;
use core::{fmt, ops::Deref};

use crate::routeros::schema::Menu;

/// The name of a property.
///
/// Most names are known to the schema and cost nothing; the others are kept as typed.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name(Repr);

#[derive(Clone)]
enum Repr {
    Known(&'static str),
    Other(Arc<str>),
}

impl Name {
    pub(crate) const fn known(name: &'static str) -> Name {
        Name(Repr::Known(name))
    }

    /// The name as the menu spells it, else as typed.
    pub(crate) fn of(menu: Option<&'static Menu>, typed: &str) -> Name {
        match menu.and_then(|menu| menu.property(typed)) {
            Some(property) => Name::known(property.name()),
            None => Name(Repr::Other(Arc::from(typed))),
        }
    }
}

impl Deref for Repr {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Repr::Known(name) => name,
            Repr::Other(name) => name,
        }
    }
}

impl PartialEq for Repr {
    fn eq(&self, other: &Repr) -> bool {
        **self == **other
    }
}

impl Eq for Repr {}

impl PartialOrd for Repr {
    fn partial_cmp(&self, other: &Repr) -> Option<core::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Repr {
    fn cmp(&self, other: &Repr) -> core::cmp::Ordering {
        (**self).cmp(&**other)
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
