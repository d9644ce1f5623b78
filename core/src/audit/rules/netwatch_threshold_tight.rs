#![doc = include_str!("netwatch_threshold_tight.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::NETWATCH;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::routeros::value::milliseconds;
use crate::rule::property_subject;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("netwatch-threshold-tight"),
    level: Level::Warning,
    page: include_str!("netwatch_threshold_tight.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let tight = view
        .rows(NETWATCH)
        .filter(|row| row.is("type", "icmp") && row.get("src-address").is_none() && is_tight(row));
    tight.filter_map(|row| finding(view, row)).collect()
}

/// Whether the average that it allows is RouterOS' own, or less
fn is_tight(row: &Row) -> bool {
    row.text("thr-avg")
        .is_none_or(|limit| milliseconds(&limit).is_some_and(|limit| limit <= USUAL))
}

fn finding(view: &View<'_>, row: &Row) -> Option<Diagnostic> {
    let host = row.text("host")?;
    let line = view.mobile_line_to(host.parse().ok()?)?.to_text();
    let found = RULE
        .finding(format!("netwatch takes `{host}` to be down as soon as its answers over `{line}` take more than 100 ms on average"))
        .with_help(format!("set `thr-avg` to {WIDE}, the limit that a single answer has anyway: a mobile line is slow long before it is dead"))
        .about(property_subject(NETWATCH, row, "thr-avg"))
        .fixed_by(view.set("give answers over a mobile line more time", (NETWATCH, row), &[("thr-avg", WIDE)]));
    Some(found)
}

/// Milliseconds: RouterOS' own limit
const USUAL: u64 = 100;

/// RouterOS' own limit for the slowest of the answers, `thr-max`: no average is above it
const WIDE: &str = "1s";

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, with_lte, with_ppp};

    Cases {
        flagged: &[
            Flagged {
                router: Export(with_lte!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=lte1 scope=10\n",
                    "/tool netwatch\nadd comment=lte down-script=\":log warning lte\" host=203.0.113.10 interval=1m type=icmp\n"
                )),
                says: &[
                    "netwatch takes `203.0.113.10` to be down as soon as its answers over `lte1` take more than 100 ms on average",
                ],
                fix: &["/tool netwatch set [find where comment=\"lte\"] thr-avg=1s"],
            },
            Flagged {
                router: Export(with_ppp!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=ppp-out1 scope=10\n",
                    "/tool netwatch\nadd comment=stick host=203.0.113.10 interval=1m thr-avg=80ms type=icmp\n"
                )),
                says: &[
                    "netwatch takes `203.0.113.10` to be down as soon as its answers over `ppp-out1` take more than 100 ms on average",
                ],
                fix: &["/tool netwatch set [find where comment=\"stick\"] thr-avg=1s"],
            },
        ],
        passed: &[
            (
                "a host that is asked over the fibre",
                Export(with_lte!(
                    "/tool netwatch\nadd host=203.0.113.10 interval=1m type=icmp\n"
                )),
            ),
            (
                "the test of RouterOS 6, which only asks whether an answer comes",
                Export(with_lte!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=lte1 scope=10\n",
                    "/tool netwatch\nadd host=203.0.113.10 interval=1m type=simple\n"
                )),
            ),
            (
                "a limit of its own",
                Export(with_lte!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=lte1 scope=10\n",
                    "/tool netwatch\nadd host=203.0.113.10 interval=1m thr-avg=500ms type=icmp\n"
                )),
            ),
        ],
    }
};
