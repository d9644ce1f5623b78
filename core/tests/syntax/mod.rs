//! RouterOS text: bytes to tree and back.

mod corpus;
mod language;
mod oracle;
mod print;
mod properties;
mod structure;
mod vectors;
