//! One integration binary: a module a subject.

mod architecture;
mod schema;
mod shared;
