//! Plan, prove and undo multi-WAN configurations of MikroTik routers.
//!
//! The library opens no socket, reads no clock and no file: everything is a pure function of its arguments.
//!
//! ```text
//!  operator's intent (JSON, builder)                  router text / REST JSON / API replies
//!         |                                                     |
//!         v                                                     v
//!       Site ----------------------.                routeros::syntax (lossless tree)
//!         |                         \                           |
//!         | desired                  \                          v   one interpreter loads an export and runs a plan
//!         v                           \                       Router <------------------------------.
//!    desired rows --- diff + order --- + ----> Plan --emit--> script | API sentences | REST requests |
//!    (pcc, failover)                             '--------------- run on the twin ------------------'
//!       Site + Router -- preflight --> Report         Router -- audit --> Report, and how to mend what it finds
//!                                                     Router -- ports, detect_line --> what a set-up form offers
//!                                                     Router + failures -- simulate, what_if --> the line that carries a packet
//!       Site + Router, read a moment ago -- status --> how each line is, a sentence for the router
//!       AlertState + SiteStatus + time -- alerts --> AlertState to keep + what to tell people
//! ```
#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::string_slice,
        clippy::panic,
        clippy::unreachable,
        clippy::todo,
        clippy::unimplemented,
        clippy::arithmetic_side_effects,
        clippy::as_conversions
    )
)]

extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod alerts;
pub mod audit;
pub mod desired;
pub mod diagnostic;
pub mod document;
pub mod emit;
pub mod failover;
pub mod pcc;
pub mod plan;
pub mod preflight;
pub mod routeros;
pub mod rule;
pub mod rulebook;
mod schemas;
pub mod simulate;
pub mod site;
pub mod status;
pub mod survey;

pub use alerts::{
    Alert, AlertKind, AlertOptions, AlertState, Log, Message, Messages, Reading, Replay, Template, alerts,
    replay,
};
pub use audit::audit;
pub use desired::{Balance, Desired, Outline};
pub use diagnostic::{Code, Diagnostic, Fix, Level, Place, Subject, Unit};
pub use document::DocumentErrors;
pub use emit::{
    ApiCall, Gone, Import, NotReady, PhaseScript, Refused, Replies, Request, RestCall, Sentence,
    TransportError,
};
pub use pcc::{Split, SplitOptions, split};
pub use plan::{
    Change, Direction, Drift, Fingerprint, Moved, NoGuard, Options, Part, Phase, Plan, PlanError, Purpose,
    Step, changes, plan_apply, plan_disable, plan_reads, verify,
};
pub use preflight::{Context, preflight, preflight_disable};
pub use routeros::answer::{ApiAnswer, RestAnswer};
pub use routeros::read::ReadError;
pub use routeros::router::{Difference, Live, Outcome, Router, RunError, Table, Unknown};
pub use routeros::syntax::{Script, SyntaxErrors};
pub use routeros::value::Value;
pub use routeros::version::{UnknownVersion, Version};
pub use rule::{LevelErrors, Levels, Report};
pub use rulebook::{Audited, Entry, entries, explain, sarif};
pub use schemas::schemas;
pub use simulate::{Matrix, Scenario, Trace, WhatIf, observe, simulate, what_if};
pub use site::{InvalidSpeed, Mbps, Site};
pub use status::{LineStatus, SiteStatus, StatusRead, Style, status, status_reads};
pub use survey::{
    DetectedLine, ExistingSetup, Port, PortList, SetupRow, detect_line, existing_setup, ports, site_of,
};

// The program in the README is compiled and run with the examples of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
