#![doc = include_str!("fasttrack_with_foreign_mark.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::preflight::{Case, Check, Rule};
use crate::routeros::router::Row;
use crate::rule::{named, row_subject, typed};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("fasttrack-with-foreign-mark"),
    level: Level::Error,
    page: include_str!("fasttrack_with_foreign_mark.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    if !case.marks() {
        return Vec::new();
    }
    let in_menu = |menu| {
        let rows = case.router.table(menu).iter();
        rows.filter(|row| !row.disabled() && row.is("action", "fasttrack-connection"))
            .filter_map(move |row| finding(menu, row))
    };
    MENUS.into_iter().flat_map(in_menu).collect()
}

fn finding(menu: &str, row: &Row) -> Option<Diagnostic> {
    let mark = row.get("connection-mark").filter(|mark| **mark != "no-mark")?;
    let (rule, place, mark) = (named(row), typed(menu), mark.to_text());
    let message = format!("FastTrack rule {rule} of `{place}` has a connection mark of its own, `{mark}`");
    Some(
        RULE.finding(message)
            .with_help(HELP)
            .about(row_subject(menu, row)),
    )
}

const HELP: &str = "disable the rule, or give it `connection-mark=no-mark`: applying never overwrites a mark that somebody chose";

/// Menus that can fasttrack
const MENUS: [&str; 2] = ["/ip/firewall/filter", "/ip/firewall/mangle"];

#[cfg(test)]
mod tests {
    use alloc::string::String;

    use super::*;
    use crate::preflight::testing::{draft, messages, router};
    use crate::site::Mode;

    fn found(mode: Mode, replies: bool, rows: &[&str]) -> Vec<String> {
        let mut draft = draft(&["ether1", "ether2"]);
        (draft.mode, draft.replies) = (mode, replies);
        messages(&RULE, &draft.build().unwrap(), &router(rows))
    }

    const ACCEPT: &str = "/ip/firewall/filter chain=forward action=accept";
    const FILTER: &str = "/ip/firewall/filter chain=forward action=fasttrack-connection";
    const MANGLE: &str = "/ip/firewall/mangle chain=forward action=fasttrack-connection";

    #[test]
    fn a_mark_of_somebody_else_is_named_and_left() {
        let named = format!("{FILTER} connection-mark=!voip comment=all_but_calls");
        assert_eq!(
            found(Mode::LoadBalance, false, &[ACCEPT, &named]),
            [
                "FastTrack rule `all but calls` of `/ip firewall filter` has a connection mark of its own, `!voip`"
            ]
        );
        let in_mangle = format!("{MANGLE} connection-mark=bulk");
        assert_eq!(
            found(Mode::Failover, true, &[&in_mangle]),
            [
                "FastTrack rule `fasttrack-connection connection-mark=bulk` of `/ip firewall mangle` has a connection mark of its own, `bulk`"
            ]
        );
        let forward = "/ip/firewall/nat chain=dstnat action=dst-nat protocol=tcp dst-port=443";
        assert_eq!(found(Mode::Failover, false, &[&named, forward]).len(), 1);
    }

    #[test]
    fn what_is_unmarked_off_or_harmless_passes() {
        let with = |rest: &str| format!("{FILTER} {rest}");
        let passes = |mode, row: &str| assert!(found(mode, false, &[row]).is_empty(), "{row}");
        passes(Mode::LoadBalance, FILTER);
        passes(Mode::LoadBalance, &with("connection-mark=no-mark"));
        passes(Mode::LoadBalance, &with("connection-mark=voip disabled=yes"));
        passes(Mode::Failover, &with("connection-mark=voip"));
        passes(Mode::LoadBalance, &format!("{ACCEPT} connection-mark=voip"));
    }
}
