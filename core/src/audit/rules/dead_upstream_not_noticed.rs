#![doc = include_str!("dead_upstream_not_noticed.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::outages::{Loss, is_not_noticed};
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::simulate::Condition;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("dead-upstream-not-noticed"),
    level: Level::Note,
    page: include_str!("dead_upstream_not_noticed.md"),
    check,
};

/// A gateway that nothing checks is `dead-gateway-not-noticed`; what a plan of ours leaves unchecked, its operator chose
fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if view.is_planned() || view.is_steered() {
        return Vec::new();
    }
    let unchecked = view.losses(Condition::GatewayDead, is_not_noticed);
    let mut losses = view.losses(Condition::UpstreamDead, is_not_noticed);
    losses.retain(|loss| !unchecked.iter().any(|known| known.line == loss.line));
    losses.iter().map(|loss| finding(view, loss)).collect()
}

fn finding(view: &View<'_>, loss: &Loss<'_>) -> Diagnostic {
    let (line, others) = (loss.line.to_text(), loss.others());
    let message = format!(
        "only the gateway of `{line}` is checked: when the provider is dead behind it, customers lose new connections though {others}: {}",
        loss.told(view)
    );
    loss.shown(view, RULE.finding(message)).with_help(
        "lead the line's defaults over two probe hosts in the internet, each with a host route over the line",
    )
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, pcc, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(defaults!())),
                says: &[
                    "only the gateway of `ether1` is checked: when the provider is dead behind it, customers lose new connections though `ether2` works: all of the customers",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(defaults!(), pcc!())),
                says: &[
                    "only the gateway of `ether1` is checked: when the provider is dead behind it, customers lose new connections though `ether2` works: 50.0 % of the customers (bucket 0 of 2)",
                    "only the gateway of `ether2` is checked: when the provider is dead behind it, customers lose new connections though `ether1` works: 50.0 % of the customers (bucket 1 of 2)",
                ],
                fix: &[],
            },
        ],
        passed: &[
            (
                "defaults over hosts in the internet",
                Export(two_lines!(
                    "/ip route\nadd dst-address=203.0.113.10/32 gateway=192.0.2.1 scope=10\n",
                    "add check-gateway=ping gateway=203.0.113.10 target-scope=11\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
            (
                "nothing is checked at all, which is a fault of its own",
                Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1\nadd distance=2 gateway=198.51.100.1\n"
                )),
            ),
        ],
    }
};
