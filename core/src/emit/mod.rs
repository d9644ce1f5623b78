//! A plan as text for a router.
