//! Line speeds → PCC buckets, in exact integers.
//!
//! RouterOS' per-connection classifier hashes a connection to a remainder of a denominator; each remainder is a bucket, each
//! bucket a rule that every new connection walks \[D:152600617\]. So the denominator has to be small and the shares right, and
//! a [`Split`] says what was reached of what was asked.
//!
//! # Example
//!
//! ```
//! use multi_isp::pcc::{Ratio, SplitOptions, split};
//! use multi_isp::site::Mbps;
//!
//! let speeds: Vec<Mbps> = [100, 50].into_iter().filter_map(Mbps::new).collect();
//! let two_to_one = split(&speeds, &SplitOptions::default());
//! assert_eq!(two_to_one.denominator(), 3);
//! assert_eq!(two_to_one.assignment(), [0, 1, 0]);
//! assert_eq!(two_to_one.worst_relative_error(), Ratio::ZERO);
//!
//! let speeds: Vec<Mbps> = [700, 600].into_iter().filter_map(Mbps::new).collect();
//! let nearly = split(&speeds, &SplitOptions::default());
//! assert_eq!(nearly.denominator(), 9, "13 buckets would be exact, 9 are within 5 % of each line's share");
//! assert_eq!(nearly.parts()[0].reached.to_string(), "5/9");
//! assert_eq!(nearly.worst_relative_error().to_string(), "1/27");
//! ```

mod options;
mod ratio;
mod spread;

use alloc::string::String;
use alloc::vec::Vec;

use serde::{Serialize, Serializer};

pub use self::options::SplitOptions;
pub use self::ratio::Ratio;
pub use self::spread::{Allotment, Group, allot};
use crate::document::written;
use crate::site::Mbps;

/// Buckets for lines of these speeds
///
/// The smallest denominator with which every line is within the tolerance of its share; failing that the least of the largest
/// absolute errors within the limit, and of equal ones the smaller denominator. For one denominator the largest absolute
/// error is the least there is. Every line has a bucket, so the denominator is never below the number of lines, whatever the
/// limit; without lines it is 0.
pub fn split(speeds: &[Mbps], options: &SplitOptions) -> Split {
    let wanted = Wanted::new(speeds);
    let fewest = u32::try_from(speeds.len()).unwrap_or(u32::MAX);
    let most = options.max_buckets.min(MAX_BUCKETS).max(fewest);
    let tolerable = (fewest..=most).find_map(|denominator| {
        let ranges = wanted.ranges(denominator, options.tolerance);
        wanted.nearest(denominator, &ranges?)
    });
    let least = || {
        let splits = (fewest..=most).filter_map(|denominator| {
            let ranges = speeds
                .iter()
                .map(|_| Range {
                    least: 1,
                    most: denominator,
                })
                .collect::<Vec<_>>();
            wanted.nearest(denominator, &ranges)
        });
        splits.min_by_key(Split::worst_absolute_error)
    };
    tolerable.or_else(least).unwrap_or_default()
}

/// Buckets of each line, with the proof of what they reach
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Split {
    denominator: u32,
    parts: Vec<Part>,
}

/// What one line gets
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// Buckets of the line, at least one
    pub buckets: u32,
    /// Its speed in parts of all speeds
    pub asked: Ratio,
    /// Its buckets in parts of all buckets
    pub reached: Ratio,
}

impl Part {
    /// Distance of the share reached from the one asked
    pub fn absolute_error(&self) -> Ratio {
        self.reached.distance(self.asked)
    }

    /// That distance in parts of the share asked
    pub fn relative_error(&self) -> Ratio {
        self.absolute_error().over(self.asked)
    }
}

impl Split {
    /// Name and version of the JSON document
    pub const SCHEMA: &'static str = "multi-isp/split/1";

    /// JSON Schema of the document
    pub const JSON_SCHEMA: &'static str = include_str!("split.schema.json");

    /// The split as a JSON document
    pub fn to_json(&self) -> String {
        written::json(self)
    }

    /// Number of all buckets
    pub fn denominator(&self) -> u32 {
        self.denominator
    }

    /// What each line gets, in the order of the speeds
    pub fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// Rules that it costs: one a bucket, walked by every new connection
    pub fn rules(&self) -> u32 {
        self.denominator
    }

    /// Largest distance of a share reached from the one asked
    pub fn worst_absolute_error(&self) -> Ratio {
        self.parts
            .iter()
            .map(Part::absolute_error)
            .max()
            .unwrap_or(Ratio::ZERO)
    }

    /// Largest such distance in parts of the share asked
    pub fn worst_relative_error(&self) -> Ratio {
        self.parts
            .iter()
            .map(Part::relative_error)
            .max()
            .unwrap_or(Ratio::ZERO)
    }

    /// Line of each remainder, as the position of its speed
    ///
    /// The lines take turns in proportion to their buckets, so that a run of neighbouring remainders is shared as the whole is;
    /// of lines with equal claims the earlier comes first. The same split always gives the same assignment.
    pub fn assignment(&self) -> Vec<usize> {
        let buckets: Vec<u32> = self.parts.iter().map(|part| part.buckets).collect();
        turns(&buckets)
    }
}

impl Serialize for Split {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        SplitDocument {
            schema: Self::SCHEMA,
            denominator: self.denominator,
            parts: &self.parts,
            assignment: self.assignment(),
            worst_absolute_error: self.worst_absolute_error(),
            worst_relative_error: self.worst_relative_error(),
        }
        .serialize(serializer)
    }
}

#[derive(Serialize)]
struct SplitDocument<'a> {
    schema: &'static str,
    denominator: u32,
    parts: &'a [Part],
    assignment: Vec<usize>,
    worst_absolute_error: Ratio,
    worst_relative_error: Ratio,
}

/// Who has each turn, when all take turns in proportion to their buckets
fn turns(buckets: &[u32]) -> Vec<usize> {
    let all = buckets
        .iter()
        .fold(0, |all: i64, buckets| all.saturating_add((*buckets).into()));
    let mut claims: Vec<i64> = buckets.iter().map(|_| 0).collect();
    let turns = (0..all).filter_map(|_| {
        for (claim, buckets) in claims.iter_mut().zip(buckets) {
            *claim = claim.saturating_add((*buckets).into());
        }
        let next = first_of_largest(&claims)?;
        let claim = claims.get_mut(next)?;
        *claim = claim.saturating_sub(all);
        Some(next)
    });
    turns.collect()
}

/// The speeds as integers over their sum
struct Wanted {
    speeds: Vec<u64>,
    sum: u64,
}

/// Buckets that a line may have
struct Range {
    least: u32,
    most: u32,
}

impl Wanted {
    fn new(speeds: &[Mbps]) -> Self {
        let speeds: Vec<u64> = speeds.iter().map(|speed| speed.kbps().into()).collect();
        let sum = speeds
            .iter()
            .fold(0, |sum: u64, &speed| sum.saturating_add(speed));
        Self { speeds, sum }
    }

    /// Buckets with which each line is within the tolerance, or nothing where a line cannot be
    fn ranges(&self, denominator: u32, tolerance: Ratio) -> Option<Vec<Range>> {
        let whole = u128::from(self.sum).saturating_mul(tolerance.denominator().into());
        let range = |&speed: &u64| {
            let exact = u128::from(speed).saturating_mul(denominator.into());
            let slack = exact.saturating_mul(tolerance.numerator().into());
            let exact = exact.saturating_mul(tolerance.denominator().into());
            let least = exact.saturating_sub(slack).div_ceil(whole).max(1);
            let most = exact
                .saturating_add(slack)
                .checked_div(whole)?
                .min(denominator.into());
            let range = Range {
                least: u32::try_from(least).ok()?,
                most: u32::try_from(most).ok()?,
            };
            (range.least <= range.most).then_some(range)
        };
        self.speeds.iter().map(range).collect()
    }

    /// The split with the least largest error of that denominator and those ranges, if they allow one
    ///
    /// Every line begins with its least; each further bucket goes to the line that lacks most. No other order ends nearer: a line
    /// that ended too high would have been passed over for one still lacking, and the other way round.
    fn nearest(&self, denominator: u32, ranges: &[Range]) -> Option<Split> {
        let mut buckets: Vec<u32> = ranges.iter().map(|range| range.least).collect();
        let given = buckets
            .iter()
            .fold(0, |given: u32, &buckets| given.saturating_add(buckets));
        for _ in 0..denominator.checked_sub(given)? {
            let open = ranges
                .iter()
                .zip(&buckets)
                .map(|(range, &buckets)| buckets < range.most);
            let lacks: Vec<Option<i128>> = open
                .zip(self.speeds.iter().zip(&buckets))
                .map(|(open, (&speed, &buckets))| open.then(|| self.lack(denominator, speed, buckets)))
                .collect();
            let next = first_of_largest(&lacks)?;
            let buckets = lacks.get(next)?.and(buckets.get_mut(next))?;
            *buckets = buckets.saturating_add(1);
        }
        Some(self.split(denominator, &buckets))
    }

    /// Buckets that a line lacks of its exact share, in parts of the sum of speeds
    fn lack(&self, denominator: u32, speed: u64, buckets: u32) -> i128 {
        let exact = i128::from(speed).saturating_mul(denominator.into());
        exact.saturating_sub(i128::from(self.sum).saturating_mul(buckets.into()))
    }

    fn split(&self, denominator: u32, buckets: &[u32]) -> Split {
        let parts = buckets.iter().zip(&self.speeds).map(|(&buckets, &speed)| Part {
            buckets,
            asked: Ratio::new(speed, self.sum),
            reached: Ratio::new(buckets.into(), denominator.into()),
        });
        Split {
            denominator,
            parts: parts.collect(),
        }
    }
}

fn first_of_largest<T: Ord>(values: &[T]) -> Option<usize> {
    let by_value = |one: &(usize, &T), other: &(usize, &T)| one.1.cmp(other.1).then(other.0.cmp(&one.0));
    values
        .iter()
        .enumerate()
        .max_by(by_value)
        .map(|(position, _)| position)
}

/// Each denominator takes time in proportion to itself: this keeps any limit that is asked for below a second
const MAX_BUCKETS: u32 = 1_024;

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;
    use std::vec;

    use proptest::prelude::*;

    use super::*;

    fn speeds(mbps: &[u32]) -> Vec<Mbps> {
        mbps.iter().map(|&mbps| Mbps::new(mbps).unwrap()).collect()
    }

    fn buckets(mbps: &[u32]) -> Vec<u32> {
        split(&speeds(mbps), &SplitOptions::default())
            .parts()
            .iter()
            .map(|part| part.buckets)
            .collect()
    }

    #[test]
    fn the_documented_pairs() {
        assert_eq!(buckets(&[100, 50]), [2, 1]);
        assert_eq!(buckets(&[700, 600]), [5, 4]);
        assert_eq!(buckets(&[100, 100, 100, 100]), [1, 1, 1, 1]);
        assert_eq!(buckets(&[30, 20, 10]), [3, 2, 1]);
    }

    #[test]
    fn a_line_too_slow_for_a_bucket_still_has_one() {
        assert_eq!(buckets(&[940, 35]), [15, 1]);
        assert_eq!(buckets(&[1000, 999, 1]), [8, 7, 1]);
        let tiny = split(&speeds(&[1, 10_000]), &SplitOptions::default());
        assert_eq!((tiny.denominator(), tiny.parts()[0].buckets), (16, 1));
        assert_eq!(
            tiny.worst_absolute_error(),
            Ratio::new(1, 16).distance(Ratio::new(1, 10_001))
        );
    }

    #[test]
    fn every_line_has_a_bucket_whatever_the_limit() {
        let options = SplitOptions {
            max_buckets: 1,
            ..SplitOptions::default()
        };
        assert_eq!(split(&speeds(&[5, 3, 1]), &options).denominator(), 3);
        assert_eq!(split(&speeds(&[5]), &options).assignment(), [0]);
        assert_eq!(split(&[], &options), Split::default());
    }

    #[test]
    fn lines_take_turns() {
        let five_to_four = split(&speeds(&[700, 600]), &SplitOptions::default());
        assert_eq!(five_to_four.assignment(), [0, 1, 0, 1, 0, 1, 0, 1, 0]);
        let four = split(&speeds(&[30, 20, 10]), &SplitOptions::default());
        assert_eq!(four.assignment(), [0, 1, 0, 2, 1, 0]);
    }

    #[test]
    fn decimals_count() {
        let slow: Vec<Mbps> = ["0.5", "1.5"].iter().map(|text| text.parse().unwrap()).collect();
        assert_eq!(split(&slow, &SplitOptions::default()).assignment(), [1, 0, 1, 1]);
    }

    #[test]
    fn the_largest_limit_ends() {
        let all = vec![
            Mbps::MAX,
            Mbps::from_kbps(1).unwrap(),
            Mbps::from_kbps(999_999_937).unwrap(),
        ];
        let options = SplitOptions {
            tolerance: Ratio::ZERO,
            max_buckets: u32::MAX,
        };
        assert!(split(&all, &options).denominator() <= 1_024);
    }

    /// All ways to give `denominator` buckets to the lines, each at least one
    fn allocations(denominator: u32, lines: usize) -> Vec<Vec<u32>> {
        if lines == 1 {
            return vec![vec![denominator]];
        }
        let rest = u32::try_from(lines).unwrap() - 1;
        let firsts = 1..=denominator - rest;
        let with_first = |first| {
            let tails = allocations(denominator - first, lines - 1).into_iter();
            tails.map(move |tail| [vec![first], tail].concat())
        };
        firsts.flat_map(with_first).collect()
    }

    /// Errors of an allocation in parts of `denominator * sum`: the largest, and whether all are within the tolerance
    fn judge(speeds: &[u32], buckets: &[u32], tolerance: (u64, u64)) -> (u64, bool) {
        let sum: u64 = speeds.iter().map(|&speed| u64::from(speed)).sum();
        let denominator: u64 = buckets.iter().map(|&buckets| u64::from(buckets)).sum();
        let pairs = speeds.iter().zip(buckets);
        let errors: Vec<(u64, u64)> = pairs
            .map(|(&speed, &buckets)| {
                let exact = u64::from(speed) * denominator;
                ((u64::from(buckets) * sum).abs_diff(exact), exact)
            })
            .collect();
        let within = errors
            .iter()
            .all(|&(error, exact)| error * tolerance.1 <= exact * tolerance.0);
        (errors.iter().map(|&(error, _)| error).max().unwrap(), within)
    }

    /// The definition, tried out on every allocation: denominator and largest absolute error
    fn brute_force(speeds: &[u32], tolerance: (u64, u64), limit: u32) -> (u32, Ratio) {
        let sum: u64 = speeds.iter().map(|&speed| u64::from(speed)).sum();
        let mut best: Option<(u32, Ratio)> = None;
        for denominator in u32::try_from(speeds.len()).unwrap()..=limit {
            let all: Vec<_> = allocations(denominator, speeds.len())
                .iter()
                .map(|buckets| judge(speeds, buckets, tolerance))
                .collect();
            let ratio = |error: u64| Ratio::new(error, u64::from(denominator) * sum);
            if let Some(error) = all
                .iter()
                .filter(|(_, within)| *within)
                .map(|&(error, _)| error)
                .min()
            {
                return (denominator, ratio(error));
            }
            let error = ratio(all.iter().map(|&(error, _)| error).min().unwrap());
            if best.is_none_or(|(_, least)| error < least) {
                best = Some((denominator, error));
            }
        }
        best.unwrap()
    }

    proptest! {
        #[test]
        fn no_allocation_is_better(
            kbps in prop::collection::vec(1u32..2_000, 1..5),
            tolerance in 0u64..30,
            spare in 0u32..9,
        ) {
            let limit = u32::try_from(kbps.len()).unwrap() + spare;
            let speeds: Vec<Mbps> = kbps.iter().map(|&kbps| Mbps::from_kbps(kbps).unwrap()).collect();
            let options = SplitOptions { tolerance: Ratio::new(tolerance, 100), max_buckets: limit };
            let found = split(&speeds, &options);
            prop_assert_eq!(
                (found.denominator(), found.worst_absolute_error()),
                brute_force(&kbps, (tolerance, 100), limit)
            );
        }

        #[test]
        fn every_prefix_of_an_assignment_is_shared_nearly_as_the_whole(
            mbps in prop::collection::vec(1u32..2_000, 1..6),
        ) {
            let found = split(&speeds(&mbps), &SplitOptions::default());
            let assignment = found.assignment();
            for (line, part) in found.parts().iter().enumerate() {
                let had = |length: usize| assignment[..length].iter().filter(|&&owner| owner == line).count();
                let due = usize::try_from(part.buckets).unwrap();
                prop_assert_eq!(had(assignment.len()), due);
                for length in 0..assignment.len() {
                    let error = (had(length) * assignment.len()).abs_diff(length * due);
                    prop_assert!(error < mbps.len() * assignment.len(), "{assignment:?}");
                }
            }
        }
    }
}
