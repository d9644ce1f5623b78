//! multi-isp for Kotlin and Swift.
//!
//! What is parsed once stays in Rust, as an object; everything else is a record, and crosses as the JSON document that core
//! reads and writes. Nothing is decided here.

uniffi::setup_scaffolding!("multi_isp");

mod alerts;
mod audit;
mod documents;
mod error;
mod plan;
mod records;
mod report;
mod router;
mod simulate;
mod status;
mod survey;
mod text;
mod transport;
