//! Exports and REST JSON → [`Router`](super::router).
