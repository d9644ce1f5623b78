//! One internet line.

use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;
use core::net::Ipv4Addr;

use super::{Access, Mbps, Text};

/// One internet line of a site
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub(super) id: LineId,
    pub(super) label: Text,
    pub(super) interface: Text,
    pub(super) access: Access,
    pub(super) mbps: Mbps,
    pub(super) metered: bool,
    pub(super) health: Health,
    pub(super) probes: Option<Vec<Ipv4Addr>>,
}

impl Line {
    /// Name for programs, unique in its site
    pub fn id(&self) -> &LineId {
        &self.id
    }

    /// Name for people, `ISP 2` for the second line unless the operator gave another
    pub fn label(&self) -> &Text {
        &self.label
    }

    /// Interface that its packets leave by, as the router calls it: `ether2`, `vlan35`, `lte1`; of a dialled line its client,
    /// `pppoe-out1`
    pub fn interface(&self) -> &Text {
        &self.interface
    }

    /// Port that it is plugged into: what its client dials over where the site says so, else its interface
    pub fn port(&self) -> &Text {
        self.access.dials_over().unwrap_or(&self.interface)
    }

    /// How it gets its address
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Its speed, which is its weight when lines share the load
    pub fn mbps(&self) -> Mbps {
        self.mbps
    }

    /// Whether its data is paid for by volume: it takes no share of new connections, and its probes are pinged once a minute
    pub fn metered(&self) -> bool {
        self.metered
    }

    /// How it is told whether it works: its own check, or that of its site
    pub fn health(&self) -> Health {
        self.health
    }

    /// Probe hosts that the operator chose for it, at least two, shared with no other line
    pub fn probes(&self) -> Option<&[Ipv4Addr]> {
        self.probes.as_deref()
    }
}

/// Id of a line: 1 to 32 of `a-z`, `0-9` and `-`, and not `site`
///
/// It stands in the ownership tags of rows and in the names of routing tables and marks, where `:` and `_` separate.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineId(String);

impl LineId {
    /// Longest id, in bytes
    pub const MAX_BYTES: usize = 32;

    /// Subject of what belongs to no line in particular
    pub const RESERVED: &str = "site";

    /// That id, if it is one
    pub fn new(id: &str) -> Option<Self> {
        let fits = (1..=Self::MAX_BYTES).contains(&id.len());
        let spelled = id
            .bytes()
            .all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'-'));
        (fits && spelled && id != Self::RESERVED).then(|| Self(id.into()))
    }

    /// Its text
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LineId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl PartialEq<str> for LineId {
    fn eq(&self, other: &str) -> bool {
        self.0 == other
    }
}

/// How it is told whether a line works
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Health {
    /// It is not: the operator disables a line by hand, as with an expensive LTE backup
    Manual,
    /// Its cable, or its lease
    Link,
    /// Its next hop answers pings
    Gateway,
    /// Hosts beyond its provider answer pings
    #[default]
    Internet,
}

impl Health {
    /// All health checks, from none to the farthest
    pub const ALL: &[Self] = &[Self::Manual, Self::Link, Self::Gateway, Self::Internet];

    /// Word of the JSON document
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Manual => "manual",
            Self::Link => "link",
            Self::Gateway => "gateway",
            Self::Internet => "internet",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_fit_into_tags_and_names() {
        for id in ["isp1", "a", "fiber-2", "sites", &"x".repeat(32)] {
            assert_eq!(LineId::new(id).as_ref().map(LineId::as_str), Some(id));
        }
        for id in ["", "site", "ISP1", "a_1", "a:b", "é", "a b", &"x".repeat(33)] {
            assert_eq!(LineId::new(id), None, "{id}");
        }
    }
}
