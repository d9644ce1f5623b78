#![doc = include_str!("../../preflight/rules/no_firewall.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::exposure::{Knock, names};
use crate::audit::{Rule, View};
use crate::diagnostic::{Diagnostic, Subject};
use crate::preflight::rules::no_firewall;
use crate::routeros::value::Value;

/// The rule
pub const RULE: Rule = no_firewall::RULE.found_by(check);

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    // An access point or a switch asks for an address to be managed by: what keeps strangers out stands before it.
    if view.customers().next().is_none() {
        return Vec::new();
    }
    let knocks = view.knocks();
    // Whoever drops any of it has thought of strangers.
    let Some(first) = knocks.first().filter(|_| knocks.iter().all(is_open)) else {
        return Vec::new();
    };
    let is_known = |line: &&Value| knocks.iter().any(|knock| knock.line == **line);
    let lines: Vec<String> = view
        .lines()
        .iter()
        .filter(is_known)
        .map(|line| line.to_text().into_owned())
        .collect();
    let message = format!(
        "strangers reach {} of the router over every line: no rule drops it",
        names(knocks.iter())
    );
    let found = RULE
        .finding(message)
        .with_help(no_firewall::HELP)
        .shown_by(view.evidence(&first.way));
    [lines
        .into_iter()
        .fold(found, |found, line| found.about(Subject::interface(line)))]
    .into()
}

fn is_open(knock: &Knock) -> bool {
    knock.is_open && !knock.is_meant
}

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/ip dns\nset allow-remote-requests=yes\n"
                )),
                says: &[
                    "strangers reach `winbox`, `ssh`, `telnet`, `www`, `api`, `DNS` of the router over every line: no rule drops it",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    "/ip service\nset telnet disabled=yes\nset www disabled=yes\nset api disabled=yes\nset winbox disabled=yes\n",
                    "/ip firewall filter\nadd action=accept chain=input connection-state=established,related\nadd action=drop chain=input connection-state=invalid\nadd action=drop chain=forward in-interface-list=WAN\n"
                )),
                says: &["strangers reach `ssh` of the router over every line: no rule drops it"],
                fix: &[],
            },
        ],
        passed: &[
            (
                "a drop of one service that strangers look for",
                Export(two_lines!(
                    defaults!(),
                    "/ip dns\nset allow-remote-requests=yes\n/ip firewall filter\nadd action=drop chain=input dst-port=53 in-interface-list=WAN protocol=udp\n"
                )),
            ),
            (
                "a firewall that could not be exported",
                Export(two_lines!(
                    defaults!(),
                    "#error exporting \"/ip/firewall/filter\" (timeout)\n/system identity\nset name=r1\n"
                )),
            ),
            (
                "a drop in raw",
                Export(two_lines!(
                    defaults!(),
                    "/ip firewall raw\nadd action=drop chain=prerouting dst-address-type=local in-interface-list=WAN\n"
                )),
            ),
            (
                "a router behind modems that translate",
                Export(concat!(
                    "# 2026-01-05 10:00:00 by RouterOS 7.22.1\n/interface bridge\nadd name=bridge\n",
                    "/ip address\nadd address=192.168.88.1/24 interface=bridge\nadd address=192.168.1.2/24 interface=ether1\nadd address=192.168.8.2/24 interface=ether2\n",
                    "/ip firewall nat\nadd action=masquerade chain=srcnat out-interface=!bridge\n",
                    "/ip route\nadd check-gateway=ping gateway=192.168.1.1\nadd distance=2 gateway=192.168.8.1\n"
                )),
            ),
        ],
    }
};
