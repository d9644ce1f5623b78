//! Stale connections: a script that removes the connections of a line when it stops or starts to work, and its scheduler.
//!
//! A route that goes inactive while its link stays up leaves connections behind that are translated to the address of that
//! line (`ROUTEROS` §2i). Which ones depends on what ties a connection to a line:
//!
//! - where connections are marked, the mark does: it sends them to the line's table, in which another line stands in while
//!   it is dead. Those of a line are removed when it fails, and again when it returns;
//! - where the main table decides, the nearest line that works carries them all. When another one takes over, connections that
//!   are translated to an address of the one before are removed, on the way there and on the way back.
//!
//! In failover mode both may be: those that came in over a line are marked, those of customers are not.

use alloc::vec::Vec;

use super::{DesiredLine, DesiredRow, Needs, POLICY};
use crate::routeros::syntax::print::fill;
use crate::routeros::syntax::quote::quote;
use crate::site::StaleConnections;
use crate::survey::{Role, name};

/// The condition that a line works whose default is not ours: only its link decides.
const USABLE_LINK: &str = include_str!("scripts/usable-link.rsc");
/// The same where the default comes with a lease.
const USABLE_LEASE: &str = include_str!("scripts/usable-lease.rsc");

/// Where connections are marked: what begins the script, and what follows for each line.
const MARKED: &str = include_str!("scripts/flush-marked.rsc");
const MARKED_LINE: &str = include_str!("scripts/flush-marked-line.rsc");

/// Where the main table decides: the script, and what stands in it for each line.
const CARRIER: &str = include_str!("scripts/flush-carrier.rsc");
const CARRIER_LINE: &str = include_str!("scripts/flush-carrier-line.rsc");

/// The subject of the names of script and scheduler.
const FLUSH: &str = "flush";

/// How often the lines are looked at: as often as a gateway is checked, which decides how soon a failure shows [D:328084].
const INTERVAL: &str = "10s";

/// The script and the scheduler that runs it, where the site wants them; `routes` are those of the site.
pub(super) fn rows(needs: &Needs<'_>, routes: &[DesiredRow]) -> Vec<DesiredRow> {
    if needs.site.stale_connections() == StaleConnections::Keep {
        return Vec::new();
    }
    let script = DesiredRow::site(Role::Flush, 1)
        .named(FLUSH)
        .with("policy", POLICY)
        .with("source", source(needs, routes));
    // From the start of the router, not from a date: one without a battery begins in 1970, and no export names a date then
    // (`ROUTEROS-BEHAVIOUR` §5). A new one runs too, as if it had been there at the start [D:40992881].
    let scheduler = DesiredRow::site(Role::FlushTimer, 1)
        .named(FLUSH)
        .with("start-time", "startup")
        .with("interval", INTERVAL)
        .with("on-event", name(FLUSH))
        .with("policy", POLICY);
    alloc::vec![script, scheduler]
}

/// The first run after a start finds no state of the run before it: it learns, and removes nothing.
fn source(needs: &Needs<'_>, routes: &[DesiredRow]) -> Vec<u8> {
    let mut script = Vec::new();
    if needs.marks() {
        let lines = needs.lines.iter().flat_map(|line| marked(line, routes));
        script.extend(MARKED.bytes().chain(lines));
    }
    if needs.balance.is_none() {
        // The last one that works is the nearest: it has the last word.
        let lines = needs.lines.iter().rev();
        let lines: Vec<u8> = lines.flat_map(|line| carrier(line, routes)).collect();
        script.extend(fill(CARRIER, &[("LINES", &lines)]));
    }
    script
}

fn marked(line: &DesiredLine<'_>, routes: &[DesiredRow]) -> Vec<u8> {
    // The end is named, so that `isp1` is not taken for `isp10`; a number follows the mark of a further group.
    let marks = ["^", &name(line.id()), "(_[0-9]+)?$"].concat();
    let blanks: [(&str, &[u8]); 3] = [
        ("ID", &quote(line.id().as_bytes())),
        ("MARKS", &quote(marks.as_bytes())),
        ("USABLE", &usable(line, routes)),
    ];
    fill(MARKED_LINE, &blanks)
}

fn carrier(line: &DesiredLine<'_>, routes: &[DesiredRow]) -> Vec<u8> {
    let blanks: [(&str, &[u8]); 3] = [
        ("ID", &quote(line.id().as_bytes())),
        ("INTERFACE", &quote(line.interface().as_bytes())),
        ("USABLE", &usable(line, routes)),
    ];
    fill(CARRIER_LINE, &blanks)
}

/// The condition that at least one default of the line works: all its probes have to fail before the line has.
pub(super) fn usable(line: &DesiredLine<'_>, routes: &[DesiredRow]) -> Vec<u8> {
    let is_default = |row: &DesiredRow| DEFAULTS.contains(&row.tag.role()) && row.tag.subject() == line.id();
    let template = match routes.iter().any(is_default) {
        true => line.dialect.usable,
        false if line.is_leased() => USABLE_LEASE,
        false => USABLE_LINK,
    };
    let roles = DEFAULTS.map(Role::word).join("|");
    let pattern = ["^multi-isp:(", &roles, "):", line.id(), ":"].concat();
    let blanks: [(&str, &[u8]); 2] = [
        ("PATTERN", &quote(pattern.as_bytes())),
        ("INTERFACE", &quote(line.interface().as_bytes())),
    ];
    fill(template.trim_end(), &blanks)
}

/// The defaults over a line: in the main table, and in its own.
const DEFAULTS: [Role; 2] = [Role::Main, Role::Own];

#[cfg(test)]
mod tests {
    use std::prelude::rust_2024::*;
    use std::vec;

    use super::super::routes;
    use super::*;
    use crate::routeros::router::Router;
    use crate::routeros::syntax::Script;
    use crate::routeros::version::Version;
    use crate::site::{Access, Health, LineDraft, Mbps, Mode, SiteDraft};

    fn draft(mode: Mode) -> SiteDraft {
        let line = |id: &str, port: &str| LineDraft::new(id, port, Access::Dhcp, Mbps::new(100).unwrap());
        SiteDraft {
            stale_connections: StaleConnections::FailedLine,
            ..SiteDraft::new(
                mode,
                vec![line("isp1", "ether1"), line("isp-2", "the \"roof\" $1")],
            )
        }
    }

    fn text(draft: SiteDraft, version: Version) -> String {
        let (site, router) = (draft.build().unwrap(), Router::new(version));
        let needs = Needs::of(&site, &router, &[]).unwrap();
        let source = source(&needs, &routes::rows(&needs));
        assert!(Script::parse(&source).is_ok());
        String::from_utf8(source).unwrap()
    }

    #[test]
    fn each_major_says_in_its_own_words_what_works() {
        for mode in Mode::ALL {
            let old = text(draft(*mode), Version::new(6, 49, 18));
            assert!(old.contains("gateway-status~\" (reachable|recursive)\""), "{old}");
            assert!(!old.contains("inactive"), "{old}");
            let new = text(draft(*mode), Version::new(7, 22, 3));
            assert!(new.contains("!inactive and !disabled"), "{new}");
            assert!(!new.contains("gateway-status"), "{new}");
        }
    }

    #[test]
    fn a_link_decides_where_the_default_comes_with_the_lease() {
        let mut draft = draft(Mode::Failover);
        draft.health = Health::Link;
        let script = text(draft, Version::new(7, 22, 3));
        assert!(!script.contains("/ip route"), "{script}");
        let name = r#""the \"roof\" \$1""#;
        assert!(
            script.contains(&["where name=", name, " and running"].concat()),
            "{script}"
        );
        assert!(
            script.contains(&["where interface=", name, " and status=bound"].concat()),
            "{script}"
        );
    }

    #[test]
    fn the_nearest_line_has_the_last_word() {
        let script = text(draft(Mode::Failover), Version::new(7, 22, 3));
        let place = |id: &str| script.find(&[":set miLine \"", id, "\""].concat()).unwrap();
        assert!(place("isp-2") < place("isp1"), "{script}");
    }
}
