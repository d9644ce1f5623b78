//! A plan as what is sent to a router: a script, API sentences or REST requests.
//!
//! ```text
//!  Change --command--> one script, which finds its rows when it runs
//!  Change + Router --resolve--> Call --ApiCall--> Sentence --+
//!                                 '--RestCall--> Request ----+--> the router's reply --Replies--> ids of rows that came
//! ```
//!
//! Over the API and REST a row is addressed by its id. Which row a change means is asked of a copy of the router, on which
//! the changes before it have run; the id of a row that the plan itself adds is in the reply to the call that adds it.

mod api;
mod call;
mod document;
mod error;
mod import;
mod reply;
mod resolve;
mod rest;
mod script;

pub use api::{ApiCall, Sentence, api};
pub use call::Address;
pub use error::TransportError;
pub use import::Import;
pub use reply::{NotReady, Refused, Replies};
pub use resolve::Gone;
pub use rest::{Request, RestCall, rest};
pub use script::PhaseScript;
