//! One integration binary: a module a subject.

mod architecture;
mod bytes;
mod customers;
mod emit;
mod emitted;
mod examples;
mod firewall;
mod hand_made;
mod json_schema;
mod kinds;
mod leases;
mod matrix;
mod metered;
mod pcc;
mod plan;
mod preflight;
mod router;
mod schema;
mod secrets;
mod sequences;
mod shared;
mod site;
mod stale_connections;
mod survey;
mod syntax;
mod versions;
