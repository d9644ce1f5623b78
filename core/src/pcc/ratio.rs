//! Exact fractions.

use alloc::format;
use alloc::string::String;
use core::cmp::Ordering;
use core::fmt;

use serde::{Serialize, Serializer};

/// A fraction in lowest terms, compared exactly
///
/// # Example
///
/// ```
/// use multi_isp::pcc::Ratio;
///
/// let share = Ratio::new(100, 150);
/// assert_eq!(share.to_string(), "2/3");
/// assert_eq!(share.percent(), "66.7 %");
/// assert!(share > Ratio::new(1, 2));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Ratio {
    numerator: u64,
    denominator: u64,
}

impl Ratio {
    /// Nothing
    pub const ZERO: Self = Self {
        numerator: 0,
        denominator: 1,
    };

    /// The whole
    pub const ONE: Self = Self {
        numerator: 1,
        denominator: 1,
    };

    /// `numerator/denominator`; a denominator of 0 counts as 1
    pub fn new(numerator: u64, denominator: u64) -> Self {
        Self::reduced(numerator.into(), denominator.into())
    }

    /// What [`Display`](fmt::Display) writes: `2/3`, `1`; `None` for anything else
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (upper, lower) = text.split_once('/').unwrap_or((text, "1"));
        let whole = |digits: &str| digits.parse::<u64>().ok().filter(|_| !digits.starts_with('+'));
        let lower = whole(lower).filter(|lower| *lower > 0)?;
        Some(Self::new(whole(upper)?, lower))
    }

    /// Upper part, in lowest terms
    pub fn numerator(self) -> u64 {
        self.numerator
    }

    /// Lower part, in lowest terms and never 0
    pub fn denominator(self) -> u64 {
        self.denominator
    }

    /// In percent for people, rounded to a tenth, as `66.7 %`
    pub fn percent(self) -> String {
        let half = u128::from(self.denominator) / 2;
        let tenths = u128::from(self.numerator)
            .saturating_mul(1_000)
            .saturating_add(half);
        let tenths = tenths.checked_div(self.denominator.into()).unwrap_or_default();
        format!("{}.{} %", tenths / 10, tenths % 10)
    }

    /// Product
    pub(crate) fn times(self, other: Self) -> Self {
        Self::reduced(
            u128::from(self.numerator).saturating_mul(other.numerator.into()),
            u128::from(self.denominator).saturating_mul(other.denominator.into()),
        )
    }

    /// Sum
    pub(crate) fn plus(self, other: Self) -> Self {
        let (one, two) = self.crosswise(other);
        let lower = u128::from(self.denominator).saturating_mul(other.denominator.into());
        match one.checked_add(two) {
            Some(upper) => Self::reduced(upper, lower),
            None => Self::reduced((one >> 1_u32).saturating_add(two >> 1_u32), lower >> 1_u32),
        }
    }

    /// Distance between two
    pub(super) fn distance(self, other: Self) -> Self {
        let (one, two) = self.crosswise(other);
        let lower = u128::from(self.denominator).saturating_mul(other.denominator.into());
        Self::reduced(one.abs_diff(two), lower)
    }

    /// Quotient; nothing over nothing is nothing
    pub fn over(self, other: Self) -> Self {
        let upper = u128::from(self.numerator).saturating_mul(other.denominator.into());
        Self::reduced(
            upper,
            u128::from(self.denominator).saturating_mul(other.numerator.into()),
        )
    }

    /// Both numerators over the product of the denominators; two `u64` never overflow it
    fn crosswise(self, other: Self) -> (u128, u128) {
        let one = u128::from(self.numerator).saturating_mul(other.denominator.into());
        let two = u128::from(other.numerator).saturating_mul(self.denominator.into());
        (one, two)
    }

    /// What does not fit is rounded, both parts alike: the value stays right to some 19 digits.
    fn reduced(numerator: u128, denominator: u128) -> Self {
        let denominator = denominator.max(1);
        let common = greatest_common_divisor(numerator, denominator);
        let lowest = |value: u128| value.checked_div(common).unwrap_or(value);
        let (numerator, denominator) = (lowest(numerator), lowest(denominator));
        let excess = u64::BITS.saturating_sub(numerator.max(denominator).leading_zeros());
        let part = |value: u128| {
            let shifted = value.checked_shr(excess).unwrap_or_default();
            u64::try_from(shifted).unwrap_or(u64::MAX)
        };
        Self {
            numerator: part(numerator),
            denominator: part(denominator).max(1),
        }
    }
}

impl Ord for Ratio {
    fn cmp(&self, other: &Self) -> Ordering {
        let (one, two) = self.crosswise(*other);
        one.cmp(&two)
    }
}

impl PartialOrd for Ratio {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator {
            1 => write!(f, "{}", self.numerator),
            denominator => write!(f, "{}/{denominator}", self.numerator),
        }
    }
}

impl Serialize for Ratio {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

fn greatest_common_divisor(mut one: u128, mut two: u128) -> u128 {
    while let Some(rest) = one.checked_rem(two) {
        (one, two) = (two, rest);
    }
    one
}

#[cfg(test)]
mod tests {
    use std::string::ToString;

    use super::*;

    #[test]
    fn fractions_are_kept_in_lowest_terms() {
        let texts =
            [(6, 4), (0, 7), (8, 2), (3, 0)].map(|(upper, lower)| Ratio::new(upper, lower).to_string());
        assert_eq!(texts, ["3/2", "0", "4", "3"]);
    }

    #[test]
    fn neighbours_are_told_apart() {
        let (less, more) = (Ratio::new(u64::MAX - 1, u64::MAX), Ratio::new(u64::MAX, u64::MAX));
        assert!(less < more);
        assert_eq!(Ratio::new(2, 3).distance(Ratio::new(3, 4)), Ratio::new(1, 12));
        assert_eq!(Ratio::new(1, 12).over(Ratio::new(2, 3)), Ratio::new(1, 8));
    }

    #[test]
    fn what_does_not_fit_is_rounded() {
        let hundredth = Ratio::new(1, 100);
        let tiny = (0..40).fold(Ratio::ONE, |share, _| share.times(hundredth));
        assert!(tiny < Ratio::new(1, 1 << 62), "{tiny}");
        let odd = Ratio::new(u64::MAX - 2, u64::MAX);
        let square = odd.times(odd);
        assert!(square < Ratio::ONE && square > Ratio::new(99, 100), "{square}");
        assert_eq!(odd.plus(odd).percent(), "200.0 %");
    }

    #[test]
    fn percents_are_rounded_to_the_nearest_tenth() {
        let texts =
            [(1, 3), (2, 3), (1, 1), (1, 2000)].map(|(upper, lower)| Ratio::new(upper, lower).percent());
        assert_eq!(texts, ["33.3 %", "66.7 %", "100.0 %", "0.1 %"]);
    }
}
