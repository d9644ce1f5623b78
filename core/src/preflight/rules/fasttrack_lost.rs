#![doc = include_str!("fasttrack_lost.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Row;
use crate::rule::typed;
use crate::survey::fasttrack_rows;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("fasttrack-lost"),
    level: Level::Warning,
    page: include_str!("fasttrack_lost.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if !case.marks() {
        return Vec::new();
    }
    let limited = |row: &Row| row.get("connection-mark").is_some();
    let menus: BTreeSet<&str> = fasttrack_rows(case.router)
        .into_iter()
        .filter(|(_, row)| !limited(row))
        .map(|(menu, _)| menu)
        .collect();
    menus.into_iter().map(finding).collect()
}

fn finding(menu: &str) -> Diagnostic {
    let place = typed(menu);
    RULE.finding(format!("FastTrack in `{place}` will not carry connections that are marked"))
        .with_help("applying limits it to `connection-mark=no-mark`: marked traffic costs processor time, watch the load at peak hours")
        .about(Subject::menu(menu))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, router, subjects};
    use crate::site::Mode;

    fn found(mode: Mode, replies: bool, row: &str) -> usize {
        let mut draft = draft(&["ether1", "ether2"]);
        (draft.mode, draft.replies) = (mode, replies);
        subjects(&RULE, &draft.build().unwrap(), &router(&[row])).len()
    }

    const FILTER: &str = "/ip/firewall/filter chain=forward action=fasttrack-connection";

    #[test]
    fn fasttrack_is_lost_where_marks_are_used() {
        assert_eq!(found(Mode::LoadBalance, false, FILTER), 1);
        assert_eq!(
            found(
                Mode::LoadBalanceFailover,
                false,
                "/ip/firewall/mangle action=fasttrack-connection"
            ),
            1
        );
        assert_eq!(found(Mode::Failover, true, FILTER), 1);
        assert_eq!(found(Mode::Failover, false, FILTER), 0);
    }

    #[test]
    fn a_forwarded_port_marks_its_connections() {
        let forward = "/ip/firewall/nat chain=dstnat action=dst-nat protocol=tcp dst-port=443";
        let router = router(&[FILTER, forward]);
        let site = draft(&["ether1", "ether2"]).build().unwrap();
        assert_eq!(subjects(&RULE, &site, &router), [["/ip/firewall/filter"]]);
    }

    #[test]
    fn what_is_limited_or_off_is_not_lost() {
        assert_eq!(
            found(Mode::LoadBalance, false, &format!("{FILTER} disabled=yes")),
            0
        );
        assert_eq!(
            found(
                Mode::LoadBalance,
                false,
                &format!("{FILTER} connection-mark=no-mark")
            ),
            0
        );
    }
}
