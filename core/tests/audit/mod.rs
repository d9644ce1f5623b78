//! The audit over whole routers: those that our plans make, bundled ones, and what people published.

mod corpus;
mod documents;
mod faults;
mod own_making;
