//! Whether the set-up of a site is on its router, as far as the picture tells.

use alloc::vec::Vec;

use super::Setup;
use super::line::Evidence;
use crate::routeros::router::{Router, Row};
use crate::site::{Access, Line, Site};
use crate::survey::{Role, SITE_SCRIPT, SITE_SUBJECT, Tag, site_of, tag_of};

/// What became of the set-up, and what tells it.
pub(super) fn setup(site: &Site, router: &Router) -> (Setup, Vec<Evidence>) {
    let ours: Vec<(&'static str, &Row, Tag)> = Role::menus()
        .flat_map(|menu| router.table(menu).iter().map(move |row| (menu, row)))
        .filter_map(|(menu, row)| Some((menu, row, tag_of(menu, row)?)))
        .collect();
    if ours.is_empty() {
        let is_told = !router.table(super::judge::ROUTES).is_empty();
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
    let drifted: Vec<Evidence> = drifted.collect();
    match drifted.is_empty() {
        true => (Setup::Applied, drifted),
        false => (Setup::Drifted, drifted),
    }
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
    if line.is_none() && tag.subject() != SITE_SUBJECT && !IN_PASSING.contains(&tag.role()) {
        return Some("comment");
    }
    (row.disabled() && IN_FORCE.contains(&menu) && !is_switched(site, line)).then_some("disabled")
}

/// Whether something on the router switches routes of the line: its lease script or netwatch.
fn is_switched(site: &Site, line: Option<&Line>) -> bool {
    let switched = |line: &Line| line.metered() || matches!(line.access(), Access::Dhcp);
    line.map_or_else(|| site.lines().iter().any(switched), switched)
}

/// Menus whose rows of ours are in force unless something on the router switches them.
const IN_FORCE: [&str; 3] = ["/ip/route", "/ip/firewall/mangle", "/ip/firewall/nat"];

/// Roles whose subject is no line.
const IN_PASSING: [Role; 3] = [Role::Undo, Role::Guard, Role::Step];
