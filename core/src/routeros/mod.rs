//! A RouterOS library of its own: it knows nothing of internet lines, sites or plans.

pub mod answer;
pub mod read;
pub mod router;
pub mod schema;
pub mod syntax;
pub mod value;
pub mod version;
pub(crate) mod word;
