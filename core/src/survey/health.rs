//! Which check of a line this router can make.

use core::fmt;

use super::{Client, existing, marks};
use crate::routeros::router::Router;
use crate::site::{Access, Health, Line, Mode, Site};

/// How a line is told to work on a router.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// The check that is made.
    pub health: Health,
    /// Why it is not the one that was asked for.
    pub fallback: Option<Fallback>,
}

/// Why a line is not checked as it was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fallback {
    /// A route that names an interface carries no `check-gateway`: on v7 the check fails \[F:1119872\]. A PPP session is
    /// watched by its own keepalive.
    NoNextHop,
    /// RouterOS 6 resolves nothing through a route that names an interface (`ROUTEROS-BEHAVIOUR` §2).
    ThroughInterface,
    /// RouterOS 6 resolves nothing through `IP%interface`, and without it one gateway of two lines is ambiguous
    /// (`ROUTEROS` §2f).
    SharedGateway,
}

/// How `line` is told to work on `router`: load balance alone watches the link only, and what the router cannot check falls
/// back to what it can.
pub fn check(site: &Site, router: &Router, line: &Line) -> Check {
    let asked = match (site.mode(), line.health()) {
        (_, Health::Manual) => Health::Manual,
        (Mode::LoadBalance, _) => Health::Link,
        (_, health) => health,
    };
    match fallback(site, router, line, asked) {
        None => Check {
            health: asked,
            fallback: None,
        },
        Some((health, fallback)) => Check {
            health,
            fallback: Some(fallback),
        },
    }
}

/// Whether rows of ours name the gateway of a line's lease, so that a script of its client must keep them.
pub fn follows_lease(site: &Site, router: &Router, line: &Line) -> bool {
    let is_checked = matches!(
        check(site, router, line).health,
        Health::Gateway | Health::Internet
    );
    let adds_default = || existing(router, line).client.is_none_or(Client::adds_default);
    matches!(line.access(), Access::Dhcp) && (is_checked || marks(site, router) || !adds_default())
}

fn fallback(site: &Site, router: &Router, line: &Line, asked: Health) -> Option<(Health, Fallback)> {
    let is_v6 = router.version().is_some_and(|version| version.major == 6);
    let is_pointed = line.access().is_point_to_point();
    match asked {
        Health::Gateway if is_pointed => Some((Health::Link, Fallback::NoNextHop)),
        Health::Internet if is_v6 && is_pointed => Some((Health::Link, Fallback::ThroughInterface)),
        Health::Internet if is_v6 && shares_gateway(site, router, line) => {
            Some((Health::Gateway, Fallback::SharedGateway))
        }
        _ => None,
    }
}

fn shares_gateway(site: &Site, router: &Router, line: &Line) -> bool {
    let gateway = existing(router, line).gateway;
    let mut others = site.lines().iter().filter(|other| other.id() != line.id());
    gateway.is_some() && others.any(|other| existing(router, other).gateway == gateway)
}

impl fmt::Display for Fallback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoNextHop => "its route names an interface, not a next hop that could be pinged",
            Self::ThroughInterface => "RouterOS 6 resolves no probe through an interface",
            Self::SharedGateway => "RouterOS 6 resolves no probe through a gateway that two lines share",
        })
    }
}
