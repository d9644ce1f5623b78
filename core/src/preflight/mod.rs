//! Checks of a site against a router before anything is planned.
