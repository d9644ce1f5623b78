//! RouterOS versions, their order and the gates that hang on them.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::str::FromStr;

use serde::{Serialize, Serializer};

use crate::diagnostic::{Code, Diagnostic};

/// A RouterOS version such as `7.16.2`, `6.49` or `7.1rc6`.
///
/// Ordered as MikroTik releases them: `7.1beta4` < `7.1rc6` < `7.1` < `7.1.1` < `7.2`.
///
/// # Example
/// ```
/// use multi_isp::routeros::version::Version;
///
/// let running = Version::parse("7.16.2 (stable)").unwrap();
/// assert!(running >= Version::new(7, 16, 0));
/// assert!(Version::parse("6.48beta12").unwrap() < Version::new(6, 48, 0));
/// assert_eq!(running.to_string(), "7.16.2");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// 6 or 7.
    pub major: u16,
    /// `16` of `7.16.2`.
    pub minor: u16,
    /// `2` of `7.16.2`; 0 where it is not written.
    pub patch: u16,
    /// Where in its release cycle it stands.
    pub stage: Stage,
}

/// Where in its release cycle a version stands, earliest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// `7.22alpha123`.
    Alpha(u16),
    /// `7.18beta2`.
    Beta(u16),
    /// `7.1rc6`.
    Candidate(u16),
    /// A release.
    Stable,
}

impl Version {
    /// The first version with REST (D:47579162).
    pub(crate) const REST: Self = Self::new(7, 1, 0);

    /// A release: `Version::new(7, 16, 2)` is `7.16.2`.
    pub const fn new(major: u16, minor: u16, patch: u16) -> Version {
        Version {
            major,
            minor,
            patch,
            stage: Stage::Stable,
        }
    }

    /// Reads `7.16.2`, `7.1rc6`, `6.48beta12`; what follows a blank, as in `7.16.2 (stable)`, is ignored.
    ///
    /// `None` where the text is no version.
    pub fn parse(text: &str) -> Option<Version> {
        let text = text.split_ascii_whitespace().next()?;
        let letters = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (numbers, stage) = text.split_at_checked(letters)?;
        let mut parts = numbers.split('.');
        let major = number(parts.next()?)?;
        let minor = number(parts.next()?)?;
        let patch = parts.next().map_or(Some(0), number)?;
        match parts.next() {
            Some(_) => None,
            None => Some(Version {
                major,
                minor,
                patch,
                stage: Stage::parse(stage)?,
            }),
        }
    }
}

/// A text that is no version of RouterOS.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{}` is no version of RouterOS", .0.escape_default())]
pub struct UnknownVersion(String);

impl UnknownVersion {
    /// The error as a finding, for a caller that shows it to people.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let help = "write it as the router shows it, such as `7.22.1`, `7.1rc6` or `6.49`";
        Vec::from([Diagnostic::error(UNKNOWN_VERSION, self.to_string()).with_help(help)])
    }
}

impl FromStr for Version {
    type Err = UnknownVersion;

    /// [`Version::parse`], with the reason where the text is no version.
    fn from_str(text: &str) -> Result<Version, UnknownVersion> {
        Version::parse(text).ok_or_else(|| UnknownVersion(text.into()))
    }
}

impl Stage {
    fn parse(text: &str) -> Option<Stage> {
        if text.is_empty() {
            return Some(Stage::Stable);
        }
        let count = |name: &str| text.strip_prefix(name).and_then(number);
        count("alpha")
            .map(Stage::Alpha)
            .or_else(|| count("beta").map(Stage::Beta))
            .or_else(|| count("rc").map(Stage::Candidate))
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)?;
        if self.patch > 0 {
            write!(f, ".{}", self.patch)?;
        }
        match self.stage {
            Stage::Stable => Ok(()),
            Stage::Alpha(n) => write!(f, "alpha{n}"),
            Stage::Beta(n) => write!(f, "beta{n}"),
            Stage::Candidate(n) => write!(f, "rc{n}"),
        }
    }
}

impl Serialize for Version {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn number(text: &str) -> Option<u16> {
    text.bytes()
        .all(|b| b.is_ascii_digit())
        .then(|| text.parse().ok())?
}

const UNKNOWN_VERSION: Code = Code::new("unknown-version");

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn versions_stand_in_release_order() {
        let order = [
            "6.40.4",
            "6.48beta12",
            "6.48",
            "6.49.21",
            "7.1beta4",
            "7.1rc6",
            "7.1",
            "7.9",
            "7.10",
            "7.22.3",
        ];
        let versions: std::vec::Vec<_> = order.iter().map(|text| Version::parse(text).unwrap()).collect();
        assert!(versions.is_sorted());
        let printed: std::vec::Vec<_> = versions.iter().map(ToString::to_string).collect();
        assert_eq!(printed, order);
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in [
            "",
            "7",
            "7.x",
            "seven",
            "7.1.2.3",
            "7.1gamma2",
            "7.+1",
            "7.1rc",
            "7.99999",
        ] {
            assert_eq!(Version::parse(text), None, "{text}");
        }
    }
}
