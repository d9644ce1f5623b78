#![doc = include_str!("record_missing.md")]

use alloc::collections::BTreeSet;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use crate::diagnostic::{Code, Diagnostic, Level};
use crate::failover::LAST_RESORT;
use crate::preflight::{Check, Rule};
use crate::routeros::router::Router;
use crate::rule::placed;
use crate::site::Site;
use crate::survey::defaults::of_foreign_clients;
use crate::survey::{Role, foreign_enabled, main_default, record_source, tag_of};

/// The rule
pub const RULE: Rule = Rule {
    code: Code::new("record-missing"),
    level: Level::Warning,
    page: include_str!("record_missing.md"),
    check: Check::Leave(check),
};

fn check(_: Option<&Site>, router: &Router) -> Vec<Diagnostic> {
    if record_source(router).is_some() {
        return Vec::new();
    }
    let lines = lines(router);
    let routes =
        foreign_enabled(router, ROUTES).filter_map(|row| Some((placed(ROUTES, row), main_default(row)?)));
    let clients = of_foreign_clients(router).map(|client| {
        let interface = String::from_utf8_lossy(client.interface);
        (format!("the client of `{interface}`"), client.distance)
    });
    let left = routes
        .chain(clients)
        .filter(|(_, distance)| is_of_plan(*distance, lines));
    let finding = |(row, distance): (String, u8)| {
        let message = format!(
            "{row} has its default at distance {distance}, as a plan sets it, and `multi-isp-restore` is gone, which said what it was: it stays so when the site goes"
        );
        RULE.finding(message).with_help(HELP)
    };
    left.map(finding).collect()
}

/// How many lines have a default of ours, before which those of others step back
fn lines(router: &Router) -> usize {
    let tags = router.table(ROUTES).iter().filter_map(|row| tag_of(ROUTES, row));
    let lines: BTreeSet<String> = tags
        .filter(|tag| tag.role() == Role::Main)
        .map(|tag| tag.subject().into())
        .collect();
    lines.len()
}

/// Whether a distance is one that a plan for so many lines gives a last resort
fn is_of_plan(distance: u8, lines: usize) -> bool {
    let behind = usize::from(distance.saturating_sub(LAST_RESORT));
    (1..=lines).contains(&behind)
}

const ROUTES: &str = "/ip/route";

const HELP: &str = "put the script back from a backup or an older export, or give these rows their own values by hand when the site is gone: distances, rows that are off, lease scripts";

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;

    use super::*;
    use crate::preflight::testing::router;

    const OURS: &str = "/ip/route dst-address=0.0.0.0/0 gateway=9.9.9.10 comment=multi-isp:main:isp1:1";
    const OTHER: &str = "/ip/route dst-address=0.0.0.0/0 gateway=9.9.9.11 comment=multi-isp:main:isp2:1";
    const STATIC: &str = "/ip/route dst-address=0.0.0.0/0 gateway=192.0.2.1 distance=201 comment=main";
    const CLIENT: &str = "/ip/dhcp-client interface=ether2 default-route-distance=202";
    const RECORD: &str = "/system/script name=multi-isp-restore comment=multi-isp:restore:site:1 source=#";

    fn found(rows: &[&str]) -> Vec<String> {
        let found = check(None, &router(rows)).into_iter();
        found.map(|finding| finding.message).collect()
    }

    #[test]
    fn what_stays_changed_for_good_is_told() {
        let told = found(&[OURS, OTHER, STATIC, CLIENT]);
        assert_eq!(found(&[OURS, OTHER, CLIENT]).len(), 1);
        assert_eq!(told.len(), 2);
        assert!(
            told[0].starts_with("`/ip route` `main` has its default at distance 201"),
            "{told:?}"
        );
        assert!(
            told[1].starts_with("the client of `ether2` has its default at distance 202"),
            "{told:?}"
        );
    }

    #[test]
    fn a_record_a_router_without_ours_and_other_distances_pass() {
        assert_eq!(found(&[OURS, STATIC, RECORD]), [""; 0]);
        assert_eq!(found(&[STATIC, CLIENT]), [""; 0]);
        for distance in ["1", "200", "202", "240"] {
            assert_eq!(found(&[OURS, &STATIC.replace("201", distance)]), [""; 0]);
        }
    }
}
