#![doc = include_str!("pcc_buckets_too_many.md")]

use alloc::collections::BTreeMap;
use alloc::format;
use alloc::vec::Vec;

use crate::audit::menus::MANGLE;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::rule::property_subject;

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("pcc-buckets-too-many"),
    level: Level::Warning,
    page: include_str!("pcc_buckets_too_many.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let mut sets: BTreeMap<(u32, &str), Vec<&Row>> = BTreeMap::new();
    for (row, bucket) in view.buckets() {
        sets.entry((bucket.denominator, bucket.classifier))
            .or_default()
            .push(row);
    }
    sets.retain(|(denominator, _), rows| {
        *denominator > MOST && rows.len() > usize::try_from(MOST).unwrap_or(usize::MAX)
    });
    sets.iter()
        .filter_map(|((denominator, _), rows)| finding(*denominator, rows))
        .collect()
}

fn finding(denominator: u32, rows: &[&Row]) -> Option<Diagnostic> {
    let first = rows.first()?;
    let found = RULE
        .finding(format!("{} rules share connections into {denominator} buckets: every new connection is held against them one by one", rows.len()))
        .with_help(format!("take speeds in round numbers, so that {MOST} buckets or fewer do"))
        .about(property_subject(MANGLE, first, "per-connection-classifier"));
    Some(found)
}

/// Buckets that cost little
const MOST: u32 = 64;

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{
        Cases, Flagged, Source::Export, buckets_of_65, defaults, pcc, tables, two_lines, two_lines_v6,
    };

    const SAYS: &[&str] =
        &["65 rules share connections into 65 buckets: every new connection is held against them one by one"];
    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    buckets_of_65!("both-addresses")
                )),
                says: SAYS,
                fix: &[],
            },
            Flagged {
                router: Export(two_lines_v6!(defaults!(), buckets_of_65!("src-address"))),
                says: SAYS,
                fix: &[],
            },
        ],
        passed: &[
            ("two buckets", Export(two_lines!(defaults!(), pcc!()))),
            (
                "one rule that takes a sample",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "add action=mark-packet chain=forward new-packet-mark=sample per-connection-classifier=both-addresses:100/0\n",
                    "add action=mark-connection chain=forward new-connection-mark=sample per-connection-classifier=both-addresses:100/0\n",
                    "add action=mark-connection chain=forward new-connection-mark=rest per-connection-classifier=!both-addresses:100/0\n"
                )),
            ),
        ],
    }
};
