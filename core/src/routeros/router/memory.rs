//! What a running router remembers besides its rows; a reboot forgets it.

use alloc::{collections::BTreeMap, string::String};

use core::fmt;

use crate::routeros::router::{row::RowId, run::Global};

/// Clock, timers and global variables.
#[derive(Clone, Default)]
pub(super) struct Memory {
    /// Milliseconds since the start.
    pub(super) clock: u64,
    pub(super) timers: BTreeMap<RowId, Timer>,
    pub(super) globals: BTreeMap<String, Global>,
}

/// Variables may hold secrets: only their names are shown.
impl fmt::Debug for Memory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Memory")
            .field("clock", &self.clock)
            .field("globals", &self.globals.keys())
            .finish_non_exhaustive()
    }
}

/// When a scheduler runs next.
#[derive(Clone, Copy, Debug)]
pub(super) struct Timer {
    /// Milliseconds between two runs.
    pub(super) interval: u64,
    pub(super) next: u64,
}
