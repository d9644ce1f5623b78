//! Whose connections go where when their line is dead.

use alloc::vec::Vec;

use serde::Serialize;

use super::{Ratio, Split, first_of_largest, turns};
use crate::site::{Mbps, Spread};

/// Buckets in groups, each with the lines that carry it: its own, then its stand-ins
///
/// One routing table serves a group.
///
/// # Example
///
/// ```
/// use multi_isp::pcc::{SplitOptions, allot, split};
/// use multi_isp::site::{Mbps, Spread};
///
/// let speeds: Vec<Mbps> = [100, 50, 50].into_iter().filter_map(Mbps::new).collect();
/// let options = SplitOptions::default();
/// let shares = |spread, dead: &[usize]| -> Vec<String> {
///     let allotment = allot(&split(&speeds, &options), &speeds, spread, options.max_buckets);
///     allotment.shares(dead).iter().map(ToString::to_string).collect()
/// };
/// assert_eq!(shares(Spread::Proportional, &[]), ["1/2", "1/4", "1/4"]);
/// // The first line is dead: its half goes to both others, so that neither drowns.
/// assert_eq!(shares(Spread::Proportional, &[0]), ["0", "1/2", "1/2"]);
/// assert_eq!(shares(Spread::Priority, &[0]), ["0", "3/4", "1/4"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Allotment {
    denominator: u32,
    groups: Vec<Group>,
}

/// Buckets that share their stand-ins
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Group {
    /// Number of buckets
    pub buckets: u32,
    /// Lines by preference, as the positions of their speeds; the first is the group's own
    pub order: Vec<usize>,
}

/// Stand-ins for the buckets of a split
///
/// With [`Spread::Proportional`] the buckets of a dead line go to the others in proportion to their speeds. Where that needs finer
/// buckets the split is multiplied, as far as `max_buckets` allows: to the smallest multiple that is exact after any one
/// failure, else to the one that comes nearest. Further failures go by priority. With [`Spread::Priority`] all buckets of a line
/// go to the first other line that works.
pub fn allot(split: &Split, speeds: &[Mbps], spread: Spread, max_buckets: u32) -> Allotment {
    let multiples = match spread {
        Spread::Proportional => max_buckets.checked_div(split.denominator()).unwrap_or(1).max(1),
        Spread::Priority => 1,
    };
    let candidates = (1..=multiples).map(|multiple| Allotment::new(split, speeds, spread, multiple));
    let nearest = candidates.min_by_key(|allotment| allotment.worst_error(speeds));
    nearest.unwrap_or_default()
}

impl Allotment {
    fn new(split: &Split, speeds: &[Mbps], spread: Spread, multiple: u32) -> Self {
        let buckets: Vec<u32> = split
            .parts()
            .iter()
            .map(|part| part.buckets.saturating_mul(multiple))
            .collect();
        let groups = (0..buckets.len()).flat_map(|line| match spread {
            Spread::Proportional => by_heir(line, &buckets, speeds),
            Spread::Priority => by_priority(line, &buckets),
        });
        Self {
            denominator: split.denominator().saturating_mul(multiple),
            groups: groups.collect(),
        }
    }

    /// Number of all buckets
    pub fn denominator(&self) -> u32 {
        self.denominator
    }

    /// The groups, by line
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// Group of each remainder, as its position; groups take turns in proportion to their buckets
    pub fn assignment(&self) -> Vec<usize> {
        let buckets: Vec<u32> = self.groups.iter().map(|group| group.buckets).collect();
        turns(&buckets)
    }

    /// Share of new connections that each line carries while `dead` lines carry none, by line; all 0 where none is left
    pub fn shares(&self, dead: &[usize]) -> Vec<Ratio> {
        let lines = self
            .groups
            .iter()
            .flat_map(|group| &group.order)
            .max()
            .map_or(0, |last| last.saturating_add(1));
        let carried = |line: usize| {
            let carries =
                |group: &&Group| group.order.iter().find(|line| !dead.contains(line)) == Some(&line);
            let buckets = self
                .groups
                .iter()
                .filter(carries)
                .map(|group| u64::from(group.buckets))
                .sum();
            Ratio::new(buckets, self.denominator.into())
        };
        (0..lines).map(carried).collect()
    }

    /// Largest distance of a share from the one that speeds ask for, after any one failure
    pub fn worst_error(&self, speeds: &[Mbps]) -> Ratio {
        let after = |dead: usize| {
            let alive = |(line, _): &(usize, &Mbps)| *line != dead;
            let sum: u64 = speeds
                .iter()
                .enumerate()
                .filter(alive)
                .map(|(_, speed)| u64::from(speed.kbps()))
                .sum();
            let shares = self.shares(&[dead]).into_iter();
            let errors = shares
                .zip(speeds)
                .enumerate()
                .filter(move |(line, _)| *line != dead);
            errors.map(move |(_, (share, speed))| share.distance(Ratio::new(speed.kbps().into(), sum)))
        };
        let failures = (0..speeds.len()).filter(|_| speeds.len() > 1);
        failures.flat_map(after).max().unwrap_or(Ratio::ZERO)
    }
}

/// The buckets of a line in one group, with the others by priority
fn by_priority(line: usize, buckets: &[u32]) -> Vec<Group> {
    let own = buckets.get(line).copied().unwrap_or_default();
    alloc::vec![Group {
        buckets: own,
        order: order(&[line], buckets.len())
    }]
}

/// The buckets of a line in a group for each other line that inherits some: whoever lacks most takes the next one
fn by_heir(line: usize, buckets: &[u32], speeds: &[Mbps]) -> Vec<Group> {
    let own = buckets.get(line).copied().unwrap_or_default();
    let others: Vec<usize> = (0..buckets.len()).filter(|other| *other != line).collect();
    if others.len() < 2 {
        return by_priority(line, buckets);
    }
    let speed = |other: &usize| speeds.get(*other).map_or(0, |speed| i128::from(speed.kbps()));
    let sum: i128 = others.iter().map(speed).sum();
    let all: i128 = buckets.iter().map(|buckets| i128::from(*buckets)).sum();
    let mut inherited: Vec<u32> = others.iter().map(|_| 0).collect();
    for _ in 0..own {
        let lack = |(other, inherited): (&usize, &u32)| {
            let has = buckets
                .get(*other)
                .copied()
                .unwrap_or_default()
                .saturating_add(*inherited);
            speed(other)
                .saturating_mul(all)
                .saturating_sub(sum.saturating_mul(has.into()))
        };
        let lacks: Vec<i128> = others.iter().zip(&inherited).map(lack).collect();
        let next = first_of_largest(&lacks).and_then(|next| inherited.get_mut(next));
        next.into_iter()
            .for_each(|inherited| *inherited = inherited.saturating_add(1));
    }
    let heirs = others
        .iter()
        .zip(inherited)
        .filter(|(_, inherited)| *inherited > 0);
    heirs
        .map(|(heir, inherited)| Group {
            buckets: inherited,
            order: order(&[line, *heir], buckets.len()),
        })
        .collect()
}

/// The first lines, then the rest by priority
fn order(first: &[usize], lines: usize) -> Vec<usize> {
    let rest = (0..lines).filter(|line| !first.contains(line));
    first.iter().copied().chain(rest).collect()
}

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;
    use std::vec;

    use proptest::prelude::*;

    use super::*;
    use crate::pcc::{SplitOptions, split};

    fn allotted(mbps: &[u32]) -> (Vec<Mbps>, Allotment) {
        let speeds: Vec<Mbps> = mbps.iter().map(|mbps| Mbps::new(*mbps).unwrap()).collect();
        let allotment = allot(
            &split(&speeds, &SplitOptions::default()),
            &speeds,
            Spread::Proportional,
            16,
        );
        (speeds, allotment)
    }

    #[test]
    fn two_lines_need_no_finer_buckets() {
        let (speeds, two) = allotted(&[100, 50]);
        assert_eq!((two.denominator(), two.groups().len()), (3, 2));
        assert_eq!(two.worst_error(&speeds), Ratio::ZERO);
        assert_eq!(two.assignment(), [0, 1, 0]);
    }

    #[test]
    fn exact_after_one_failure_where_the_limit_allows() {
        let (speeds, three) = allotted(&[100, 50, 50]);
        assert_eq!((three.denominator(), three.groups().len()), (12, 6));
        assert_eq!(three.worst_error(&speeds), Ratio::ZERO);
        let third = |n| Ratio::new(n, 3);
        assert_eq!(three.shares(&[1]), [third(2), Ratio::ZERO, third(1)]);
        assert_eq!(
            three.shares(&[0, 1]),
            [Ratio::ZERO, Ratio::ZERO, Ratio::new(1, 1)]
        );
        assert_eq!(three.shares(&[0, 1, 2]), [Ratio::ZERO; 3]);
    }

    #[test]
    fn else_the_nearest() {
        let (speeds, four) = allotted(&[100, 60, 40, 20]);
        assert_eq!(four.denominator(), 11, "twice as many would be more than 16");
        assert!(four.groups().len() <= 12);
        assert!(
            four.worst_error(&speeds) < Ratio::new(1, 20),
            "{}",
            four.worst_error(&speeds)
        );
    }

    proptest! {
        /// Enumeration of the buckets gives the shares, every bucket has all lines, and a line that works carries its own.
        #[test]
        fn every_bucket_is_carried(mbps in prop::collection::vec(1u32..2_000, 1..5), dead in prop::collection::vec(0usize..4, 0..4)) {
            let (speeds, allotment) = allotted(&mbps);
            let assignment = allotment.assignment();
            prop_assert_eq!(assignment.len(), usize::try_from(allotment.denominator()).unwrap());
            let mut counted = vec![0u64; speeds.len()];
            for group in assignment {
                let group = &allotment.groups()[group];
                let mut lines = group.order.clone();
                lines.sort_unstable();
                prop_assert_eq!(lines, (0..speeds.len()).collect::<Vec<_>>());
                if let Some(line) = group.order.iter().find(|line| !dead.contains(line)) {
                    counted[*line] += 1;
                }
            }
            let denominator = allotment.denominator().into();
            let shares: Vec<Ratio> = counted.into_iter().map(|buckets| Ratio::new(buckets, denominator)).collect();
            prop_assert_eq!(allotment.shares(&dead), shares);
        }
    }
}
