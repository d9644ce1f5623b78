#![doc = include_str!("dead_gateway_not_noticed.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::outages::{Loss, is_not_noticed};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::simulate::Condition;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("dead-gateway-not-noticed"),
    level: Level::Warning,
    page: include_str!("dead_gateway_not_noticed.md"),
    check,
};

/// What a plan of ours leaves unchecked, its operator chose; scripts that change routes may do what is not followed
fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if view.is_planned() || view.is_steered() || view.rows(FILTERS).any(sets_checks) {
        return Vec::new();
    }
    let losses = view.losses(Condition::GatewayDead, is_not_noticed);
    losses.iter().map(|loss| finding(view, loss)).collect()
}

/// Whether a routing filter of RouterOS 6 gives routes a check, also those of clients
fn sets_checks(row: &Row) -> bool {
    row.get("set-check-gateway").is_some_and(|check| *check != "none")
}

fn finding(view: &View<'_>, loss: &Loss<'_>) -> Diagnostic {
    let (line, others) = (loss.line.to_text(), loss.others());
    let message = format!(
        "nothing notices that the gateway behind `{line}` is dead while its link is up: customers lose new connections though {others}: {}",
        loss.told(view)
    );
    loss.shown(view, RULE.finding(message))
        .with_help("check the line's defaults with `check-gateway=ping`, or lead them over probe hosts; in main and in every marked table")
}

const FILTERS: &str = "/routing/filter";

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, pcc, tables_unchecked, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=198.51.100.1\n"
                )),
                says: &[
                    "nothing notices that the gateway behind `ether1` is dead while its link is up: customers lose new connections though `ether2` works: all of the customers",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(defaults!(), tables_unchecked!())),
                says: &[
                    "nothing notices that the gateway behind `ether1` is dead while its link is up: customers lose new connections though `ether2` works: 50.0 % of the customers (bucket 0 of 2)",
                    "nothing notices that the gateway behind `ether2` is dead while its link is up: customers lose new connections though `ether1` works: 50.0 % of the customers (bucket 1 of 2)",
                ],
                fix: &[],
            },
        ],
        passed: &[
            ("gateways that are checked", Export(two_lines!(defaults!()))),
            (
                "tables whose gateways are checked",
                Export(two_lines!(defaults!(), pcc!())),
            ),
            (
                "a script that looks after the default",
                Export(two_lines!(
                    "/ip route\nadd comment=ISP1 gateway=192.0.2.1\nadd distance=2 gateway=198.51.100.1\n",
                    "/tool netwatch\nadd host=192.0.2.1 down-script=\"/ip route disable [find comment=ISP1]\" up-script=\"/ip route enable [find comment=ISP1]\"\n"
                )),
            ),
        ],
    }
};
