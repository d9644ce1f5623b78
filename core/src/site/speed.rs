//! The speed of a line, exact to a kilobit.

use alloc::string::ToString;
use alloc::vec::Vec;
use core::fmt;
use core::num::NonZeroU32;
use core::str::FromStr;

use crate::diagnostic::{Code, Diagnostic};

/// Speed of a line in Mbps: more than nothing, at most 1,000,000, exact to three decimals
///
/// Operators sell 1.5 and 7.5 Mbps, so whole numbers would not do; a float would make a decision depend on rounding. It is kept
/// as whole kilobits per second and read from the decimal text itself.
///
/// # Example
///
/// ```
/// use multi_isp::site::Mbps;
///
/// let dsl: Mbps = "7.5".parse()?;
/// assert_eq!((dsl.kbps(), dsl.to_string().as_str()), (7_500, "7.5"));
/// assert_eq!(Mbps::new(100).map(|fiber| fiber > dsl), Some(true));
/// assert!("0".parse::<Mbps>().is_err());
/// # Ok::<(), multi_isp::site::InvalidSpeed>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Mbps {
    kbps: NonZeroU32,
}

impl Mbps {
    /// Largest speed, 1 Tbps
    pub const MAX: Self = Self {
        kbps: NonZeroU32::MIN.saturating_add(MAX_KBPS - 1),
    };

    /// Speed of so many whole Mbps, if it is in range
    pub fn new(mbps: u32) -> Option<Self> {
        Self::from_kbps(mbps.checked_mul(KBPS_PER_MBPS)?)
    }

    /// Speed of so many kbps, if it is in range
    pub fn from_kbps(kbps: u32) -> Option<Self> {
        let kbps = NonZeroU32::new(kbps)?;
        (kbps.get() <= MAX_KBPS).then_some(Self { kbps })
    }

    /// Kilobits per second, 1 to 1,000,000,000
    pub fn kbps(self) -> u32 {
        self.kbps.get()
    }
}

impl fmt::Display for Mbps {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, thousandths) = (self.kbps() / KBPS_PER_MBPS, self.kbps() % KBPS_PER_MBPS);
        match thousandths {
            0 => write!(f, "{whole}"),
            _ if thousandths % 100 == 0 => write!(f, "{whole}.{}", thousandths / 100),
            _ if thousandths % 10 == 0 => write!(f, "{whole}.{:02}", thousandths / 10),
            _ => write!(f, "{whole}.{thousandths:03}"),
        }
    }
}

impl FromStr for Mbps {
    type Err = InvalidSpeed;

    /// Reads a decimal such as `100` or `7.5`; zeros at the end of the decimals do not count
    fn from_str(text: &str) -> Result<Self, InvalidSpeed> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let significant = decimals.trim_end_matches('0');
        if !is_digits(whole) || !is_digits(decimals) || significant.len() > DECIMALS {
            return Err(InvalidSpeed);
        }
        let thousandths = significant.bytes().chain([b'0'; DECIMALS]).take(DECIMALS);
        let kbps = whole
            .bytes()
            .chain(thousandths)
            .try_fold(0u32, |kbps, digit| {
                kbps.checked_mul(10)?
                    .checked_add(u32::from(digit.saturating_sub(b'0')))
            })
            .ok_or(InvalidSpeed)?;
        Self::from_kbps(kbps).ok_or(InvalidSpeed)
    }
}

/// No speed that a line can have
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a speed is a decimal from 0.001 to 1000000 Mbps with at most three decimals")]
pub struct InvalidSpeed;

impl InvalidSpeed {
    /// The error as a finding, for a caller that shows it to people
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let help = "write the speed that the provider sells, in Mbps, as `100` or `7.5`";
        Vec::from([Diagnostic::error(INVALID_SPEED, self.to_string()).with_help(help)])
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

const KBPS_PER_MBPS: u32 = 1_000;
const MAX_KBPS: u32 = 1_000_000_000;
const DECIMALS: usize = 3;

const INVALID_SPEED: Code = Code::new("invalid-speed");

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;
    use std::string::ToString;

    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_no_speed_is_refused() {
        for text in [
            "",
            "0",
            "0.000",
            "-1",
            "1.",
            ".5",
            "1e3",
            "1.0005",
            "1000000.001",
            "99999999999",
            "1,5",
            "+1",
        ] {
            assert_eq!(text.parse::<Mbps>(), Err(InvalidSpeed), "{text}");
        }
    }

    #[test]
    fn zeros_at_the_end_do_not_count() {
        assert_eq!("2.50000".parse::<Mbps>(), "2.5".parse());
        assert_eq!("1000000.0".parse(), Ok(Mbps::MAX));
    }

    proptest! {
        #[test]
        fn every_speed_reads_back(kbps in 1u32..=1_000_000_000) {
            let speed = Mbps::from_kbps(kbps).unwrap();
            prop_assert_eq!(speed.to_string().parse(), Ok(speed));
        }
    }
}
