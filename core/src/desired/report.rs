//! The report: what the router itself tells a webhook when a line stops or starts to work.
//!
//! ```text
//!  probe --netwatch--> note: enabled or disabled --.
//!                                                  +--script--> differs from what was last told? --fetch--> webhook
//!  defaults of a line without probes --------------'                        ^-- taken: note --'
//! ```
//!
//! What is known stands in rows, and in no variable: netwatch runs as `*sys`, whose variables nobody else reads (`ROUTEROS` §2j),
//! and a restart forgets them. An address list is the one menu of every version whose rows have a comment and a switch, and do nothing
//! while no rule names their list. A row is written only when its state changes, which is what wears a flash.
//!
//! - For each probe host a note: enabled while it answers. Netwatch switches it ([`watch`](super::watch)), and does nothing else
//!   there: it may read and write, and a script that may do more is not run (`ROUTEROS-BEHAVIOUR` §10).
//! - For each line another: enabled where it was last told to work. A new one is, so that nobody is told of lines that work.
//! - A script compares the two and posts what differs; the note follows when the post was taken. A post that fails is thus made
//!   again with the next look, and a restart tells nothing twice. `fetch` asks for the policy `test`.
//!
//! A line whose probes are not pinged is told by what decides it: whether a default of it is in use, or its link where that is
//! not ours. That is what the flush of stale connections asks, too.
//!
//! The URL stands in the script and nowhere else on the router. Whoever may read its scripts can read it.

use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;
use core::net::Ipv4Addr;

use super::{DesiredLine, DesiredRow, Keeper, Needs, POLICY, flush, watch};
use crate::routeros::syntax::print::fill;
use crate::routeros::syntax::quote::quote;
use crate::routeros::version::Version;
use crate::survey::{Role, Tag, name, webhook_url};

/// The script, and what stands in it for each line.
const REPORT: &str = include_str!("scripts/report.rsc");
const LINE: &str = include_str!("scripts/report-line.rsc");

/// The condition that a probe of a line answers.
const USABLE_STATE: &str = include_str!("scripts/usable-state.rsc");

/// The subject of the names of script and scheduler.
const SUBJECT: &str = "report";

/// The lists of the notes.
const STATE: &str = "state";
const SENT: &str = "sent";

/// How the type of what is posted is told, newest first: a version has one of both, for it refuses an argument that it does not know.
/// That the second came with 6.44 in place of the first is unconfirmed.
const HEADERS: [(Version, &str); 2] = [
    (Version::new(6, 44, 0), include_str!("scripts/json-header.rsc")),
    (Version::new(0, 0, 0), include_str!("scripts/json-type.rsc")),
];

/// Notes, netwatch, script and scheduler, where the site wants a report; `routes` are those of the site.
pub(super) fn rows(needs: &Needs<'_>, routes: &[DesiredRow]) -> Vec<DesiredRow> {
    let Some((webhook, url)) = needs.site.webhook().zip(webhook_url(needs.site, needs.router)) else {
        return Vec::new();
    };
    let script = DesiredRow::site(Role::Report, 1)
        .named(SUBJECT)
        .with("policy", POLICY)
        .with("source", source(needs, url.as_bytes(), routes));
    // From the start of the router, as the flush: no date counts.
    let scheduler = DesiredRow::site(Role::ReportTimer, 1)
        .named(SUBJECT)
        .with("start-time", "startup")
        .with("interval", format!("{}s", webhook.interval.as_secs()))
        .with("on-event", name(SUBJECT))
        .with("policy", POLICY);
    let states = needs.lines.iter().flat_map(states);
    let sent = (1..).zip(&needs.lines).map(|(number, line)| sent(number, line));
    let notes = states.chain(sent);
    notes
        .chain(watch::rows(needs, Role::Monitor))
        .chain([script, scheduler])
        .collect()
}

/// The tag of the note of a probe, which netwatch switches.
pub(super) fn state_tag(line: &DesiredLine<'_>, number: usize) -> Tag {
    Tag::new(Role::State, line.id(), number)
}

fn states<'a>(line: &'a DesiredLine<'_>) -> impl Iterator<Item = DesiredRow> + 'a {
    let noted = line.probes.iter().filter(|_| line.is_reported);
    (1..).zip(noted).map(|(number, probe)| {
        let row = DesiredRow::new(Role::State, line.id(), number);
        note(row, STATE, *probe, Keeper::State)
    })
}

/// The note of what was last told of a line. It needs an address, and has none that means something: one of those that no host
/// has [RFC 5737].
fn sent(number: u8, line: &DesiredLine<'_>) -> DesiredRow {
    let row = DesiredRow::new(Role::Sent, line.id(), 1);
    note(row, SENT, Ipv4Addr::new(192, 0, 2, number), Keeper::Report)
}

fn note(row: DesiredRow, list: &str, address: Ipv4Addr, keeper: Keeper) -> DesiredRow {
    let row = row.with("list", name(list)).with("address", address.to_string());
    DesiredRow {
        keeper: Some(keeper),
        ..row
    }
}

fn source(needs: &Needs<'_>, url: &[u8], routes: &[DesiredRow]) -> Vec<u8> {
    let lines: Vec<u8> = needs
        .lines
        .iter()
        .flat_map(|line| of_line(line, routes))
        .collect();
    let version = needs.router.version();
    let header = HEADERS
        .iter()
        .find(|(since, _)| version.is_none_or(|version| version >= *since))
        .map(|(_, header)| header.trim_end());
    let sent = format!("multi-isp:{}:", Role::Sent.word());
    let blanks: [(&str, &[u8]); 4] = [
        ("LINES", &lines),
        ("SENT", &quote(sent.as_bytes())),
        ("URL", &quote(url)),
        ("HEADER", header.unwrap_or_default().as_bytes()),
    ];
    fill(REPORT, &blanks)
}

fn of_line(line: &DesiredLine<'_>, routes: &[DesiredRow]) -> Vec<u8> {
    let usable = if line.netwatch().is_some() {
        let pattern = format!("^multi-isp:{}:{}:", Role::State.word(), line.id());
        fill(
            USABLE_STATE.trim_end(),
            &[("PATTERN", &quote(pattern.as_bytes()))],
        )
    } else {
        flush::usable(line, routes)
    };
    let blanks: [(&str, &[u8]); 2] = [("ID", &quote(line.id().as_bytes())), ("USABLE", &usable)];
    fill(LINE, &blanks)
}
