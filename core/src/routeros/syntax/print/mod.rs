//! Tree and commands → text: the only place that formats RouterOS text.

mod command;

pub use command::{Condition, Line, fill, find, nth, read, unless_found};
