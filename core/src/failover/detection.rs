//! How long a dead line goes unnoticed.

use core::fmt;
use core::time::Duration;

use crate::routeros::version::Version;
use crate::site::{Health, Line};

/// How long it takes to notice that a line is dead, or nothing where nobody looks (`manual`)
///
/// A link that goes down takes its connected route with it, at once. A check of the next hop pings every interval and gives up
/// after `count` timeouts in a row: more than `count - 1` intervals, at most `count` intervals and a timeout. With `internet` a
/// line has two probe hosts or more, each checked in this way, and is dead when the last of them is: the bounds are the same.
/// Before 7.21 nothing is tunable and field reports range from 20 s \[F:212309\] to 30 s \[F:1116791\]; `check` does not count
/// there.
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
/// let time = |version| detection_time(&site.lines()[0], version, CheckGateway::default()).map(|time| time.to_string());
/// assert_eq!(time(Version::new(7, 22, 0)).as_deref(), Some("10-21 s"));
/// assert_eq!(time(Version::new(6, 49, 0)).as_deref(), Some("20-30 s"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn detection_time(line: &Line, version: Version, check: CheckGateway) -> Option<Detection> {
    match line.health() {
        Health::Manual => None,
        Health::Link => Some(Detection::AT_ONCE),
        Health::Gateway | Health::Internet if version < TUNABLE => Some(FIXED),
        Health::Gateway | Health::Internet => Some(check.detection_time()),
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
    fn detection_time(self) -> Detection {
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

/// From when to when a dead line is noticed; `Display` in seconds, as `10-21 s`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Detection {
    /// Not before
    pub earliest: Duration,
    /// At the latest
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
        let site = SiteDraft::new(Mode::Failover, vec![draft]).build().unwrap();
        detection_time(&site.lines()[0], version, check).map(|time| time.to_string())
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
