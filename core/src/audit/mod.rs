//! Checks of a router that somebody set up, whoever it was and whenever.
//!
//! ```text
//!  Router --View--> every rule of RULES --> Report: findings with their places, what shows them, and what mends them
//! ```
//!
//! It needs no site: what the router is meant to do is read from what it has. Where a fault shows in forwarding, a rule does not
//! guess from text but asks the simulator, and its finding tells the way of the packet.
//!
//! An **error** is a fault by which traffic is lost or goes astray as things stand, or as soon as a line fails that others should
//! stand in for. A **warning** works until something else happens, or at a cost. A **note** is worth knowing.

mod addresses;
mod exposure;
mod fix;
mod levels;
mod lists;
mod local;
mod marked;
mod marks;
mod menus;
mod mobile;
mod outages;
mod probes;
mod routing;
pub mod rules;
mod scripts;
mod slaves;
#[cfg(test)]
mod testing;
mod torn;
mod view;

pub use self::levels::levels;
pub use self::rules::RULES;
pub use self::view::View;
use alloc::vec::Vec;

use crate::diagnostic::Diagnostic;
use crate::routeros::router::Router;
use crate::rule::{self, Report};

/// A rule of audit
pub type Rule = rule::Rule<fn(&View<'_>) -> Vec<Diagnostic>>;

/// All findings about a router
///
/// # Example
///
/// ```
/// use multi_isp::{Router, audit};
///
/// let export = b"/interface bridge\nadd name=bridge\n\
///     /ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.0.2.2/24 interface=ether1\n\
///     /ip firewall nat\nadd action=masquerade chain=srcnat\n\
///     /ip route\nadd gateway=192.0.2.1\n";
/// let report = audit(&Router::from_export(export, None)?);
/// let found = report.findings().iter().find(|found| found.code.as_str() == "blanket-masquerade").ok_or("none")?;
/// assert_eq!(found.place.map(|place| place.line), Some(7));
/// assert_eq!(
///     found.fix.as_ref().map(|fix| fix.commands[0].as_str()),
///     Some("/ip firewall nat set [find where action=masquerade and chain=\"srcnat\" and comment=\"\" and dynamic=no] out-interface=ether1")
/// );
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn audit(router: &Router) -> Report {
    let view = View::of(router);
    RULES.iter().flat_map(|rule| (rule.check)(&view)).collect()
}
