#![doc = include_str!("line_loss_not_covered.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::outages::Loss;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::simulate::{Cause, Condition};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("line-loss-not-covered"),
    level: Level::Error,
    page: include_str!("line_loss_not_covered.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let losses = view.losses(Condition::LinkDown, is_meant);
    losses.iter().map(|loss| finding(view, loss)).collect()
}

/// What leaves untranslated is `nat-missing`
fn is_meant(cause: &Cause, _: bool) -> bool {
    *cause != Cause::Untranslated
}

fn finding(view: &View<'_>, loss: &Loss<'_>) -> Diagnostic {
    let (line, others) = (loss.line.to_text(), loss.others());
    let message = format!(
        "with `{line}` unplugged, customers lose new connections though {others}: {}",
        loss.told(view)
    );
    loss.shown(view, RULE.finding(message))
        .with_help("give every table that leads over this line a default over another one behind it, and main too; translate what leaves there")
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, pcc, two_lines};

    Cases {
        flagged: &[
            // A line's table has the last word, and the line is gone.
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/routing table\nadd fib name=to-isp1\n",
                    "/ip route\nadd blackhole distance=5 routing-table=to-isp1\nadd gateway=192.0.2.1 routing-table=to-isp1\n",
                    "/ip firewall mangle\n",
                    "add action=accept chain=prerouting dst-address=192.168.88.0/24 in-interface=bridge\n",
                    "add action=mark-routing chain=prerouting in-interface=bridge dst-address-type=!local new-routing-mark=to-isp1 ",
                    "passthrough=no per-connection-classifier=both-addresses:3/0\n",
                    "add action=mark-routing chain=prerouting in-interface=bridge dst-address-type=!local new-routing-mark=to-isp1 ",
                    "passthrough=no per-connection-classifier=both-addresses:3/2\n",
                    "add action=mark-routing chain=prerouting in-interface=bridge dst-address-type=!local new-routing-mark=main ",
                    "passthrough=no per-connection-classifier=both-addresses:3/1\n"
                )),
                says: &[
                    "with `ether1` unplugged, customers lose new connections though `ether2` works: 66.7 % of the customers (buckets 0, 2 of 3)",
                ],
                fix: &[],
            },
            // Customers of the second line have no way back to the first.
            Flagged {
                router: Export(two_lines!(
                    "/routing table\nadd fib name=to-isp2\n",
                    "/ip route\nadd gateway=192.0.2.1\nadd gateway=198.51.100.1 routing-table=to-isp2\n",
                    "/routing rule\nadd action=lookup-only-in-table src-address=192.168.88.0/24 dst-address=0.0.0.0/0 table=to-isp2\n"
                )),
                says: &[
                    "with `ether2` unplugged, customers lose new connections though `ether1` works: all of the customers",
                ],
                fix: &[],
            },
        ],
        passed: &[
            ("a default behind the first", Export(two_lines!(defaults!()))),
            (
                "tables with the other line behind their own",
                Export(two_lines!(defaults!(), pcc!())),
            ),
            (
                "a line that leads nowhere but to its own network stands in for none",
                Export(two_lines!(
                    "/ip route\nadd gateway=192.0.2.1\nadd dst-address=10.0.0.0/8 gateway=198.51.100.1\n"
                )),
            ),
        ],
    }
};
