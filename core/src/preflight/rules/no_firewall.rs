#![doc = include_str!("no_firewall.md")]

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::filter::{Traffic, walk_both};
use crate::preflight::interfaces::Member;
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Router;
use crate::site::Line;
use crate::survey::foreign_enabled;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("no-firewall"),
    level: Level::Warning,
    page: include_str!("no_firewall.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    let Some((primary, new)) = case.primary_and_new() else {
        return Vec::new();
    };
    let is_open = |line: &&Line| {
        let lets_all_in = |chain: &&str| drops_nothing(case.router, chain, primary, line);
        line.interface() != primary.interface() && CHAINS.iter().all(lets_all_in)
    };
    let open: Vec<&Line> = new.iter().filter(is_open).collect();
    if open.is_empty() || drops_raw(case.router) {
        return Vec::new();
    }
    let names: Vec<String> = open.iter().map(|line| format!("`{}`", line.id())).collect();
    let message = format!(
        "`input` and `forward` drop nothing of what strangers send: the router is open over {} too",
        names.join(", ")
    );
    let found = RULE.finding(message).with_help(
        "drop in `input` what comes from outside, as the default configuration does with `in-interface-list=!LAN`",
    );
    [open
        .iter()
        .fold(found, |found, line| found.about(line.id().as_str()))]
    .into()
}

/// Whether a chain lets all through that nobody asked for, over the line of today and over a new one
fn drops_nothing(router: &Router, chain: &str, primary: &Line, line: &Line) -> bool {
    let today = Member::of(primary.interface().as_bytes(), router);
    let new = Member::joining(line.interface().as_bytes(), router, today.interface());
    let (by_today, by_new) = walk_both(router, chain, Traffic::Unasked, &today, &new);
    by_today.drops.is_empty() && by_new.drops.is_empty()
}

fn drops_raw(router: &Router) -> bool {
    foreign_enabled(router, "/ip/firewall/raw")
        .any(|row| row.is("chain", "prerouting") && row.is("action", "drop"))
}

const CHAINS: [&str; 2] = ["input", "forward"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{messages, router, site};

    fn found(rows: &[&str]) -> Vec<String> {
        messages(&RULE, &site(&["ether1", "ether2", "ether3"]), &router(rows))
    }

    #[test]
    fn a_router_that_drops_nothing_is_open_over_every_line() {
        let expected = [
            "`input` and `forward` drop nothing of what strangers send: the router is open over `isp2`, `isp3` too",
        ];
        assert_eq!(found(&[]), expected);
        assert_eq!(
            found(&[
                "/ip/firewall/filter chain=input action=drop disabled=yes",
                "/ip/firewall/filter chain=output action=drop",
                "/ip/firewall/filter chain=unused action=drop",
                "/ip/firewall/filter chain=input action=drop connection-state=invalid",
                "/ip/firewall/raw chain=output action=drop",
            ]),
            expected
        );
    }

    #[test]
    fn any_drop_of_what_strangers_send_passes() {
        for row in [
            "/ip/firewall/filter chain=input action=drop in-interface-list=!LAN",
            "/ip/firewall/filter chain=forward action=reject",
            "/ip/firewall/filter chain=input action=drop protocol=udp dst-port=53",
            "/ip/firewall/raw chain=prerouting action=drop src-address-list=bad",
        ] {
            assert!(found(&[row]).is_empty(), "{row}");
        }
        assert!(
            found(&[
                "/ip/firewall/filter chain=input action=jump jump-target=outside",
                "/ip/firewall/filter chain=outside action=drop",
            ])
            .is_empty()
        );
    }

    #[test]
    fn what_protects_isp_1_alone_is_another_matter() {
        assert!(found(&["/ip/firewall/filter chain=input action=drop in-interface=ether1"]).is_empty());
    }
}
