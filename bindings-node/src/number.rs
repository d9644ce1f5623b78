//! Numbers of JavaScript → whole numbers that cannot wrap.

use crate::error::{Answer, Fault};

/// A whole number of a type, by the name of its argument.
pub fn whole<T: TryFrom<i64>>(number: f64, name: &str) -> Answer<T> {
    let is_whole = number.fract() == 0.0 && (-MAX_SAFE..=MAX_SAFE).contains(&number);
    // Exact: a safe integer.
    let fits = is_whole.then(|| T::try_from(number as i64).ok()).flatten();
    fits.ok_or_else(|| Fault::argument(&format!("`{name}` is no whole number in its range: {number}")))
}

/// `Number.MAX_SAFE_INTEGER`.
const MAX_SAFE: f64 = 9_007_199_254_740_991.0;
