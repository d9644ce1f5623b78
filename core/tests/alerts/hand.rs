//! Small stories, told by hand: `u` up, `d` down, `?` unknown, a sign a line; `-` where the router does not answer.

use multi_isp::alerts::{AlertOptions, AlertState, Reading, alerts, replay};
use multi_isp::status::{Reason, Setup, SiteStatus, State};

use super::{DOWN, status, word};

fn read(picture: &str) -> SiteStatus {
    let answers = picture != "-";
    let state = |sign| match sign {
        'u' => State::Active,
        'd' => DOWN,
        _ => State::Unknown,
    };
    let picture = if answers { picture } else { "??" };
    let mut status = status(&picture.chars().map(state).collect::<Vec<_>>());
    if !answers {
        status.setup = Setup::Unreachable;
    }
    status
}

/// What is told of pictures that are 10 s apart, parted by spaces: a text a picture.
fn told(options: &AlertOptions, pictures: &str) -> Vec<String> {
    let mut state = AlertState::default();
    let mut told = Vec::new();
    for (at, picture) in (1_000..).step_by(10).zip(pictures.split(' ')) {
        let (next, alerts) = alerts(&state, &read(picture), at, options);
        told.push(alerts.iter().map(word).collect::<Vec<_>>().join(", "));
        state = next;
    }
    told
}

fn options() -> AlertOptions {
    AlertOptions::default()
}

#[test]
fn a_first_reading_tells_nothing_and_a_change_is_told_once() {
    assert_eq!(
        told(&options(), "ud ud uu uu du du"),
        ["", "", "isp2 LineUp", "", "isp1 LineDown", ""]
    );
    assert_eq!(told(&options(), "dd dd"), ["", ""]);
}

#[test]
fn unknown_neither_raises_nor_clears() {
    assert_eq!(told(&options(), "?u ?u du uu"), ["", "", "", "isp1 LineUp"]);
    assert_eq!(
        told(&options(), "uu ?u uu ?u du ?u du"),
        ["", "", "", "", "isp1 LineDown", "", ""]
    );
    let patient = AlertOptions {
        down_after: 20,
        ..options()
    };
    assert_eq!(
        told(&patient, "uu du ?u ?u du"),
        ["", "", "", "", "isp1 LineDown"]
    );
}

#[test]
fn what_does_not_last_is_a_flap() {
    let patient = AlertOptions {
        down_after: 20,
        up_after: 10,
        ..options()
    };
    assert_eq!(
        told(&patient, "uu du uu du du du uu du uu uu"),
        ["", "", "", "", "", "isp1 LineDown", "", "", "", "isp1 LineUp"]
    );
}

#[test]
fn a_router_that_does_not_answer_is_told_alone_and_no_change_is_lost() {
    assert_eq!(
        told(&options(), "uu - - uu"),
        ["", "RouterUnreachable", "", "RouterReachable"]
    );
    assert_eq!(
        told(&options(), "uu - ud ud"),
        ["", "RouterUnreachable", "RouterReachable, isp2 LineDown", ""]
    );
    assert_eq!(
        told(&options(), "ud - uu"),
        ["", "RouterUnreachable", "RouterReachable, isp2 LineUp"]
    );
    let patient = AlertOptions {
        up_after: 10,
        ..options()
    };
    assert_eq!(
        told(&patient, "uu - ud ud"),
        ["", "RouterUnreachable", "", "RouterReachable, isp2 LineDown"]
    );
}

#[test]
fn lines_that_are_all_down_are_told_as_one() {
    assert_eq!(
        told(&options(), "uu dd ud uu"),
        ["", "AllLinesDown", "LinesBack, isp2 LineDown", "isp2 LineUp"]
    );
    assert_eq!(told(&options(), "uu dd uu"), ["", "AllLinesDown", "LinesBack"]);
    assert_eq!(
        told(&options(), "uu du dd ud"),
        [
            "",
            "isp1 LineDown",
            "AllLinesDown",
            "LinesBack, isp1 LineUp, isp2 LineDown"
        ]
    );
    assert_eq!(
        told(&options(), "uu dd - uu"),
        [
            "",
            "AllLinesDown",
            "RouterUnreachable",
            "RouterReachable, LinesBack"
        ]
    );
    assert_eq!(told(&options(), "u d u"), ["", "isp1 LineDown", "isp1 LineUp"]);
}

#[test]
fn without_either_every_line_is_told() {
    let each = AlertOptions {
        router: false,
        all_lines: false,
        ..options()
    };
    assert_eq!(
        told(&each, "uu dd - uu"),
        ["", "isp1 LineDown, isp2 LineDown", "", "isp1 LineUp, isp2 LineUp"]
    );
}

#[test]
fn quiet_lines_tell_nothing_and_count_among_all() {
    let quiet = AlertOptions {
        quiet: ["isp1".into()].into(),
        ..options()
    };
    assert_eq!(told(&quiet, "uu du uu"), ["", "", ""]);
    assert_eq!(told(&quiet, "uu ud dd"), ["", "isp2 LineDown", "AllLinesDown"]);
    let all = AlertOptions {
        quiet: ["isp1".into(), "isp2".into()].into(),
        ..options()
    };
    assert_eq!(told(&all, "uu ud dd uu"), ["", "", "", ""]);
}

#[test]
fn what_is_down_is_told_again_while_it_is() {
    let options = AlertOptions {
        reminder: std::num::NonZeroU64::new(20),
        ..options()
    };
    assert_eq!(
        told(&options, "uu du du du ?u du uu uu uu"),
        [
            "",
            "isp1 LineDown",
            "",
            "isp1 LineDown again",
            "",
            "isp1 LineDown again",
            "isp1 LineUp",
            "",
            ""
        ]
    );
    assert_eq!(told(&options, "du du du du"), ["", "", "", ""]);
    assert_eq!(
        told(&options, "uu dd dd dd - - -"),
        [
            "",
            "AllLinesDown",
            "",
            "AllLinesDown again",
            "RouterUnreachable",
            "",
            "RouterUnreachable again"
        ]
    );
}

#[test]
fn the_first_reading_after_switching_on_is_a_first_reading() {
    let off = AlertOptions {
        enabled: false,
        ..options()
    };
    let quiet = AlertOptions {
        quiet: ["isp1".into()].into(),
        down_after: 60,
        ..options()
    };
    for silent in [off, quiet] {
        let (state, _) = alerts(&AlertState::default(), &read("uu"), 0, &options());
        let (state, told) = alerts(&state, &read("du"), 10, &silent);
        assert_eq!(told, []);
        assert_eq!(state.changed_at("isp1"), Some(10));
        let (state, told) = alerts(&state, &read("du"), 20, &options());
        assert_eq!(told, []);
        let (_, told) = alerts(&state, &read("uu"), 30, &options());
        assert_eq!(told.iter().map(word).collect::<Vec<_>>(), ["isp1 LineUp"]);
    }
}

#[test]
fn lines_come_and_go_by_their_ids() {
    let (state, _) = alerts(&AlertState::default(), &read("uu"), 0, &options());
    // One more, which is down: its first reading.
    let (state, told) = alerts(&state, &read("uud"), 10, &options());
    assert_eq!(told, []);
    // Another name and port, and it goes down.
    let mut renamed = read("duu");
    renamed.lines[0].label = "Fiber".into();
    renamed.lines[0].interface = "sfp1".into();
    let (state, told) = alerts(&state, &renamed, 20, &options());
    assert_eq!(
        told.iter().map(word).collect::<Vec<_>>(),
        ["isp1 LineDown", "isp3 LineUp"]
    );
    assert_eq!(told[0].line.as_ref().unwrap().interface, "sfp1");
    // Gone, and there again: a first reading.
    let mut fewer = read("duu");
    fewer.lines.remove(0);
    let (state, told) = alerts(&state, &fewer, 30, &options());
    assert_eq!((told, state.changed_at("isp1")), (vec![], None));
    let (_, told) = alerts(&state, &read("uuu"), 40, &options());
    assert_eq!(told, []);
    // Of two with one id the first counts.
    let mut twins = read("ud");
    twins.lines[1].id = "isp1".into();
    let (state, _) = alerts(&AlertState::default(), &twins, 0, &options());
    assert_eq!(alerts(&state, &twins, 10, &options()), (state, vec![]));
}

#[test]
fn a_line_left_alone_is_not_hidden_for_ever() {
    let (state, _) = alerts(&AlertState::default(), &read("uu"), 0, &options());
    let (state, told) = alerts(&state, &read("dd"), 10, &options());
    assert_eq!(told.iter().map(word).collect::<Vec<_>>(), ["AllLinesDown"]);
    let (state, told) = alerts(&state, &read("d"), 20, &options());
    assert_eq!(told.iter().map(word).collect::<Vec<_>>(), ["isp1 LineDown"]);
    let (_, told) = alerts(&state, &read("u"), 30, &options());
    assert_eq!(told.iter().map(word).collect::<Vec<_>>(), ["isp1 LineUp"]);
}

#[test]
fn an_alert_says_why_and_since_when() {
    let patient = AlertOptions {
        down_after: 30,
        ..options()
    };
    let (state, _) = alerts(&AlertState::default(), &read("uu"), 100, &patient);
    let (state, _) = alerts(&state, &read("du"), 110, &patient);
    assert_eq!(state.changed_at("isp1"), Some(110));
    let mut status = read("du");
    status.lines[0].state = State::Offline(Reason::GatewayDown);
    let (_, told) = alerts(&state, &status, 150, &patient);
    let line = told[0].line.as_ref().unwrap();
    assert_eq!(
        (told[0].at, told[0].since, line.reason),
        (150, 110, Some(Reason::GatewayDown))
    );

    let (state, _) = alerts(&AlertState::default(), &read("uu"), 100, &patient);
    let (state, _) = alerts(&state, &read("du"), 110, &patient);
    let (state, _) = alerts(&state, &read("dd"), 120, &patient);
    let (_, told) = alerts(&state, &read("dd"), 150, &patient);
    assert_eq!((word(&told[0]), told[0].since), ("AllLinesDown".into(), 120));
}

#[test]
fn a_clock_that_runs_backwards_delays_and_loses_nothing() {
    let patient = AlertOptions {
        down_after: 30,
        ..options()
    };
    let (state, _) = alerts(&AlertState::default(), &read("uu"), 1_000_000, &patient);
    let (state, _) = alerts(&state, &read("du"), 1_000_010, &patient);
    let (state, told) = alerts(&state, &read("du"), 5, &patient);
    assert_eq!((told, state.changed_at("isp1")), (vec![], Some(5)));
    let (state, told) = alerts(&state, &read("du"), 35, &patient);
    assert_eq!((word(&told[0]), told[0].since), ("isp1 LineDown".into(), 5));
    let (_, told) = alerts(&state, &read("du"), 0, &patient);
    assert_eq!(told, []);
    let never = AlertOptions {
        down_after: u64::MAX,
        ..options()
    };
    assert_eq!(self::told(&never, "uu du du"), ["", "", ""]);
}

#[test]
fn a_replay_counts() {
    let log: Vec<Reading> = (0..)
        .step_by(10)
        .zip("uu du uu du ?u du - dd uu".split(' '))
        .map(|(at, picture)| Reading {
            at,
            status: read(picture),
        })
        .collect();
    let found = replay(
        &log,
        &AlertOptions {
            down_after: 15,
            ..options()
        },
    );
    let words: Vec<(u64, String)> = found.alerts.iter().map(|alert| (alert.at, word(alert))).collect();
    assert_eq!(words, [(50, "isp1 LineDown".into()), (80, "isp1 LineUp".into())]);
    let [one, two] = found.lines.as_slice() else {
        panic!("two lines went in")
    };
    assert_eq!(
        (one.transitions, one.alerts, one.flaps_damped, one.seconds_down),
        (4, 2, 1, 40)
    );
    assert_eq!(
        (two.transitions, two.alerts, two.flaps_damped, two.seconds_down),
        (2, 0, 1, 10)
    );
    assert_eq!(replay(&[], &options()).alerts, []);
}

/// What a line did while nobody heard of it is not told when somebody does again: that reading is a first one, and counts at once.
#[test]
fn what_happened_while_it_was_quiet_is_no_news() {
    let heard = AlertOptions {
        down_after: 60,
        ..options()
    };
    let quiet = AlertOptions {
        quiet: ["isp1".to_owned()].into(),
        ..heard.clone()
    };
    let mut state = AlertState::default();
    let mut told = Vec::new();
    for (at, picture, options) in [
        (0, "uu", &heard),
        (10, "du", &quiet),
        (20, "du", &heard),
        (100, "du", &heard),
        (110, "uu", &heard),
    ] {
        let (next, alerts) = alerts(&state, &read(picture), at, options);
        told.extend(alerts.iter().map(|alert| (at, word(alert))));
        state = next;
    }
    assert_eq!(told, [(110, "isp1 LineUp".to_owned())]);
}
