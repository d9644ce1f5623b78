#![doc = include_str!("modem_not_seen.md")]

use alloc::format;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level, Subject};
use crate::preflight::{Case, Check, Rule};
use crate::site::{Access, Line};
use crate::survey;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("modem-not-seen"),
    level: Level::Error,
    page: include_str!("modem_not_seen.md"),
    check: Check::Apply(check),
};

fn check(case: &Case<'_>) -> Vec<Diagnostic> {
    case.changed_lines()
        .filter_map(|line| finding(case, line))
        .collect()
}

fn finding(case: &Case<'_>, line: &Line) -> Option<Diagnostic> {
    let Access::Lte(wanted) = line.access() else {
        return None;
    };
    let (id, name) = (line.id(), line.interface());
    let missing = match survey::modem(case.router, line) {
        None => format!("modem `{name}`"),
        Some(_) if wanted.is_none() && survey::existing(case.router, line).client.is_none() => {
            format!("the APN profile of modem `{name}`")
        }
        Some(_) => return None,
    };
    let found = RULE
        .finding(format!("line `{id}`: the export does not show {missing}"))
        .with_help(
            "a compact export leaves out what was never touched: read the router over REST, or with `/export verbose`",
        );
    Some(
        found
            .about(Subject::line(id.as_str()))
            .about(Subject::interface(format!("{name}"))),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::preflight::testing::{draft, messages, router};
    use crate::site::{Apn, Health};

    #[test]
    fn what_is_to_be_changed_must_be_seen() {
        let modem = "/interface/lte name=lte1";
        let profile = "/interface/lte/apn name=default";
        let found = |access: &Access, rows: &[&str]| {
            let mut draft = draft(&["ether1", "lte1"]);
            draft.lines[1].access = access.clone();
            messages(&RULE, &draft.build().unwrap(), &router(rows))
        };
        let keeps = Access::Lte(None);
        assert_eq!(
            found(&keeps, &[]),
            ["line `isp2`: the export does not show modem `lte1`"]
        );
        assert_eq!(
            found(&keeps, &[modem]),
            ["line `isp2`: the export does not show the APN profile of modem `lte1`"]
        );
        assert!(found(&keeps, &[modem, profile]).is_empty());
        let asks = Access::Lte(Some(Apn::new("internet")));
        assert_eq!(found(&asks, &[]).len(), 1);
        assert!(found(&asks, &[modem]).is_empty(), "it gets a profile of its own");
    }

    #[test]
    fn isp_1_is_left_alone_where_nothing_checks_it() {
        let mut draft = draft(&["lte1", "ether2"]);
        draft.lines[0].access = Access::Lte(None);
        assert_eq!(
            messages(&RULE, &draft.clone().build().unwrap(), &router(&[])).len(),
            1
        );
        draft.health = Health::Link;
        assert!(messages(&RULE, &draft.build().unwrap(), &router(&[])).is_empty());
    }
}
