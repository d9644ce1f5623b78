//! The simulator: what routers do with packets, and what becomes of their customers when lines die.

mod adopt;
mod conformance;
pub mod corpus;
mod documents;
mod failures;
mod fragments;
mod hand;
mod leases;
mod model;
mod routes;
mod sequences;
mod shares;
mod steps;
mod transitions;
mod undo;
mod walk;
pub mod wanted;
mod wrong_order;
