//! Canonical values: booleans, durations, addresses, lists, negation, ids.
