//! What a row of a hand-made set-up does, told from the row alone.

use alloc::string::ToString;
use core::fmt;
use core::net::Ipv4Addr;

use serde::Serialize;

use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::survey::is_of_main;

/// What a row of a hand-made multi-WAN set-up does, in the order in which a plan switches such rows off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SetupRole {
    /// A scheduler whose script switches routes or marks.
    Schedule,
    /// A netwatch row that does.
    Watch,
    /// A default of the main table beside that of ISP 1.
    Default,
    /// A default of the main table over several gateways, which share the connections.
    SharedDefault,
    /// A routing rule that looks up a line's table.
    Rule,
    /// A mangle rule that shares connections, by a classifier, in turn or at random.
    Classifier,
    /// A mangle rule that marks connections for a line.
    ConnectionMark,
    /// A mangle rule that sends packets to a line's table.
    RoutingMark,
    /// A default of a line's table.
    TableDefault,
    /// A route to a host that such a default leads over or that netwatch asks.
    Probe,
}

impl SetupRole {
    /// What a row of one of these menus does, where it is of such a set-up.
    pub(super) fn of(menu: &str, row: &Row) -> Self {
        match menu {
            "/system/scheduler" => Self::Schedule,
            "/tool/netwatch" => Self::Watch,
            "/ip/firewall/mangle" if SHARING.iter().any(|matcher| row.get(matcher).is_some()) => {
                Self::Classifier
            }
            "/ip/firewall/mangle" if row.is("action", "mark-connection") => Self::ConnectionMark,
            "/ip/firewall/mangle" => Self::RoutingMark,
            "/ip/route" if !is_default(row) => Self::Probe,
            "/ip/route" if table(row).is_some() => Self::TableDefault,
            "/ip/route" if has_several(row) => Self::SharedDefault,
            "/ip/route" => Self::Default,
            _ => Self::Rule,
        }
    }

    /// Whether it is a default of the main table.
    pub fn is_main(self) -> bool {
        matches!(self, Self::Default | Self::SharedDefault)
    }

    /// Whether it marks packets or connections.
    pub fn marks(self) -> bool {
        matches!(self, Self::Classifier | Self::ConnectionMark | Self::RoutingMark)
    }

    /// Whether it goes when the new routes are seen to work, and not with the marks: it decides which default is in use.
    pub(crate) fn switches(self) -> bool {
        self.is_main() || matches!(self, Self::Schedule | Self::Watch)
    }
}

/// `default route`, `mark of connections`.
impl fmt::Display for SetupRole {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Schedule => "scheduler that switches routes",
            Self::Watch => "netwatch that switches routes",
            Self::Default => "default route",
            Self::SharedDefault => "default route over several gateways",
            Self::Rule => "routing rule",
            Self::Classifier => "mangle rule that shares connections",
            Self::ConnectionMark => "mark of connections",
            Self::RoutingMark => "mark of routing",
            Self::TableDefault => "default route of a table",
            Self::Probe => "route to a probe",
        })
    }
}

/// Whether a route leads everywhere; one without `dst-address` does.
pub(crate) fn is_default(row: &Row) -> bool {
    row.get("dst-address").is_none() || row.is("dst-address", "0.0.0.0/0")
}

/// The table of a route, unless it is of the main one: v6 names it by a mark.
pub(crate) fn table(row: &Row) -> Option<&Value> {
    if is_of_main(row) {
        return None;
    }
    let named = row.get("routing-table").filter(|table| **table != "main");
    named.or_else(|| row.get("routing-mark"))
}

/// The distance of a route that is a default of the main table.
pub(crate) fn main_default(row: &Row) -> Option<u8> {
    (is_default(row) && is_of_main(row)).then(|| route_distance(row))
}

/// The distance of a route.
pub(crate) fn route_distance(row: &Row) -> u8 {
    let distance = row.effective("distance");
    distance.and_then(|text| text.to_text().parse().ok()).unwrap_or(1)
}

/// The one host that a route of the main table leads to.
pub(super) fn host(row: &Row) -> Option<Value> {
    let text = row.text("dst-address").filter(|_| is_of_main(row))?;
    let host = text
        .strip_suffix("/32")
        .unwrap_or(&text)
        .parse::<Ipv4Addr>()
        .ok()?;
    Some(Value::from(host.to_string()))
}

fn has_several(row: &Row) -> bool {
    row.get("gateway")
        .is_some_and(|gateway| gateway.as_bytes().contains(&b','))
}

/// Matchers that let a part of what they meet through.
const SHARING: [&str; 3] = ["per-connection-classifier", "nth", "random"];

/// The menus that hold rows of such a set-up.
pub(crate) const SETUP_MENUS: [&str; 6] = [
    "/system/scheduler",
    "/tool/netwatch",
    "/ip/route",
    "/routing/rule",
    "/ip/route/rule",
    "/ip/firewall/mangle",
];
