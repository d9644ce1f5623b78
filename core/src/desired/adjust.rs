//! Changes to rows that somebody else made, where there is no other way.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::{DesiredLine, ForeignChange, ForeignEdit, Needs, Setting, clients};
use crate::routeros::router::Row;
use crate::routeros::value::Value;
use crate::site::Dns;
use crate::survey::fasttrack_rows;

/// The changes to foreign rows, in no particular order.
pub(super) fn changes(needs: &Needs<'_>) -> Vec<ForeignChange> {
    let of_line = |line| {
        [
            bridge_port(needs, line),
            client(needs, line),
            default_routes(line),
        ]
        .concat()
    };
    needs
        .lines
        .iter()
        .flat_map(of_line)
        .chain(fasttrack(needs))
        .chain(resolvers(needs))
        .collect()
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
        row: bridge.id(),
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
        reason: String::from("the bridge keeps its MAC address when a port leaves it"),
    });
    let leave = ForeignChange {
        menu,
        row: bond.id(),
        edit: ForeignEdit::Remove,
        reason: format!(
            "`{}` is an internet line and cannot be a slave of a bridge",
            line.line.interface()
        ),
    };
    pin.chain(core::iter::once(leave)).collect()
}

/// A DHCP client that was there before. With a check of the link ISP 1's stays exactly as it is.
fn client(needs: &Needs<'_>, line: &DesiredLine<'_>) -> Vec<ForeignChange> {
    let Some(row) = line.existing.client.filter(|_| line.is_leased()) else {
        return Vec::new();
    };
    let change = |settings: Vec<(&'static str, Setting)>, reason: &str| ForeignChange {
        menu: "/ip/dhcp-client",
        row: row.id(),
        edit: ForeignEdit::Set(settings),
        reason: format!("{}: {reason}", line.line.label()),
    };
    let mut changes = Vec::new();
    if row.disabled() {
        changes.push(change(alloc::vec![("disabled", to("no"))], "its client runs"));
    }
    if line.needs_lease_script(needs) {
        let script = clients::script(line, row.get("script").map_or(&[][..], Value::as_bytes));
        changes.push(change(
            alloc::vec![("script", Setting::To(script))],
            "its routes follow the gateway of its lease",
        ));
    }
    if line.is_checked() || !line.is_primary {
        let distance = to(&line.own_default_distance.to_string());
        changes.push(change(
            alloc::vec![("default-route-distance", distance)],
            "the default of its client is the last resort",
        ));
    }
    changes
}

/// Static defaults that were there before stand behind ours.
fn default_routes(line: &DesiredLine<'_>) -> Vec<ForeignChange> {
    let step_back = |row: &&Row| ForeignChange {
        menu: "/ip/route",
        row: row.id(),
        edit: ForeignEdit::Set(alloc::vec![(
            "distance",
            to(&line.own_default_distance.to_string())
        )]),
        reason: format!("{}: its old default route is the last resort", line.line.label()),
    };
    let replaced = line
        .existing
        .default_routes
        .iter()
        .filter(|_| line.is_checked() || !line.is_primary);
    replaced.map(step_back).collect()
}

/// Fasttracked connections use the main table only [D:328227]: marked ones must not be fasttracked.
fn fasttrack(needs: &Needs<'_>) -> Vec<ForeignChange> {
    let limit = |(menu, row): (&'static str, &Row)| ForeignChange {
        menu,
        row: row.id(),
        edit: ForeignEdit::Set(alloc::vec![("connection-mark", to("no-mark"))]),
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
        row: needs.router.table("/ip/dns").rows().first()?.id(),
        edit: ForeignEdit::Set(alloc::vec![("servers", to(&servers.join(",")))]),
        reason: String::from("the router resolves names over whichever line is up"),
    })
}

fn to(text: &str) -> Setting {
    Setting::To(Value::from(text))
}
