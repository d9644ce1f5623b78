//! Buckets against vectors that were computed by brute force; they are the case of tolerance 0.

use std::fs;

use multi_isp::pcc::{Ratio, SplitOptions, split};
use multi_isp::site::Mbps;
use serde_json::Value;

use crate::shared::shared;

#[test]
fn the_least_largest_error_is_that_of_brute_force() {
    let Some(path) = shared("vectors/pcc_weights_bruteforce.json") else {
        return;
    };
    let vectors: Value = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let mut checked = 0;
    for case in vectors["cases"].as_array().unwrap() {
        let speeds: Vec<Mbps> = case["mbps"].as_array().unwrap().iter().map(speed).collect();
        for (limit, best) in case["best"].as_object().unwrap() {
            let options = SplitOptions {
                tolerance: Ratio::ZERO,
                max_buckets: limit.parse().unwrap(),
            };
            let found = split(&speeds, &options);
            let expected = (
                best["denominator"].as_u64().unwrap(),
                best["max_abs_error"].as_str().unwrap(),
            );
            let reached = (
                u64::from(found.denominator()),
                found.worst_absolute_error().to_string(),
            );
            assert_eq!(
                (reached.0, reached.1.as_str()),
                expected,
                "{} within {limit}",
                case["mbps"]
            );
            checked += 1;
        }
    }
    println!("pcc: {checked} vectors hold");
    assert!(checked > 100, "{checked}");
}

fn speed(mbps: &Value) -> Mbps {
    Mbps::new(u32::try_from(mbps.as_u64().unwrap()).unwrap()).unwrap()
}
