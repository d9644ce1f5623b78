//! A multi-WAN set-up that somebody made by hand: the rows that choose between the lines of a site.

mod document;
mod links;
mod role;
mod steering;

use alloc::collections::BTreeSet;
use alloc::vec::Vec;

use links::Links;
pub use role::SetupRole;
pub(crate) use role::{SETUP_MENUS, is_default, main_default, route_distance, table as route_table};
use steering::Steered;

use super::{foreign_enabled, original};
use crate::failover::LAST_RESORT;
use crate::routeros::router::{Router, Row, RowId};
use crate::routeros::value::Value;
use crate::site::Site;

/// What a plan does with a set-up that somebody made by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ExistingSetup {
    /// There is no plan while it is in force.
    #[default]
    Refuse,
    /// Its rows are disabled, and come back when the site is taken off the router.
    Replace,
    /// It stays, and the plan is made beside it.
    Keep,
}

impl ExistingSetup {
    /// Every choice by its name, as documents and arguments have it.
    pub const NAMES: [(&str, Self); 3] = [
        ("refuse", Self::Refuse),
        ("replace", Self::Replace),
        ("keep", Self::Keep),
    ];

    /// The choice of that name.
    pub fn from_name(name: &str) -> Option<Self> {
        let found = Self::NAMES.iter().find(|(known, _)| *known == name);
        found.map(|(_, choice)| *choice)
    }
}

/// A row that chooses between lines by hand.
#[derive(Clone, Copy, Debug)]
pub struct SetupRow<'a> {
    /// What it does.
    pub role: SetupRole,
    /// Its menu.
    pub menu: &'static str,
    /// The row.
    pub row: &'a Row,
}

/// A row of such a set-up that a plan disables.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Replaced {
    /// What it does.
    pub role: SetupRole,
    /// Its menu.
    pub menu: &'static str,
    /// The row.
    pub row: RowId,
}

/// The enabled rows of somebody else that choose between the lines of `site`, in the order of [`SetupRole`].
///
/// What leads elsewhere, as through a VPN, is none; nor is the default of ISP 1 that a plan sets behind its own. Source NAT is
/// none either: it covers the lines, whoever chooses between them.
pub fn existing_setup<'a>(site: &Site, router: &'a Router) -> Vec<SetupRow<'a>> {
    let links = Links::of(site, router);
    let tables = tables(router, &links);
    let (own, mut defaults) = defaults(router, &links);
    defaults.extend(table_defaults(router, &links, &tables));
    let marks = marks(router, &tables);
    let mut rows: Vec<SetupRow<'a>> = Vec::new();
    rows.extend(defaults.iter().map(|row| SetupRow::of(ROUTES, row)));
    rows.extend(rules(router, &tables));
    rows.extend(marks);
    if !rows.is_empty() || own.len() > 1 || links.known() > 1 {
        rows.extend(runners(site, router));
    }
    // One alone is how the router reaches its line.
    if !rows.is_empty() || own.len() > 1 {
        rows.extend(own.iter().map(|row| SetupRow::of(ROUTES, row)));
        rows.extend(probes(router, &links, &rows));
    }
    rows.sort_by_key(|found| found.role);
    rows
}

/// The rows of such a set-up that are in force: those of the router as it was before a plan changed it, unless they are
/// disabled by now or stand behind the lines.
pub(crate) fn in_force(site: &Site, router: &Router) -> Vec<Replaced> {
    let before = original(router);
    let is_in_force = |found: &SetupRow<'_>| {
        let today = router.table(found.menu).by_id(found.row.id());
        let stands_behind = |row: &Row| found.role.is_main() && is_last_resort(row);
        today.is_some_and(|row| !row.disabled() && !stands_behind(row))
    };
    let rows = existing_setup(site, &before).into_iter();
    rows.filter(is_in_force).map(|found| found.replaced()).collect()
}

/// The rows that are, or stay, disabled: of `before`, the router with every original value put back. What a plan replaced once
/// stays so until the site goes, or it is asked to be kept.
pub(crate) fn replaced(
    site: &Site,
    before: &Router,
    today: &Router,
    existing: ExistingSetup,
) -> Vec<Replaced> {
    if existing == ExistingSetup::Keep {
        return Vec::new();
    }
    let is_off = |menu: &str, row: &&Row| {
        let today = today.table(menu).by_id(row.id());
        today.is_some_and(Row::disabled)
    };
    let earlier = SETUP_MENUS.into_iter().flat_map(|menu| {
        let rows = foreign_enabled(before, menu).filter(move |row| is_off(menu, row));
        rows.map(move |row| SetupRow::of(menu, row).replaced())
    });
    let mut rows: Vec<Replaced> = earlier.collect();
    if existing == ExistingSetup::Replace {
        rows.extend(existing_setup(site, before).iter().map(SetupRow::replaced));
    }
    rows.sort();
    rows.dedup();
    rows
}

/// The router with these rows disabled.
pub(crate) fn without(router: &Router, rows: &[Replaced]) -> Router {
    let mut without = router.clone();
    for found in rows {
        without.change(found.menu, found.row, |row| row.set("disabled", "yes"));
    }
    without
}

impl<'a> SetupRow<'a> {
    fn of(menu: &'static str, row: &'a Row) -> Self {
        let role = SetupRole::of(menu, row);
        Self { role, menu, row }
    }

    fn replaced(&self) -> Replaced {
        Replaced {
            role: self.role,
            menu: self.menu,
            row: self.row.id(),
        }
    }
}

/// The routing tables whose defaults all lead over lines.
fn tables<'a>(router: &'a Router, links: &Links<'_>) -> BTreeSet<&'a Value> {
    let (over_lines, elsewhere): (Vec<&Row>, Vec<&Row>) = foreign_enabled(router, ROUTES)
        .filter(|row| role::is_default(row) && row.get("gateway").is_some())
        .partition(|row| links.lead_over_lines(row));
    let elsewhere: Vec<&Value> = elsewhere.into_iter().filter_map(role::table).collect();
    let by_routes = over_lines.into_iter().filter_map(role::table);
    by_routes.filter(|table| !elsewhere.contains(table)).collect()
}

/// The static defaults of the main table: those that may be ISP 1's own, and those beside it.
fn defaults<'a>(router: &'a Router, links: &Links<'_>) -> (Vec<&'a Row>, Vec<&'a Row>) {
    foreign_enabled(router, ROUTES)
        .filter(|row| role::is_default(row) && role::table(row).is_none() && !is_last_resort(row))
        .filter(|row| !links.steps_back(row) && links.lead_over_lines(row))
        .partition(|row| links.may_be_of_primary(row))
}

fn table_defaults<'a>(
    router: &'a Router,
    links: &Links<'_>,
    tables: &BTreeSet<&Value>,
) -> impl Iterator<Item = &'a Row> {
    let in_table = |row: &&Row| role::table(row).is_some_and(|table| tables.contains(table));
    let is_meant = |row: &&Row| row.get("gateway").is_none() || links.lead_over_lines(row);
    foreign_enabled(router, ROUTES).filter(move |row| role::is_default(row) && in_table(row) && is_meant(row))
}

/// Routing rules that look up a line's table.
fn rules<'a>(router: &'a Router, tables: &BTreeSet<&Value>) -> impl Iterator<Item = SetupRow<'a>> {
    let looks_up = |row: &Row| row.get("table").is_some_and(|table| tables.contains(table));
    RULES.into_iter().flat_map(move |menu| {
        foreign_enabled(router, menu)
            .filter(move |row| looks_up(row))
            .map(move |row| SetupRow::of(menu, row))
    })
}

/// Mangle rules that send packets to a line's table, or mark connections for those that do.
fn marks<'a>(router: &'a Router, tables: &BTreeSet<&Value>) -> Vec<SetupRow<'a>> {
    let looked_up = RULES.into_iter().flat_map(|menu| {
        let rows = foreign_enabled(router, menu);
        rows.filter(|row| row.get("table").is_some_and(|table| tables.contains(table)))
            .filter_map(|row| row.get("routing-mark"))
    });
    let routing: BTreeSet<&Value> = tables.iter().copied().chain(looked_up).collect();
    let marks = |row: &Row, action: &str, mark: &str, of: &BTreeSet<&Value>| {
        row.is("action", action) && row.get(mark).is_some_and(|mark| of.contains(mark))
    };
    let routes = |row: &Row| marks(row, "mark-routing", "new-routing-mark", &routing);
    let connections: BTreeSet<&Value> = foreign_enabled(router, MANGLE)
        .filter(|row| routes(row))
        .filter_map(|row| row.get("connection-mark"))
        .collect();
    let is_meant =
        |row: &&Row| routes(row) || marks(row, "mark-connection", "new-connection-mark", &connections);
    foreign_enabled(router, MANGLE)
        .filter(is_meant)
        .map(|row| SetupRow::of(MANGLE, row))
        .collect()
}

/// What switches routes by itself: netwatch and schedulers. What it steers may be off just now.
fn runners<'a>(site: &Site, router: &'a Router) -> Vec<SetupRow<'a>> {
    let awake = awake(router);
    let links = Links::of(site, &awake);
    let steered = Steered {
        router: &awake,
        rows: steerable(&awake, &links),
        clients: links.clients().collect(),
        links: &links,
    };
    let of_menu = |(menu, properties): &(&'static str, &[&str])| {
        let steers = |row: &&Row| {
            let mut scripts = properties.iter().filter_map(|property| row.text(property));
            scripts.any(|script| steered.by(&script))
        };
        let rows = foreign_enabled(router, menu).filter(steers);
        rows.map(|row| SetupRow::of(menu, row)).collect::<Vec<_>>()
    };
    RUNNERS.iter().flat_map(of_menu).collect()
}

/// The rows that a script may steer: every default over lines, that of ISP 1 and last resorts too, with what leads packets to them.
fn steerable<'a>(router: &'a Router, links: &Links<'_>) -> Vec<SetupRow<'a>> {
    let tables = tables(router, links);
    let is_default = |row: &&Row| {
        let in_table = role::table(row).is_none_or(|table| tables.contains(table));
        role::is_default(row) && in_table && (row.get("gateway").is_none() || links.lead_over_lines(row))
    };
    let defaults = foreign_enabled(router, ROUTES).filter(is_default);
    let mut rows: Vec<SetupRow<'a>> = defaults.map(|row| SetupRow::of(ROUTES, row)).collect();
    rows.extend(rules(router, &tables));
    rows.extend(marks(router, &tables));
    rows.extend(probes(router, links, &rows));
    rows
}

/// The router with every row of a set-up switched on.
fn awake(router: &Router) -> Router {
    let mut awake = router.clone();
    for menu in SETUP_MENUS {
        for row in router.table(menu).iter().filter(|row| row.disabled()) {
            awake.change(menu, row.id(), |row| row.set("disabled", "no"));
        }
    }
    awake
}

/// Routes to the hosts that these defaults lead over and that netwatch asks, and what stands behind them; those to next hops of
/// lines stay.
fn probes<'a>(router: &'a Router, links: &Links<'_>, rows: &[SetupRow<'a>]) -> Vec<SetupRow<'a>> {
    let watched = rows.iter().filter_map(|found| found.row.get("host")).cloned();
    let mut hosts: BTreeSet<Value> = watched.collect();
    hosts.extend(rows.iter().flat_map(|found| links::hosts(found.row)));
    let mut found: Vec<&Row> = Vec::new();
    loop {
        let is_new = |row: &&Row| {
            let host = role::host(row).filter(|host| hosts.contains(host) && !links.is_next_hop(host));
            host.is_some() && !found.iter().any(|known| known.id() == row.id())
        };
        let more: Vec<&Row> = foreign_enabled(router, ROUTES).filter(is_new).collect();
        if more.is_empty() {
            return found.into_iter().map(|row| SetupRow::of(ROUTES, row)).collect();
        }
        hosts.extend(more.iter().flat_map(|row| links::hosts(row)));
        found.extend(more);
    }
}

/// Whether a route stands behind those of every line.
fn is_last_resort(row: &Row) -> bool {
    route_distance(row) >= LAST_RESORT
}

const ROUTES: &str = "/ip/route";
const MANGLE: &str = "/ip/firewall/mangle";
const RULES: [&str; 2] = ["/routing/rule", "/ip/route/rule"];
const RUNNERS: [(&str, &[&str]); 2] = [
    ("/tool/netwatch", &["up-script", "down-script", "test-script"]),
    ("/system/scheduler", &["on-event"]),
];
