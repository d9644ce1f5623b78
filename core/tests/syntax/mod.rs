//! RouterOS text: bytes to tree and back.

mod corpus;
mod oracle;
mod print;
mod properties;
mod structure;
mod vectors;
