//! How a line gets its address: a DHCP client with the script that follows its lease, a static address, a PPPoE or dial-up
//! client, or a modem's APN profile.

use alloc::string::ToString;
use alloc::vec::Vec;

use super::{DesiredLine, DesiredRow, Lease, Needs, routes};
use crate::routeros::syntax::print;
use crate::routeros::syntax::quote::quote;
use crate::routeros::value::Value;
use crate::site::{Access, Apn, Dial, Health, Modem, Secret, Text};
use crate::survey::Role;

/// The lease script: it moves the routes of its line to the gateway of the lease, and disables them when the lease is
/// lost. RouterOS runs it when a lease is bound, lost or changes its gateway, not at a plain renew [D:24805500].
///
/// An empty gateway would write `%ether2`: nothing is changed then.
const LEASE_SCRIPT: &str = include_str!("scripts/lease.rsc");

/// The same for a client that is bound already: setting a script does not run it (`ROUTEROS-BEHAVIOUR` §6).
const SEED: &str = include_str!("scripts/seed.rsc");

/// The gateway that a lease brings, as routes of the line name it.
const HOP: &str = include_str!("scripts/hop.rsc");
const HOP_PINNED: &str = include_str!("scripts/hop-pinned.rsc");

/// The first and the last line of our part of a lease script.
const BEGIN: &[u8] = b"# multi-isp: begin\n";
const END: &[u8] = b"# multi-isp: end\n";

/// The rows that bring lines up which have none yet.
pub(super) fn rows(needs: &Needs<'_>) -> Vec<DesiredRow> {
    needs.lines.iter().filter_map(|line| row(needs, line)).collect()
}

fn row(needs: &Needs<'_>, line: &DesiredLine<'_>) -> Option<DesiredRow> {
    let is_new = line.existing.client.is_none();
    match line.line.access() {
        Access::Dhcp if is_new => Some(client(needs, line)),
        Access::Static { address, .. } if !line.existing.has_address => {
            let row = DesiredRow::new(Role::Address, line.id(), 1);
            Some(
                row.with("address", address.to_string())
                    .with("interface", line.interface()),
            )
        }
        Access::Pppoe(Some(dial)) if is_new => Some(pppoe(line, dial)),
        Access::Ppp(Some(modem)) if is_new => Some(ppp(line, modem)),
        Access::Lte(Some(apn)) if is_new => Some(profile(line, apn)),
        _ => None,
    }
}

fn pppoe(line: &DesiredLine<'_>, dial: &Dial) -> DesiredRow {
    let row = DesiredRow::new(Role::Pppoe, line.id(), 1)
        .with("name", line.interface())
        .with("interface", text(&dial.port))
        .with("user", text(&dial.user));
    let row = optional(row, "password", secret(&dial.password));
    let row = optional(row, "service-name", dial.service.as_ref().map(text));
    started(with_default(row, line))
}

fn ppp(line: &DesiredLine<'_>, modem: &Modem) -> DesiredRow {
    let channel = |channel: Option<u8>| channel.map(|number| Value::from(number.to_string()));
    let row = DesiredRow::new(Role::Ppp, line.id(), 1)
        .with("name", line.interface())
        .with("port", text(&modem.port));
    let row = optional(with_apn(row, &modem.apn), "pin", secret(&modem.pin));
    let row = optional(row, "phone", modem.phone.as_ref().map(text));
    let row = optional(row, "data-channel", channel(modem.data_channel));
    let row = optional(row, "info-channel", channel(modem.info_channel));
    // By default it dials when something is sent only: a route that stands by would never come up (`ROUTEROS` §2h).
    started(with_default(row.with("dial-on-demand", "no"), line))
}

fn profile(line: &DesiredLine<'_>, apn: &Apn) -> DesiredRow {
    let row = DesiredRow::new(Role::Apn, line.id(), 1);
    with_default(with_apn(row, apn), line)
}

fn with_apn(row: DesiredRow, apn: &Apn) -> DesiredRow {
    let row = row.with("apn", text(&apn.name));
    let row = optional(row, "user", apn.user.as_ref().map(text));
    optional(row, "password", secret(&apn.password))
}

/// The default that a client adds stays as the last resort: the line works even without our routes. Its defaults differ by
/// source and version: they are always written (`ROUTEROS` §2h).
fn with_default(row: DesiredRow, line: &DesiredLine<'_>) -> DesiredRow {
    row.with("add-default-route", "yes")
        .with("default-route-distance", line.client_distance().to_string())
        .with("use-peer-dns", "no")
}

fn started(row: DesiredRow) -> DesiredRow {
    row.with("disabled", "no")
}

fn optional(row: DesiredRow, name: &'static str, value: Option<Value>) -> DesiredRow {
    match value {
        Some(value) => row.with(name, value),
        None => row,
    }
}

fn text(text: &Text) -> Value {
    Value::from(text.as_bytes())
}

fn secret(secret: &Option<Secret>) -> Option<Value> {
    secret.as_ref().map(|secret| text(secret.expose()))
}

fn client(needs: &Needs<'_>, line: &DesiredLine<'_>) -> DesiredRow {
    let row = DesiredRow::new(Role::Client, line.id(), 1).with("interface", line.interface());
    let row = with_default(row, line).with("use-peer-ntp", "no");
    let script = line.needs_lease_script(needs).then(|| script(line, b""));
    started(native(needs, line, optional(row, "script", script)))
}

/// What makes a client keep the line's defaults by itself, in every table and checked as the line is.
fn native(needs: &Needs<'_>, line: &DesiredLine<'_>, row: DesiredRow) -> DesiredRow {
    if !line.is_native {
        return row;
    }
    let row = row.with("default-route-tables", routes::native_tables(needs, line));
    let check = line.is_checked().then(|| Value::from("ping"));
    optional(row, "check-gateway", check)
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
            is_of_probes: line.health == Health::Internet,
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
    let (hop, pin) = if line.is_pinned() {
        (HOP_PINNED, [b"%", interface].concat())
    } else {
        (HOP, Vec::new())
    };
    let pattern = routes::leased_pattern(line);
    print::fill(
        template,
        &[
            ("PATTERN", &quote(pattern.as_bytes())),
            ("INTERFACE", &quote(interface)),
            ("PIN", &quote(&pin)),
            ("HOP", hop.trim_end().as_bytes()),
        ],
    )
}
