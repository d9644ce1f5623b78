//! Whether a line works, from what the router tells of its interface, its client and its routes (`ROUTEROS` §3.5).

use alloc::vec::Vec;

use super::line::{Evidence, Reason};
use crate::routeros::router::{Router, Row};
use crate::routeros::value::Value;
use crate::site::{Access, Line};
use crate::survey::defaults::{hops, is_default_route, is_usable, lacks_lease, live_is, ways};
use crate::survey::interfaces::{find, is_set_to};
use crate::survey::{Role, bridge_of, dhcp_client, port_of, tag_of};

/// What was found of a line, and what told it.
pub(super) struct Found {
    pub(super) verdict: Verdict,
    pub(super) detail: Vec<Evidence>,
}

/// Whether a line works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Up,
    /// Some of its probes do not answer.
    Partly,
    Down(Reason),
    Unknown,
}

/// The first that is wrong, from the cable to the far host. What a default shows that is in use, no client overrules: it may be
/// another one that brings the address.
pub(super) fn judge(router: &Router, line: &Line, is_applied: bool) -> Found {
    if let Some(found) = interface(router, line) {
        return found;
    }
    let told = watches(router, line).unwrap_or_else(|| routes(router, line));
    if matches!(told.verdict, Verdict::Up | Verdict::Partly) {
        return told;
    }
    let is_missing = is_applied && router.is_read(ROUTES) && defaults(router, line).is_empty();
    address(router, line).unwrap_or(match is_missing {
        true => down(Reason::NoRoute, &[]),
        false => told,
    })
}

fn interface(router: &Router, line: &Line) -> Option<Found> {
    let own = line.interface().as_bytes();
    let known = find(router, own)?;
    let row = known.row?;
    let told = |reason, property| Some(down(reason, &[(INTERFACES, row, property)]));
    // One that runs is not disabled, whatever the default of its menu is that a short reading leaves out.
    if is_off(row) && !live_is(row, "running", true) {
        return told(Reason::Disabled, "disabled");
    }
    if live_is(row, "running", false) {
        return Some(not_running(router, line, row));
    }
    if live_is(row, "slave", true) {
        return told(Reason::NoAddress, "slave");
    }
    // A port of a bridge has no client (`ROUTEROS` §2n).
    let port = bridge_of(router, own)?.port;
    Some(down(Reason::NoAddress, &[(BRIDGE_PORTS, port, "bridge")]))
}

/// A session that is down over a port that is up lacks its provider; any other lacks its link.
fn not_running(router: &Router, line: &Line, row: &Row) -> Found {
    let below = find(router, port_of(router, line)).and_then(|known| known.row);
    let below = below.filter(|below| live_is(below, "running", false) && below.id() != row.id());
    let is_dialled = matches!(line.access(), Access::Pppoe(_) | Access::Ppp(_) | Access::Lte(_));
    match below {
        Some(below) if is_off(below) => down(Reason::Disabled, &[(INTERFACES, below, "disabled")]),
        Some(below) => down(
            Reason::NoLink,
            &[(INTERFACES, below, "running"), (INTERFACES, row, "running")],
        ),
        None if is_dialled => down(Reason::NoAddress, &[(INTERFACES, row, "running")]),
        None => down(Reason::NoLink, &[(INTERFACES, row, "running")]),
    }
}

fn address(router: &Router, line: &Line) -> Option<Found> {
    let interface = line.interface().as_bytes();
    match line.access() {
        Access::Dhcp => {
            let Some(client) = dhcp_client(router, interface) else {
                return router.is_read(CLIENTS).then(|| down(Reason::NoAddress, &[]));
            };
            let told = |reason, property| Some(down(reason, &[(CLIENTS, client, property)]));
            if is_off(client) {
                return told(Reason::Disabled, "disabled");
            }
            let lacks_lease = client.live("status").is_some_and(lacks_lease);
            told(Reason::NoAddress, "status").filter(|_| lacks_lease)
        }
        Access::Static { .. } => {
            let on_line = |row: &&Row| is_set_to(row, "interface", interface);
            let rows: Vec<&Row> = router.table(ADDRESSES).iter().filter(on_line).collect();
            let off = || rows.first().map(|row| (ADDRESSES, *row, "disabled"));
            let reason = if rows.is_empty() {
                Reason::NoAddress
            } else {
                Reason::Disabled
            };
            let is_there = !router.is_read(ADDRESSES) || rows.iter().any(|row| !is_off(row));
            (!is_there).then(|| down(reason, off().as_slice()))
        }
        Access::Pppoe(_) | Access::Lte(_) | Access::Ppp(_) | Access::Tunnel => None,
    }
}

/// Whether a row says that it is disabled: some menus have that as their default, which a short reading leaves out.
fn is_off(row: &Row) -> bool {
    row.get("disabled").is_some() && row.disabled()
}

/// All defaults of the line are usable, some, or none.
fn routes(router: &Router, line: &Line) -> Found {
    let (mut usable, mut dead) = (Vec::new(), Vec::new());
    for row in defaults(router, line) {
        match is_usable(router, row) {
            Some(true) => usable.push(row),
            Some(false) => dead.push(row),
            None => {}
        }
    }
    let told = |rows: &[&Row]| rows.iter().map(|row| of_route(row)).collect();
    match (usable.is_empty(), dead.is_empty()) {
        (true, true) => Found {
            verdict: Verdict::Unknown,
            detail: Vec::new(),
        },
        (false, true) => Found {
            verdict: Verdict::Up,
            detail: told(&usable),
        },
        (false, false) => Found {
            verdict: Verdict::Partly,
            detail: told(&[dead, usable].concat()),
        },
        (true, false) => Found {
            verdict: Verdict::Down(reason(router, line, &dead)),
            detail: told(&dead),
        },
    }
}

/// What netwatch alone knows of the probes of a metered line: that none answers, whether or not it could switch the defaults over
/// them; or nothing, as for up to five minutes after a start (`ROUTEROS` §2j), while what it switched before tells nothing.
fn watches(router: &Router, line: &Line) -> Option<Found> {
    let watches: Vec<&Row> = of_line(router, NETWATCH, line, &[Role::Watch]).collect();
    let all_are = |word: &str| {
        let is_so = |row: &&Row| row.live("status").is_some_and(|status| *status == word);
        !watches.is_empty() && watches.iter().all(is_so)
    };
    let verdicts = [
        ("down", Verdict::Down(Reason::UpstreamDown)),
        ("unknown", Verdict::Unknown),
    ];
    let (_, verdict) = verdicts.into_iter().find(|(word, _)| all_are(word))?;
    let told = watches.iter();
    Some(Found {
        verdict,
        detail: told.map(|row| Evidence::of(NETWATCH, row, "status")).collect(),
    })
}

/// The defaults that tell whether a line works: ours in the main table and in its own; where none is ours, those of somebody
/// else over its interface, such as the one that its client adds.
fn defaults<'a>(router: &'a Router, line: &'a Line) -> Vec<&'a Row> {
    let ours: Vec<&Row> = of_line(router, ROUTES, line, &[Role::Main, Role::Own]).collect();
    if !ours.is_empty() {
        return ours;
    }
    let rows = router.table(ROUTES).iter();
    rows.filter(|row| is_default_route(row) && tag_of(ROUTES, row).is_none())
        .filter(|row| leads_over(router, row, line))
        .collect()
}

/// Whether a route leads over the interface of a line, or would if it were not dead: the router names no way for it then.
fn leads_over(router: &Router, row: &Row, line: &Line) -> bool {
    let own = line.interface().as_bytes();
    ways(router, row).contains(&own)
        || hops(router, row)
            .iter()
            .any(|(_, interface)| *interface == Some(own))
}

fn of_line<'a>(
    router: &'a Router,
    menu: &'static str,
    line: &'a Line,
    roles: &'static [Role],
) -> impl Iterator<Item = &'a Row> {
    router.table(menu).iter().filter(move |row| {
        tag_of(menu, row)
            .is_some_and(|tag| tag.subject() == line.id().as_str() && roles.contains(&tag.role()))
    })
}

/// Why none of the defaults of a line is usable, while its link and its address are there as far as the router tells.
fn reason(router: &Router, line: &Line, dead: &[&Row]) -> Reason {
    if router.ports_known() && find(router, line.interface().as_bytes()).is_none() {
        return Reason::NoLink;
    }
    if dead.iter().all(|row| row.disabled()) {
        return switched_off(router, line);
    }
    let is_checked = dead.iter().any(|row| row.is("check-gateway", "ping"));
    let probes: Vec<&Row> = of_line(router, ROUTES, line, &[Role::Probe]).collect();
    let leads_to_probes = dead.iter().all(|row| !is_next_hop(router, row, line));
    match (leads_to_probes, is_checked) {
        // Nothing leads to the probes: their next hop is not resolved.
        (true, _) if is_dead(router, &probes) => Reason::GatewayDown,
        (true, _) => Reason::UpstreamDown,
        (false, true) => Reason::GatewayDown,
        (false, false) if line.access().is_point_to_point() => Reason::NoLink,
        (false, false) => Reason::NoAddress,
    }
}

/// Who switched the defaults of a line off: netwatch, unless it says that a probe answers; its lease script (`ROUTEROS` §2g), of which
/// the client tells nothing here; else somebody.
fn switched_off(router: &Router, line: &Line) -> Reason {
    let watches: Vec<&Row> = of_line(router, NETWATCH, line, &[Role::Watch]).collect();
    let answers = |row: &&Row| row.live("status").is_some_and(|status| *status == "up");
    let is_leased = matches!(line.access(), Access::Dhcp);
    if !watches.is_empty() && !watches.iter().any(answers) {
        Reason::UpstreamDown
    } else if watches.is_empty() && is_leased && dhcp_client(router, line.interface().as_bytes()).is_none() {
        Reason::NoAddress
    } else {
        Reason::Disabled
    }
}

fn is_dead(router: &Router, probes: &[&Row]) -> bool {
    !probes.is_empty() && probes.iter().all(|row| is_usable(router, row) == Some(false))
}

/// Whether a route names the next hop of the line, and no host behind it.
fn is_next_hop(router: &Router, row: &Row, line: &Line) -> bool {
    let gateway = row.text("gateway").unwrap_or_default();
    let next_hop = match line.access() {
        Access::Static { gateway, .. } => Some(alloc::format!("{gateway}")),
        Access::Dhcp => dhcp_client(router, line.interface().as_bytes())
            .and_then(|client| client.live("gateway"))
            .map(|gateway| gateway.to_text().into_owned()),
        Access::Pppoe(_) | Access::Lte(_) | Access::Ppp(_) | Access::Tunnel => None,
    };
    gateway.contains('%')
        || is_set_to(row, "gateway", line.interface().as_bytes())
        || next_hop.is_some_and(|next_hop| gateway == next_hop)
}

fn down(reason: Reason, told: &[(&str, &Row, &str)]) -> Found {
    let told = told.iter();
    Found {
        verdict: Verdict::Down(reason),
        detail: told
            .map(|(menu, row, property)| Evidence::of(menu, row, property))
            .collect(),
    }
}

/// What tells how a route is: 7 names the way in `immediate-gw`, 6 in `gateway-status`.
pub(super) fn of_route(row: &Row) -> Evidence {
    let is_told = |property: &&&str| row.live(property).is_some();
    let property = match row.disabled() {
        true => "disabled",
        false => TOLD.iter().find(is_told).copied().unwrap_or("gateway"),
    };
    Evidence::of(ROUTES, row, property)
}

/// What tells of a route whether it is usable, the strongest first.
const TOLD: [&str; 4] = ["inactive", "immediate-gw", "gateway-status", "active"];

impl Evidence {
    /// A property of a row, live or configured.
    pub(super) fn of(menu: &str, row: &Row, property: &str) -> Self {
        let value = row.live(property).or_else(|| row.get(property));
        let known = KNOWN_BY
            .iter()
            .find_map(|name| row.get(name).filter(|value| !value.is_empty()));
        let text = |value: Option<&Value>| value.map(|value| value.to_text().into_owned());
        Self {
            menu: menu.into(),
            row: text(known).unwrap_or_default(),
            property: property.into(),
            value: text(value).unwrap_or_default(),
        }
    }
}

/// By what people know a row.
const KNOWN_BY: [&str; 6] = ["name", "interface", "comment", "host", "gateway", "dst-address"];

const INTERFACES: &str = "/interface";
const BRIDGE_PORTS: &str = "/interface/bridge/port";
const CLIENTS: &str = "/ip/dhcp-client";
const ADDRESSES: &str = "/ip/address";
pub(super) const ROUTES: &str = "/ip/route";
const NETWATCH: &str = "/tool/netwatch";
