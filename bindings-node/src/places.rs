//! Places in what a caller gave: bytes of bytes, UTF-16 units of a string.

use std::collections::BTreeMap;
use std::sync::Arc;

use multi_isp::{Place, Unit};

/// How a text was given, which says how places in it are counted.
#[derive(Clone, Debug, Default)]
pub struct Places(Option<Arc<str>>);

impl Places {
    /// Those of a string.
    pub fn of_string(text: &str) -> Self {
        // In a text of ASCII alone both count the same.
        Self((!text.is_ascii()).then(|| Arc::from(text)))
    }

    /// A place as the caller counts it.
    pub fn of(&self, place: Place) -> Place {
        let source = self.0.as_deref();
        source.map_or(place, |source| place.in_units(source.as_bytes(), Unit::Utf16))
    }

    /// A document of core with all its places as the caller counts them.
    pub fn told(&self, json: String) -> String {
        if self.0.is_none() {
            return json;
        }
        let mut told = String::with_capacity(json.len());
        let mut rest = json.as_str();
        // Only a key can look like this: within a text each quote has a backslash before it.
        while let Some(start) = rest.find(FIRST_KEY) {
            let (before, place) = rest.split_at(start);
            let (fields, behind) = place.split_at(place.find('}').unwrap_or(place.len()));
            told.push_str(before);
            match read(fields).map(|place| self.of(place)) {
                Some(place) => told.push_str(&written(place)),
                None => told.push_str(fields),
            }
            rest = behind;
        }
        told.push_str(rest);
        told
    }
}

/// The place that stands between two braces.
fn read(fields: &str) -> Option<Place> {
    let object = format!("{{{fields}}}");
    let fields: BTreeMap<&str, u32> = serde_json::from_str(&object).ok()?;
    let field = |name: &str| fields.get(name).copied();
    Some(Place {
        offset: usize::try_from(field("offset")?).ok()?,
        length: usize::try_from(field("length")?).ok()?,
        line: field("line")?,
        column: field("column")?,
    })
}

fn written(place: Place) -> String {
    let Place {
        offset,
        length,
        line,
        column,
    } = place;
    format!("{FIRST_KEY}{offset},\"length\":{length},\"line\":{line},\"column\":{column}")
}

const FIRST_KEY: &str = "\"offset\":";
