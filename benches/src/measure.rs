//! Medians of repeats that take turns, so that a slow second of the machine hits all candidates alike.

use std::time::{Duration, Instant};

/// Median time of each candidate over so many rounds, after one round that warms up.
pub fn medians<const N: usize>(
    rounds: usize,
    mut candidates: [&mut dyn FnMut() -> Duration; N],
) -> [Duration; N] {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::with_capacity(rounds));
    for round in 0..=rounds {
        for (candidate, times) in candidates.iter_mut().zip(&mut times) {
            let time = candidate();
            if round > 0 {
                times.push(time);
            }
        }
    }
    times.map(|mut times| {
        times.sort();
        times[times.len() / 2]
    })
}

/// A candidate that is timed here.
pub fn timed(mut work: impl FnMut()) -> impl FnMut() -> Duration {
    move || {
        let start = Instant::now();
        work();
        start.elapsed()
    }
}

pub fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}
