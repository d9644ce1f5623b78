//! RouterOS text: bytes ↔ lossless tree.
