//! Script, API and REST are three ways to the same router.

mod answers;
mod bytes;
mod equal;
mod forms;
mod other_end;
mod reading;
mod stale;
