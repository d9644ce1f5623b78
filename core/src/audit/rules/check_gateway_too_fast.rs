#![doc = include_str!("check_gateway_too_fast.md")]

use alloc::format;
use alloc::vec::Vec;
use core::time::Duration;

use crate::audit::menus::{DHCP_CLIENTS, ROUTES};
use crate::audit::routing::is_checked;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::failover::CheckGateway;
use crate::routeros::router::Row;
use crate::rule::property_subject;
use crate::survey::check_gateway;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("check-gateway-too-fast"),
    level: Level::Warning,
    page: include_str!("check_gateway_too_fast.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let timing = check_gateway(view.router());
    let mut checked = CHECKED.iter().flat_map(|menu| view.rows(menu));
    if !is_too_fast(&timing) || !checked.any(is_checked) {
        return Vec::new();
    }
    let settings = view
        .rows(SETTINGS)
        .filter(|row| row.get(INTERVAL).is_some() || row.get(COUNT).is_some());
    settings.map(|row| finding(view, &timing, row)).collect()
}

fn is_too_fast(timing: &CheckGateway) -> bool {
    let lasts = timing.interval.saturating_mul(timing.count.into());
    timing.interval < SHORTEST || lasts < SOONEST
}

fn finding(view: &View<'_>, timing: &CheckGateway, row: &Row) -> Diagnostic {
    let property = if row.get(INTERVAL).is_some() {
        INTERVAL
    } else {
        COUNT
    };
    let what = "wait for two pings, two seconds apart";
    RULE.finding(format!(
        "`check-gateway` gives a line up after {} {} {} ms apart: a short loss is taken for a dead line",
        timing.count,
        if timing.count == 1 { "ping," } else { "pings," },
        timing.interval.as_millis()
    ))
    .with_help("ask every two seconds or less often, and wait for two answers or more")
    .about(property_subject(SETTINGS, row, property))
    .fixed_by(view.set(what, (SETTINGS, row), &[(INTERVAL, "2s"), (COUNT, "2")]))
}

const SETTINGS: &str = "/routing/settings";
const INTERVAL: &str = "check-gateway-ping-interval";
const COUNT: &str = "check-gateway-ping-count";

/// Rows that may have `check-gateway`
const CHECKED: [&str; 2] = [ROUTES, DHCP_CLIENTS];

const SHORTEST: Duration = Duration::from_secs(1);
const SOONEST: Duration = Duration::from_secs(3);

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/routing settings\nset check-gateway-ping-interval=500ms check-gateway-ping-count=10\n"
                )),
                says: &[
                    "`check-gateway` gives a line up after 10 pings, 500 ms apart: a short loss is taken for a dead line",
                ],
                fix: &["/routing settings set check-gateway-ping-count=2 check-gateway-ping-interval=2s"],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/routing settings\nset check-gateway-ping-interval=2s check-gateway-ping-count=1\n"
                )),
                says: &[
                    "`check-gateway` gives a line up after 1 ping, 2000 ms apart: a short loss is taken for a dead line",
                ],
                fix: &["/routing settings set check-gateway-ping-count=2"],
            },
        ],
        passed: &[
            ("the usual timing", Export(two_lines!(defaults!()))),
            (
                "two pings, two seconds apart",
                Export(two_lines!(
                    defaults!(),
                    "/routing settings\nset check-gateway-ping-interval=2s\n"
                )),
            ),
            (
                "nothing that is checked",
                Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=198.51.100.1\n/routing settings\nset check-gateway-ping-interval=500ms\n"
                )),
            ),
        ],
    }
};
