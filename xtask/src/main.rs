//! The one place that knows how to build and test.

fn main() {}
