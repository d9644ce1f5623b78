#![doc = include_str!("version_unknown.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level, Subject};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("version-unknown"),
    level: Level::Note,
    page: include_str!("version_unknown.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    // Without a line, nothing that differs by version is judged.
    if view.router().version().is_some() || view.lines().is_empty() {
        return Vec::new();
    }
    let taken = if view.is_v7() {
        "RouterOS 7"
    } else {
        "RouterOS 6, by its routes"
    };
    let found = RULE
        .finding(format!(
            "nothing says which version the router runs: it is taken for {taken}"
        ))
        .with_help("give the version, or the export with its first text line")
        .about(Subject::menu("/system resource"));
    [found].into()
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(
                    "/ip address\nadd address=192.0.2.2/24 interface=ether1\n/ip route\nadd gateway=192.0.2.1\n",
                ),
                says: &["nothing says which version the router runs: it is taken for RouterOS 7"],
                fix: &[],
            },
            Flagged {
                router: Export(
                    "/ip address\nadd address=192.0.2.2/24 interface=ether1\n/ip route\nadd gateway=192.0.2.1\nadd gateway=192.0.2.1 routing-mark=isp1\n",
                ),
                says: &[
                    "nothing says which version the router runs: it is taken for RouterOS 6, by its routes",
                ],
                fix: &[],
            },
        ],
        passed: &[
            ("an export with its header", Export(two_lines!(defaults!()))),
            (
                "a part of an export that has no line",
                Export("/ip firewall filter\nadd action=drop chain=input\n"),
            ),
        ],
    }
};
