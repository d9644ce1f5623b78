//! What a site needs on a router: [`Site`](crate::site) × version → rows, one file a menu.
