#![doc = include_str!("no_firewall.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::filter::{FORWARD, INPUT, RAW, Traffic, walk_both};
use crate::preflight::interfaces::Member;
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Router;
use crate::site::Line;

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
    let is_open =
        |line: &&Line| line.interface() != primary.interface() && drops_nothing(case.router, primary, line);
    let open: Vec<&Line> = new.iter().filter(is_open).collect();
    if open.is_empty() {
        return Vec::new();
    }
    let message = |names: &str| {
        format!(
            "`input` and `forward` drop nothing of what strangers send: the router is open over {names} too"
        )
    };
    let found = Case::finding_of(&RULE, &open, message).with_help(HELP);
    [found].into()
}

/// Whether nothing drops what nobody asked for: no filter rule over the line of today or a new one, no raw rule over the new one
fn drops_nothing(router: &Router, primary: &Line, line: &Line) -> bool {
    let today = Member::of(primary.interface().as_bytes(), router);
    let new = Member::joining(line.interface().as_bytes(), router, today.interface());
    let walk = |chain| walk_both(router, chain, Traffic::Unasked, &today, &new);
    let filters = [INPUT, FORWARD].map(walk);
    let mut of_filters = filters.iter().flat_map(|(today, new)| [today, new]);
    of_filters.all(|walk| walk.drops.is_empty()) && walk(RAW).1.drops.is_empty()
}

pub(crate) const HELP: &str = "drop in `input` what comes from outside, as the default configuration does with `in-interface-list=!LAN`";

#[cfg(test)]
mod tests {
    use alloc::string::String;

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
                "/ip/firewall/raw chain=prerouting action=drop in-interface=ether1",
            ]),
            expected
        );
        let for_one = ["/ip/firewall/raw chain=prerouting action=drop in-interface=ether2"];
        assert_eq!(
            found(&for_one),
            ["`input` and `forward` drop nothing of what strangers send: the router is open over `isp3` too"]
        );
    }

    #[test]
    fn any_drop_of_what_strangers_send_passes() {
        for row in [
            "/ip/firewall/filter chain=input action=drop in-interface-list=!LAN",
            "/ip/firewall/filter chain=forward action=reject",
            "/ip/firewall/filter chain=input action=drop protocol=udp dst-port=53",
            "/ip/firewall/raw chain=prerouting action=drop src-address-list=bad",
            "/ip/firewall/raw chain=prerouting action=drop in-interface=!bridge",
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
