#![doc = include_str!("pcc_buckets_incomplete.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::rc::Rc;
use alloc::string::String;
use alloc::vec::Vec;

use crate::audit::marks::bare;
use crate::audit::menus::MANGLE;
use crate::audit::torn::has;
use crate::audit::{Rule, View};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::routeros::router::Row;
use crate::rule::property_subject;
use crate::simulate::{Bucket, Trace, Way, What};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("pcc-buckets-incomplete"),
    level: Level::Error,
    page: include_str!("pcc_buckets_incomplete.md"),
    check,
};

fn check(view: &View<'_>) -> Vec<Diagnostic> {
    let buckets = view.buckets();
    let mut found: Vec<Diagnostic> = buckets
        .iter()
        .filter_map(|(row, bucket)| impossible(row, bucket))
        .collect();
    found.extend(sets(&buckets).iter().filter_map(|set| missing(view, set)));
    found
}

/// A remainder that is never left
fn impossible(row: &Row, bucket: &Bucket) -> Option<Diagnostic> {
    let Bucket {
        denominator,
        remainder,
        ..
    } = bucket;
    (remainder >= denominator).then(|| {
        RULE.finding(format!("a remainder of {remainder} by {denominator} is never left: the rule matches nothing, they count from 0 to {}", denominator.saturating_sub(1)))
            .with_help("give each rule a remainder that is smaller than the denominator")
            .about(property_subject(MANGLE, row, "per-connection-classifier"))
    })
}

/// Rules that share the same connections: alike in all that they match but the bucket
type Set<'a> = Vec<(&'a Row, Bucket)>;

fn sets<'a>(buckets: &[(&'a Row, Bucket)]) -> Vec<Set<'a>> {
    let mut sets: Vec<Set<'a>> = Vec::new();
    for (row, bucket) in buckets.iter().filter(|(_, bucket)| !bucket.is_negated) {
        let is_of = |set: &&mut Set<'_>| {
            set.first()
                .is_some_and(|(first, of)| is_alike((first, of), (row, bucket)))
        };
        match sets.iter_mut().find(is_of) {
            Some(set) => set.push((row, *bucket)),
            None => sets.push([(*row, *bucket)].into()),
        }
    }
    sets
}

fn is_alike((one, of): (&Row, &Bucket), (other, bucket): (&Row, &Bucket)) -> bool {
    let matchers = |row: &Row| -> BTreeSet<(String, Vec<u8>)> {
        let told = row
            .iter()
            .filter(|(name, value)| !BESIDE.contains(name) && !value.is_empty());
        told.map(|(name, value)| (name.into(), value.as_bytes().into()))
            .collect()
    };
    of.classifier == bucket.classifier
        && of.denominator == bucket.denominator
        && matchers(one) == matchers(other)
}

/// The buckets that no rule of the set has, where no later rule takes what they would
fn missing(view: &View<'_>, set: &Set<'_>) -> Option<Diagnostic> {
    let (first, bucket) = set.first()?;
    let there: BTreeSet<u32> = set.iter().map(|(_, bucket)| bucket.remainder).collect();
    let lacking: Vec<u32> = (0..bucket.denominator.min(MOST))
        .filter(|remainder| !there.contains(remainder))
        .collect();
    if lacking.is_empty() || takes_the_rest(view, set) || is_whole_in_fact(view, set) {
        return None;
    }
    let names: Vec<String> = lacking
        .iter()
        .take(SHOWN)
        .map(|remainder| format!("{remainder}"))
        .collect();
    let more = if lacking.len() > SHOWN { " ..." } else { "" };
    let of = bucket.denominator;
    let found = RULE
        .finding(format!(
            "no rule has bucket {}{more} of {of}: connections that fall there are not shared, and leave by the main table",
            names.join(", ")
        ))
        .with_help("give every remainder from 0 on to a line, one rule each")
        .about(property_subject(MANGLE, first, "per-connection-classifier"));
    Some(set.iter().skip(1).fold(found, |found, (row, _)| {
        found.about(property_subject(MANGLE, row, "per-connection-classifier"))
    }))
}

/// Whether all connections that the set shares get a mark, be it by rules that match in other words; of a set that nobody's connections
/// reach, one that names what it does not take is not judged
fn is_whole_in_fact(view: &View<'_>, set: &Set<'_>) -> bool {
    let is_of_set = |row: &Row| set.iter().any(|(own, _)| own.id() == row.id());
    let reaches = |way: &Way| view.rows_of_way(way).iter().any(|(_, row)| is_of_set(row));
    let is_marked = |way: &Way| {
        let first = way.packets.first();
        first.is_some_and(|packet| {
            has(packet, |what| {
                matches!(what, What::ConnectionMark { .. } | What::RoutingMark { .. })
            })
        })
    };
    let traces: Vec<Rc<Trace>> = view
        .customers()
        .map(|class| view.trace(&class.traffic, None))
        .collect();
    let mut shared = traces
        .iter()
        .filter(|trace| trace.ways.iter().any(reaches))
        .peekable();
    if shared.peek().is_none() {
        let negated = |(row, _): &(&Row, Bucket)| row.iter().any(|(_, value)| bare(value).0);
        return set
            .iter()
            .any(|one| negated(one) && !one.0.is("dst-address-type", "!local"));
    }
    shared.all(|trace| trace.ways.iter().all(is_marked))
}

/// Whether a rule behind the set, or one of another denominator, takes what falls through it
fn takes_the_rest(view: &View<'_>, set: &Set<'_>) -> bool {
    let (Some((first, _)), Some((last, _))) = (set.first(), set.last()) else {
        return true;
    };
    let action = if first.is("action", "mark-routing") {
        "mark-routing"
    } else {
        "mark-connection"
    };
    let is_of_set = |row: &Row| set.iter().any(|(own, _)| own.id() == row.id());
    let behind = |row: &&Row| view.place(row) > view.place(last) && !is_of_set(row);
    let is_wider = |row: &Row| {
        let told = row
            .iter()
            .filter(|(name, value)| !BESIDE.contains(name) && !value.is_empty());
        let mut same = told.map(|(name, value)| first.get(name).is_some_and(|own| own == value));
        same.all(|same| same)
    };
    view.mangle(action).filter(behind).any(is_wider)
}

/// Properties that do not decide which connections a set of rules shares
const BESIDE: [&str; 10] = [
    "action",
    "comment",
    "connection-mark",
    "disabled",
    "log",
    "log-prefix",
    "new-connection-mark",
    "new-routing-mark",
    "passthrough",
    "per-connection-classifier",
];

/// Buckets that are looked for
const MOST: u32 = 1024;

/// Buckets that are told
const SHOWN: usize = 8;

#[cfg(test)]
pub(super) const CASES: crate::audit::testing::Cases = {
    use crate::audit::testing::{Cases, Flagged, Source::Export, defaults, pcc, tables, two_lines};

    Cases {
        flagged: &[
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:3/0\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:3/1\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp1 in-interface=bridge new-routing-mark=to-isp1 passthrough=no\n",
                    "add action=mark-routing chain=prerouting connection-mark=isp2 in-interface=bridge new-routing-mark=to-isp2 passthrough=no\n"
                )),
                says: &[
                    "no rule has bucket 2 of 3: connections that fall there are not shared, and leave by the main table",
                ],
                fix: &[],
            },
            Flagged {
                router: Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:2/1\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:2/2\n"
                )),
                says: &[
                    "a remainder of 2 by 2 is never left: the rule matches nothing, they count from 0 to 1",
                    "no rule has bucket 0 of 2: connections that fall there are not shared, and leave by the main table",
                ],
                fix: &[],
            },
        ],
        passed: &[
            ("a whole set", Export(two_lines!(defaults!(), pcc!()))),
            (
                "a set that is whole in other words",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=!ether1 new-connection-mark=isp1 per-connection-classifier=both-addresses:2/0\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=!ether2 new-connection-mark=isp2 per-connection-classifier=both-addresses:2/1\n"
                )),
            ),
            (
                "uneven weights by a mark that has two buckets",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:3/0\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp2 per-connection-classifier=both-addresses:3/1\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:3/2\n",
                )),
            ),
            (
                "an old set that is disabled",
                Export(two_lines!(
                    defaults!(),
                    pcc!(),
                    "add action=mark-connection chain=prerouting disabled=yes in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:3/0\n"
                )),
            ),
            (
                "a rule without a classifier behind them that takes the rest",
                Export(two_lines!(
                    defaults!(),
                    tables!(),
                    "/ip firewall mangle\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp1 per-connection-classifier=both-addresses:3/0\n",
                    "add action=mark-connection chain=prerouting connection-mark=no-mark dst-address-type=!local in-interface=bridge new-connection-mark=isp2\n"
                )),
            ),
        ],
    }
};
