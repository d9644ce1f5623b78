//! Source NAT: a masquerade for each line that none of the router's covers, and hotspot customers past the proxy.

use alloc::vec::Vec;

use super::{DesiredLine, DesiredRow, Needs};
use crate::survey::{Role, Sources, hotspot_interfaces, translations};

/// The rows of `/ip/firewall/nat`.
pub(super) fn rows(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let masquerades = needs.lines.iter().flat_map(|line| masquerades(needs, line));
    masquerades.chain(past_the_proxy(needs)).collect()
}

/// The rules of a line: one for each rule of ISP 1 that no masquerade covers there, with its sources, so that customers
/// whose addresses are not translated on ISP 1 stay untranslated. A `src-nat` covers ISP 1 only: it gives packets the
/// address of the line that it was made for. ISP 1 itself is left as it works today.
fn masquerades(needs: &Needs<'_>, line: &DesiredLine<'_>) -> Vec<DesiredRow> {
    let of_line = |line: &DesiredLine<'_>| {
        translations(
            needs.router,
            line.line.interface().as_bytes(),
            &needs.firewall_lists,
        )
    };
    let own = of_line(line);
    if line.is_primary && (!own.is_empty() || line.existing.default_distance.is_some()) {
        return Vec::new();
    }
    let models = needs
        .lines
        .iter()
        .map(of_line)
        .find(|rows| !rows.is_empty())
        .unwrap_or_default();
    let models: Vec<Sources> = if models.is_empty() {
        alloc::vec![Sources::new()]
    } else {
        models.into_iter().map(|rule| rule.sources).collect()
    };
    let is_covered = |wanted: &Sources| {
        let mut masquerades = own.iter().filter(|rule| rule.row.is("action", "masquerade"));
        masquerades.any(|rule| rule.sources.is_empty() || rule.sources == *wanted)
    };
    let row = |(number, sources): (usize, Sources)| {
        let row = DesiredRow::new(Role::Nat, line.id(), number)
            .with("chain", "srcnat")
            .with("out-interface", line.interface())
            .with("ipsec-policy", "out,none")
            .with("action", "masquerade");
        DesiredRow {
            before: own.first().map(|rule| rule.entry.id()),
            ..sources
                .into_iter()
                .fold(row, |row, (name, value)| row.with(name, value))
        }
    };
    let missing = models.into_iter().filter(|sources| !is_covered(sources));
    (1..).zip(missing).map(row).collect()
}

/// The hotspot's transparent proxy uses the main table only: customers who have logged in go past it (`ROUTEROS` §2k).
fn past_the_proxy(needs: &Needs<'_>) -> Option<DesiredRow> {
    let is_needed = needs.balance.is_some() && !hotspot_interfaces(needs.router).is_empty();
    is_needed.then(|| {
        DesiredRow::site(Role::Nat, 1)
            .with("chain", "pre-hotspot")
            .with("dst-address-type", "!local")
            .with("hotspot", "auth")
            .with("action", "accept")
    })
}
