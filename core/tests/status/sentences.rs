//! The sentences, letter for letter: those that a portal documents, and the others beside them.

use multi_isp::pcc::Ratio;
use multi_isp::site::Mode;
use multi_isp::status::{LineStatus, Reason, Setup, SiteStatus, State, Style, elapsed};

use crate::shared::shared;

pub const UP: State = State::Active;
pub const READY: State = State::Standby;
pub const DOWN: State = State::Offline(Reason::NoLink);
pub const SHAKY: State = State::Degraded;
pub const UNKNOWN: State = State::Unknown;

/// A status of lines on ether1, ether2 and so on: what each is, and what it carries.
fn status(mode: Mode, setup: Setup, lines: &[(State, u64, u64)]) -> SiteStatus {
    let line = |(number, (state, share, of)): (usize, &(State, u64, u64))| LineStatus {
        id: format!("isp{number}"),
        label: format!("ISP {number}"),
        interface: format!("ether{number}"),
        state: *state,
        share: Ratio::new(*share, *of),
        detail: Vec::new(),
    };
    SiteStatus {
        mode,
        setup,
        detail: Vec::new(),
        lines: (1..).zip(lines).map(line).collect(),
    }
}

pub fn failover(lines: &[(State, u64)]) -> SiteStatus {
    let lines: Vec<_> = lines.iter().map(|(state, share)| (*state, *share, 1)).collect();
    status(Mode::Failover, Setup::Applied, &lines)
}

pub fn shared_by(lines: &[(State, u64, u64)]) -> SiteStatus {
    status(Mode::LoadBalanceFailover, Setup::Applied, lines)
}

#[test]
fn sentences_of_every_mode() {
    for (status, sentence) in [
        (
            failover(&[(DOWN, 0), (UP, 1)]),
            "Failover active — backup ether2 (primary ether1 down)",
        ),
        (
            failover(&[(UP, 1), (READY, 0)]),
            "Primary active — ether1 (backup ether2 ready)",
        ),
        (
            failover(&[(UP, 1), (READY, 0), (DOWN, 0)]),
            "Primary active — ether1 (backup ether2 ready, ether3 down)",
        ),
        (
            failover(&[(DOWN, 0), (DOWN, 0), (UP, 1), (READY, 0)]),
            "Failover active — backup ether3 (primary ether1 down, backup ether2 down)",
        ),
        (
            failover(&[(READY, 0), (UP, 1)]),
            "Failover active — backup ether2 (primary ether1 ready)",
        ),
        (
            failover(&[(SHAKY, 1), (UNKNOWN, 0)]),
            "Primary active — ether1, degraded (backup ether2 unknown)",
        ),
        (
            failover(&[(DOWN, 0), (DOWN, 0)]),
            "All lines down — ether1, ether2",
        ),
        (
            failover(&[(DOWN, 0), (READY, 0)]),
            "No line active — primary ether1 down, backup ether2 ready",
        ),
        (failover(&[(UNKNOWN, 0), (UNKNOWN, 0)]), "Link status unknown"),
        (failover(&[(UP, 1)]), "Primary active — ether1"),
        (
            shared_by(&[(UP, 2, 3), (UP, 1, 3)]),
            "Load balance active — 2:1 over ether1 and ether2",
        ),
        (
            shared_by(&[(UP, 5, 9), (UP, 4, 9), (READY, 0, 1)]),
            "Load balance active — 5:4 over ether1 and ether2",
        ),
        (
            shared_by(&[(DOWN, 0, 1), (UP, 1, 1)]),
            "Load balance active — ether2 carries all (ether1 down)",
        ),
        (
            shared_by(&[(DOWN, 0, 1), (UP, 1, 2), (SHAKY, 1, 3), (UP, 1, 6)]),
            "Load balance active — 3:2:1 over ether2, ether3 and ether4 (ether1 down, ether3 degraded)",
        ),
        (
            shared_by(&[(DOWN, 0, 1), (DOWN, 0, 1)]),
            "All lines down — ether1, ether2",
        ),
        (
            status(Mode::LoadBalance, Setup::Drifted, &[(UP, 1, 2), (UP, 1, 2)]),
            "Load balance active — 1:1 over ether1 and ether2; not as planned",
        ),
        (
            status(Mode::Failover, Setup::NotApplied, &[(UP, 1, 1), (UNKNOWN, 0, 1)]),
            "Not applied — the router has no multi-ISP set-up",
        ),
        (
            status(
                Mode::Failover,
                Setup::Unreachable,
                &[(UNKNOWN, 0, 1), (UNKNOWN, 0, 1)],
            ),
            "Router unreachable — link status unknown",
        ),
        (status(Mode::Failover, Setup::Unknown, &[]), "Link status unknown"),
    ] {
        assert_eq!(status.sentence(Style::Unicode), sentence);
        let ascii = status.sentence(Style::Ascii);
        assert!(ascii.is_ascii() && ascii == sentence.replace('—', "-"), "{ascii}");
    }
}

#[test]
fn tooltips_of_every_state() {
    let told = failover(&[(UP, 1), (READY, 0), (SHAKY, 0), (DOWN, 0), (UNKNOWN, 0)]);
    let badges = told.lines.iter().map(|line| line.badge(Style::Unicode));
    let badges: Vec<String> = badges
        .map(|badge| format!("{:?} {}", badge.colour, badge.tooltip))
        .collect();
    assert_eq!(
        badges,
        [
            "Green ether1 — Active",
            "Green ether2 — Standby",
            "Green ether3 — Degraded",
            "Red ether4 — Offline",
            "Grey ether5 — Unknown",
        ]
    );
}

/// The product page has the same letters.
#[test]
fn the_product_page_has_these() {
    let Some(page) = shared("PRODUCT.md") else {
        return;
    };
    let page = std::fs::read_to_string(page).unwrap();
    let failed = failover(&[(DOWN, 0), (UP, 1)]).sentence(Style::Unicode);
    let tooltip = failover(&[(UP, 1), (READY, 0)]).lines[1]
        .badge(Style::Unicode)
        .tooltip;
    for text in [failed, tooltip] {
        assert!(page.contains(&format!("`{text}`")), "{text}");
    }
}

#[test]
fn names_cannot_forge_a_text() {
    let mut told = failover(&[(DOWN, 0), (UP, 1)]);
    told.lines[0].interface = "wän\n\u{202e}1".into();
    assert_eq!(
        told.sentence(Style::Unicode),
        "Failover active — backup ether2 (primary wän\u{fffd}\u{fffd}1 down)"
    );
    assert_eq!(
        told.sentence(Style::Ascii),
        "Failover active - backup ether2 (primary w?n??1 down)"
    );
}

#[test]
fn times_as_people_say_them() {
    for (seconds, said) in [
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 min"),
        (3_599, "59 min"),
        (3_600, "1 h"),
        (7_800, "2 h 10 min"),
        (86_399, "23 h 59 min"),
        (86_400, "1 d"),
        (273_600, "3 d 4 h"),
    ] {
        assert_eq!(elapsed(seconds), said);
    }
    let told = failover(&[(DOWN, 0), (UP, 1)]);
    assert_eq!(
        told.sentence_since(Style::Ascii, 100, 400),
        "Failover active - backup ether2 (primary ether1 down), for 5 min"
    );
    assert!(
        told.sentence_since(Style::Ascii, 400, 100).ends_with(", for 0 s"),
        "a clock that was set back"
    );
}
