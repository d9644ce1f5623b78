//! What RouterOS 6 and 7 say differently, as data.

use crate::routeros::version::Version;

/// How one major version of RouterOS says what both can do.
#[derive(Debug)]
pub(super) struct Dialect {
    /// The property by which a route belongs to a table.
    pub table: &'static str,
    /// Whether tables are rows of their own, which must exist before anything names them; else they spring from the routes.
    pub has_tables: bool,
    /// The target scope of a default over a probe: v7 raises the scope of the probe's route by one [D:328084], v6 does not.
    pub over_probe: &'static str,
    /// Whether a default resolves through a route over `IP%interface`; on 6.49 it stays unreachable
    /// (`ROUTEROS-BEHAVIOUR` §2).
    pub resolves_pinned: bool,
    /// The property that makes a route a blackhole.
    pub blackhole: (&'static str, &'static str),
    /// The command that stops the script unless a route works.
    pub verify: &'static str,
    /// The same where netwatch switches the routes: it has disabled those that do not.
    pub verify_watched: &'static str,
    /// The condition that a route works.
    pub usable: &'static str,
}

const V6: Dialect = Dialect {
    table: "routing-mark",
    has_tables: false,
    over_probe: "10",
    resolves_pinned: false,
    blackhole: ("type", "blackhole"),
    // A v6 route says in words whether its next hop is reached (`ROUTEROS` §3.5). One that is disabled says nothing here:
    // its line has no lease, and so no old default to step back.
    verify: include_str!("scripts/verify-v6.rsc"),
    verify_watched: include_str!("scripts/verify-watched-v6.rsc"),
    // The blank keeps `unreachable` out; a route over an interface has no `via` (`ROUTEROS` §3.5).
    usable: include_str!("scripts/usable-v6.rsc"),
};

const V7: Dialect = Dialect {
    table: "routing-table",
    has_tables: true,
    over_probe: "11",
    resolves_pinned: true,
    // A flag.
    blackhole: ("blackhole", "yes"),
    // A healthy route that stands by is neither `active` nor `inactive`.
    verify: include_str!("scripts/verify.rsc"),
    verify_watched: include_str!("scripts/verify-watched.rsc"),
    usable: include_str!("scripts/usable.rsc"),
};

impl Dialect {
    /// The dialect of a version; that of the newest where it is not known.
    pub(super) fn of(version: Option<Version>) -> &'static Self {
        match version {
            Some(version) if version.major == 6 => &V6,
            _ => &V7,
        }
    }
}
