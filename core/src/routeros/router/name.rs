//! Names of properties: the schema's where it knows them.

use alloc::sync::Arc;
use core::{cmp::Ordering, fmt, ops::Deref};

use crate::routeros::{
    schema::{Menu, Property},
    value::Kind,
};

/// The name of a property.
///
/// Most are the schema's and cost nothing; the others are kept as typed.
#[derive(Clone)]
pub(crate) enum Name {
    Known(&'static Property),
    Other(Arc<str>),
}

impl Name {
    /// The name in that menu.
    pub(crate) fn of(menu: Option<&'static Menu>, typed: &str) -> Name {
        match menu.and_then(|menu| menu.property(typed)) {
            Some(property) => Name::Known(property),
            None => Name::Other(Arc::from(typed)),
        }
    }

    /// How its values are compared.
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Name::Known(property) => property.kind(),
            Name::Other(_) => Kind::Auto,
        }
    }
}

impl Deref for Name {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Name::Known(property) => property.name(),
            Name::Other(name) => name,
        }
    }
}

impl PartialEq for Name {
    fn eq(&self, other: &Name) -> bool {
        **self == **other
    }
}

impl Eq for Name {}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Name) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Name {
    fn cmp(&self, other: &Name) -> Ordering {
        (**self).cmp(&**other)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}
