//! How long traffic is lost.

use core::fmt;
use core::time::Duration;

use serde::{Serialize, Serializer};

use crate::document::written::seconds;
use crate::failover::Watch;
use crate::routeros::router::{Router, Row};
use crate::routeros::value::milliseconds;
use crate::simulate::scenario::Noticed;
use crate::simulate::settle::schedulers;
use crate::survey::interfaces::enabled;
use crate::survey::{check_gateway, only_reports};

/// How long traffic is lost at most once lines fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outage {
    /// Not at all: what takes over does so at once.
    None,
    /// Until the router has noticed.
    AtMost(Duration),
    /// Until a line is mended.
    UntilMended,
}

impl Outage {
    /// How long it takes at the latest until the router notices more than at that time.
    ///
    /// `check-gateway` takes as long as the model of ROUTEROS §2a says; netwatch, one interval and the time for an answer; what
    /// schedulers run looks at what those found within one interval more.
    pub(super) fn beyond(router: &Router, noticed: Noticed) -> Self {
        let checks = checks(router);
        match noticed {
            Noticed::AtOnce => Self::AtMost(checks),
            Noticed::Checks => {
                let looks = checks.max(watches(router));
                Self::AtMost(looks.saturating_add(schedulers::slowest(router)))
            }
            Noticed::Everything => Self::UntilMended,
        }
    }
}

/// How long `check-gateway` takes where a route has it; else the keepalive of the slowest session, which ends it when that time
/// is over (that it is not a multiple of it is unconfirmed).
fn checks(router: &Router) -> Duration {
    let is_checked = |row: &Row| row.get("check-gateway").is_some_and(|check| *check != "none");
    let routes = CHECKED.iter().any(|menu| enabled(router, menu).any(is_checked));
    if routes {
        return check_gateway(router).detection_time(router.version()).latest;
    }
    let keepalives = SESSIONS.iter().flat_map(|menu| enabled(router, menu));
    let times = keepalives.filter_map(|row| time(row, "keepalive-timeout"));
    times.max().unwrap_or_default()
}

fn time(row: &Row, property: &str) -> Option<Duration> {
    let own = row.effective(property)?;
    milliseconds(&own.to_text()).map(Duration::from_millis)
}

/// Menus whose rows may carry `check-gateway`.
const CHECKED: [&str; 2] = ["/ip/route", "/ip/dhcp-client"];

/// Menus of sessions that are kept alive.
const SESSIONS: [&str; 2] = ["/interface/pppoe-client", "/interface/ppp-client"];

/// RouterOS' own timing of netwatch \[D:8323208\].
const WATCH: Watch = Watch {
    interval: Duration::from_secs(10),
    timeout: Duration::from_secs(3),
};

const NETWATCH: &str = "/tool/netwatch";

/// How long the slowest row of netwatch takes that decides something.
fn watches(router: &Router) -> Duration {
    let watch = |row: &Row| Watch {
        interval: time(row, "interval").unwrap_or(WATCH.interval),
        timeout: time(row, "timeout").unwrap_or(WATCH.timeout),
    };
    let switching = enabled(router, NETWATCH).filter(|row| !only_reports(NETWATCH, row));
    let latest = switching.map(|row| watch(row).detection_time().latest);
    latest.max().unwrap_or_default()
}

impl fmt::Display for Outage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => f.write_str("none"),
            Self::AtMost(time) => write!(f, "up to {} s", time.as_secs()),
            Self::UntilMended => f.write_str("until it is mended"),
        }
    }
}

/// A number of seconds; `null` until a line is mended.
impl Serialize for Outage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_u64(0),
            Self::AtMost(time) => seconds(time, serializer),
            Self::UntilMended => serializer.serialize_none(),
        }
    }
}
