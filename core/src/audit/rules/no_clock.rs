#![doc = include_str!("no_clock.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::routeros::value::milliseconds;
use crate::rule::property_subject;
use crate::survey::tag_of;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("no-clock"),
    level: Level::Note,
    page: include_str!("no_clock.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let is_set = |(menu, property): &(&str, &str)| view.rows(menu).any(|row| row.is(property, "yes"));
    // The cloud sets the clock unless it is told not to.
    let is_off = view
        .rows(CLOUD)
        .any(|row| row.get("update-time").is_some() && row.is("update-time", "no"));
    if !is_off || !view.is_told(NTP) || CLOCKS.iter().any(is_set) {
        return Vec::new();
    }
    let rows = view
        .rows(SCHEDULERS)
        .filter(|row| tag_of(SCHEDULERS, row).is_none());
    rows.filter_map(finding).collect()
}

fn finding(row: &Row) -> Option<Diagnostic> {
    let time = row.text("start-time").filter(|time| time.contains(':'))?;
    let interval = milliseconds(&row.effective("interval")?.to_text())?;
    // A shorter interval runs all the same, whatever the hour.
    let is_of_the_hour = interval.checked_rem(DAY) == Some(0);
    let name = row.text("name").unwrap_or_default();
    is_of_the_hour.then(|| {
        RULE.finding(format!(
            "the scheduler `{name}` is to run at `{time}`, and nothing sets the clock"
        ))
        .with_help("switch `/system ntp client` on")
        .about(property_subject(SCHEDULERS, row, "start-time"))
    })
}

/// What sets the clock, where it is on
const CLOCKS: [(&str, &str); 2] = [(NTP, "enabled"), ("/system/gps", "set-system-time")];

const NTP: &str = "/system/ntp/client";
const CLOUD: &str = "/ip/cloud";
const SCHEDULERS: &str = "/system/scheduler";

/// In milliseconds
const DAY: u64 = 86_400_000;

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/ip cloud\nset update-time=no\n/system scheduler\nadd interval=1d name=night on-event=backup start-time=03:00:00\n"
                )),
                says: &["the scheduler `night` is to run at `03:00:00`, and nothing sets the clock"],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/ip cloud\nset update-time=no\n/system ntp client\nset enabled=no\n",
                    "/system scheduler\nadd name=once on-event=upgrade start-date=2026-02-01 start-time=02:00:00\n"
                )),
                says: &["the scheduler `once` is to run at `02:00:00`, and nothing sets the clock"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "an interval for which the hour does not matter",
                Export(two_lines!(
                    defaults!(),
                    "/ip cloud\nset update-time=no\n/system scheduler\nadd interval=1m name=look on-event=look start-time=18:33:25\n"
                )),
            ),
            (
                "a clock that the cloud sets, as it does by itself",
                Export(two_lines!(
                    defaults!(),
                    "/system scheduler\nadd interval=1d name=night on-event=backup start-time=03:00:00\n"
                )),
            ),
            (
                "an NTP client",
                Export(two_lines!(
                    defaults!(),
                    "/ip cloud\nset update-time=no\n/system ntp client\nset enabled=yes\n",
                    "/system scheduler\nadd interval=1d name=night on-event=backup start-time=03:00:00\n"
                )),
            ),
        ],
    }
};
