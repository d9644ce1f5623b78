//! How long traffic is lost.

use core::fmt;
use core::time::Duration;

use serde::{Serialize, Serializer};

use crate::failover::{WATCH, Watch};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::milliseconds;
use crate::simulate::scenario::Noticed;
use crate::simulate::settle::schedulers;
use crate::survey::check_gateway;
use crate::survey::interfaces::enabled;

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
        let checks = check_gateway(router).detection_time(router.version()).latest;
        match noticed {
            Noticed::AtOnce => Self::AtMost(checks),
            Noticed::Checks => Self::AtMost(
                checks
                    .max(watches(router))
                    .saturating_add(schedulers::slowest(router)),
            ),
            Noticed::Everything => Self::UntilMended,
        }
    }
}

/// How long the slowest row of netwatch takes.
fn watches(router: &Router) -> Duration {
    let time = |row: &Row, property: &str, usual: Duration| {
        let own = row.effective(property);
        let own = own.and_then(|value| milliseconds(&value.to_text()));
        own.map_or(usual, Duration::from_millis)
    };
    let watch = |row: &Row| Watch {
        interval: time(row, "interval", WATCH.interval),
        timeout: time(row, "timeout", WATCH.timeout),
    };
    let latest = enabled(router, "/tool/netwatch").map(|row| watch(row).detection_time().latest);
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

/// Nothing, a number of seconds, or `until_mended`.
impl Serialize for Outage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_u64(0),
            Self::AtMost(time) => serializer.serialize_f64(time.as_secs_f64()),
            Self::UntilMended => serializer.serialize_str("until_mended"),
        }
    }
}
