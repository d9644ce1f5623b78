//! JSON documents: written in one way, and read with eyes on their fields, so that all that is wrong with one is told, each fault with its field
//! and its place.
//!
//! ```text
//!  bytes --Document::open--> Document + Node --fields, items, text, number ..--> values of a subject
//!                                '--into_faults--> DocumentErrors
//! ```
//!
//! How a document is read is said beside what it says: that of a site in [`site`](crate::site), that of a scenario in
//! [`simulate`](mod@crate::simulate). Unknown fields are refused, `null` is as good as absent.
//!
//! # Example
//!
//! ```
//! use multi_isp::site::Site;
//!
//! let json = br#"{"schema": "multi-isp/site/1", "mode": "failure", "lines": []}"#;
//! let errors = Site::from_json(json).unwrap_err();
//! let [fault] = errors.diagnostics() else { panic!("one thing is wrong") };
//! assert_eq!(fault.code.as_str(), "unknown-value");
//! assert_eq!(fault.place.map(|place| &json[place.offset..][..place.length]), Some(&br#""failure""#[..]));
//! ```

mod errors;
mod escape;
mod reader;
pub(crate) mod written;

pub use self::errors::DocumentErrors;
pub(crate) use self::errors::{Frames, fault};
pub(crate) use self::reader::{Document, Fields, HEX, Limit, Node, SMALL};
