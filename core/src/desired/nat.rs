//! Source NAT: a masquerade for each line that none of the router's covers, and hotspot customers past the proxy.

use alloc::vec::Vec;

use super::{DesiredLine, DesiredRow, Needs};
use crate::routeros::router::Row;
use crate::survey::{Role, hotspot_interfaces, translations};

/// What a new line's rule takes over from ISP 1's: customers whose addresses are not translated there stay untranslated.
const SOURCE_MATCHERS: [&str; 2] = ["src-address", "src-address-list"];

/// The rows of `/ip/firewall/nat`.
pub(super) fn rows(needs: &Needs<'_>) -> Vec<DesiredRow> {
    let masquerades = needs.lines.iter().flat_map(|line| masquerades(needs, line));
    masquerades.chain(past_the_proxy(needs)).collect()
}

/// The rules of a line: one for each rule of ISP 1, whose sources it takes over. Only a masquerade covers a line too: a
/// `src-nat` gives packets the address of the line that it was made for.
fn masquerades(needs: &Needs<'_>, line: &DesiredLine<'_>) -> Vec<DesiredRow> {
    let of_line = |line: &DesiredLine<'_>| {
        translations(
            needs.router,
            line.line.interface().as_bytes(),
            &needs.firewall_lists,
        )
    };
    let own = of_line(line);
    if own.iter().any(|row| row.is("action", "masquerade")) || (line.is_primary && !own.is_empty()) {
        return Vec::new();
    }
    let models = needs
        .lines
        .iter()
        .map(of_line)
        .find(|rows| !rows.is_empty())
        .unwrap_or_default();
    let first_foreign = own.first().map(|row| row.id());
    let row = |(number, model): (usize, Option<&Row>)| {
        let row = DesiredRow::new(Role::Nat, line.id(), number)
            .with("chain", "srcnat")
            .with("out-interface", line.interface())
            .with("ipsec-policy", "out,none")
            .with("action", "masquerade");
        let sources = SOURCE_MATCHERS
            .iter()
            .filter_map(|name| Some((*name, model?.get(name)?.clone())));
        let row = sources.fold(row, |row, (name, value)| row.with(name, value));
        DesiredRow {
            before: first_foreign,
            ..row
        }
    };
    let models: Vec<Option<&Row>> = if models.is_empty() {
        alloc::vec![None]
    } else {
        models.into_iter().map(Some).collect()
    };
    (1..).zip(models).map(row).collect()
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
