//! Source NAT: a masquerade for each line that no rule of the router covers.

use alloc::vec::Vec;

use super::{DesiredLine, DesiredRow, Needs};
use crate::survey::{Role, translation};

/// What a new line's rule takes over from ISP 1's: customers whose addresses are not translated there stay untranslated.
const SOURCE_MATCHERS: [&str; 2] = ["src-address", "src-address-list"];

/// The rows of `/ip/firewall/nat`.
pub(super) fn rows(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let is_covered = |line: &DesiredLine<'_>| {
        let interface = line.line.interface().as_bytes();
        translation(needs.router, interface, &needs.firewall_lists).is_some()
    };
    needs
        .lines
        .iter()
        .filter(|line| !line.is_primary && !is_covered(line))
        .map(|line| masquerade(needs, line))
        .collect()
}

fn masquerade(needs: &Needs<'_>, line: &DesiredLine<'_>) -> DesiredRow {
    let primary = needs
        .lines
        .first()
        .map_or(&[][..], |primary| primary.line.interface().as_bytes());
    let model = translation(needs.router, primary, &needs.firewall_lists);
    let sources = SOURCE_MATCHERS
        .iter()
        .filter_map(|name| Some((*name, model?.get(name)?.clone())));
    let row = DesiredRow::new(Role::Nat, line.id(), 1)
        .with("chain", "srcnat")
        .with("out-interface", line.interface())
        .with("ipsec-policy", "out,none")
        .with("action", "masquerade");
    sources.fold(row, |row, (name, value)| row.with(name, value))
}
