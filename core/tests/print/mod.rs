//! Outputs of `print`: one router in all its forms, real outputs, and what cannot be read.

pub mod routers;

mod forms;
mod refused;
mod vectors;
