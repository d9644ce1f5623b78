//! The lines of a site as this router will run them: distance, probes, next hop, marks.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::dialect::Dialect;
use super::groups::{self, Balance, Group};
use super::replace;
use crate::document::DocumentErrors;
use crate::failover;
use crate::routeros::router::Router;
use crate::routeros::schema;
use crate::routeros::value::Value;
use crate::site::{Access, Health, Line, LineId, Site, StaleConnections};
use crate::survey::{self, Customers, Existing, Replaced, Role};

/// A gateway that no router has [RFC 5737]: it stands in rows that are disabled until their line has a lease.
const PLACEHOLDER: Ipv4Addr = Ipv4Addr::new(192, 0, 2, 1);

/// A site on a router, with everything decided that more than one menu needs.
#[derive(Clone, Debug)]
pub(super) struct Needs<'a> {
    /// The site.
    pub site: &'a Site,
    /// The router.
    pub router: &'a Router,
    /// The rows of a set-up by hand that the site replaces.
    pub replaced: &'a [Replaced],
    /// How its version says things.
    pub dialect: &'static Dialect,
    /// The lines, in the order of their priority.
    pub lines: Vec<DesiredLine<'a>>,
    /// The router's own interface lists that a new line joins.
    pub firewall_lists: Vec<Value>,
    /// Who is balanced.
    pub customers: Customers,
    /// How new connections are shared; `None` where nothing is balanced.
    pub balance: Option<Balance>,
    /// The groups of connections that are marked.
    pub groups: Vec<Group>,
}

/// A line as the router will run it.
#[derive(Clone, Debug)]
pub(super) struct DesiredLine<'a> {
    /// The line.
    pub line: &'a Line,
    /// Whether it is ISP 1: the line that works today.
    pub is_primary: bool,
    /// What the router already has for it.
    pub existing: Existing<'a>,
    /// The check that decides whether the line is used.
    pub health: Health,
    /// Its probe hosts; empty where the check needs none.
    pub probes: Vec<Ipv4Addr>,
    /// The distance of its default routes in the main table.
    pub distance: u8,
    /// The distance of a default that is to carry only when everything of ours is gone.
    pub last_resort: u8,
    /// How the router's version says things.
    pub dialect: &'static Dialect,
    /// Whether its client keeps the line's defaults in every table by itself.
    pub is_native: bool,
    /// Whether the router reports when it stops or starts to work.
    pub is_reported: bool,
}

impl<'a> Needs<'a> {
    /// What `site` needs on `router`.
    ///
    /// # Errors
    ///
    /// Those of [`failover::allot_probes`].
    pub fn of(site: &'a Site, router: &'a Router, replaced: &'a [Replaced]) -> Result<Self, DocumentErrors> {
        let balance = Balance::of(site);
        Ok(Self {
            site,
            router,
            replaced,
            dialect: Dialect::of(router.version()),
            lines: lines(site, router, replaced)?,
            firewall_lists: survey::lists_to_join(site, router),
            customers: survey::customers(site, router),
            groups: if survey::marks(site, router) {
                groups::groups(site, balance.as_ref())
            } else {
                Vec::new()
            },
            balance,
        })
    }

    /// Whether connections are marked: to balance them, or to send replies back over the line they came in by.
    pub fn marks(&self) -> bool {
        !self.groups.is_empty()
    }
}

impl DesiredLine<'_> {
    /// The line's id, which is the subject of its rows.
    pub fn id(&self) -> &str {
        self.line.id().as_str()
    }

    /// What routes over the line name as their gateway: its interface where that leads to one peer alone, else the next hop,
    /// pinned to the interface where that resolves, because two lines may have the same one [F:1114360].
    pub fn gateway(&self) -> Value {
        if self.is_point_to_point() {
            return self.interface();
        }
        let hop = self.existing.gateway.unwrap_or(PLACEHOLDER).to_string();
        if !self.is_pinned() {
            return Value::from(hop);
        }
        Value::from([hop.as_bytes(), b"%", self.line.interface().as_bytes()].concat())
    }

    /// Whether the line's interface is the gateway of its routes.
    pub fn is_point_to_point(&self) -> bool {
        self.line.access().is_point_to_point()
    }

    /// Whether gateways of the line name its interface beside the next hop. A next hop outside the line's network is found by
    /// a host route, which names the interface.
    pub fn is_pinned(&self) -> bool {
        let resolves = self.dialect.resolves_pinned || self.health != Health::Internet;
        resolves && !self.line.access().gateway_is_outside()
    }

    /// Whether the gateway of the line's routes is known.
    pub fn has_gateway(&self) -> bool {
        self.is_point_to_point() || self.existing.gateway.is_some()
    }

    /// The line's interface, as the value of a property.
    pub fn interface(&self) -> Value {
        Value::from(self.line.interface().as_bytes())
    }

    /// Whether the next hop comes from a lease.
    pub fn is_leased(&self) -> bool {
        matches!(self.line.access(), Access::Dhcp)
    }

    /// Whether something better than the state of the link decides.
    pub fn is_checked(&self) -> bool {
        matches!(self.health, Health::Gateway | Health::Internet)
    }

    /// Whether netwatch pings its probes, in place of the check of its next hops: that one has one interval for the whole
    /// router, which is too short for a line that is paid for by volume.
    pub fn is_watched(&self) -> bool {
        self.netwatch() == Some(Role::Watch)
    }

    /// What netwatch pings its probes for: to switch its defaults, or only to note whether they answer; `None` where it does not.
    pub fn netwatch(&self) -> Option<Role> {
        match self.health {
            Health::Internet if self.line.metered() => Some(Role::Watch),
            Health::Internet if self.is_reported => Some(Role::Monitor),
            _ => None,
        }
    }

    /// The distance of the default that its client adds: where only the link of a DHCP line decides, that is the line's
    /// default.
    pub fn client_distance(&self) -> u8 {
        if !self.is_native && (self.is_checked() || !self.is_leased()) {
            self.last_resort
        } else {
            self.distance
        }
    }

    /// Whether the default that its client adds is the line's own, and not only a last resort.
    pub fn client_adds_default(&self) -> bool {
        self.is_leased() && self.existing.client.is_none_or(survey::Client::adds_default)
    }

    /// Whether a default that the router has over the line today stays as it is: that of ISP 1, where nothing checks it.
    pub fn keeps_default(&self) -> bool {
        self.is_primary && !self.is_checked() && self.existing.default_distance.is_some()
    }

    /// Whether rows of ours hold the next hop of the line's lease, so that its lease script must keep them.
    pub fn needs_lease_script(&self, needs: &Needs<'_>) -> bool {
        !self.is_native && survey::follows_lease(needs.site, needs.router, self.line)
    }
}

fn lines<'a>(
    site: &'a Site,
    router: &'a Router,
    replaced: &[Replaced],
) -> Result<Vec<DesiredLine<'a>>, DocumentErrors> {
    let probes = survey::probes(site, router)?;
    let of_line = |id: &LineId| {
        probes
            .iter()
            .find(|(line, _)| line == id)
            .map(|(_, hosts)| hosts.clone())
    };
    let offset = offset(site, router, replaced);
    let line = |(index, (line, rank)): (usize, (&'a Line, failover::Rank))| {
        let health = survey::check(site, router, line).health;
        DesiredLine {
            line,
            is_primary: index == 0,
            existing: survey::existing(router, line),
            health,
            probes: of_line(line.id())
                .filter(|_| health == Health::Internet)
                .unwrap_or_default(),
            distance: rank.distance.saturating_add(offset),
            last_resort: rank.last_resort,
            dialect: Dialect::of(router.version()),
            is_native: index > 0 && is_native(site, router, line, health),
            is_reported: site.webhook().is_some(),
        }
    };
    Ok(site
        .lines()
        .iter()
        .zip(failover::distances(site))
        .enumerate()
        .map(line)
        .collect())
}

/// Whether the client of a new line can keep its defaults in every table by itself: it follows its lease without a script.
///
/// It looks no farther than the gateway, and does not pin its routes to the interface: where another line has a lease too,
/// both gateways may be alike (`ROUTEROS` §2f), and a script of ours pins them. The flush of stale connections and the
/// report look at routes of ours.
fn is_native(site: &Site, router: &Router, line: &Line, health: Health) -> bool {
    let needed: &[&str] = match health {
        Health::Link if survey::marks(site, router) => &["default-route-tables"],
        Health::Gateway => &["default-route-tables", "check-gateway"],
        _ => return false,
    };
    let client = schema::menu("/ip/dhcp-client").zip(router.version());
    let has =
        |property: &&str| client.is_some_and(|(menu, version)| menu.has_property(property, version).is_yes());
    let mut others = site.lines().iter().filter(|other| other.id() != line.id());
    matches!(line.access(), Access::Dhcp)
        && others.all(|other| !matches!(other.access(), Access::Dhcp))
        && survey::existing(router, line).client.is_none()
        && site.stale_connections() == StaleConnections::Keep
        && site.webhook().is_none()
        && needed.iter().all(has)
}

/// What the lines' distances begin behind: the default that ISP 1 has today, and those of a set-up by hand.
///
/// Where ISP 1 is checked, the old defaults stay the better ones until the switch. Where only its link
/// decides, nothing of it changes, and the others line up behind it.
fn offset(site: &Site, router: &Router, replaced: &[Replaced]) -> u8 {
    let Some(primary) = site.lines().first() else {
        return 0;
    };
    let today = survey::existing(router, primary)
        .default_distance
        .unwrap_or(1)
        .min(failover::FARTHEST);
    match survey::check(site, router, primary).health {
        Health::Gateway | Health::Internet => today.max(replace::farthest(router, replaced)).max(1),
        Health::Manual | Health::Link => today.saturating_sub(1),
    }
}
