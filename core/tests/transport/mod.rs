//! Script, API and REST are three ways to the same router.

mod bytes;
mod equal;
mod other_end;
mod reading;
mod stale;
