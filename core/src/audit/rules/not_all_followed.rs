#![doc = include_str!("not_all_followed.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::FILTER;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("not-all-followed"),
    level: Level::Note,
    page: include_str!("not_all_followed.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let found = |left: &str| {
        RULE.finding(format!("{left} were not followed: nothing is said of them"))
            .with_help("follow what matters there with the simulator, one connection at a time")
            .about(Subject::menu(FILTER))
    };
    view.left_out().iter().map(|left| found(left)).collect()
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    const JUMPS: &str = two_lines!(
        defaults!(),
        "/ip firewall filter\nadd action=jump chain=forward jump-target=a\nadd action=jump chain=a jump-target=forward\n"
    );
    Cases {
        flagged: &[
            Flagged {
                router: Export(JUMPS),
                says: &[
                    "chains of the firewall that jump without end were not followed: nothing is said of them",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/ip address\nadd address=203.0.3.2/24 interface=ether3\nadd address=203.0.4.2/24 interface=ether4\nadd address=203.0.5.2/24 interface=ether5\nadd address=203.0.6.2/24 interface=ether6\nadd address=203.0.7.2/24 interface=ether7\nadd address=203.0.8.2/24 interface=ether8\nadd address=203.0.9.2/24 interface=ether9\nadd address=203.0.10.2/24 interface=ether10\n/ip route\nadd check-gateway=ping distance=3 gateway=203.0.3.1\nadd check-gateway=ping distance=4 gateway=203.0.4.1\nadd check-gateway=ping distance=5 gateway=203.0.5.1\nadd check-gateway=ping distance=6 gateway=203.0.6.1\nadd check-gateway=ping distance=7 gateway=203.0.7.1\nadd check-gateway=ping distance=8 gateway=203.0.8.1\nadd check-gateway=ping distance=9 gateway=203.0.9.1\nadd check-gateway=ping distance=10 gateway=203.0.10.1\n"
                )),
                says: &["2 of 10 internet lines were not followed: nothing is said of them"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "chains that return",
                Export(two_lines!(
                    defaults!(),
                    "/ip firewall filter\nadd action=jump chain=forward jump-target=a\nadd action=return chain=a\n"
                )),
            ),
            (
                "8 internet lines",
                Export(two_lines!(
                    defaults!(),
                    "/ip address\nadd address=203.0.3.2/24 interface=ether3\nadd address=203.0.4.2/24 interface=ether4\nadd address=203.0.5.2/24 interface=ether5\nadd address=203.0.6.2/24 interface=ether6\nadd address=203.0.7.2/24 interface=ether7\nadd address=203.0.8.2/24 interface=ether8\n/ip route\nadd check-gateway=ping distance=3 gateway=203.0.3.1\nadd check-gateway=ping distance=4 gateway=203.0.4.1\nadd check-gateway=ping distance=5 gateway=203.0.5.1\nadd check-gateway=ping distance=6 gateway=203.0.6.1\nadd check-gateway=ping distance=7 gateway=203.0.7.1\nadd check-gateway=ping distance=8 gateway=203.0.8.1\n"
                )),
            ),
        ],
    }
};
