//! Numbers of JavaScript → whole numbers that cannot wrap.

use std::num::NonZeroU8;

use crate::error::{Answer, Fault};

/// A whole number of a type, by the name of its argument.
pub fn whole<T: TryFrom<u64>>(number: f64, name: &str) -> Answer<T> {
    let is_whole = number.fract() == 0.0 && (0.0..=MAX_SAFE).contains(&number);
    // Exact: a safe integer that is not negative.
    let fits = is_whole.then(|| T::try_from(number as u64).ok()).flatten();
    fits.ok_or_else(|| out_of_range(number, name))
}

/// The same from 1 on.
pub fn not_zero(number: f64, name: &str) -> Answer<NonZeroU8> {
    NonZeroU8::new(whole(number, name)?).ok_or_else(|| out_of_range(number, name))
}

fn out_of_range(number: f64, name: &str) -> Fault {
    Fault::argument(&format!("`{name}` is no whole number in its range: {number}"))
}

/// `Number.MAX_SAFE_INTEGER`.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;
