//! What a site needs on a router: [`Site`] × [`Router`] → rows, one file a subject.
//!
//! Rows of ours come first; a foreign row is changed only where there is no other way, and then each property that
//! changes is named. Which of it differs from what the router has is the business of [`plan`](crate::plan).

mod adjust;
mod clients;
mod dialect;
mod flush;
mod groups;
mod lines;
mod lists;
mod mangle;
mod nat;
mod replace;
mod report;
mod routes;
mod row;
mod scripts;
mod switch;
mod tables;
mod watch;

pub(crate) use clients::without_lease_script;
pub(crate) use groups::shares;
pub use groups::{Balance, Failure};
use lines::{DesiredLine, Needs};
pub use row::{Desired, DesiredRow, ForeignChange, ForeignEdit, Keeper, Lease, Outline, Setting, Switch};
pub(crate) use scripts::POLICY;

use crate::document::DocumentErrors;
use crate::routeros::router::Router;
use crate::routeros::value::Value;
use crate::site::Site;
use crate::survey::{self, Replaced, Role};

/// Everything that `site` needs on `router`, where the rows of a set-up by hand that it replaces are disabled already.
///
/// # Errors
///
/// Those of [`failover::allot_probes`](crate::failover::allot_probes): a line that is checked by probes has too few.
pub fn desired(site: &Site, router: &Router, replaced: &[Replaced]) -> Result<Desired, DocumentErrors> {
    let needs = Needs::of(site, router, replaced)?;
    let routes = routes::rows(&needs);
    let flush = flush::rows(&needs, &routes);
    let report = report::rows(&needs, &routes);
    let mut rows = alloc::vec::Vec::new();
    rows.extend(lists::rows(&needs));
    rows.extend(tables::rows(&needs));
    rows.extend(nat::rows(&needs));
    rows.extend(clients::rows(&needs));
    rows.extend(routes);
    rows.extend(watch::rows(&needs, Role::Watch));
    rows.extend(mangle::rows(&needs));
    rows.extend(flush);
    rows.extend(report);
    rows.push(scripts::site_row(site));
    Ok(Desired {
        rows,
        changes: replace::around(&needs, adjust::changes(&needs)),
        defaults: needs
            .lines
            .iter()
            .flat_map(|line| line.existing.default_routes.iter().map(|row| row.id()))
            .collect(),
        routed: needs
            .lines
            .iter()
            .map(|line| Value::from(survey::port_of(router, line.line)))
            .collect(),
        leases: clients::leases(&needs),
        switch: switch::switch(&needs),
        outline: routes::outline(&needs),
        customers: needs.marks().then_some(needs.customers),
        balance: needs.balance,
    })
}
