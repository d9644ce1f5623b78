//! Whether the set-up of a site is on its router, as far as the picture tells.

use alloc::string::String;
use alloc::vec::Vec;

use super::Setup;
use super::carriers::MANGLE;
use super::judge::ROUTES;
use super::line::Evidence;
use crate::desired;
use crate::routeros::router::{Router, Row};
use crate::site::{Access, Line, Site};
use crate::survey::{Role, SITE_SCRIPT, SITE_SUBJECT, Tag, is_default, site_of, tag_of};

/// What became of the set-up, and what tells it.
pub(super) fn setup(site: &Site, router: &Router) -> (Setup, Vec<Evidence>) {
    let ours: Vec<(&'static str, &Row, Tag)> = Role::menus()
        .flat_map(|menu| router.table(menu).iter().map(move |row| (menu, row)))
        .filter_map(|(menu, row)| Some((menu, row, tag_of(menu, row)?)))
        .filter(|(.., tag)| !IN_PASSING.contains(&tag.role()))
        .collect();
    if ours.is_empty() {
        let is_told = router.is_read(SCRIPTS) || router.table(ROUTES).iter().any(is_default);
        let setup = if is_told {
            Setup::NotApplied
        } else {
            Setup::Unknown
        };
        return (setup, Vec::new());
    }
    let drifted = ours.iter().filter_map(|(menu, row, tag)| {
        let property = fault(site, router, (menu, row), tag)?;
        Some(Evidence::of(menu, row, property))
    });
    let drifted: Vec<Evidence> = drifted.chain(no_marks(site, router)).collect();
    match drifted.is_empty() {
        true => (Setup::Applied, drifted),
        false => (Setup::Drifted, drifted),
    }
}

/// Connections are to be shared, and nothing leads them to the marks.
fn no_marks(site: &Site, router: &Router) -> Option<Evidence> {
    let is_wanted = desired::shares(site).is_some() && router.is_read(MANGLE);
    let is_jump = |row: &Row| tag_of(MANGLE, row).is_some_and(|tag| tag.role() == Role::Jump);
    let is_missing = is_wanted && !router.table(MANGLE).iter().any(is_jump);
    is_missing.then(|| Evidence {
        menu: MANGLE.into(),
        row: Tag::new(Role::Jump, SITE_SUBJECT, 1).text(),
        property: "comment".into(),
        value: String::new(),
    })
}

/// The property of a row of ours that is not as planned, where that shows without planning anew.
fn fault(site: &Site, router: &Router, (menu, row): (&str, &Row), tag: &Tag) -> Option<&'static str> {
    let line = site
        .lines()
        .iter()
        .find(|line| line.id().as_str() == tag.subject());
    if tag.role() == Role::Site && row.is("name", SITE_SCRIPT) && row.get("source").is_some() {
        let is_it = matches!(site_of(router), Some(Ok(applied)) if applied == site.without_secrets());
        return (!is_it).then_some("name");
    }
    if line.is_none() && tag.subject() != SITE_SUBJECT {
        return Some("comment");
    }
    let is_switched = menu == ROUTES && is_switched(line, row);
    (row.disabled() && IN_FORCE.contains(&menu) && !is_switched).then_some("disabled")
}

/// Whether something on the router switches routes of the line: its lease script those over its next hop, or netwatch.
fn is_switched(line: Option<&Line>, row: &Row) -> bool {
    let is_over_next_hop = || {
        let gateway = row.text("gateway").unwrap_or_default();
        gateway.contains('%') || row.is("scope", "10") || row.get("check-gateway").is_none()
    };
    line.is_some_and(|line| line.metered() || (matches!(line.access(), Access::Dhcp) && is_over_next_hop()))
}

/// Menus whose rows of ours are in force unless something on the router switches them.
const IN_FORCE: [&str; 3] = [ROUTES, MANGLE, "/ip/firewall/nat"];
const SCRIPTS: &str = "/system/script";

/// Roles of rows that come and go with a plan, and are no set-up.
const IN_PASSING: [Role; 3] = [Role::Undo, Role::Guard, Role::Step];
