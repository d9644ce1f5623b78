#![doc = include_str!("../../preflight/rules/rp_filter_strict.md")]

use alloc::vec::Vec;

use crate::audit::{Rule, View};
use crate::diagnostic::Diagnostic;
use crate::preflight::rules::rp_filter_strict;
use crate::routeros::router::Row;
use crate::rule::property_subject;

/// The rule
pub const RULE: Rule = rp_filter_strict::RULE.found_by(check);

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    if !view.has_lines() || !view.marks_routing() {
        return Vec::new();
    }
    let strict = view.rows(SETTINGS).filter(|row| row.is("rp-filter", "strict"));
    strict.map(|row| finding(view, row)).collect()
}

fn finding(view: &View<'_>, row: &Row) -> Diagnostic {
    rp_filter_strict::finding(property_subject(SETTINGS, row, "rp-filter")).fixed_by(view.set(
        "take packets in over every line",
        (SETTINGS, row),
        &[("rp-filter", "loose")],
    ))
}

const SETTINGS: &str = "/ip/settings";

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, defaults, pcc, pcc_v6, two_lines, two_lines_v6,
    };

    const SAYS: &[&str] =
        &["`rp-filter=strict` drops what comes in over any line but the one that the main table prefers"];
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    "/ip settings\nset rp-filter=strict\n",
                    defaults!(),
                    pcc!()
                )),
                says: SAYS,
                fix: &["/ip settings set rp-filter=loose"],
            },
            Flagged {
                router: Export(two_lines_v6!(
                    "/ip settings\nset rp-filter=strict\n",
                    defaults!(),
                    pcc_v6!()
                )),
                says: SAYS,
                fix: &["/ip settings set rp-filter=loose"],
            },
        ],
        passed: &[
            (
                "`loose`",
                Export(two_lines!(
                    "/ip settings\nset rp-filter=loose\n",
                    defaults!(),
                    pcc!()
                )),
            ),
            (
                "lines that only fail over: all that is asked for leaves by the line that main prefers",
                Export(two_lines!("/ip settings\nset rp-filter=strict\n", defaults!())),
            ),
        ],
    }
};
