//! One integration binary: a module a subject.

mod architecture;
mod examples;
mod firewall;
mod pcc;
mod plan;
mod router;
mod schema;
mod shared;
mod site;
mod syntax;
