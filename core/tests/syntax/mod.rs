//! RouterOS text: bytes to tree and back.

mod corpus;
mod oracle;
mod properties;
mod structure;
