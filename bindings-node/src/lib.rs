//! multi-isp for Node.js: a conversion, one call of core, an error mapped.
//!
//! ```text
//!  string, Buffer, object --text, json--> document --one verb of core--> handle | document --json--> object
//!                                              \--error--> an Error with code, help and diagnostics
//! ```

mod calls;
mod error;
mod json;
mod judge;
mod menus;
mod names;
mod number;
mod places;
mod plan;
mod plans;
mod report;
mod router;
mod simulate;
mod status;
mod survey;
mod text;
mod work;
