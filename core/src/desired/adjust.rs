//! Changes to rows that somebody else made, where there is no other way.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{DesiredLine, ForeignChange, ForeignEdit, Needs, Setting, clients};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::site::{Access, Dns};
use crate::survey::{self, Client, fasttrack_rows};

/// The changes to foreign rows, in no particular order.
pub(super) fn changes(needs: &Needs<'_>) -> Vec<ForeignChange> {
    let of_line = |line| {
        [
            bridge_port(needs, line),
            client(needs, line),
            modem(needs, line).into_iter().collect(),
            default_routes(line),
        ]
        .concat()
    };
    once_each(needs.lines.iter().flat_map(of_line))
        .into_iter()
        .chain(fasttrack(needs))
        .chain(resolvers(needs))
        .collect()
}

/// A static default over a gateway that two lines share is the first one's.
fn once_each(changes: impl Iterator<Item = ForeignChange>) -> Vec<ForeignChange> {
    let mut once: Vec<ForeignChange> = Vec::new();
    for change in changes {
        let is_of_earlier = |earlier: &ForeignChange| {
            earlier.menu == "/ip/route" && (earlier.menu, earlier.row) == (change.menu, change.row)
        };
        if !once.iter().any(is_of_earlier) {
            once.push(change);
        }
    }
    once
}

/// A port leaves its bridge; before that the bridge keeps the MAC it has, which may be this port's [D:328068].
fn bridge_port(needs: &Needs<'_>, line: &DesiredLine<'_>) -> Vec<ForeignChange> {
    let Some(bridged) = line.existing.bridged else {
        return Vec::new();
    };
    let (menu, bond) = bridged.bond();
    let bridges = needs.router.table("/interface/bridge").iter();
    let moving = bridges.filter(|bridge| {
        bridged.bridge().is_some_and(|name| bridge.is("name", name)) && bridge.is("auto-mac", "yes")
    });
    let pin = moving.map(|bridge| ForeignChange {
        menu: "/interface/bridge",
        row: Some(bridge.id()),
        edit: ForeignEdit::Set(alloc::vec![
            ("auto-mac", to("no")),
            (
                "admin-mac",
                bridge
                    .live("mac-address")
                    .cloned()
                    .map_or(Setting::Reported("mac-address"), Setting::To)
            ),
        ]),
        steps_back: false,
        reason: String::from("the bridge keeps its MAC address when a port leaves it"),
    });
    let leave = ForeignChange {
        menu,
        row: Some(bond.id()),
        edit: ForeignEdit::Remove,
        steps_back: false,
        reason: format!(
            "`{}` is an internet line and cannot be a slave of a bridge",
            String::from_utf8_lossy(survey::port_of(needs.router, line.line))
        ),
    };
    pin.chain(core::iter::once(leave)).collect()
}

/// A client that was there before. Where only its link decides, ISP 1's stays exactly as it is.
fn client(needs: &Needs<'_>, line: &DesiredLine<'_>) -> Vec<ForeignChange> {
    let Some(client) = line.existing.client else {
        return Vec::new();
    };
    if line.is_point_to_point() {
        session(line, client)
    } else {
        dhcp_client(needs, line, client)
    }
}

fn dhcp_client(needs: &Needs<'_>, line: &DesiredLine<'_>, client: Client<'_>) -> Vec<ForeignChange> {
    let today = client.row.get("script").map_or(&[][..], Value::as_bytes);
    let script = ("script", Setting::To(clients::script(line, today)));
    let distance = distance(line);
    let runs = ("disabled", to("no"));
    let follows = line.needs_lease_script(needs);
    let change = |settings, steps_back, reason| of_client(line, client, settings, steps_back, reason);
    // A line that was switched off before it was a line may have come first since.
    let on = client
        .row
        .disabled()
        .then(|| change(alloc::vec![runs.clone()], false, SWITCHED_ON));
    match (line.is_primary, line.is_leased()) {
        (true, true) => {
            let script = follows.then(|| change(alloc::vec![script], false, FOLLOWS));
            let back = line
                .is_checked()
                .then(|| change(alloc::vec![distance], true, LAST_RESORT));
            script.into_iter().chain(on).chain(back).collect()
        }
        // The distance first: a default of a new line must never come up beside that of ISP 1.
        (false, true) if follows => alloc::vec![change(alloc::vec![distance, script, runs], false, FOLLOWS)],
        (false, true) => alloc::vec![change(alloc::vec![distance, runs], false, SWITCHED_ON)],
        (true, false) if !line.is_checked() => Vec::new(),
        (_, false) => alloc::vec![change(alloc::vec![distance], line.is_primary, LAST_RESORT)],
    }
}

/// A PPPoE or PPP client, that of a tunnel, or the APN profile of a modem. A `set` may restart the session
/// (`ROUTEROS-BEHAVIOUR` §6): one that adds no default is left alone, but for being switched on. One that is not known to
/// have a distance adds none any more: beside ours it would share their traffic.
fn session(line: &DesiredLine<'_>, client: Client<'_>) -> Vec<ForeignChange> {
    let change = |settings, steps_back, reason| of_client(line, client, settings, steps_back, reason);
    let (setting, reason) = if client.has_distance() {
        (distance(line), LAST_RESORT)
    } else {
        (("add-default-route", to("no")), GIVES_WAY)
    };
    let back = (client.adds_default() && !line.keeps_default())
        .then(|| change(alloc::vec![setting], line.is_primary, reason));
    // A line that was switched off before it was a line may have come first since.
    let is_off = !line.is_primary || client.row.disabled();
    let is_interface = is_off && client.menu != APN_PROFILES;
    let runs = is_interface.then(|| change(alloc::vec![("disabled", to("no"))], false, DIALS));
    back.into_iter().chain(runs).collect()
}

/// The modem of a line that has an APN profile of ours.
fn modem(needs: &Needs<'_>, line: &DesiredLine<'_>) -> Option<ForeignChange> {
    let has_profile = matches!(line.line.access(), Access::Lte(Some(_))) && line.existing.client.is_none();
    let modem = survey::modem(needs.router, line.line).filter(|_| has_profile)?;
    let profile = ("apn-profiles", to(&survey::name(line.id())));
    let runs = modem.disabled().then(|| ("disabled", to("no")));
    let settings = core::iter::once(profile).chain(runs).collect();
    Some(ForeignChange {
        menu: "/interface/lte",
        row: Some(modem.id()),
        edit: ForeignEdit::Set(settings),
        steps_back: false,
        reason: format!(
            "{}: its modem uses the access point of the site",
            line.line.label()
        ),
    })
}

fn distance(line: &DesiredLine<'_>) -> (&'static str, Setting) {
    ("default-route-distance", to(&line.client_distance().to_string()))
}

fn of_client(
    line: &DesiredLine<'_>,
    client: Client<'_>,
    settings: Vec<(&'static str, Setting)>,
    steps_back: bool,
    reason: &str,
) -> ForeignChange {
    ForeignChange {
        menu: client.menu,
        row: Some(client.row.id()),
        edit: ForeignEdit::Set(settings),
        steps_back,
        reason: format!("{}: {reason}", line.line.label()),
    }
}

/// Static defaults that were there before stand behind ours.
fn default_routes(line: &DesiredLine<'_>) -> Vec<ForeignChange> {
    let step_back = |row: &&Row| ForeignChange {
        menu: "/ip/route",
        row: Some(row.id()),
        edit: ForeignEdit::Set(alloc::vec![("distance", to(&line.last_resort.to_string()))]),
        steps_back: true,
        reason: format!("{}: its old default route is the last resort", line.line.label()),
    };
    let is_replaced = line.is_checked() || !line.is_primary;
    line.existing
        .default_routes
        .iter()
        .filter(|_| is_replaced)
        .map(step_back)
        .collect()
}

/// Why a client's script changes.
const FOLLOWS: &str = "its routes follow the gateway of its lease";
/// Why a DHCP client is switched on.
const SWITCHED_ON: &str = "its client gets the lease";
/// Why a client that dials is switched on.
const DIALS: &str = "its session is up";
/// The menu whose rows are no interfaces.
const APN_PROFILES: &str = "/interface/lte/apn";
/// Why a client's distance changes.
const LAST_RESORT: &str = "the default of its client is the last resort";
/// Why a client adds no default any more.
const GIVES_WAY: &str = "its own default gives way to those of the site";

/// Fasttracked connections use the main table only [D:328227]: marked ones must not be fasttracked.
fn fasttrack(needs: &Needs<'_>) -> Vec<ForeignChange> {
    let limit = |(menu, row): (&'static str, &Row)| ForeignChange {
        menu,
        row: Some(row.id()),
        edit: ForeignEdit::Set(alloc::vec![("connection-mark", to("no-mark"))]),
        steps_back: false,
        reason: String::from("fasttracked connections ignore routing marks"),
    };
    fasttrack_rows(needs.router)
        .into_iter()
        .filter(|_| needs.marks())
        .map(limit)
        .collect()
}

fn resolvers(needs: &Needs<'_>) -> Option<ForeignChange> {
    let Dns::Servers(servers) = needs.site.dns() else {
        return None;
    };
    let servers: Vec<String> = servers.iter().map(ToString::to_string).collect();
    Some(ForeignChange {
        menu: "/ip/dns",
        row: None,
        edit: ForeignEdit::Set(alloc::vec![("servers", to(&servers.join(",")))]),
        steps_back: false,
        reason: String::from("the router resolves names over whichever line is up"),
    })
}

fn to(text: &str) -> Setting {
    Setting::To(Value::from(text))
}
