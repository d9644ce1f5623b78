#![doc = include_str!("fasttrack_lost.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::interfaces::enabled;
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Row;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("fasttrack-lost"),
    level: Level::Warning,
    page: include_str!("fasttrack_lost.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if !case.site.mode().balances() && !case.site.replies() {
        return Vec::new();
    }
    let takes_all =
        |row: &Row| row.is("action", "fasttrack-connection") && row.get("connection-mark").is_none();
    let used = MENUS
        .iter()
        .filter(|menu| enabled(case.router, menu).any(takes_all));
    used.map(|menu| finding(menu)).collect()
}

fn finding(menu: &str) -> Diagnostic {
    let place = menu.replace('/', " ");
    RULE.finding(format!("FastTrack in `{}` will not carry connections that are marked", place.trim_start()))
        .with_help("applying limits it to `connection-mark=no-mark`: marked traffic costs processor time, watch the load at peak hours")
        .about(menu)
}

/// Where FastTrack can be switched on, since 6.29
const MENUS: &[&str] = &["/ip/firewall/filter", "/ip/firewall/mangle"];

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
