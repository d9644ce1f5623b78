//! What mends a finding, and what shows that it is one.

use alloc::string::String;
use alloc::vec::Vec;

use serde::Serialize;

use super::Place;

/// Commands that mend a finding, run on a copy of the router before they are given away
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What they do, in a few words
    pub what: String,
    /// Full commands, to be sent as they are in their order
    pub commands: Vec<String>,
    /// Those that take them back, in their order
    pub undo: Vec<String>,
}

/// One thing that happens to a packet, or that a router does, on the way to what a finding says
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// What happens
    pub what: String,
    /// How deep it stands in what shows the finding: 0 a packet as it comes, 1 what happens to it
    pub depth: u8,
    /// Where the row stands that does it
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Place>,
}
