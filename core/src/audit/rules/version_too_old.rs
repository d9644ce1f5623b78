#![doc = include_str!("version_too_old.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::routeros::version::Version;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("version-too-old"),
    level: Level::Error,
    page: include_str!("version_too_old.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let version = view.router().version().filter(|version| *version < OLDEST);
    let found = version.map(|version| {
        RULE.finding(format!(
            "RouterOS {version} is too old: before {OLDEST}, lease scripts know no gateway"
        ))
        .with_help("upgrade RouterOS to 6.49, or to 7 where the hardware takes it")
        .about(Subject::menu("/system package update"))
    });
    found.into_iter().collect()
}

/// The first version whose lease scripts have `gateway-address` (ROUTEROS §1.1)
const OLDEST: Version = Version::new(6, 40, 0);

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export};

    Cases {
        flagged: &[
            Flagged {
                router: Export(
                    "# may/14/2017 15:04:15 by RouterOS 6.38.5\n/ip dhcp-client\nadd disabled=no interface=ether1\n",
                ),
                says: &["RouterOS 6.38.5 is too old: before 6.40, lease scripts know no gateway"],
                fix: &[],
            },
            Flagged {
                router: Export(
                    "# may/14/2014 15:04:15 by RouterOS 5.26\n/ip address\nadd address=192.0.2.2/24 interface=ether1\n",
                ),
                says: &["RouterOS 5.26 is too old: before 6.40, lease scripts know no gateway"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "the oldest that is new enough",
                Export(
                    "# may/14/2018 15:04:15 by RouterOS 6.40\n/ip dhcp-client\nadd disabled=no interface=ether1\n",
                ),
            ),
            (
                "a version that is not known",
                Export("/ip address\nadd address=192.0.2.2/24 interface=ether1\n"),
            ),
        ],
    }
};
