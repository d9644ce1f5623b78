//! Scripts that run by themselves and are not followed: what they may change is said.

use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::routeros::router::Router;
use crate::survey::interfaces::enabled;
use crate::survey::switching::read;

/// Where scripts stand that are not run, and how people call such a row.
const PLACES: [(&str, &str, &str); 2] = [
    ("/ppp/profile", "on-up", "`on-up` of the PPP profile"),
    ("/ppp/profile", "on-down", "`on-down` of the PPP profile"),
];

/// A sentence for each of them that changes what decides the way of packets.
pub(super) fn unfollowed(router: &Router) -> Vec<String> {
    let mut told = Vec::new();
    for (menu, property, kind) in PLACES {
        for row in enabled(router, menu) {
            let Some(source) = row.text(property) else {
                continue;
            };
            if read(router, &source).switches {
                let name = row.text("name").unwrap_or_default();
                told.push(format!(
                    "{kind} `{name}` changes routes or rules, and is not followed"
                ));
            }
        }
    }
    told
}
