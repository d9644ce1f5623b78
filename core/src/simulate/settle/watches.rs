//! Netwatch: hosts that it pings, and the scripts that it runs when one falls silent or answers again.

use alloc::format;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::Settled;
use crate::routeros::router::{Router, RowId};
use crate::simulate::forward::{Situation, is_answered};
use crate::simulate::scenario::Scenario;
use crate::survey::interfaces::enabled;

/// Lets netwatch look until nothing changes any more: what its scripts switch may silence another host.
///
/// That the first answer counts as a change is likely, since 7.17 has `ignore-initial-up` and `ignore-initial-down` to prevent
/// it, and unconfirmed.
pub(super) fn run(settled: &mut Settled, scenario: &Scenario) {
    for _ in 0..MOST_ROUNDS {
        let hosts: Vec<(RowId, Ipv4Addr)> = hosts(&settled.router).collect();
        let mut changes = false;
        for (id, host) in hosts {
            let is_up = answers(&settled.router, scenario, host);
            if settled.watched.insert(id, is_up) != Some(is_up) {
                changes = true;
                run_script(settled, id, is_up, scenario);
            }
        }
        if !changes {
            return;
        }
    }
    settled
        .unmodelled
        .push("netwatch's scripts switch to and fro without end".into());
}

/// Whether a ping of the router's own is answered.
pub(in crate::simulate) fn answers(router: &Router, scenario: &Scenario, host: Ipv4Addr) -> bool {
    is_answered(&Situation::of(router, scenario), host)
}

fn hosts(router: &Router) -> impl Iterator<Item = (RowId, Ipv4Addr)> {
    enabled(router, NETWATCH).filter_map(|row| Some((row.id(), row.get("host")?.to_text().parse().ok()?)))
}

fn run_script(settled: &mut Settled, id: RowId, is_up: bool, scenario: &Scenario) {
    let property = if is_up { "up-script" } else { "down-script" };
    let row = settled.router.table(NETWATCH).by_id(id);
    let script = row
        .and_then(|row| row.get(property))
        .filter(|script| !script.is_empty());
    let Some(script) = script.cloned() else { return };
    let host = row.and_then(|row| row.text("host")).unwrap_or_default();
    let what = format!("the {property} of netwatch for {host}");
    settled.run(&what, &script, &[], scenario);
}

const NETWATCH: &str = "/tool/netwatch";

/// A host for every line and some more.
const MOST_ROUNDS: usize = 16;
