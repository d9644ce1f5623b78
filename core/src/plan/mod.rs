//! The ordered difference between what a site needs and what a router has.
