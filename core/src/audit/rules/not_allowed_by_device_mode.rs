#![doc = include_str!("not_allowed_by_device_mode.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::routeros::router::Row;
use crate::rule::{row_subject, typed};
use crate::survey::device_mode::{DEVICE_MODE, Forbidden, is_flagged, no_fetch, no_hotspot, no_scheduler};
use crate::survey::switching;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("not-allowed-by-device-mode"),
    level: Level::Warning,
    page: include_str!("not_allowed_by_device_mode.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let router = view.router();
    let needs = [
        (
            no_scheduler(router).filter(|_| !is_flagged(router)),
            view.rows("/system/scheduler").collect(),
        ),
        (no_hotspot(router), view.rows("/ip/hotspot").collect()),
        (no_fetch(router), fetching(view)),
    ];
    let forbidden = needs
        .into_iter()
        .filter_map(|(forbidden, rows)| finding(forbidden?, &rows));
    forbidden.chain(inactivated(view)).collect()
}

/// Rows that run what asks another host for a file
fn fetching<'a>(view: &View<'a>) -> Vec<&'a Row> {
    let fetches = |source: &str| {
        source
            .split(|sign: char| !sign.is_ascii_alphanumeric())
            .any(|word| word == "fetch")
    };
    let scripts = view.scripts().into_iter();
    let reaches = |source: &str| {
        switching::reached(view.router(), source)
            .iter()
            .any(|source| fetches(source))
    };
    scripts
        .filter(|(.., source)| reaches(source))
        .map(|(_, row, _)| row)
        .collect()
}

fn finding(forbidden: Forbidden, rows: &[&Row]) -> Option<Diagnostic> {
    let names = rows.iter().map(|row| {
        row.text("name")
            .or_else(|| row.text("interface"))
            .or_else(|| row.text("host"))
    });
    let names: Vec<_> = names
        .map(|name| format!("`{}`", name.unwrap_or_default()))
        .collect();
    let found = || {
        RULE.finding(format!("{}, which {} needs", forbidden.why, names.join(", ")))
            .with_help(forbidden.remedy)
            .about(Subject::menu(typed(DEVICE_MODE)))
    };
    (!rows.is_empty()).then(found)
}

/// Rows of which RouterOS says so itself; it shows them as disabled
fn inactivated(view: &View<'_>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for menu in view.router().menus() {
        let is_meant = |row: &&Row| {
            row.remark()
                .is_some_and(|remark| remark.to_text().contains(INACTIVATED))
        };
        found.extend(view.router().table(menu).iter().filter(is_meant).map(|row| {
            RULE.finding(format!(
                "RouterOS has inactivated a row of `{}`: its device mode does not allow it",
                typed(menu)
            ))
            .with_help("allow it in `/system device-mode` and confirm it on the device, or remove the row")
            .about(row_subject(menu, row))
        }));
    }
    found
}

/// What RouterOS says of such a row (ROUTEROS-BEHAVIOUR §5)
const INACTIVATED: &str = "not allowed by device-mode";

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, Source::Rest, defaults, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Rest(
                    r#"{"/system/device-mode": {"mode": "home", "scheduler": "false", "fetch": "false", "hotspot": "true"},
                        "/tool/netwatch": [{".id": "*1", "host": "203.0.113.9", "down-script": "/tool fetch url=https://status.example/down", "disabled": "false"}],
                        "/system/scheduler": [{".id": "*2", "name": "backup", "interval": "1d", "on-event": "/system backup save", "disabled": "false"}]}"#,
                ),
                says: &[
                    "the device mode allows no scheduler, which `backup` needs",
                    "the device mode allows no fetch, which `203.0.113.9` needs",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/system scheduler\n# inactivated, not allowed by device-mode\nadd disabled=yes interval=1m name=look on-event=look\n"
                )),
                says: &[
                    "RouterOS has inactivated a row of `/system scheduler`: its device mode does not allow it",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a mode that allows it, and a script that does not fetch",
                Rest(
                    r#"{"/system/device-mode": {"mode": "basic", "scheduler": "true", "fetch": "false", "hotspot": "false"},
                        "/system/scheduler": [{".id": "*2", "name": "backup", "interval": "1d", "on-event": "/system backup save name=fetched", "disabled": "false"}]}"#,
                ),
            ),
            (
                "a device that is flagged: what is there goes on",
                Rest(
                    r#"{"/system/device-mode": {"mode": "advanced", "flagged": "true", "scheduler": "true"},
                        "/system/scheduler": [{".id": "*2", "name": "backup", "interval": "1d", "on-event": "/system backup save", "disabled": "false"}]}"#,
                ),
            ),
            (
                "a scheduler that is disabled",
                Rest(
                    r#"{"/system/device-mode": {"mode": "home", "scheduler": "false"},
                        "/system/scheduler": [{".id": "*2", "name": "backup", "interval": "1d", "on-event": "/system backup save", "disabled": "true"}]}"#,
                ),
            ),
        ],
    }
};
