//! Medians of repeats that take turns, so that a slow second of the machine hits all candidates alike.

use std::time::{Duration, Instant};

/// Median time of each candidate over so many rounds, after one round that warms up.
pub fn medians<const N: usize>(rounds: usize, mut candidates: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::with_capacity(rounds));
    for round in 0..=rounds {
        for (candidate, times) in candidates.iter_mut().zip(&mut times) {
            let start = Instant::now();
            candidate();
            if round > 0 {
                times.push(start.elapsed());
            }
        }
    }
    times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    })
}
