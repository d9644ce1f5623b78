//! What is drawn: buckets, counters, dice.

#![cfg(test)]

use super::*;

/// The marks that connections get, with their shares.
#[track_caller]
fn shares(rules: &str) -> Vec<(String, Ratio)> {
    let mut shares: BTreeMap<String, Ratio> = BTreeMap::new();
    for (share, walked) in walk_all(rules, PREROUTING, &customer(), &Connection::default()) {
        let mark = walked.connection.mark.unwrap_or_default().to_text().into_owned();
        let sum = shares.entry(mark).or_insert(Ratio::ZERO);
        *sum = sum.plus(share);
    }
    shares.into_iter().collect()
}

fn marking(matcher: &str, mark: &str) -> String {
    format!("add chain=prerouting action=mark-connection new-connection-mark={mark} {matcher}\n")
}

fn expected(shares: &[(&str, u64, u64)]) -> Vec<(String, Ratio)> {
    let of = |&(mark, numerator, denominator): &(&str, u64, u64)| {
        (String::from(mark), Ratio::new(numerator, denominator))
    };
    shares.iter().map(of).collect()
}

#[test]
fn buckets_of_a_classifier_exclude_each_other() {
    let pcc = |bucket: &str, mark: &str| marking(&format!("per-connection-classifier={bucket}"), mark);
    let complete = [
        pcc("both-addresses:3/0", "a"),
        pcc("both-addresses:3/1", "b"),
        pcc("both-addresses:3/2", "a"),
    ]
    .concat();
    assert_eq!(shares(&complete), expected(&[("a", 2, 3), ("b", 1, 3)]));
    let incomplete = [pcc("both-addresses:3/0", "a"), pcc("both-addresses:3/3", "b")].concat();
    assert_eq!(
        shares(&incomplete),
        expected(&[("", 2, 3), ("a", 1, 3)]),
        "no hash leaves 3 of 3"
    );
    let negated = pcc("!both-addresses:3/0", "a");
    assert_eq!(shares(&negated), expected(&[("", 1, 3), ("a", 2, 3)]));
    let two = [
        pcc("both-addresses:2/0", "a"),
        pcc("both-addresses:4/1", "b"),
        pcc("both-addresses:4/3", "c"),
    ]
    .concat();
    assert_eq!(
        shares(&two),
        expected(&[("a", 1, 2), ("b", 1, 4), ("c", 1, 4)]),
        "one hash, two denominators"
    );
    let apart = [pcc("src-address:2/0", "a"), pcc("dst-address:2/1", "b")].concat();
    assert_eq!(
        shares(&apart),
        expected(&[("", 1, 4), ("a", 1, 4), ("b", 1, 2)]),
        "two hashes"
    );
}

#[test]
fn denominators_without_a_small_multiple_are_drawn_apart() {
    let pcc =
        |bucket: &str, mark: &str| marking(&format!("per-connection-classifier=src-address:{bucket}"), mark);
    let rules = [pcc("5003/0", "a"), pcc("2/0", "b"), pcc("4294967295/7", "c")].concat();
    let ends = walk_all(&rules, PREROUTING, &customer(), &Connection::default());
    assert_eq!(ends.len(), 8);
    assert!(
        ends.iter().all(|(_, walked)| walked.unmodelled.len() == 2),
        "{:?}",
        ends[0].1.unmodelled
    );
}

#[test]
fn counters_that_see_the_same_packets_are_in_step() {
    let nth = |packet: &str, mark: &str| marking(&format!("connection-state=new nth={packet}"), mark);
    let in_step = [nth("2,1", "a"), nth("2,2", "b")].concat();
    assert_eq!(shares(&in_step), expected(&[("a", 1, 2), ("b", 1, 2)]));
    let thirds = [nth("3,1", "a"), nth("3,2", "b"), nth("3,3", "c")].concat();
    assert_eq!(
        shares(&thirds),
        expected(&[("a", 1, 3), ("b", 1, 3), ("c", 1, 3)])
    );
    // "The second rule, if passthrough=no, will match only 25 % of traffic."
    let after_an_end = [nth("2,1 passthrough=no", "a"), nth("2,2", "b")].concat();
    assert_eq!(
        shares(&after_an_end),
        expected(&[("", 1, 4), ("a", 1, 2), ("b", 1, 4)])
    );
    let unmarked = |packet: &str, mark: &str| marking(&format!("connection-mark=no-mark nth={packet}"), mark);
    let after_a_mark = [unmarked("2,1", "a"), unmarked("2,2", "b")].concat();
    assert_eq!(
        shares(&after_a_mark),
        expected(&[("", 1, 4), ("a", 1, 2), ("b", 1, 4)])
    );
    let cascade = [
        nth("3,1 passthrough=no", "a"),
        nth("2,1 passthrough=no", "b"),
        nth("1,1", "c"),
    ]
    .concat();
    assert_eq!(
        shares(&cascade),
        expected(&[("a", 1, 3), ("b", 1, 3), ("c", 1, 3)])
    );
    assert_eq!(shares(&nth("4", "a")), expected(&[("", 3, 4), ("a", 1, 4)]));
}

#[test]
fn dice_fall_each_for_itself() {
    let rules = [marking("random=50", "a"), marking("random=20", "b")].concat();
    assert_eq!(shares(&rules), expected(&[("", 2, 5), ("a", 2, 5), ("b", 1, 5)]));
}

#[test]
fn lots_are_drawn_where_everything_else_matches() {
    let rules = marking(
        "per-connection-classifier=both-addresses:3/0 in-interface=ether1",
        "a",
    );
    assert_eq!(walk_all(&rules, PREROUTING, &customer(), &known()).len(), 1);
    let rules = marking("per-connection-classifier=both-addresses:3/0 content=x", "a");
    assert_eq!(walk_all(&rules, PREROUTING, &customer(), &known()).len(), 1);
}
