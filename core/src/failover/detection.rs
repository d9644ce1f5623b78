//! How long a dead line goes unnoticed.

use core::fmt;
use core::time::Duration;

use serde::Serialize;

use crate::document::written::seconds;
use crate::routeros::version::Version;
use crate::site::{Health, Line};

/// How long it takes to notice that a line is dead, or nothing where nobody looks (`manual`)
///
/// `health` is the check that is made of the line, which may be less than it asks for: see
/// [`survey::check`](crate::survey::check).
///
/// A link that goes down takes its connected route with it, at once. A check of the next hop pings every interval and gives up
/// after `count` timeouts in a row: more than `count - 1` intervals, at most `count` intervals and a timeout. With `internet` a
/// line has two probe hosts or more, each checked in this way, and is dead when the last of them is: the bounds are the same.
/// Before 7.21 nothing is tunable and field reports range from 20 s \[F:212309\] to 30 s \[F:1116791\]; `check` does not count
/// there.
///
/// The probes of a metered line are watched by netwatch instead: one that dies is noticed with the next ping.
///
/// A lease that the provider no longer renews is noticed when it runs out, which no range can say.
///
/// # Example
///
/// ```
/// use multi_isp::failover::{CheckGateway, detection_time};
/// use multi_isp::routeros::version::Version;
/// use multi_isp::site::{Access, LineDraft, Mbps, Mode, SiteDraft};
///
/// let line = LineDraft::new("isp1", "ether1", Access::Dhcp, Mbps::new(100).ok_or("no speed")?);
/// let site = SiteDraft::new(Mode::Failover, vec![line]).build()?;
/// let (line, check) = (&site.lines()[0], CheckGateway::default());
/// let time = |version| detection_time(line, line.health(), version, check).map(|time| time.to_string());
/// assert_eq!(time(Version::new(7, 22, 0)).as_deref(), Some("10-21 s"));
/// assert_eq!(time(Version::new(6, 49, 0)).as_deref(), Some("20-30 s"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn detection_time(
    line: &Line,
    health: Health,
    version: Version,
    check: CheckGateway,
) -> Option<Detection> {
    match health {
        Health::Manual => None,
        Health::Link => Some(Detection::AT_ONCE),
        Health::Internet if line.metered() => Some(WATCH.detection_time()),
        Health::Gateway | Health::Internet => Some(check.detection_time(Some(version))),
    }
}

/// Timing of the check of next hops, of the whole router: `/routing settings` from 7.21 on
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckGateway {
    /// Between two pings, 100 ms to 10 min; 10 s
    pub interval: Duration,
    /// For an answer, 1 ms to 1 s; 1 s
    pub timeout: Duration,
    /// Timeouts in a row after which a next hop is dead, 0 to 65535; 2
    pub count: u16,
}

impl CheckGateway {
    /// How long the check takes in that version; where it is not known, the longest.
    ///
    /// Before 7.21 nothing is tunable and field reports range from 20 s \[F:212309\] to 30 s \[F:1116791\].
    pub fn detection_time(self, version: Option<Version>) -> Detection {
        if version.is_none_or(|version| version < TUNABLE) {
            return FIXED;
        }
        let intervals = |count: u16| self.interval.saturating_mul(count.into());
        Detection {
            earliest: intervals(self.count.saturating_sub(1)),
            latest: intervals(self.count).saturating_add(self.timeout),
        }
    }
}

impl Default for CheckGateway {
    fn default() -> Self {
        Self {
            interval: Duration::from_secs(10),
            timeout: Duration::from_secs(1),
            count: 2,
        }
    }
}

/// Timing of the watch over one probe of a metered line: `/tool/netwatch`
///
/// RouterOS' own interval is 10 s \[D:8323208\]: a minute costs a sixth of that, and a line that is paid for by volume is
/// rarely the one whose customers would notice the difference. The time for an answer is RouterOS' own on v7; a mobile line may
/// take a second.
pub const WATCH: Watch = Watch {
    interval: Duration::from_secs(60),
    timeout: Duration::from_secs(3),
};

/// Timing of the watch over one probe
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Watch {
    /// Between two pings
    pub interval: Duration,
    /// For an answer
    pub timeout: Duration,
}

impl Watch {
    /// That one ping without an answer is enough is what "simple" says; no source counts them.
    pub fn detection_time(self) -> Detection {
        Detection {
            earliest: self.timeout,
            latest: self.interval.saturating_add(self.timeout),
        }
    }
}

/// About how many bytes a month the check of a line costs, both ways; nothing where it pings nothing
///
/// With `internet` each of its `probes` is pinged, on a metered line by netwatch and else by the check of next hops; with
/// `gateway` the next hop is, which all routes over it share.
///
/// A month has 30 days. That a ping has 56 bytes, as that of `/ping`, is unconfirmed for netwatch and for the check of next
/// hops.
///
/// # Example
///
/// ```
/// use multi_isp::failover::{CheckGateway, probe_bytes};
/// use multi_isp::site::{Access, Health, LineDraft, Mbps, Mode, SiteDraft};
///
/// let mut line = LineDraft::new("lte", "ether2", Access::Dhcp, Mbps::new(20).ok_or("no speed")?);
/// line.metered = true;
/// let site = SiteDraft::new(Mode::Failover, vec![line]).build()?;
/// // Two hosts, once a minute.
/// let cost = |health| probe_bytes(&site.lines()[0], health, 2, CheckGateway::default());
/// assert_eq!(cost(Health::Internet), Some(9_676_800));
/// assert_eq!(cost(Health::Link), None);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn probe_bytes(line: &Line, health: Health, probes: usize, check: CheckGateway) -> Option<u64> {
    let (probes, interval) = match health {
        Health::Internet if line.metered() => (probes, WATCH.interval),
        Health::Internet => (probes, check.interval),
        Health::Gateway => (1, check.interval),
        Health::Link | Health::Manual => return None,
    };
    monthly_bytes(probes, interval)
}

/// About how many bytes a month it costs, both ways, to ping as many hosts once an interval
pub(crate) fn monthly_bytes(probes: usize, interval: Duration) -> Option<u64> {
    let pings = MONTH.as_millis().checked_div(interval.as_millis())?;
    let pings = u64::try_from(pings).ok()?;
    let probes = u64::try_from(probes).ok().filter(|probes| *probes > 0)?;
    probes
        .checked_mul(pings)?
        .checked_mul(DIRECTIONS)?
        .checked_mul(PING_BYTES)
}

/// From when to when a dead line is noticed; `Display` in seconds, as `10-21 s`
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Detection {
    /// Not before
    #[serde(serialize_with = "seconds")]
    pub earliest: Duration,
    /// At the latest
    #[serde(serialize_with = "seconds")]
    pub latest: Duration,
}

impl Detection {
    /// As soon as the link or the lease is gone
    pub const AT_ONCE: Self = Self {
        earliest: Duration::ZERO,
        latest: Duration::ZERO,
    };
}

impl fmt::Display for Detection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.latest.is_zero() {
            return f.write_str("at once");
        }
        write!(f, "{}-{} s", Seconds(self.earliest), Seconds(self.latest))
    }
}

/// Seconds with as many decimals as there are
struct Seconds(Duration);

impl fmt::Display for Seconds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.0.as_secs(), self.0.subsec_millis()) {
            (seconds, 0) => write!(f, "{seconds}"),
            (seconds, millis) if millis % 100 == 0 => write!(f, "{seconds}.{}", millis / 100),
            (seconds, millis) => write!(f, "{seconds}.{millis:03}"),
        }
    }
}

const MONTH: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// A question and its answer.
const DIRECTIONS: u64 = 2;
const PING_BYTES: u64 = 56;
const TUNABLE: Version = Version::new(7, 21, 0);
const FIXED: Detection = Detection {
    earliest: Duration::from_secs(20),
    latest: Duration::from_secs(30),
};

#[cfg(test)]
mod tests {
    use std::string::{String, ToString};
    use std::vec;

    use super::*;
    use crate::site::{Access, LineDraft, Mbps, Mode, SiteDraft};

    fn time(health: Health, version: Version, check: CheckGateway) -> Option<String> {
        let mut draft = LineDraft::new("isp1", "ether1", Access::Dhcp, Mbps::new(1).unwrap());
        draft.health = Some(health);
        time_of(draft, version, check)
    }

    fn time_of(draft: LineDraft, version: Version, check: CheckGateway) -> Option<String> {
        let site = SiteDraft::new(Mode::Failover, vec![draft]).build().unwrap();
        let line = &site.lines()[0];
        detection_time(line, line.health(), version, check).map(|time| time.to_string())
    }

    #[test]
    fn a_metered_line_is_watched_on_every_version() {
        for (health, expected) in [
            (Health::Manual, None),
            (Health::Link, Some("at once")),
            (Health::Gateway, Some("20-30 s")),
            (Health::Internet, Some("3-63 s")),
        ] {
            let mut draft = LineDraft::new("lte", "lte1", Access::Lte(None), Mbps::new(1).unwrap());
            (draft.health, draft.metered) = (Some(health), true);
            let time = time_of(draft, Version::new(6, 49, 18), CheckGateway::default());
            assert_eq!(time.as_deref(), expected, "{health:?}");
        }
    }

    #[test]
    fn pings_add_up() {
        let cost = |health: Health, metered: bool, probes: usize| {
            let mut draft = LineDraft::new("isp1", "ether1", Access::Dhcp, Mbps::new(1).unwrap());
            draft.metered = metered;
            let site = SiteDraft::new(Mode::Failover, vec![draft]).build().unwrap();
            probe_bytes(&site.lines()[0], health, probes, CheckGateway::default())
        };
        let bytes = |metered, probes| cost(Health::Internet, metered, probes);
        assert_eq!(cost(Health::Gateway, true, 0), Some(6 * 60 * 24 * 30 * 2 * 56));
        assert_eq!(cost(Health::Manual, true, 2), None);
        assert_eq!(bytes(true, 0), None);
        assert_eq!(bytes(false, 1), Some(6 * 60 * 24 * 30 * 2 * 56));
        assert_eq!(bytes(true, 3), Some(3 * 60 * 24 * 30 * 2 * 56));
        assert_eq!(bytes(false, usize::MAX), None);
    }

    #[test]
    fn each_check_has_its_time() {
        let (old, new) = (Version::new(7, 20, 8), Version::new(7, 21, 0));
        for (health, before, since) in [
            (Health::Manual, None, None),
            (Health::Link, Some("at once"), Some("at once")),
            (Health::Gateway, Some("20-30 s"), Some("10-21 s")),
            (Health::Internet, Some("20-30 s"), Some("10-21 s")),
        ] {
            assert_eq!(time(health, old, CheckGateway::default()).as_deref(), before);
            assert_eq!(time(health, new, CheckGateway::default()).as_deref(), since);
        }
    }

    #[test]
    fn since_7_21_the_check_can_be_tuned() {
        let check = CheckGateway {
            interval: Duration::from_secs(2),
            timeout: Duration::from_millis(500),
            count: 2,
        };
        assert_eq!(
            time(Health::Gateway, Version::new(7, 21, 1), check).as_deref(),
            Some("2-4.5 s")
        );
        assert_eq!(
            time(Health::Gateway, Version::new(7, 20, 8), check).as_deref(),
            Some("20-30 s")
        );
        let none = CheckGateway { count: 0, ..check };
        assert_eq!(
            time(Health::Internet, Version::new(7, 22, 0), none).as_deref(),
            Some("0-0.5 s")
        );
    }
}
