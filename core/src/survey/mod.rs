//! What a router has today: which ports could be lines, which line works, what stands on a line's port, who the customers are, how its firewall and NAT name the
//! lines, and which rows are ours.

mod check_gateway;
mod customers;
pub(crate) mod defaults;
mod detect;
pub(crate) mod device_mode;
mod firewall;
mod health;
pub(crate) mod interfaces;
mod lease;
mod line;
pub(crate) mod lists;
pub(crate) mod networks;
mod original;
mod ports;
pub(crate) mod probes;
mod setup;
mod site;
pub(crate) mod switching;
mod tag;
mod translation;
mod webhook;

pub use check_gateway::check_gateway;
pub use customers::{ComeIn, Customers, CustomersBasis, customers, hotspot_interfaces};
pub(crate) use defaults::is_of_main;
pub use detect::{Basis, DetectedAccess, DetectedLine, detect_line};
pub use firewall::{fasttrack_rows, line_lists, lists_to_join, marks, redirected};
pub use health::{Check, Fallback, check, follows_lease};
pub use interfaces::InterfaceKind;
pub(crate) use interfaces::switched;
pub use line::{Bridged, Client, Existing, bridge_of, dhcp_client, existing, is_on_link, modem, port_of};
pub(crate) use original::{original, record_source};
pub use ports::{Port, PortList, PortReason, PortState, Service, ports};
pub use probes::probes;
pub use setup::{ExistingSetup, Replaced, SetupRole, SetupRow, existing_setup};
pub(crate) use setup::{
    SETUP_MENUS, in_force, is_default, main_default, replaced, route_distance, route_table, without,
};
pub use site::{SITE_SCRIPT, site_of, site_source};
pub use tag::{Role, SITE_SUBJECT, Tag, name};
pub use translation::{Leaving, SourceRule, Sources, source_rules, translations};
pub(crate) use webhook::{only_reports, webhook_url};

use crate::routeros::router::{Router, Row};

/// The ownership tag of a row; `None` where the row is not ours.
pub fn tag_of(menu: &str, row: &Row) -> Option<Tag> {
    let property = Tag::property(menu);
    Tag::parse(menu, row.get(property)?.as_bytes())
}

/// The rows of a menu that somebody else configured and that are in force: not ours, not disabled, not the router's own.
pub fn foreign_enabled<'a>(router: &'a Router, menu: &'static str) -> impl Iterator<Item = &'a Row> {
    let is_foreign = move |row: &&Row| tag_of(menu, row).is_none() && !row.disabled() && !row.dynamic();
    router.table(menu).iter().filter(is_foreign)
}
