//! Properties of a row.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::{self, Vec};
use core::fmt;
use core::ops::{Deref, DerefMut};

use serde::{Serialize, Serializer};

use crate::routeros::schema;
use crate::routeros::value::Value;

/// Properties of a row, in the order in which they are written. Neither `Debug` nor JSON shows secrets.
#[derive(Clone, Default, PartialEq)]
pub struct Properties(Vec<(String, Value)>);

impl Deref for Properties {
    type Target = Vec<(String, Value)>;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Properties {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

impl IntoIterator for Properties {
    type Item = (String, Value);
    type IntoIter = vec::IntoIter<(String, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<const N: usize> From<[(String, Value); N]> for Properties {
    fn from(properties: [(String, Value); N]) -> Self {
        Self(properties.into())
    }
}

impl FromIterator<(String, Value)> for Properties {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(properties: I) -> Self {
        Self(properties.into_iter().collect())
    }
}

impl fmt::Debug for Properties {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self
            .iter()
            .map(|(name, value)| (name, schema::shown(name, value)));
        f.debug_map().entries(shown).finish()
    }
}

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|(name, value)| Property {
            name,
            value: schema::shown(name, value),
        }))
    }
}

#[derive(Serialize)]
struct Property<'a> {
    name: &'a str,
    value: Cow<'a, Value>,
}
