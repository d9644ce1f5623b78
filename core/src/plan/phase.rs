//! The order of a plan: make before break.

use serde::Serialize;

use super::Direction;
use crate::survey::Role;

/// A part of a plan. What comes is put up in this order, what goes is taken down the other way round.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// What takes the plan back by itself is armed, or disarmed.
    Guard,
    /// The original values of foreign rows are written down on the router.
    Arm,
    /// Interfaces of lines that dial, switched off, and the profiles of modems.
    Interfaces,
    /// Interface and address lists; the firewall's own lists first.
    Lists,
    /// Routing tables, which must exist before anything names them.
    Tables,
    /// Ports leave their bridge.
    BridgePorts,
    /// Static addresses.
    Addresses,
    /// Source NAT, before anything is routed to a line.
    Nat,
    /// Clients start: DHCP with their lease scripts, PPPoE, dial-up, modems.
    Clients,
    /// Host routes that pin the probes to their line.
    Probes,
    /// Default routes that stand behind the one in use.
    StandbyRoutes,
    /// The gateways of leases that the clients have already.
    Leases,
    /// Metered lines are watched, once their routes have their next hops.
    Watches,
    /// Nothing is switched before the new routes are seen to work.
    Verify,
    /// The old default steps back.
    Switch,
    /// Marked connections are kept out of fasttrack.
    Fasttrack,
    /// What sends marked packets to tables in a set-up by hand, and those tables.
    ExistingSetup,
    /// Connection and routing marks; the jumps that switch them on come last.
    Marks,
    /// What removes the connections of a line that fails or returns.
    StaleConnections,
    /// What reports the lines to a webhook.
    Reports,
    /// The router remembers what was applied.
    Commit,
}

/// Every phase with its name, what it is for on the way up, and on the way down.
const PHASES: &[(Phase, &str, &str, &str)] = &[
    (
        Phase::Guard,
        "guard",
        "take the plan back by itself unless it is confirmed in time",
        "let nothing be taken back by itself any more",
    ),
    (
        Phase::Arm,
        "arm",
        "write down the original values of rows that are not ours",
        "note what more was changed",
    ),
    (
        Phase::Interfaces,
        "interfaces",
        "make the interfaces of lines that dial, switched off",
        "take the interfaces of lines that dial away",
    ),
    (
        Phase::Lists,
        "lists",
        "tell customers, lines and local networks apart",
        "take our lists away",
    ),
    (
        Phase::Tables,
        "tables",
        "make a routing table for each line",
        "take the routing tables away",
    ),
    (
        Phase::BridgePorts,
        "bridge ports",
        "take internet ports off their bridge",
        "put ports back on their bridge",
    ),
    (
        Phase::Addresses,
        "addresses",
        "give static lines their address",
        "take the addresses of the lines away",
    ),
    (
        Phase::Nat,
        "nat",
        "translate what leaves over a new line",
        "take our source NAT away",
    ),
    (
        Phase::Clients,
        "clients",
        "bring lines up, and follow their leases",
        "take our clients down, and our part out of the scripts of others",
    ),
    (
        Phase::Probes,
        "probes",
        "pin each probe host to its line",
        "let the probe hosts go",
    ),
    (
        Phase::StandbyRoutes,
        "standby routes",
        "add the new defaults behind the one in use",
        "take our default routes away",
    ),
    (
        Phase::Leases,
        "leases",
        "copy the gateways of leases that are bound already",
        "leave the leases alone",
    ),
    (
        Phase::Watches,
        "watches",
        "ping the probe hosts of metered lines, once a minute each",
        "ping the probe hosts of metered lines no more",
    ),
    (
        Phase::Verify,
        "verify",
        "stop here unless the new routes work",
        "nothing is verified on the way down",
    ),
    (
        Phase::Switch,
        "switch",
        "let the old default step back",
        "let the old default come back before ours go",
    ),
    (
        Phase::Fasttrack,
        "fasttrack",
        "keep marked connections out of fasttrack",
        "give fasttrack its connections back",
    ),
    (
        Phase::ExistingSetup,
        "existing set-up",
        "disable the marks, rules and tables of the set-up that was there",
        "enable the marks, rules and tables of the set-up that was there",
    ),
    (
        Phase::Marks,
        "marks",
        "mark connections and route by the marks",
        "take the marks away, the jumps that switch them first",
    ),
    (
        Phase::StaleConnections,
        "stale connections",
        "remove the connections of a line that fails or returns from now on",
        "leave the connections of a line that fails alone",
    ),
    (
        Phase::Reports,
        "reports",
        "report a line that stops or starts to work from now on",
        "report the lines no more",
    ),
    (
        Phase::Commit,
        "commit",
        "let the router remember what was applied",
        "let the router remember what was applied",
    ),
];

impl Phase {
    /// The phase's name.
    pub fn name(self) -> &'static str {
        PHASES
            .iter()
            .find(|(phase, ..)| *phase == self)
            .map_or("", |(_, name, ..)| name)
    }

    /// What the phase is for, on the way up or down.
    pub fn purpose(self, direction: Direction) -> &'static str {
        let purposes = PHASES.iter().find(|(phase, ..)| *phase == self);
        purposes.map_or("", |(.., up, down)| match direction {
            Direction::Up => up,
            Direction::Down => down,
        })
    }

    /// The phase of a row of ours.
    pub(super) fn of_role(role: Role) -> Self {
        match role {
            Role::Apn | Role::Pppoe | Role::Ppp => Self::Interfaces,
            Role::List | Role::Firewall | Role::Member | Role::Local => Self::Lists,
            Role::Table => Self::Tables,
            Role::Address => Self::Addresses,
            Role::Nat => Self::Nat,
            Role::Client => Self::Clients,
            Role::OnLink | Role::Probe | Role::Blackhole => Self::Probes,
            Role::Main | Role::Own | Role::Backup => Self::StandbyRoutes,
            Role::Bypass
            | Role::Ingress
            | Role::Adopt
            | Role::Translated
            | Role::Pcc
            | Role::Route
            | Role::Reply
            | Role::Jump => Self::Marks,
            Role::Watch => Self::Watches,
            Role::Flush | Role::FlushTimer => Self::StaleConnections,
            Role::State | Role::Sent | Role::Monitor | Role::Report | Role::ReportTimer => Self::Reports,
            Role::Undo | Role::Guard => Self::Guard,
            Role::Restore => Self::Arm,
            Role::Site | Role::Step => Self::Commit,
        }
    }

    /// The phase of a change to a row of ours. An interface that dials starts when all stands that protects it.
    pub(super) fn of_change(role: Role) -> Self {
        if role.dials() {
            Self::Clients
        } else {
            Self::of_role(role)
        }
    }

    /// The phase of a change to a foreign row; `steps_back` where a default that is in use does, `replaced` where a row of a
    /// set-up by hand is switched.
    pub(super) fn of_foreign(menu: &str, steps_back: bool, replaced: bool) -> Self {
        match menu {
            _ if steps_back => Self::Switch,
            _ if replaced => Self::ExistingSetup,
            "/interface/bridge" | "/interface/bridge/port" | "/interface/list/member" => Self::BridgePorts,
            "/ip/firewall/filter" | "/ip/firewall/mangle" => Self::Fasttrack,
            _ => Self::Clients,
        }
    }
}
