//! What nobody can know beforehand - the bucket of a connection, the member of an ECMP route - told apart by trying all of it.
//!
//! Code that follows a packet asks [`Choices`] and goes on with one answer. [`explore`] runs it again until every answer was
//! given, so that what follows a packet reads as if there were but one way.

use alloc::collections::BTreeMap;
use alloc::vec::Vec;

use crate::pcc::Ratio;

/// The answers of one run.
#[derive(Debug)]
pub(crate) struct Choices {
    taken: Vec<Choice>,
    /// How many of `taken` were asked for in this run.
    asked: usize,
    share: Ratio,
    /// What is known of the remainders of hashes and counters.
    remainders: BTreeMap<Draw, Remainders>,
}

/// What a remainder is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Draw {
    /// The values that are hashed, or what counts.
    pub(crate) of: Vec<u8>,
    /// The number of remainders that are told apart.
    pub(crate) modulus: u32,
}

#[derive(Clone, Copy, Debug)]
struct Choice {
    option: usize,
    options: usize,
}

/// Every way that `run` can end, with its share of all cases; at most `limit` ways, and whether there were more.
pub(crate) fn explore<T>(limit: usize, mut run: impl FnMut(&mut Choices) -> T) -> (Vec<(Ratio, T)>, bool) {
    let mut ends = Vec::new();
    let mut taken = Vec::new();
    loop {
        let mut choices = Choices {
            taken,
            asked: 0,
            share: Ratio::ONE,
            remainders: BTreeMap::new(),
        };
        let end = run(&mut choices);
        ends.push((choices.share, end));
        match next(choices.taken, choices.asked) {
            None => return (ends, false),
            Some(_) if ends.len() >= limit => return (ends, true),
            Some(following) => taken = following,
        }
    }
}

/// The choices of the next run: the last one that has another option takes it.
fn next(mut taken: Vec<Choice>, asked: usize) -> Option<Vec<Choice>> {
    taken.truncate(asked);
    while let Some(mut last) = taken.pop() {
        last.option = last.option.saturating_add(1);
        if last.option < last.options {
            taken.push(last);
            return Some(taken);
        }
    }
    None
}

impl Choices {
    /// One of several options, each with its weight; those of weight 0 are never taken.
    pub(crate) fn one_of(&mut self, weights: &[u64]) -> usize {
        let possible: Vec<usize> = (0..weights.len())
            .filter(|at| weights.get(*at).is_some_and(|weight| *weight > 0))
            .collect();
        let [first, _, ..] = possible.as_slice() else {
            return possible.first().copied().unwrap_or_default();
        };
        let option = match self.taken.get(self.asked) {
            Some(choice) => choice.option,
            None => {
                let options = possible.len();
                self.taken.push(Choice { option: 0, options });
                0
            }
        };
        self.asked = self.asked.saturating_add(1);
        let chosen = possible.get(option).copied().unwrap_or(*first);
        let all = weights
            .iter()
            .fold(0, |sum: u64, weight| sum.saturating_add(*weight));
        let own = weights.get(chosen).copied().unwrap_or_default();
        self.share = self.share.times(Ratio::new(own, all));
        chosen
    }

    /// Whether the draw leaves `remainder` when divided by `denominator`, which divides its modulus.
    pub(crate) fn leaves(&mut self, draw: Draw, denominator: u32, remainder: u32) -> bool {
        let modulus = draw.modulus;
        let known = self.remainders.remove(&draw);
        let possible = known.unwrap_or_else(|| Remainders::every(modulus, 1, 0));
        let wanted = Remainders::every(modulus, denominator, remainder);
        let (fitting, others) = possible.split(&wanted);
        let fits = self.one_of(&[fitting.count(), others.count()]) == 0;
        self.remainders.insert(draw, if fits { fitting } else { others });
        fits
    }
}

/// A set of remainders, a bit for each.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Remainders(Vec<u64>);

impl Remainders {
    /// Those below `modulus` that leave `remainder` when divided by `denominator`.
    fn every(modulus: u32, denominator: u32, remainder: u32) -> Self {
        let words = usize::try_from(modulus.div_ceil(u64::BITS)).unwrap_or(usize::MAX);
        let mut set = Self(alloc::vec![0; words]);
        let step = usize::try_from(denominator.max(1)).unwrap_or(usize::MAX);
        for number in (remainder..modulus).step_by(step) {
            let word = usize::try_from(number / u64::BITS).unwrap_or(usize::MAX);
            let bit = 1_u64.checked_shl(number % u64::BITS).unwrap_or_default();
            if let Some(word) = set.0.get_mut(word) {
                *word |= bit;
            }
        }
        set
    }

    /// Those that are wanted, and the others.
    fn split(&self, wanted: &Self) -> (Self, Self) {
        let both = |keep: fn(u64, u64) -> u64| {
            let words = self
                .0
                .iter()
                .zip(&wanted.0)
                .map(|(own, wanted)| keep(*own, *wanted));
            Self(words.collect())
        };
        (
            both(|own, wanted| own & wanted),
            both(|own, wanted| own & !wanted),
        )
    }

    fn count(&self) -> u64 {
        let ones = self.0.iter().map(|word| u64::from(word.count_ones()));
        ones.fold(0, u64::saturating_add)
    }
}

#[cfg(test)]
mod tests {
    use std::vec;

    use super::*;

    #[test]
    fn every_way_is_gone_once_with_its_share() {
        let (ends, more) = explore(100, |choices| {
            if choices.one_of(&[1, 2]) == 0 {
                9
            } else {
                choices.one_of(&[1, 0, 1])
            }
        });
        assert!(!more);
        assert_eq!(
            ends,
            vec![
                (Ratio::new(1, 3), 9),
                (Ratio::new(1, 3), 0),
                (Ratio::new(1, 3), 2)
            ]
        );
    }

    #[test]
    fn buckets_of_one_hash_exclude_each_other() {
        let draw = || Draw {
            of: b"both-addresses".to_vec(),
            modulus: 6,
        };
        let (ends, _) = explore(100, |choices| {
            let third = (0..3).find(|bucket| choices.leaves(draw(), 3, *bucket));
            (third, choices.leaves(draw(), 2, 1))
        });
        assert_eq!(ends.len(), 6, "{ends:?}");
        assert!(
            ends.iter()
                .all(|(share, (third, _))| *share == Ratio::new(1, 6) && third.is_some())
        );
    }

    #[test]
    fn there_is_an_end_to_it() {
        let (ends, more) = explore(10, |choices| {
            (0..64).map(|_| choices.one_of(&[1, 1])).sum::<usize>()
        });
        assert!(more && ends.len() == 10);
    }
}
