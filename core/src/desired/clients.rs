//! How a line gets its address: a DHCP client with the script that follows its lease, or a static address.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::{DesiredLine, DesiredRow, Lease, Needs, routes};
use crate::routeros::syntax::print;
use crate::routeros::syntax::quote::quote;
use crate::routeros::value::Value;
use crate::site::Access;
use crate::survey::Role;

/// The lease script: it moves the routes of its line to the gateway of the lease, and disables them when the lease is
/// lost. RouterOS runs it when a lease is bound, lost or changes its gateway, not at a plain renew [D:24805500].
///
/// An empty gateway would write `%ether2`: nothing is changed then.
const LEASE_SCRIPT: &str = include_str!("scripts/lease.rsc");

/// The same for a client that is bound already: setting a script does not run it (`ROUTEROS-BEHAVIOUR` §6).
const SEED: &str = include_str!("scripts/seed.rsc");

/// The first and the last line of our part of a lease script.
const BEGIN: &[u8] = b"# multi-isp: begin\n";
const END: &[u8] = b"# multi-isp: end\n";

/// The rows of `/ip/dhcp-client` and `/ip/address` of lines that have none yet.
pub(super) fn rows(needs: &Needs<'_>) -> Vec<DesiredRow> {
    needs
        .lines
        .iter()
        .filter_map(|line| client_or_address(needs, line))
        .collect()
}

fn client_or_address(needs: &Needs<'_>, line: &DesiredLine<'_>) -> Option<DesiredRow> {
    match line.line.access() {
        Access::Dhcp if line.existing.client.is_none() => Some(client(needs, line)),
        Access::Static { address, .. } if !line.existing.has_address => {
            let row = DesiredRow::new(Role::Address, line.id(), 1);
            Some(
                row.with("address", address.to_string())
                    .with("interface", line.interface()),
            )
        }
        _ => None,
    }
}

/// A client of ours. Its own default stays as the last resort: the line works even without our routes.
fn client(needs: &Needs<'_>, line: &DesiredLine<'_>) -> DesiredRow {
    let row = DesiredRow::new(Role::Client, line.id(), 1)
        .with("interface", line.interface())
        .with("add-default-route", "yes")
        .with("default-route-distance", line.client_distance().to_string())
        .with("use-peer-dns", "no")
        .with("use-peer-ntp", "no");
    let row = if line.needs_lease_script(needs) {
        row.with("script", script(line, b""))
    } else {
        row
    };
    // The default of `disabled` differs by source and version: it is always written (`ROUTEROS` §2g).
    row.with("disabled", "no")
}

/// The lease script of a line's client: ours, then what stands there already, whose errors must not keep ours from running.
pub(super) fn script(line: &DesiredLine<'_>, today: &[u8]) -> Value {
    let mut script = fill(LEASE_SCRIPT, line);
    script.extend_from_slice(&without_lease_script(today));
    Value::from(script)
}

/// The lines whose leases this picture of the router does not show.
pub(super) fn leases(needs: &Needs<'_>) -> Vec<Lease> {
    let unseen = needs
        .lines
        .iter()
        .filter(|line| line.needs_lease_script(needs) && line.existing.gateway.is_none());
    unseen
        .map(|line| Lease {
            line: line.id().to_string(),
            interface: line.interface(),
            seed: fill(SEED.trim_end(), line),
        })
        .collect()
}

/// A lease script without our part.
pub(crate) fn without_lease_script(script: &[u8]) -> Vec<u8> {
    let find = |part: &[u8]| script.windows(part.len()).position(|window| window == part);
    match (find(BEGIN), find(END)) {
        (Some(begin), Some(end)) if begin < end => {
            let tail = script.iter().skip(end.saturating_add(END.len()));
            script.iter().take(begin).chain(tail).copied().collect()
        }
        _ => script.to_vec(),
    }
}

/// A template with what it says of the line filled in, quoted.
fn fill(template: &str, line: &DesiredLine<'_>) -> Vec<u8> {
    let interface = line.line.interface().as_bytes();
    let pin = [b"%", interface].concat();
    let pattern = routes::leased_pattern(line);
    print::fill(
        template,
        &[
            ("PATTERN", &quote(pattern.as_bytes())),
            ("INTERFACE", &quote(interface)),
            ("PIN", &quote(&pin)),
        ],
    )
}
